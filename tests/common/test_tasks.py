"""The queue with a real worker, a real mail server and real transactions."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from laholm_sociala.common.mail import send_later
from laholm_sociala.common.models import Mail
from laholm_sociala.common.tasks import STALLED_AFTER_SECONDS, rescue_stalled_jobs
from tests.clock import NOW
from tests.jobs import run_worker, waiting_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def write(letter):
    def write() -> Mail:
        return send_later(to=["a@laholm.example"], subject="Prov", template=letter, context={}, now=NOW)

    return write


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_worker_sends_what_was_committed_and_forgets_the_job(write, mail_server):
    with transaction.atomic():
        mail = write()
    run_worker()
    assert [message["Message-ID"] for message in mail_server.messages] == [mail.message_id]
    assert Mail.objects.get(pk=mail.pk).sent_at is not None
    assert not ProcrastinateJob.objects.exists()


def test_worker_never_sees_what_was_rolled_back(write, mail_server):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    run_worker()
    assert (mail_server.messages, Mail.objects.count()) == ([], 0)


def test_worker_tries_again_when_the_server_refuses(write, mail_server):
    mail = write()
    mail_server.refuse = "451 Försök igen senare"
    run_worker()
    (job,) = waiting_jobs("send_mail")
    assert job.attempts == 1
    assert job.scheduled_at is not None
    mail_server.refuse = ""
    execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second'")
    run_worker()
    assert [message["Message-ID"] for message in mail_server.messages] == [mail.message_id]


def stall(job: ProcrastinateJob, *, silent_for: timedelta) -> None:
    """Make the job one that a worker had taken when it was last heard of."""
    execute(
        "WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id) "
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM worker) WHERE id = %s",
        silent_for,
        job.pk,
    )


def rescue() -> None:
    """Let a worker look for stalled jobs; it may have begun to by itself, since it does so every minute."""
    with suppress(AlreadyEnqueued):
        rescue_stalled_jobs.defer(timestamp=0)
    run_worker()


def test_job_whose_worker_died_is_done_by_another(write, mail_server):
    mail = write()
    stall(waiting_jobs("send_mail")[0], silent_for=timedelta(seconds=STALLED_AFTER_SECONDS * 2))
    rescue()
    run_worker()
    assert [message["Message-ID"] for message in mail_server.messages] == [mail.message_id]


def test_job_in_living_hands_is_left_there(write, mail_server):
    write()
    job = waiting_jobs("send_mail")[0]
    stall(job, silent_for=timedelta(seconds=1))
    rescue()
    assert ProcrastinateJob.objects.get(pk=job.pk).status == "doing"
    assert mail_server.messages == []


def test_one_rescue_waits_at_a_time():
    rescue_stalled_jobs.defer(timestamp=0)
    with pytest.raises(AlreadyEnqueued, match="already a job in the queue"):
        rescue_stalled_jobs.defer(timestamp=1)
