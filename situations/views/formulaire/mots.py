"""The words of the editor: kinds of questions, time to fill."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GenreEnMots:
    """A kind of question as one who has never programmed chooses it."""

    cle: str
    titre: str
    exemple: str
    genre: str
    liste: str | None = None
    a_options: bool = False


GENRES_PROPOSES = (
    GenreEnMots(
        "choix",
        "Une réponse à choisir",
        "« Comment est-elle venue ? » À pied, en car, en voiture…",
        "choix",
        a_options=True,
    ),
    GenreEnMots(
        "choix_multiple",
        "Plusieurs réponses possibles",
        "« Quelles aides reçoit-elle déjà ? » On coche toutes celles qui conviennent.",
        "choix_multiple",
        a_options=True,
    ),
    GenreEnMots(
        "oui_non",
        "Oui, non ou ne sait pas",
        "« A-t-elle un compte bancaire ? »",
        "choix",
        liste="oui_non_nsp",
    ),
    GenreEnMots(
        "echelle",
        "Une échelle",
        "« Se déplace-t-elle facilement ? » De « pas du tout » à « tout à fait ».",
        "echelle",
        a_options=True,
    ),
    GenreEnMots(
        "entier", "Un nombre entier", "« À combien de kilomètres habite-t-elle ? »", "entier"
    ),
    GenreEnMots("mois", "Un mois", "« Depuis quel mois n’a-t-elle plus de revenus ? »", "mois"),
    GenreEnMots("texte_court", "Quelques mots", "« Quel lieu d’accueil ? »", "texte_court"),
    GenreEnMots("texte_long", "Un texte libre", "« Que propose l’équipe ? »", "texte_long"),
    GenreEnMots(
        "commune",
        "Une commune du territoire",
        "Les communes de moins de 2\u202f000 habitants sont regroupées.",
        "commune",
        liste="communes",
    ),
    GenreEnMots(
        "droit",
        "Un droit de la liste",
        "« Quel droit a-t-elle déjà ? » On le cherche par son nom.",
        "droit",
        liste="droits",
    ),
)
GENRES_PAR_CLE = {genre.cle: genre for genre in GENRES_PROPOSES}


def genre_en_mots(question: dict) -> str:
    """The kind of a question, in the words with which it was chosen."""
    if question["liste"] == "oui_non_nsp":
        return GENRES_PAR_CLE["oui_non"].titre
    return next(g.titre for g in GENRES_PROPOSES if g.genre == question["genre"])


def duree_en_mots(secondes: int) -> str:
    """170 → « 3 min », 200 → « 3 min 30 »: to the half minute, at least one half."""
    demies = max(1, round(secondes / 30))
    minutes, demie = divmod(demies, 2)
    if not minutes:
        return "30\u00a0s"
    return f"{minutes}\u00a0min{chr(0xA0) + '30' if demie else ''}"


def majuscule(phrase: str) -> str:
    """The same sentence, its first letter in capital."""
    return phrase[:1].upper() + phrase[1:]
