"""The public list is counted through one small index and read in order from another, which holds all it is sorted by."""

from django.db import migrations, models

PUBLIC = models.Q(("status__in", ("active", "closing")))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_account_import_outcome")]
    operations = [
        migrations.RemoveIndex(model_name="account", name="account_in_public_order"),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=PUBLIC,
                fields=["board", "sort_key", "unit", "platform", "id"],
                name="account_in_public_order",
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(condition=PUBLIC, fields=["board"], name="account_public_by_board"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(condition=models.Q(("status", "planned")), fields=["status"], name="account_planned"),
        ),
    ]
