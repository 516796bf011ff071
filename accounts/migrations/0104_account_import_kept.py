"""A file that accounts were read in from goes in a gallring alone, and stays as it came."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNCTION = """
CREATE FUNCTION guard_account_import() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (OLD.id, OLD.file_name, OLD.sha256, OLD.uploaded_by_id, OLD.uploaded_at) IS DISTINCT FROM
     (NEW.id, NEW.file_name, NEW.sha256, NEW.uploaded_by_id, NEW.uploaded_at) OR OLD.content <> NEW.content THEN
    RAISE EXCEPTION 'En fil som laddats upp ändras inte' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0103_saved_view_by_list'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION guard_account_import()"),
        pgtrigger.migrations.AddTrigger(
            model_name='accountimport',
            trigger=pgtrigger.compiler.Trigger(name='row_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='2e6a82f42ccca2ead8d3cbe29a9197849340b95b', operation='DELETE', pgid='pgtrigger_row_kept_aa8e8', table='accounts_accountimport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountimport',
            trigger=pgtrigger.compiler.Trigger(name='table_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='3785830e775b65e6e163354c572682a11fd3d07d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_table_kept_6d9cf', table='accounts_accountimport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accountimport',
            trigger=pgtrigger.compiler.Trigger(name='import_file_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_account_import()', func='RETURN NULL;', hash='c86775b14c7071a71d9b903b748fc037654fab8b', operation='UPDATE', pgid='pgtrigger_import_file_kept_c578d', table='accounts_accountimport', when='BEFORE')),
        ),
    ]
