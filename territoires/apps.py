import importlib

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class TerritoiresConfig(AppConfig):
    name = "territoires"
    verbose_name = "Territoires"

    def ready(self):
        importlib.import_module("territoires.ecoutes")
        post_migrate.connect(charger_referentiel, sender=self)
        post_migrate.connect(accorder_privileges_a_la_fin)


def charger_referentiel(using, **_):
    from territoires.chargement import charger

    charger(using=using)


def accorder_privileges_a_la_fin(sender, using, **_):
    """Once every application has its tables."""
    from territoires.privileges import accorder

    dernieres = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender == dernieres[-1]:
        accorder(using=using)
