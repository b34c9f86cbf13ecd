"""The cache table, which `createcachetable` would make: throttling is shared by every worker."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territoires", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE bnr_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX bnr_cache_expires ON bnr_cache (expires);
            """,
            "DROP TABLE bnr_cache;",
        ),
    ]
