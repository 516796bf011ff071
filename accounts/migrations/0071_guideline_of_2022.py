"""The guideline of 2022-11-08, and an ordinary week to count by."""

from datetime import UTC, datetime

from django.db import migrations
from django.utils import timezone

SYSTEM = "00000000-0000-4000-8000-000000000001"
# Midnight in Laholm, the day it was adopted. The week holds from then, too: older posts are measured as well.
FROM = datetime(2022, 11, 7, 23, tzinfo=UTC)

GUIDELINE = {
    "id": "00000000-0000-4000-8000-000000000070",
    "version": 1,
    "number": "2022-000282",
    "title": "Laholms kommuns riktlinjer för medverkan i sociala medier",
    "adopted_on": "2022-11-08",
    "adopted_by": "kommunstyrelsen § 224",
    "in_force_from": FROM,
    "clock": "working_days",
    "limit_hours": 48,
    "look_days": 1,
    "warn_hours_before": 8,
    "question_days": 1,
}
CALENDAR = {
    "id": "00000000-0000-4000-8000-000000000071",
    "number": 1,
    "content": {
        "zone": "Europe/Stockholm",
        "week": {day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "dates": {},
    },
    "made_by_id": SYSTEM,
    "made_at": FROM,
}


def install(apps, schema_editor):
    database = schema_editor.connection.alias
    apps.get_model("accounts", "Guideline").objects.using(database).create(**GUIDELINE)
    apps.get_model("accounts", "HistoricalGuideline").objects.using(database).create(
        history_user_id=SYSTEM,
        history_date=timezone.now(),
        history_change_reason="Portalen installerades",
        history_type="+",
        **GUIDELINE,
    )
    apps.get_model("accounts", "CalendarVersion").objects.using(database).create(**CALENDAR)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0070_guideline_and_calendar")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
