"""Asking for a picture, waiting for it, and asking again (R19, R20)."""

import pytest
from django.urls import reverse

from archive.capture.evidence import CaptureError
from archive.enums import SnapshotReason, SnapshotStatus
from archive.models import Snapshot
from archive.services import capturing, snapshots
from tests.accounts.closings import closed
from tests.clock import NOW
from tests.jobs import perform_waiting_jobs, waiting_jobs
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, assert_only_post

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(open_account):
    return reverse("archive:snapshot-capture", args=[open_account.pk])


@pytest.fixture
def asked(open_account, cast):
    return capturing.ask(open_account.pk, reason=SnapshotReason.YEARLY, by=cast.librarian, now=NOW)


@pytest.fixture
def failed(asked, browser):
    browser.answers = CaptureError("Servern saknar webbläsaren Chromium. Skicka egna skärmbilder i stället.")
    perform_waiting_jobs()
    return asked


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.librarian)


def address(name, snapshot):
    return reverse(f"archive:snapshot-{name}", args=[snapshot.pk])


class TestAsk:
    def test_works(self, url, client, browser):
        page = Page(client.post(url, {"reason": "yearly"}, follow=True))
        assert "Bilden står i kö" in page.text
        perform_waiting_jobs()
        assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE

    def test_yearly_is_proposed_unless_the_link_says_another(self, url, client):
        assert Page(client.get(url)).typed("reason") == ["yearly"]
        assert Page(client.get(url, {"varfor": "closing"})).typed("reason") == ["closing"]

    def test_who_may(self, url, cast, client_for):
        assert_asks_for_sign_in(url)
        assert client_for(cast.outsider).post(url).status_code == 404
        assert client_for(cast.manager).get(url).status_code == 200
        assert client_for(cast.assistant).get(url).status_code == 200

    def test_of_a_closed_account_is_refused(self, url, open_account, cast, client):
        closed(open_account, by=cast.librarian, manager=cast.manager)
        assert "avslutat" in Page(client.post(url, {"reason": "yearly"})).text
        assert waiting_jobs("capture_snapshot") == []

    def test_platform_that_shows_nothing_leads_to_the_upload(self, account, client):
        walled = reverse("archive:snapshot-capture", args=[account.pk])
        page = Page(client.get(walled))
        assert "Facebook visar inte sidan" in page.text
        assert page.links["Skicka egna skärmbilder"] == reverse("archive:snapshot-upload", args=[account.pk])
        assert page.buttons == []
        client.post(walled, {"reason": "yearly"})
        assert not Snapshot.objects.exists()

    def test_is_offered_where_the_page_is_open_alone(self, url, open_account, account, client):
        def offered(name, account):
            return Page(client.get(reverse(name, args=[account.pk]))).links.get("Ta ögonblicksbild")

        for name in ("archive:snapshot-timeline", "accounts:account-detail"):
            assert offered(name, open_account) == url
            assert offered(name, account) is None


class TestProgress:
    def test_asks_again_by_itself_while_it_is_taken(self, asked, client):
        snapshots.begin_capture(asked.pk, now=NOW)
        capturing._note(asked.pk, "mobile", "scroll")
        response = client.get(address("progress", asked), headers=HTMX)
        assert "Rullar genom sidan, så bred som på en telefon." in response.text
        assert 'value="5"' in response.text
        assert "hx-get" in response.text
        assert "HX-Refresh" not in response.headers

    def test_fetches_the_whole_page_when_it_is_taken(self, asked, client, browser):
        perform_waiting_jobs()
        assert client.get(address("progress", asked), headers=HTMX).headers["HX-Refresh"] == "true"

    def test_works_without_scripts_by_a_link(self, asked, client):
        response = client.get(address("progress", asked))
        assert response.headers["Location"] == address("detail", asked)
        page = Page(client.get(address("detail", asked)))
        assert page.links["Visa hur långt det har kommit"] == address("detail", asked)

    def test_who_sees_it(self, asked, cast, client, client_for):
        assert_asks_for_sign_in(address("progress", asked))
        assert client_for(cast.outsider).get(address("progress", asked)).status_code == 404
        assert_only_get(client, address("progress", asked))


class TestAgain:
    def test_what_failed_says_why_and_leads_to_the_upload(self, failed, client):
        page = Page(client.get(address("detail", failed)))
        assert "Servern saknar webbläsaren Chromium." in page.text
        upload = reverse("archive:snapshot-upload", args=[failed.account_id])
        assert page.links["Skicka egna skärmbilder"] == f"{upload}?varfor=yearly"
        assert "Försök igen" in page.buttons

    def test_works(self, failed, client, browser):
        assert "Bilden står i kö" in Page(client.post(address("again", failed), follow=True)).text
        browser.answers = {}
        perform_waiting_jobs()
        assert Snapshot.objects.get().status == SnapshotStatus.TO_JUDGE

    def test_who_may(self, failed, cast, client, client_for):
        url = address("again", failed)
        assert_asks_for_sign_in(url)
        assert client_for(cast.outsider).post(url).status_code == 404
        assert_only_post(client, url)
        assert Snapshot.objects.get().status == SnapshotStatus.FAILED

    def test_what_is_being_taken_is_left_alone(self, asked, client):
        snapshots.begin_capture(asked.pk, now=NOW)
        page = Page(client.post(address("again", asked), follow=True))
        assert page.messages == ["Ögonblicksbilden håller på att tas."]
