"""Bilaga 1 from the applicant's side: who is asked, what is refused, what is left behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.bilaga1 import CHECKLIST, CHECKLIST_VERSION
from accounts.enums import ApplicationStatus
from accounts.models import Application, Draft
from accounts.services import applications
from accounts.services.applications import approving_unit, name_manager, submit, withdraw
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from tests.clock import NOW
from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    DeputyFactory,
    UserFactory,
    approve,
    make_draft,
    platform,
    reject,
    send_back,
)
from tests.jobs import waiting_jobs
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(cast, content, now):
    """The librarian sends Bilaga 1."""

    def send(*, by=None, **changes):
        by = by or cast.librarian
        return submit(make_draft(by).pk, content=content(**changes), by=by, now=now)

    return send


def withdraw_own(application):
    return withdraw(application.pk, by=application.applicant, now=NOW)


def last_of(application):
    return application.history.latest("history_date", "history_id")


class TestSubmit:
    def test_sends_to_the_nearest_manager(self, cast, send, now):
        application = send()
        assert (application.status, application.submitted_at) == (ApplicationStatus.SUBMITTED, now)
        assert application.approving_unit == cast.library
        assert application.managers(now.date()) == [cast.manager, cast.deputy]
        assert not Draft.objects.exists()

    def test_says_who_and_why_in_the_history(self, cast, send, now):
        row = last_of(send())
        assert (row.history_user, row.history_date, row.history_change_reason) == (
            cast.librarian,
            now,
            "Skickad till chefen",
        )

    def test_asks_manager_and_deputy_by_mail(self, cast, send):
        application = send()
        assert {mail.to[0] for mail in Mail.objects.all()} == {cast.manager.email, cast.deputy.email}
        assert len(waiting_jobs("send_mail")) == 2
        for mail in Mail.objects.all():
            assert f"/uppstarter/{application.pk}/godkann/" in mail.text
            assert mail.subject == f"Godkänn nytt konto: {application}"

    def test_writes_the_guidelines_own_checklist_whatever_was_sent(self, send):
        application = send()
        assert (application.checklist, application.checklist_version) == (list(CHECKLIST), CHECKLIST_VERSION)

    def test_writes_the_address_in_its_one_form(self, send):
        application = send(web_address="Instagram.com/LaholmsBibliotek/?hl=sv")
        assert application.web_address == "https://www.instagram.com/laholmsbibliotek"
        assert application.canonical_key == "instagram:instagram.com/laholmsbibliotek"

    def test_refuses_an_address_of_another_kind(self, cast, content, now):
        filled = {**content(), "web_address": "https://www.laholm.se"}
        with pytest.raises(RefusedError, match="inte till Instagram"):
            submit(make_draft(cast.librarian).pk, content=filled, by=cast.librarian, now=now)

    def test_somebody_elses_draft_is_not_there(self, cast, content, now):
        draft = make_draft(cast.assistant)
        with pytest.raises(Draft.DoesNotExist):
            submit(draft.pk, content=content(), by=cast.librarian, now=now)

    def test_a_draft_is_sent_once(self, cast, content, now):
        draft = make_draft(cast.librarian)
        submit(draft.pk, content=content(), by=cast.librarian, now=now)
        with pytest.raises(Draft.DoesNotExist):
            submit(draft.pk, content=content(), by=cast.librarian, now=now)
        with pytest.raises(Draft.DoesNotExist):
            submit(uuid4(), content=content(), by=cast.librarian, now=now)

    @pytest.mark.parametrize("written", ["@laholmsbibliotek", "https://instagram.com/LAHOLMSBIBLIOTEK/?hl=sv"])
    def test_an_account_already_applied_for_is_refused(self, cast, send, submitted, written):
        with pytest.raises(RefusedError, match="redan på väg"):
            send(by=cast.assistant, web_address=written, responsible=cast.assistant, substitute=cast.librarian)
        assert Application.objects.count() == 1
        assert Draft.objects.count() == 1, "what was typed is kept"

    def test_an_account_in_the_register_is_refused_and_named(self, send):
        account = AccountFactory(platform=platform("instagram"), handle="laholmsbibliotek", name="Bibblan")
        with pytest.raises(RefusedError, match=f"finns redan i registret: Bibblan på Instagram, {account.unit.name}"):
            send()

    @pytest.mark.parametrize("decide", [reject, withdraw_own])
    def test_after_no_or_withdrawal_one_may_apply_again(self, send, submitted, decide):
        decide(submitted)
        assert send().pk != submitted.pk

    def test_again_after_it_was_sent_back(self, cast, submitted, content, now):
        send_back(submitted)
        draft = make_draft(cast.librarian, application=submitted)
        again = submit(draft.pk, content=content(purpose="Klarare syfte"), by=cast.librarian, now=now)
        assert (again.pk, again.purpose, again.status) == (submitted.pk, "Klarare syfte", ApplicationStatus.SUBMITTED)
        assert last_of(again).history_change_reason == "Skickad igen till chefen"
        assert Application.objects.count() == 1

    def test_again_for_another_unit_goes_to_its_manager(self, cast, submitted, content, now):
        send_back(submitted)
        draft = make_draft(cast.librarian, application=submitted)
        again = submit(draft.pk, content=content(unit=cast.building_permits), by=cast.librarian, now=now)
        assert again.managers(now.date()) == [cast.outsider_manager]

    @pytest.mark.parametrize("decide", [approve, reject])
    def test_a_draft_left_behind_cannot_be_sent_past_a_decision(self, cast, submitted, content, now, decide):
        draft = make_draft(cast.librarian, application=submitted)
        decide(submitted)
        with pytest.raises(RefusedError):
            submit(draft.pk, content=content(purpose="Något annat"), by=cast.librarian, now=now)


class TestNearestManager:
    def test_the_units_own(self, cast):
        assert approving_unit(cast.library, cast.librarian) == cast.library

    def test_the_one_above_when_the_manager_applies(self, cast):
        assert approving_unit(cast.library, cast.manager) == cast.culture_department

    def test_the_one_above_when_the_manager_has_left(self, cast, now):
        cast.manager.is_active = False
        cast.manager.record(by=cast.administrator, now=now, reason="Slutade")
        assert approving_unit(cast.library, cast.librarian) == cast.culture_department

    def test_the_one_above_when_there_is_no_manager(self, cast, now):
        cast.library.manager = None
        cast.library.record(by=cast.administrator, now=now, reason="Vakant")
        assert approving_unit(cast.library, cast.librarian) == cast.culture_department

    def test_nobody_when_the_head_applies(self, cast):
        assert approving_unit(cast.culture_department, cast.head) is None

    def test_nobody_in_a_tree_without_managers(self, cast):
        assert approving_unit(cast.communications, cast.communicator) is None

    def test_the_head_applies_for_the_library_and_its_manager_decides(self, cast, send, now):
        application = send(by=cast.head, responsible=cast.head)
        assert application.managers(now.date()) == [cast.manager, cast.deputy]

    def test_a_deputy_who_applies_does_not_decide(self, cast, send, now):
        application = send(by=cast.deputy, responsible=cast.deputy)
        assert application.managers(now.date()) == [cast.manager]

    @pytest.mark.parametrize(
        ("first", "last", "decides"),
        [(0, 0, True), (-5, 5, True), (1, 5, False), (-5, -1, False), (-5, None, True), (1, None, False)],
    )
    def test_a_deputy_decides_within_the_dates(self, cast, submitted, today, first, last, decides):
        other = DeputyFactory(
            unit=cast.library,
            from_date=today + timedelta(days=first),
            to_date=None if last is None else today + timedelta(days=last),
        ).user
        assert (other in submitted.managers(today)) is decides
        assert Application.objects.to_decide_by(other, today).exists() is decides

    def test_a_deputy_who_has_left_does_not(self, cast, submitted, now, today):
        cast.deputy.is_active = False
        cast.deputy.record(by=cast.administrator, now=now, reason="Slutade")
        assert submitted.managers(today) == [cast.manager]


class TestWithdraw:
    def test_takes_it_back(self, cast, submitted, now):
        withdrawn = withdraw(submitted.pk, by=cast.librarian, now=now)
        assert Application.objects.get().status == ApplicationStatus.WITHDRAWN
        row = last_of(withdrawn)
        assert (row.history_user, row.history_change_reason) == (cast.librarian, "Återtagen")

    def test_takes_the_draft_of_a_returned_one_along(self, cast, submitted, now):
        send_back(submitted)
        make_draft(cast.librarian, application=submitted)
        withdraw(submitted.pk, by=cast.librarian, now=now)
        assert not Draft.objects.exists()

    @pytest.mark.parametrize(
        "who", ["assistant", "manager", "deputy", "head", "outsider", "communicator", "administrator"]
    )
    def test_nobody_but_the_applicant(self, cast, submitted, now, who):
        with pytest.raises(PermissionDenied):
            withdraw(submitted.pk, by=getattr(cast, who), now=now)

    @pytest.mark.parametrize("decide", [approve, reject, withdraw_own])
    def test_not_after_a_decision(self, cast, submitted, now, decide):
        decide(submitted)
        with pytest.raises(RefusedError):
            withdraw(submitted.pk, by=cast.librarian, now=now)


class TestNameManager:
    @pytest.fixture
    def orphan(self, cast):
        """The head's own application: nobody above."""
        return ApplicationFactory(unit=cast.culture_department, applicant=cast.head)

    def test_kommunikationsenheten_is_asked_by_mail(self, cast, send, settings):
        send(by=cast.head, unit=cast.culture_department, responsible=cast.head)
        (mail,) = Mail.objects.all()
        assert mail.to == [settings.COMMUNICATIONS_EMAIL]
        assert mail.subject.startswith("Utse vem som beslutar")

    def test_names_one_who_then_decides(self, cast, orphan, now, today):
        assert Application.objects.without_manager(now.date()).get() == orphan
        named = name_manager(orphan.pk, manager=cast.manager, by=cast.communicator, now=now)
        assert named.managers(today) == [cast.manager]
        assert last_of(named).history_user == cast.communicator
        assert Mail.objects.get().to == [cast.manager.email]
        assert Application.objects.to_decide_by(cast.manager, today).get() == orphan
        assert not Application.objects.without_manager(now.date()).exists()
        assert approve(orphan).status == ApplicationStatus.APPROVED

    @pytest.mark.parametrize("who", ["librarian", "manager", "head", "administrator", "outsider"])
    def test_nobody_but_kommunikationsenheten(self, cast, orphan, now, who):
        with pytest.raises(PermissionDenied):
            name_manager(orphan.pk, manager=cast.manager, by=getattr(cast, who), now=now)

    def test_never_the_applicant(self, cast, orphan, now):
        with pytest.raises(RefusedError, match="någon annan"):
            name_manager(orphan.pk, manager=cast.head, by=cast.communicator, now=now)

    def test_never_one_who_has_left(self, cast, orphan, now):
        with pytest.raises(RefusedError):
            name_manager(orphan.pk, manager=UserFactory(is_active=False), by=cast.communicator, now=now)

    def test_not_where_somebody_can_decide(self, cast, submitted, now):
        with pytest.raises(RefusedError, match="redan en chef"):
            name_manager(submitted.pk, manager=cast.head, by=cast.communicator, now=now)

    def test_again_when_the_one_named_has_left(self, cast, orphan, now, today):
        name_manager(orphan.pk, manager=cast.manager, by=cast.communicator, now=now)
        cast.manager.is_active = False
        cast.manager.record(by=cast.administrator, now=now, reason="Slutade")
        assert name_manager(orphan.pk, manager=cast.deputy, by=cast.communicator, now=now).managers(today) == [
            cast.deputy
        ]


