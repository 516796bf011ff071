"""What is done with a post: every lane against every action, every state, and every person."""

import pytest
from django.core.exceptions import PermissionDenied

from laholm_sociala.common.errors import RefusedError
from moderation.enums import ActionKind, CaseStatus, CriminalGround, Lane, RecordChoice
from moderation.models import Action, Case
from moderation.services import acting, answering, noting, passing, reopening
from moderation.services.acting import CANNOT_STAY, NO_COPY, NOT_HERE
from moderation.services.doors import MovedOnError
from moderation.services.passing import Receiver
from moderation.services.settling import Settlement, settle
from moderation.workflow import OFFERED, decides
from tests.clock import NOW
from tests.factories import UserFactory
from tests.moderation.factories import library_account, log_post, picture

pytestmark = pytest.mark.django_db

A = ActionKind
LINK = "https://www.facebook.com/laholm/posts/1"
ACTS = {
    A.REMOVED: lambda case, **how: acting.remove(case.pk, **how),
    A.HIDDEN: lambda case, **how: acting.hide(case.pk, **how),
    A.GONE: lambda case, **how: acting.gone(case.pk, **how),
    A.LEFT: lambda case, **how: acting.leave(case.pk, **how),
    A.REPLIED: lambda case, **how: answering.reply(case.pk, answer="Vi stänger 18.", **how),
    A.PASSED_ON: lambda case, **how: passing.pass_on(
        case.pk, receiver=Receiver(outside="Polisen"), why="Det är deras sak.", **how
    ),
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


def decided(case: Case, how) -> Case:
    return ACTS[OFFERED[Lane(case.lane)][0]](case, **how)


def closed(case: Case, how) -> Case:
    decided(case, how)
    return settle(case.pk, Settlement(RecordChoice.REGISTER, "För säkerhets skull."), **how)


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize("lane", Lane)
def test_every_lane_against_every_action(account, how, lane, kind):
    case = log_post(account, lane=lane, link=LINK)
    if kind in OFFERED[lane]:
        after = ACTS[kind](case, **how)
        assert (after.status == CaseStatus.DECIDED) is decides(lane, kind)
        assert Action.objects.filter(case=case, kind=kind, by=how["by"]).count() == 1
        return
    with pytest.raises(RefusedError):
        ACTS[kind](case, **how)
    assert Case.objects.get(pk=case.pk).status == CaseStatus.NEW
    assert not Action.objects.filter(case=case, kind=kind).exists()


@pytest.mark.parametrize("lane", [Lane.CRIMINAL, Lane.SECRECY])
def test_what_must_go_is_not_decided_by_hiding_and_never_left(account, how, lane):
    case = log_post(account, lane=lane)
    assert acting.hide(case.pk, **how).status == CaseStatus.NEW
    with pytest.raises(RefusedError) as refusal:
        acting.leave(case.pk, **how)
    assert (str(refusal.value), refusal.value.field) == (CANNOT_STAY, "act")
    assert acting.remove(case.pk, **how).outcome == A.REMOVED


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize(
    ("state", "refusal"), [(decided, "Inlägget är redan åtgärdat."), (closed, "Inlägget är redan klart.")]
)
def test_what_is_done_stays_done(case, how, state, refusal, kind):
    state(case, how)
    before = Action.objects.count()
    with pytest.raises(RefusedError, match=refusal):
        ACTS[kind](case, **how)
    assert Action.objects.count() == before


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("librarian", True),
        ("assistant", True),
        ("manager", True),
        ("deputy", True),
        ("communicator", True),
        ("outsider", False),
        ("outsider_manager", False),
        ("administrator", False),
    ],
)
def test_every_action_against_every_person(case, cast, how, kind, who, may):
    how = {**how, "by": getattr(cast, who)}
    if may:
        ACTS[kind](case, **how)
        return
    with pytest.raises(PermissionDenied):
        ACTS[kind](case, **how)
    assert Case.objects.get(pk=case.pk).version == case.version


