"""A file that goes stays on the list of files to remove: nothing is taken off it or slipped into it (R18)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNCTION = """
CREATE FUNCTION guard_disposal_file() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL
       AND to_jsonb(OLD) - 'removed_at' = to_jsonb(NEW) - 'removed_at' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'En fil att ta bort står kvar i listan tills den är borta' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.removed_at IS NULL AND EXISTS (
       SELECT FROM archive_disposalitem item JOIN archive_disposalrun run ON run.id = item.run_id
       WHERE item.id = NEW.item_id AND item.status = 'waiting' AND item.choice = 'destroy'
         AND run.status = 'executing') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'En fil tas bort med det som gallras' USING ERRCODE = 'restrict_violation';
END;
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0114_disposal_guards'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION guard_disposal_file()"),
        pgtrigger.migrations.AddTrigger(
            model_name='disposalfile',
            trigger=pgtrigger.compiler.Trigger(name='row_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='2f40fe6619242ca2cbe841bbfac798b7cb142581', operation='DELETE', pgid='pgtrigger_row_kept_dff36', table='archive_disposalfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposalfile',
            trigger=pgtrigger.compiler.Trigger(name='table_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6b8859f0986042cb4ad63d54d9cb154d095123b4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_table_kept_2ac35', table='archive_disposalfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposalfile',
            trigger=pgtrigger.compiler.Trigger(name='disposal_file_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_disposal_file()', func='RETURN NULL;', hash='2a04d61b148a074f33c57f7315b7a182633607fc', operation='INSERT OR UPDATE', pgid='pgtrigger_disposal_file_kept_989b1', table='archive_disposalfile', when='BEFORE')),
        ),
    ]
