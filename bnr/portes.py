"""What a territory's doors answer, whatever the address: the charter to accept, the collection closed."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from situations.actions import CollecteFermee
from situations.views.lancement import collecte_fermee
from territoires.acces import CharteAAccepter, memoriser
from territoires.reprise import Reprise
from territoires.views.charte import adresse_de_la_charte, presenter


class Portes:
    """Middleware: a closed door becomes the page that says how it opens.

    A script gets 403 and, in JSON, a sentence and the address of that page: what it was posting
    stays in its own page. A posted form comes back with the charter, then is posted again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception) -> HttpResponse | None:
        if isinstance(exception, CharteAAccepter):
            return self._charte(request, exception.territoire)
        if isinstance(exception, CollecteFermee):
            return self._collecte(request, exception.territoire)
        return None

    def _charte(self, request, territoire) -> HttpResponse:
        if est_un_script(request):
            message = "Avant de continuer, lisez et acceptez la charte du baromètre."
            adresse = reverse("territoires:charte", args=[territoire.slug])
            return refus(message, adresse, "Lire la charte")
        if request.method != "POST":
            return redirect(adresse_de_la_charte(request, territoire))
        memoriser(request, territoire)
        return presenter(request, territoire, reprise=Reprise.depuis(request), statut=403)

    def _collecte(self, request, territoire) -> HttpResponse:
        if est_un_script(request):
            message = "La collecte n’est pas ouverte dans ce territoire."
            adresse = reverse("situations:lancement", args=[territoire.slug])
            return refus(message, adresse, "Voir ce qui manque")
        return collecte_fermee(request, territoire, statut=403)


def est_un_script(request) -> bool:
    """Asked by a page's script, not by a reader who opens a page."""
    automatique = request.headers.get("X-Enregistrement") == "auto"
    return automatique or request.headers.get("Sec-Fetch-Dest") == "empty"


def refus(message: str, adresse: str, lien: str) -> JsonResponse:
    return JsonResponse({"message": message, "adresse": adresse, "lien": lien}, status=403)
