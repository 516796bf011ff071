import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0103_saved_view_by_list'),
        ('archive', '0066_snapshot_reminder'),
    ]

    operations = [
        migrations.AddField(
            model_name='handover',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.account', verbose_name='konto'),
        ),
        migrations.AddField(
            model_name='historicalhandover',
            name='account',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.account', verbose_name='konto'),
        ),
    ]
