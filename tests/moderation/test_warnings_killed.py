"""The worker is killed (kill -9) in the middle of the warnings: none is lost, and one that repeats is the same mail."""

import pytest

from laholm_sociala.common.models import Mail
from moderation.enums import NoticeKind
from moderation.models import Case, Notice
from moderation.tasks import watch_deadlines
from tests.clock import NOW
from tests.killed import kill_worker, let_another_worker_go_on
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = 6


@pytest.fixture
def due(cast, clock) -> int:
    """Posts whose warning time has come, with the warnings waiting in the queue."""
    account = library_account(cast)
    for number in range(POSTS):
        log_post(account, text=f"Inlägg {number}")
    clock.now = Case.objects.latest("warn_at").warn_at
    assert clock.now > NOW
    watch_deadlines.defer(timestamp=0)
    return POSTS


@pytest.fixture
def kill(mail_server, clock):
    """Let a real worker process work until it comes to the place, and kill it there."""

    def kill(where: str) -> None:
        kill_worker("tests.moderation.worker_process", clock.now, where, TEST_MAIL_PORT=str(mail_server.port))

    return kill


def warnings(mail_server) -> list[str]:
    """The warnings that came, by Message-ID: a worker may by itself have begun on the morning's mails as well."""
    return [mail["Message-ID"] for mail in mail_server.messages if "Påminnelse" in mail["Subject"]]


def test_none_is_lost_when_the_worker_dies_inside_a_warning(due, kill, mail_server):
    kill("warning")
    written = Mail.objects.filter(subject__startswith="Påminnelse")
    noted = Notice.objects.filter(kind=NoticeKind.WARNING)
    assert (noted.count(), written.count()) == (3, 3)  # the fourth is neither noted nor written
    let_another_worker_go_on()
    assert noted.values("case").distinct().count() == due
    assert sorted(warnings(mail_server)) == sorted(written.values_list("message_id", flat=True))
    assert len(warnings(mail_server)) == due


def test_what_the_server_took_and_nobody_noted_comes_again_as_the_same_mail(due, kill, mail_server):
    kill("mail")
    (repeated,) = [mail["Message-ID"] for mail in mail_server.messages]
    assert not Mail.objects.filter(sent_at__isnull=False).exists()
    let_another_worker_go_on()
    came = [mail["Message-ID"] for mail in mail_server.messages]
    assert came.count(repeated) == 2
    assert len(set(came)) == len(came) - 1 == Mail.objects.count()
    assert len(set(warnings(mail_server))) == due
    assert not Mail.objects.filter(sent_at__isnull=True).exists()
