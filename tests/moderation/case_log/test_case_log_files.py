"""The pictures of Logga ett inlägg: in memory alone, and forgotten ones cleared away."""

from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django import app

from moderation.models import Evidence, PendingPicture
from moderation.services import pending
from tests.clock import NOW
from tests.moderation.case_log.steps import LINK, URL, screenshot
from tests.moderation.factories import picture
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestFilesStayInMemory:
    def test_no_file_is_ever_written_to_a_disk(self, send, monkeypatch, settings):
        monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *args, **named: pytest.fail("a file on a disk"))
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
        send(pictures=[screenshot()])
        assert Evidence.objects.count() == 1

    def test_the_token_is_still_asked_for(self, cast, account):
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.librarian)
        assert client.post(URL, {"link": LINK, "pictures": [screenshot()]}).status_code == 403
        token = Page(client.get(URL)).soup.select_one("main [name=csrfmiddlewaretoken]")["value"]
        answer = client.post(
            URL,
            {
                "csrfmiddlewaretoken": token,
                "account": account.pk,
                "about": "question",
                "link": LINK,
                "pictures": [screenshot()],
            },
        )
        assert answer.status_code == 302
        assert Evidence.objects.count() == 1


def test_forgotten_pictures_are_cleared_after_a_day(cast, clock):
    pending.keep_waiting([picture()], by=cast.librarian, now=NOW)
    assert pending.clear_forgotten(now=clock.move(hours=23, minutes=59)) == 0
    pending.keep_waiting([picture(colour="red")], by=cast.librarian, now=clock.now)
    assert pending.clear_forgotten(now=NOW + timedelta(days=1)) == 1
    assert PendingPicture.objects.count() == 1


def test_the_worker_clears_them(cast, clock):
    pending.keep_waiting([picture()], by=cast.librarian, now=NOW)
    clock.move(days=1)
    app.tasks["clear_forgotten_pictures"](timestamp=0)
    assert not PendingPicture.objects.exists()
