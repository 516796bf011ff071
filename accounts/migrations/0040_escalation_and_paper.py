import django.db.models.deletion
from django.db import migrations, models


# Giving the decision to the manager's manager is no change of what was sent.
FUNCTION = """
CREATE OR REPLACE FUNCTION guard_submitted_application() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workflow text[] := ARRAY['status', 'submitted_at', 'confirmed_consultation', 'approving_unit_id',
                           'named_manager_id', 'reminded_at', 'escalated_at'%s];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF disposal_permitted(TG_TABLE_NAME, to_jsonb(OLD)) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'En skickad uppstart kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IS DISTINCT FROM NEW.status AND (OLD.status, NEW.status) NOT IN (
       ('submitted', 'returned'), ('submitted', 'approved'), ('submitted', 'rejected'), ('submitted', 'withdrawn'),
       ('returned', 'submitted'), ('returned', 'withdrawn'), ('approved', 'registered'), ('approved', 'returned')) THEN
    RAISE EXCEPTION 'En uppstart kan inte gå från %% till %%', OLD.status, NEW.status
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(OLD) - workflow) IS DISTINCT FROM (to_jsonb(NEW) - workflow)
     AND NOT (OLD.status = 'returned' AND NEW.status = 'submitted') THEN
    RAISE EXCEPTION 'Innehållet i en skickad uppstart kan inte ändras' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_register_search")]
    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_yes_assures_the_three',
        ),
        migrations.AddField(
            model_name='application',
            name='escalation_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='chefens chefs verksamhet'),
        ),
        migrations.AddField(
            model_name='historicalapplication',
            name='escalation_unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.unit', verbose_name='chefens chefs verksamhet'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'approved'), _negated=True), ('assurances__len', 3), models.Q(('assurances__len', 0), ('sign_in_method', 'paper')), _connector='OR'), name='decision_yes_assures_the_three'),
        ),
        migrations.RunSQL(FUNCTION % ", 'escalation_unit_id'", FUNCTION % ""),
    ]
