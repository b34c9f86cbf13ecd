"""Rendered forms, parsed: what tests of the pages of the engine look at."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from crispy_forms.utils import render_crispy_form

from situations.moteur.formulaires import build_formulaire, donnees_du_formulaire
from tests.definitions import FENETRE

VIDES = {"input", "br"}


@dataclass
class Element:
    nom: str
    attributs: dict
    parents: list["Element"]
    texte: str = ""
    enfants: list["Element"] = field(default_factory=list)

    @property
    def est_cache(self) -> bool:
        return any("hidden" in e.attributs for e in (self, *self.parents))


class Page(HTMLParser):
    """The elements of a page, in order, each with its parents and all its text."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[Element] = []
        self.pile: list[Element] = []
        self.feed(html)
        self.close()
        assert not self.pile, "unclosed elements"

    def handle_starttag(self, nom, attributs):
        element = Element(nom, dict(attributs), list(self.pile))
        assert len(element.attributs) == len(attributs), "attribute written twice"
        if self.pile:
            self.pile[-1].enfants.append(element)
        self.elements.append(element)
        if nom not in VIDES:
            self.pile.append(element)

    def handle_endtag(self, nom):
        assert self.pile.pop().nom == nom

    def handle_data(self, texte):
        for element in self.pile:
            element.texte += texte

    def tous(self, nom: str, **attributs) -> list[Element]:
        return [
            e for e in self.elements if e.nom == nom and attributs.items() <= e.attributs.items()
        ]

    def id(self, identifiant: str) -> Element:
        (element,) = [e for e in self.elements if e.attributs.get("id") == identifiant]
        return element


def rendre(definition, section, saisies, *, lie=False, prefixe="", **options) -> Page:
    options = {"complet": False, "reponses": saisies, "bloc": saisies} | FENETRE | options
    data = donnees_du_formulaire(definition, section, saisies, prefixe) if lie else None
    return Page(
        render_crispy_form(
            build_formulaire(definition, section, prefixe=prefixe, data=data, **options)
        )
    )


def verifier(page: Page) -> None:
    """What holds of every form: names, unique ids, links that lead somewhere, nothing inline."""
    ids = [e.attributs["id"] for e in page.elements if "id" in e.attributs]
    assert len(ids) == len(set(ids))
    etiquettes = {e.attributs.get("for"): e for e in page.tous("label")}
    for champ in (e for e in page.elements if e.nom in ("input", "select", "textarea")):
        entoure = [parent for parent in champ.parents if parent.nom == "label"]
        etiquette = entoure[0] if entoure else etiquettes[champ.attributs["id"]]
        assert etiquette.texte.strip()
        if champ.attributs.get("type") in ("radio", "checkbox"):
            fieldset = next(p for p in reversed(champ.parents) if p.nom == "fieldset")
            assert fieldset.enfants[0].nom == "legend"
            assert fieldset.enfants[0].texte.strip()
    for element in page.elements:
        assert element.nom not in ("script", "style", "b")
        assert not [a for a in element.attributs if a == "style" or a.startswith("on")]
        for lien in ("aria-describedby", "aria-labelledby"):
            assert set(element.attributs.get(lien, "").split()) <= set(ids)


def remplir(definition, section, saisies, *, prefixe="", **options):
    """The form of a section as posted with these answers, a draft unless told otherwise."""
    options = {"complet": False, "reponses": saisies, "bloc": saisies} | FENETRE | options
    donnees = donnees_du_formulaire(definition, section, saisies, prefixe)
    return build_formulaire(definition, section, prefixe=prefixe, data=donnees, **options)
