"""Reports from the public, what they said, and who wants an answer (R37)."""

import django.db.models.deletion
import moderation.reported
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0071_guideline_of_2022'),
        ('moderation', '0012_pending_pictures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalPublicReport',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('wrong', models.CharField(choices=[('attack', 'Någon blir påhoppad eller kränkt'), ('coarse', 'Grovt språk'), ('hate', 'Hat mot en grupp'), ('violence', 'Våld'), ('sex', 'Sex eller nakenhet'), ('advertising', 'Reklam'), ('copied', 'Någon annans bild eller text'), ('crime', 'Det är ett hot eller annat brott'), ('private', 'Sekretess eller privata uppgifter om någon'), ('child_abuse', 'Övergrepp mot barn'), ('fake', 'Ett falskt konto som låtsas vara kommunen'), ('other', 'Något annat')], max_length=20, verbose_name='vad som är fel')),
                ('reported_at', models.DateTimeField(verbose_name='rapporterat')),
                ('review_by', models.DateTimeField(verbose_name='granskas senast')),
                ('answer', models.CharField(blank=True, choices=[('fake_reported', 'Det är inte Laholms kommuns konto. Vi har anmält det till plattformen.'), ('not_ours', 'Det gäller inget av Laholms kommuns konton, så vi kan inte ta bort det. Anmäl det gärna till plattformen.'), ('nothing_there', 'Vi hittar inget på den länken. Rapportera gärna igen, med länken till inlägget.'), ('passed_on', 'Vi har lämnat det vidare till den som ansvarar.')], max_length=20, verbose_name='svar')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='besvarat')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical rapport från allmänheten',
                'verbose_name_plural': 'historical rapport från allmänhetens',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PublicReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('receipt', models.CharField(max_length=10, unique=True, verbose_name='kvitto')),
                ('wrong', models.CharField(choices=[('attack', 'Någon blir påhoppad eller kränkt'), ('coarse', 'Grovt språk'), ('hate', 'Hat mot en grupp'), ('violence', 'Våld'), ('sex', 'Sex eller nakenhet'), ('advertising', 'Reklam'), ('copied', 'Någon annans bild eller text'), ('crime', 'Det är ett hot eller annat brott'), ('private', 'Sekretess eller privata uppgifter om någon'), ('child_abuse', 'Övergrepp mot barn'), ('fake', 'Ett falskt konto som låtsas vara kommunen'), ('other', 'Något annat')], max_length=20, verbose_name='vad som är fel')),
                ('reported_at', models.DateTimeField(verbose_name='rapporterat')),
                ('review_by', models.DateTimeField(verbose_name='granskas senast')),
                ('answer', models.CharField(blank=True, choices=[('fake_reported', 'Det är inte Laholms kommuns konto. Vi har anmält det till plattformen.'), ('not_ours', 'Det gäller inget av Laholms kommuns konton, så vi kan inte ta bort det. Anmäl det gärna till plattformen.'), ('nothing_there', 'Vi hittar inget på den länken. Rapportera gärna igen, med länken till inlägget.'), ('passed_on', 'Vi har lämnat det vidare till den som ansvarar.')], max_length=20, verbose_name='svar')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='besvarat')),
            ],
            options={
                'verbose_name': 'rapport från allmänheten',
                'ordering': ['reported_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='historicalpublicreport',
            name='account',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='historicalpublicreport',
            name='case',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='moderation.case', verbose_name='inlägg'),
        ),
        migrations.AddField(
            model_name='historicalpublicreport',
            name='history_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='ReportContent',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='content', serialize=False, to='moderation.publicreport')),
                ('link', models.CharField(blank=True, max_length=1000, verbose_name='länk')),
                ('text', models.TextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'rapportens innehåll',
            },
        ),
        migrations.CreateModel(
            name='ReporterContact',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contact', serialize=False, to='moderation.publicreport')),
                ('email', models.EmailField(max_length=254, verbose_name='e-post')),
                ('told', models.CharField(blank=True, max_length=300, verbose_name='svar som har skickats')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='svarat')),
            ],
            options={
                'verbose_name': 'rapportörens e-post',
            },
        ),
        migrations.CreateModel(
            name='ReportPicture',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='picture', serialize=False, to='moderation.publicreport')),
                ('file_name', models.CharField(max_length=200, verbose_name='filens namn')),
                ('content_type', models.CharField(max_length=100, verbose_name='filens sort')),
                ('original', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'rapportens bild',
            },
        ),
        migrations.AddField(
            model_name='publicreport',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='publicreport',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='moderation.case', verbose_name='inlägg'),
        ),
        migrations.AddIndex(
            model_name='historicalpublicreport',
            index=models.Index(fields=['id', 'history_date'], name='publicreport_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalpublicreport',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='moderation_publicreport_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalpublicreport',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='e96e4d3a7ac3ec7e6f3d5ae49e6ad4ab6a6882bb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_28568', table='moderation_historicalpublicreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalpublicreport',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='d00b4cf8aeb66d7955a1944ddf3a94b69ca23f89', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_1842f', table='moderation_historicalpublicreport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcontent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='3470d3aea09e1d1277a9c8de5242055c8ba649ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_8c660', table='moderation_reportcontent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcontent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='592ebcfd337db28cb78f3c2727803c94aeff6036', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_3d64f', table='moderation_reportcontent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportpicture',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('original'), function='SHA256'), models.Value('hex'), function='ENCODE', output_field=models.CharField()))), name='report_picture_fingerprint_is_the_originals'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportpicture',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6cecef7ae448130a603838fa76c73ae47f2146df', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_20e3a', table='moderation_reportpicture', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportpicture',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='e2dfe145bfcf7f705d4cfd3bc41e1b37028ffc24', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_6d42a', table='moderation_reportpicture', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='publicreport',
            index=models.Index(condition=models.Q(('answer', ''), ('case__isnull', True)), fields=['reported_at', 'id'], name='public_report_waiting'),
        ),
        migrations.AddConstraint(
            model_name='publicreport',
            constraint=models.CheckConstraint(condition=models.Q(('wrong__in', moderation.reported.Wrong)), name='public_report_wrong_known'),
        ),
        migrations.AddConstraint(
            model_name='publicreport',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['', 'fake_reported', 'not_ours', 'nothing_there', 'passed_on'])), name='public_report_answer_known'),
        ),
        migrations.AddConstraint(
            model_name='publicreport',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', True), models.Q(('account__isnull', False), ('answer', '')), _connector='OR'), name='public_report_has_case_or_answer'),
        ),
        migrations.AddConstraint(
            model_name='publicreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='public_report_answered_at_a_time'),
        ),
    ]
