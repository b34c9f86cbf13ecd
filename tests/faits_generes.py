"""Generated rows for the tests of statistics: small lists, holes, local and retired answers."""

from dataclasses import dataclass

from hypothesis import strategies as st

from pilotage.faits import Faits, VariableComptee

VARIABLES = {
    v.code: v
    for v in (
        VariableComptee(
            "type",
            "Quel est le type ?",
            "non_recours",
            modalites=(
                ("NC", "Non-connaissance"),
                ("ND", "Non-demande"),
                ("NR", "Non-réception"),
                ("NP", "Non-proposition"),
                ("NO", "Non-orientation"),
                ("NSP", "Ne sait pas"),
            ),
        ),
        VariableComptee(
            "droit",
            "De quel droit s’agit-il ?",
            "non_recours",
            modalites=(
                ("rsa", "RSA"),
                ("aspa", "Aspa"),
                ("c2s", "Complémentaire santé solidaire"),
                ("aspa_local", "Aspa et aide des Vans", "aspa"),
                ("bus", "Bus gratuit", "MOBI"),
            ),
        ),
        VariableComptee(
            "motif_principal",
            "Quel motif ?",
            "non_recours",
            modalites=(("nc_info", "Jamais entendu parler"), ("nd_honte", "Honte")),
        ),
        VariableComptee(
            "age",
            "Quel âge a-t-elle ?",
            "situation",
            modalites=(
                ("a_18_24", "18-24 ans"),
                ("a_75p", "75 ans et plus"),
                ("a_90p", "90 ans et plus", "a_75p"),
                ("nsp", "Non renseigné"),
            ),
        ),
        VariableComptee(
            "evenement",
            "Un événement ?",
            "situation",
            multiple=True,
            modalites=(
                ("ev_deces", "Décès"),
                ("ev_emploi", "Perte d’emploi"),
                ("ev_usine", "Fermeture de l’usine", "ev_emploi"),
            ),
        ),
        VariableComptee(
            "obstacles",
            "Quels obstacles ?",
            "non_recours",
            multiple=True,
            modalites=(("ob_num", "Numérique"), ("ob_mob", "Mobilité")),
        ),
        VariableComptee(
            "anciennete",
            "Depuis quand ?",
            "non_recours",
            modalites=(
                ("an_m1", "Moins d’un mois"),
                ("an_1_2a", "1 à 2 ans"),
                ("an_2ap", "Plus de 2 ans"),
            ),
        ),
        VariableComptee(
            "issue",
            "Où en est-on ?",
            "non_recours",
            modalites=(
                ("is_cours", "En cours"),
                ("is_ouvert", "Droit ouvert"),
                ("is_local", "Ouvert au guichet", "is_ouvert"),
                ("is_refus", "Refus motivé"),
                ("is_abandon", "Abandon"),
            ),
        ),
        VariableComptee(
            "actions",
            "Qu’avez-vous fait ?",
            "non_recours",
            multiple=True,
            modalites=(
                ("act_info", "Information"),
                ("act_flyer", "Dépliant du territoire", "act_info"),
                ("act_appel", "Appel à l’organisme"),
            ),
        ),
        VariableComptee(
            "demande_deposee",
            "Une demande ?",
            "non_recours",
            modalites=(("oui", "Oui"), ("non", "Non"), ("nsp", "Ne sait pas")),
        ),
    )
}
CATEGORIE = VariableComptee(
    "categorie",
    "Type d’organisme",
    "situation",
    modalites=(("CCAS", "CCAS"), ("CAF", "CAF"), ("ASSO", "Association")),
)
# « ANCIENNE » is a category that the list no longer holds; 14 has none.
CATEGORIES = {11: "CCAS", 12: "CCAS", 13: "CAF", 15: "ANCIENNE"}
RETIREES = {"droit": "cmuc", "evenement": "ev_ancien"}


def _codes() -> dict[int, tuple[str, str]]:
    paires = [(v.code, m.code) for v in VARIABLES.values() for m in v.modalites]
    paires += RETIREES.items()
    paires.append(("texte_hors_comptage", "x"))
    return {3 * i + 7: paire for i, paire in enumerate(paires)}


CODES = _codes()
NUMEROS = {paire: numero for numero, paire in CODES.items()}
CODES_DE = {v: [code for variable, code in CODES.values() if variable == v] for v in VARIABLES}

Reponses = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Recueil:
    """A situation as it was filled: the truth that columns are compared with."""

    id: int
    territoire: int
    mois: int
    validee: bool
    reponses: Reponses
    non_recours: tuple[Reponses, ...]
    organisme: int | None = None


def _reponses(portee: str) -> st.SearchStrategy[Reponses]:
    return st.fixed_dictionaries(
        {
            v.code: st.frozensets(
                st.sampled_from(CODES_DE[v.code]), max_size=3 if v.multiple else 1
            )
            for v in VARIABLES.values()
            if v.portee == portee
        }
    )


def recueils(max_size: int = 12) -> st.SearchStrategy[list[Recueil]]:
    return st.lists(
        st.builds(
            Recueil,
            id=st.integers(1, 10_000),
            territoire=st.integers(1, 3),
            mois=st.integers(310, 326),
            validee=st.booleans(),
            reponses=_reponses("situation"),
            non_recours=st.lists(_reponses("non_recours"), min_size=1, max_size=3).map(tuple),
            organisme=st.sampled_from([None, 11, 12, 13, 14, 15]),
        ),
        max_size=max_size,
        unique_by=lambda recueil: recueil.id,
    )


def _numeros(reponses: Reponses) -> list[int]:
    return [NUMEROS[variable, code] for variable, codes in reponses.items() for code in codes]


def en_faits(situations: list[Recueil]) -> Faits:
    lignes = [
        (s.id, s.territoire, s.mois, s.validee, [*_numeros(s.reponses)], s.organisme)
        for s in situations
    ]
    droits = [(s.id, _numeros(n)) for s in reversed(situations) for n in s.non_recours]
    variables = VARIABLES | {"categorie": CATEGORIE}
    return Faits.depuis_lignes(lignes, droits, CODES, variables, CATEGORIES)
