"""Who has read what may be secret, and that somebody else has gone through it (R15)."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import moderation.enums

FUNCTION = """
CREATE FUNCTION guard_access_review() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF disposal_permitted(TG_TABLE_NAME, to_jsonb(OLD)) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'En genomgång kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.reviewed_at IS NOT NULL THEN
    RAISE EXCEPTION 'Månaden är redan genomgången' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.reviewed_by_id IS NOT NULL AND EXISTS (
    SELECT FROM moderation_restrictedview AS seen JOIN moderation_case ON moderation_case.id = seen.case_id
    WHERE seen.user_id = NEW.reviewed_by_id AND seen.month = NEW.month AND moderation_case.board_id = NEW.board_id
  ) THEN
    RAISE EXCEPTION 'Ingen går igenom sin egen läsning' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0071_guideline_of_2022"),
        ("moderation", "0010_never_copied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION guard_access_review()"),
        migrations.CreateModel(
            name='AccessReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='månad')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='genomgången')),
                ('remark', models.TextField(blank=True, verbose_name='anmärkning')),
            ],
            options={
                'verbose_name': 'genomgång av åtkomst',
                'ordering': ['-month', 'board'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAccessReview',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('month', models.DateField(verbose_name='månad')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='genomgången')),
                ('remark', models.TextField(blank=True, verbose_name='anmärkning')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical genomgång av åtkomst',
                'verbose_name_plural': 'historical genomgång av åtkomsts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RestrictedView',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='när')),
                ('month', models.DateField(verbose_name='månad')),
                ('what', models.CharField(choices=[('content', 'inlägget'), ('copy', 'bilden'), ('original', 'den sparade filen')], max_length=20, verbose_name='vad')),
            ],
            options={
                'verbose_name': 'läsning',
                'ordering': ['-at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='accessreview',
            name='board',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.board', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='accessreview',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='genomgången av'),
        ),
        migrations.AddField(
            model_name='historicalaccessreview',
            name='board',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd'),
        ),
        migrations.AddField(
            model_name='historicalaccessreview',
            name='history_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalaccessreview',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='genomgången av'),
        ),
        migrations.AddField(
            model_name='restrictedview',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='views', to='moderation.case', verbose_name='inlägg'),
        ),
        migrations.AddField(
            model_name='restrictedview',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddConstraint(
            model_name='accessreview',
            constraint=models.UniqueConstraint(fields=('board', 'month'), name='one_access_review_per_board_and_month'),
        ),
        migrations.AddConstraint(
            model_name='accessreview',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='access_review_of_a_whole_month'),
        ),
        migrations.AddConstraint(
            model_name='accessreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('remark', ''), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='access_reviewed_by_someone_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessreview',
            trigger=pgtrigger.compiler.Trigger(name='access_review_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_access_review()', func='RETURN NULL;', hash='534d0ea3e46df88442cb2b565f15adfee31fc34f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_access_review_kept_da023', table='moderation_accessreview', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalaccessreview',
            index=models.Index(fields=['id', 'history_date'], name='accessreview_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalaccessreview',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='moderation_accessreview_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalaccessreview',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='afb7c958e3cfff25a8ae8091a4c835ca61d5f489', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_75308', table='moderation_historicalaccessreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalaccessreview',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='81ebe875c3d1586d4b783794a68a5fecef92ffb1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_7552a', table='moderation_historicalaccessreview', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='restrictedview',
            index=models.Index(fields=['month', '-at'], name='restricted_view_by_month'),
        ),
        migrations.AddConstraint(
            model_name='restrictedview',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', moderation.enums.ViewedPart)), name='restricted_view_part_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restrictedview',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='0821638ce239c1c3011d0a910eac8b8cbcdeac61', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_27039', table='moderation_restrictedview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restrictedview',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='b502d2d340b7f8749bbef193038d0c3286afdb94', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_c23d8', table='moderation_restrictedview', when='BEFORE')),
        ),
    ]
