from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_saved_view")]
    operations = [
        migrations.AddField(
            model_name='historicalplatform',
            name='profile_limit',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='profiltextens längd'),
        ),
        migrations.AddField(
            model_name='platform',
            name='profile_limit',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='profiltextens längd'),
        ),
    ]
