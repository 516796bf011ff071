from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

DAYS = models.Func("from_date", "to_date", models.Value("[]"), function="DATERANGE", output_field=DateRangeField())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0040_escalation_and_paper")]
    operations = [
        BtreeGistExtension(),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=ExclusionConstraint(
                name="one_person_per_duty_and_day",
                expressions=[("account", "="), ("duty", "="), (DAYS, "&&")],
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=ExclusionConstraint(
                name="one_duty_per_person_and_day",
                expressions=[("account", "="), ("user", "="), (DAYS, "&&")],
            ),
        ),
    ]
