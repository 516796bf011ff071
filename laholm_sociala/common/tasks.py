"""The queue: jobs that follow the transaction that deferred them."""

import logging

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from laholm_sociala.common import mail

logger = logging.getLogger(__name__)

# A job whose worker has not been heard of for this long is taken up again.
STALLED_AFTER_SECONDS = 60


@app.task(name="send_mail", retry=RetryStrategy(max_attempts=12, exponential_wait=4), pass_context=False)
def send_mail(mail_id: str) -> None:
    """Send one mail."""
    mail.deliver(mail_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="rescue_stalled_jobs", queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put back jobs whose worker died under them: without this they stay `doing` for ever."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        logger.warning("Jobbet %s (%s) hade stannat och startas om.", job.id, job.task_name)
        await manager.retry_job(job)
