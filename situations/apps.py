from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SituationsConfig(AppConfig):
    name = "situations"
    verbose_name = "Situations"

    def ready(self):
        post_migrate.connect(refleter_noyau, sender=self)


def refleter_noyau(using, **_):
    from situations.miroir import refleter

    refleter(using=using)
