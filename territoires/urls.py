"""Pages about people: members, invitations, organismes."""

from django.urls import include, path

from territoires.views import charte, invitations, journal, listes, membres, organismes

app_name = "territoires"

# Who takes part in a territory.
gens = [
    path("", membres.membres, name="membres"),
    path("inviter/", invitations.inviter, name="inviter"),
    path("liste/", listes.coller, name="coller"),
    path("envois/<int:pk>/", listes.lot, name="lot"),
    path("invitations/<int:pk>/", invitations.changer, name="changer_invitation"),
    path("administrateurs/", membres.nommer_administrateur, name="nommer_administrateur"),
    path(
        "administrateurs/<int:pk>/retirer/",
        membres.retirer_administrateur,
        name="retirer_administrateur",
    ),
    path("organismes/", organismes.organismes, name="organismes"),
    path("organismes/<int:pk>/", organismes.organisme, name="organisme"),
    path("<int:pk>/", membres.membre, name="membre"),
]

urlpatterns = [
    path("journal/", journal.national, name="journal_national"),
    path("journal/export/", journal.exporter_national, name="exporter_journal_national"),
    path("territoires/<slug:slug>/journal/", journal.du_territoire, name="journal"),
    path(
        "territoires/<slug:slug>/journal/export/",
        journal.exporter_du_territoire,
        name="exporter_journal",
    ),
    path("territoires/<slug:slug>/membres/", include(gens)),
    path("territoires/<slug:slug>/charte/", charte.lire, name="charte"),
    path("territoires/<slug:slug>/charte/adopter/", charte.adopter, name="adopter_charte"),
    path(
        "territoires/<slug:slug>/charte/<int:numero>/", charte.lire_version, name="version_charte"
    ),
]
