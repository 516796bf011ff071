"""The manager's decision: who may, what it is bound to, and what it leaves behind."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from accounts.bilaga1 import ASSURANCES, canonical, fingerprint
from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Application, Decision
from accounts.services import applications, decisions
from accounts.services.applications import name_manager, submit, withdraw
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.clock import NOW
from tests.factories import (
    ApplicationFactory,
    DeputyFactory,
    approve,
    make_draft,
    registered_account,
    reject,
    send_back,
)
from tests.jobs import waiting_jobs
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db

WHY = "Skriv vilka ni vill nå."
DOORS = {
    "approve": (decisions.approve, ApplicationStatus.APPROVED),
    "send_back": (lambda pk, **how: decisions.send_back(pk, comment=WHY, **how), ApplicationStatus.RETURNED),
    "reject": (lambda pk, **how: decisions.reject(pk, comment=WHY, **how), ApplicationStatus.REJECTED),
}
REASONS = {"approve": "Godkänd av chefen", "send_back": "Skickad tillbaka av chefen", "reject": "Avslagen av chefen"}


@pytest.fixture(params=DOORS)
def door(request):
    return request.param


@pytest.fixture
def decide(door, now, read):
    """Go through the door: `decide(application, by=…)`."""

    def decide(application, *, by, at=now, **changes):
        return DOORS[door][0](application.pk, **{**read(application), "by": by, "now": at, **changes})

    return decide


def status_of(application):
    return Application.objects.get(pk=application.pk).status


class TestEveryDoor:
    @pytest.mark.parametrize("who", ["manager", "deputy"])
    def test_manager_and_deputy_decide(self, cast, submitted, door, decide, now, who):
        person = getattr(cast, who)
        decision = decide(submitted, by=person)
        assert status_of(submitted) == DOORS[door][1]
        assert (decision.by, decision.decided_at, decision.sign_in_method) == (person, now, SignInMethod.MFA)
        row = submitted.history.latest("history_date", "history_id")
        assert (row.history_user, row.history_date, row.history_change_reason) == (person, now, REASONS[door])

    @pytest.mark.parametrize(
        "who", ["librarian", "assistant", "head", "outsider", "outsider_manager", "communicator", "administrator"]
    )
    def test_nobody_else_does(self, cast, submitted, decide, who):
        with pytest.raises(PermissionDenied):
            decide(submitted, by=getattr(cast, who))
        assert status_of(submitted) == ApplicationStatus.SUBMITTED
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("applicant", ["manager", "deputy"])
    def test_the_applicant_never_decides(self, cast, decide, applicant):
        person = getattr(cast, applicant)
        own = ApplicationFactory(unit=cast.library, applicant=person)
        with pytest.raises(PermissionDenied):
            decide(own, by=person)

    def test_a_deputy_decides_not_a_day_too_early_or_late(self, cast, submitted, decide, now, today):
        deputy = DeputyFactory(unit=cast.library, from_date=today, to_date=today).user
        for day in (-1, 1):
            with pytest.raises(PermissionDenied):
                decide(submitted, by=deputy, at=now + timedelta(days=day))
        decide(submitted, by=deputy)

    def test_the_day_is_the_one_in_laholm(self, cast, submitted, decide, now, today):
        """At 23.30 UTC it is the next day here already."""
        tomorrow = today + timedelta(days=1)
        deputy = DeputyFactory(unit=cast.library, from_date=tomorrow).user
        with pytest.raises(PermissionDenied):
            decide(submitted, by=deputy, at=now.replace(hour=23, minute=59))
        decide(submitted, by=deputy, at=now.replace(hour=23, minute=59) + timedelta(minutes=2))

    def test_a_manager_who_has_left_does_not(self, cast, submitted, decide, now):
        cast.manager.is_active = False
        cast.manager.record(by=cast.administrator, now=now, reason="Slutade")
        with pytest.raises(PermissionDenied):
            decide(submitted, by=cast.manager)

    def test_the_one_named_decides_and_the_tree_no_longer(self, cast, decide, now):
        orphan = ApplicationFactory(unit=cast.culture_department, applicant=cast.head)
        name_manager(orphan.pk, manager=cast.outsider_manager, by=cast.communicator, now=now)
        with pytest.raises(PermissionDenied):
            decide(orphan, by=cast.manager)
        decide(orphan, by=cast.outsider_manager)

    @pytest.mark.parametrize("method", [SignInMethod.PASSWORD, SignInMethod.DEMO])
    def test_a_password_alone_is_refused(self, cast, submitted, decide, method):
        with pytest.raises(RefusedError, match="tvåstegsinloggning"):
            decide(submitted, by=cast.manager, sign_in_method=method)
        assert status_of(submitted) == ApplicationStatus.SUBMITTED

    def test_sso_is_as_good_as_mfa(self, cast, submitted, decide):
        assert decide(submitted, by=cast.manager, sign_in_method=SignInMethod.SSO).sign_in_method == SignInMethod.SSO

    def test_in_the_demo_anything_goes(self, cast, submitted, decide):
        with override_settings(DEMO=True):
            assert decide(submitted, by=cast.manager, sign_in_method=SignInMethod.DEMO)

    @pytest.mark.parametrize("seen", ["", "0" * 64, fingerprint("{}")])
    def test_what_was_not_read_is_not_decided(self, cast, submitted, decide, seen):
        with pytest.raises(RefusedError, match="ändrats sedan du öppnade sidan"):
            decide(submitted, by=cast.manager, seen_sha256=seen)

    def test_a_new_title_of_the_responsible_is_read_again(self, cast, submitted, decide, read, now):
        seen = read(submitted)["seen_sha256"]
        cast.librarian.title = "förste bibliotekarie"
        cast.librarian.record(by=cast.administrator, now=now, reason="Ny titel")
        with pytest.raises(RefusedError, match="ändrats"):
            decide(Application.objects.get(pk=submitted.pk), by=cast.manager, seen_sha256=seen)

    def test_the_second_is_told_who_was_first(self, cast, submitted, decide):
        approve(submitted, by=cast.deputy)
        with pytest.raises(RefusedError, match=r"Ställföreträdare Sten, .* hann före: godkänt 2026-11-24 kl\. 10\.00"):
            decide(submitted, by=cast.manager)
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize("before", [approve, reject, send_back])
    def test_not_twice(self, cast, submitted, decide, before):
        before(submitted)
        with pytest.raises(RefusedError):
            decide(submitted, by=cast.manager)

    def test_not_after_withdrawal(self, cast, submitted, decide, now):
        withdraw(submitted.pk, by=cast.librarian, now=now)
        with pytest.raises(RefusedError, match="återtagen"):
            decide(submitted, by=cast.manager)

    def test_not_after_registration(self, cast, decide):
        account = registered_account(
            unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, by=cast.communicator
        )
        with pytest.raises(RefusedError):
            decide(account.application, by=cast.manager)

    def test_tells_the_applicant_by_mail(self, cast, submitted, decide):
        decision = decide(submitted, by=cast.manager)
        mail = Mail.objects.get()
        assert mail.to == [cast.librarian.email]
        assert mail.subject == f"{decision.get_kind_display()}: {submitted}"
        assert f"/uppstarter/{submitted.pk}/" in mail.text
        assert len(waiting_jobs("send_mail")) == 1


class TestWhatIsKept:
    def test_the_very_text_that_was_read(self, cast, submitted):
        text = submitted.canonical_content()
        approve(submitted)
        decision = Decision.objects.get()
        assert decision.content == text == canonical(submitted.content())
        assert decision.content_sha256 == hashlib.sha256(text.encode()).hexdigest()

    def test_name_title_and_what_the_manager_answers_for(self, cast, submitted):
        approve(submitted)
        decision = Decision.objects.get()
        assert decision.name_clarification == "Enhetschef Ek"
        assert decision.title.startswith("enhetschef")
        assert "Enhetschef Ek" not in decision.title
        assert decision.assurances == [f"{word}. {sentence}" for word, sentence in ASSURANCES]
        assert decision.is_approval

    def test_a_manager_with_protected_identity_stands_by_function(self, cast, submitted, now):
        cast.manager.protected_identity, cast.manager.name = True, ""
        cast.manager.record(by=cast.administrator, now=now, reason="Skyddade personuppgifter")
        approve(submitted)
        decision = Decision.objects.get()
        assert decision.name_clarification == "Enhetschef"
        assert "Ek" not in decision.content + decision.title

    def test_no_is_given_with_its_reason_and_without_assurances(self, cast, submitted):
        send_back(submitted, comment="  Skriv mer.  ")
        decision = Decision.objects.get()
        assert (decision.comment, decision.assurances, decision.is_approval) == ("Skriv mer.", [], False)

    @pytest.mark.parametrize("comment", ["", "  ", "\n"])
    @pytest.mark.parametrize("door", [decisions.send_back, decisions.reject])
    def test_no_without_a_reason_is_refused(self, cast, submitted, read, now, door, comment):
        with pytest.raises(RefusedError, match="Skriv varför"):
            door(submitted.pk, comment=comment, by=cast.manager, now=now, **read(submitted))

    def test_only_a_yes_makes_a_form(self, cast, submitted, now):
        send_back(submitted)
        assert waiting_jobs("make_approved_form") == []
        submit(
            make_draft(cast.librarian, application=submitted).pk,
            content={name: getattr(submitted, name) for name in Application.content_fields},
            by=cast.librarian,
            now=now,
        )
        approve(submitted)
        (job,) = waiting_jobs("make_approved_form")
        assert job.args == {"decision_id": str(Decision.objects.get(kind=DecisionKind.APPROVED).pk)}

    def test_sent_again_and_approved_there_are_two_decisions(self, cast, submitted, content, now):
        send_back(submitted)
        draft = make_draft(cast.librarian, application=submitted)
        submit(draft.pk, content=content(purpose="Klarare"), by=cast.librarian, now=now)
        approve(Application.objects.get(), now=now + timedelta(hours=1))
        latest, first = Decision.objects.all()
        assert [latest.kind, first.kind] == [DecisionKind.APPROVED, DecisionKind.RETURNED]
        assert "Klarare" in latest.content
        assert "Klarare" not in first.content


class TestVoidApproval:
    def void(self, application, by, comment="Adressen är fel."):
        return decisions.void_approval(
            application.pk, comment=comment, sign_in_method=SignInMethod.PASSWORD, by=by, now=NOW
        )

    def test_sends_back_with_the_reason(self, cast, submitted):
        approve(submitted)
        decision = self.void(submitted, cast.communicator)
        assert (decision.kind, decision.comment) == (DecisionKind.VOIDED, "Adressen är fel.")
        assert status_of(submitted) == ApplicationStatus.RETURNED
        assert submitted.history.latest("history_date", "history_id").history_user == cast.communicator
        assert Mail.objects.filter(to=[cast.librarian.email], subject__startswith="Godkännandet upphävt").exists()

    @pytest.mark.parametrize("who", ["librarian", "manager", "deputy", "head", "outsider", "administrator"])
    def test_nobody_but_kommunikationsenheten(self, cast, submitted, who):
        approve(submitted)
        with pytest.raises(PermissionDenied):
            self.void(submitted, getattr(cast, who))

    @pytest.mark.parametrize("before", [lambda application: None, send_back, reject])
    def test_only_what_is_approved(self, cast, submitted, before):
        before(submitted)
        with pytest.raises(RefusedError, match="Bara en godkänd"):
            self.void(submitted, cast.communicator)

    def test_says_why(self, cast, submitted):
        approve(submitted)
        with pytest.raises(RefusedError, match="Skriv varför"):
            self.void(submitted, cast.communicator, comment=" ")


@pytest.mark.django_db(transaction=True)
class TestRace:
    @pytest.fixture
    def how(self, read, submitted, now):
        return {**read(submitted), "now": now}

    def test_two_managers_approve(self, cast, submitted, how, monkeypatch):
        meet_at(monkeypatch, decisions, "require_application_step")
        outcomes = race(
            lambda: decisions.approve(submitted.pk, by=cast.manager, **how),
            lambda: decisions.approve(submitted.pk, by=cast.deputy, **how),
        )
        (decision,) = winners(outcomes)
        (error,) = losers(outcomes)
        assert isinstance(error, RefusedError)
        assert f"{decision.by.presented_as} hann före" in str(error)
        assert Decision.objects.count() == 1
        assert len(waiting_jobs("make_approved_form")) == 1

    def test_without_the_lock_both_would_approve(self, cast, submitted, how, monkeypatch):
        """Proves that the test above sees the race: no constraint stands behind the lock here."""
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, decisions, "require_application_step")
        outcomes = race(
            lambda: decisions.approve(submitted.pk, by=cast.manager, **how),
            lambda: decisions.approve(submitted.pk, by=cast.deputy, **how),
        )
        assert len(winners(outcomes)) == Decision.objects.count() == 2

    def test_one_approves_and_the_applicant_withdraws(self, cast, submitted, how, now, monkeypatch):
        meet_at(monkeypatch, decisions, "require_application_step")
        monkeypatch.setattr(applications, "require_application_step", decisions.require_application_step)
        outcomes = race(
            lambda: decisions.approve(submitted.pk, by=cast.manager, **how),
            lambda: withdraw(submitted.pk, by=cast.librarian, now=now),
        )
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError)
        approved = status_of(submitted) == ApplicationStatus.APPROVED
        assert Decision.objects.exists() is approved
        assert outcomes[0].succeeded is approved

    def test_one_approves_and_one_sends_back(self, cast, submitted, how, monkeypatch):
        meet_at(monkeypatch, decisions, "require_application_step")
        outcomes = race(
            lambda: decisions.approve(submitted.pk, by=cast.manager, **how),
            lambda: decisions.send_back(submitted.pk, comment=WHY, by=cast.deputy, **how),
        )
        (decision,) = winners(outcomes)
        assert isinstance(losers(outcomes)[0], RefusedError)
        assert status_of(submitted) == decisions.STATUS_AFTER[decision.kind]
