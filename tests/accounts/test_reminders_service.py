"""An application that nobody answers: three working days, and three more."""

from datetime import datetime, timedelta

import pytest

from accounts.enums import ApplicationStatus
from accounts.models import Application
from accounts.models.people import SYSTEM_USER_ID
from accounts.services import reminders
from accounts.services.applications import name_manager, submit
from accounts.services.reminders import remind_managers
from tests.clock import STOCKHOLM
from tests.factories import ApplicationFactory, approve, make_draft, send_back
from tests.jobs import perform_waiting_jobs
from tests.mails import send_all, unsent
from tests.race import race, winners

pytestmark = pytest.mark.django_db


def at(day: str, hour: int = 7) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=STOCKHOLM)


@pytest.fixture
def sent(cast):
    """The librarian's application, as sent at the moment given."""

    def send(moment: datetime, **changes) -> Application:
        people = {"unit": cast.library, "applicant": cast.librarian, "substitute": cast.assistant}
        return ApplicationFactory(**{**people, **changes}, now=moment)

    return send


def to() -> list[str]:
    """To whom there is mail, the oldest first; and forget it."""
    mails = [address for mail in unsent().order_by("created_at", "to") for address in mail.to]
    send_all()
    return mails


@pytest.mark.parametrize(
    ("sent_on", "first_reminder"),
    [
        ("2026-11-24", "2026-11-27"),  # Tuesday to Friday
        ("2026-11-26", "2026-12-01"),  # over a weekend
        ("2026-11-28", "2026-12-02"),  # from a Saturday
        ("2026-12-22", "2026-12-29"),  # over Christmas
        ("2026-12-30", "2027-01-07"),  # over New Year and Epiphany
    ],
)
def test_reminds_on_the_third_working_day_and_not_before(sent, cast, sent_on, first_reminder):
    application = sent(at(sent_on, 16))
    day = at(first_reminder)
    days_before = (day.date() - at(sent_on).date()).days
    assert [remind_managers(day - timedelta(days=number)) for number in range(days_before, 0, -1)] == [0] * days_before
    assert remind_managers(day) == 1
    application.refresh_from_db()
    assert application.reminded_at == day
    assert to() == [cast.manager.email, cast.deputy.email]


def test_says_who_waits_and_where_to_answer(sent, cast):
    application = sent(at("2026-11-24"))
    remind_managers(at("2026-11-27"))
    mail = unsent().get(to=[cast.manager.email])
    assert mail.subject == f"Påminnelse: {application}"
    assert "Bibliotekarie Björk" in mail.text
    assert f"/uppstarter/{application.pk}/godkann/" in mail.text
    assert f"/uppstarter/{application.pk}/godkann/" in mail.html
    row = application.history.latest("history_date", "history_id")
    assert (row.history_user_id, row.history_change_reason) == (SYSTEM_USER_ID, "Chefen påmindes efter tre arbetsdagar")


def test_again_the_same_day_does_nothing(sent, cast):
    sent(at("2026-11-24"))
    assert [remind_managers(at("2026-11-27", hour)) for hour in (7, 8, 9)] == [1, 0, 0]
    assert to() == [cast.manager.email, cast.deputy.email]


@pytest.mark.parametrize("day_off", ["2026-11-28", "2026-12-24", "2027-01-01", "2027-01-06"])
def test_nobody_is_reminded_on_a_day_off(sent, day_off):
    sent(at("2026-11-20"))
    assert remind_managers(at(day_off)) == 0


