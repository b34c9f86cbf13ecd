/* « Qui appeler ? » opens in the page where one types; without it, the link opens the directory in
   a new tab. Nothing typed moves. */
"use strict";

(() => {
  for (const lien of document.querySelectorAll("a[data-qui-appeler]")) {
    const question = lien.closest(".question");
    const panneau = document.createElement("div");
    panneau.className = "carte panneau-annuaire";
    panneau.id = `${question.id}--annuaire`;
    panneau.hidden = true;
    panneau.setAttribute("role", "region");
    panneau.setAttribute("aria-label", "Qui appeler");
    panneau.setAttribute("aria-live", "polite");
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "btn btn-sm btn-outline-secondary";
    bouton.textContent = "Qui appeler ?";
    bouton.setAttribute("aria-expanded", "false");
    bouton.setAttribute("aria-controls", panneau.id);
    lien.parentElement.after(panneau);
    lien.replaceWith(bouton);
    let montre = null;
    let derniere = 0;

    const droit = () => {
      const choisi = question.querySelector("input[type=radio]:checked");
      return choisi ? choisi.value : "";
    };

    async function charger() {
      const code = droit();
      if (code === montre) return;
      const demande = ++derniere;
      try {
        const adresse = `${lien.dataset.quiAppeler}?droit=${encodeURIComponent(code)}`;
        const reponse = await fetch(adresse, { redirect: "manual" });
        if (!reponse.ok) throw new Error(reponse.status);
        const texte = await reponse.text();
        if (demande !== derniere) return;
        panneau.innerHTML = texte;
        montre = code;
      } catch {
        if (demande !== derniere) return;
        montre = null;
        panneau.textContent = "L’annuaire ne répond pas : ";
        const secours = document.createElement("a");
        Object.assign(secours, { href: lien.href, target: "_blank", rel: "noopener" });
        secours.textContent = "ouvrez-le dans un nouvel onglet";
        panneau.append(secours, ".");
      }
    }

    bouton.addEventListener("click", () => {
      panneau.hidden = !panneau.hidden;
      bouton.setAttribute("aria-expanded", String(!panneau.hidden));
      if (!panneau.hidden) charger();
    });
    question.addEventListener("change", (evenement) => {
      if (evenement.target.matches("input[type=radio]") && !panneau.hidden) charger();
    });
  }
})();
