"""Displayed tables of every shape, to draw and to export."""

from pilotage.export import Entete, Ligne, TableauAffiche
from pilotage.secret import SECRET
from situations import noyau

TYPES = ("NC", "ND", "NR", "NP", "NO", "NSP")
UNE = (Entete("Effectif"),)


def libelles(liste: str) -> dict[str, str]:
    """The choices of a list of the noyau, or of one of its files, by code."""
    if liste in ("types", "droits", "motifs"):
        return {ligne["code"]: ligne["libelle"] for ligne in noyau.lire(liste)}
    return {m["code"]: m["libelle"] for m in noyau.lire("modalites") if m["liste"] == liste}


def tableau(**autres) -> TableauAffiche:
    """A small distribution of types, whatever is given in its place."""
    effectifs = (247, 146, 180, 53, 34, 11)
    noms = libelles("types")
    defaut = {
        "cle": "type",
        "titre": "Type de non-recours",
        "genre": "distribution",
        "base": "non_recours",
        "n": 671,
        "periode_en_mots": "année 2026",
        "entetes": UNE,
        "lignes": tuple(
            Ligne(noms[code], (n,), code) for code, n in zip(TYPES, effectifs, strict=True)
        ),
        "variable_lignes": "type",
        "nom_lignes": "Type",
        "seuil": 5,
    }
    return TableauAffiche(**defaut | autres)


def quarante() -> TableauAffiche:
    """The forty longest labels of rights, one of them without a space, one hidden."""
    noms = sorted(libelles("droits").values(), key=lambda nom: -len(nom))[:40]
    noms[5] = "Anticonstitutionnellement" * 4
    lignes = [Ligne(nom, (140 - 3 * rang,)) for rang, nom in enumerate(noms)]
    lignes[12] = Ligne(noms[12], (SECRET,))
    return tableau(
        cle="droit",
        titre="Droits les plus concernés",
        n=3200,
        lignes=tuple(lignes),
        variable_lignes="droit",
    )


def vide() -> TableauAffiche:
    return tableau(n=0, lignes=())


def tout_secret() -> TableauAffiche:
    noms = libelles("types")
    return tableau(lignes=tuple(Ligne(noms[code], (SECRET,), code) for code in TYPES))


def total_secret() -> TableauAffiche:
    return tableau(n=SECRET, lignes=())


