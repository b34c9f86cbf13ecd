"""What a territory measures of its own, known to the tables once it is published."""

from situations.models import Droit, Modalite, Variable
from territoires.models import Territoire


class CodePris(Exception):
    """A local code already means something else: a question of that code measures otherwise."""


def enregistrer_locales(territoire: Territoire, document: dict) -> None:
    """Writes the local variables, choices and rights of a document about to be published.

    What a former version had and this one does not is kept: its answers refer to it. A variable
    of a module taken by several territories is the same for all: same code, same meaning.
    Raises CodePris when a variable would change its meaning (kind, list or level).
    """
    for section in document["sections"]:
        for question in section["questions"]:
            if not question["noyau"]:
                _variable(territoire, section["portee"], question)
    locales = {
        question["liste"]
        for section in document["sections"]
        for question in section["questions"]
        if not question["noyau"] and question["liste"]
    }
    for liste, options in document["listes"].items():
        if liste == "droits":
            _droits(territoire, options)
            continue
        connues = set(
            Modalite.objects.filter(liste=liste, territoire=None).values_list("code", flat=True)
        )
        for ordre, option in enumerate(options):
            if option["code"] not in connues and (liste in locales or option.get("local")):
                _modalite(territoire, liste, ordre, option)


def _variable(territoire: Territoire, portee: str, question: dict) -> None:
    sens = {
        "portee": portee,
        "genre": question["genre"],
        "liste": question["liste"] or "",
    }
    variable, _ = Variable.objects.get_or_create(
        code=question["variable"],
        defaults={
            **sens,
            "libelle": question["libelle"],
            "sensible": question["sensible"],
            "territoire": territoire,
        },
    )
    if any(getattr(variable, nom) != valeur for nom, valeur in sens.items()):
        raise CodePris(question["variable"])
    if variable.territoire_id == territoire.pk and variable.libelle != question["libelle"]:
        variable.libelle = question["libelle"]
        variable.save(update_fields=["libelle"])


def _modalite(territoire: Territoire, liste: str, ordre: int, option: dict) -> None:
    raffine = option.get("raffine")
    _exiger_meme_sens(Modalite.objects.filter(liste=liste), option["code"], raffine)
    Modalite.objects.update_or_create(
        liste=liste,
        code=option["code"],
        territoire=territoire,
        defaults={
            "libelle": option["libelle"],
            "precision": option["precision"],
            "exclusif": option["exclusif"],
            "ordre": ordre,
            "raffine": Modalite.objects.get(liste=liste, code=raffine, territoire=None)
            if raffine
            else None,
        },
    )


def _exiger_meme_sens(lignes, code: str, raffine: str | None) -> None:
    """A local code refines the same core one for ever and everywhere: figures roll up by it."""
    locales = lignes.filter(code=code, territoire__isnull=False)
    if any(ailleurs != raffine for ailleurs in locales.values_list("raffine__code", flat=True)):
        raise CodePris(code)


def _droits(territoire: Territoire, options: list[dict]) -> None:
    for option in options:
        if not option.get("local"):
            continue
        raffine = option.get("raffine")
        _exiger_meme_sens(Droit.objects.all(), option["code"], raffine)
        Droit.objects.update_or_create(
            code=option["code"],
            territoire=territoire,
            defaults={
                "libelle": option["libelle"],
                "domaine_id": option["domaine"],
                "organismes": option["organismes"],
                "nature": option["nature"],
                "sensible": option["sensible"],
                "synonymes": option["synonymes"],
                "raffine": Droit.objects.get(code=raffine, territoire=None) if raffine else None,
            },
        )
