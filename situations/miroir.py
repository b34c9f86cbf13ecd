"""Mirrors the noyau's data files into the tables, at each `migrate` that finds them changed.

What the files no longer declare is marked retired, never deleted: old answers refer to it.
"""

from django.db import transaction

from situations import noyau
from situations.models import Domaine, Droit, EtatDuNoyau, Modalite, Variable
from territoires.models import Empreinte

NOM = "noyau"


def refleter(*, using: str) -> bool:
    """Mirrors the files into the tables; says whether anything was written."""
    sha256 = noyau.empreinte()
    if Empreinte.objects.using(using).filter(nom=NOM, sha256=sha256).exists():
        return False
    with transaction.atomic(using=using):
        _refleter_domaines(using)
        _refleter_droits(using)
        _refleter_modalites(using)
        _refleter_variables(using)
        EtatDuNoyau.objects.using(using).get_or_create(
            empreinte=sha256, defaults={"document": noyau.document_noyau()}
        )
        Empreinte.objects.using(using).update_or_create(nom=NOM, defaults={"sha256": sha256})
    return True


def _ecrire(modele, objets: list, cles: list[str], using: str) -> None:
    champs = [
        champ.name
        for champ in modele._meta.concrete_fields
        if champ.name not in cles and champ.name not in ("id", "territoire", "raffine")
    ]
    modele.objects.using(using).bulk_create(
        objets, update_conflicts=True, unique_fields=cles, update_fields=champs
    )


def _refleter_domaines(using: str) -> None:
    objets = [
        Domaine(code=ligne["code"], libelle=ligne["libelle"], ordre=int(ligne["ordre"]))
        for ligne in noyau.lire("domaines")
    ]
    _ecrire(Domaine, objets, ["code"], using)


def _refleter_droits(using: str) -> None:
    Droit.objects.using(using).filter(territoire=None).update(retire=True)
    objets = [
        Droit(
            code=option["code"],
            libelle=option["libelle"],
            domaine_id=option["domaine"],
            organismes=option["organismes"],
            nature=option["nature"],
            sensible=option["sensible"],
            synonymes=option["synonymes"],
            ordre=ordre,
        )
        for ordre, option in enumerate(noyau.listes()["droits"])
    ]
    _ecrire(Droit, objets, ["code", "territoire"], using)


def _refleter_modalites(using: str) -> None:
    Modalite.objects.using(using).filter(territoire=None).update(retiree=True)
    objets = [
        Modalite(
            liste=liste,
            code=option["code"],
            libelle=option["libelle"],
            precision=option["precision"],
            exclusif=option["exclusif"],
            ordre=ordre,
            attributs={
                cle: valeur
                for cle, valeur in option.items()
                if cle not in ("code", "libelle", "precision", "exclusif")
            },
        )
        for liste, options in noyau.listes().items()
        if liste != "droits"
        for ordre, option in enumerate(options)
    ]
    _ecrire(Modalite, objets, ["liste", "code", "territoire"], using)


def _refleter_variables(using: str) -> None:
    Variable.objects.using(using).filter(territoire=None).update(retiree=True)
    objets = [
        Variable(
            code=ligne["code"],
            portee=ligne["portee"],
            genre=ligne["type"],
            liste=ligne["liste"],
            sensible=ligne["sensible"] == "1",
            ordre=int(ligne["ordre"]),
            libelle=ligne["libelle"],
        )
        for ligne in noyau.lire("variables")
    ]
    _ecrire(Variable, objets, ["code"], using)
