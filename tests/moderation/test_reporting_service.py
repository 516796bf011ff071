"""Reports from the public: kept, joined, placed and answered, whatever else is down."""

import socket

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.models import Mail
from moderation.enums import ActionKind, CaseStatus, RecordChoice
from moderation.models import Case, Evidence, PublicReport, ReportContent, ReporterContact, ReportPicture
from moderation.reported import Answer, Wrong
from moderation.services import opening
from moderation.services.deciding import Deed, act_and_settle
from moderation.services.report_outcomes import DISCREET, OUTCOMES, tell_reporters
from moderation.services.reporting import answer_report, place_report
from moderation.services.settling import Settlement
from tests.clock import NOW
from tests.factories import platform
from tests.jobs import perform_waiting_jobs, run_worker, waiting_jobs
from tests.moderation.factories import library_account, picture
from tests.moderation.reporting import POST, reported, send
from tests.race import meet_at, race, winners

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return library_account(cast, platform=platform("facebook"), handle="laholmsbibliotek")


def close(case: Case, outcome: str, cast) -> None:
    case.refresh_from_db()
    case.status, case.outcome, case.decided_at = CaseStatus.DECIDED, outcome, NOW
    case.record(by=cast.librarian, now=NOW, reason="Upplagt för prov")
    case.status, case.closed_at, case.record_choice = CaseStatus.CLOSED, NOW, RecordChoice.REGISTER
    case.record(by=cast.librarian, now=NOW, reason="Upplagt för prov")


def open_again(case: Case, cast) -> None:
    case.status, case.outcome, case.decided_at = CaseStatus.NEW, "", None
    case.closed_at, case.record_choice = None, ""
    case.record(by=cast.librarian, now=NOW, reason="Upplagt för prov")


class TestTake:
    def test_the_one_who_reported_is_nobody(self, account):
        report = reported(account)
        action = report.case.actions.get()
        assert (action.kind, action.by.presented_as) == (ActionKind.REPORTED, "Portalen")
        assert report.history.get().history_user == action.by

    def test_a_case_that_cannot_be_opened_takes_the_report_with_it(self, account, monkeypatch):
        monkeypatch.setattr("moderation.services.reporting.open_case", _breaks)
        with pytest.raises(RuntimeError):
            reported(account, email="anna@exempel.example")
        assert (PublicReport.objects.count(), Mail.objects.count(), waiting_jobs()) == (0, 0, [])

    def test_what_was_said_is_kept_as_it_came(self, account):
        reported(account, text="Så här.")
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("UPDATE moderation_reportcontent SET text = 'Annorlunda'")

    def test_what_was_said_is_not_in_the_history(self, account):
        report = reported(account, text="Hemligt ord")
        fields = {field.name for field in report.history.model._meta.get_fields()}
        assert not fields & {"text", "link", "receipt", "email"}


class TestWhenOtherThingsAreDown:
    def test_a_dead_mail_server_costs_no_report(self, account, settings):
        with socket.socket() as nobody_listens:
            nobody_listens.bind(("127.0.0.1", 0))
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = nobody_listens.getsockname()
            response = send(email="anna@exempel.example")
            assert response.status_code == 302
            assert Client().get(response.url).status_code == 200
            with pytest.raises(OSError, match="refused"):
                perform_waiting_jobs()
        assert [job.task_name for job in waiting_jobs()] == ["send_mail"]

    def test_and_the_mail_goes_out_when_it_is_back(self, account, mail_server):
        send(email="anna@exempel.example")
        assert mail_server.messages == []  # no worker is needed to take a report
        perform_waiting_jobs()
        [letter] = mail_server.messages
        assert letter["To"] == "anna@exempel.example"


