"""Jobs of the accounts app. Thin: each calls a service."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.services import forms


@app.task(name="make_approved_form", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def make_approved_form(decision_id: str) -> None:
    """Make the PDF of an approved Bilaga 1."""
    forms.make_form(decision_id, now=timezone.now())
