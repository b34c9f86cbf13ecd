"""A published version is frozen, and what is put in force is published: PostgreSQL says so."""

from django.db import migrations

FIGER = """
CREATE FUNCTION refuser_version_publiee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.publiee_le IS NOT NULL THEN
        RAISE EXCEPTION 'La version % est publiée : elle ne change plus.', OLD.numero
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER version_figee BEFORE UPDATE OR DELETE ON situations_version
    FOR EACH ROW EXECUTE FUNCTION refuser_version_publiee();

CREATE FUNCTION refuser_section_publiee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM situations_version WHERE publiee_le IS NOT NULL
        AND id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END
        )
    ) THEN
        RAISE EXCEPTION 'Cette version est publiée : ses sections ne changent plus.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER section_figee BEFORE INSERT OR UPDATE OR DELETE ON situations_section
    FOR EACH ROW EXECUTE FUNCTION refuser_section_publiee();

CREATE FUNCTION refuser_question_publiee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM situations_section s JOIN situations_version v ON v.id = s.version_id
        WHERE v.publiee_le IS NOT NULL
        AND s.id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.section_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.section_id END
        )
    ) THEN
        RAISE EXCEPTION 'Cette version est publiée : ses questions ne changent plus.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER question_figee BEFORE INSERT OR UPDATE OR DELETE ON situations_question
    FOR EACH ROW EXECUTE FUNCTION refuser_question_publiee();

CREATE FUNCTION exiger_version_publiee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM situations_version
        WHERE id = NEW.version_id AND formulaire_id = NEW.formulaire_id AND publiee_le IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'Seule une version publiée de ce formulaire peut être mise en vigueur.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mise_en_vigueur_publiee BEFORE INSERT OR UPDATE ON situations_miseenvigueur
    FOR EACH ROW EXECUTE FUNCTION exiger_version_publiee();
"""

DEFIGER = """
DROP TRIGGER mise_en_vigueur_publiee ON situations_miseenvigueur;
DROP TRIGGER question_figee ON situations_question;
DROP TRIGGER section_figee ON situations_section;
DROP TRIGGER version_figee ON situations_version;
DROP FUNCTION exiger_version_publiee;
DROP FUNCTION refuser_question_publiee;
DROP FUNCTION refuser_section_publiee;
DROP FUNCTION refuser_version_publiee;
"""


class Migration(migrations.Migration):
    dependencies = [("situations", "0001_initial")]

    operations = [migrations.RunSQL(FIGER, DEFIGER)]
