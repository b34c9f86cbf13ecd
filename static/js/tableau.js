/* Comfort of the dashboard: filters, links and tabs change its figures without reloading the page.
   Without it every link and form opens the same address. */
"use strict";

(() => {
  const ANNONCE = document.getElementById("annonce");
  let ouverts = [];
  let cible = null;
  const ici = () => window.location.pathname + window.location.search;
  let montree = ici();

  /** Asks for an address, shows its figures, and writes it in the address bar. */
  function montrer(adresse) {
    const url = new URL(adresse, window.location.href);
    cible = url.hash ? url.hash.slice(1) : null;
    ouverts = [...document.querySelectorAll("#resultats details[open]")].map(nommer);
    document.getElementById("resultats").setAttribute("aria-busy", "true");
    htmx
      .ajax("GET", url.pathname + url.search, { target: "#resultats", swap: "innerHTML show:none" })
      .then(() => {
        history.pushState({}, "", url);
        montree = ici();
      });
  }

  /* The summary says where one is. */
  let observateur = null;
  function suivre() {
    const liens = new Map(
      [...document.querySelectorAll(".sommaire-tableau a")].map((lien) => [lien.hash.slice(1), lien])
    );
    if (observateur) observateur.disconnect();
    observateur = new IntersectionObserver(
      (entrees) => {
        const vue = entrees.find((entree) => entree.isIntersecting);
        const lien = vue && liens.get(vue.target.id);
        if (!lien) return;
        for (const autre of liens.values()) autre.removeAttribute("aria-current");
        lien.setAttribute("aria-current", "true");
        const sommaire = lien.closest(".sommaire-tableau");
        sommaire.scrollTo(lien.offsetLeft - 16, lien.offsetTop - sommaire.clientHeight / 2);
      },
      { rootMargin: "-20% 0px -75% 0px" }
    );
    for (const section of document.querySelectorAll(".indicateur")) observateur.observe(section);
  }
  suivre();

  const nommer = (details) => details.querySelector("summary").textContent.trim();

  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("#resultats a[href^='?']");
    const autrement = evenement.metaKey || evenement.ctrlKey || evenement.shiftKey || evenement.button;
    if (!lien || autrement || evenement.defaultPrevented) return;
    evenement.preventDefault();
    montrer(lien.href);
  });

  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target;
    if (!formulaire.matches("#resultats form[method='get']")) return;
    evenement.preventDefault();
    const champs = [...new FormData(formulaire)].filter(([, valeur]) => valeur !== "");
    const url = new URL(formulaire.getAttribute("action") || "", window.location.href);
    url.search = new URLSearchParams(champs).toString();
    montrer(url);
  });

  /* The focus stays where one was: on the same control, else where the answer begins. */
  let focalise = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const actif = document.activeElement;
    focalise = actif && actif.closest("#resultats") ? actif.id || "" : null;
  });

  document.addEventListener("htmx:afterSettle", () => {
    const resultats = document.getElementById("resultats");
    if (!resultats) return; // only how the figures on their way are getting on
    resultats.removeAttribute("aria-busy");
    suivre();
    for (const details of resultats.querySelectorAll("details")) {
      if (ouverts.includes(nommer(details))) details.open = true;
    }
    const selection = document.getElementById("selection");
    ANNONCE.textContent = selection.dataset.annonce;
    const section = cible && document.getElementById(cible);
    if (section) {
      section.focus({ preventScroll: true });
      section.scrollIntoView({ block: "start" });
    } else if (focalise !== null) {
      (document.getElementById(focalise) || selection).focus({ preventScroll: true });
    }
  });

  /* A session that ended, a charter to accept: the whole page says it better. */
  document.addEventListener("htmx:responseError", (evenement) => {
    window.location.assign(evenement.detail.pathInfo.requestPath);
  });
  document.addEventListener("htmx:sendError", () => {
    const resultats = document.getElementById("resultats");
    if (!resultats) return;
    resultats.removeAttribute("aria-busy");
    ANNONCE.textContent = "La page n’a pas pu être mise à jour : la connexion est coupée.";
  });
  /* Following the summary, or coming back from it, changes no figure. */
  window.addEventListener("popstate", () => {
    if (ici() !== montree) window.location.reload();
  });
})();
