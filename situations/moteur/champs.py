"""The form fields, whose cleaned values are ready for JSON, and the frame they are judged in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from .elements import Option, Question
from .langue import compter, est_un_mois, mois_en_lettres, nombre

# A text question that sets no limit gets these: no text is ever endless.
TEXTE_COURT_MAX = 200
TEXTE_LONG_MAX = 2000


@dataclass(frozen=True, slots=True)
class Cadre:
    """What a form is judged against, beside its definition.

    `mois_min` and `mois_max` are "YYYY-MM", included. `validateurs_texte` are Django validators
    run on every text. `complet` judges for transmission rather than for a draft. `candidats` are
    the rights that a search found, None when nothing was searched.
    """

    mois_min: str
    mois_max: str
    validateurs_texte: Sequence[Callable[[str], None]] = ()
    complet: bool = False
    candidats: Sequence[Option] | None = None


CONTROLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ChampChoix(forms.ChoiceField):
    """One code of the list; cleaned to that code."""

    default_error_messages = {
        "invalid_choice": "Cette réponse n’est pas proposée\u00a0: choisissez-en une dans la liste."
    }


class ChampCases(forms.MultipleChoiceField):
    """Several codes; cleaned to those codes in the order of the list, each once."""

    default_error_messages = {
        "invalid_choice": "Une des réponses cochées n’est pas proposée\u00a0: cochez-en une autre.",
        "invalid_list": "Cochez des réponses dans la liste.",
    }

    def clean(self, value):
        coches = set(super().clean(value))
        return [code for code, _ in self.choices if code in coches]


class ChampMois(forms.CharField):
    """A month; cleaned to "YYYY-MM", refused outside the window."""

    def __init__(self, *, cadre: Cadre, **kwargs):
        super().__init__(**kwargs)
        self.cadre = cadre

    def validate(self, value):
        super().validate(value)
        if value in self.empty_values:
            return
        premier, dernier = self.cadre.mois_min, self.cadre.mois_max
        if est_un_mois(value) and premier <= value <= dernier:
            return
        consigne = (
            f"choisissez un mois entre {mois_en_lettres(premier)} et {mois_en_lettres(dernier)}."
        )
        if est_un_mois(value):
            consigne = f"{mois_en_lettres(value)} est hors de la période\u00a0: {consigne}"
        raise ValidationError(consigne[0].upper() + consigne[1:], code="mois")


class ChampTexte(forms.CharField):
    """A text; cleaned with line breaks as \\n and no outer blanks, refused when too long."""

    def __init__(self, *, limite: int, **kwargs):
        super().__init__(strip=True, **kwargs)
        self.limite = limite
        self.validators.append(self._mesurer)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
            # Invisible characters of a paste, which nobody could find to remove.
            value = CONTROLES.sub("", value)
        return super().to_python(value)

    def _mesurer(self, texte: str) -> None:
        trop = len(texte) - self.limite
        if trop > 0:
            raise ValidationError(
                f"Votre texte compte {compter(len(texte), 'caractère')}, "
                f"et {nombre(self.limite)} au plus sont possibles\u00a0: "
                f"retirez-en {nombre(trop)}.",
                code="longueur",
            )


def limite_texte(question: Question, defaut: int) -> int:
    """The most characters a text question accepts."""
    return defaut if question.max is None else question.max


def bornes_en_mots(question: Question) -> str:
    """« entre 0 et 30 », « 30 au plus », « 1 au moins », or nothing."""
    if question.min is None and question.max is None:
        return ""
    if question.min is None:
        return f"{nombre(question.max)} au plus"
    if question.max is None:
        return f"{nombre(question.min)} au moins"
    return f"entre {nombre(question.min)} et {nombre(question.max)}"


def champ_entier(question: Question) -> forms.IntegerField:
    """A whole number within the question's bounds."""
    message = f"Indiquez un nombre entier{_apres(bornes_en_mots(question))}, en chiffres."
    return forms.IntegerField(
        required=False,
        min_value=question.min,
        max_value=question.max,
        error_messages={"invalid": message, "min_value": message, "max_value": message},
    )


def _apres(texte: str) -> str:
    return f" {texte}" if texte.startswith("entre") else (f", {texte}" if texte else "")
