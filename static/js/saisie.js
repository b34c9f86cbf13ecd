/* Comfort for whoever types: conditions, choices that follow one another, search of a right, saving
   while one types. Without it every page works by posting; the server judges in both cases. */
"use strict";

(() => {
  const formulaire = document.querySelector("form#saisie");
  const racines = formulaire ? [...formulaire.querySelectorAll("section[id^='droit-']")] : [];

  for (const cible of document.querySelectorAll("[data-focus]")) cible.focus();
  /* The back button may bring back a page as it was, though it has been transmitted since. */
  window.addEventListener("pageshow", (evenement) => {
    if (evenement.persisted) window.location.reload();
  });

  /* --- reading the page ------------------------------------------------------------------ */

  const question = (bloc, variable) =>
    bloc.querySelector(`.question[data-variable="${CSS.escape(variable)}"]`);
  const cases = (q) => [...q.querySelectorAll(".choix input[type=radio], .choix input[type=checkbox]")];

  /** Codes chosen for a question of the block; a hidden question answers nothing. */
  function codes(bloc, variable) {
    const q = question(bloc, variable);
    if (!q || q.hidden) return [];
    const liste = q.querySelector("select");
    if (liste) return liste.value ? [liste.value] : [];
    const texte = q.querySelector("input[type=text], textarea");
    if (texte) return texte.value.trim() ? [texte.value.trim()] : [];
    return cases(q).filter((c) => c.checked && c.value).map((c) => c.value);
  }

  /* --- conditions, filters, exclusions --------------------------------------------------- */

  function condition(bloc, q) {
    const { mode, clauses } = JSON.parse(q.dataset.condition);
    const vraie = (clause) =>
      "vraie" in clause
        ? clause.vraie
        : codes(bloc, clause.variable).some((code) => clause.valeurs.includes(code));
    return mode === "toutes" ? clauses.every(vraie) : clauses.some(vraie);
  }

  function filtrer(bloc, q) {
    const variables = JSON.parse(q.dataset.filtreVariables);
    const choisis = variables.flatMap((variable) => codes(bloc, variable));
    const tout = choisis.length === 0 || choisis.includes("NSP");
    for (const etiquette of q.querySelectorAll("label[data-filtre]")) {
      const valeurs = etiquette.dataset.filtre.split(" ");
      const offerte = tout || valeurs.includes("*") || valeurs.some((v) => choisis.includes(v));
      etiquette.hidden = !offerte && !etiquette.querySelector("input").checked;
    }
    const groupes = [...q.querySelectorAll("[data-groupe]")];
    for (const groupe of groupes) groupe.hidden = !groupe.querySelector("label:not([hidden])");
    const visibles = groupes.filter((g) => !g.hidden && g.dataset.groupe !== "*");
    for (const groupe of groupes) {
      groupe.querySelector("p").hidden = visibles.length < 2;
    }
  }

  function exclure(bloc, q) {
    const exclus = JSON.parse(q.dataset.exclut).flatMap((variable) => codes(bloc, variable));
    for (const c of cases(q)) {
      const masquee = exclus.includes(c.value);
      if (masquee && c.checked) c.checked = false;
      if (!q.dataset.filtreVariables || masquee) c.closest("label").hidden = masquee;
    }
  }

  function suivre(bloc) {
    for (const q of bloc.querySelectorAll(".question")) {
      if (q.dataset.condition) q.hidden = !condition(bloc, q);
      if (q.dataset.filtreVariables) filtrer(bloc, q);
      if (q.dataset.exclut) exclure(bloc, q);
    }
  }

  /** « Ne sait pas », « aucun… » and the others exclude each other; at most so many choices. */
  function cocher(c) {
    const q = c.closest(".question");
    if (c.type !== "checkbox" || !c.checked || !q) return;
    const autres = cases(q).filter((autre) => autre !== c && autre.checked);
    const exclusive = "exclusif" in c.dataset;
    for (const autre of autres) {
      if (exclusive || "exclusif" in autre.dataset) autre.checked = false;
    }
  }

  const blocs = racines.length ? racines : formulaire ? [formulaire] : [];
  const toutSuivre = () => blocs.forEach(suivre);
  for (const bloc of document.querySelectorAll("form#issues section")) {
    suivre(bloc);
    bloc.addEventListener("change", () => suivre(bloc));
  }
  if (!formulaire) return;
  formulaire.querySelector("[name=sans_script]").remove();
  formulaire.addEventListener("change", (evenement) => {
    if (evenement.target.matches("input")) cocher(evenement.target);
    toutSuivre();
  });
  toutSuivre();

  /* --- remaining characters -------------------------------------------------------------- */

  for (const champ of formulaire.querySelectorAll("[data-max]")) {
    const compteur = document.createElement("p");
    compteur.className = "aide";
    champ.after(compteur);
    const compter = () => {
      const reste = Number(champ.dataset.max) - [...champ.value.trim()].length;
      const s = Math.abs(reste) > 1 ? "s" : "";
      compteur.hidden = reste > Number(champ.dataset.max) / 3;
      compteur.textContent =
        reste >= 0 ? `Encore ${reste} caractère${s}.` : `${-reste} caractère${s} de trop.`;
      compteur.classList.toggle("text-danger", reste < 0);
    };
    champ.addEventListener("input", compter);
    compter();
  }

  /* --- search of a right ----------------------------------------------------------------- */

  function proposerOrganisme(bloc, organismes) {
    const q = question(bloc, "organisme");
    const liste = q && q.querySelector("select");
    const possible = liste && organismes.find((code) => [...liste.options].some((o) => o.value === code));
    if (!possible || (liste.value && liste.dataset.propose !== liste.value)) return;
    liste.value = possible;
    liste.dataset.propose = possible;
  }

  function candidat(nom, droit, rang) {
    const etiquette = document.createElement("label");
    const c = document.createElement("input");
    Object.assign(c, { type: "radio", name: nom, value: droit.code, className: "form-check-input" });
    c.id = `id_${nom}--trouve-${rang}`;
    c.dataset.organismes = droit.organismes.join(" ");
    const texte = document.createElement("span");
    texte.textContent = droit.libelle;
    const domaine = document.createElement("small");
    domaine.textContent = droit.domaine;
    texte.append(domaine);
    etiquette.append(c, texte);
    return etiquette;
  }

  for (const zone of formulaire.querySelectorAll("[data-recherche-droit]")) {
    const champ = zone.querySelector("input[type=search]");
    const nom = champ.name.replace(/_recherche$/, "");
    const etat = zone.querySelector("[data-etat-recherche]");
    const grille = zone.querySelector("[data-candidats]");
    const bloc = zone.closest("section") || formulaire;
    let demande = null;
    let attente = 0;

    async function chercher() {
      if (demande) demande.abort();
      demande = new AbortController();
      const texte = champ.value.trim();
      if (!texte) return;
      try {
        const adresse = `${formulaire.dataset.recherche}?q=${encodeURIComponent(texte)}`;
        const reponse = await fetch(adresse, { signal: demande.signal });
        if (!reponse.ok) throw new Error(reponse.status);
        montrer((await reponse.json()).droits);
      } catch (erreur) {
        if (erreur.name !== "AbortError") etat.textContent = "La recherche ne répond pas : réessayez dans un instant.";
      }
    }

    function montrer(droits) {
      const choisi = grille.querySelector("input:checked");
      const garde = choisi && choisi.value ? choisi.closest("label") : null;
      const choix = document.createElement("div");
      choix.className = "choix";
      if (garde) choix.append(garde);
      droits
        .filter((droit) => !garde || droit.code !== choisi.value)
        .forEach((droit, rang) => choix.append(candidat(nom, droit, rang)));
      grille.replaceChildren(choix);
      const n = droits.filter((droit) => droit.code !== "autre").length;
      etat.textContent = n
        ? `${n} droit${n > 1 ? "s" : ""} trouvé${n > 1 ? "s" : ""}. Choisissez-en un.`
        : "Aucun droit trouvé : essayez un sigle, un autre mot ou un domaine, ou choisissez « autre ».";
    }

    champ.addEventListener("input", () => {
      clearTimeout(attente);
      attente = setTimeout(chercher, 150);
    });
    champ.addEventListener("keydown", (evenement) => {
      if (evenement.key !== "Enter") return;
      evenement.preventDefault();
      clearTimeout(attente);
      chercher();
    });
    zone.querySelector("button[value^='chercher:']").addEventListener("click", (evenement) => {
      evenement.preventDefault();
      chercher();
    });
    grille.addEventListener("change", (evenement) => {
      proposerOrganisme(bloc, (evenement.target.dataset.organismes || "").split(" ").filter(Boolean));
    });
  }

  if ("sansEnregistrement" in formulaire.dataset) return; // a preview keeps nothing

  /* --- saving while one types ------------------------------------------------------------ */

  const etat = document.getElementById("etat");
  let attente = 0;
  let enCours = null;
  let aSauver = false;
  /* Shown two versions, one chooses with a button: saving by itself would choose in silence. */
  let arrete = formulaire.querySelector("[data-conflit]") !== null;
  let sansReponse = false; // no network, server down or session closed: leaving would lose answers

  function annoncer(texte, souci = false) {
    etat.textContent = texte;
    etat.classList.toggle("text-danger", souci);
    etat.classList.toggle("text-secondary", !souci);
  }

  /** Messages follow each save, those of the page as it was served included. */
  function montrerErreurs(erreurs) {
    for (const ancienne of formulaire.querySelectorAll(".question .invalid-feedback")) {
      const q = ancienne.closest(".question");
      for (const champ of [q, ...q.querySelectorAll("[aria-invalid], .is-invalid")]) {
        champ.removeAttribute("aria-invalid");
        champ.classList.remove("is-invalid");
      }
      if (ancienne.textContent !== erreurs[q.id]) ancienne.remove();
    }
    for (const [ancre, message] of Object.entries(erreurs)) {
      const q = document.getElementById(ancre);
      if (!q) continue;
      if (!q.querySelector(".invalid-feedback")) {
        const p = document.createElement("p");
        p.className = "invalid-feedback d-block";
        p.setAttribute("role", "alert");
        p.textContent = message;
        q.append(p);
      }
      const champ = q.querySelector("textarea, input[type=text], select");
      if (champ) champ.setAttribute("aria-invalid", "true");
    }
    const resume = document.getElementById("resume-erreurs");
    if (!resume) return;
    const perimees = [...resume.querySelectorAll("li")].filter(
      (ligne) => !(ligne.querySelector("a").hash.slice(1) in erreurs),
    );
    if (perimees.length === resume.querySelectorAll("li").length) resume.remove();
    else for (const ligne of perimees) ligne.remove();
  }

  function montrerDoutes(doutes) {
    for (const ancien of formulaire.querySelectorAll("[data-doute-auto]")) ancien.remove();
    for (const [ancre, message] of Object.entries(doutes)) {
      const q = document.getElementById(ancre);
      if (!q) continue;
      const p = document.createElement("p");
      p.className = "doute";
      p.dataset.douteAuto = "";
      p.setAttribute("role", "status");
      p.textContent = message;
      q.append(p);
    }
  }

  function conflit() {
    arrete = true;
    annoncer("Modifié ailleurs : rien n’est remplacé.", true);
    const bouton = document.createElement("button");
    bouton.name = "action";
    bouton.value = "ici";
    bouton.className = "btn btn-sm btn-outline-primary ms-2";
    bouton.textContent = "Voir les deux versions";
    etat.append(bouton);
  }

  /** After a new login the page's token is stale: takes the one of a fresh copy of the page. */
  async function renouveler() {
    const reponse = await fetch(window.location.pathname, { redirect: "manual" });
    if (!reponse.ok) return false;
    const copie = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const jeton = copie.querySelector("form#saisie [name=csrfmiddlewaretoken]");
    if (!jeton) return false;
    formulaire.elements.csrfmiddlewaretoken.value = jeton.value;
    return true;
  }

  /** Why the server asks to go by another page first: it says so in JSON, or the session is closed. */
  async function porteFermee(reponse) {
    const enJson = (reponse.headers.get("Content-Type") || "").includes("json");
    const porte = enJson ? await reponse.json() : {};
    if (porte.adresse && porte.lien) return porte;
    const adresse = formulaire.dataset.connexion;
    return { message: "Votre session est fermée.", adresse, lien: "reconnectez-vous" };
  }

  async function sauver() {
    clearTimeout(attente);
    attente = 0;
    if (arrete || !aSauver) return;
    if (enCours) return;
    aSauver = false;
    annoncer("Enregistrement…");
    const donnees = new FormData(formulaire);
    donnees.set("action", "ici");
    enCours = fetch(window.location.pathname, {
      method: "POST",
      body: donnees,
      headers: { "X-Enregistrement": "auto" },
      redirect: "manual",
    });
    try {
      const reponse = await enCours;
      sansReponse = reponse.type === "opaqueredirect" || reponse.status === 403 || reponse.status >= 500;
      if (reponse.type === "opaqueredirect" || reponse.status === 403) {
        aSauver = true;
        const porte = await porteFermee(reponse);
        annoncer(`${porte.message} Vos réponses restent ici ; `, true);
        const lien = document.createElement("a");
        Object.assign(lien, { href: porte.adresse, target: "_blank" });
        lien.textContent = `${porte.lien.charAt(0).toLowerCase()}${porte.lien.slice(1)} dans un autre onglet`;
        etat.append(lien, ", puis revenez.");
        if (await renouveler()) attente = setTimeout(sauver, 0);
        else attente = setTimeout(sauver, 10000);
      } else if (reponse.status === 409) {
        const corps = await reponse.json();
        if (corps.transmise) window.location.assign(corps.adresse);
        else conflit();
      } else if (reponse.status === 404) {
        arrete = true;
        annoncer("Ce brouillon n’existe plus : il a été supprimé ailleurs. Copiez ce que vous voulez garder.", true);
      } else if (reponse.ok) {
        const corps = await reponse.json();
        formulaire.elements.empreinte.value = corps.empreinte;
        montrerErreurs(corps.erreurs);
        montrerDoutes(corps.doutes);
        for (const [code, resume] of Object.entries(corps.resumes)) {
          const ligne = document.querySelector(`[data-etape="${CSS.escape(code)}"] small`);
          if (ligne) ligne.textContent = resume;
        }
        const refus = Object.keys(corps.erreurs).length;
        const reste = refus > 1 ? `${refus} réponses à revoir` : "une réponse à revoir";
        annoncer(refus ? `${corps.enregistre}, sauf ${reste}.` : corps.enregistre, refus > 0);
      } else throw new Error(reponse.status);
    } catch (erreur) {
      aSauver = true;
      if (erreur instanceof TypeError) sansReponse = true;
      annoncer("Pas encore enregistré : nouvel essai dans quelques secondes.", true);
      attente = setTimeout(sauver, 5000);
    } finally {
      enCours = null;
    }
    if (aSauver && !arrete && !attente) attente = setTimeout(sauver, 800);
  }

  function programmer(evenement) {
    if (evenement.target.type === "search") return;
    if (!aSauver && !arrete) annoncer("Enregistrement…");
    aSauver = true;
    clearTimeout(attente);
    attente = setTimeout(sauver, evenement.type === "change" ? 300 : 1200);
  }

  formulaire.addEventListener("input", programmer);
  formulaire.addEventListener("change", programmer);
  /** Saves what is not yet saved; says whether one may leave the page without losing anything. */
  async function toutSauver() {
    while (enCours) await new Promise((suite) => setTimeout(suite, 50));
    await sauver();
    if (aSauver && sansReponse) await sauver(); // logged in again since: the second has a fresh token
    return !(aSauver && sansReponse);
  }

  /* Leaving waits for the save: a post must not race with it, and nothing typed offline is lost. */
  let depart = false;
  async function retenir(evenement, partir) {
    evenement.preventDefault();
    if (depart) return;
    depart = true;
    const peutPartir = await toutSauver();
    depart = false;
    if (!peutPartir) return;
    clearTimeout(attente);
    arrete = true;
    partir();
  }
  const resteASauver = () => !arrete && (aSauver || enCours);

  formulaire.addEventListener("submit", (evenement) => {
    const bouton = evenement.submitter;
    if (resteASauver()) {
      retenir(evenement, () => formulaire.requestSubmit(bouton));
      return;
    }
    clearTimeout(attente);
    arrete = true;
  });
  document.addEventListener("click", (evenement) => {
    const lien = evenement.target.closest("a[href]");
    const ailleurs = evenement.ctrlKey || evenement.metaKey || evenement.shiftKey || evenement.button;
    if (!lien || lien.target || ailleurs || lien.getAttribute("href").startsWith("#")) return;
    if (resteASauver()) retenir(evenement, () => window.location.assign(lien.href));
  });
  window.addEventListener("beforeunload", (evenement) => {
    if (resteASauver()) evenement.preventDefault();
  });
})();
