import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0050_public_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='accountimport',
            name='counts',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='accountimport',
            name='outcome_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='accountimport',
            name='problem',
            field=models.TextField(blank=True, verbose_name='varför den inte kan läsas in'),
        ),
        migrations.AddField(
            model_name='accountimport',
            name='unread_columns',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None),
        ),
        migrations.AddConstraint(
            model_name='accountimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='import_done_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='accountimport',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'applying')), fields=('status',), name='one_import_at_a_time'),
        ),
    ]