class TestSeeing:
    @pytest.mark.parametrize(
        ("who", "sees"),
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
    def test_visible_to(self, cast, submitted, today, who, sees):
        assert Application.objects.visible_to(getattr(cast, who), today).exists() is sees

    @pytest.mark.parametrize(
        ("who", "decides"),
        [("manager", True), ("deputy", True), ("librarian", False), ("head", False), ("communicator", False)],
    )
    def test_to_decide_by(self, cast, submitted, today, who, decides):
        assert Application.objects.to_decide_by(getattr(cast, who), today).exists() is decides

    def test_nobody_decides_on_their_own(self, cast, today):
        ApplicationFactory(unit=cast.library, applicant=cast.manager)
        assert not Application.objects.to_decide_by(cast.manager, today).exists()
        assert Application.objects.to_decide_by(cast.head, today).exists()


@pytest.mark.django_db(transaction=True)
class TestRace:
    @pytest.fixture
    def both(self, cast, content, now):
        """Two colleagues who apply for one account."""
        first, second = make_draft(cast.librarian), make_draft(cast.assistant)
        filled = content()
        return (
            lambda: submit(first.pk, content=filled, by=cast.librarian, now=now),
            lambda: submit(second.pk, content=filled, by=cast.assistant, now=now),
        )

    def test_two_apply_for_one_account(self, both, monkeypatch):
        """No lock can help here, since neither row exists yet: the database's unique constraint decides."""
        meet_at(monkeypatch, applications, "approving_unit")
        outcomes = race(*both)
        assert len(winners(outcomes)) == 1
        (error,) = losers(outcomes)
        assert isinstance(error, RefusedError)
        assert Application.objects.count() == 1
        assert Draft.objects.count() == 1

    def test_one_draft_sent_twice(self, cast, content, now, monkeypatch):
        draft, filled = make_draft(cast.librarian), content()
        meet_at(monkeypatch, applications, "approving_unit")
        outcomes = race(*[lambda: submit(draft.pk, content=filled, by=cast.librarian, now=now)] * 2)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], Draft.DoesNotExist)
        assert Application.objects.count() == 1
        assert Mail.objects.count() == 2, "one to the manager, one to the deputy"

    def test_without_the_lock_the_constraint_still_holds(self, cast, content, now, monkeypatch):
        draft, filled = make_draft(cast.librarian), content()
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, applications, "approving_unit")
        outcomes = race(*[lambda: submit(draft.pk, content=filled, by=cast.librarian, now=now)] * 2)
        assert len(winners(outcomes)) == 1
        assert isinstance(losers(outcomes)[0], RefusedError), "by the constraint now, not by the lock"
        assert Application.objects.count() == 1
