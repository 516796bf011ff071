"""The register's orders, and the search for part of a person's name, are read from indexes."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("accounts", "0071_guideline_of_2022")]
    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["unit", "sort_key", "id"], name="account_by_unit"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["-registered_at", "id"], name="account_newest_first"),
        ),
        migrations.AddIndex(model_name="unit", index=models.Index(fields=["sort_key", "id"], name="unit_in_order")),
        migrations.AddIndex(model_name="user", index=models.Index(fields=["sort_key", "id"], name="user_in_order")),
        migrations.AddIndex(
            model_name="user",
            index=GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="user_by_part_of_name"),
        ),
    ]
