"""Jobs of the accounts app. Thin: each calls a service."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from accounts.services import drafts, forms, imports, mission, public_changes, reminders


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


@app.periodic(cron="30 3 * * *")
@app.task(name="put_public_changes_together", queueing_lock="put_public_changes_together", pass_context=False)
def put_public_changes_together(timestamp: int) -> None:
    """Keep the table that the public list's ETag is read from small."""
    public_changes.put_together(now=timezone.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="clear_forgotten_drafts", queueing_lock="clear_forgotten_drafts", pass_context=False)
def clear_forgotten_drafts(timestamp: int) -> None:
    """Rensa drafts that nobody has written in for a year."""
    drafts.clear_forgotten(now=timezone.now())


# What a database that is away breaks is tried again; what a file breaks would break again, and the person is told.
AFTER_A_WHILE = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions=[OperationalError])


@app.task(name="check_import", retry=AFTER_A_WHILE)
def check_import(import_id: str) -> None:
    """Read a file with accounts, and say what each row would do."""
    with _told_when_it_breaks(import_id):
        imports.check(import_id, now=timezone.now())


@app.task(name="apply_import", retry=AFTER_A_WHILE)
def apply_import(import_id: str) -> None:
    """Read in a file with accounts that has been checked."""
    with _told_when_it_breaks(import_id):
        imports.apply(import_id, now=timezone.now())


@contextmanager
def _told_when_it_breaks(import_id: str) -> Iterator[None]:
    try:
        yield
    except OperationalError:
        raise
    except Exception:
        imports.give_up(import_id)
        raise
