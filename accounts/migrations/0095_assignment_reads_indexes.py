"""Who looks after what, and what somebody looks after, is read from indexes alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0062_logo_exemption_revoked")]
    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["user", "from_date", "to_date", "account"], name="assignment_by_person"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["account", "duty", "from_date", "to_date", "user"], name="assignment_by_account"
            ),
        ),
    ]
