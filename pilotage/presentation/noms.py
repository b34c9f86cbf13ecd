"""Short names of the noyau's variables, whose labels are questions put to a professional."""

_NOMS = {
    "contexte": "Contexte du repérage",
    "fonction": "Fonction du déclarant",
    "venue": "Venue pour ce droit",
    "personne_informee": "Personne informée",
    "age": "Âge",
    "sexe": "Sexe",
    "famille": "Situation familiale",
    "enfants": "Enfants à charge",
    "activite": "Activité",
    "pcs": "Groupe socioprofessionnel",
    "logement": "Logement",
    "ressource_nature": "Ressource principale",
    "ressource_niveau": "Niveau de ressources",
    "zone": "Lieu de vie",
    "suivi_social": "Suivi social existant",
    "evenement": "Événement de vie récent",
    "autonomie_numerique": "Autonomie numérique",
    "mobilite": "Mobilité",
    "francais_ecrit": "Maîtrise du français écrit",
    "droit": "Droit",
    "eligibilite": "Éligibilité",
    "type": "Type de non-recours",
    "types_secondaires": "Autres types en jeu",
    "motif_principal": "Motif principal",
    "motifs_secondaires": "Autres motifs",
    "etape": "Étape du blocage",
    "organisme": "Organisme",
    "etendue": "Étendue",
    "anciennete": "Ancienneté",
    "dynamique": "Dynamique",
    "demande_deposee": "Demande déposée",
    "enjeu": "Enjeu financier mensuel",
    "obstacles": "Obstacles pratiques",
    "actions": "Actions engagées",
    "issue": "Issue à date",
    "delai_ouverture": "Délai jusqu’à l’ouverture",
    "cellule": "À soumettre à la cellule technique",
    "consequences": "Conséquences constatées",
    "intensite": "Gravité",
    "categorie": "Type d’organisme déclarant",
}
# « Jamais ouvert, durée inconnue » is no duration: it has no place between short and long.
SANS_DUREE = frozenset({"an_jamais"})
# The names under which the theme gives each type its colour, everywhere the same.
NOMS_DE_TYPE = {
    "NC": "non-connaissance",
    "ND": "non-demande",
    "NR": "non-reception",
    "NP": "non-proposition",
    "NO": "non-orientation",
    "NSP": "indetermine",
}
_TITRES = {"droit": "Droits les plus concernés", "motif_principal": "Motifs principaux"}


def nom_de(variable: str, libelle: str) -> str:
    """The short name of a variable: the noyau's, or the label of a local one."""
    return _NOMS.get(variable, libelle)


def titre_de(variable: str, libelle: str) -> str:
    """The heading of the distribution of a variable."""
    return _TITRES.get(variable) or nom_de(variable, libelle)


def en_minuscule(nom: str) -> str:
    """A name inside a sentence: « Âge » → « âge », « RSA » as it is."""
    return nom if nom[1:2].isupper() else f"{nom[:1].lower()}{nom[1:]}"
