"""Counters that the limits of the public form are held against, a row for each window of time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0030_public_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=20)),
                ('key', models.CharField(blank=True, max_length=64)),
                ('window', models.DateTimeField()),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'räknare av rapporter',
            },
        ),
        migrations.AddConstraint(
            model_name='reportcount',
            constraint=models.UniqueConstraint(fields=('window', 'scope', 'key'), name='one_count_per_window'),
        ),
    ]
