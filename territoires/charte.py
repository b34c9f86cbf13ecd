"""The charter of a territory: its text, the one in force, and who has still to accept it."""

from functools import cache
from pathlib import Path

from django.db.models import Exists, OuterRef

from territoires.models import Adhesion, Charte, Territoire
from territoires.permissions import siege

FICHIER = Path(__file__).parent / "donnees" / "charte.txt"
# The method's agreement: it opens every charter, whatever a territory writes after it.
ENONCE = (
    "Les droits sont statutaires. Ils tiennent à la situation que décrit la loi ou le règlement, "
    "non au mérite de la personne. Ils doivent être mis en œuvre sans considération particulière "
    "sur les personnes\u00a0: ni sur leurs choix de vie, ni sur leur comportement, ni sur leur origine."
)
PARAGRAPHE = "\n\n"
OUVERTURE_MAX = 40


@cache
def texte_propose() -> str:
    """What a territory starts from, without the statement."""
    return FICHIER.read_text(encoding="utf-8").strip()


def composer(suite: str) -> str:
    """The whole charter: the statement, then what the territory wrote; lines end with \\n."""
    suite = suite.replace("\r\n", "\n").replace("\r", "\n").strip()
    return f"{ENONCE}{PARAGRAPHE}{suite}"


def suite_de(texte: str) -> str:
    """What the territory wrote after the statement."""
    return texte.removeprefix(ENONCE).lstrip()


def paragraphes(texte: str) -> list[tuple[str, str]]:
    """Each paragraph, its short opening (« Le secret. ») apart from the rest, or empty."""
    coupes = []
    for paragraphe in filter(None, (p.strip() for p in texte.split(PARAGRAPHE))):
        tete, point, corps = paragraphe.partition(". ")
        if point and len(tete) <= OUVERTURE_MAX:
            coupes.append((f"{tete}.", corps))
        else:
            coupes.append(("", paragraphe))
    return coupes


def en_vigueur(territoire: Territoire) -> Charte | None:
    """The last charter adopted, if any."""
    return territoire.chartes.select_related("adoptee_par").order_by("-numero").first()


def a_accepter(utilisateur, *territoires: Territoire) -> Charte | None:
    """The charter in force, when the person holds a seat here and has not accepted it; of several
    territories, that of the first one where it is so."""
    tenus = [territoire.pk for territoire in territoires if siege(utilisateur, territoire)]
    if not tenus:
        return None
    acceptee = Exists(Adhesion.objects.filter(charte=OuterRef("pk"), utilisateur=utilisateur))
    dernieres = (
        Charte.objects.filter(territoire__in=tenus)
        .annotate(acceptee=acceptee)
        .defer("texte")
        .order_by("territoire_id", "-numero")
        .distinct("territoire_id")
    )
    attendues = {charte.territoire_id: charte for charte in dernieres if not charte.acceptee}
    return next((attendues[pk] for pk in tenus if pk in attendues), None)
