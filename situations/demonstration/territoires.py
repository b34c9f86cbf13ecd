"""Three demonstration territories, their organisations and one named person per role.

Everybody here is invented; addresses end in ``demo.example``, a domain that cannot exist.
"""

from dataclasses import dataclass

# What each one is, in words.
ROLES = {
    "animateur": "animateur",
    "comite_technique": "comité technique",
    "groupe_travail": "groupe de travail",
    "comite_pilotage": "comité de pilotage",
    "administrateur_territoire": "administrateur du territoire",
    "administrateur_national": "administrateur national",
}


# What each kind of committee is for.
MANDATS = {
    "pilotage": "Porter le baromètre, fixer ses orientations et les périodes observées, valider ce "
    "qui est publié. Deux réunions par an.",
    "technique": "Coordonner et animer le baromètre, relire les situations, analyser ensemble les "
    "résultats. Une réunion par mois.",
    "groupe_de_travail": "Repérer et décrire les situations rencontrées, partager ce que l’on en "
    "comprend. Une réunion par trimestre.",
}


@dataclass(frozen=True, slots=True)
class OrganismeDemo:
    """An organisation of a territory and its category (a code of organismes.csv)."""

    nom: str
    categorie: str


@dataclass(frozen=True, slots=True)
class PersonneDemo:
    """An invented person; ``organisme`` is the name of one of the territory's organisations
    (empty for the national administrator), ``fonction`` a code of the list « fonction »."""

    courriel: str
    prenom: str
    nom: str
    organisme: str
    fonction: str
    role: str


@dataclass(frozen=True, slots=True)
class TerritoireDemo:
    """A territory to fill.

    ``niveau`` is « epci » or « departement » and ``code`` its official code; ``genre`` is
    « rural », « urbain » or « mixte »; ``nombre`` is how many situations to invent.
    """

    slug: str
    nom: str
    niveau: str
    code: str
    genre: str
    nombre: int
    porteur: str
    organismes: tuple[OrganismeDemo, ...]
    personnes: tuple[PersonneDemo, ...]

    @property
    def auteurs(self) -> tuple[PersonneDemo, ...]:
        """Those who fill situations."""
        roles = ("groupe_travail", "comite_technique", "animateur")
        return tuple(personne for personne in self.personnes if personne.role in roles)


def _organismes(*lignes: str) -> tuple[OrganismeDemo, ...]:
    """Read « CATEGORY Name » lines."""
    paires = (ligne.split(" ", 1) for ligne in lignes)
    return tuple(OrganismeDemo(nom=nom, categorie=categorie) for categorie, nom in paires)


def _personnes(organismes: tuple[OrganismeDemo, ...], *lignes: str) -> tuple[PersonneDemo, ...]:
    """Read « role | function | place of the organisation | local part | first name | name »."""
    lues = []
    for ligne in lignes:
        role, fonction, place, boite, prenom, nom = (mot.strip() for mot in ligne.split("|"))
        organisme = organismes[int(place)].nom
        courriel = f"{boite}@demo.example"
        lues.append(PersonneDemo(courriel, prenom, nom, organisme, fonction, role))
    return tuple(lues)


_VANS = _organismes(
    "EPCI Communauté de communes Pays des Vans en Cévennes",
    "CSOCIAL Centre social des Vans",
    "CCAS CCAS des Vans",
    "FSERV France services des Vans",
    "CD Département de l’Ardèche – centre médico-social des Vans",
    "CAF Caf de l’Ardèche",
    "MSA MSA Ardèche Drôme Loire – agence des Vans",
    "ASSO Secours Catholique – Les Vans",
    "ASSO Restos du Cœur – Les Vans",
    "ETAB Collège des Vans",
    "ML Mission locale de l’Ardèche méridionale – permanence des Vans",
)

_GRENOBLE = _organismes(
    "METRO Grenoble-Alpes-Métropole",
    "CCAS CCAS de Grenoble",
    "CCAS CCAS d’Échirolles",
    "CCAS CCAS de Saint-Martin-d’Hères",
    "CD Département de l’Isère – service local de solidarité Grenoble sud",
    "CAF Caf de l’Isère",
    "CPAM CPAM de l’Isère",
    "CARSAT Carsat Rhône-Alpes – agence de Grenoble",
    "CSOCIAL Maison des habitants de la Villeneuve",
    "ASSO Secours Catholique – délégation de Grenoble",
    "ASSO Point d’eau – accueil de jour",
    "ML Mission locale de Grenoble",
    "FSERV France services d’Échirolles",
    "HOPITAL Permanence d’accès aux soins – hôpital de Grenoble",
)

_PUY_DE_DOME = _organismes(
    "CD Département du Puy-de-Dôme",
    "DDETS DDETS du Puy-de-Dôme",
    "CAF Caf du Puy-de-Dôme",
    "CARSAT Carsat Auvergne",
    "CPAM CPAM du Puy-de-Dôme",
    "MSA MSA Auvergne – agence de Clermont-Ferrand",
    "CCAS CCAS de Clermont-Ferrand",
    "CCAS CCAS de Thiers",
    "MDPH MDPH du Puy-de-Dôme",
    "RECTORAT Rectorat – service social en faveur des élèves",
    "FSERV France services d’Ambert",
    "ASSO Secours populaire – Issoire",
    "ML Mission locale de Riom",
)

