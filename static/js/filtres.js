/* Finds a question or one of its answers among all the filters, as one types. */
"use strict";

(() => {
  const champ = document.getElementById("chercher");
  const trouvees = document.getElementById("trouvees");
  const variables = [...document.querySelectorAll("details.variable")];
  const simplifier = (texte) =>
    texte.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const textes = new Map(variables.map((v) => [v, simplifier(v.textContent)]));
  const ouvertes = new Map(variables.map((v) => [v, v.open]));

  champ.closest("p").hidden = false;
  champ.addEventListener("input", () => {
    const mots = simplifier(champ.value).split(/\s+/).filter(Boolean);
    let nombre = 0;
    for (const variable of variables) {
      const garde = mots.every((mot) => textes.get(variable).includes(mot));
      variable.hidden = !garde;
      nombre += garde;
      for (const valeur of variable.querySelectorAll("label.valeur")) {
        const texte = simplifier(valeur.textContent);
        valeur.classList.toggle("trouvee", mots.length > 0 && mots.every((m) => texte.includes(m)));
      }
      variable.open = mots.length ? garde && nombre <= 8 : ouvertes.get(variable);
    }
    trouvees.textContent = mots.length ? `${nombre} question${nombre > 1 ? "s" : ""}` : "";
  });
  champ.addEventListener("keydown", (evenement) => {
    if (evenement.key === "Enter") evenement.preventDefault();
  });
})();
