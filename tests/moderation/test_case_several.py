"""The same thing with several posts at once: all of them, or none."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, Category, Lane, RecordChoice
from moderation.models import Action, Case
from moderation.services import noting, several
from moderation.services.several import Picked, Same, act_on_several
from tests.factories import UserFactory
from tests.moderation.battery import decide
from tests.moderation.factories import library_account, log_post
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db

URL = "/granska/flera/"
SPAM = "Samma reklam från samma avsändare."
REMOVE = Same(ActionKind.REMOVED, SPAM)


@pytest.fixture
def account(cast):
    return library_account(cast, name="Laholms bibliotek")


@pytest.fixture
def flood(account):
    """Three advertisements."""
    return [log_post(account, category=Category.ADVERTISING, text=f"Lån {number}") for number in range(3)]


def ticked(cases) -> list[str]:
    return [f"{case.pk}:{case.version}" for case in cases]


def picked(cases) -> list[Picked]:
    return [Picked(case.pk, case.version) for case in cases]


def states(cases) -> set[str]:
    return set(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("status", flat=True))


class TestPage:
    def test_lists_what_was_ticked_and_asks_once(self, flood, cast, client_for):
        page = Page(client_for(cast.librarian).get(URL, {"inlagg": ticked(flood)}))
        assert page.heading == "Tre inlägg på en gång"
        assert page.rows == ["Kommersiell reklam"] * 3
        assert {box["value"] for box in page.soup.select("main [name=inlagg]")} == set(ticked(flood))
        assert page.typed("act") == []

    def test_removes_all(self, flood, cast, client_for):
        client = client_for(cast.librarian)
        response = client.post(URL, {"inlagg": ticked(flood), "act": "removed", "reason": SPAM})
        assert Page(client.get(response.url)).messages == ["Tre inlägg är borttagna."]
        assert states(flood) == {CaseStatus.DECIDED}

    def test_one_alone_is_said_as_one(self, flood, cast, client_for):
        client = client_for(cast.librarian)
        response = client.post(URL, {"inlagg": ticked(flood[:1]), "act": "removed", "reason": SPAM})
        assert Page(client.get(response.url)).messages == ["Ett inlägg är borttaget."]

    def test_nothing_ticked(self, cast, client_for):
        client = client_for(cast.librarian)
        response = client.get(URL)
        assert Page(client.get(response.url)).messages == ["Välj minst ett inlägg: sätt en bock framför det."]

    def test_says_beside_the_field_what_is_missing(self, flood, cast, client_for):
        page = Page(client_for(cast.librarian).post(URL, {"inlagg": ticked(flood)}))
        assert page.title == "Fel: Flera inlägg på en gång"
        assert page.errors["act"] == "Välj vad du gör med inläggen"
        assert page.errors["reason"].startswith("Skriv skälet")
        assert len(page.rows) == 3

    def test_settling_asks_how_they_are_kept(self, flood, cast, client_for):
        sent = {"inlagg": ticked(flood), "act": "settled", "reason": SPAM}
        page = Page(client_for(cast.librarian).post(URL, sent))
        assert page.errors == {"record_choice": "Välj om de ska diarieföras"}
        assert page.typed("reason") == SPAM

    def test_the_second_of_two_learns_which_and_who_and_nothing_is_done(self, flood, cast, client_for, now):
        sent = ticked(flood)
        noting.note(flood[1].pk, text="Ring först", by=cast.assistant, now=now)
        page = Page(client_for(cast.librarian).post(URL, {"inlagg": sent, "act": "removed", "reason": SPAM}))
        assert page.summary == [
            (
                "Kommersiell reklam på Laholms bibliotek på Facebook: Assistent Asp antecknade i dag kl. 10.00. "
                "Läs vad som hänt, och gör det som är kvar. Inget är gjort med något av inläggen."
            )
        ]
        assert states(flood) == {CaseStatus.NEW}

    def test_anonymous_is_sent_to_login(self):
        assert_asks_for_sign_in(URL)

    def test_one_that_may_not_be_seen_is_404_for_all(self, flood, cast, client_for):
        secret = log_post(flood[0].account, lane=Lane.SECRECY, text="Vård")
        client = client_for(cast.communicator)
        for stranger in (ticked([secret]), [f"{uuid4()}:1"]):
            assert client.get(URL, {"inlagg": ticked(flood) + stranger}).status_code == 404
            assert client.post(URL, {"inlagg": ticked(flood) + stranger}).status_code == 404
        assert client_for(cast.outsider).get(URL, {"inlagg": ticked(flood)}).status_code == 404

    @pytest.mark.parametrize("nonsense", ["hej", "1:2", "x:y:z", ""])
    def test_what_is_no_post_is_404(self, nonsense, cast, client_for):
        assert client_for(cast.librarian).get(URL, {"inlagg": nonsense}).status_code == 404

    def test_other_methods_are_refused(self, cast, client_for):
        assert client_for(cast.librarian).put(URL).status_code == 405


class TestService:
    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            (ActionKind.REMOVED, CaseStatus.DECIDED),
            (ActionKind.HIDDEN, CaseStatus.DECIDED),
            (ActionKind.LEFT, CaseStatus.DECIDED),
            (ActionKind.REPORTED_TO_PLATFORM, CaseStatus.NEW),
        ],
    )
    def test_one_line_each_with_the_reason(self, kind, status, flood, cast, now):
        assert act_on_several(picked(flood), Same(kind, SPAM), by=cast.librarian, now=now) == 3
        assert states(flood) == {status}
        lines = Action.objects.filter(case__in=flood, kind=kind)
        assert [(line.text, line.by) for line in lines] == [(SPAM, cast.librarian)] * 3
        assert Action.objects.filter(case__in=flood).count() == 6

    def test_settles_what_is_decided(self, flood, cast, now):
        for case in flood:
            decide(case, by=cast.librarian, now=now)
        same = Same(ActionKind.SETTLED, SPAM, RecordChoice.TRIVIAL)
        act_on_several(picked(flood), same, by=cast.librarian, now=now)
        kept = Case.objects.filter(status=CaseStatus.CLOSED).values_list("record_choice", "record_reason")
        assert list(kept) == [(RecordChoice.TRIVIAL, SPAM)] * 3

    def test_all_or_nothing_when_a_copy_is_missing(self, flood, cast, now):
        bare = log_post(flood[0].account, text="", link="https://www.facebook.com/x/posts/1")
        with pytest.raises(RefusedError, match=r"Personangrepp på .*: Spara en kopia först.*Inget är gjort"):
            act_on_several(picked([*flood, bare]), REMOVE, by=cast.librarian, now=now)
        assert states([*flood, bare]) == {CaseStatus.NEW}
        assert not Action.objects.filter(kind=ActionKind.REMOVED).exists()

    def test_not_again_what_is_decided(self, flood, cast, now):
        decide(flood[2], by=cast.assistant, now=now)
        with pytest.raises(RefusedError, match="redan åtgärdat"):
            act_on_several(picked(flood), REMOVE, by=cast.librarian, now=now)
        assert states(flood[:2]) == {CaseStatus.NEW}

    def test_a_report_asks_for_the_version_too(self, flood, cast, now):
        seen = picked(flood)
        noting.note(flood[0].pk, text="Ring först", by=cast.assistant, now=now)
        with pytest.raises(RefusedError, match="Assistent Asp antecknade"):
            act_on_several(seen, Same(ActionKind.REPORTED_TO_PLATFORM, SPAM), by=cast.librarian, now=now)

    def test_what_may_be_secret_is_never_one_of_several(self, flood, cast, now):
        secret = log_post(flood[0].account, lane=Lane.SECRECY, text="Vård")
        with pytest.raises(RefusedError, match="ett i taget"):
            act_on_several(picked([*flood, secret]), REMOVE, by=cast.librarian, now=now)
        assert states(flood) == {CaseStatus.NEW}

    def test_the_same_one_twice_is_one(self, flood, cast, now):
        assert act_on_several(picked(flood) * 2, REMOVE, by=cast.librarian, now=now) == 3

    def test_needs_a_reason(self, flood, cast, now):
        with pytest.raises(RefusedError) as refused:
            act_on_several(picked(flood), Same(ActionKind.REMOVED, "  "), by=cast.librarian, now=now)
        assert refused.value.field == "reason"

    def test_needs_to_know_how_they_are_kept(self, flood, cast, now):
        with pytest.raises(RefusedError) as refused:
            act_on_several(picked(flood), Same(ActionKind.SETTLED, SPAM), by=cast.librarian, now=now)
        assert refused.value.field == "record_choice"

    def test_at_least_one_and_not_too_many(self, flood, cast, now, monkeypatch):
        monkeypatch.setattr(several, "MOST_AT_ONCE", 2)
        for some in ([], flood):
            with pytest.raises(RefusedError, match="Välj"):
                act_on_several(picked(some), REMOVE, by=cast.librarian, now=now)

    def test_asks_who_it_is(self, flood, cast, now):
        for person in (cast.outsider, UserFactory(unit=cast.library)):
            with pytest.raises(PermissionDenied):
                act_on_several(picked(flood), REMOVE, by=person, now=now)
        assert states(flood) == {CaseStatus.NEW}