def test_employee_without_part_in_it_may_not(case, cast, how):
    with pytest.raises(PermissionDenied):
        acting.remove(case.pk, **{**how, "by": UserFactory(unit=cast.library)})


@pytest.mark.parametrize("kind", [A.REMOVED, A.HIDDEN])
class TestTheCopy:
    def test_is_needed_first(self, account, how, kind):
        case = log_post(account, link=LINK, text="")
        with pytest.raises(RefusedError) as refusal:
            ACTS[kind](case, **how)
        assert (str(refusal.value), refusal.value.field) == (NO_COPY, "act")

    def test_a_picture_is_one(self, account, how, kind):
        case = log_post(account, link=LINK, text="", pictures=[picture()])
        assert ACTS[kind](case, **how).outcome == kind

    def test_is_never_asked_for_where_it_must_not_be_made(self, account, how, kind):
        case = log_post(account, lane=Lane.CRIMINAL, link=LINK, text="", criminal_grounds=(CriminalGround.CHILD_ABUSE,))
        assert case.copy_forbidden
        ACTS[kind](case, **how)
        assert Action.objects.filter(case=case, kind=kind).exists()


@pytest.mark.parametrize("kind", [A.GONE, A.LEFT])
def test_other_outcomes_need_no_copy(account, how, kind):
    case = log_post(account, link=LINK, text="")
    assert ACTS[kind](case, **how).outcome == kind


def test_first_action_is_the_first_look(case, how, clock):
    assert case.looked_at is None
    later = clock.move(hours=1)
    acting.hide(case.pk, **{**how, "now": later})
    noting.note(case.pk, text="Tittade igen.", by=how["by"], now=clock.move(hours=1))
    assert Case.objects.get(pk=case.pk).looked_at == later


def test_what_was_written_to_the_author_is_kept(case, how):
    acting.remove(case.pk, to_author="Hej! Din kommentar är borta.", **how)
    assert case.actions.get(kind=A.REMOVED).text == "Hej! Din kommentar är borta."


def test_late_stays_late(case, how, clock):
    late = clock.move(days=7)
    case.late_since = late
    case.record(by=how["by"], now=late, reason="Tiden gick ut")
    acting.remove(case.pk, **{**how, "now": clock.move(hours=1)})
    assert Case.objects.get(pk=case.pk).late_since == late


def test_answer_needs_words(case, how):
    with pytest.raises(RefusedError) as refusal:
        answering.reply(case.pk, answer="  ", **how)
    assert refusal.value.field == "answer"


def test_question_is_answered_with_what_and_when(account, how):
    case = log_post(account, lane=Lane.QUESTION, text="När stänger ni?")
    after = answering.reply(case.pk, answer="Klockan 18.", **how)
    assert (after.status, after.outcome, after.decided_at) == (CaseStatus.DECIDED, A.REPLIED, NOW)
    answer = case.actions.get(kind=A.REPLIED)
    assert (answer.text, answer.at, answer.by) == ("Klockan 18.", NOW, how["by"])


def test_second_of_two_is_told_who_did_what(case, cast, how):
    acting.remove(case.pk, **{**how, "version": case.version})
    with pytest.raises(MovedOnError, match=r"Bibliotekarie Björk tog bort inlägget i dag kl. 10.00"):
        acting.leave(case.pk, **{**how, "version": case.version, "by": cast.assistant})


def test_reopened_can_be_acted_on_again(case, how):
    closed(case, how)
    reopening.reopen(case.pk, reason="Det kom tillbaka.", **how)
    assert acting.remove(case.pk, **how).status == CaseStatus.DECIDED


def test_nobody_answers_or_passes_on_what_may_be_secret(account, how):
    case = log_post(account, lane=Lane.SECRECY)
    with pytest.raises(RefusedError, match=NOT_HERE):
        answering.reply(case.pk, answer="Hej", **how)
    with pytest.raises(RefusedError, match="Skicka det till registratorn"):
        passing.pass_on(case.pk, receiver=Receiver(outside="Polisen"), why="Läs", **how)
