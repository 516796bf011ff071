"""More of a post that is logged: a picture, or its text where none is kept (R23)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, CriminalGround, Lane
from moderation.models import Case
from moderation.services import doors, log
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.moderation.factories import library_account, log_post, picture, picture_bytes
from tests.pages import Page, assert_asks_for_sign_in
from tests.race import losers, meet_at, race, take_the_lock_away

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholmsbibliotek/posts/1017"


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def case(account) -> Case:
    return log_post(account, text="", link=LINK)


def url(case: Case) -> str:
    return reverse("moderation:case-copy-add", args=[case.pk])


def screenshot(name: str = "skarmbild.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(), content_type="image/png")


class TestThePage:
    def test_keeps_pictures_and_text_and_leads_back(self, case, cast, client_for):
        client = client_for(cast.assistant)
        response = client.post(url(case), {"pictures": [screenshot()], "text": "Hela texten"})
        assert response.url == reverse("moderation:case-detail", args=[case.pk])
        case = Case.objects.get(pk=case.pk)
        assert (case.content.text, case.evidence.count(), case.version) == ("Hela texten", 1, 2)
        line = case.actions.first()
        assert (line.kind, line.by, line.text) == (ActionKind.COPY_KEPT, cast.assistant, "")

    def test_asks_for_no_text_where_it_is_kept(self, account, cast, client_for):
        page = Page(client_for(cast.librarian).get(url(log_post(account))))
        assert not page.soup.select('[name="text"]')
        assert page.soup.select('[name="pictures"]')

    @pytest.mark.parametrize(
        ("sent", "field", "error"),
        [
            ({}, "pictures", "Välj en bild, eller klistra in texten."),
            ({"pictures": [SimpleUploadedFile("a.pdf", b"%PDF-1.7")]}, "pictures", "a.pdf: Filen är ingen bild"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, case, cast, client_for, sent, field, error):
        page = Page(client_for(cast.librarian).post(url(case), sent))
        assert page.errors[field].startswith(error)

    def test_anonymous_is_sent_to_sign_in(self, case):
        assert_asks_for_sign_in(url(case))

    def test_outsiders_find_nothing(self, case, cast, client_for):
        client = client_for(cast.outsider)
        assert {client.get(url(case)).status_code, client.post(url(case)).status_code} == {404}

    def test_one_who_only_reads_may_not(self, account, cast, client_for):
        case = log_post(account, may_be_secret=True)
        registrar = RoleAssignmentFactory(user=UserFactory(), role_id="registrator", board=cast.culture_board).user
        client = client_for(registrar)
        assert {client.get(url(case)).status_code, client.post(url(case)).status_code} == {403}

    def test_wrong_method_is_refused(self, case, cast, client_for):
        assert client_for(cast.librarian).put(url(case)).status_code == 405


class TestTheService:
    def add(self, case, cast, *, pictures=(), text="", by=None):
        return log.add_copy(case.pk, pictures=pictures, text=text, by=by or cast.librarian, now=NOW)

    def test_the_text_that_is_kept_is_never_changed(self, account, cast):
        case = log_post(account, text="Först")
        with pytest.raises(RefusedError, match="redan sparad") as refusal:
            self.add(case, cast, text="Sedan")
        assert refusal.value.field == "text"

    def test_the_same_picture_is_not_kept_twice(self, case, cast):
        self.add(case, cast, pictures=[picture()])
        with pytest.raises(RefusedError, match="finns redan"):
            self.add(case, cast, pictures=[picture()])

    def test_what_must_never_be_copied(self, account, cast):
        never = {"lane": Lane.CRIMINAL, "criminal_grounds": (CriminalGround.CHILD_ABUSE,), "text": "", "link": LINK}
        case = log_post(account, **never)
        for more in ({"pictures": [picture()]}, {"text": "Texten"}):
            with pytest.raises(RefusedError, match="Ta ingen kopia"):
                self.add(case, cast, **more)

    def test_more_may_be_kept_when_it_is_decided_and_not_when_it_is_done(self, case, cast):
        case.status, case.outcome, case.decided_at = CaseStatus.DECIDED, ActionKind.LEFT, NOW
        case.record(by=cast.librarian, now=NOW, reason="Lät det stå kvar")
        self.add(case, cast, pictures=[picture()])
        case = Case.objects.get(pk=case.pk)
        case.status, case.record_choice, case.closed_at = CaseStatus.CLOSED, "kept_in_order", NOW
        case.record(by=cast.librarian, now=NOW, reason="Avslutade")
        with pytest.raises(RefusedError, match="redan klart"):
            self.add(case, cast, text="Texten")

    def test_others_may_not(self, case, cast):
        with pytest.raises(PermissionDenied):
            self.add(case, cast, text="Texten", by=cast.outsider)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def both(self, case, cast) -> list:
        return race(
            *(
                lambda words=words, by=by: log.add_copy(
                    case.pk, pictures=(), text=words, by=by, now=NOW + timedelta(minutes=1)
                )
                for words, by in (("Den enas", cast.librarian), ("Den andras", cast.assistant))
            )
        )

    def test_one_text_is_kept_and_the_other_is_told(self, case, cast, monkeypatch):
        meet_at(monkeypatch, log, "write_down")
        outcomes = self.both(case, cast)
        assert [type(error) for error in losers(outcomes)] == [RefusedError]
        assert Case.objects.get().content.text in {"Den enas", "Den andras"}

    def test_without_the_lock_both_would_believe_theirs_was(self, case, cast, monkeypatch):
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, doors, "may_act")  # both have read that no text is kept
        assert [type(error) for error in losers(self.both(case, cast))] != [RefusedError]
