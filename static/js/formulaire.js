/* Comfort for whoever adapts a form: moving questions by mouse or touch, conditions that follow what
   one chooses. Without it every page works by posting, and these make the same posts. */
"use strict";

(() => {
  for (const cible of document.querySelectorAll("[data-focus]")) cible.focus();

  /* --- one menu open at a time; Escape closes it ------------------------------------------ */

  const menus = [...document.querySelectorAll("details.plus")];
  for (const menu of menus) {
    menu.addEventListener("toggle", () => {
      if (menu.open) for (const autre of menus) if (autre !== menu) autre.open = false;
    });
    menu.addEventListener("keydown", (evenement) => {
      if (evenement.key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  document.addEventListener("click", (evenement) => {
    for (const menu of menus) if (!menu.contains(evenement.target)) menu.open = false;
  });

  /* --- after a move, the focus is on the button just used ---------------------------------- */

  const liste = document.querySelector("form#liste");
  const ancre = decodeURIComponent(window.location.hash.slice(1));
  const cible = ancre && document.getElementById(ancre);
  if (cible && liste && liste.contains(cible)) {
    cible.focus({ preventScroll: true });
    cible.scrollIntoView({ block: "center" });
  }

  /* --- moving a question by mouse or by touch ---------------------------------------------- */

  function poster(geste) {
    const champ = document.createElement("input");
    Object.assign(champ, { type: "hidden", name: "geste", value: geste });
    liste.append(champ);
    liste.submit();
  }

  /** Where the pointer would drop the question, in the lists asked as often; null when nowhere. */
  function sousLePointeur(ligne, y) {
    const { portee } = ligne.parentElement.dataset;
    for (const ol of liste.querySelectorAll(`ol[data-portee="${portee}"]`)) {
      const cadre = ol.getBoundingClientRect();
      if (y < cadre.top - 24 || y > cadre.bottom + 24) continue;
      const autres = [...ol.querySelectorAll("[data-placer]")].filter((autre) => autre !== ligne);
      const suivante = autres.findIndex((autre) => {
        const { top, height } = autre.getBoundingClientRect();
        return y < top + height / 2;
      });
      const rang = suivante < 0 ? autres.length : suivante;
      return { ol, rang, avant: autres[rang] || null };
    }
    return null;
  }

  function saisir(ligne, poignee, depart) {
    /* The question stays where it is while a mark follows the pointer: a node that moves in the
       page loses the pointer that holds it. */
    const marque = document.createElement("li");
    marque.className = "depot";
    marque.setAttribute("aria-hidden", "true");
    let y = depart.clientY;
    let place = null;
    ligne.classList.add("portee");
    poignee.setPointerCapture(depart.pointerId);

    function suivre() {
      place = sousLePointeur(ligne, y);
      if (place) place.ol.insertBefore(marque, place.avant);
      else marque.remove();
    }
    function bouger(evenement) {
      y = evenement.clientY;
      suivre();
    }
    /* Near the edge of the window the page scrolls by itself. */
    const defilement = setInterval(() => {
      const bord = 72;
      const pas = y < bord ? -12 : y > window.innerHeight - bord ? 12 : 0;
      if (!pas) return;
      window.scrollBy(0, pas);
      suivre();
    }, 16);
    function lacher(evenement) {
      clearInterval(defilement);
      marque.remove();
      ligne.classList.remove("portee");
      poignee.removeEventListener("pointermove", bouger);
      poignee.removeEventListener("pointerup", lacher);
      poignee.removeEventListener("pointercancel", lacher);
      if (evenement.type === "pointercancel" || !place) return;
      const rang = [...ligne.parentElement.querySelectorAll("[data-placer]")].indexOf(ligne);
      if (place.ol === ligne.parentElement && place.rang === rang) return;
      poster(`${ligne.dataset.placer}:${place.ol.dataset.section}:${place.rang}`);
    }
    poignee.addEventListener("pointermove", bouger);
    poignee.addEventListener("pointerup", lacher);
    poignee.addEventListener("pointercancel", lacher);
  }

  for (const ligne of liste ? liste.querySelectorAll("[data-placer]") : []) {
    const poignee = document.createElement("span");
    poignee.className = "poignee";
    poignee.setAttribute("aria-hidden", "true");
    poignee.title = "Glisser pour déplacer";
    poignee.textContent = "⠿";
    ligne.prepend(poignee);
    poignee.addEventListener("pointerdown", (evenement) => {
      if (evenement.button !== 0) return;
      evenement.preventDefault();
      saisir(ligne, poignee, evenement);
    });
  }

  /* --- the condition follows what one chooses ---------------------------------------------- */

  const condition = document.querySelector("form#condition");
  if (!condition) return;
  const vivante = document.getElementById("phrase-vivante");
  const zone = () => vivante.querySelector("[data-clauses]");
  const montrer = () => {
    zone().hidden = condition.elements.posee.value !== "si";
  };
  let demande = 0;

  /** Posts the sentence as it is, without saving, and shows what the server answers. */
  async function actualiser(toutes) {
    const numero = ++demande;
    const donnees = new FormData(condition);
    donnees.set("action", "actualiser");
    const reponse = await fetch(window.location.pathname, {
      method: "POST",
      body: donnees,
      redirect: "manual",
    });
    const texte = await reponse.text();
    if (!reponse.ok || numero !== demande) return;
    const copie = new DOMParser().parseFromString(texte, "text/html");
    const nouvelle = copie.getElementById("phrase-vivante");
    if (!nouvelle) return;
    vivante.querySelector(".phrase-condition").textContent =
      nouvelle.querySelector(".phrase-condition").textContent;
    if (!toutes) return;
    const actif = document.activeElement && document.activeElement.id;
    zone().replaceWith(nouvelle.querySelector("[data-clauses]"));
    montrer();
    if (actif && document.getElementById(actif)) document.getElementById(actif).focus();
  }

  condition.addEventListener("change", (evenement) => {
    if (evenement.target.name === "posee") montrer();
    actualiser(evenement.target.matches("[data-question]"));
  });
  montrer();
})();
