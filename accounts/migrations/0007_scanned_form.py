import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_account_import")]
    operations = [
        migrations.CreateModel(
            name='ScannedForm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200, verbose_name='filens namn')),
                ('content_type', models.CharField(max_length=100, verbose_name='filens sort')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('signed_on', models.DateField(verbose_name='underskriven den')),
                ('attached_at', models.DateTimeField(verbose_name='bifogad')),
            ],
            options={
                'verbose_name': 'underskriven Bilaga 1',
            },
        ),
        migrations.AlterField(
            model_name='decision',
            name='sign_in_method',
            field=models.CharField(choices=[('password', 'lösenord'), ('mfa', 'tvåstegsinloggning'), ('sso', 'kommunens gemensamma inloggning'), ('demo', 'demoinloggning'), ('paper', 'underskriven blankett')], max_length=20, verbose_name='inloggning'),
        ),
        migrations.AddField(
            model_name='scannedform',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='scanned_form', to='accounts.decision'),
        ),
        migrations.AddConstraint(
            model_name='scannedform',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', models.Func(models.Func(models.F('content'), function='SHA256'), models.Value('hex'), function='ENCODE', output_field=models.CharField()))), name='scanned_form_fingerprint_is_the_files'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scannedform',
            trigger=pgtrigger.compiler.Trigger(name='append_only_row', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='b0c55b128b4db2c9dc117d2e06ca7d453cddfaf8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_row_4da48', table='accounts_scannedform', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scannedform',
            trigger=pgtrigger.compiler.Trigger(name='append_only_table', sql=pgtrigger.compiler.UpsertTriggerSql(execute='refuse_change()', func='RETURN NULL;', hash='96f91f6c5a63f0786a1c9cbab061200c70a48d9f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_table_ddd85', table='accounts_scannedform', when='BEFORE')),
        ),
    ]