def ages(n: int = 412, population: bool = True) -> TableauAffiche:
    effectifs = (SECRET, 31, 28, 62, 55, 71, 48, 66, 40, SECRET)
    habitants = (2310, 840, 690, 1420, 1610, 1890, 1105, 2204, 1980, None)
    return tableau(
        cle="age",
        titre="Âge des personnes",
        base="situations",
        n=n,
        lignes=tuple(
            Ligne(nom, (effectif if effectif is SECRET else effectif * n // 412,), code)
            for (code, nom), effectif in zip(libelles("age").items(), effectifs, strict=True)
        ),
        variable_lignes="age",
        population=habitants if population else (),
    )


def mois(combien: int = 12) -> TableauAffiche:
    noms = (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    )
    lignes = [
        Ligne(noms[i % 12], ((i * 37) % 53 + 8 * (i % 3),), groupe=str(2024 + i // 12))
        for i in range(combien)
    ]
    lignes[4] = lignes[4]._replace(valeurs=(SECRET,))
    lignes[7] = lignes[7]._replace(valeurs=(0,))
    return tableau(
        cle="mois",
        titre="Situations par mois",
        genre="serie",
        base="situations",
        n=1234,
        periode_en_mots=f"{combien} mois",
        lignes=tuple(lignes),
        variable_lignes="mois",
    )


def croisement(lignes: int = 12) -> TableauAffiche:
    """Rights and types, with margins; a line in five has hidden cells."""
    noms, droits = libelles("types"), list(libelles("droits").values())
    corps, ensemble = [], []
    for i in range(lignes):
        valeurs = [(17 * i + 29 * j + i * j) % 83 for j in range(6)]
        ensemble.append(sum(valeurs))
        if i % 5 == 2:
            valeurs[1] = valeurs[4] = SECRET
        corps.append(Ligne(droits[i], tuple(valeurs)))
    return tableau(
        cle="droit-type",
        titre="Droit et type de non-recours",
        genre="croisement",
        n=sum(ensemble),
        entetes=tuple(Entete(noms[code], code) for code in TYPES),
        lignes=tuple(corps),
        ensemble=tuple(ensemble),
        total=(311, 290, SECRET, 402, 377, SECRET),
        variable_lignes="droit",
        variable_colonnes="type",
    )


def motifs_par_type() -> TableauAffiche:
    """Lines of types: each has its colour."""
    noms, etapes = libelles("types"), libelles("etape")
    return tableau(
        cle="type-etape",
        titre="Type de non-recours et étape du blocage",
        genre="croisement",
        entetes=tuple(Entete(nom, code) for code, nom in etapes.items()),
        lignes=tuple(
            Ligne(noms[code], tuple((i * 7 + j * 3) % 23 for j in range(len(etapes))), code)
            for i, code in enumerate(TYPES)
        ),
        variable_colonnes="etape",
    )


def matrice(combien: int = 10) -> TableauAffiche:
    noms = list(libelles("droits").values())[:combien]

    def case(i: int, j: int):
        petit, grand = sorted((i, j))
        if (petit + grand) % 7 == 3:
            return SECRET
        return 90 - 6 * i if i == j else (petit * 13 + grand * 5) % 31

    return tableau(
        cle="cooccurrence",
        titre="Non-recours qui vont ensemble",
        genre="matrice",
        base="situations",
        n=161,
        precision_base="cumulant au moins deux non-recours",
        entetes=tuple(map(Entete, noms)),
        lignes=tuple(
            Ligne(nom, tuple(case(i, j) for j in range(combien))) for i, nom in enumerate(noms)
        ),
        variable_lignes="droit",
        variable_colonnes="droit",
    )


def empilees() -> TableauAffiche:
    dynamiques, anciennetes = libelles("dynamique"), libelles("anciennete")
    lignes, ensemble = [], []
    for i, (code, nom) in enumerate(dynamiques.items()):
        valeurs = [(41 * (i + 2) + 23 * j) % 61 // (i + 1) for j in range(len(anciennetes))]
        ensemble.append(sum(valeurs))
        if i in (1, 4):
            valeurs[2] = valeurs[5] = SECRET
        lignes.append(Ligne(nom, tuple(valeurs), code))
    return tableau(
        cle="dynamique-anciennete",
        titre="Ancienneté selon la dynamique",
        genre="empilees",
        n=sum(ensemble),
        entetes=tuple(Entete(nom, code) for code, nom in anciennetes.items()),
        lignes=tuple(lignes),
        ensemble=tuple(ensemble),
        variable_lignes="dynamique",
        variable_colonnes="anciennete",
    )


def parcours() -> TableauAffiche:
    etapes = (("Repéré", 671), ("Personne informée", 640), ("Demande déposée", 402))
    issues = (
        ("Droit ouvert", 148),
        ("Refus", 61),
        ("Abandon", SECRET),
        ("En cours ou inconnu", 190),
    )
    return tableau(
        cle="parcours",
        titre="Du repérage à l’ouverture du droit",
        genre="parcours",
        lignes=(
            *(Ligne(nom, (n,)) for nom, n in etapes),
            *(Ligne(nom, (n,), groupe="Issue") for nom, n in issues),
        ),
        variable_lignes="",
        notes=("Délai médian jusqu’à l’ouverture : de 1 à moins de 3 mois.",),
    )


def chiffres() -> TableauAffiche:
    valeurs = (
        ("situations reçues", 1234),
        ("situations validées", 987),
        ("structures contributrices", 14),
        ("situations par structure (médiane)", 6.5),
        ("droits ouverts", SECRET),
    )
    return tableau(
        cle="recueil",
        titre="Recueil",
        genre="chiffres",
        base="situations",
        n=1234,
        lignes=tuple(Ligne(nom, (n,)) for nom, n in valeurs),
        variable_lignes="",
    )


TOUS = {
    "types": tableau(),
    "quarante": quarante(),
    "vide": vide(),
    "tout_secret": tout_secret(),
    "total_secret": total_secret(),
    "ages": ages(),
    "ages_petits": ages(25),
    "ages_sans_parts": ages(15),
    "mois": mois(),
    "mois_36": mois(36),
    "croisement": croisement(),
    "croisement_50": croisement(50),
    "types_etapes": motifs_par_type(),
    "matrice": matrice(),
    "empilees": empilees(),
    "parcours": parcours(),
    "chiffres": chiffres(),
    "multiple": tableau(multiple=True, n=25),
}
