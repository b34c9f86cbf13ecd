"""Settings of the tests: the application's own, on a cluster of the tests' own."""

import atexit
import os
import shutil
import tempfile

if "BNR_TESTS" not in os.environ:
    # The process that starts the others; those it starts find its environment.
    dossier = tempfile.mkdtemp(prefix="bnr-tests-")
    os.mkdir(os.path.join(dossier, "statiques"))
    os.mkdir(os.path.join(dossier, "aucun_statique"))
    atexit.register(shutil.rmtree, dossier, ignore_errors=True)
    os.environ["BNR_TESTS"] = os.environ["BNR_DONNEES"] = dossier
    os.environ["BNR_ENVIRONNEMENT"] = "demonstration"
    for variable in ("DATABASE_URL", "DATABASE_URL_PROPRIETAIRE", "BNR_BASE", "BNR_ROLE", "PORT"):
        os.environ.pop(variable, None)

from bnr.settings import *

DATABASES["default"]["SERVEUR_RAPIDE"] = True
# whitenoise reads it whole for each client: not where a server's files are being gathered.
STATIC_ROOT = DONNEES / "aucun_statique"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
