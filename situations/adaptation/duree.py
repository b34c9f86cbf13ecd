"""How long a form takes to fill.

Assumptions, of ours, for a professional who knows the person's situation and describes one right:
each kind takes a time to read and answer (seconds, below); a long list takes longer to run
through; an optional question is answered one time in three, and skipping it still takes a glance;
a conditional question is shown one time in five. They give about three minutes for the noyau, the
time that the method aims at; what matters is to compare two versions of a form.
"""

from situations.moteur.genres import BOUTONS_MAX

SECONDES = {
    "choix": 4,
    "echelle": 4,
    "choix_multiple": 6,
    "droit": 8,
    "commune": 6,
    "mois": 4,
    "entier": 4,
    "texte_court": 10,
    "texte_long": 40,
}
LONGUE_LISTE = 3
COUP_D_OEIL = 1.5
PART_FACULTATIVE = 1 / 3
PART_CONDITIONNELLE = 1 / 5


def duree_estimee(doc: dict) -> int:
    """Seconds to fill the form once, for one right."""
    return round(sum(_duree(doc, q) for section in doc["sections"] for q in section["questions"]))


def _duree(doc: dict, question: dict) -> float:
    secondes = SECONDES[question["genre"]]
    if len(doc["listes"].get(question["liste"] or "", ())) > BOUTONS_MAX:
        secondes += LONGUE_LISTE
    if not question["obligatoire"]:
        secondes = COUP_D_OEIL + secondes * PART_FACULTATIVE
    return secondes * (PART_CONDITIONNELLE if question["condition"] else 1)
