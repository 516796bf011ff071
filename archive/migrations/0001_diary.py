import archive.enums
import django.contrib.postgres.fields
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


# What PostgreSQL refuses, whoever asks. Diary entries are preserved for good: not even a disposal lets one go.
FUNCTIONS = """
CREATE FUNCTION guard_series() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'En diarieserie kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.board_id, OLD.prefix) IS DISTINCT FROM (NEW.board_id, NEW.prefix)
     AND EXISTS (SELECT FROM archive_matter WHERE series_id = OLD.id) THEN
    RAISE EXCEPTION 'Serien % har delat ut nummer och ändras inte', OLD.prefix USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE FUNCTION guard_matter() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Ärendet % bevaras: det kan inte tas bort', OLD.designation USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.cancelled_at IS NOT NULL THEN
    RAISE EXCEPTION 'Ärendet % är makulerat och ändras inte', OLD.designation USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.id, OLD.board_id, OLD.series_id, OLD.year, OLD.number, OLD.designation, OLD.opened_on) IS DISTINCT FROM
     (NEW.id, NEW.board_id, NEW.series_id, NEW.year, NEW.number, NEW.designation, NEW.opened_on) THEN
    RAISE EXCEPTION 'Ärendet % behåller sitt nummer', OLD.designation USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE FUNCTION guard_document() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Handlingen bevaras i diariet: den kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.cancelled_at IS NOT NULL THEN
    RAISE EXCEPTION 'Handlingen är makulerad och ändras inte' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.id, OLD.matter_id, OLD.number, OLD.registered_at, OLD.source_ref) IS DISTINCT FROM
     (NEW.id, NEW.matter_id, NEW.number, NEW.registered_at, NEW.source_ref) THEN
    RAISE EXCEPTION 'Handlingen behåller sitt nummer' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE FUNCTION guard_numbering() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.series_id, OLD.year, OLD.last + 1) = (NEW.series_id, NEW.year, NEW.last) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Löpnumret räknas bara upp, ett i taget' USING ERRCODE = 'restrict_violation';
END;
$$;
"""
FORGET = """
DROP FUNCTION guard_numbering(); DROP FUNCTION guard_document();
DROP FUNCTION guard_matter(); DROP FUNCTION guard_series();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0060_public_list_reads_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGET),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='handling nr')),
                ('direction', models.CharField(choices=[('incoming', 'Inkommen'), ('outgoing', 'Utgående'), ('drawn_up', 'Upprättad')], max_length=10, verbose_name='riktning')),
                ('dated_on', models.DateField(verbose_name='kom in eller upprättades')),
                ('registered_at', models.DateTimeField(verbose_name='registrerad')),
                ('correspondent', models.CharField(blank=True, max_length=200, verbose_name='avsändare/mottagare')),
                ('public_correspondent', models.CharField(blank=True, max_length=200, verbose_name='avsändare/mottagare för allmänheten')),
                ('subject', models.CharField(max_length=250, verbose_name='vad den rör')),
                ('public_subject', models.CharField(max_length=250, verbose_name='vad den rör, för allmänheten')),
                ('source_ref', models.CharField(blank=True, editable=False, max_length=100)),
                ('is_restricted', models.BooleanField(default=False, verbose_name='kan vara sekretess')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='makulerad')),
                ('cancelled_why', models.CharField(blank=True, max_length=500, verbose_name='skäl till makuleringen')),
                ('search_words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('subject', 'correspondent', config='swedish'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('search_text', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(django.db.models.functions.text.Concat('subject', models.Value(' '), 'correspondent', output_field=models.TextField())), output_field=models.TextField())),
            ],
            options={
                'verbose_name': 'handling',
                'ordering': ['matter', 'number'],
            },
        ),
        migrations.CreateModel(
            name='DocumentContent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('details', models.JSONField(default=dict, verbose_name='uppgifter')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='content', to='archive.document')),
            ],
            options={
                'verbose_name': 'handlingens innehåll',
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200, verbose_name='filens namn')),
                ('content_type', models.CharField(max_length=100, verbose_name='filens sort')),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='byte')),
                ('sha256', models.CharField(max_length=64)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='archive.document')),
            ],
            options={
                'verbose_name': 'fil',
                'ordering': ['file_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalSecrecyMark',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('provision', models.CharField(max_length=150, verbose_name='bestämmelse')),
                ('marked_on', models.DateField(verbose_name='antecknat')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='borttagen')),
                ('lifted_why', models.CharField(blank=True, max_length=500, verbose_name='skäl')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='myndighet')),
                ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.document', verbose_name='handling')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('marked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='antecknat av')),
            ],
            options={
                'verbose_name': 'historical sekretessmarkering',
                'verbose_name_plural': 'historical sekretessmarkerings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSeries',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('portal', 'Nämnden diarieför här, i en egen serie'), ('existing', 'Nämnden diarieför i sitt befintliga diarium')], default='portal', max_length=10, verbose_name='diarium')),
                ('prefix', models.CharField(db_index=True, max_length=12, verbose_name='beteckning')),
                ('usual_provisions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=None, verbose_name='vanliga sekretessbestämmelser')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical diarieserie',
                'verbose_name_plural': 'historical diarieseries',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='år')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='löpnummer')),
                ('designation', models.CharField(max_length=40, verbose_name='diarienummer')),
                ('opened_on', models.DateField(verbose_name='öppnat')),
                ('subject', models.CharField(max_length=250, verbose_name='ärendemening')),
                ('public_subject', models.CharField(max_length=250, verbose_name='ärendemening för allmänheten')),
                ('status', models.CharField(choices=[('open', 'Öppet'), ('closed', 'Avslutat')], default='open', max_length=10, verbose_name='läge')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='avslutat')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='makulerat')),
                ('cancelled_why', models.CharField(blank=True, max_length=500, verbose_name='skäl till makuleringen')),
                ('search_words', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('designation', 'subject', config='swedish'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='accounts.account', verbose_name='konto')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='accounts.board', verbose_name='nämnd')),
                ('case_officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handläggare')),
            ],
            options={
                'verbose_name': 'ärende',
                'ordering': ['-opened_on', '-number', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDocument',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='handling nr')),
                ('direction', models.CharField(choices=[('incoming', 'Inkommen'), ('outgoing', 'Utgående'), ('drawn_up', 'Upprättad')], max_length=10, verbose_name='riktning')),
                ('dated_on', models.DateField(verbose_name='kom in eller upprättades')),
                ('registered_at', models.DateTimeField(verbose_name='registrerad')),
                ('correspondent', models.CharField(blank=True, max_length=200, verbose_name='avsändare/mottagare')),
                ('public_correspondent', models.CharField(blank=True, max_length=200, verbose_name='avsändare/mottagare för allmänheten')),
                ('subject', models.CharField(max_length=250, verbose_name='vad den rör')),
                ('public_subject', models.CharField(max_length=250, verbose_name='vad den rör, för allmänheten')),
                ('source_ref', models.CharField(blank=True, editable=False, max_length=100)),
                ('is_restricted', models.BooleanField(default=False, verbose_name='kan vara sekretess')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='makulerad')),
                ('cancelled_why', models.CharField(blank=True, max_length=500, verbose_name='skäl till makuleringen')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.matter', verbose_name='ärende')),
            ],
            options={
                'verbose_name': 'historical handling',
                'verbose_name_plural': 'historical handlings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='document',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='archive.matter', verbose_name='ärende'),
        ),
        migrations.CreateModel(
            name='SecrecyMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('provision', models.CharField(max_length=150, verbose_name='bestämmelse')),
                ('marked_on', models.DateField(verbose_name='antecknat')),
                ('lifted_on', models.DateField(blank=True, null=True, verbose_name='borttagen')),
                ('lifted_why', models.CharField(blank=True, max_length=500, verbose_name='skäl')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.board', verbose_name='myndighet')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='archive.document', verbose_name='handling')),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='antecknat av')),
            ],
            options={
                'verbose_name': 'sekretessmarkering',
                'ordering': ['marked_on', 'provision'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('portal', 'Nämnden diarieför här, i en egen serie'), ('existing', 'Nämnden diarieför i sitt befintliga diarium')], default='portal', max_length=10, verbose_name='diarium')),
                ('prefix', models.CharField(max_length=12, unique=True, verbose_name='beteckning')),
                ('usual_provisions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=None, verbose_name='vanliga sekretessbestämmelser')),
                ('board', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='accounts.board', verbose_name='nämnd')),
            ],
            options={
                'verbose_name': 'diarieserie',
                'ordering': ['prefix'],
            },
        ),
        migrations.CreateModel(
            name='Numbering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to='archive.series')),
            ],
            options={
                'verbose_name': 'löpnummer',
            },
        ),
        migrations.AddField(
            model_name='matter',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='archive.series'),
        ),
        migrations.CreateModel(
            name='HistoricalMatter',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='år')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='löpnummer')),
                ('designation', models.CharField(max_length=40, verbose_name='diarienummer')),
                ('opened_on', models.DateField(verbose_name='öppnat')),
                ('subject', models.CharField(max_length=250, verbose_name='ärendemening')),
                ('public_subject', models.CharField(max_length=250, verbose_name='ärendemening för allmänheten')),
                ('status', models.CharField(choices=[('open', 'Öppet'), ('closed', 'Avslutat')], default='open', max_length=10, verbose_name='läge')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='avslutat')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='makulerat')),
                ('cancelled_why', models.CharField(blank=True, max_length=500, verbose_name='skäl till makuleringen')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.account', verbose_name='konto')),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('case_officer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handläggare')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.series')),
            ],
            options={
                'verbose_name': 'historical ärende',
                'verbose_name_plural': 'historical ärendes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentcontent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='54c7629090247342420a9612805dc8731aeac520', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_3a751', table='archive_documentcontent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentcontent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6df223ffb6f31c0d933e8bfafec2b9424b8a4069', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_0ee6a', table='archive_documentcontent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='documentfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('content'), function='SHA256'), models.Value('hex'), function='ENCODE', output_field=models.CharField()))), name='document_file_fingerprint_is_the_files'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='87e8a5b803c4e4f2c6df5c5b362141d226f6ce50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_33443', table='archive_documentfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='c6440c2cd9c0eefca5f9852d9932f73d1918a712', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_05167', table='archive_documentfile', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalsecrecymark',
            index=models.Index(fields=['id', 'history_date'], name='secrecymark_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalsecrecymark',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_secrecymark_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalsecrecymark',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='ea5055110cdf813e682b15837062c885df1ce8e5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_fc900', table='archive_historicalsecrecymark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalsecrecymark',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='1ca7d1fcf5e202f3c24013e55c9c8490dc754cfd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_bd5e4', table='archive_historicalsecrecymark', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalseries',
            index=models.Index(fields=['id', 'history_date'], name='series_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalseries',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_series_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalseries',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='62997364ca2066e82ba4550196f1d63ef644de84', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_527b2', table='archive_historicalseries', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalseries',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='a12619d522b8f8c367c3cfd7637bd1f04c83765f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_e70d8', table='archive_historicalseries', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicaldocument',
            index=models.Index(fields=['id', 'history_date'], name='document_history'),
        ),
        migrations.AddConstraint(
            model_name='historicaldocument',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_document_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicaldocument',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='0735c233ddf1f58014c8cf83ed9e00efa2f7a306', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_e28a6', table='archive_historicaldocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicaldocument',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='cb696fa5c924dade46ea2bcb0c26b38d4185c692', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_bba77', table='archive_historicaldocument', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['-registered_at', '-id'], name='document_newest_first'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_words'], name='document_by_words'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='document_by_part_of_word', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', archive.enums.Direction)), name='document_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('subject', ''), _negated=True)), name='document_says_what'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('direction', 'drawn_up'), models.Q(('correspondent', ''), _negated=True), _connector='OR'), name='document_says_from_or_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('cancelled_why', ''), _negated=True), _connector='OR'), name='document_cancelled_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('matter', 'number'), name='document_number_once'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('source_ref', ''), _negated=True), ('cancelled_at__isnull', True)), fields=('source_ref',), name='document_registered_once_per_source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_document()', func='RETURN NULL;', hash='85689c54487e04041326c740b85880321616a8bb', operation='UPDATE OR DELETE', pgid='pgtrigger_document_kept_293a9', table='archive_document', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='secrecymark',
            constraint=models.CheckConstraint(condition=models.Q(('provision', ''), _negated=True), name='mark_names_its_provision'),
        ),
        migrations.AddConstraint(
            model_name='secrecymark',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_on__isnull', True), models.Q(('lifted_why', ''), _negated=True), _connector='OR'), name='mark_lifted_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='secrecymark',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_on__isnull', True)), fields=('document', 'provision'), name='mark_once_per_provision'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', archive.enums.DiaryKind)), name='series_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('prefix__regex', '^[A-ZÅÄÖ]{2,6}-SM$')), name='series_prefix_of_the_portals'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='series_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_series()', func='RETURN NULL;', hash='c7247edddaacba51889b26663151e4fa1806d28c', operation='UPDATE OR DELETE', pgid='pgtrigger_series_kept_31cb9', table='archive_series', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='numbering',
            constraint=models.UniqueConstraint(fields=('series', 'year'), name='one_numbering_per_series_and_year'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numbering',
            trigger=pgtrigger.compiler.Trigger(name='numbering_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_numbering()', func='RETURN NULL;', hash='bdc238fefb8662c7cd6d580926585d8b759499d2', operation='UPDATE OR DELETE', pgid='pgtrigger_numbering_kept_2aea9', table='archive_numbering', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_words'], name='matter_by_words'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', archive.enums.MatterStatus)), name='matter_status_known'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__gte', 1), ('series__isnull', False), ('year__isnull', False)), models.Q(('number__isnull', True), ('series__isnull', True), ('year__isnull', True)), _connector='OR'), name='matter_numbered_whole_or_not'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('designation', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='matter_says_what'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), models.Q(('cancelled_why', ''), _negated=True), _connector='OR'), name='matter_cancelled_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('status', 'closed')), models.Q(('closed_on__isnull', True), ('status', 'open')), _connector='OR'), name='matter_closed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('series', 'year', 'number'), name='matter_number_once'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('board', 'designation'), name='matter_designation_once_per_board'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='matter',
            trigger=pgtrigger.compiler.Trigger(name='matter_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_matter()', func='RETURN NULL;', hash='4dedb791734ab94047626830cf02a08689cbfedd', operation='UPDATE OR DELETE', pgid='pgtrigger_matter_kept_ea5c9', table='archive_matter', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalmatter',
            index=models.Index(fields=['id', 'history_date'], name='matter_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalmatter',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='archive_matter_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalmatter',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='39abd26e5a1c073778a378c3b288731a5eca242b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_7a5b2', table='archive_historicalmatter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalmatter',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='83e7772bf82eaa18fa6ea29380ccbbc6a1cbeb77', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_588cb', table='archive_historicalmatter', when='BEFORE')),
        ),
    ]
