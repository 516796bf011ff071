"""Jobs of the moderation app. Thin: each calls a service."""

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.services import pending, report_limits


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
