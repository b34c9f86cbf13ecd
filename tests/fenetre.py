"""A browser window without script: served pages, their forms filled and posted as they stand."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

SANS_FIN = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
CHAMPS = {"input", "select", "textarea"}
DANS_LA_PHRASE = {"a", "abbr", "b", "em", "span", "strong"}


class Element:
    """An element of the page; `saisi` is what was typed in it since the page was served."""

    def __init__(self, nom: str, attributs: dict, parents: list["Element"], lecteur: "Lecteur"):
        self.nom, self.attributs, self.parents = nom, attributs, parents
        self.saisi: str | None = None
        self._lecteur = lecteur
        self._debuts = len(lecteur.elements) + 1, len(lecteur.textes)
        self._fins = self._debuts

    def __getitem__(self, attribut: str) -> str:
        return self.attributs.get(attribut) or ""

    def finir(self) -> None:
        self._fins = len(self._lecteur.elements), len(self._lecteur.textes)

    @property
    def descendants(self) -> list["Element"]:
        return self._lecteur.elements[self._debuts[0] : self._fins[0]]

    @property
    def texte(self) -> str:
        return "".join(self._lecteur.textes[self._debuts[1] : self._fins[1]])

    @property
    def dit(self) -> str:
        """Its text, on one line."""
        return " ".join(self.texte.split())

    @property
    def est_visible(self) -> bool:
        return not any("hidden" in e.attributs for e in (self, *self.parents))

    def dans(self, nom: str) -> "Element | None":
        return next((e for e in reversed(self.parents) if e.nom == nom), None)

    def tous(self, nom: str, **attributs) -> list["Element"]:
        return [
            e for e in self.descendants if e.nom == nom and attributs.items() <= e.attributs.items()
        ]


class Lecteur(HTMLParser):
    """Reads a page into one root element."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[Element] = []
        self.textes: list[str] = []
        self.racine = Element("page", {}, [], self)
        self.elements.append(self.racine)
        self.pile = [self.racine]
        self.feed(html)
        self.close()
        assert self.pile == [self.racine], "unclosed elements"
        self.racine.finir()

    def handle_starttag(self, nom, attributs):
        self._separer(nom)
        element = Element(nom, dict(attributs), list(self.pile), self)
        self.elements.append(element)
        if nom not in SANS_FIN:
            self.pile.append(element)

    def handle_endtag(self, nom):
        element = self.pile.pop()
        assert element.nom == nom
        element.finir()
        self._separer(nom)

    def _separer(self, nom):
        if nom not in DANS_LA_PHRASE:
            self.textes.append(" ")

    def handle_data(self, texte):
        self.textes.append(texte)


