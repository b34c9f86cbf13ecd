"""The directories of the demonstration territories: invented desks, numbers reserved for fiction.

Telephone numbers are of the ranges that the regulator keeps for films (01 99 00, 04 65 71);
addresses end in « demo.example ».
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointDemo:
    """A desk: ``organisme`` is the name of one of the territory's, ``droits`` codes of rights
    (none: the general desk), ``jours`` how many days ago it was verified."""

    organisme: str
    service: str
    telephone: str
    courriel: str
    horaires: str
    precisions: str
    droits: tuple[str, ...]
    jours: int


def _points(*lignes: str) -> tuple[PointDemo, ...]:
    """Read « organisme | service | telephone | mailbox | hours | to know | rights | days »."""
    lus = []
    for ligne in lignes:
        organisme, service, telephone, boite, horaires, precisions, droits, jours = (
            mot.strip() for mot in ligne.split("|")
        )
        courriel = f"{boite}.demo.example" if boite else ""
        lus.append(
            PointDemo(
                organisme,
                service,
                telephone,
                courriel,
                horaires,
                precisions,
                tuple(droits.split()),
                int(jours),
            )
        )
    return tuple(lus)


ANNUAIRES = {
    "pays-des-vans": _points(
        "CCAS des Vans | Accueil | 04 65 71 10 01 | accueil@ccas-vans | Du lundi au vendredi, de 9 h à 12 h | Sans rendez-vous. | | 20",
        "CCAS des Vans | Service social, dossiers Aspa et aide à domicile | 04 65 71 10 02 | social@ccas-vans | Mardi et jeudi, de 14 h à 17 h | Apporter l’avis d’imposition et le dernier relevé de pension. | aspa aide_menagere secours_ccas domiciliation | 35",
        "France services des Vans | Accueil et démarches en ligne | 04 65 71 10 11 | accueil@fs-vans | Du lundi au samedi, de 9 h à 12 h 30 | Accompagne pour créer un compte Caf, Ameli ou France Travail. | mediation_num cheque_energie | 12",
        "Caf de l’Ardèche | Ligne réservée aux partenaires | 04 65 71 10 21 | partenaires@caf07 | Du lundi au vendredi, de 9 h à 16 h | Donner le motif du blocage, jamais le nom au premier appel. | rsa ppa al asf ars | 48",
        "MSA Ardèche Drôme Loire – agence des Vans | Conseiller retraite | 04 65 71 10 31 | retraite@msa-adl | Mercredi, de 9 h à 12 h | Explique le seuil de récupération de l’Aspa pour les biens agricoles. | aspa retraite reversion | 260",
        "Département de l’Ardèche – centre médico-social des Vans | Secrétariat | 04 65 71 10 41 | cms-vans@ardeche | Du lundi au vendredi, de 8 h 30 à 17 h | | apa_dom fsl_acces fsl_maintien aide_fin_cd | 70",
        "Secours Catholique – Les Vans | Permanence | 04 65 71 10 51 | | Vendredi, de 14 h à 17 h | | aide_alim ecrivain_public | 210",
    ),
    "grenoble-alpes-metropole": _points(
        "CCAS de Grenoble | Accueil | 04 65 71 20 01 | accueil@ccas-grenoble | Du lundi au vendredi, de 8 h 30 à 17 h | | | 15",
        "CCAS de Grenoble | Domiciliation | 04 65 71 20 02 | domiciliation@ccas-grenoble | Lundi et jeudi, de 9 h à 12 h | Un mois d’attente environ. | domiciliation aide_alim | 90",
        "Caf de l’Isère | Pôle partenaires | 04 65 71 20 11 | partenaires@caf38 | Du lundi au vendredi, de 9 h à 16 h | Réponse sous cinq jours. | rsa ppa al asf cf aripa remise_indu | 30",
        "CPAM de l’Isère | Accompagnement des renoncements aux soins | 04 65 71 20 21 | missions@cpam38 | Du lundi au vendredi, de 9 h à 17 h | | c2s c2s_part ame ald protection_maladie | 25",
        "Carsat Rhône-Alpes – agence de Grenoble | Service social | 04 65 71 20 31 | social@carsat-ra | Sur rendez-vous | | aspa reversion carsat_pap ardh | 200",
        "Département de l’Isère – service local de solidarité Grenoble sud | Accueil social | 04 65 71 20 41 | sls-sud@isere | Du lundi au vendredi, de 9 h à 17 h | | rsa apa_dom pch aide_fin_cd | 60",
        "Grenoble-Alpes-Métropole | Fonds de solidarité logement | 04 65 71 20 51 | fsl@metro38 | Lundi, mercredi et vendredi matin | Impayés : dès le deuxième mois. | fsl_acces fsl_maintien fsl_energie | 44",
        "Permanence d’accès aux soins – hôpital de Grenoble | Assistante sociale de permanence | 04 65 71 20 61 | pass@chu38 | Tous les jours, de 9 h à 16 h | Sans carte Vitale ni papiers. | pass_soins ame | 18",
    ),
    "puy-de-dome": _points(
        "Département du Puy-de-Dôme | Plateforme d’accueil social | 04 65 71 30 01 | accueil@pdd63 | Du lundi au vendredi, de 8 h 30 à 17 h 30 | | | 40",
        "Département du Puy-de-Dôme | Autonomie : APA et aide sociale | 04 65 71 30 02 | autonomie@pdd63 | Du lundi au vendredi, de 9 h à 12 h | | apa_dom apa_etab ash aide_menagere | 55",
        "Carsat Auvergne | Ligne Aspa des partenaires | 04 65 71 30 11 | aspa@carsat-auv | Mardi et jeudi, de 9 h à 12 h | Explique la récupération sur succession. | aspa reversion retraite | 22",
        "Caf du Puy-de-Dôme | Conseillers partenaires | 04 65 71 30 21 | partenaires@caf63 | Du lundi au vendredi, de 9 h à 16 h | | rsa ppa al asf ars | 33",
        "CPAM du Puy-de-Dôme | Lutte contre le renoncement aux soins | 04 65 71 30 31 | planir@cpam63 | Du lundi au vendredi, de 9 h à 17 h | | c2s c2s_part ald asi | 190",
        "MDPH du Puy-de-Dôme | Accueil | 04 65 71 30 41 | accueil@mdph63 | Du lundi au jeudi, de 9 h à 16 h 30 | Délai moyen : cinq mois. | aah pch aeeh rqth cmi | 28",
        "Rectorat – service social en faveur des élèves | Référente bourses | 01 99 00 30 51 | bourses@rectorat63 | Du lundi au vendredi, de 9 h à 12 h | Simulateur en ligne ; campagne de septembre à octobre. | bourse_college bourse_lycee fonds_social | 75",
    ),
}
