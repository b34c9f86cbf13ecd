"""Named people: one of each role in a territory, a former member, and answers to type."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from situations import actions
from situations.calendrier import en_mois
from situations.models import Situation
from situations.versions import version_en_vigueur
from territoires.actions import ajouter_membre, creer_organisme, nommer_administrateur
from territoires.charte import composer, texte_propose
from territoires.models import (
    Adhesion,
    Charte,
    Comite,
    Membre,
    Organisme,
    Territoire,
    Utilisateur,
)


@dataclass(frozen=True)
class Gens:
    """The people of a territory, by what they do there."""

    territoire: Territoire
    organisme: Organisme
    travail: Utilisateur
    collegue: Utilisateur
    technique: Utilisateur
    animateur: Utilisateur
    pilotage: Utilisateur
    administrateur: Utilisateur
    ancien: Utilisateur


NATURES = {
    "travail": Comite.Nature.GROUPE_DE_TRAVAIL,
    "collegue": Comite.Nature.GROUPE_DE_TRAVAIL,
    "technique": Comite.Nature.TECHNIQUE,
    "animateur": Comite.Nature.TECHNIQUE,
    "pilotage": Comite.Nature.PILOTAGE,
    "ancien": Comite.Nature.TECHNIQUE,
}


def peupler(territoire: Territoire, *, par) -> Gens:
    """Gives the territory an organisme and one person of each role; « ancien » left yesterday."""
    organisme = creer_organisme(territoire=territoire, nom="CCAS", categorie="CCAS", par=par)
    comites = {comite.nature: comite for comite in territoire.comites.all()}
    comptes = {
        nom: Utilisateur.objects.create_user(
            f"{nom}@{territoire.slug}.example", "secret", nom=nom.capitalize()
        )
        for nom in (*NATURES, "administrateur")
    }
    EmailAddress.objects.bulk_create(
        EmailAddress(user=compte, email=compte.email, verified=True, primary=True)
        for compte in comptes.values()
    )
    for nom, nature in NATURES.items():
        ajouter_membre(
            comite=comites[nature],
            utilisateur=comptes[nom],
            organisme=organisme,
            est_animateur=nom == "animateur",
            par=par,
        )
    hier = timezone.localdate() - timedelta(days=1)
    Membre.objects.filter(utilisateur=comptes["ancien"]).update(du=hier, au=hier)
    nommer_administrateur(territoire=territoire, utilisateur=comptes["administrateur"], par=par)
    lancer(territoire, *comptes.values(), par=par)
    return Gens(territoire=territoire, organisme=organisme, **comptes)


def lancer(territoire: Territoire, *comptes: Utilisateur, par) -> None:
    """Opens the collection and gives the territory a charter that these people have accepted,
    without meeting its conditions one by one."""
    Charte.objects.create(
        territoire=territoire, numero=1, texte=composer(texte_propose()), adoptee_par=par
    )
    accepter(territoire, *comptes)
    territoire.collecte_ouverte_le, territoire.collecte_ouverte_par = timezone.now(), par
    territoire.save(update_fields=["collecte_ouverte_le", "collecte_ouverte_par"])


def accepter(territoire: Territoire, *comptes: Utilisateur) -> None:
    """These people have accepted the territory's charter in force."""
    charte = territoire.chartes.first()
    adhesions = (Adhesion(charte=charte, utilisateur=compte) for compte in comptes)
    Adhesion.objects.bulk_create(adhesions, ignore_conflicts=True)


def reponses_completes() -> dict:
    """Answers to every required question about the situation."""
    return {
        "mois_observation": en_mois(timezone.localdate()),
        "contexte": "co_permanence",
        "personne_informee": "oui",
        "age": "a_75p",
        "famille": "f_seul",
        "activite": "ac_retr",
        "logement": "l_prop",
        "intensite": "3",
    }


def aspa() -> dict:
    """Answers about a right: the Aspa not claimed for fear of recovery on the estate."""
    return {
        "droit": "aspa",
        "eligibilite": "el_probable",
        "type": "ND",
        "motif_principal": "nd_succession",
        "anciennete": "an_2ap",
        "dynamique": "dy_jamais",
        "actions": ["act_info"],
        "issue": "is_cours",
    }


def cheque_energie() -> dict:
    """Answers about a right: the chèque énergie, unknown."""
    return {
        **aspa(),
        "droit": "cheque_energie",
        "type": "NC",
        "motif_principal": "nc_info",
    }


def brouillon(gens: Gens, auteur: Utilisateur, *droits: dict, **reponses) -> Situation:
    """A draft of this author with these rights (the Aspa when none) and complete answers."""
    situation = actions.commencer(
        territoire=gens.territoire, version=version_en_vigueur(gens.territoire), par=auteur
    )
    droits = droits or (aspa(),)
    for _ in droits[1:]:
        actions.ajouter_droit(situation=situation, par=auteur)
    actions.enregistrer(
        situation=situation,
        reponses={**reponses_completes(), **reponses},
        blocs=dict(enumerate(droits, start=1)),
        par=auteur,
    )
    return Situation.objects.get(pk=situation.pk)


def transmise(gens: Gens, auteur: Utilisateur, *droits: dict, **reponses) -> Situation:
    """A situation of this author, transmitted."""
    return actions.transmettre(situation=brouillon(gens, auteur, *droits, **reponses), par=auteur)
