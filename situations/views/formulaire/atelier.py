"""How a page of the editor gets the draft it works on: through the permission."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from situations import adaptation, noyau
from situations.actions.adaptation import empreinte_de, modifier_brouillon
from situations.models import Formulaire, Version
from territoires.acces import territoire_pour
from territoires.models import Territoire
from territoires.permissions import Action

PAGE = {"page": "formulaire"}


@dataclass(frozen=True)
class Atelier:
    """A draft on the bench: its document, the noyau it follows, and who is working on it."""

    territoire: Territoire
    version: Version
    par: Model

    @property
    def document(self) -> dict:
        return self.version.definition

    @cached_property
    def noyau(self) -> dict:
        return noyau.document_noyau()

    @cached_property
    def vigueur(self) -> Version:
        """The version in force, beside which the draft is."""
        return self.version.formulaire.version_en_vigueur

    @cached_property
    def problemes(self) -> list[dict]:
        """What forbids publishing: {phrase, adresse of the place to mend}."""
        return [
            {"phrase": probleme.phrase, "cle": probleme.cle, "adresse": self.place(probleme.cle)}
            for probleme in adaptation.problemes(self.document, self.noyau)
        ]

    @cached_property
    def differences(self) -> list:
        """What the draft changes in the version in force."""
        return adaptation.differences(self.vigueur.definition, self.document)

    def appliquer(
        self,
        geste: Callable[[dict], dict],
        *,
        element: Callable[[dict], object] | None = None,
        attendu: str = "",
    ) -> dict:
        """The document once the gesture is done and kept. Raises what `modifier_brouillon` does."""
        return modifier_brouillon(
            version=self.version, geste=geste, par=self.par, element=element, attendu=attendu
        ).definition

    def adresse(self, nom: str = "brouillon", *parametres, ancre: str = "") -> str:
        """The address of a page of the editor."""
        page = reverse(f"situations:formulaire_{nom}", args=[self.territoire.slug, *parametres])
        return f"{page}#{ancre}" if ancre else page

    def vers(self, nom: str = "brouillon", *parametres, ancre: str = "") -> HttpResponse:
        return redirect(self.adresse(nom, *parametres, ancre=ancre))

    def place(self, cle: str) -> str:
        """Where the thing that a problem or a difference speaks of is mended; "" when nowhere."""
        nature, _, code = cle.partition(":")
        if nature == "question" and question_de(self.document, code):
            return self.adresse("question", code)
        if nature == "section" and section_de(self.document, code):
            return self.adresse(ancre=f"section-{code}")
        if nature == "liste" and code == "droits":
            return self.adresse("droits")
        if nature == "liste":
            porteuses = [q["variable"] for q in questions_de(self.document) if q["liste"] == code]
            return self.adresse("question", porteuses[0], ancre="choix") if porteuses else ""
        return ""


def sur_brouillon(vue: Callable) -> Callable:
    """The view of a page about the draft: it receives the workbench; without a draft one goes
    back to the overview, where it is opened."""

    @wraps(vue)
    def entree(request, slug: str, **parametres) -> HttpResponse:
        territoire = territoire_pour(request, slug, Action.ADAPTER)
        version = brouillon_de(territoire)
        if version is None:
            return _sans_brouillon(request, slug)
        try:
            return vue(request, Atelier(territoire, version, request.user), **parametres)
        except Version.DoesNotExist:
            # Published or given up by someone else since the page was shown.
            return _sans_brouillon(request, slug)

    return entree


def _sans_brouillon(request, slug: str) -> HttpResponse:
    messages.info(
        request,
        "Aucun brouillon n’est ouvert\u00a0: il vient peut-être d’être publié ou abandonné.",
    )
    return redirect("situations:formulaire", slug)


def brouillon_de(territoire: Territoire) -> Version | None:
    """The draft of this territory's form, if one is open."""
    return (
        Version.objects.filter(formulaire__territoire=territoire, publiee_le__isnull=True)
        .select_related("formulaire__territoire")
        .first()
    )


def version_suivie(territoire: Territoire) -> Version:
    """The draft, or else the version in force; 404 in a territory that has no form yet."""
    formulaire = get_object_or_404(Formulaire, territoire=territoire)
    return brouillon_de(territoire) or formulaire.version_en_vigueur


def postees(request):
    """The data of a form that was posted, None when it is only shown."""
    return request.POST if request.method == "POST" else None


def questions_de(document: dict) -> list[dict]:
    """Every question of a document, in order."""
    return [question for section in document["sections"] for question in section["questions"]]


def question_de(document: dict, variable: str) -> dict | None:
    return next((q for q in questions_de(document) if q["variable"] == variable), None)


def section_de(document: dict, code: str) -> dict | None:
    return next((section for section in document["sections"] if section["code"] == code), None)


def section_qui_pose(document: dict, variable: str) -> dict | None:
    return next(
        (s for s in document["sections"] if any(q["variable"] == variable for q in s["questions"])),
        None,
    )


def element_question(variable: str) -> Callable[[dict], object]:
    """What editing a question changes: the question and the answers it offers."""

    def lire(document: dict) -> object:
        question = question_de(document, variable)
        return question and [question, document["listes"].get(question["liste"] or "")]

    return lire


def empreinte_question(document: dict, variable: str) -> str:
    return empreinte_de(element_question(variable)(document))
