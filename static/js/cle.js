/* A passkey: the browser asks it, its answer is posted with the form. */
"use strict";

(() => {
  for (const formulaire of document.querySelectorAll("form[data-cle]")) {
    const bouton = formulaire.querySelector("[data-cle-bouton]");
    const souci = formulaire.querySelector("[data-cle-souci]");
    const geste = window.webauthnJSON[formulaire.dataset.cle]; // « create » or « get »
    bouton.hidden = false;
    bouton.addEventListener("click", async () => {
      souci.textContent = "";
      try {
        const reponse = await geste(JSON.parse(formulaire.dataset.options));
        formulaire.elements.credential.value = JSON.stringify(reponse);
      } catch (erreur) {
        if (!(erreur instanceof DOMException)) throw erreur;
        souci.textContent =
          erreur.name === "InvalidStateError"
            ? "Cette clé protège déjà votre compte."
            : "La clé n’a pas répondu. Réessayez, ou choisissez un autre moyen.";
        return;
      }
      formulaire.submit();
    });
  }
})();
