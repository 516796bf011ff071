"""Kommunstyrelsen's reviews of the guideline."""

import accounts.enums
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0080_absence'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuidelineReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('kept', 'Behålls'), ('revised', 'Revideras'), ('repealed', 'Upphävs'), ('merged', 'Sammanförs med ett annat styrdokument')], max_length=20, verbose_name='utfall')),
                ('decided_on', models.DateField(verbose_name='beslutat den')),
                ('reference', models.CharField(max_length=200, verbose_name='beslut')),
                ('recorded_at', models.DateTimeField(verbose_name='antecknat')),
                ('guideline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='accounts.guideline')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'prövning av riktlinjen',
                'ordering': ['-decided_on', '-recorded_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', accounts.enums.ReviewOutcome)), name='guideline_review_outcome_known'), models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='guideline_review_by_decision')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='guidelinereview',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='098d197ff36b9c42497f7024f35e98060ebd0a82', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_2988e', table='accounts_guidelinereview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='guidelinereview',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='6b7ca2bbd7b2a3b3c6b53264867df5e7436ea425', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_d6fe0', table='accounts_guidelinereview', when='BEFORE')),
        ),
    ]
