"""A mail says which records it tells of, so that it goes with them in a gallring; what it tells of never gets less."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION guard_mail() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.id, OLD."to", OLD.subject, OLD.message_id, OLD.secret, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW."to", NEW.subject, NEW.message_id, NEW.secret, NEW.created_at)
     OR NOT NEW.about @> OLD.about
     OR (OLD.text, OLD.html) IS DISTINCT FROM (NEW.text, NEW.html)
     AND NOT (NEW.secret AND NEW.sent_at IS NOT NULL AND NEW.text = '' AND NEW.html = '') THEN
    RAISE EXCEPTION 'Ett brev ändras inte när det är skrivet' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""
AS_BEFORE = FUNCTION.replace("     OR NOT NEW.about @> OLD.about\n", "")


class Migration(migrations.Migration):
    dependencies = [("common", "0005_attachment_kept")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="about",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=django.contrib.postgres.indexes.GinIndex(fields=["about"], name="mail_by_what_it_tells_of"),
        ),
        migrations.RunSQL(FUNCTION, AS_BEFORE),
    ]
