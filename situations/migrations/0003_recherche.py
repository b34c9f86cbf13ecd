"""French words, whatever their accents and endings, to find situations again."""

from django.db import migrations

CREER = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH CONFIGURATION bnr_francais (COPY = french);
ALTER TEXT SEARCH CONFIGURATION bnr_francais
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0002_versions_figees")]

    operations = [
        migrations.RunSQL(CREER, "DROP TEXT SEARCH CONFIGURATION bnr_francais;"),
    ]
