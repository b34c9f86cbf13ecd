"""The catalogue of what the comité de pilotage reads: indicators 1 to 15, and what each counts.

Pure. An indicator says what it is; `besoins` says what must be counted to show it; nothing here
counts or hides. (The sixteenth, priorities and proposals, comes with the collective analysis.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pilotage.presentation.typographie import FINE, INSECABLE, Base
from pilotage.variables import CATEGORIE

Genre = Literal[
    "chiffres", "distribution", "serie", "croisement", "matrice", "empilees", "parcours"
]

# Counted by the statistics under these names without being questions of the form.
MOIS = "mois"
PAR_SITUATION = "par_situation"
CALCULEES = frozenset({MOIS, PAR_SITUATION})


@dataclass(frozen=True, slots=True)
class Vue:
    """One table of an indicator, and its figure.

    `variables`: those of its lines, then of its columns; for key figures, the names of the
    figures. `premieres`: how many lines are shown at first, the most frequent; None for all.
    `groupes`: the attribute of the answers under which the lines may be gathered.
    `population`: whether the population of the territory stands beside, when supplied.
    """

    genre: Genre
    base: Base
    variables: tuple[str, ...] = ()
    premieres: int | None = None
    groupes: str = ""
    population: bool = False


@dataclass(frozen=True, slots=True)
class Indicateur:
    """`definition`: what is counted, on which base, how to read it, in plain French.

    The first of `vues` is the main one: its genre and its base are the indicator's.
    """

    numero: int
    code: str
    titre: str
    definition: str
    vues: tuple[Vue, ...]

    @property
    def genre(self) -> Genre:
        return self.vues[0].genre

    @property
    def base(self) -> Base:
        return self.vues[0].base

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the form that it counts, in order."""
        return tuple(
            dict.fromkeys(
                variable
                for vue in self.vues
                if vue.genre != "chiffres"
                for variable in vue.variables
                if variable not in CALCULEES
            )
        )


@dataclass(frozen=True, slots=True)
class Besoins:
    """What must be counted: variables alone, variables crossed, rights together, the path."""

    distributions: tuple[str, ...]
    croisements: tuple[tuple[str, ...], ...]
    cooccurrence: bool
    parcours: bool


def _distribution(base: Base, *variables: str, **autres) -> tuple[Vue, ...]:
    return tuple(Vue("distribution", base, (variable,), **autres) for variable in variables)


def _croisement(*variables: str, **autres) -> Vue:
    return Vue("croisement", "non_recours", variables, **autres)


