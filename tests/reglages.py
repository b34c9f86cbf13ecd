"""Settings of the tests: the application's own, on a cluster of the tests' own."""

import atexit
import os
import shutil
import tempfile

if "BNR_TESTS" not in os.environ:
    # The process that starts the others; those it starts find its environment.
    dossier = tempfile.mkdtemp(prefix="bnr-tests-")
    # whitenoise looks at it when it is made; tests without a browser leave it empty.
    os.mkdir(os.path.join(dossier, "statiques"))
    atexit.register(shutil.rmtree, dossier, ignore_errors=True)
    os.environ["BNR_TESTS"] = os.environ["BNR_DONNEES"] = dossier
    os.environ["BNR_ENVIRONNEMENT"] = "demonstration"
    for variable in ("DATABASE_URL", "DATABASE_URL_PROPRIETAIRE", "BNR_BASE", "BNR_ROLE", "PORT"):
        os.environ.pop(variable, None)

from bnr.settings import *

DATABASES["default"]["SERVEUR_RAPIDE"] = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
