"""The named system user: the actor of what no person did. It cannot sign in."""


from django.db import migrations
from django.utils import timezone

SYSTEM = {
    "id": "00000000-0000-4000-8000-000000000001",
    "email": "system@portalen.invalid",
    "name": "Portalen",
    "title": "portalen",
    "is_active": False,
    "protected_identity": False,
}


def add_system_user(apps, schema_editor):
    database = schema_editor.connection.alias
    apps.get_model("accounts", "User").objects.using(database).create(password="!", **SYSTEM)  # noqa: S106  "!" opens nothing
    apps.get_model("accounts", "HistoricalUser").objects.using(database).create(
        history_user_id=SYSTEM["id"],
        history_date=timezone.now(),
        history_change_reason="Portalen installerades",
        history_type="+",
        **SYSTEM,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_organisation_applications_register")]
    operations = [migrations.RunPython(add_system_user, migrations.RunPython.noop)]