INDICATEURS: tuple[Indicateur, ...] = (
    Indicateur(
        1,
        "recueil",
        "Situations recueillies",
        f"Situations transmises au comité technique sur la période{FINE}; parmi elles, celles qu’il a "
        "validées. Une structure est contributrice dès qu’elle a transmis une situation. La "
        "médiane partage les structures en deux moitiés égales selon leur nombre de "
        "situations. Aucune structure n’est nommée ni classée. Le type d’organisme est celui de la "
        "structure qui a transmis la situation"
        f"{FINE}; hors du comité technique, un type n’est montré que si trois structures au moins y "
        "contribuent et qu’aucune n’en fournit plus de 85\u00a0%.",
        (
            Vue(
                "chiffres",
                "situations",
                ("situations", "validees", "contributeurs", "mediane_par_structure"),
            ),
            Vue("serie", "situations", (MOIS,)),
            *_distribution("situations", CATEGORIE, premieres=10),
        ),
    ),
    Indicateur(
        2,
        "non_recours",
        "Non-recours par situation",
        "Un non-recours est un droit dont une personne ne bénéficie pas. Une situation en compte "
        "au moins un, parfois plusieurs. La moyenne est le nombre de non-recours divisé par le nombre de "
        "situations. Chaque barre dit combien de situations comptent un, deux, ou trois "
        "non-recours et plus.",
        (
            Vue("distribution", "situations", (PAR_SITUATION,)),
            Vue("chiffres", "non_recours", ("non_recours", "droits_par_situation")),
        ),
    ),
    Indicateur(
        3,
        "droits",
        "Droits concernés",
        "Nombre de non-recours pour chaque droit. Les dix premiers sont montrés d’abord, puis "
        "tous, par domaine. Un droit souvent cité est un droit souvent repéré par les professionnels "
        "qui participent, pas forcément celui dont le taux de non-recours est le plus fort.",
        _distribution("non_recours", "droit", premieres=10, groupes="domaine"),
    ),
    Indicateur(
        4,
        "types",
        "Types de non-recours",
        "Type principal de chaque non-recours, selon la typologie de l’Odenore"
        f"{INSECABLE}: non-connaissance, non-demande, non-réception, non-proposition, "
        "non-orientation. «\u00a0Ne sait pas\u00a0» attend d’être qualifié par le comité technique.",
        _distribution("non_recours", "type"),
    ),
    Indicateur(
        5,
        "droits_types",
        "Droits et types de non-recours",
        "Chaque case compte les non-recours d’un droit et d’un type principal. Lue en ligne, elle dit "
        "pourquoi un droit n’est pas obtenu. Plus une case est foncée, plus son effectif est grand.",
        (_croisement("droit", "type", premieres=10, groupes="domaine"),),
    ),
    Indicateur(
        6,
        "motifs_types",
        "Motifs et types de non-recours",
        "Chaque case compte les non-recours d’un motif principal et d’un type principal. Un motif "
        "explique d’ordinaire un seul type. Il peut en accompagner un autre quand plusieurs types se "
        "mêlent.",
        (
            _croisement("motif_principal", "type", premieres=10, groupes="type"),
            *_distribution("non_recours", "motif_principal", premieres=10, groupes="type"),
        ),
    ),
    Indicateur(
        7,
        "organismes_etapes",
        "Organismes et étapes du blocage",
        "Chaque case compte les non-recours selon l’organisme compétent pour le droit et l’étape où "
        "la démarche bloque. Il s’agit d’une famille d’organismes (CAF, CPAM…), jamais d’une "
        "agence ni d’une équipe. Un blocage situé à une étape n’en désigne pas le responsable.",
        (_croisement("organisme", "etape", premieres=10),),
    ),
    Indicateur(
        8,
        "profils",
        "Profils des personnes",
        "Âge, sexe, situation familiale, logement et activité de la personne de chaque situation. La "
        "population du territoire est montrée à côté de l’âge quand elle a été fournie. L’écart "
        "entre les deux tient aussi à qui fréquente les structures participantes.",
        (
            *_distribution("situations", "age", population=True),
            *_distribution("situations", "sexe", "famille", "logement", "activite"),
        ),
    ),
    Indicateur(
        9,
        "profils_types",
        "Profils et types de non-recours",
        "Chaque case compte les non-recours d’un type parmi les personnes d’un âge ou d’un logement "
        "donné. Une personne qui cumule plusieurs non-recours compte une fois pour chacun.",
        (_croisement("age", "type"), _croisement("logement", "type")),
    ),
    Indicateur(
        10,
        "cumuls",
        "Non-recours qui vont ensemble",
        "Parmi les situations qui comptent au moins deux non-recours, chaque case dit combien "
        "portent à la fois sur le droit de la ligne et sur celui de la colonne. La diagonale dit combien "
        "portent sur ce droit.",
        (Vue("matrice", "situations", ("droit", "droit"), premieres=10),),
    ),
    Indicateur(
        11,
        "duree",
        "Ancienneté et dynamique",
        "Depuis combien de temps dure le non-recours, et si la personne n’a jamais recouru à ce droit, "
        "l’a perdu, ne l’a pas renouvelé, ou l’a sans l’utiliser. Chaque barre est une "
        "dynamique, coupée selon l’ancienneté.",
        (
            Vue("empilees", "non_recours", ("dynamique", "anciennete")),
            *_distribution("non_recours", "anciennete", "dynamique"),
        ),
    ),
    Indicateur(
        12,
        "gravite",
        "Gravité des situations",
        "Gravité estimée par le professionnel, de 1 (gêne limitée) à 4 (besoin vital touché ou droit "
        "fondamental atteint). Dans le tableau, chaque ligne compte les situations où ce droit est en "
        f"cause{FINE}; une situation qui en compte plusieurs est dans plusieurs lignes, c’est "
        "pourquoi l’ensemble est un nombre de non-recours.",
        (
            *_distribution("situations", "intensite"),
            _croisement("droit", "intensite", premieres=10, groupes="domaine"),
        ),
    ),
    Indicateur(
        13,
        "consequences",
        "Conséquences constatées",
        "Nombre de situations où chaque conséquence a été constatée. Plusieurs réponses sont "
        f"possibles{INSECABLE}: leur somme dépasse le nombre de situations. Une conséquence "
        "constatée accompagne le non-recours, sans qu’il en soit toujours la seule cause.",
        _distribution("situations", "consequences"),
    ),
    Indicateur(
        14,
        "parcours",
        "Du repérage à l’ouverture du droit",
        "Parmi les non-recours repérés, ceux dont la personne a été informée (information, aide, "
        "orientation), puis ceux pour lesquels une demande a été déposée, puis les droits ouverts. Chaque "
        f"étape est comprise dans la précédente{INSECABLE}: un droit ouvert ou refusé suppose une "
        "demande, et une demande suppose une information. L’issue à ce jour répartit tous les "
        "non-recours repérés. Le délai est celui de l’ouverture, quand elle a eu lieu.",
        (
            Vue("parcours", "non_recours"),
            *_distribution("non_recours", "delai_ouverture"),
        ),
    ),
    Indicateur(
        15,
        "obstacles",
        "Obstacles pratiques",
        "Nombre de non-recours où chaque obstacle a été rencontré, quel que soit le droit"
        f"{INSECABLE}: démarche numérique, mobilité, justificatifs… Plusieurs réponses sont "
        f"possibles{INSECABLE}: leur somme peut dépasser le nombre de non-recours.",
        _distribution("non_recours", "obstacles"),
    ),
)
PAR_CODE = {indicateur.code: indicateur for indicateur in INDICATEURS}


def besoins(indicateurs: Iterable[Indicateur] = INDICATEURS) -> Besoins:
    """What the statistics must count to show these indicators, without repetition, in order."""
    vues = [vue for indicateur in indicateurs for vue in indicateur.vues]
    distributions = (
        variable
        for vue in vues
        if vue.genre == "distribution"
        for variable in vue.variables
        if variable not in CALCULEES
    )
    croisements = (vue.variables for vue in vues if vue.genre in ("croisement", "empilees"))
    genres = {vue.genre for vue in vues}
    return Besoins(
        distributions=tuple(dict.fromkeys(distributions)),
        croisements=tuple(dict.fromkeys(croisements)),
        cooccurrence="matrice" in genres,
        parcours="parcours" in genres,
    )
