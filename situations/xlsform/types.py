"""The types of XLSForm: those that a kind of question answers to, and why the others do not."""

import re
from dataclasses import dataclass

from situations.moteur.genres import GENRES

_UN = re.compile(
    r"(?:add )?select[ _]?(?:one|1)(?: prompt using| from)? (\S+)( or[ _](?:specify[ _])?other)?"
)
_PLUSIEURS = re.compile(
    r"(?:add )?select[ _](?:multiple|all that apply)(?: prompt using| from)? (\S+)( or[ _](?:specify[ _])?other)?"
)
_SIMPLES = {
    **{"text": "text", "string": "text", "add text prompt": "text"},
    **{"integer": "integer", "int": "integer", "add integer prompt": "integer"},
    **{"date": "date", "add date prompt": "date", "range": "range"},
}
_BORNES = re.compile(r"(begin|end)[ _](group|repeat)")

# What an appearance adds to a type to name a kind, when the row does not name it itself. The
# others (« minimal », « autocomplete ») are mere looks in the field's forms.
_APPARENCES = {
    ("select_one", "likert"): "echelle",
    ("text", "multiline"): "texte_long",
    ("date", "month-year"): "mois",
}
_PAR_TYPE = {
    **{"select_one": "choix", "select_multiple": "choix_multiple", "text": "texte_court"},
    **{"integer": "entier", "range": "entier", "date": "mois"},
}

_METADONNEE = "le BNR n’enregistre rien de l’appareil ni de la personne qui saisit."
_FICHIER = (
    "le BNR ne recueille ni image, ni son, ni fichier\u00a0: la situation doit rester anonyme."
)
_LIEU = "le BNR ne recueille aucune position\u00a0: la situation doit rester anonyme."
_RAISONS = {
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint", "osm"), _LIEU),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "background-audio"), _FICHIER),
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "subscriberid", "simserial"), _METADONNEE
    ),
    **dict.fromkeys(("phonenumber", "username", "email", "audit"), _METADONNEE),
    "calculate": "le BNR n’a pas de question calculée.",
    "hidden": "le BNR n’a pas de valeur cachée.",
    "note": "le BNR n’a pas de texte sans réponse\u00a0: mettez-le dans l’aide d’une section ou d’une question.",
    "decimal": "le BNR n’a que des nombres entiers\u00a0: prenez «\u00a0integer\u00a0» ou des tranches à choisir.",
    "time": "le BNR ne demande pas d’heure.",
    "datetime": "le BNR ne demande que le mois\u00a0: prenez «\u00a0date\u00a0».",
    "barcode": "le BNR ne lit pas de code-barres.",
    "acknowledge": "le BNR n’a pas de case d’accord\u00a0: prenez un choix oui, non.",
    "rank": "le BNR n’a pas de classement par ordre\u00a0: prenez un choix multiple.",
    "xml-external": "le BNR ne lit pas de liste dans un autre fichier.",
    "csv-external": "le BNR ne lit pas de liste dans un autre fichier.",
}
_EXTERNE = (
    "le BNR ne lit pas de liste dans un autre fichier\u00a0: écrivez-la dans «\u00a0choices\u00a0»."
)


@dataclass(frozen=True, slots=True)
class TypeLu:
    """A `type`: what it is for XLSForm, its list, whether « or_other » follows; or why not."""

    sorte: str
    liste: str = ""
    autre: bool = False
    refus: str = ""


def lire_type(texte: str) -> TypeLu:
    """The type that a cell says, whatever its spelling; `refus` tells why it cannot be asked."""
    mots = " ".join(texte.split())
    bas = mots.lower()
    if borne := _BORNES.fullmatch(bas):
        return TypeLu(f"{borne[1]}_{borne[2]}")
    if bas in _SIMPLES:
        return TypeLu(_SIMPLES[bas])
    for sorte, motif in (("select_one", _UN), ("select_multiple", _PLUSIEURS)):
        if trouve := motif.fullmatch(bas):
            debut, fin = trouve.span(1)
            return TypeLu(sorte, mots[debut:fin], trouve[2] is not None)
    premier = bas.split(" ")[0]
    if "external" in premier or "from_file" in premier:
        return TypeLu("", refus=_EXTERNE)
    if premier.startswith("select"):
        return TypeLu("", refus="ce choix ne nomme pas sa liste de réponses.")
    return TypeLu(
        "", refus=_RAISONS.get(premier, f"le type «\u00a0{texte}\u00a0» n’existe pas au BNR.")
    )


def genre_de(sorte: str, apparence: str, nomme: object) -> tuple[str, str]:
    """(kind, what the appearance says beyond it), `nomme` being what `bnr_genre` says."""
    genre = GENRES.get(nomme) if isinstance(nomme, str) else None
    if genre is not None and (genre.xlsform, genre.apparence) == (sorte, apparence):
        return nomme, ""
    for mot in apparence.split():
        if (sorte, mot) in _APPARENCES:
            return _APPARENCES[sorte, mot], " ".join(m for m in apparence.split() if m != mot)
    return _PAR_TYPE[sorte], apparence
