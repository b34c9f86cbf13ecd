"""Accounts made so far were given by whoever knew the person: their address is taken for proved."""

from django.db import migrations


def ecrire(apps, schema_editor):
    Utilisateur = apps.get_model("territoires", "Utilisateur")
    EmailAddress = apps.get_model("account", "EmailAddress")
    sans_adresse = Utilisateur.objects.exclude(pk__in=EmailAddress.objects.values("user_id"))
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=pk, email=email, verified=True, primary=True)
        for pk, email in sans_adresse.values_list("pk", "email")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("territoires", "0003_comites_et_acces"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(ecrire, migrations.RunPython.noop)]
