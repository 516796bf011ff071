"""What a post is about changes, its time began earlier, or it is opened again (R12, R14, R15)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from moderation.enums import ActionKind, CaseStatus, Category, CriminalGround, Lane, RecordChoice
from moderation.models import Case
from moderation.services import acting
from moderation.services.doors import MovedOnError
from moderation.services.reclassifying import About, move_start, reclassify
from moderation.services.reopening import reopen
from moderation.services.settling import Settlement, settle
from tests.clock import NOW
from tests.moderation.factories import library_account, log_post

pytestmark = pytest.mark.django_db

LINK = "https://www.facebook.com/laholm/posts/1"
ABOUT = {
    Lane.INAPPROPRIATE: About(Lane.INAPPROPRIATE, category=Category.OBSCENITY),
    Lane.CRIMINAL: About(Lane.CRIMINAL, criminal_grounds=(CriminalGround.THREAT,)),
    **{lane: About(lane) for lane in (Lane.SECRECY, Lane.QUESTION, Lane.MESSAGE, Lane.OWN_POST)},
}


@pytest.fixture
def account(cast):
    return library_account(cast)


@pytest.fixture
def case(account):
    return log_post(account, link=LINK)


@pytest.fixture
def how(cast):
    return {"version": None, "by": cast.librarian, "now": NOW}


@pytest.mark.parametrize("to", Lane)
@pytest.mark.parametrize("lane", Lane)
def test_every_lane_to_every_other(account, how, lane, to):
    case = log_post(account, lane=lane)
    if lane == to and lane != Lane.INAPPROPRIATE:
        with pytest.raises(RefusedError, match="samma som förut"):
            reclassify(case.pk, ABOUT[to], reason="Läste igen.", **how)
        return
    after = reclassify(case.pk, ABOUT[to], reason="Läste igen.", **how)
    assert (after.lane, after.is_restricted) == (to, to == Lane.SECRECY)
    line = case.actions.get(kind=ActionKind.RECLASSIFIED)
    assert line.text.endswith(" Läste igen.")
    assert f"Från ”{case.subject}” till ”{after.subject}”." in line.text


def test_limit_is_measured_anew_from_the_same_start(case, how, clock):
    later = clock.move(hours=3)
    before = case.due_at
    after = reclassify(case.pk, ABOUT[Lane.CRIMINAL], reason="Det är ett hot.", **{**how, "now": later})
    assert after.starts_at == case.starts_at
    assert after.due_at == case.discovered_at
    back = reclassify(after.pk, ABOUT[Lane.INAPPROPRIATE], reason="Det var det inte.", **{**how, "now": later})
    assert back.due_at == before


def test_breach_stays(case, how):
    case.late_since = NOW
    case.record(by=how["by"], now=NOW, reason="Tiden gick ut")
    after = reclassify(case.pk, ABOUT[Lane.QUESTION], reason="Det var en fråga.", **how)
    assert (after.late_since, after.due_at) == (NOW, case.due_at)


def test_loosened_secrecy_is_written_down_with_the_reason(account, how):
    case = log_post(account, lane=Lane.SECRECY)
    after = reclassify(case.pk, ABOUT[Lane.QUESTION], reason="Uppgiften är offentlig.", **how)
    assert not after.is_restricted
    said = case.actions.get(kind=ActionKind.RECLASSIFIED).text
    assert "Bedöms inte längre kunna vara sekretess. Uppgiften är offentlig." in said


def test_what_is_feared_to_be_child_abuse_is_copied_no_more(case, how):
    about = About(Lane.CRIMINAL, criminal_grounds=(CriminalGround.CHILD_ABUSE,))
    assert reclassify(case.pk, about, reason="Såg bilden.", **how).copy_forbidden


def test_post_of_our_own_is_told_to_the_dataskyddsombud(case, how, settings):
    reclassify(case.pk, ABOUT[Lane.OWN_POST], reason="Det var vårt.", **how)
    letter = Mail.objects.get()
    assert letter.to == [settings.DATA_PROTECTION_EMAIL]


@pytest.mark.parametrize(
    ("about", "reason", "field"),
    [
        (ABOUT[Lane.QUESTION], " ", "reason"),
        (About(Lane.INAPPROPRIATE), "Så är det.", "about"),
        (About(Lane.INAPPROPRIATE, category="fult"), "Så är det.", "about"),
        (About(Lane.CRIMINAL), "Så är det.", "criminal_grounds"),
    ],
)
def test_what_is_left_out_is_asked_for(case, how, about, reason, field):
    with pytest.raises(RefusedError) as refusal:
        reclassify(case.pk, about, reason=reason, **how)
    assert refusal.value.field == field
    assert Case.objects.get().version == case.version


@pytest.mark.parametrize("change", ["reclassify", "move_start", "reopen"])
def test_not_by_outsiders_nor_from_an_older_page(case, how, cast, change):
    def do(**other):
        how_now = {**how, **other}
        match change:
            case "reclassify":
                return reclassify(case.pk, ABOUT[Lane.QUESTION], reason="Fråga.", **how_now)
            case "move_start":
                return move_start(case.pk, published_at=NOW - timedelta(days=1), reason="Såg det.", **how_now)
            case _:
                return reopen(case.pk, reason="Tillbaka.", **how_now)

    with pytest.raises(PermissionDenied):
        do(by=cast.outsider)
    with pytest.raises(MovedOnError):
        do(version=case.version - 1)


def test_decided_is_opened_before_it_is_changed(case, how):
    acting.remove(case.pk, **how)
    with pytest.raises(RefusedError, match="redan åtgärdat"):
        reclassify(case.pk, ABOUT[Lane.QUESTION], reason="Fråga.", **how)
    with pytest.raises(RefusedError, match="redan åtgärdat"):
        move_start(case.pk, published_at=NOW - timedelta(days=1), reason="Såg det.", **how)


class TestMoveStart:
    def test_back(self, case, how):
        published = NOW - timedelta(days=1)
        after = move_start(case.pk, published_at=published, reason="Det står på inlägget.", **how)
        assert (after.starts_at, after.published_at) == (published, published)
        assert after.due_at < case.due_at
        assert after.handle_by == case.handle_by
        assert case.actions.get(kind=ActionKind.START_MOVED).text == "Till i går kl. 10.00. Det står på inlägget."

    def test_far_back_it_was_found_too_late(self, case, how):
        after = move_start(case.pk, published_at=NOW - timedelta(days=30), reason="Gammalt inlägg.", **how)
        assert after.found_late

    @pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=1)])
    def test_never_forward(self, case, how, later):
        with pytest.raises(RefusedError) as refusal:
            move_start(case.pk, published_at=NOW + later, reason="Nytt.", **how)
        assert refusal.value.field == "published_at"

    def test_needs_a_reason(self, case, how):
        with pytest.raises(RefusedError) as refusal:
            move_start(case.pk, published_at=NOW - timedelta(days=1), reason="", **how)
        assert refusal.value.field == "reason"

    def test_what_is_late_stands_still(self, case, how):
        case.late_since = NOW
        case.record(by=how["by"], now=NOW, reason="Tiden gick ut")
        with pytest.raises(RefusedError, match="räknas inte om"):
            move_start(case.pk, published_at=NOW - timedelta(days=1), reason="Såg det.", **how)


class TestReopen:
    @pytest.fixture
    def closed(self, case, how):
        acting.remove(case.pk, **how)
        return settle(case.pk, Settlement(RecordChoice.KEPT_IN_ORDER), **how)

    def test_waits_again_with_its_time_counted_from_now(self, closed, case, how, clock):
        later = clock.move(days=7)
        after = reopen(closed.pk, reason="Det kom tillbaka.", **{**how, "now": later})
        assert (after.status, after.outcome, after.record_choice, after.closed_at) == (CaseStatus.NEW, "", "", None)
        assert after.starts_at == case.starts_at
        assert after.due_at - later == case.due_at - NOW
        assert after.due_at == after.handle_by
        assert case.actions.first().text == "Det kom tillbaka."

    def test_decided_can_be_too(self, case, how):
        acting.leave(case.pk, **how)
        assert reopen(case.pk, reason="Ångrade mig.", **how).decided_at is None

    def test_once_late_is_late_for_good(self, closed, how, clock):
        closed.late_since = NOW
        closed.record(by=how["by"], now=NOW, reason="Tiden gick ut")
        later = clock.move(days=7)
        after = reopen(closed.pk, reason="Det kom tillbaka.", **{**how, "now": later})
        assert after.late_since == NOW
        assert after.due_at > later

    def test_open_is_not_opened(self, case, how):
        with pytest.raises(RefusedError, match="inte åtgärdat än"):
            reopen(case.pk, reason="Varför inte.", **how)

    def test_needs_a_reason(self, closed, how):
        with pytest.raises(RefusedError) as refusal:
            reopen(closed.pk, reason=" ", **how)
        assert refusal.value.field == "reason"

    def test_not_where_the_same_post_waits_anew(self, closed, account, how):
        log_post(account, link=LINK)
        with pytest.raises(RefusedError, match="loggat på nytt"):
            reopen(closed.pk, reason="Det kom tillbaka.", **how)
        assert Case.objects.get(pk=closed.pk).status == CaseStatus.CLOSED
