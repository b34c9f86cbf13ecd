"""Who writes what statistics read says so, with the number of its transaction."""

import django.db.models.deletion
from django.db import migrations, models

import situations.models.projection

FAITS, NON_RECOURS = "situations_faitsituation", "situations_faitnonrecours"

ESTAMPILLER = f"""
CREATE FUNCTION estampiller_fait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.estampille := pg_current_xact_id();
    RETURN NEW;
END $$;
CREATE TRIGGER fait_estampille BEFORE INSERT OR UPDATE ON {FAITS}
    FOR EACH ROW EXECUTE FUNCTION estampiller_fait();

-- Its non-recours changed: the situation did.
CREATE FUNCTION estampiller_parent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {FAITS} f SET estampille = pg_current_xact_id()
    WHERE f.situation_id IN (SELECT situation_id FROM lignes)
    AND f.estampille <> pg_current_xact_id();
    RETURN NULL;
END $$;
CREATE TRIGGER fait_estampille_ajout AFTER INSERT ON {NON_RECOURS}
    REFERENCING NEW TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION estampiller_parent();
CREATE TRIGGER fait_estampille_change AFTER UPDATE ON {NON_RECOURS}
    REFERENCING NEW TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION estampiller_parent();
CREATE TRIGGER fait_estampille_retrait AFTER DELETE ON {NON_RECOURS}
    REFERENCING OLD TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION estampiller_parent();

CREATE FUNCTION noter_retrait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO situations_faitretire (situation, estampille)
    SELECT situation_id, pg_current_xact_id() FROM lignes
    ON CONFLICT (situation) DO UPDATE SET estampille = EXCLUDED.estampille;
    RETURN NULL;
END $$;
CREATE TRIGGER fait_retire AFTER DELETE ON {FAITS}
    REFERENCING OLD TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION noter_retrait();

CREATE FUNCTION noter_revision_recodages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO situations_revision (territoire, estampille)
    SELECT DISTINCT territoire_id, pg_current_xact_id() FROM lignes
    ON CONFLICT (territoire) DO UPDATE SET estampille = EXCLUDED.estampille;
    RETURN NULL;
END $$;
CREATE TRIGGER recodage_ajoute AFTER INSERT ON situations_recodage
    REFERENCING NEW TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION noter_revision_recodages();
CREATE TRIGGER recodage_change AFTER UPDATE ON situations_recodage
    REFERENCING NEW TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION noter_revision_recodages();
CREATE TRIGGER recodage_retire AFTER DELETE ON situations_recodage
    REFERENCING OLD TABLE AS lignes
    FOR EACH STATEMENT EXECUTE FUNCTION noter_revision_recodages();

CREATE FUNCTION noter_revision_organismes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO situations_revision (territoire, estampille) VALUES (0, pg_current_xact_id())
    ON CONFLICT (territoire) DO UPDATE SET estampille = EXCLUDED.estampille;
    RETURN NULL;
END $$;
CREATE TRIGGER organisme_change AFTER INSERT OR UPDATE ON territoires_organisme
    FOR EACH STATEMENT EXECUTE FUNCTION noter_revision_organismes();
"""
OUBLIER = f"""
DROP TRIGGER fait_estampille ON {FAITS};
DROP TRIGGER fait_retire ON {FAITS};
DROP TRIGGER fait_estampille_ajout ON {NON_RECOURS};
DROP TRIGGER fait_estampille_change ON {NON_RECOURS};
DROP TRIGGER fait_estampille_retrait ON {NON_RECOURS};
DROP TRIGGER recodage_ajoute ON situations_recodage;
DROP TRIGGER recodage_change ON situations_recodage;
DROP TRIGGER recodage_retire ON situations_recodage;
DROP TRIGGER organisme_change ON territoires_organisme;
DROP FUNCTION estampiller_fait, estampiller_parent, noter_retrait, noter_revision_recodages,
    noter_revision_organismes;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("situations", "0005_annuaire"),
        ("territoires", "0003_comites_et_acces"),
    ]

    operations = [
        migrations.CreateModel(
            name="FaitRetire",
            fields=[
                ("situation", models.BigIntegerField(primary_key=True, serialize=False)),
                ("estampille", situations.models.projection.Xid8(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("territoire", models.BigIntegerField(primary_key=True, serialize=False)),
                ("estampille", situations.models.projection.Xid8(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name="faitsituation",
            name="estampille",
            field=situations.models.projection.Xid8(
                db_default=models.Func(function="pg_current_xact_id"), editable=False
            ),
        ),
        migrations.AddField(
            model_name="faitsituation",
            name="organisme",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="territoires.organisme",
            ),
        ),
        migrations.RunSQL(
            f"UPDATE {FAITS} f SET organisme_id = s.organisme_id "
            "FROM situations_situation s WHERE s.id = f.situation_id;"
            # What checks foreign keys at the end of the transaction would forbid to alter the table.
            "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="faitsituation",
            index=models.Index(fields=["estampille"], name="situations__estampi_1f456a_idx"),
        ),
        migrations.RunSQL(ESTAMPILLER, OUBLIER),
    ]
