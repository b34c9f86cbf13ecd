"""Entry point of the web server: `gunicorn bnr.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from bnr.verifications import base_servable
from pilotage import memoire

# gunicorn stops on this exit code of a worker; on any other it would start it again for ever.
ECHEC_DU_DEMARRAGE = 3


class ApresVerification:
    """The application, which never serves a database that this environment must not serve.

    When the database does not answer at the start, each request looks again before it is served.
    """

    def __init__(self, servir):
        self.servir = servir
        self.est_verifiee = base_servable()

    def __call__(self, environ, start_response):
        self.est_verifiee = self.est_verifiee or base_servable()
        return self.servir(environ, start_response)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bnr.settings")
try:
    application = ApresVerification(get_wsgi_application())
except ImproperlyConfigured as erreur:
    print(erreur, file=sys.stderr)
    sys.exit(ECHEC_DU_DEMARRAGE)
memoire.regler()
