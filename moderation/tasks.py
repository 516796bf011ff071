"""Jobs of the moderation app. Thin: each calls a service."""

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.services import morning, pending, report_limits, warnings


@app.periodic(cron="15 * * * *")
@app.task(name="clear_forgotten_pictures", queueing_lock="clear_forgotten_pictures", pass_context=False)
def clear_forgotten_pictures(timestamp: int) -> None:
    """Rensa pictures that came with a form that nobody sent again."""
    pending.clear_forgotten(now=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="clear_report_counts", queueing_lock="clear_report_counts", pass_context=False)
def clear_report_counts(timestamp: int) -> None:
    """Clear the counters that the limits of the public form no longer need, every night."""
    report_limits.clear_counts(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="watch_deadlines", queueing_lock="watch_deadlines", pass_context=False)
def watch_deadlines(timestamp: int) -> None:
    """Write down what has become late, and warn of what soon will be, in office hours."""
    now = timezone.now()
    warnings.note_breaches(now)
    warnings.send_warnings(now)
    warnings.tell_managers(now)


@app.periodic(cron="*/10 * * * *")
@app.task(name="send_morning_mails", queueing_lock="send_morning_mails", pass_context=False)
def send_morning_mails(timestamp: int) -> None:
    """Write the day's mails, once the office has opened."""
    morning.send_morning_mails(timezone.now())
