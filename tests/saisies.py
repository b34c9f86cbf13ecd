"""Filling the noyau's form page by page, as its author does in a window without script."""

from django.test import Client
from django.utils import timezone

from situations import actions
from situations.calendrier import en_mois
from situations.models import Situation, Version
from tests.fenetre import Fenetre
from tests.gens import Gens

COMITE = "Transmettre au comité technique"


def fenetre_de(utilisateur, adresse: str = "/") -> Fenetre:
    """A window of this person, whose posts are judged as a browser's are."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(utilisateur)
    return Fenetre(client, adresse)


def commencer(gens: Gens, utilisateur) -> Fenetre:
    """The first step of a new draft."""
    fenetre = fenetre_de(utilisateur, f"/territoires/{gens.territoire.slug}/situations/nouvelle/")
    libelle = "Commencer" if fenetre.page.tous("button", **{"class": "btn btn-primary"}) else None
    return fenetre.cliquer(libelle or "Commencer une autre situation")


def situation_de(fenetre: Fenetre) -> Situation:
    """The situation that this page is about, as stored now."""
    return Situation.objects.get(cle=fenetre.adresse.split("/")[2])


def etape(fenetre: Fenetre, code: str) -> Fenetre:
    """The same window on another step of the same draft."""
    cle = fenetre.adresse.split("/")[2]
    return fenetre.ouvrir(f"/situations/{cle}/saisie/{code}/")


def autre_fenetre(fenetre: Fenetre) -> Fenetre:
    """A second tab on the same page."""
    return Fenetre(fenetre.client, fenetre.adresse)


def remplir_reperage(fenetre: Fenetre) -> Fenetre:
    fenetre.choisir("mois_observation", en_mois(timezone.localdate()))
    fenetre.choisir("contexte", "co_permanence")
    return fenetre.choisir("personne_informee", "oui")


def remplir_personne(fenetre: Fenetre) -> Fenetre:
    for variable, code in (
        ("age", "a_75p"),
        ("famille", "f_seul"),
        ("activite", "ac_retr"),
        ("logement", "l_prop"),
    ):
        fenetre.choisir(variable, code)
    return fenetre


def chercher_droit(fenetre: Fenetre, mots: str, *, rang: int = 1) -> Fenetre:
    fenetre.ecrire(f"nr{rang}-droit_recherche", mots)
    return fenetre.cliquer("Chercher", value=f"chercher:nr{rang}-")


def remplir_droit(fenetre: Fenetre, mots="aspa", droit="aspa", *, rang: int = 1) -> Fenetre:
    chercher_droit(fenetre, mots, rang=rang).choisir(f"nr{rang}-droit", droit)
    for variable, code in (
        ("eligibilite", "el_probable"),
        ("type", "ND"),
        ("motif_principal", "nd_succession"),
        ("anciennete", "an_2ap"),
        ("dynamique", "dy_jamais"),
        ("issue", "is_cours"),
    ):
        fenetre.choisir(f"nr{rang}-{variable}", code)
    return fenetre.cocher(f"nr{rang}-actions", "act_info")


def remplir_tout(gens: Gens, utilisateur, **textes: str) -> Fenetre:
    """A whole draft, typed page by page, up to the page that transmits it."""
    fenetre = remplir_reperage(commencer(gens, utilisateur)).cliquer("Continuer")
    fenetre = remplir_personne(fenetre).cliquer("Continuer")
    fenetre = remplir_droit(fenetre).cliquer("Continuer")
    fenetre.choisir("intensite", "3")
    for variable, texte in textes.items():
        fenetre.ecrire(variable, texte)
    return fenetre.cliquer("Continuer")


def publier_version(gens: Gens, document: dict) -> Version:
    """One more version of the territory's form, published and in force."""
    formulaire = gens.territoire.formulaire
    version = Version.objects.create(
        formulaire=formulaire,
        numero=formulaire.versions.count() + 1,
        definition=document,
        noyau="essai",
    )
    actions.publier(version=version, par=gens.administrateur)
    return version


def poser_version(gens: Gens, document: dict) -> Version:
    """A published version of any document, in force: its variables are known to no table, since
    generated forms give one code many meanings."""
    formulaire = gens.territoire.formulaire
    version = Version.objects.create(
        formulaire=formulaire,
        numero=formulaire.versions.count() + 1,
        definition=document,
        noyau="essai",
        publiee_le=timezone.now(),
    )
    actions.mettre_en_vigueur(version=version, par=gens.administrateur)
    return version
