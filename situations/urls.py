from django.urls import include, path

from situations.views import (
    annuaire,
    changement,
    depart,
    guide,
    invitations,
    issues,
    lancement,
    lecture,
    liste,
    recodages,
    relecture,
    saisie,
    territoires,
    transmission,
)
from situations.views.formulaire import (
    apercu,
    brouillon,
    condition,
    droits,
    echanges,
    evolution,
    modules,
    publication,
    questions,
    sections,
    versions,
)

app_name = "situations"

# How a territory adapts its form: the versions, then the draft.
formulaire = [
    path("", versions.ensemble, name="formulaire"),
    path("ouvrir/", versions.ouvrir, name="formulaire_ouvrir"),
    path("versions/<int:numero>/", versions.lire, name="formulaire_version"),
    path("versions/<int:numero>/remettre/", versions.remettre, name="formulaire_remettre"),
    path("versions/<int:numero>/xlsform/", echanges.exporter, name="formulaire_exporter"),
    path("importer/", echanges.importer, name="formulaire_importer"),
    path("recodages/", recodages.recoder, name="recoder"),
    path("recodages/<int:pk>/annuler/", recodages.annuler_recodage, name="annuler_recodage"),
    path("evolution/", evolution.montrer, name="formulaire_evolution"),
    path("brouillon/", brouillon.montrer, name="formulaire_brouillon"),
    path("brouillon/abandonner/", brouillon.abandonner, name="formulaire_abandonner"),
    path("brouillon/publier/", publication.publier, name="formulaire_publier"),
    path("brouillon/sections/nouvelle/", sections.ajouter, name="formulaire_nouvelle_section"),
    path("brouillon/sections/<slug:code>/", sections.modifier, name="formulaire_section"),
    # A code of ours ends with the territory's name: « nouvelle » is that of no question.
    path("brouillon/questions/nouvelle/", questions.ajouter, name="formulaire_nouvelle_question"),
    path("brouillon/questions/<slug:variable>/", questions.modifier, name="formulaire_question"),
    path("brouillon/questions/<slug:variable>/place/", questions.placer, name="formulaire_placer"),
    path(
        "brouillon/questions/<slug:variable>/condition/",
        condition.modifier,
        name="formulaire_condition",
    ),
    path("brouillon/droits/", droits.choisir, name="formulaire_droits"),
    path("brouillon/droits/nouveau/", droits.ajouter, name="formulaire_nouveau_droit"),
    path("brouillon/droits/<slug:code>/", droits.modifier, name="formulaire_droit"),
    path("brouillon/modules/", modules.choisir, name="formulaire_modules"),
    path("brouillon/apercu/", apercu.montrer, name="formulaire_apercu"),
    path("brouillon/apercu/recherche/", apercu.chercher_droit, name="formulaire_apercu_droits"),
    path("brouillon/apercu/<slug:section>/", apercu.montrer, name="formulaire_apercu_section"),
]

# How a territory meets the conditions of feasibility, then opens its collection.
etapes_du_lancement = [
    path("", lancement.lire, name="lancement"),
    path("porteur/", lancement.porteur, name="lancement_porteur"),
    path("reglages/", lancement.reglages, name="lancement_reglages"),
    path("confirmer/<slug:etape>/", lancement.confirmer, name="lancement_confirmer"),
    path("ouvrir/", lancement.ouvrir, name="ouvrir_collecte"),
]

# « Qui appeler » : a territory's directory, and what members propose to change in it.
annuaire_du_territoire = [
    path("", annuaire.chercher, name="annuaire"),
    path("qui-appeler/", annuaire.qui_appeler, name="qui_appeler"),
    path("ajouter/", annuaire.ajouter, name="annuaire_ajouter"),
    path("proposer/", annuaire.proposer_un_ajout, name="annuaire_proposer_un_ajout"),
    path("propositions/", annuaire.propositions, name="annuaire_propositions"),
    path("propositions/<int:pk>/", annuaire.trancher, name="annuaire_trancher"),
    path("<int:pk>/", annuaire.modifier, name="annuaire_modifier"),
    path("<int:pk>/verifier/", annuaire.verifier, name="annuaire_verifier"),
    path("<int:pk>/retirer/", annuaire.retirer, name="annuaire_retirer"),
    path("<int:pk>/remettre/", annuaire.remettre, name="annuaire_remettre"),
    path("<int:pk>/proposer/", annuaire.proposer, name="annuaire_proposer"),
]

