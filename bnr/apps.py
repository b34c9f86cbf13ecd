from django.apps import AppConfig
from django.core import checks

from bnr.verifications import deux_roles


class BnrConfig(AppConfig):
    name = "bnr"
    verbose_name = "Baromètre du non-recours"

    def ready(self):
        checks.register(deux_roles, checks.Tags.database, deploy=True)
