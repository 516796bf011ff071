"""Of what may be child sexual abuse material nothing is copied: PostgreSQL refuses it whoever asks (R23)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION refuse_forbidden_copy() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (SELECT copy_forbidden FROM moderation_case WHERE id = NEW.case_id) THEN
    RAISE EXCEPTION 'Av det som kan vara barnpornografibrott tas ingen kopia' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

-- What was written before anyone suspected it may stand or be taken away; nothing is added to it.
CREATE FUNCTION refuse_forbidden_text() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was moderation_casecontent;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    was := OLD;
  END IF;
  IF ((NEW.text <> '' AND NEW.text IS DISTINCT FROM was.text)
      OR (NEW.author <> '' AND NEW.author IS DISTINCT FROM was.author)
      OR (NEW.place <> '' AND NEW.place IS DISTINCT FROM was.place))
     AND (SELECT copy_forbidden FROM moderation_case WHERE id = NEW.case_id) THEN
    RAISE EXCEPTION 'Av det som kan vara barnpornografibrott sparas bara länken, kontot och tiden'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""
UNDONE = "DROP FUNCTION refuse_forbidden_copy(); DROP FUNCTION refuse_forbidden_text();"


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_cases_actions_and_copies")]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDONE),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_copy_forbidden_only_for_child_abuse',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casecontent',
            trigger=pgtrigger.compiler.Trigger(name='no_forbidden_text', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_forbidden_text()', func='RETURN NULL;', hash='5461ad83cc90a36e2a4efd4e9905eb40b9592301', operation='INSERT OR UPDATE', pgid='pgtrigger_no_forbidden_text_18f5e', table='moderation_casecontent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='no_forbidden_copy', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_forbidden_copy()', func='RETURN NULL;', hash='eb54586f04e78c11d05ea5a6390ce2f4d23d9828', operation='INSERT', pgid='pgtrigger_no_forbidden_copy_415c0', table='moderation_evidence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('copy_forbidden', True), ('criminal_grounds__contains', ['child_abuse']), ('lane', 'criminal')), models.Q(('copy_forbidden', False), models.Q(('criminal_grounds__contains', ['child_abuse']), _negated=True)), _connector='OR'), name='case_copy_forbidden_for_child_abuse_alone'),
        ),
    ]
