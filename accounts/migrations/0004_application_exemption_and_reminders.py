from django.db import migrations, models


# A reminder is no change of what was sent.
FUNCTION = """
CREATE OR REPLACE FUNCTION guard_submitted_application() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workflow text[] := ARRAY['status', 'submitted_at', 'confirmed_consultation', 'approving_unit_id',
                           'named_manager_id', 'reminded_at', 'escalated_at'];
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
    RAISE EXCEPTION 'En uppstart kan inte gå från % till %', OLD.status, NEW.status
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
FUNCTION_BEFORE = """
CREATE OR REPLACE FUNCTION guard_submitted_application() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  workflow text[] := ARRAY['status', 'submitted_at', 'confirmed_consultation', 'approving_unit_id',
                           'named_manager_id'];
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
    RAISE EXCEPTION 'En uppstart kan inte gå från % till %', OLD.status, NEW.status
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
    dependencies = [("accounts", "0003_platforms")]
    operations = [
        migrations.AddField(
            model_name='application',
            name='artistic_exemption',
            field=models.BooleanField(default=False, verbose_name='konstnärligt undantag'),
        ),
        migrations.AddField(
            model_name='application',
            name='artistic_motivation',
            field=models.TextField(blank=True, verbose_name='motivering till undantaget'),
        ),
        migrations.AddField(
            model_name='application',
            name='escalated_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='lyft till chefens chef'),
        ),
        migrations.AddField(
            model_name='application',
            name='in_core_of_culture',
            field=models.BooleanField(default=False, verbose_name='kultur och fritids kärnverksamhet'),
        ),
        migrations.AddField(
            model_name='application',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='påmind'),
        ),
        migrations.AddField(
            model_name='historicalapplication',
            name='artistic_exemption',
            field=models.BooleanField(default=False, verbose_name='konstnärligt undantag'),
        ),
        migrations.AddField(
            model_name='historicalapplication',
            name='artistic_motivation',
            field=models.TextField(blank=True, verbose_name='motivering till undantaget'),
        ),
        migrations.AddField(
            model_name='historicalapplication',
            name='escalated_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='lyft till chefens chef'),
        ),
        migrations.AddField(
            model_name='historicalapplication',
            name='in_core_of_culture',
            field=models.BooleanField(default=False, verbose_name='kultur och fritids kärnverksamhet'),
        ),
        migrations.AddField(
            model_name='historicalapplication',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='påmind'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('artistic_exemption', False), ('in_core_of_culture', True), models.Q(('artistic_motivation', ''), _negated=True), _connector='OR'), name='application_exemption_has_motivation'),
        ),
        migrations.RunSQL(FUNCTION, FUNCTION_BEFORE),
    ]
