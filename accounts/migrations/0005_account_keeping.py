import accounts.enums
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_application_exemption_and_reminders")]
    operations = [
        migrations.CreateModel(
            name='HistoricalLogoExemption',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('status', models.CharField(choices=[('requested', 'Väntar på kommunikationsenheten'), ('granted', 'Beviljat'), ('refused', 'Avslaget')], default='requested', max_length=20, verbose_name='läge')),
                ('reason', models.TextField(verbose_name='önskemål')),
                ('requested_at', models.DateTimeField(verbose_name='begärt')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='beslutat')),
                ('decision_reason', models.TextField(blank=True, verbose_name='beslutets skäl')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical undantag från logotypen',
                'verbose_name_plural': 'historical undantag från logotypens',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPlatformAdministrator',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical administratör på plattformen',
                'verbose_name_plural': 'historical administratör på plattformens',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LogoExemption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('requested', 'Väntar på kommunikationsenheten'), ('granted', 'Beviljat'), ('refused', 'Avslaget')], default='requested', max_length=20, verbose_name='läge')),
                ('reason', models.TextField(verbose_name='önskemål')),
                ('requested_at', models.DateTimeField(verbose_name='begärt')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='beslutat')),
                ('decision_reason', models.TextField(blank=True, verbose_name='beslutets skäl')),
            ],
            options={
                'verbose_name': 'undantag från logotypen',
                'ordering': ['-requested_at'],
            },
        ),
        migrations.CreateModel(
            name='MissionStatement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('content', models.TextField(verbose_name='innehåll')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'uppdragsbeskrivning',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='PlatformAdministrator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'administratör på plattformen',
            },
        ),
        migrations.AddField(
            model_name='account',
            name='artistic_exemption',
            field=models.BooleanField(default=False, verbose_name='konstnärligt undantag'),
        ),
        migrations.AddField(
            model_name='account',
            name='artistic_motivation',
            field=models.TextField(blank=True, verbose_name='motivering till undantaget'),
        ),
        migrations.AddField(
            model_name='account',
            name='compromised_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='kapat sedan'),
        ),
        migrations.AddField(
            model_name='account',
            name='login_kept',
            field=models.CharField(blank=True, max_length=200, verbose_name='inloggningen förvaras'),
        ),
        migrations.AddField(
            model_name='account',
            name='login_reached_by',
            field=models.CharField(blank=True, max_length=200, verbose_name='inloggningen nås av'),
        ),
        migrations.AddField(
            model_name='account',
            name='login_verified_on',
            field=models.DateField(blank=True, null=True, verbose_name='inloggningen bekräftad'),
        ),
        migrations.AddField(
            model_name='account',
            name='logo_confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='logotypen på plats, bekräftat'),
        ),
        migrations.AddField(
            model_name='account',
            name='sender_confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='avsändaren syns, bekräftat'),
        ),
        migrations.AddField(
            model_name='account',
            name='visitors_told_on',
            field=models.DateField(blank=True, null=True, verbose_name='besökarinformationen på plats, bekräftat'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='artistic_exemption',
            field=models.BooleanField(default=False, verbose_name='konstnärligt undantag'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='artistic_motivation',
            field=models.TextField(blank=True, verbose_name='motivering till undantaget'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='compromised_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='kapat sedan'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='login_kept',
            field=models.CharField(blank=True, max_length=200, verbose_name='inloggningen förvaras'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='login_reached_by',
            field=models.CharField(blank=True, max_length=200, verbose_name='inloggningen nås av'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='login_verified_on',
            field=models.DateField(blank=True, null=True, verbose_name='inloggningen bekräftad'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='logo_confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='logotypen på plats, bekräftat'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='sender_confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='avsändaren syns, bekräftat'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='visitors_told_on',
            field=models.DateField(blank=True, null=True, verbose_name='besökarinformationen på plats, bekräftat'),
        ),
        migrations.AddField(
            model_name='historicallogoexemption',
            name='account',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='historicallogoexemption',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beslutat av'),
        ),
        migrations.AddField(
            model_name='historicallogoexemption',
            name='history_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicallogoexemption',
            name='requested_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begärt av'),
        ),
        migrations.AddField(
            model_name='historicalplatformadministrator',
            name='account',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='historicalplatformadministrator',
            name='history_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalplatformadministrator',
            name='user',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='logoexemption',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='logo_exemptions', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='logoexemption',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beslutat av'),
        ),
        migrations.AddField(
            model_name='logoexemption',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begärt av'),
        ),
        migrations.AddField(
            model_name='missionstatement',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mission_statements', to='accounts.account'),
        ),
        migrations.AddField(
            model_name='missionstatement',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='platformadministrator',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='platform_administrators', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='platformadministrator',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddIndex(
            model_name='historicallogoexemption',
            index=models.Index(fields=['id', 'history_date'], name='logoexemption_history'),
        ),
        migrations.AddConstraint(
            model_name='historicallogoexemption',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='accounts_logoexemption_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicallogoexemption',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='9d81ccf62041f85e1e87b9828d0f268c38c48a2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_ba804', table='accounts_historicallogoexemption', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicallogoexemption',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='81009dd685ea11ad2090c2fd0f225ddaf776f879', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_38099', table='accounts_historicallogoexemption', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalplatformadministrator',
            index=models.Index(fields=['id', 'history_date'], name='platformadministrator_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalplatformadministrator',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='accounts_platformadministrator_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalplatformadministrator',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='01f2eecdff54a85909e76b5c34c3145ebb27ffa2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_7d494', table='accounts_historicalplatformadministrator', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalplatformadministrator',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='c51ab32ba0919aaa5677bc17011cdbf5a8442f13', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_2d54f', table='accounts_historicalplatformadministrator', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='logoexemption',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', accounts.enums.ExemptionStatus)), name='logo_exemption_status_known'),
        ),
        migrations.AddConstraint(
            model_name='logoexemption',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='logo_exemption_says_why'),
        ),
        migrations.AddConstraint(
            model_name='logoexemption',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'requested'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='logo_exemption_decided_by_someone_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='logoexemption',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'requested')), fields=('account',), name='one_open_logo_exemption_per_account'),
        ),
        migrations.AddConstraint(
            model_name='missionstatement',
            constraint=models.UniqueConstraint(fields=('account', 'version'), name='mission_statement_version_once'),
        ),
        migrations.AddConstraint(
            model_name='missionstatement',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('pdf'), function='SHA256'), models.Value('hex'), function='ENCODE', output_field=models.CharField()))), name='mission_statement_fingerprint_is_the_files'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='missionstatement',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='7520305cb8a77e18b2fd0b763431ae346dff0134', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_45b84', table='accounts_missionstatement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='missionstatement',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='ab433c010c1977f595152675ab531cd3bf5778fe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_977b9', table='accounts_missionstatement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='platformadministrator',
            constraint=models.UniqueConstraint(fields=('account', 'user'), name='platform_administrator_once_per_account'),
        ),
    ]
