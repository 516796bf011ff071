import archive.enums
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

# What is decided stands: a decided plan may only be replaced, and its rules never change.
FUNCTIONS = """
-- The first day on which something may go: whole years after the day, or after the end of its year. From 29 February
-- to a year without one it is 1 March: never a day too early. NULL, unknown, stays NULL.
CREATE FUNCTION retention_end(start date, years integer, year_end boolean) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN year_end THEN make_date(extract(year FROM start)::int + years + 1, 1, 1)
    ELSE (start + make_interval(years => years))::date
      + (extract(day FROM start) <> extract(day FROM start + make_interval(years => years)))::int
  END;
$$;

CREATE FUNCTION guard_retention_plan() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'proposed' THEN
      RAISE EXCEPTION 'En plan börjar som förslag' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.status = 'proposed' THEN
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    IF NEW.status <> 'replaced' AND (OLD.id, OLD.board_id, OLD.version) = (NEW.id, NEW.board_id, NEW.version) THEN
      RETURN NEW;
    END IF;
  ELSIF TG_OP = 'UPDATE' AND OLD.status = 'decided' AND NEW.status = 'replaced'
     AND to_jsonb(OLD) - 'status' = to_jsonb(NEW) - 'status' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'En beslutad plan bevaras som den beslutades' USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE FUNCTION guard_retention_rule() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  plan_status text;
BEGIN
  -- Locked, so that the plan is not decided between this look and the commit.
  SELECT status INTO plan_status FROM archive_retentionplan
    WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END FOR SHARE;
  IF plan_status IS DISTINCT FROM 'proposed' THEN
    RAISE EXCEPTION 'Reglerna i en beslutad plan ändras inte' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.id, OLD.plan_id) IS DISTINCT FROM (NEW.id, NEW.plan_id) THEN
    RAISE EXCEPTION 'En regel hör till sin plan' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END;
$$;

CREATE FUNCTION guard_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Ett gallringsstopp bevaras: det kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.released_at IS NOT NULL THEN
    RAISE EXCEPTION 'Gallringsstoppet är hävt och ändras inte' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.id, OLD.board_id, OLD.placed_by_id, OLD.placed_at) IS DISTINCT FROM
     (NEW.id, NEW.board_id, NEW.placed_by_id, NEW.placed_at) THEN
    RAISE EXCEPTION 'Gallringsstoppet behåller vem som införde det och när' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""
FORGET = """
DROP FUNCTION retention_end(date, integer, boolean); DROP FUNCTION guard_hold(); DROP FUNCTION guard_retention_rule(); DROP FUNCTION guard_retention_plan();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0062_logo_exemption_revoked'),
        ('archive', '0011_document_view'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGET),
        migrations.CreateModel(
            name='HistoricalHold',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('ground', models.CharField(max_length=500, verbose_name='skäl')),
                ('review_on', models.DateField(verbose_name='omprövas')),
                ('placed_at', models.DateTimeField(verbose_name='infört')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='hävt')),
                ('released_why', models.CharField(blank=True, max_length=500, verbose_name='skäl för att det hävdes')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='infört av')),
                ('released_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hävt av')),
            ],
            options={
                'verbose_name': 'historical gallringsstopp',
                'verbose_name_plural': 'historical gallringsstopps',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRetentionPlan',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('status', models.CharField(choices=[('proposed', 'Förslag, ej beslutad'), ('decided', 'Beslutad'), ('replaced', 'Ersatt av en senare version')], default='proposed', max_length=10, verbose_name='läge')),
                ('prepared_at', models.DateTimeField(verbose_name='förberedd')),
                ('decision_body', models.CharField(blank=True, max_length=120, verbose_name='beslutat av')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='beslutsdatum')),
                ('paragraph', models.CharField(blank=True, max_length=20, verbose_name='paragraf')),
                ('designation', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='antecknat')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='förberedd av')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='antecknat av')),
            ],
            options={
                'verbose_name': 'historical dokumenthanteringsplan',
                'verbose_name_plural': 'historical dokumenthanteringsplans',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('ground', models.CharField(max_length=500, verbose_name='skäl')),
                ('review_on', models.DateField(verbose_name='omprövas')),
                ('placed_at', models.DateTimeField(verbose_name='infört')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='hävt')),
                ('released_why', models.CharField(blank=True, max_length=500, verbose_name='skäl för att det hävdes')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='accounts.board', verbose_name='nämnd')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='infört av')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hävt av')),
            ],
            options={
                'verbose_name': 'gallringsstopp',
                'ordering': ['-placed_at'],
            },
        ),
        migrations.CreateModel(
            name='HoldItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60, verbose_name='slag')),
                ('object_id', models.UUIDField(verbose_name='objekt')),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='archive.hold')),
            ],
            options={
                'verbose_name': 'det som stoppas',
            },
        ),
        migrations.CreateModel(
            name='HoldQuery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('record_type', models.CharField(blank=True, max_length=40, verbose_name='handlingstyp')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.account', verbose_name='konto')),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queries', to='archive.hold')),
            ],
            options={
                'verbose_name': 'det som stoppas',
            },
        ),
        migrations.CreateModel(
            name='RetentionPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('status', models.CharField(choices=[('proposed', 'Förslag, ej beslutad'), ('decided', 'Beslutad'), ('replaced', 'Ersatt av en senare version')], default='proposed', max_length=10, verbose_name='läge')),
                ('prepared_at', models.DateTimeField(verbose_name='förberedd')),
                ('decision_body', models.CharField(blank=True, max_length=120, verbose_name='beslutat av')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='beslutsdatum')),
                ('paragraph', models.CharField(blank=True, max_length=20, verbose_name='paragraf')),
                ('designation', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='antecknat')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_plans', to='accounts.board', verbose_name='nämnd')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='förberedd av')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='antecknat av')),
            ],
            options={
                'verbose_name': 'dokumenthanteringsplan',
                'ordering': ['board', '-version'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalRetentionRule',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('record_type', models.CharField(max_length=40, verbose_name='handlingstyp')),
                ('action', models.CharField(choices=[('preserve', 'Bevaras'), ('after_years', 'Gallras efter ett antal år'), ('when_irrelevant', 'Gallras vid inaktualitet')], max_length=20, verbose_name='åtgärd')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='antal år')),
                ('starts_from', models.CharField(blank=True, choices=[('created', 'handlingen kom in eller upprättades'), ('closed', 'det avslutades'), ('registered', 'det registrerades'), ('account_closed', 'kontot avslutades'), ('asserted', 'någon intygade att det är inaktuellt')], max_length=20, verbose_name='tiden räknas från att')),
                ('year_end', models.BooleanField(default=False, verbose_name='tiden räknas från årets slut')),
                ('also_older', models.BooleanField(default=False, verbose_name='gäller också det som är äldre än planen')),
                ('motivation', models.CharField(blank=True, max_length=500, verbose_name='motivering')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.retentionplan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'historical gallringsregel',
                'verbose_name_plural': 'historical gallringsregels',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('record_type', models.CharField(max_length=40, verbose_name='handlingstyp')),
                ('action', models.CharField(choices=[('preserve', 'Bevaras'), ('after_years', 'Gallras efter ett antal år'), ('when_irrelevant', 'Gallras vid inaktualitet')], max_length=20, verbose_name='åtgärd')),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='antal år')),
                ('starts_from', models.CharField(blank=True, choices=[('created', 'handlingen kom in eller upprättades'), ('closed', 'det avslutades'), ('registered', 'det registrerades'), ('account_closed', 'kontot avslutades'), ('asserted', 'någon intygade att det är inaktuellt')], max_length=20, verbose_name='tiden räknas från att')),
                ('year_end', models.BooleanField(default=False, verbose_name='tiden räknas från årets slut')),
                ('also_older', models.BooleanField(default=False, verbose_name='gäller också det som är äldre än planen')),
                ('motivation', models.CharField(blank=True, max_length=500, verbose_name='motivering')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='archive.retentionplan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'gallringsregel',
                'ordering': ['record_type'],
            },
        ),
        migrations.CreateModel(
            name='Assertion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60, verbose_name='slag')),
                ('object_id', models.UUIDField(verbose_name='objekt')),
                ('reason', models.CharField(max_length=500, verbose_name='skäl')),
                ('asserted_at', models.DateTimeField(verbose_name='intygat')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='återtaget')),
                ('asserted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='intygat av')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.board', verbose_name='nämnd')),
            ],
            options={
                'verbose_name': 'intyg om inaktualitet',
                'ordering': ['-asserted_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('kind', ''), _negated=True)), name='assertion_says_why'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('kind', 'object_id'), name='assertion_once_per_object')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAssertion',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(max_length=60, verbose_name='slag')),
                ('object_id', models.UUIDField(verbose_name='objekt')),
                ('reason', models.CharField(max_length=500, verbose_name='skäl')),
                ('asserted_at', models.DateTimeField(verbose_name='intygat')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='återtaget')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('asserted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='intygat av')),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical intyg om inaktualitet',
                'verbose_name_plural': 'historical intyg om inaktualitets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['id', 'history_date'], name='assertion_history')],
                'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_assertion_history_reason_given')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalassertion',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='0ab89bae9c5daa625c39670b8e782190f79ecd2f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_59a8c', table='archive_historicalassertion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalassertion',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='146d8599a090cfb7b989accc0b14dcbba7a50af8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_b463e', table='archive_historicalassertion', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalhold',
            index=models.Index(fields=['id', 'history_date'], name='hold_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalhold',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_hold_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalhold',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='460e1219457ddab4f4f179bd03e92aea5bd060d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_2c65e', table='archive_historicalhold', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalhold',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='5b285059578c32cdd87fb78de431faa851ccdef3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_fac98', table='archive_historicalhold', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalretentionplan',
            index=models.Index(fields=['id', 'history_date'], name='retentionplan_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalretentionplan',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_retentionplan_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalretentionplan',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='0cb96d6dce7c895dca2871856f96e2759c6de08f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_0a166', table='archive_historicalretentionplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalretentionplan',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='5b4f296afe1471694a3d8aef189dcd98f4a458e4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_49288', table='archive_historicalretentionplan', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(condition=models.Q(('released_at__isnull', True)), fields=['board'], name='hold_active_by_board'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('ground', ''), _negated=True)), name='hold_says_why'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('released_by__isnull', True), ('released_why', '')), models.Q(('released_at__isnull', False), ('released_by__isnull', False), models.Q(('released_why', ''), _negated=True)), _connector='OR'), name='hold_released_by_someone_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hold',
            trigger=pgtrigger.compiler.Trigger(name='hold_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_hold()', func='RETURN NULL;', hash='fe344059943c09edf1f0813864e187774c8b546e', operation='UPDATE OR DELETE', pgid='pgtrigger_hold_kept_899f3', table='archive_hold', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='holditem',
            constraint=models.UniqueConstraint(fields=('kind', 'object_id', 'hold'), name='hold_item_once'),
        ),
        migrations.AddConstraint(
            model_name='holditem',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='hold_item_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holditem',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='376a150acfdde3e0b00d58e6b788c3245f223d0c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_13a9c', table='archive_holditem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holditem',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='20c432467ac55ab27d414ae59ecb7c44a21eff25', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_7d067', table='archive_holditem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='holdquery',
            constraint=models.UniqueConstraint(fields=('hold', 'record_type', 'account'), name='hold_query_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holdquery',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='bf05d3cf16b1011ef825261801c3af36a6fbfac4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_a1ffe', table='archive_holdquery', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holdquery',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='fc9b4519f9d84067b31ab71c1b6c87528931cd9d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_b6ffe', table='archive_holdquery', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='retentionplan',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', archive.enums.PlanStatus)), name='retention_plan_status_known'),
        ),
        migrations.AddConstraint(
            model_name='retentionplan',
            constraint=models.UniqueConstraint(fields=('board', 'version'), name='retention_plan_version_once'),
        ),
        migrations.AddConstraint(
            model_name='retentionplan',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'decided')), fields=('board',), name='one_decided_plan_per_board'),
        ),
        migrations.AddConstraint(
            model_name='retentionplan',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('board',), name='one_proposed_plan_per_board'),
        ),
        migrations.AddConstraint(
            model_name='retentionplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('decision_body', ''), ('designation', ''), ('paragraph', ''), ('recorded_at__isnull', True), ('recorded_by__isnull', True), ('status', 'proposed'), ('valid_from__isnull', True)), models.Q(('decided_on__isnull', False), ('recorded_at__isnull', False), ('recorded_by__isnull', False), ('status__in', ('decided', 'replaced')), ('valid_from__gte', models.F('decided_on')), models.Q(('decision_body', ''), _negated=True), models.Q(('paragraph', ''), _negated=True), models.Q(('designation', ''), _negated=True)), _connector='OR'), name='retention_plan_decided_has_its_decision'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionplan',
            trigger=pgtrigger.compiler.Trigger(name='retention_plan_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_retention_plan()', func='RETURN NULL;', hash='6339cc8aaba8cdcb594177609b501c184567d4fb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_retention_plan_kept_2ebfb', table='archive_retentionplan', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalretentionrule',
            index=models.Index(fields=['id', 'history_date'], name='retentionrule_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalretentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_retentionrule_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalretentionrule',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='7fb8978156c36065c0cd26425441760341ffae7e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_51468', table='archive_historicalretentionrule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalretentionrule',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='9018cde7852a332d2369a2f2ade1d7dcc5365353', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_202bb', table='archive_historicalretentionrule', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.UniqueConstraint(fields=('plan', 'record_type'), name='retention_rule_once_per_record_type'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('record_type', ''), _negated=True), name='retention_rule_says_what'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'preserve'), ('starts_from', ''), ('year_end', False), ('years__isnull', True)), models.Q(('action', 'after_years'), ('starts_from__in', archive.enums.StartsFrom), ('years__lte', 200)), models.Q(('action', 'when_irrelevant'), ('starts_from', 'asserted'), ('year_end', False), ('years__isnull', True)), _connector='OR'), name='retention_rule_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retentionrule',
            trigger=pgtrigger.compiler.Trigger(name='retention_rule_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_retention_rule()', func='RETURN NULL;', hash='c67dcfb0435e9e1697004c0b7749aedbf75f97c1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_retention_rule_kept_79ec9', table='archive_retentionrule', when='BEFORE')),
        ),
    ]
