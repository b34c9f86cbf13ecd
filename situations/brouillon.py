"""One step of a draft: its forms, what they hold that is stored, and what would be lost by saving.

No request here: views give the posted data and get forms, answers and conflicts.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from situations.anonymat import doutes, refus
from situations.calendrier import bornes_observation
from situations.models import NonRecours, Situation
from situations.moteur.definition import Definition
from situations.moteur.elements import Section
from situations.moteur.formulaires import FormulaireSection, build_formulaire
from situations.moteur.genres import GENRES
from situations.moteur.relecture import resume
from situations.moteur.verification import Manque, manques
from situations.versions import definition_de


def refuser_donnees_personnelles(texte: str) -> None:
    """Raises ValidationError when a text holds what is never accepted."""
    if trouves := refus(texte):
        raise ValidationError([trouve.message for trouve in trouves])


def bornes_de(situation: Situation) -> tuple[str, str]:
    """The months in which it may have been observed; those of its first transmission stay good."""
    premier, dernier = bornes_observation(timezone.localdate())
    if situation.transmise_le is not None:
        premier = min(premier, bornes_observation(timezone.localdate(situation.transmise_le))[0])
    return premier, dernier


@dataclass(frozen=True)
class Bloc:
    """One form of the step; `ligne` is the right it describes, None for the situation itself."""

    form: FormulaireSection
    ligne: NonRecours | None
    stockees: dict

    def a_garder(self) -> dict:
        """The answers to keep: those typed and valid, and what was stored where they are not."""
        if not self.form.is_bound:
            return self.stockees
        dans_la_section = {question.variable for question in self.form.section.questions}
        refusees = set(self.form.errors)
        gardees = {
            variable: valeur
            for variable, valeur in self.stockees.items()
            if variable not in dans_la_section or variable in refusees
        }
        return {**gardees, **self.form.reponses()}


@dataclass(frozen=True)
class Difference:
    """An answer that differs here from what was saved elsewhere meanwhile."""

    libelle: str
    ici: list[str]
    ailleurs: list[str]


class Etape:
    """A section of a draft, as stored or as just posted."""

    def __init__(
        self,
        situation: Situation,
        section: Section,
        *,
        data: Mapping | None = None,
        candidats: Mapping[str, Sequence] | None = None,
    ):
        self.situation = situation
        self.definition = definition_de(situation.version_id)
        self.section = section
        # A right withdrawn in another tab while it was typed here is shown again, not dropped.
        postes = set(data.getlist("blocs")) if data is not None else set()
        lignes: list[NonRecours | None] = [None]
        if section.est_repetee:
            lignes = [
                ligne
                for ligne in situation.non_recours.all()
                if not ligne.retire or str(ligne.rang) in postes
            ]
        self.blocs = [
            self._bloc(
                ligne,
                data if ligne is None or str(ligne.rang) in postes else None,
                candidats or {},
            )
            for ligne in lignes
        ]

    def _bloc(self, ligne, data, candidats) -> Bloc:
        prefixe = prefixe_de(ligne)
        reponses = self.situation.get_reponses()
        stockees = ligne.get_reponses() if ligne else reponses
        mois_min, mois_max = bornes_de(self.situation)
        form = build_formulaire(
            self.definition,
            self.section,
            prefixe=prefixe,
            reponses=reponses,
            bloc=stockees if ligne else None,
            mois_min=mois_min,
            mois_max=mois_max,
            validateurs_texte=(refuser_donnees_personnelles,),
            complet=False,
            data=data,
            candidats=candidats.get(prefixe),
        )
        return Bloc(form, ligne, stockees)

    @property
    def est_valide(self) -> bool:
        return not self.erreurs()

    def erreurs(self) -> list:
        """The error summary: what was posted and cannot be kept."""
        return [
            erreur
            for bloc in self.blocs
            if bloc.form.is_bound
            for erreur in bloc.form.resume_erreurs()
        ]

    def empreinte(self) -> str:
        """Fingerprint of what is stored for this step: two tabs compare it before saving."""
        variables = {question.variable for question in self.section.questions}
        contenu = [
            (
                bloc.ligne.rang if bloc.ligne else 0,
                {v: valeur for v, valeur in bloc.stockees.items() if v in variables},
            )
            for bloc in self.blocs
            if not (bloc.ligne and bloc.ligne.retire)
        ]
        texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(texte.encode()).hexdigest()[:16]

    def differences(self) -> list[Difference]:
        """What saving the posted answers would change in what is stored."""
        resultat = []
        for numero, bloc in enumerate(self.blocs, start=1):
            gardees = bloc.a_garder()
            for question in self.section.questions:
                ici, ailleurs = (
                    reponses.get(question.variable) for reponses in (gardees, bloc.stockees)
                )
                if ici != ailleurs:
                    ou = f" (droit n°\u00a0{numero})" if bloc.ligne else ""
                    lire = self._lecteur(question)
                    resultat.append(Difference(question.libelle + ou, lire(ici), lire(ailleurs)))
        return resultat

    def _lecteur(self, question) -> Callable[[object], list[str]]:
        options = self.definition.options(question)
        genre = GENRES[question.genre]
        return lambda valeur: (
            ["Sans réponse"] if valeur is None else genre.lire(question, options, valeur)
        )

    def a_enregistrer(self) -> tuple[dict, dict[int, dict]]:
        """(answers of the situation, rank of the right → answers), ready for `enregistrer`."""
        if self.section.est_repetee:
            return self.situation.get_reponses(), {
                bloc.ligne.rang: bloc.a_garder() for bloc in self.blocs
            }
        return self.blocs[0].a_garder(), {}

    def doutes(self) -> list[tuple[str, str]]:
        """(anchor of the question, sentence) for each text that may let someone be recognised."""
        return [
            (f"q-{bloc.form.add_prefix(question.variable)}", doute.message)
            for bloc in self.blocs
            for question in self.section.questions
            if isinstance(texte := bloc.a_garder().get(question.variable), str)
            and GENRES[question.genre].est_texte
            for doute in doutes(texte)
        ]

    def questions_ouvertes(self, data: Mapping) -> list[str]:
        """Anchors of the questions that the posted answers ask for and that the page, without
        script, had not shown: their fields were hidden when it was served."""
        montrees = set(data.getlist("montrees"))
        return [
            f"q-{nom}"
            for bloc in self.blocs
            for variable in sorted(bloc.form.visibles())
            if (nom := bloc.form.add_prefix(variable)) not in montrees
        ]

    def montrees(self) -> list[str]:
        """Names of the questions shown on the page as served."""
        return [
            bloc.form.add_prefix(variable)
            for bloc in self.blocs
            for variable in sorted(bloc.form.visibles())
        ]


def prefixe_de(ligne: NonRecours | None) -> str:
    return f"nr{ligne.rang}-" if ligne else ""


@dataclass(frozen=True)
class EtapeListee:
    """One line of the list of steps."""

    code: str
    titre: str
    resume: str


def etapes(situation: Situation, definition: Definition) -> list[EtapeListee]:
    """The steps of the form with the summary of what each holds."""
    reponses = situation.get_reponses()
    blocs = [ligne.get_reponses() for ligne in situation.non_recours_gardes()]
    decrits = [bloc for bloc in blocs if bloc]
    return [
        EtapeListee(section.code, section.titre, resume(definition, section, reponses, decrits))
        for section in definition.sections
    ]


def ce_qui_manque(situation: Situation) -> list[Manque]:
    """All that forbids the transmission of this draft."""
    mois_min, mois_max = bornes_de(situation)
    return manques(
        definition_de(situation.version_id),
        situation.get_reponses(),
        [ligne.get_reponses() for ligne in situation.non_recours_gardes()],
        mois_min=mois_min,
        mois_max=mois_max,
        validateurs_texte=(refuser_donnees_personnelles,),
    )


@dataclass(frozen=True)
class TexteDouteux:
    """A free text whose author must say that nobody can be recognised in it."""

    cle: str
    libelle: str
    messages: list[str]
    section: str
    ancre: str


def textes_douteux(situation: Situation) -> list[TexteDouteux]:
    """The texts of the draft to confirm before transmission; `cle` changes with the text."""
    definition = definition_de(situation.version_id)
    porteurs = [(None, situation.get_reponses())] + [
        (ligne, ligne.get_reponses()) for ligne in situation.non_recours_gardes()
    ]
    return [
        TexteDouteux(
            cle=f"{prefixe_de(ligne)}{question.variable}-{_somme(texte)}",
            libelle=question.libelle,
            messages=[doute.message for doute in trouves],
            section=definition.section_de(question.variable).code,
            ancre=f"q-{prefixe_de(ligne)}{question.variable}",
        )
        for ligne, reponses in porteurs
        for question in definition.questions.values()
        if GENRES[question.genre].est_texte
        and isinstance(texte := reponses.get(question.variable), str)
        and (trouves := doutes(texte))
    ]


def _somme(texte: str) -> str:
    return hashlib.sha256(texte.encode()).hexdigest()[:12]
