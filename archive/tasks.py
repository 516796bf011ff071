"""Jobs of the archive. Thin: each calls a service."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from archive.services import forwarding


@app.task(name="send_handling", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def send_handling(forwarding_id: str) -> None:
    """Mail a handling that was sent on."""
    forwarding.send_handling(forwarding_id, now=timezone.now())


@app.periodic(cron="15 6 * * *")
@app.task(name="remind_receivers", queueing_lock="remind_receivers", pass_context=False)
def remind_receivers(timestamp: int) -> None:
    """Remind those who have not said that a handling arrived, every morning."""
    forwarding.remind_receivers(timezone.now())
