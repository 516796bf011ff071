"""Jobs of the moderation app. Thin: each calls a service."""

from django.utils import timezone
from procrastinate.contrib.django import app

from moderation.services import pending


@app.periodic(cron="15 * * * *")
@app.task(name="clear_forgotten_pictures", queueing_lock="clear_forgotten_pictures", pass_context=False)
def clear_forgotten_pictures(timestamp: int) -> None:
    """Rensa pictures that came with a form that nobody sent again."""
    pending.clear_forgotten(now=timezone.now())