TERRITOIRES: tuple[TerritoireDemo, ...] = (
    TerritoireDemo(
        slug="pays-des-vans",
        nom="Pays des Vans en Cévennes",
        niveau="epci",
        code="200039832",
        genre="rural",
        nombre=150,
        porteur=_VANS[0].nom,
        organismes=_VANS,
        personnes=_personnes(
            _VANS,
            "animateur | fo_mediateur | 1 | solene.vidal | Solène | Vidal",
            "comite_technique | fo_ts | 4 | karim.benhamou | Karim | Benhamou",
            "comite_technique | fo_conseiller | 0 | elise.coste | Élise | Coste",
            "groupe_travail | fo_accueil | 3 | maya.rouviere | Maya | Rouvière",
            "groupe_travail | fo_ts | 2 | thierry.chabert | Thierry | Chabert",
            "groupe_travail | fo_benevole | 7 | denise.pialat | Denise | Pialat",
            "groupe_travail | fo_ts | 6 | joao.ferreira | João | Ferreira",
            "groupe_travail | fo_educ | 9 | lucie.dumazel | Lucie | Dumazel",
            "comite_pilotage | autre | 0 | bernard.mazaudier | Bernard | Mazaudier",
            "comite_pilotage | autre | 5 | nadia.cherif | Nadia | Chérif",
            "administrateur_territoire | autre | 0 | quentin.roche | Quentin | Roche",
        ),
    ),
    TerritoireDemo(
        slug="grenoble-alpes-metropole",
        nom="Grenoble-Alpes-Métropole",
        niveau="epci",
        code="200040715",
        genre="urbain",
        nombre=600,
        porteur=_GRENOBLE[0].nom,
        organismes=_GRENOBLE,
        personnes=_personnes(
            _GRENOBLE,
            "animateur | fo_conseiller | 1 | camille.berthier | Camille | Berthier",
            "comite_technique | fo_ts | 4 | mehdi.ait-ali | Mehdi | Aït-Ali",
            "comite_technique | fo_conseiller | 5 | anne.lacombe | Anne | Lacombe",
            "groupe_travail | fo_ts | 1 | fatou.diarra | Fatou | Diarra",
            "groupe_travail | fo_accueil | 2 | romain.giraud | Romain | Giraud",
            "groupe_travail | fo_ecrivain | 8 | odile.perrin | Odile | Perrin",
            "groupe_travail | fo_benevole | 9 | giulia.moretti | Giulia | Moretti",
            "groupe_travail | fo_mediateur | 12 | sofiane.haddad | Sofiane | Haddad",
            "groupe_travail | fo_conseiller | 6 | claire.nguyen | Claire | Nguyen",
            "groupe_travail | fo_conseiller | 7 | patrick.jourdan | Patrick | Jourdan",
            "groupe_travail | fo_ts | 10 | ines.costa | Inès | Costa",
            "groupe_travail | fo_conseiller | 11 | baptiste.morel | Baptiste | Morel",
            "groupe_travail | fo_sante | 13 | leila.mansouri | Leïla | Mansouri",
            "comite_pilotage | autre | 0 | helene.faure | Hélène | Faure",
            "comite_pilotage | autre | 3 | youssef.amrani | Youssef | Amrani",
            "administrateur_territoire | autre | 0 | julien.blanchet | Julien | Blanchet",
        ),
    ),
    TerritoireDemo(
        slug="puy-de-dome",
        nom="Puy-de-Dôme",
        niveau="departement",
        code="63",
        genre="mixte",
        nombre=300,
        porteur=_PUY_DE_DOME[0].nom,
        organismes=_PUY_DE_DOME,
        personnes=_personnes(
            _PUY_DE_DOME,
            "animateur | fo_ts | 0 | valerie.chassagne | Valérie | Chassagne",
            "comite_technique | fo_conseiller | 3 | emmanuel.sanchez | Emmanuel | Sanchez",
            "comite_technique | fo_conseiller | 1 | agnieszka.nowak | Agnieszka | Nowak",
            "groupe_travail | fo_ts | 0 | marion.brugiere | Marion | Brugière",
            "groupe_travail | fo_conseiller | 2 | david.traore | David | Traoré",
            "groupe_travail | fo_accueil | 6 | samira.belkacem | Samira | Belkacem",
            "groupe_travail | fo_ts | 7 | gilles.fournet | Gilles | Fournet",
            "groupe_travail | fo_ts | 9 | aurelie.monteil | Aurélie | Monteil",
            "groupe_travail | fo_mediateur | 10 | hugo.vaissiere | Hugo | Vaissière",
            "groupe_travail | fo_benevole | 11 | monique.da-silva | Monique | Da Silva",
            "groupe_travail | fo_conseiller | 5 | etienne.mourgues | Étienne | Mourgues",
            "comite_pilotage | autre | 0 | francoise.delaire | Françoise | Delaire",
            "comite_pilotage | autre | 4 | olivier.rakoto | Olivier | Rakoto",
            "administrateur_territoire | autre | 0 | chloe.besson | Chloé | Besson",
        ),
    ),
)

ADMINISTRATEUR_NATIONAL = PersonneDemo(
    courriel="dominique.kessler@demo.example",
    prenom="Dominique",
    nom="Kessler",
    organisme="",
    fonction="autre",
    role="administrateur_national",
)
