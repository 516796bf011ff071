"""Jobs of the accounts app. Thin: each calls a service."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from accounts.services import forms, mission, reminders


@app.task(name="make_approved_form", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def make_approved_form(decision_id: str) -> None:
    """Make the PDF of an approved Bilaga 1."""
    forms.make_form(decision_id, now=timezone.now())


@app.task(name="make_mission_statement", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def make_mission_statement(account_id: str, by_id: str) -> None:
    """Make the PDF of an account's uppdragsbeskrivning as it stands."""
    mission.make_statement(account_id, by=User.objects.get(pk=by_id), now=timezone.now())


@app.periodic(cron="0 6 * * *")
@app.task(name="remind_managers", queueing_lock="remind_managers", pass_context=False)
def remind_managers(timestamp: int) -> None:
    """Remind managers who have not answered, every morning."""
    reminders.remind_managers(timezone.now())
