"""The kinds of question: one entry each, in one registry. Adding a kind is adding an entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django import forms

from .champs import (
    TEXTE_COURT_MAX,
    TEXTE_LONG_MAX,
    Cadre,
    ChampCases,
    ChampChoix,
    ChampMois,
    ChampTexte,
    bornes_en_mots,
    champ_entier,
    limite_texte,
)
from .elements import AUTRE, Option, Question
from .langue import cite, compter, est_un_mois, mois_en_lettres, mois_entre, nombre

Options = Sequence[Option]

# Beyond this many options a choice is a list to unfold rather than buttons.
BOUTONS_MAX = 12
LISTE_DES_TYPES = "types"

BOUTONS = "moteur/choix.html"
DEROULANTE = "moteur/liste.html"
SAISIE = "moteur/saisie.html"
DROIT = "moteur/droit.html"
# The templates made of radios, which need a way to take an answer back.
RADIOS = (BOUTONS, DROIT)


@dataclass(frozen=True, slots=True)
class Genre:
    """All that one kind of question knows.

    `champ` builds the form field, whose cleaned value `encoder` turns to JSON (None: unanswered)
    and `decoder` turns a JSON value back into what a browser posts (a str, or a list of str).
    `lire` says an answer in words, `codes` gives what statistics count. `offrir` lists what is
    shown to choose from, given the current value. `consigne` asks for a missing answer.
    `xlsform` and `apparence` are the XLSForm type and appearance; the pair names the kind.
    """

    champ: Callable[[Question, Options, Cadre], forms.Field]
    lire: Callable[[Question, Options, object], list[str]]
    codes: Callable[[Question, object], list[str]]
    gabarit: Callable[[Question, Options], str]
    consigne: str
    xlsform: str
    apparence: str = ""
    a_liste: bool = False
    a_classes: bool = False
    est_multiple: bool = False
    est_texte: bool = False
    encoder: Callable[[object], object] = lambda valeur: None if valeur in ("", []) else valeur
    decoder: Callable[[object], str | list[str]] = str
    offrir: Callable[[Question, Options, Cadre, str], Options] = lambda _q, options, _c, _v: options
    limite: Callable[[Question], str] = lambda _question: ""
    longueur: Callable[[Question], int | None] = lambda _question: None


def _libelle(options: Options, code: str) -> str:
    trouve = next((option.libelle for option in options if option.code == code), None)
    return f"réponse retirée ({code})" if trouve is None else trouve


def _lire_choix(_question: Question, options: Options, valeur: object) -> list[str]:
    return [_libelle(options, code) for code in _liste(valeur)]


def _liste(valeur: object) -> list[str]:
    """A stored answer as a list of codes, whether it holds one or several."""
    return list(map(str, valeur)) if isinstance(valeur, list | tuple) else [str(valeur)]


def _codes_choix(_question: Question, valeur: object) -> list[str]:
    return _liste(valeur)


def _codes_texte(_question: Question, _valeur: object) -> list[str]:
    return []


def _lire_tel_quel(_question: Question, _options: Options, valeur: object) -> list[str]:
    return [str(valeur)]


def _choix(options: Options) -> list[tuple[str, str]]:
    return [(option.code, option.libelle) for option in options]


def _champ_choix(_question: Question, options: Options, _cadre: Cadre) -> forms.Field:
    return ChampChoix(choices=_choix(options), required=False, widget=forms.RadioSelect)


def _champ_cases(_question: Question, options: Options, _cadre: Cadre) -> forms.Field:
    return ChampCases(choices=_choix(options), required=False, widget=forms.CheckboxSelectMultiple)


def _champ_texte(defaut: int) -> Callable[[Question, Options, Cadre], forms.Field]:
    def champ(question: Question, _options: Options, cadre: Cadre) -> forms.Field:
        return ChampTexte(
            limite=limite_texte(question, defaut),
            required=False,
            validators=cadre.validateurs_texte,
        )

    return champ


def _gabarit_choix(question: Question, options: Options) -> str:
    """Buttons, unless they are many; filtered lists stay buttons, which a filter can hide."""
    boutons = question.filtre is not None or question.liste == LISTE_DES_TYPES
    return BOUTONS if boutons or len(options) <= BOUTONS_MAX else DEROULANTE


def code_de_classe(classe: tuple[int, int | None]) -> str:
    """The code under which a class of whole numbers is counted: "0-4", or "10+" when open."""
    debut, fin = classe
    return f"{debut}+" if fin is None else f"{debut}-{fin}"


def _codes_entier(question: Question, valeur: object) -> list[str]:
    if not isinstance(valeur, int):
        return []
    return [
        code_de_classe((debut, fin))
        for debut, fin in question.classes or ()
        if debut <= valeur and (fin is None or valeur <= fin)
    ][:1]


def _lire_entier(_question: Question, _options: Options, valeur: object) -> list[str]:
    return [nombre(valeur) if isinstance(valeur, int) else str(valeur)]


def _limite_entier(question: Question) -> str:
    bornes = bornes_en_mots(question)
    return f"Un nombre entier, {bornes}." if bornes else "Un nombre entier."


def _offrir_mois(_question: Question, _options: Options, cadre: Cadre, valeur: str) -> Options:
    """The months of the window, newest first, then the current one when it is outside."""
    mois = mois_entre(cadre.mois_min, cadre.mois_max)
    if est_un_mois(valeur) and valeur not in mois:
        mois.append(valeur)
    return [Option(code, mois_en_lettres(code)) for code in mois]


def _offrir_droits(_question: Question, options: Options, cadre: Cadre, valeur: str) -> Options:
    """The chosen right and those the search found; « autre » when it found none."""
    codes = [option.code for option in cadre.candidats or ()]
    if cadre.candidats is not None and not codes:
        codes = [AUTRE]
    par_code = {option.code: option for option in options}
    montres = dict.fromkeys(code for code in (valeur, *codes) if code in par_code)
    return [_avec_domaine(par_code[code]) for code in montres]


def _avec_domaine(droit: Option) -> Option:
    domaine = droit.attributs.get("domaine_libelle", "")
    return replace(droit, precision=droit.precision or domaine)


def _limite_cases(question: Question) -> str:
    return "" if question.max is None else f"{compter(question.max, 'réponse')} au plus."


def _texte(defaut: int, gabarit: str, apparence: str) -> Genre:
    return Genre(
        champ=_champ_texte(defaut),
        lire=_lire_tel_quel,
        codes=_codes_texte,
        gabarit=lambda _question, _options: gabarit,
        consigne="Écrivez une réponse",
        xlsform="text",
        est_texte=True,
        apparence=apparence,
        limite=lambda q: f"{compter(limite_texte(q, defaut), 'caractère')} au plus.",
        longueur=lambda q: limite_texte(q, defaut),
    )


_CHOIX = Genre(
    champ=_champ_choix,
    lire=_lire_choix,
    codes=_codes_choix,
    gabarit=_gabarit_choix,
    consigne="Choisissez une réponse",
    xlsform="select_one",
    a_liste=True,
)

GENRES: dict[str, Genre] = {
    "choix": _CHOIX,
    "choix_multiple": replace(
        _CHOIX,
        champ=_champ_cases,
        gabarit=lambda _question, _options: "moteur/choix_multiple.html",
        consigne="Cochez au moins une réponse",
        xlsform="select_multiple",
        est_multiple=True,
        decoder=_liste,
        limite=_limite_cases,
    ),
    "echelle": replace(_CHOIX, gabarit=lambda _question, _options: BOUTONS, apparence="likert"),
    "commune": replace(_CHOIX, consigne="Choisissez une commune", apparence="minimal"),
    "droit": replace(
        _CHOIX,
        gabarit=lambda _question, _options: DROIT,
        consigne=f"Cherchez le droit, puis choisissez-le (ou {cite('Autre')})",
        apparence="autocomplete",
        offrir=_offrir_droits,
    ),
    "entier": Genre(
        champ=lambda question, _options, _cadre: champ_entier(question),
        lire=_lire_entier,
        codes=_codes_entier,
        gabarit=lambda _question, _options: SAISIE,
        consigne="Indiquez un nombre",
        xlsform="integer",
        a_classes=True,
        limite=_limite_entier,
    ),
    "mois": Genre(
        champ=lambda _question, _options, cadre: ChampMois(cadre=cadre, required=False),
        lire=lambda _question, _options, valeur: [mois_en_lettres(str(valeur))],
        codes=_codes_choix,
        gabarit=lambda _question, _options: DEROULANTE,
        consigne="Choisissez un mois",
        xlsform="date",
        apparence="month-year",
        offrir=_offrir_mois,
    ),
    "texte_court": _texte(TEXTE_COURT_MAX, SAISIE, ""),
    "texte_long": _texte(TEXTE_LONG_MAX, "moteur/texte_long.html", "multiline"),
}
