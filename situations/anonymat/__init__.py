"""Guards on free text: what identifies a person is refused or questioned, never stored unseen.

`refus` finds what is never accepted (e-mail, telephone, IBAN, social security number), `doutes`
what its writer must judge (probable name, full date, postal address, file number). Every
expression is bounded or possessive, so that judging stays linear in the length of the text.
"""

from dataclasses import dataclass

from situations.anonymat.indices import ADRESSE, DATE, DOSSIER
from situations.anonymat.lecture import Lecture
from situations.anonymat.noms import noms
from situations.anonymat.numeros import COURRIEL, ibans, nirs, telephones

# nature: (how many characters of the value are shown, sentence)
PHRASES = {
    "iban": (2, "Un numéro de compte bancaire ({}) n’est jamais accepté : retirez-le."),
    "nir": (2, "Un numéro de sécurité sociale ({}) n’est jamais accepté : retirez-le."),
    "courriel": (2, "Une adresse électronique ({}) n’est jamais acceptée : retirez-la."),
    "telephone": (3, "Un numéro de téléphone ({}) n’est jamais accepté : retirez-le."),
    "nir_probable": (
        2,
        "{} ressemble à un numéro de sécurité sociale : si c’en est un, retirez-le.",
    ),
    "adresse": (5, "{} ressemble à une adresse postale : dites plutôt le quartier ou la zone."),
    "date": (3, "{} est une date complète : le mois ou l’année suffit."),
    "dossier": (4, "{} ressemble à un numéro de dossier : retirez-le."),
    "nom": (0, "{} ressemble au nom d’une personne : écrivez plutôt « la personne »."),
}


@dataclass(frozen=True)
class Refus:
    """Something never accepted: `texte[debut:fin]` must go; `message` is a French sentence."""

    nature: str
    message: str
    debut: int
    fin: int


@dataclass(frozen=True)
class Doute:
    """Something that may identify a person: its writer must look at `texte[debut:fin]` again."""

    nature: str
    message: str
    debut: int
    fin: int


def refus(texte: str) -> list[Refus]:
    """What can never be kept in `texte`, in reading order, without overlap.

    Natures: « courriel », « telephone », « iban » (ISO 13616 checksum), « nir » (13 digits of a
    plausible structure, or 15 with the right key). Spans refer to the text given; messages show
    the first characters only.
    """
    lecture = Lecture(texte)
    trouves = [
        *(("iban", debut, fin) for debut, fin in ibans(lecture.lu)),
        *(("nir", debut, fin) for debut, fin, est_certain in nirs(lecture.lu) if est_certain),
        *(("courriel", *m.span()) for m in COURRIEL.finditer(lecture.lu)),
        *(("telephone", debut, fin) for debut, fin in telephones(lecture.lu)),
    ]
    return [
        Refus(nature, _message(nature, valeur), debut, fin)
        for nature, valeur, debut, fin in lecture.constats(trouves)
    ]


def doutes(texte: str) -> list[Doute]:
    """What may identify a person in `texte` and deserves a second look, in reading order.

    Natures: « nom », « date » (day, month and year), « adresse », « dossier » (file number),
    « nir_probable » (structure of a social security number, but a wrong key or no proof of it).
    """
    lecture = Lecture(texte)
    trouves = [
        *(
            ("nir_probable", debut, fin)
            for debut, fin, est_certain in nirs(lecture.lu)
            if not est_certain
        ),
        *(("adresse", *m.span()) for m in ADRESSE.finditer(lecture.lu)),
        *(("date", *m.span()) for m in DATE.finditer(lecture.lu)),
        *(("dossier", *m.span()) for m in DOSSIER.finditer(lecture.lu)),
        *(("nom", debut, fin) for debut, fin in noms(lecture.lu)),
    ]
    return [
        Doute(nature, _message(nature, valeur), debut, fin)
        for nature, valeur, debut, fin in lecture.constats(trouves)
    ]


def _message(nature: str, valeur: str) -> str:
    visibles, phrase = PHRASES[nature]
    if nature == "nom":
        visibles = 2 + max(valeur.rfind(" "), valeur.rfind("'"))
    else:
        visibles = min(visibles, len(valeur) // 2)
    return phrase.format(f"« {valeur[:visibles].rstrip()}••• »")
