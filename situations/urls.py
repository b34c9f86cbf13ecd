from django.urls import path

from situations.views import issues, lecture, liste, relecture, saisie, territoires, transmission

app_name = "situations"

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
    path("territoires/<slug:slug>/situations/", liste.lister, name="lister"),
    path("territoires/<slug:slug>/situations/nouvelle/", saisie.commencer, name="commencer"),
    path("territoires/<slug:slug>/relecture/", liste.relecture, name="relecture"),
    path("situations/<uuid:cle>/", lecture.lire, name="lire"),
    path("situations/<uuid:cle>/saisie/<slug:section>/", saisie.saisir, name="saisir"),
    path("situations/<uuid:cle>/droits/", saisie.chercher_droit, name="chercher_droit"),
    path("situations/<uuid:cle>/transmettre/", transmission.transmettre, name="transmettre"),
    path("situations/<uuid:cle>/transmise/", transmission.transmise, name="transmise"),
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
