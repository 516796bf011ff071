import django.db.models.deletion
import moderation.enums
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0080_absence"),
        ("moderation", "0021_copy_before_removal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("morning", "Morgonens mejl"),
                            ("warning", "Påminnelse"),
                            ("second", "Påminnelse till ersättaren"),
                            ("late", "För sent"),
                        ],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                ("limit", models.DateTimeField(blank=True, null=True, verbose_name="tidsfrist")),
                ("sent_at", models.DateTimeField(verbose_name="skrivet")),
            ],
            options={
                "verbose_name": "påminnelse",
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("late_since__isnull", False)), fields=["late_since"], name="case_late"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="moderation.case",
                verbose_name="inlägg",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="till",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", True), ("kind", "morning"), ("limit__isnull", True)),
                    models.Q(
                        models.Q(("kind", "morning"), _negated=True),
                        ("case__isnull", False),
                        ("kind__in", moderation.enums.NoticeKind),
                        ("limit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="notice_of_a_morning_or_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "morning")),
                fields=("user", "day"),
                name="one_morning_mail_per_person_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)),
                fields=("case", "kind", "user", "limit"),
                name="one_notice_per_person_and_limit",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only_row",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="refuse_change()",
                    func="RETURN NULL;",
                    hash="4f92a1cdacb2a5bd131551e1b8f15c8132bf52fe",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_row_f896a",
                    table="moderation_notice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    execute="refuse_change()",
                    func="RETURN NULL;",
                    hash="7b96c87c597b561f384aea96ec2dbe1de988f85c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_append_only_table_41678",
                    table="moderation_notice",
                    when="BEFORE",
                ),
            ),
        ),
    ]
