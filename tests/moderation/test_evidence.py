"""The kept copies: shown drawn anew, downloaded as they came, to those who may see the post alone (R15, R23)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation.enums import CriminalGround, Lane, ViewedPart
from moderation.models import Case, RestrictedView
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post, picture
from tests.pages import assert_asks_for_sign_in, assert_only_get

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholmsbibliotek/posts/1017"
SHOWN, ORIGINAL = "moderation:evidence-shown", "moderation:evidence-original"


@pytest.fixture
def account(cast):
    return library_account(cast)


def address(name: str, case: Case) -> str:
    return reverse(name, args=[case.pk, case.evidence.get().pk])


def kept(account, **attributes) -> Case:
    return log_post(account, pictures=[picture("skärmbild åäö.jpg", form="JPEG")], **attributes)


class TestServing:
    def test_the_shown_copy_is_drawn_anew(self, account, cast, client_for):
        case = kept(account)
        response = client_for(cast.librarian).get(address(SHOWN, case))
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
        assert response.content == bytes(case.evidence.get().shown)
        assert "Content-Disposition" not in response.headers

    def test_the_original_is_downloaded_byte_for_byte(self, account, cast, client_for):
        case = kept(account)
        response = client_for(cast.librarian).get(address(ORIGINAL, case))
        assert response.content == bytes(case.evidence.get().original)
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["Content-Disposition"].startswith("attachment; ")

    @pytest.mark.parametrize("name", [SHOWN, ORIGINAL])
    def test_nothing_in_it_may_run_or_stay_behind(self, account, cast, client_for, name):
        headers = client_for(cast.librarian).get(address(name, kept(account))).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_a_list_of_copies_does_not_fetch_their_bytes(self, account):
        case = kept(account)
        with CaptureQueriesContext(connection) as captured:
            list(case.evidence.all())
        assert "original" not in captured.captured_queries[0]["sql"]


@pytest.mark.parametrize("name", [SHOWN, ORIGINAL])
class TestWhoSeesIt:
    def test_anonymous_is_sent_to_sign_in(self, account, name):
        assert_asks_for_sign_in(address(name, kept(account)))

    def test_nothing_can_be_sent_to_it(self, account, cast, client_for, name):
        assert_only_get(client_for(cast.librarian), address(name, kept(account)))

    def test_outsiders_find_nothing(self, account, cast, client_for, name):
        url = address(name, kept(account))
        for person in (cast.outsider, cast.administrator):
            assert client_for(person).get(url).status_code == 404

    def test_what_may_be_secret_is_for_the_few(self, account, cast, client_for, name):
        url = address(name, kept(account, may_be_secret=True))
        assert client_for(cast.communicator).get(url).status_code == 404
        assert client_for(cast.manager).get(url).status_code == 200

    def test_a_copy_is_not_found_through_another_post(self, account, cast, client_for, name):
        case, other = kept(account), log_post(account, text="Ett annat")
        url = reverse(name, args=[other.pk, case.evidence.get().pk])
        assert client_for(cast.librarian).get(url).status_code == 404

    def test_unknown_is_404(self, account, cast, client_for, name):
        url = reverse(name, args=[kept(account).pk, uuid4()])
        assert client_for(cast.librarian).get(url).status_code == 404

    def test_kept_before_anyone_suspected_it_is_shown_to_nobody(self, account, cast, client_for, name):
        case = kept(account, link=LINK)
        log_post(account, lane=Lane.CRIMINAL, criminal_grounds=(CriminalGround.CHILD_ABUSE,), text="", link=LINK)
        assert client_for(cast.librarian).get(address(name, case)).status_code == 404


class TestWhatIsWrittenDown:
    @pytest.mark.parametrize(("name", "what"), [(SHOWN, ViewedPart.COPY), (ORIGINAL, ViewedPart.ORIGINAL)])
    def test_each_time_something_secret_is_read(self, account, cast, client_for, name, what):
        case = kept(account, may_be_secret=True)
        for _time in range(2):
            client_for(cast.manager).get(address(name, case))
        assert (
            list(RestrictedView.objects.values_list("case", "user", "at", "what"))
            == [(case.pk, cast.manager.pk, NOW, what)] * 2
        )

    @pytest.mark.parametrize("name", [SHOWN, ORIGINAL])
    def test_nothing_of_other_posts(self, account, cast, client_for, name):
        client_for(cast.manager).get(address(name, kept(account)))
        assert not RestrictedView.objects.exists()

    @pytest.mark.parametrize("name", [SHOWN, ORIGINAL])
    def test_nothing_is_shown_that_cannot_be_written_down(self, account, cast, client_for, name, monkeypatch):
        case, client = kept(account, may_be_secret=True), client_for(cast.manager)

        def fail(*args, **named):
            raise OSError("disken är full")

        monkeypatch.setattr(RestrictedView.objects, "create", fail)
        with pytest.raises(OSError, match="full"):
            client.get(address(name, case))
