import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0080_absence"),
        ("moderation", "0020_blocks_incidents_and_reply_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SupervisionCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="dag")),
                ("at", models.DateTimeField(verbose_name="när")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="accounts.account",
                        verbose_name="konto",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
            ],
            options={
                "verbose_name": "tillsyn",
                "ordering": ["-day"],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "day"), name="one_check_per_account_and_day")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supervisioncheck",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only_row",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="refuse_change()",
                    func="RETURN NULL;",
                    hash="e446e046eea928d214d5ecefea94ee8094db865f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_row_e56f3",
                    table="moderation_supervisioncheck",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supervisioncheck",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="refuse_change()",
                    func="RETURN NULL;",
                    hash="35360fc91812664539e0261c5132da1e89f78b97",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_append_only_table_0454e",
                    table="moderation_supervisioncheck",
                    when="BEFORE",
                ),
            ),
        ),
    ]
