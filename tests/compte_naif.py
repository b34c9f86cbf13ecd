"""The projection and what it must hold, read naively from the rows: a second opinion."""

import csv

from situations import noyau
from situations.models import Code, FaitSituation, Situation

TEXTES = {"recit", "proposition", "contexte_precision", "droit_precision", "motif_precision"}
Paires = frozenset[tuple[str, str]]


def conditions() -> dict[str, tuple[str, set[str]]]:
    """variable → the question it depends on and the answers that open it, from the file alone."""
    with (noyau.DOSSIER / "variables.csv").open(encoding="utf-8", newline="") as flux:
        lignes = [ligne for ligne in csv.DictReader(flux) if ligne["condition"]]
    resultat = {}
    for ligne in lignes:
        source, _, valeurs = ligne["condition"].partition(" parmi ")
        resultat[ligne["code"]] = source, {valeur.strip() for valeur in valeurs.split(",")}
    return resultat


CONDITIONS = conditions()


def paires(reponses: dict) -> Paires:
    """Naively: the answers that are asked and that are not texts."""
    lues = set()
    for variable, valeur in reponses.items():
        source, ouvrantes = CONDITIONS.get(variable, (None, None))
        if variable in TEXTES or (source and reponses.get(source) not in ouvrantes):
            continue
        lues |= {(variable, code) for code in (valeur if isinstance(valeur, list) else [valeur])}
    return frozenset(lues)


def attendue() -> dict:
    """What the projection must hold, from the rows of the situations."""
    return {
        situation.pk: (
            situation.territoire_id,
            (situation.mois_observation.year - 2000) * 12 + situation.mois_observation.month - 1,
            situation.statut == "validee",
            paires(situation.get_reponses()),
            {
                ligne.pk: paires(ligne.get_reponses())
                for ligne in situation.non_recours.all()
                if ligne.droit and not ligne.retire
            },
        )
        for situation in Situation.objects.prefetch_related("non_recours")
        if situation.statut in ("transmise", "a_completer", "validee")
    }


def projetee() -> dict:
    """What the projection holds."""
    codes = {code.numero: (code.variable, code.code) for code in Code.objects.all()}

    def lire(numeros) -> Paires:
        lus = frozenset(codes[numero] for numero in numeros)
        assert len(lus) == len(numeros)
        return lus

    return {
        fait.pk: (
            fait.territoire_id,
            fait.mois,
            fait.validee,
            lire(fait.codes),
            {ligne.pk: lire(ligne.codes) for ligne in fait.non_recours.all()},
        )
        for fait in FaitSituation.objects.prefetch_related("non_recours")
    }


def numeros() -> dict[int, tuple[str, str]]:
    return {code.numero: (code.variable, code.code) for code in Code.objects.all()}
