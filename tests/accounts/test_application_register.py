from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus, ApplicationStatus, Duty
from accounts.models import Account
from tests.accounts.decide import status_of
from tests.factories import AccountFactory, ApplicationFactory, approve, platform
from tests.mails import send_all, unsent
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
FILLED_IN = {"consultation": "Med kommunikatören 2026-11-20: ett konto räcker.", "summary": "Boktips och öppettider"}


def address(application):
    return reverse("accounts:application-register", args=[getattr(application, "pk", application)])


@pytest.fixture
def approved(submitted):
    approved = approve(submitted)
    send_all()
    return approved


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


def test_proposes_the_consultation_and_the_line(communicator, approved):
    page = Page(communicator.get(address(approved)))
    assert (page.title, page.heading) == ("Ta emot och registrera", "Laholms bibliotek på Instagram")
    assert page.typed("consultation") == "Kommunikatören 2026-11-20: Håll er till ett konto."
    assert page.typed("summary") == "Boktips, öppettider, sagostunder"
    assert page.facts["Syfte och mål med kontot?"] == approved.purpose
    assert page.buttons == ["Registrera"]
    assert page.links["Skicka tillbaka"] == reverse("accounts:application-void-approval", args=[approved.pk])


@pytest.mark.parametrize(
    ("topics", "line"),
    [
        ("Boktips. Program. Öppettider.", "Boktips"),
        ("Boktips\nProgram", "Boktips"),
        ("Kl. 10. Öppet", "Kl"),
        ("...", ""),
        (". Boktips", ""),
        ("å" * 4000, "å" * 120),
    ],
)
def test_any_topics_can_be_proposed_from(communicator, cast, topics, line):
    application = approve(ApplicationFactory(unit=cast.library, applicant=cast.librarian, topics=topics))
    assert Page(communicator.get(address(application))).typed("summary") == line


def test_registers(communicator, approved, cast, now):
    page = Page(communicator.post(address(approved), FILLED_IN, follow=True))
    account = Account.objects.get()
    assert page.messages == [
        "Laholms bibliotek på Instagram är registrerat som planerat. De som sköter kontot får mejl."
    ]
    assert page.heading == "Laholms bibliotek på Instagram"
    assert (account.status, account.summary, account.registered_at) == (
        AccountStatus.PLANNED,
        "Boktips och öppettider",
        now,
    )
    assert (account.unit, account.board, account.handle) == (cast.library, cast.culture_board, "laholmsbibliotek")
    assert {(task.user, task.duty) for task in account.assignments.all()} == {
        (cast.librarian, Duty.RESPONSIBLE),
        (cast.assistant, Duty.SUBSTITUTE),
    }
    assert status_of(approved) == ApplicationStatus.REGISTERED
    approved.refresh_from_db()
    assert approved.confirmed_consultation == FILLED_IN["consultation"]
    assert {mail.to[0] for mail in unsent()} == {cast.librarian.email, cast.assistant.email}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("consultation", "", "Skriv avstämningen: med vem, när och vilket råd"),
        ("consultation", " \n", "Skriv avstämningen: med vem, när och vilket råd"),
        ("summary", "", "Skriv en rad för den offentliga listan"),
    ],
)
def test_what_is_left_out_is_asked_for(communicator, approved, field, typed, said):
    response = communicator.post(address(approved), {**FILLED_IN, field: typed})
    page = Page(response)
    assert response.status_code == 200
    assert page.title == "Fel: Ta emot och registrera"
    assert page.errors == {field: said}
    [other] = {*FILLED_IN} - {field}
    assert page.typed(other) == FILLED_IN[other]
    assert not Account.objects.exists()


@pytest.mark.parametrize(("field", "longest"), [("consultation", 500), ("summary", 120)])
def test_what_is_too_long_is_said_and_kept(communicator, approved, field, longest):
    page = Page(communicator.post(address(approved), {**FILLED_IN, field: "å" * (longest + 1)}))
    assert list(page.errors) == [field]
    assert page.typed(field) == "å" * (longest + 1)
    assert not Account.objects.exists()


def test_a_second_press_registers_nothing(communicator, approved):
    communicator.post(address(approved), FILLED_IN)
    page = Page(communicator.post(address(approved), FILLED_IN))
    assert page.summary == ["Uppstarten är redan registrerad."]
    assert page.typed("summary") == FILLED_IN["summary"]
    assert Account.objects.count() == 1


def test_what_the_manager_has_not_approved_waits(communicator, submitted):
    page = Page(communicator.post(address(submitted), FILLED_IN))
    assert page.summary == ["Uppstarten väntar på chefens beslut."]
    assert not Account.objects.exists()


def test_an_account_that_came_into_the_register_meanwhile(communicator, approved):
    AccountFactory(platform=platform("instagram"), handle="laholmsbibliotek")
    page = Page(communicator.post(address(approved), FILLED_IN))
    assert page.summary == [
        "Ett konto med adressen https://www.instagram.com/laholmsbibliotek finns redan i registret."
    ]
    assert page.typed("consultation") == FILLED_IN["consultation"]
    assert status_of(approved) == ApplicationStatus.APPROVED


def test_reading_registers_nothing(communicator, approved):
    communicator.get(address(approved), FILLED_IN)
    assert not Account.objects.exists()


@pytest.mark.parametrize("person", ["librarian", "manager", "outsider", "administrator"])
def test_only_kommunikationsenheten_may(client_for, cast, approved, person):
    client = client_for(getattr(cast, person))
    for url in (address(approved), address(uuid4())):
        assert client.get(url).status_code == 403
        assert client.post(url, FILLED_IN).status_code == 403
    assert not Account.objects.exists()


def test_unknown_application_is_404(communicator):
    assert communicator.get(address(uuid4())).status_code == 404
    assert communicator.post(address(uuid4()), FILLED_IN).status_code == 404


def test_anonymous_is_sent_to_sign_in(approved):
    assert_asks_for_sign_in(address(approved))
    assert not Account.objects.exists()
