/* The session warns before it closes and keeps what was being typed. Without this script the login
   page still brings back to the page one was reading. */
"use strict";

(() => {
  const { etat, connexion, personne, reste, avertir } = document.currentScript.dataset;
  const canal = new BroadcastChannel("session");
  let fin = Date.now() + Number(reste) * 1000;
  let rappel = 0;
  let boite = null;

  /* --- keeping what is typed ------------------------------------------------------------- */

  const PREFIXE = "saisie:";
  const miennes = `${PREFIXE}${personne}:`;
  const cle = miennes + window.location.pathname + window.location.search;
  const SANS_GARDE = ["password", "hidden", "file", "submit", "button", "image", "reset"];

  const seGarde = (champ) =>
    champ.name && !SANS_GARDE.includes(champ.type) && champ.autocomplete !== "one-time-code";
  const seCoche = (champ) => champ.type === "checkbox" || champ.type === "radio";

  function modifie(champ) {
    if (seCoche(champ)) return champ.checked !== champ.defaultChecked;
    if (champ.options) return [...champ.options].some((o) => o.selected !== o.defaultSelected);
    return champ.value !== champ.defaultValue;
  }

  /** Fields of a form that was changed, or that came back refused: nothing of it is stored yet. */
  function champsAGarder(formulaire) {
    const champs = [...formulaire.elements].filter(seGarde);
    return champs.some(modifie) || formulaire.querySelector(".invalid-feedback") ? champs : [];
  }

  const contenu = (champ) => {
    if (seCoche(champ)) return champ.checked;
    return champ.multiple ? [...champ.selectedOptions].map((o) => o.value) : champ.value;
  };

  function remplir(champ, valeur) {
    if (seCoche(champ)) champ.checked = valeur;
    else if (champ.multiple) for (const o of champ.options) o.selected = valeur.includes(o.value);
    else champ.value = valeur;
    for (const nom of ["input", "change"]) champ.dispatchEvent(new Event(nom, { bubbles: true }));
  }

  const homonymes = (formulaire, nom) => [...formulaire.elements].filter((c) => c.name === nom);

  function garder() {
    const gardes = [...document.forms].flatMap((formulaire, f) =>
      champsAGarder(formulaire).map((champ) => [
        f,
        champ.name,
        homonymes(formulaire, champ.name).indexOf(champ),
        contenu(champ),
      ]),
    );
    if (gardes.length) sessionStorage.setItem(cle, JSON.stringify(gardes));
    return gardes.length > 0;
  }

  function oublier(condition) {
    for (const nom of Object.keys(sessionStorage)) {
      if (nom.startsWith(PREFIXE) && condition(nom)) sessionStorage.removeItem(nom);
    }
  }

  function rendre() {
    oublier((nom) => !nom.startsWith(miennes));
    const gardes = JSON.parse(sessionStorage.getItem(cle) || "[]");
    sessionStorage.removeItem(cle);
    let rendus = 0;
    for (const [f, nom, rang, valeur] of gardes) {
      const champ = document.forms[f] && homonymes(document.forms[f], nom)[rang];
      if (!champ || !seGarde(champ)) continue;
      remplir(champ, valeur);
      rendus += 1;
    }
    if (!rendus) return;
    const avis = document.createElement("div");
    avis.className = "alert alert-info";
    avis.setAttribute("role", "status");
    avis.textContent = "Ce que vous aviez tapé avant la fermeture de la session est de nouveau là.";
    document.getElementById("contenu").prepend(avis);
  }

  /* --- the dialog ------------------------------------------------------------------------ */

  function fermer() {
    if (boite) boite.remove();
    boite = null;
  }

  function element(nom, texte, attributs = {}) {
    const cree = Object.assign(document.createElement(nom), attributs);
    cree.textContent = texte;
    return cree;
  }

  /** Takes the focus, and gives it back; Escape does what its first button does. */
  function ouvrir(titre, texte, ...actions) {
    const avant = boite ? boite.avant : document.activeElement;
    fermer();
    boite = document.createElement("dialog");
    boite.avant = avant;
    boite.className = "boite-session";
    boite.setAttribute("role", "alertdialog");
    boite.setAttribute("aria-labelledby", "session-titre");
    boite.setAttribute("aria-describedby", "session-texte");
    const pied = element("div", "", { className: "d-flex flex-wrap gap-2" });
    pied.append(...actions);
    boite.append(
      element("h2", titre, { id: "session-titre" }),
      element("p", texte, { id: "session-texte" }),
      pied,
    );
    boite.addEventListener("cancel", (evenement) => {
      evenement.preventDefault();
      actions[0].click();
    });
    document.body.append(boite);
    boite.showModal();
    actions[0].focus();
  }

  function bouton(texte, geste) {
    const cree = element("button", texte, { type: "button", className: "btn btn-primary" });
    cree.addEventListener("click", geste);
    return cree;
  }

  function refermer() {
    const avant = boite && boite.avant;
    fermer();
    if (avant && avant.isConnected) avant.focus();
  }

  const heure = () =>
    new Intl.DateTimeFormat("fr", { hour: "numeric", minute: "2-digit" }).format(fin);

  function prevenir(prolongeable) {
    if (prolongeable) {
      const texte = `Sans geste de votre part, votre session se fermera à ${heure()}.`;
      ouvrir("Êtes-vous toujours là ?", texte, bouton("Rester connecté", rester));
      return;
    }
    const texte = `Une session dure douze heures au plus : celle-ci se fermera à ${heure()}. Ce que vous tapez sera gardé.`;
    ouvrir("Votre session va se fermer", texte, bouton("J’ai compris", refermer));
  }

  /** The draft of a situation saves itself, and stays open; any other page comes back by itself. */
  function expirer() {
    if (boite && boite.expiree) return;
    const brouillon = document.querySelector("form#saisie") !== null;
    const garde = !brouillon && garder();
    const retour = encodeURIComponent(window.location.pathname + window.location.search);
    const lien = element("a", "Se reconnecter", {
      className: "btn btn-primary",
      href: `${connexion}?next=${retour}`,
    });
    if (brouillon) lien.target = "_blank";
    let texte = "Reconnectez-vous pour revenir à cette page.";
    if (garde) texte = "Ce que vous avez tapé est gardé dans cet onglet : vous le retrouverez ici.";
    if (brouillon) texte = "Vos réponses restent sur cette page. Reconnectez-vous dans un autre onglet, puis revenez ici.";
    ouvrir("Votre session est fermée", texte, lien);
    boite.expiree = true;
  }

  /* --- knowing how long it lasts --------------------------------------------------------- */

  async function demander(options = {}) {
    const reponse = await fetch(etat, { cache: "no-store", ...options });
    if (!reponse.ok) throw new Error(reponse.status);
    return reponse.json();
  }

  function armer() {
    clearTimeout(rappel);
    const attente = fin - Date.now();
    const avance = attente > avertir * 1000 ? attente - avertir * 1000 : attente;
    rappel = setTimeout(verifier, Math.max(1000, Math.min(avance, 2 ** 31 - 1)));
  }

  /** A page of before the closing posts with a token that the new session does not know. */
  async function renouveler() {
    const reponse = await fetch(window.location.href, { redirect: "manual" });
    if (!reponse.ok) return;
    const copie = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const jeton = copie.querySelector("[name=csrfmiddlewaretoken]");
    if (!jeton) return;
    for (const champ of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      champ.value = jeton.value;
    }
  }

  async function suivre(reponse) {
    if (!reponse.ouverte || String(reponse.personne) !== personne) {
      expirer();
      return;
    }
    fin = Date.now() + reponse.reste * 1000;
    const expiree = boite && boite.expiree;
    if (reponse.reste > avertir) {
      if (boite) refermer();
      if (expiree) await renouveler();
    } else if (!boite || expiree) prevenir(reponse.prolongeable);
    armer();
  }

  async function verifier() {
    try {
      await suivre(await demander());
    } catch (erreur) {
      rappel = setTimeout(verifier, 10000); // no network: nothing is known yet
    }
  }

  async function rester() {
    const jeton = document.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      await suivre(await demander({ method: "POST", headers: { "X-CSRFToken": jeton } }));
      canal.postMessage("prolongee");
    } catch (erreur) {
      await verifier();
    }
  }

  canal.addEventListener("message", verifier);
  window.addEventListener("pageshow", (evenement) => evenement.persisted && verifier());
  document.addEventListener("visibilitychange", () => {
    const presque = Date.now() > fin - avertir * 1000;
    if (!document.hidden && (presque || boite)) verifier();
  });

  /* Sent by a page that slept: the session may be closed since, and what was typed with it. */
  document.addEventListener(
    "submit",
    async (evenement) => {
      const formulaire = evenement.target;
      if ((formulaire.getAttribute("action") || "").includes("/deconnexion/")) oublier((nom) => nom.startsWith(miennes));
      if (Date.now() < fin || formulaire.method !== "post") return;
      evenement.preventDefault();
      evenement.stopImmediatePropagation();
      const { submitter } = evenement;
      await verifier();
      if (Date.now() < fin && !(boite && boite.expiree)) formulaire.requestSubmit(submitter);
    },
    true,
  );

  rendre();
  armer();
})();