class TestEscalation:
    @pytest.fixture
    def reminded(self, sent):
        application = sent(at("2026-11-24"))
        remind_managers(at("2026-11-27"))
        to()
        return application

    def test_gives_the_decision_also_to_the_managers_manager(self, reminded, cast):
        assert remind_managers(at("2026-12-01")) == 0
        assert cast.head not in Application.objects.get().managers(at("2026-12-01").date())
        assert remind_managers(at("2026-12-02")) == 1
        application = Application.objects.get()
        assert application.managers(at("2026-12-02").date()) == [cast.manager, cast.deputy, cast.head]
        assert to() == [cast.head.email]
        for_head = Application.objects.to_decide_by(cast.head, at("2026-12-02").date())
        assert list(for_head) == [application]
        assert application in Application.objects.visible_to(cast.head, at("2026-12-02").date())

    def test_happens_once(self, reminded):
        assert [remind_managers(at(day)) for day in ("2026-12-02", "2026-12-03", "2026-12-20", "2027-01-20")] == [
            1,
            0,
            0,
            0,
        ]

    def test_either_may_decide_then(self, reminded, cast):
        remind_managers(at("2026-12-02"))
        assert approve(Application.objects.get(), by=cast.head, now=at("2026-12-02", 9)).status == "approved"

    def test_the_one_above_may_not_before(self, reminded, cast):
        assert reminded not in Application.objects.visible_to(cast.head, at("2026-12-01").date())

    def test_is_over_when_it_is_sent_again(self, reminded, cast, content):
        remind_managers(at("2026-12-02"))
        application = send_back(Application.objects.get(), by=cast.manager, now=at("2026-12-02", 9))
        draft = make_draft(cast.librarian, application=application)
        application = submit(draft.pk, content=content(), by=cast.librarian, now=at("2026-12-03"))
        assert (application.reminded_at, application.escalated_at, application.escalation_unit) == (None, None, None)
        assert cast.head not in application.managers(at("2026-12-03").date())

    def test_goes_past_a_manager_who_leads_both(self, sent, cast, now):
        cast.culture_department.manager = cast.manager
        cast.culture_department.record(by=cast.administrator, now=now, reason="Chef för båda")
        application = sent(at("2026-11-24"))
        remind_managers(at("2026-11-27"))
        to()
        remind_managers(at("2026-12-02"))
        application.refresh_from_db()
        assert application.escalated_at is not None
        assert application.escalation_unit is None
        mail = unsent().get()
        assert mail.to == ["kommunikationsenheten@laholm.se"]
        assert "Enhetschef Ek" in mail.text

    def test_the_applicant_above_is_never_asked(self, sent, cast):
        application = sent(at("2026-11-24"), applicant=cast.head, responsible=cast.librarian)
        remind_managers(at("2026-11-27"))
        remind_managers(at("2026-12-02"))
        application.refresh_from_db()
        assert cast.head not in application.managers(at("2026-12-02").date())


def test_where_nobody_can_decide_kommunikationsenheten_is_reminded(sent, cast, settings):
    sent(at("2026-11-24"), unit=cast.communications)
    remind_managers(at("2026-11-27"))
    assert to() == [settings.COMMUNICATIONS_EMAIL]


def test_days_count_from_when_somebody_was_named(sent, cast):
    application = sent(at("2026-11-24"), unit=cast.communications)
    name_manager(application.pk, manager=cast.outsider_manager, by=cast.communicator, now=at("2026-12-01"))
    to()
    assert remind_managers(at("2026-12-03")) == 0
    assert remind_managers(at("2026-12-04")) == 1
    assert to() == [cast.outsider_manager.email]


@pytest.mark.parametrize("decide", [approve, send_back])
def test_what_is_decided_is_left_alone(sent, decide):
    decide(sent(at("2026-11-20")))
    to()
    assert remind_managers(at("2026-12-16")) == 0
    assert to() == []


def test_the_job_does_it(sent, clock):
    from accounts.tasks import remind_managers as job

    sent(at("2026-11-20"))
    job(timestamp=0)
    assert Application.objects.get().reminded_at is None
    clock.move(days=1)
    job(timestamp=0)
    assert Application.objects.get().reminded_at == clock.now
    assert perform_waiting_jobs() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once(sent):
    application = sent(at("2026-11-24"))
    outcomes = race(*[lambda: reminders.remind(application.pk, now=at("2026-11-27"))] * 2)
    assert sorted(winners(outcomes)) == [False, True]
    assert unsent().count() == 2
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED
