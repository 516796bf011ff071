import accounts.enums
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_account_keeping")]
    operations = [
        migrations.CreateModel(
            name='AccountImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200, verbose_name='filens namn')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('checking', 'Läser filen'), ('refused', 'Har fel att rätta'), ('ready', 'Klar att läsa in'), ('applying', 'Läser in'), ('done', 'Inläst')], default='checking', max_length=20, verbose_name='läge')),
                ('report', models.JSONField(default=list)),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField(verbose_name='uppladdad')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='inläst')),
            ],
            options={
                'verbose_name': 'import av konton',
                'ordering': ['-uploaded_at'],
            },
        ),
        migrations.AddField(
            model_name='accountimport',
            name='applied_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='accountimport',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='account',
            name='imported_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='accounts.accountimport', verbose_name='inläst från'),
        ),
        migrations.AddField(
            model_name='historicalaccount',
            name='imported_from',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.accountimport', verbose_name='inläst från'),
        ),
        migrations.AddConstraint(
            model_name='accountimport',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', accounts.enums.ImportStatus)), name='import_status_known'),
        ),
        migrations.AddConstraint(
            model_name='accountimport',
            constraint=models.CheckConstraint(condition=models.Q(('rows_done__lte', models.F('rows_total'))), name='import_not_past_its_end'),
        ),
        migrations.AddConstraint(
            model_name='accountimport',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('content'), function='SHA256'), models.Value('hex'), function='ENCODE', output_field=models.CharField()))), name='import_fingerprint_is_the_files'),
        ),
    ]
