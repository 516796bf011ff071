"""The guideline with its parameters, and the versions of the municipality's calendar."""

import accounts.enums
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0060_public_list_reads_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guideline',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('number', models.CharField(max_length=40, verbose_name='diarienummer')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('adopted_on', models.DateField(verbose_name='antagen')),
                ('adopted_by', models.CharField(max_length=200, verbose_name='antagen av')),
                ('in_force_from', models.DateTimeField(verbose_name='gäller från')),
                ('in_force_to', models.DateTimeField(blank=True, null=True, verbose_name='gällde till')),
                ('clock', models.CharField(choices=[('working_days', 'arbetsdagar'), ('office_hours', 'arbetstimmar')], default='working_days', max_length=20, verbose_name='klocka')),
                ('decision_reference', models.CharField(blank=True, max_length=200, verbose_name='beslut om arbetstimmar')),
                ('limit_hours', models.PositiveSmallIntegerField(default=48, verbose_name='timmar att granska och ta bort inom')),
                ('look_days', models.PositiveSmallIntegerField(default=1, verbose_name='arbetsdagar till första titten')),
                ('warn_hours_before', models.PositiveSmallIntegerField(default=8, verbose_name='arbetstimmar kvar vid påminnelsen')),
                ('question_days', models.PositiveSmallIntegerField(default=1, verbose_name='arbetsdagar till svar på frågor')),
            ],
            options={
                'verbose_name': 'riktlinje',
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('version',), name='guideline_version_once'), models.UniqueConstraint(condition=models.Q(('in_force_to__isnull', True)), fields=('in_force_to',), name='one_guideline_in_force', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('in_force_to__isnull', True), ('in_force_to__gte', models.F('in_force_from')), _connector='OR'), name='guideline_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('clock__in', accounts.enums.LimitClock)), name='guideline_clock_known'), models.CheckConstraint(condition=models.Q(models.Q(('clock', 'office_hours'), _negated=True), models.Q(('decision_reference', ''), _negated=True), _connector='OR'), name='guideline_office_hours_by_decision'), models.CheckConstraint(condition=models.Q(('limit_hours__range', (1, 1000)), ('look_days__range', (1, 30)), ('question_days__range', (1, 30))), name='guideline_limits_make_sense')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGuideline',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('number', models.CharField(max_length=40, verbose_name='diarienummer')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('adopted_on', models.DateField(verbose_name='antagen')),
                ('adopted_by', models.CharField(max_length=200, verbose_name='antagen av')),
                ('in_force_from', models.DateTimeField(verbose_name='gäller från')),
                ('in_force_to', models.DateTimeField(blank=True, null=True, verbose_name='gällde till')),
                ('clock', models.CharField(choices=[('working_days', 'arbetsdagar'), ('office_hours', 'arbetstimmar')], default='working_days', max_length=20, verbose_name='klocka')),
                ('decision_reference', models.CharField(blank=True, max_length=200, verbose_name='beslut om arbetstimmar')),
                ('limit_hours', models.PositiveSmallIntegerField(default=48, verbose_name='timmar att granska och ta bort inom')),
                ('look_days', models.PositiveSmallIntegerField(default=1, verbose_name='arbetsdagar till första titten')),
                ('warn_hours_before', models.PositiveSmallIntegerField(default=8, verbose_name='arbetstimmar kvar vid påminnelsen')),
                ('question_days', models.PositiveSmallIntegerField(default=1, verbose_name='arbetsdagar till svar på frågor')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical riktlinje',
                'verbose_name_plural': 'historical riktlinjes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CalendarVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='nummer')),
                ('content', models.JSONField(verbose_name='innehåll')),
                ('made_at', models.DateTimeField(verbose_name='gjord')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kalender',
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='calendar_numbered_from_one')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='10abf9c86a5b13bb8261046ffb8f14d69a2c0287', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_0671d', table='accounts_calendarversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='c0ca9ba21e226e83c03df3ad85ebfe054331da3b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_4c54f', table='accounts_calendarversion', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalguideline',
            index=models.Index(fields=['id', 'history_date'], name='guideline_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalguideline',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='accounts_guideline_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalguideline',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='ade1df8211ca6a10d64fe9daf4636da1725a37e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_53ce8', table='accounts_historicalguideline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalguideline',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='593c1e69c6ee48b72b33f621befd3675a33dec85', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_f81bb', table='accounts_historicalguideline', when='BEFORE')),
        ),
    ]