urlpatterns = [
    # Before the territories themselves: « nouveau » is the address of none.
    path("territoires/", territoires.lister, name="lister_territoires"),
    path("territoires/nouveau/", territoires.choisir_perimetre, name="choisir_perimetre"),
    path(
        "territoires/nouveau/autre/",
        territoires.creer,
        {"niveau": "autre"},
        name="creer_autre_territoire",
    ),
    path(
        "territoires/nouveau/<slug:niveau>/<slug:code>/",
        territoires.creer,
        name="creer_territoire",
    ),
    path("territoires/<slug:slug>/modifier/", territoires.modifier, name="modifier_territoire"),
    path(
        "territoires/<slug:slug>/administrateurs/",
        territoires.nommer_administrateur,
        name="nommer_administrateur",
    ),
    path("territoires/<slug:slug>/", liste.entrer_dans, name="entrer"),
    path(
        "territoires/<slug:slug>/membres/<int:pk>/depart/",
        depart.faire_partir,
        name="faire_partir",
    ),
    path(
        "territoires/<slug:slug>/membres/<int:pk>/animateur/",
        depart.designer_animateur,
        name="designer_animateur",
    ),
    path("invitations/<str:cle>/", invitations.accepter, name="accepter_invitation"),
    path("territoires/<slug:slug>/situations/", liste.lister, name="lister"),
    path("territoires/<slug:slug>/situations/nouvelle/", saisie.commencer, name="commencer"),
    path("territoires/<slug:slug>/relecture/", liste.relecture, name="relecture"),
    path("territoires/<slug:slug>/formulaire/", include(formulaire)),
    path("territoires/<slug:slug>/annuaire/", include(annuaire_du_territoire)),
    path("guide/", guide.accueil, name="guide"),
    path("guide/imprimer/", guide.imprimer, name="guide_imprimer"),
    path("guide/<slug:code>/", guide.lire, name="guide_page"),
    path("accessibilite/", guide.accessibilite, name="accessibilite"),
    path("mentions-legales/", guide.mentions_legales, name="mentions_legales"),
    path("note-d-information/", guide.note_d_information, name="note_d_information"),
    path("territoires/<slug:slug>/lancement/", include(etapes_du_lancement)),
    path("situations/<uuid:cle>/", lecture.lire, name="lire"),
    path("situations/<uuid:cle>/saisie/<slug:section>/", saisie.saisir, name="saisir"),
    path("situations/<uuid:cle>/droits/", saisie.chercher_droit, name="chercher_droit"),
    path("situations/<uuid:cle>/transmettre/", transmission.transmettre, name="transmettre"),
    path("situations/<uuid:cle>/transmise/", transmission.transmise, name="transmise"),
    path(
        "situations/<uuid:cle>/version/", changement.changer_de_version, name="changer_de_version"
    ),
    path("situations/<uuid:cle>/supprimer/", saisie.supprimer, name="supprimer"),
    path("situations/<uuid:cle>/issues/", issues.actualiser, name="actualiser"),
    path("situations/<uuid:cle>/valider/", relecture.valider, name="valider"),
    path("situations/<uuid:cle>/renvoyer/", relecture.renvoyer, name="renvoyer"),
    path("situations/<uuid:cle>/ecarter/", relecture.ecarter, name="ecarter"),
    path("situations/<uuid:cle>/retablir/", relecture.retablir, name="retablir"),
    path(
        "situations/<uuid:cle>/qualifier/<int:rang>/<slug:variable>/",
        relecture.qualifier,
        name="qualifier",
    ),
    path("situations/<uuid:cle>/masquer/<slug:variable>/", relecture.masquer, name="masquer"),
    path(
        "situations/<uuid:cle>/masquer/<slug:variable>/<int:rang>/",
        relecture.masquer,
        name="masquer",
    ),
]
