"""Which platforms show an account's page to a visitor who has not signed in, as kommunikationsenheten's own word."""

from django.db import migrations, models
from django.utils import timezone

SYSTEM_USER = "00000000-0000-4000-8000-000000000001"
# So far the portal took no picture on these.
CLOSED = {"facebook.com", "instagram.com", "linkedin.com", "threads.com", "threads.net", "tiktok.com", "x.com"}


def open_the_others(apps, schema_editor):
    database = schema_editor.connection.alias
    past = apps.get_model("accounts", "HistoricalPlatform").objects.using(database)
    for platform in apps.get_model("accounts", "Platform").objects.using(database).all():
        if CLOSED & set(platform.hosts):
            continue
        platform.open_to_visitors = True
        platform.save(using=database)
        past.create(
            **{field.attname: getattr(platform, field.attname) for field in platform._meta.concrete_fields},
            history_user_id=SYSTEM_USER,
            history_date=timezone.now(),
            history_change_reason="Kanalen visar sidan för alla: portalen tar ögonblicksbilder där",
            history_type="~",
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0101_user_who_left")]
    operations = [
        migrations.AddField(
            model_name="historicalplatform",
            name="open_to_visitors",
            field=models.BooleanField(default=False, verbose_name="visar sidan för den som inte är inloggad"),
        ),
        migrations.AddField(
            model_name="platform",
            name="open_to_visitors",
            field=models.BooleanField(default=False, verbose_name="visar sidan för den som inte är inloggad"),
        ),
        migrations.RunPython(open_the_others, migrations.RunPython.noop),
    ]
