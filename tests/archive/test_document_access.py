"""A handling that may be secret is read by the board's registrators, and by those let in, until a day (R15)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from archive.models import DocumentAccess, DocumentView
from archive.services import access as service
from archive.services.access import end_access, grant_access, readings
from archive.services.diary import note_document_view
from archive.services.entries import File
from archive.services.handover import note_view
from laholm_sociala.common.errors import RefusedError
from moderation.models import AccessReview, month_of
from moderation.services.access import review_access
from tests.archive.battery import assert_only_the_boards_registrar
from tests.archive.factories import document, handed_over
from tests.clock import NOW, TODAY
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.pages import Page
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db
SECRET = "Min granne får hjälp av socialen."
WRITER = "Arg Laholmare"
LATER = TODAY + timedelta(days=30)
LAST_MONTH = NOW - timedelta(days=30)


@pytest.fixture
def secret(cast, registrar):
    return document(
        cast.culture_board,
        by=registrar,
        text=SECRET,
        correspondent=WRITER,
        public_correspondent="Enskild",
        subject="Grannens hemtjänst",
        public_subject="Inlägg på ett konto",
        provisions=["OSL 26 kap. 1 §"],
        files=[File("bild.png", "image/png", b"PNG")],
    )


@pytest.fixture
def url(secret):
    return reverse("archive:document-detail", args=[secret.pk])


@pytest.fixture
def access_url(secret):
    return reverse("archive:document-access", args=[secret.pk])


def grant(secret, user, *, by, **changes):
    return grant_access(
        secret.pk, **{"user": user, "reason": "Handlägger ärendet", "last_on": LATER, "by": by, "now": NOW, **changes}
    )


class TestLetIn:
    def test_one_let_in_reads_it_and_its_files_and_each_reading_is_noted(
        self, secret, url, access_url, registrar, cast, client_for
    ):
        typed = {"user": cast.librarian.pk, "reason": "Handlägger ärendet", "last_on": str(LATER)}
        page = Page(client_for(registrar).post(access_url, typed, follow=True))
        assert f"Bibliotekarie Björk får nu läsa {secret}. Lämna över länken själv." in page.messages
        file = reverse("archive:document-file", args=[secret.pk, secret.files.get().pk])
        client = client_for(cast.librarian)
        assert SECRET in Page(client.get(url)).text
        assert client.get(file).content == b"PNG"
        assert DocumentView.objects.filter(document=secret, user=cast.librarian).count() == 2

    def test_one_let_in_does_nothing_else(self, secret, registrar, cast, client_for):
        grant(secret, cast.librarian, by=registrar)
        client = client_for(cast.librarian)
        page = Page(client.get(reverse("archive:document-detail", args=[secret.pk])))
        assert not {"Skicka vidare", "Rätta", "Makulera", "Historik", "Vem får läsa"} & set(page.links)
        for name in ("correct", "cancel", "forward", "history", "access"):
            assert client.get(reverse(f"archive:document-{name}", args=[secret.pk])).status_code == 404
        assert client.get(reverse("archive:matter-detail", args=[secret.matter_id])).status_code == 404
        assert client.get(reverse("archive:document-list")).status_code == 403

    def test_access_ends_by_itself(self, secret, url, registrar, cast, client_for, monkeypatch):
        grant(secret, cast.librarian, by=registrar, last_on=TODAY)
        assert client_for(cast.librarian).get(url).status_code == 200
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY + timedelta(days=1))
        assert client_for(cast.librarian).get(url).status_code == 404

    def test_access_ends_by_a_press_and_can_be_given_again(self, secret, url, access_url, registrar, cast, client_for):
        given = grant(secret, cast.librarian, by=registrar)
        end = reverse("archive:document-access-end", args=[secret.pk, given.pk])
        page = Page(client_for(registrar).post(end, follow=True))
        assert f"Bibliotekarie Björk får inte längre läsa {secret}." in page.messages
        assert client_for(cast.librarian).get(url).status_code == 404
        with pytest.raises(RefusedError, match="redan inte"):
            end_access(given.pk, by=registrar, now=NOW)
        grant(secret, cast.librarian, by=registrar)
        assert client_for(cast.librarian).get(url).status_code == 200

    def test_one_who_leaves_the_board_reads_no_more(self, secret, url, registrar, cast, client_for):
        grant(secret, cast.librarian, by=registrar)
        cast.librarian.unit = cast.building_permits
        cast.librarian.record(by=cast.administrator, now=NOW, reason="Bytte arbete")
        assert client_for(cast.librarian).get(url).status_code == 404

    def test_why_stands_in_the_history(self, secret, registrar, cast):
        given = grant(secret, cast.librarian, by=registrar)
        assert given.history.get().history_change_reason == "Handlägger ärendet"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"reason": " "}, "Skriv varför"),
            ({"last_on": TODAY - timedelta(days=1)}, "från och med i dag"),
            ({"last_on": TODAY + timedelta(days=400)}, "högst ett år"),
        ],
    )
    def test_needs_a_reason_and_an_end(self, changes, words, secret, registrar, cast):
        with pytest.raises(RefusedError, match=words):
            grant(secret, cast.librarian, by=registrar, **changes)

    def test_nobody_of_another_board_is_let_in(self, secret, registrar, cast):
        with pytest.raises(RefusedError, match="samma nämnd"):
            grant(secret, cast.outsider, by=registrar)

    def test_nobody_twice_and_nobody_to_what_is_open(self, secret, kept, registrar, cast):
        grant(secret, cast.librarian, by=registrar)
        with pytest.raises(RefusedError, match="redan läsa"):
            grant(secret, cast.librarian, by=registrar)
        with pytest.raises(RefusedError, match="inte markerad"):
            grant(kept, cast.librarian, by=registrar)

    def test_only_the_boards_registrator_lets_in(self, secret, access_url, registrar, stranger, cast, client_for):
        for person in (stranger, cast.librarian, cast.administrator):
            with pytest.raises(PermissionDenied):
                grant(secret, cast.assistant, by=person)
        who = {"registrar": registrar, "stranger": stranger, "cast": cast, "client_for": client_for}
        assert_only_the_boards_registrar(access_url, **who)

    def test_page_of_an_open_handling_is_not_found(self, kept, registrar, client_for):
        assert client_for(registrar).get(reverse("archive:document-access", args=[kept.pk])).status_code == 404


class TestUnlogged:
    def test_lists_show_the_public_variant_alone(self, secret, registrar, client_for):
        for url in (
            reverse("archive:document-list"),
            reverse("archive:matter-detail", args=[secret.matter_id]),
            reverse("archive:document-access", args=[secret.pk]),
        ):
            text = client_for(registrar).get(url).content.decode()
            assert "Grannens hemtjänst" not in text
            assert WRITER not in text
        assert not DocumentView.objects.exists()

    @pytest.mark.parametrize("name", ["detail", "history", "correct", "forward", "package"])
    def test_every_page_that_says_what_it_is_about_is_a_reading(self, name, secret, registrar, client_for):
        client_for(registrar).get(reverse(f"archive:document-{name}", args=[secret.pk]))
        assert DocumentView.objects.get(document=secret).user == registrar


class TestReview:
    """Readings in the diarium are gone through each month, by one who is no registrator and read nothing."""

    @pytest.fixture
    def reviewer(self, cast):
        person = UserFactory(unit=cast.culture_department)
        return RoleAssignmentFactory(user=person, role_id="logggranskare", board=cast.culture_board).user

    @pytest.fixture
    def review(self, secret, registrar):
        note_document_view(secret, by=registrar, now=LAST_MONTH)
        return AccessReview.objects.get()

    def test_month_shows_who_read_which_handling_and_nothing_of_it(
        self, review, secret, registrar, reviewer, cast, client_for
    ):
        note_view(handed_over(cast.culture_board), by=registrar, now=LAST_MONTH)
        page = Page(client_for(reviewer).get(reverse("moderation:access-review", args=[review.pk])))
        assert str(secret) in page.text
        assert "Det som väntade på registratorn" in page.text
        for hidden in (SECRET, WRITER, "Grannens hemtjänst", str(secret.pk)):
            assert hidden not in page.response.text

    def test_waits_in_att_gora(self, review, reviewer, client_for):
        page = Page(client_for(reviewer).get(reverse("to-do")))
        assert reverse("moderation:access-review", args=[review.pk]) in page.links.values()

    def test_does_not_wait_for_one_who_read(self, review, secret, reviewer, client_for):
        note_document_view(secret, by=reviewer, now=LAST_MONTH)
        page = Page(client_for(reviewer).get(reverse("to-do")))
        assert reverse("moderation:access-review", args=[review.pk]) not in page.links.values()

    @pytest.mark.parametrize("read", ["handling", "handover"])
    def test_nobody_goes_through_their_own_reading(self, read, review, secret, reviewer, cast):
        if read == "handling":
            note_document_view(secret, by=reviewer, now=LAST_MONTH)
        else:
            note_view(handed_over(cast.culture_board), by=reviewer, now=LAST_MONTH)
        with pytest.raises(RefusedError, match="Någon annan"):
            review_access(review.pk, remark="", by=reviewer, now=NOW)

    def test_database_refuses_it_too(self, review, secret, reviewer, monkeypatch):
        note_document_view(secret, by=reviewer, now=LAST_MONTH)
        monkeypatch.setattr("moderation.services.access.has_read_in", lambda *_: False)
        with pytest.raises(Exception, match="sin egen läsning"):
            review_access(review.pk, remark="", by=reviewer, now=NOW)

    def test_registrator_does_not_go_through_it(self, review, registrar, client_for):
        url = reverse("moderation:access-review", args=[review.pk])
        assert client_for(registrar).get(url).status_code == 404

    def test_month_is_the_swedish_one(self, secret, registrar, cast):
        midnight = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
        note_document_view(secret, by=registrar, now=midnight)
        assert readings(cast.culture_board, month_of(midnight.date())) == []
        assert len(readings(cast.culture_board, month_of(TODAY))) == 1


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def two_grants(self, secret, registrar, cast):
        let = lambda: grant(secret, cast.librarian, by=registrar)  # noqa: E731
        return race(let, let)

    def test_two_at_once_give_one_access(self, secret, registrar, cast, monkeypatch):
        meet_at(monkeypatch, service.timezone, "localdate")
        outcomes = self.two_grants(secret, registrar, cast)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert DocumentAccess.objects.count() == 1

    def test_without_the_lock_the_database_refuses(self, secret, registrar, cast, monkeypatch):
        meet_at(monkeypatch, DocumentAccess, "record")
        take_the_lock_away(monkeypatch)
        outcomes = self.two_grants(secret, registrar, cast)
        assert not any(isinstance(error, RefusedError) for error in losers(outcomes))
        assert DocumentAccess.objects.count() == 1
