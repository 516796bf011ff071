import django.contrib.postgres.fields
import django.db.models.deletion
import moderation.enums
import pgtrigger.compiler
import pgtrigger.migrations
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


# What PostgreSQL refuses, whoever asks: the same table as `moderation.workflow.CASE`.
FUNCTION = """
CREATE FUNCTION guard_case() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF disposal_permitted(TG_TABLE_NAME, to_jsonb(OLD)) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Ett inlägg att granska kan inte tas bort' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.status IS DISTINCT FROM NEW.status AND (OLD.status, NEW.status) NOT IN (
       ('new', 'decided'), ('decided', 'closed'), ('decided', 'new'), ('closed', 'new')) THEN
    RAISE EXCEPTION 'Ett inlägg kan inte gå från % till %', OLD.status, NEW.status
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.late_since IS NOT NULL AND NOT (OLD.status <> 'new' AND NEW.status = 'new') AND
     (OLD.late_since, OLD.due_at, OLD.handle_by, OLD.guideline_id, OLD.calendar_version_id) IS DISTINCT FROM
     (NEW.late_since, NEW.due_at, NEW.handle_by, NEW.guideline_id, NEW.calendar_version_id) THEN
    RAISE EXCEPTION 'Det som blev för sent står fast' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.starts_at > OLD.starts_at AND NOT (OLD.status <> 'new' AND NEW.status = 'new') THEN
    RAISE EXCEPTION 'Tidsfristens början kan bara flyttas bakåt' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END;
$$;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0071_guideline_of_2022'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION guard_case()"),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('lane', models.CharField(choices=[('inappropriate', 'Olämpligt inlägg'), ('criminal', 'Uppenbart brottsligt'), ('secrecy', 'Kan vara sekretess'), ('question', 'Fråga'), ('message', 'Meddelande eller ärende att skicka vidare'), ('own_post', 'Vårt eget inlägg')], max_length=20, verbose_name='vad det gäller')),
                ('category', models.CharField(blank=True, choices=[('personal_attack', 'Personangrepp'), ('obscenity', 'Obscena ord'), ('agitation', 'Hets mot folkgrupp'), ('copyright', 'Intrång i upphovsrätt'), ('violence', 'Våldsskildringar'), ('pornography', 'Pornografi'), ('advertising', 'Kommersiell reklam')], max_length=20, verbose_name='kategori')),
                ('criminal_grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('threat', 'Olaga hot'), ('privacy', 'Olaga integritetsintrång'), ('incitement', 'Uppvigling'), ('agitation', 'Hets mot folkgrupp'), ('child_abuse', 'Barnpornografibrott'), ('violence', 'Olaga våldsskildring'), ('terrorism', 'Offentlig uppmaning till terrorism'), ('copyright', 'Intrång i upphovsrätt')], max_length=20), blank=True, default=list, size=None, verbose_name='brott')),
                ('is_restricted', models.BooleanField(default=False, verbose_name='kan vara sekretess')),
                ('copy_forbidden', models.BooleanField(default=False, verbose_name='kopia får inte tas')),
                ('source', models.CharField(choices=[('editor', 'Hittat av oss'), ('public', 'Rapporterat av allmänheten')], max_length=10, verbose_name='källa')),
                ('status', models.CharField(choices=[('new', 'Att granska'), ('decided', 'Åtgärdat, diarieföring återstår'), ('closed', 'Klart')], default='new', max_length=10, verbose_name='läge')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('same_key', models.CharField(blank=True, editable=False, max_length=64)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publicerat')),
                ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='rapporterat')),
                ('discovered_at', models.DateTimeField(verbose_name='upptäckt')),
                ('starts_at', models.DateTimeField(verbose_name='tidsfristen börjar')),
                ('due_at', models.DateTimeField(verbose_name='senast')),
                ('handle_by', models.DateTimeField(verbose_name='handläggs senast')),
                ('look_by', models.DateTimeField(verbose_name='ses senast')),
                ('warn_at', models.DateTimeField(verbose_name='påminnelse')),
                ('found_late', models.BooleanField(default=False, verbose_name='upptäckt för sent')),
                ('late_since', models.DateTimeField(blank=True, null=True, verbose_name='för sent sedan')),
                ('warned_at', models.DateTimeField(blank=True, null=True, verbose_name='påmint')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='togs')),
                ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='först sett')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='åtgärdat')),
                ('outcome', models.CharField(blank=True, max_length=20, verbose_name='utfall')),
                ('record_choice', models.CharField(blank=True, choices=[('register', 'Ja, skicka till registratorn'), ('kept_in_order', 'Nej, det hålls ordnat här'), ('trivial', 'Nej, det har uppenbart ringa betydelse')], max_length=20, verbose_name='diarieföring')),
                ('record_reason', models.CharField(blank=True, max_length=500, verbose_name='skäl för det')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='klart')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='accounts.account', verbose_name='konto')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('calendar_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.calendarversion', verbose_name='kalender')),
                ('guideline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.guideline', verbose_name='riktlinje')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tas av')),
            ],
            options={
                'verbose_name': 'inlägg att granska',
                'ordering': ['due_at'],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('logged', 'loggade inlägget'), ('reported', 'rapporterade inlägget'), ('copy_kept', 'sparade en kopia'), ('taken', 'tog inlägget'), ('let_go', 'släppte inlägget'), ('hidden', 'dolde inlägget'), ('removed', 'tog bort inlägget'), ('gone', 'såg att inlägget redan var borta'), ('left', 'lät inlägget stå kvar'), ('replied', 'svarade'), ('passed_on', 'skickade vidare'), ('reported_to_platform', 'anmälde inlägget till plattformen'), ('reported_to_police', 'polisanmälde inlägget'), ('noted', 'antecknade'), ('asked', 'frågade kommunikationsenheten'), ('advised', 'gav råd'), ('block_asked', 'föreslog att den som skrev blockeras'), ('blocked', 'beslutade att blockera den som skrev'), ('block_refused', 'beslutade att inte blockera den som skrev'), ('unblocked', 'hävde blockeringen'), ('reclassified', 'ändrade vad det gäller'), ('start_moved', 'flyttade tidsfristens början bakåt'), ('deadline_moved', 'räknade om tidsfristen'), ('late', 'antecknade att tiden gick ut'), ('incident_assessed', 'bedömde personuppgiftsincidenten'), ('settled', 'avslutade'), ('reopened', 'öppnade inlägget igen')], max_length=30, verbose_name='vad som gjordes')),
                ('at', models.DateTimeField(verbose_name='när')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('reference', models.CharField(blank=True, max_length=250, verbose_name='hänvisning')),
                ('case_version', models.PositiveIntegerField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='moderation.case', verbose_name='inlägg')),
            ],
            options={
                'verbose_name': 'åtgärd',
                'ordering': ['-case_version'],
            },
        ),
        migrations.CreateModel(
            name='CaseAccess',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('granted_at', models.DateTimeField(verbose_name='från')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='till')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access', to='moderation.case', verbose_name='inlägg')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'åtkomst',
            },
        ),
        migrations.CreateModel(
            name='CaseContent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('link', models.CharField(blank=True, max_length=1000, verbose_name='länk')),
                ('author', models.CharField(blank=True, max_length=200, verbose_name='skrivet av')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='var det står')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='content', to='moderation.case', verbose_name='inlägg')),
            ],
            options={
                'verbose_name': 'inläggets innehåll',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200, verbose_name='filens namn')),
                ('content_type', models.CharField(max_length=100, verbose_name='filens sort')),
                ('original', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='byte')),
                ('sha256', models.CharField(max_length=64)),
                ('shown', models.BinaryField()),
                ('shown_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('kept_at', models.DateTimeField(verbose_name='sparad')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='moderation.case', verbose_name='inlägg')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kopia',
                'ordering': ['kept_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCase',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('lane', models.CharField(choices=[('inappropriate', 'Olämpligt inlägg'), ('criminal', 'Uppenbart brottsligt'), ('secrecy', 'Kan vara sekretess'), ('question', 'Fråga'), ('message', 'Meddelande eller ärende att skicka vidare'), ('own_post', 'Vårt eget inlägg')], max_length=20, verbose_name='vad det gäller')),
                ('category', models.CharField(blank=True, choices=[('personal_attack', 'Personangrepp'), ('obscenity', 'Obscena ord'), ('agitation', 'Hets mot folkgrupp'), ('copyright', 'Intrång i upphovsrätt'), ('violence', 'Våldsskildringar'), ('pornography', 'Pornografi'), ('advertising', 'Kommersiell reklam')], max_length=20, verbose_name='kategori')),
                ('criminal_grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('threat', 'Olaga hot'), ('privacy', 'Olaga integritetsintrång'), ('incitement', 'Uppvigling'), ('agitation', 'Hets mot folkgrupp'), ('child_abuse', 'Barnpornografibrott'), ('violence', 'Olaga våldsskildring'), ('terrorism', 'Offentlig uppmaning till terrorism'), ('copyright', 'Intrång i upphovsrätt')], max_length=20), blank=True, default=list, size=None, verbose_name='brott')),
                ('is_restricted', models.BooleanField(default=False, verbose_name='kan vara sekretess')),
                ('copy_forbidden', models.BooleanField(default=False, verbose_name='kopia får inte tas')),
                ('source', models.CharField(choices=[('editor', 'Hittat av oss'), ('public', 'Rapporterat av allmänheten')], max_length=10, verbose_name='källa')),
                ('status', models.CharField(choices=[('new', 'Att granska'), ('decided', 'Åtgärdat, diarieföring återstår'), ('closed', 'Klart')], default='new', max_length=10, verbose_name='läge')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publicerat')),
                ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='rapporterat')),
                ('discovered_at', models.DateTimeField(verbose_name='upptäckt')),
                ('starts_at', models.DateTimeField(verbose_name='tidsfristen börjar')),
                ('due_at', models.DateTimeField(verbose_name='senast')),
                ('handle_by', models.DateTimeField(verbose_name='handläggs senast')),
                ('look_by', models.DateTimeField(verbose_name='ses senast')),
                ('warn_at', models.DateTimeField(verbose_name='påminnelse')),
                ('found_late', models.BooleanField(default=False, verbose_name='upptäckt för sent')),
                ('late_since', models.DateTimeField(blank=True, null=True, verbose_name='för sent sedan')),
                ('warned_at', models.DateTimeField(blank=True, null=True, verbose_name='påmint')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='togs')),
                ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='först sett')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='åtgärdat')),
                ('outcome', models.CharField(blank=True, max_length=20, verbose_name='utfall')),
                ('record_choice', models.CharField(blank=True, choices=[('register', 'Ja, skicka till registratorn'), ('kept_in_order', 'Nej, det hålls ordnat här'), ('trivial', 'Nej, det har uppenbart ringa betydelse')], max_length=20, verbose_name='diarieföring')),
                ('record_reason', models.CharField(blank=True, max_length=500, verbose_name='skäl för det')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='klart')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.account', verbose_name='konto')),
                ('board', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.board', verbose_name='nämnd')),
                ('calendar_version', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.calendarversion', verbose_name='kalender')),
                ('guideline', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.guideline', verbose_name='riktlinje')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tas av')),
            ],
            options={
                'verbose_name': 'historical inlägg att granska',
                'verbose_name_plural': 'historical inlägg att granskas',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCaseAccess',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('granted_at', models.DateTimeField(verbose_name='från')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='till')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='moderation.case', verbose_name='inlägg')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'historical åtkomst',
                'verbose_name_plural': 'historical åtkomsts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCaseContent',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('link', models.CharField(blank=True, max_length=1000, verbose_name='länk')),
                ('author', models.CharField(blank=True, max_length=200, verbose_name='skrivet av')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='var det står')),
                ('history_change_reason', models.CharField(max_length=1000, verbose_name='anledning')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='moderation.case', verbose_name='inlägg')),
                ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical inläggets innehåll',
                'verbose_name_plural': 'historical inläggets innehålls',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status__in', ('new', 'decided'))), fields=['due_at', 'discovered_at', 'id'], name='case_open_by_urgency'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status__in', ('new', 'decided'))), fields=['account', 'due_at'], name='case_open_by_account'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status__in', ('new', 'decided'))), fields=['board', 'due_at'], name='case_open_by_board'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status', 'new')), fields=['warn_at'], name='case_to_warn_of'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('status', 'new')), fields=['handle_by'], name='case_to_become_late'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', moderation.enums.CaseStatus)), name='case_status_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('lane__in', moderation.enums.Lane)), name='case_lane_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', moderation.enums.Source)), name='case_source_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category__in', moderation.enums.Category), ('lane', 'inappropriate')), models.Q(models.Q(('lane', 'inappropriate'), _negated=True), ('category', '')), _connector='OR'), name='case_category_where_inappropriate'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('criminal_grounds__len__gte', 1), ('lane', 'criminal')), models.Q(models.Q(('lane', 'criminal'), _negated=True), ('criminal_grounds__len', 0)), _connector='OR'), name='case_grounds_where_criminal'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lane', 'secrecy'), _negated=True), ('is_restricted', True), _connector='OR'), name='case_secrecy_is_restricted'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('copy_forbidden', False), models.Q(('criminal_grounds__contains', ['child_abuse']), ('lane', 'criminal')), _connector='OR'), name='case_copy_forbidden_only_for_child_abuse'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('outcome', ''), ('status', 'new')), models.Q(models.Q(('status', 'new'), _negated=True), ('decided_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='case_decided_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('record_choice__in', moderation.enums.RecordChoice), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_at__isnull', True), ('record_choice', '')), _connector='OR'), name='case_closed_says_how_it_is_kept'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lane__in', ('criminal', 'secrecy')), ('status', 'closed'), _negated=True), ('outcome__in', ('removed', 'gone')), _connector='OR'), name='case_closes_only_by_removal'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('is_restricted', False), ('record_choice__in', ('', 'register')), _connector='OR'), name='case_restricted_is_registered'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='case_taken_by_someone_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lte', models.F('discovered_at'))), name='case_starts_before_discovery'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__lte', models.F('handle_by'))), name='case_handled_after_due'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'new'), models.Q(('same_key', ''), _negated=True)), fields=('account', 'same_key'), name='one_open_case_per_post'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='case_kept', sql=pgtrigger.compiler.UpsertTriggerSql(execute='guard_case()', func='RETURN NULL;', hash='46381b7d0e99af1ddb851189caee1a96908ff47d', operation='UPDATE OR DELETE', pgid='pgtrigger_case_kept_7bf51', table='moderation_case', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', moderation.enums.ActionKind)), name='action_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.UniqueConstraint(fields=('case', 'case_version'), name='one_action_per_version'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='e4bde05e6ac93952e0aceecc9bc40d6a3ec2a639', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_df3ca', table='moderation_action', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='action',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='0314f060ed015fb8ce43083e4e254201b23723f0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_5052c', table='moderation_action', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='caseaccess',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('case', 'user'), name='case_access_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('original'), function='SHA256'), models.Value('hex'), function='ENCODE', output_field=models.CharField()))), name='evidence_fingerprint_is_the_originals'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='a9f0404166e941272035cb66f9dc0376393b3576', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_24166', table='moderation_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='977a2ee84bee4df1794e5c467957fecc7eeeca5e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_a6cb3', table='moderation_evidence', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalcase',
            index=models.Index(fields=['id', 'history_date'], name='case_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalcase',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='moderation_case_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalcase',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='28c9a2f60af2333a1d05239189c861653c47ec8a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_5e6dd', table='moderation_historicalcase', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalcase',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='3b0097971aaa03d8f7c9a3ddccb85b897cfa6d65', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_1d182', table='moderation_historicalcase', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalcaseaccess',
            index=models.Index(fields=['id', 'history_date'], name='caseaccess_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalcaseaccess',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='moderation_caseaccess_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalcaseaccess',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='a2a37ad0b0ee6d5654c635f0a711a292a64f7378', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_ad1c3', table='moderation_historicalcaseaccess', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalcaseaccess',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='e62ac80f9861071c81d5fd91b94cf5e258deaca4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_91d43', table='moderation_historicalcaseaccess', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='historicalcasecontent',
            index=models.Index(fields=['id', 'history_date'], name='casecontent_history'),
        ),
        migrations.AddConstraint(
            model_name='historicalcasecontent',
            constraint=models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='moderation_casecontent_history_reason_given'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalcasecontent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='a30838467235c4841e0939afa067c2c98704e657', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_c6aaa', table='moderation_historicalcasecontent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='historicalcasecontent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='147c4cb7eb58ffdf2f7477b7c25ff4788d86682d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_ffe63', table='moderation_historicalcasecontent', when='BEFORE')),
        ),
    ]
