"""What a dashboard meets in life and the demonstration has not: written over it, for browsers.

Each function is called in the application of the server that is looked at, see `dans`.
"""

from types import SimpleNamespace

from django.utils import timezone

from pilotage.actions import enregistrer_vue
from pilotage.actions.decisions import decider
from pilotage.models import Lot, Population, Publication
from pilotage.population import tranches_d_age
from situations import adaptation, noyau
from situations.actions import creer_territoire
from territoires.actions import ajouter_membre, creer_organisme
from territoires.models import Comite, Territoire, Utilisateur
from tests import bases
from tests.adaptees import geste, publier_gestes, question
from tests.gens import lancer, transmise
from tests.lots_ecrits import ecrire_lot

GRENOBLE, VIDE = "grenoble-alpes-metropole", "haut-vallespir"
ANNEE = 2026


def dans(base: str, *noms: str) -> None:
    """Runs these functions on this database."""
    appels = "; ".join(f"etats_du_tableau.{nom}()" for nom in noms)
    bases.manage(
        base, "shell", "--verbosity=0", "-c", f"from tests import etats_du_tableau; {appels}"
    )


def _grenoble() -> Territoire:
    return Territoire.objects.get(slug=GRENOBLE)


def _compte(prenom: str) -> Utilisateur:
    return Utilisateur.objects.get(email__startswith=f"{prenom}.")


def lots() -> None:
    """What the others of the territory read, and national administrators."""
    ecrire_lot(_grenoble(), ANNEE, Lot.Audience.TERRITOIRE)
    ecrire_lot(None, ANNEE, Lot.Audience.NATIONAL)


def echec() -> None:
    """A preparation that was interrupted."""
    Lot.objects.create(
        territoire=_grenoble(),
        audience=Lot.Audience.TERRITOIRE,
        etat=Lot.Etat.ECHEC,
        seuil=5,
        exacts={"echec": "La préparation des chiffres a été interrompue."},
    )


def en_preparation() -> None:
    """Figures on their way."""
    Lot.objects.create(
        territoire=_grenoble(), audience=Lot.Audience.TERRITOIRE, seuil=5, progression=40
    )


def publications() -> None:
    """One that anybody reads, one to read before, one that failed."""
    _publication("Les résultats de l’année, droit par droit et quartier par quartier", publie=True)
    _publication("Le bilan du premier semestre")
    _publication("Un essai", etat=Lot.Etat.ECHEC)


def publication_en_preparation() -> None:
    """One whose figures are on their way."""
    _publication("Le bilan de l’été", etat=Lot.Etat.EN_PREPARATION)


def publication_prete() -> None:
    """Its figures have come."""
    en_cours = Lot.objects.filter(audience=Lot.Audience.PUBLIC, etat=Lot.Etat.EN_PREPARATION)
    en_cours.update(etat=Lot.Etat.PRET)


def _publication(intitule: str, *, publie: bool = False, etat: str = Lot.Etat.PRET) -> None:
    territoire = _grenoble()
    lot = ecrire_lot(territoire, ANNEE, Lot.Audience.PUBLIC)
    if etat == Lot.Etat.ECHEC:
        lot.etat, lot.exacts, lot.proteges = etat, {"echec": "Préparation interrompue."}, {}
        lot.save()
    elif etat == Lot.Etat.EN_PREPARATION:
        lot.etat = etat
        lot.save()
    decision = decider(
        comite=territoire.comites.get(nature=Comite.Nature.PILOTAGE),
        nature="publication",
        intitule=intitule,
        texte="À lire avec le service d’accès aux droits.",
        prise_le=timezone.localdate(),
        par=_compte("helene"),
    )
    publiee_le = timezone.now() if publie else None
    Publication.objects.create(
        territoire=territoire, lot=lot, decision=decision, publiee_le=publiee_le
    )


def population() -> None:
    """Inhabitants by age, beside the age of the persons met."""
    Population.objects.create(
        territoire=_grenoble(),
        effectifs={t.code: 9000 + 1234 * rang for rang, t in enumerate(tranches_d_age())},
        source="Insee, recensement de la population",
        annee=2022,
        par=_compte("camille"),
    )


def quarante_reponses() -> None:
    """A question of the territory with forty long answers, and a local answer of a core one."""
    libelles = sorted({ligne["libelle"] for ligne in noyau.lire("droits")}, key=len)[-40:]
    libelles[5] = "Anticonstitutionnellement" * 3
    options = [{"code": f"long_{rang}", "libelle": nom} for rang, nom in enumerate(libelles)]
    gens = SimpleNamespace(territoire=_grenoble(), animateur=_compte("camille"))
    publier_gestes(
        gens,
        question(
            "personne", "longue_gam", "choix", "Que lui a-t-on dit au guichet ?", options=options
        ),
        geste(
            adaptation.ajouter_choix,
            "logement",
            libelle="Caravane sur terrain familial",
            code="l_caravane_gam",
            raffine="l_mobile",
        ),
    )
    for rang in range(60):
        reponses = {"longue_gam": f"long_{rang % 13 * 3}"}
        transmise(
            gens, _compte("camille"), **reponses, logement=("l_caravane_gam", "l_mobile")[rang % 2]
        )


def territoire_vide() -> None:
    """A territory where nothing was transmitted yet; Camille Berthier animates it."""
    national = _compte("dominique")
    territoire = creer_territoire(
        nom="Communauté de communes du Haut-Vallespir et des Aspres orientales",
        niveau="epci",
        communes=[],
        slug=VIDE,
        par=national,
    )
    organisme = creer_organisme(territoire=territoire, nom="CCAS", categorie="CCAS", par=national)
    membres = {
        "camille": (Comite.Nature.TECHNIQUE, True),
        "helene": (Comite.Nature.PILOTAGE, False),
    }
    for prenom, (nature, anime) in membres.items():
        ajouter_membre(
            comite=territoire.comites.get(nature=nature),
            utilisateur=_compte(prenom),
            organisme=organisme,
            est_animateur=anime,
            par=national,
        )
    lancer(territoire, *map(_compte, membres), par=national)


def vues() -> None:
    """A view kept for oneself, another shared, of a long name."""
    camille = _compte("camille")
    comite = _grenoble().comites.get(nature=Comite.Nature.TECHNIQUE)
    for nom, partage in (("Aspa", None), ("Les personnes âgées qui ignorent l’Aspa " * 2, comite)):
        enregistrer_vue(
            territoire=_grenoble(),
            nom=nom.strip(),
            requete="f_age=a_75p&f_droit=aspa",
            comite=partage,
            par=camille,
        )
