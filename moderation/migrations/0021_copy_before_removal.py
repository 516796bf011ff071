"""Nothing is removed or hidden of which no copy is kept: PostgreSQL refuses it whoever asks (R23)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNCTION = """
CREATE FUNCTION require_copy_first() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.kind IN ('removed', 'hidden')
     AND NOT EXISTS (SELECT FROM moderation_case WHERE id = NEW.case_id AND copy_forbidden)
     AND NOT EXISTS (SELECT FROM moderation_casecontent WHERE case_id = NEW.case_id AND btrim(text) <> '')
     AND NOT EXISTS (SELECT FROM moderation_evidence WHERE case_id = NEW.case_id) THEN
    RAISE EXCEPTION 'Spara en kopia innan inlägget tas bort eller döljs' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ('moderation', '0040_supervision_checks'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION require_copy_first();"),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='copy_first', sql=pgtrigger.compiler.UpsertTriggerSql(execute='require_copy_first()', func='RETURN NULL;', hash='200a6ee8d9e0d24f74453dbcf6532de637dda648', operation='INSERT', pgid='pgtrigger_copy_first_0708d', table='moderation_action', when='BEFORE')),
        ),
    ]