class Fenetre:
    """What one person sees and does, through Django's test client."""

    def __init__(self, client, adresse: str = "/"):
        self.client = client
        self.ouvrir(adresse)

    def ouvrir(self, adresse: str) -> "Fenetre":
        return self._montrer(self.client.get(adresse, follow=True), adresse)

    def _montrer(self, reponse, adresse: str) -> "Fenetre":
        if redirections := getattr(reponse, "redirect_chain", []):
            adresse = redirections[-1][0]
        morceaux = urlsplit(urljoin(getattr(self, "adresse", "/"), adresse))
        self.adresse = morceaux._replace(fragment="").geturl()
        self.ancre = morceaux.fragment
        self.reponse, self.statut = reponse, reponse.status_code
        self.page = Lecteur(reponse.content.decode()).racine
        return self

    @property
    def texte(self) -> str:
        """All that the page says in its main part."""
        return self.page.tous("main")[0].dit

    @property
    def titre(self) -> str:
        return self.page.tous("title")[0].dit

    def id(self, identifiant: str) -> Element:
        (element,) = [e for e in self.page.descendants if e["id"] == identifiant]
        return element

    def classe(self, classe: str) -> list[Element]:
        return [e for e in self.page.descendants if classe in e["class"].split()]

    def liens(self) -> list[str]:
        return [e["href"] for e in self.page.tous("a")]

    # --- filling ------------------------------------------------------------------------------

    def champs(self, nom: str) -> list[Element]:
        return [e for e in self.page.descendants if e.nom in CHAMPS and e["name"] == nom]

    def ecrire(self, nom: str, texte: str) -> "Fenetre":
        (champ,) = self.champs(nom)
        assert champ.est_visible, f"{nom} is hidden"
        champ.saisi = texte
        return self

    def choisir(self, nom: str, code: str) -> "Fenetre":
        """One radio of a group, or one line of a list."""
        champs = self.champs(nom)
        if champs[0].nom == "select":
            assert code in [option["value"] for option in champs[0].tous("option")]
            return self.ecrire(nom, code)
        return self.cocher(nom, code)

    def cocher(self, nom: str, *codes: str) -> "Fenetre":
        """These boxes of a group, and no other."""
        champs = self.champs(nom)
        assert set(codes) <= {champ["value"] for champ in champs}, f"{codes} not all in {nom}"
        for champ in champs:
            coche = champ["value"] in codes
            assert not coche or champ.est_visible, f"{nom}={champ['value']} is hidden"
            champ.attributs.pop("checked", None)
            champ.attributs |= {"checked": ""} if coche else {}
        return self

    def valeur(self, nom: str) -> str | list[str]:
        """What a field holds; a list for boxes."""
        champs = self.champs(nom)
        valeurs = [v for champ in champs for v in _valeurs(champ)]
        if champs[0]["type"] == "checkbox":
            return valeurs
        return valeurs[0] if valeurs else ""

    # --- acting -------------------------------------------------------------------------------

    def bouton(self, libelle: str, **attributs) -> Element:
        trouves = [
            e
            for e in self.page.tous("button", **attributs)
            if e.dit == libelle and e.est_visible and "aria-hidden" not in e.attributs
        ]
        assert len(trouves) == 1, f"{len(trouves)} buttons « {libelle} » in: {self.texte[:2000]}"
        return trouves[0]

    def cliquer(self, libelle: str, **attributs) -> "Fenetre":
        return self._montrer(*self._envoyer(self.bouton(libelle, **attributs)))

    def envoyer(self, libelle: str, **attributs):
        """Clicks without leaving the page: a second click, or what another tab does meanwhile."""
        return self._envoyer(self.bouton(libelle, **attributs))[0]

    def suivre(self, libelle: str) -> "Fenetre":
        dans_la_page, partout = self.page.tous("main")[0].tous("a"), self.page.tous("a")
        trouves = [a for a in (*dans_la_page, *partout) if a.dit == libelle and a.est_visible]
        assert trouves, f"no link « {libelle} » in: {self.texte[:2000]}"
        return self.ouvrir(urljoin(self.adresse, trouves[0]["href"]))

    def enregistrer_seule(self):
        """What the page's script posts while one types; the answer, not shown."""
        formulaire = self.id("saisie")
        donnees = self.donnees(formulaire) | {"action": ["ici"]}
        donnees.pop("sans_script")
        return self.client.post(
            self.adresse, donnees, headers={"X-Enregistrement": "auto"}, follow=False
        )

    def _envoyer(self, bouton: Element):
        assert "disabled" not in bouton.attributs, "the button is disabled"
        formulaire = bouton.dans("form")
        donnees = self.donnees(formulaire)
        if bouton["name"]:
            donnees.setdefault(bouton["name"], []).append(bouton["value"])
        adresse = urljoin(self.adresse, formulaire["action"])
        demander = self.client.post if formulaire["method"] == "post" else self.client.get
        return demander(adresse, donnees, follow=True), adresse

    def donnees(self, formulaire: Element) -> dict[str, list[str]]:
        """What a browser would post for this form, but for its button."""
        donnees: dict[str, list[str]] = {}
        for champ in (e for e in formulaire.descendants if e.nom in CHAMPS and e["name"]):
            for valeur in _valeurs(champ):
                donnees.setdefault(champ["name"], []).append(valeur)
        return donnees


def _valeurs(champ: Element) -> list[str]:
    """What this field alone posts."""
    if "disabled" in champ.attributs:
        return []
    if champ["type"] in ("radio", "checkbox"):
        return [champ.attributs.get("value", "on")] if "checked" in champ.attributs else []
    if champ.saisi is not None:
        # As browsers do: line breaks leave as \r\n.
        return [champ.saisi.replace("\r\n", "\n").replace("\n", "\r\n")]
    if champ.nom == "select":
        options = champ.tous("option")
        choisies = [o for o in options if "selected" in o.attributs] or options[:1]
        return [option["value"] for option in choisies]
    if champ.nom == "textarea":
        return [champ.texte.removeprefix("\n").replace("\n", "\r\n")]
    return [champ["value"]]