@pytest.mark.django_db(transaction=True)
def test_is_committed_before_the_receipt_is_shown(cast, owner, mail_server):
    library_account(cast, platform=platform("facebook"), handle="laholmsbibliotek")
    receipt = send(email="anna@exempel.example").url.rstrip("/").rsplit("/", 1)[-1]
    assert owner.execute("SELECT receipt FROM moderation_publicreport").fetchall() == [(receipt,)]
    run_worker()
    assert len(mail_server.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_link_reported_twice_at_once_joins_one_case(cast, monkeypatch):
    account = library_account(cast)
    meet_at(monkeypatch, opening, "_write")
    reports = winners(race(*[lambda: reported(account)] * 2))
    assert len(reports) == 2
    assert len({report.case_id for report in reports}) == 1
    assert Case.objects.get().actions.count() == 2


class TestPlace:
    def test_the_case_begins_when_the_report_came(self, account, cast, clock):
        report = reported(link=POST, wrong=Wrong.COARSE)
        later = clock.move(days=3)
        place_report(report.pk, account, by=cast.communicator, now=later)
        case = Case.objects.get()
        assert (case.account, case.reported_at, case.starts_at, case.discovered_at) == (account, NOW, NOW, later)
        report.refresh_from_db()
        assert (report.case, report.account) == (case, account)
        assert list(PublicReport.objects.waiting()) == []

    def test_its_picture_becomes_the_copy(self, account, cast):
        report = reported(picture=picture())
        place_report(report.pk, account, by=cast.communicator, now=NOW)
        assert bytes(Evidence.objects.get().original) == bytes(ReportPicture.objects.get().original)

    def test_may_join_a_case(self, account, cast):
        first = reported(account)
        second = reported(link=POST)
        place_report(second.pk, account, by=cast.communicator, now=NOW)
        second.refresh_from_db()
        assert second.case == first.case

    def test_is_for_kommunikationsenheten_alone(self, account, cast):
        report = reported()
        for person in (cast.librarian, cast.manager, cast.administrator):
            with pytest.raises(PermissionDenied):
                place_report(report.pk, account, by=person, now=NOW)

    def test_once(self, account, cast):
        report = reported()
        place_report(report.pk, account, by=cast.communicator, now=NOW)
        with pytest.raises(RefusedError, match="redan lagd"):
            place_report(report.pk, account, by=cast.communicator, now=NOW)
        with pytest.raises(RefusedError, match="redan lagd"):
            answer_report(report.pk, Answer.NOT_OURS, by=cast.communicator, now=NOW)


class TestAnswer:
    def test_tells_whoever_wants_to_know(self, cast):
        report = reported(wrong=Wrong.FAKE, email="anna@exempel.example")
        answer_report(report.pk, Answer.FAKE_REPORTED, by=cast.communicator, now=NOW)
        mail = Mail.objects.get(subject__startswith="Svar")
        assert mail.to == ["anna@exempel.example"]
        assert Answer.FAKE_REPORTED.label in mail.text

    def test_others_get_no_mail(self, cast):
        answer_report(reported(wrong=Wrong.FAKE).pk, Answer.NOT_OURS, by=cast.communicator, now=NOW)
        assert not Mail.objects.exists()

    def test_is_for_kommunikationsenheten_alone(self, cast):
        with pytest.raises(PermissionDenied):
            answer_report(reported().pk, Answer.NOT_OURS, by=cast.librarian, now=NOW)

    def test_once(self, account, cast):
        report = reported()
        answer_report(report.pk, Answer.NOT_OURS, by=cast.communicator, now=NOW)
        with pytest.raises(RefusedError, match="redan besvarad"):
            answer_report(report.pk, Answer.PASSED_ON, by=cast.communicator, now=NOW)
        with pytest.raises(RefusedError, match="redan besvarad"):
            place_report(report.pk, account, by=cast.communicator, now=NOW)


class TestTellReporters:
    @pytest.fixture
    def report(self, account):
        return reported(account, email="anna@exempel.example")

    def told(self) -> list[str]:
        return [mail.text for mail in Mail.objects.filter(subject__startswith="Svar").order_by("created_at")]

    def test_when_the_post_is_closed(self, report, cast):
        close(report.case, "removed", cast)
        assert tell_reporters(report.case, now=NOW) == 1
        [text] = self.told()
        assert OUTCOMES["removed"] in text
        assert ReporterContact.objects.get().told_at == NOW

    def test_each_who_reported_it_and_wants_to_know(self, report, account, cast):
        reported(account, email="bo@exempel.example")
        reported(account)
        close(report.case, "left", cast)
        assert tell_reporters(report.case, now=NOW) == 2
        assert sorted(mail.to[0] for mail in Mail.objects.filter(subject__startswith="Svar")) == [
            "anna@exempel.example",
            "bo@exempel.example",
        ]

    def test_not_before_it_is_decided(self, report):
        assert tell_reporters(report.case, now=NOW) == 0

    def test_once_for_one_outcome_and_again_for_another(self, report, cast):
        case = report.case
        close(case, "left", cast)
        assert [tell_reporters(case, now=NOW), tell_reporters(case, now=NOW)] == [1, 0]
        open_again(case, cast)
        close(case, "removed", cast)
        assert tell_reporters(case, now=NOW) == 1

    def test_nothing_of_what_may_be_secret(self, account, cast):
        report = reported(account, wrong=Wrong.PRIVATE, email="anna@exempel.example", text="Sekretess")
        close(report.case, "removed", cast)
        tell_reporters(report.case, now=NOW)
        [text] = self.told()
        assert DISCREET in text
        assert "ekretess" not in text
        assert ReportContent.objects.get().text == "Sekretess"

    def test_nobody_when_the_closing_is_undone(self, report, cast):
        close(report.case, "removed", cast)
        with transaction.atomic():
            tell_reporters(report.case, now=NOW)
            transaction.set_rollback(True)
        assert self.told() == []


def _breaks(*arguments, **named):
    raise RuntimeError


@pytest.mark.parametrize("choice", [RecordChoice.KEPT_IN_ORDER, RecordChoice.REGISTER])
def test_closing_the_post_tells_them_in_the_same_moment(account, cast, choice):
    report = reported(account, email="anna@exempel.example", picture=picture())
    deed = Deed(ActionKind.REMOVED)
    settlement = Settlement(choice, "Det räcker.")
    act_and_settle(report.case_id, deed, settlement, version=report.case.version, by=cast.librarian, now=NOW)
    [mail] = Mail.objects.filter(subject__startswith="Svar")
    assert OUTCOMES["removed"] in mail.text
