from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import ApplicationStatus
from accounts.models import Application, Draft
from tests.factories import AccountFactory, make_draft, platform, returned_application
from tests.mails import send_all, unsent
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post, words_of
from tests.race import race, winners

pytestmark = pytest.mark.django_db


def address(draft):
    return reverse("accounts:draft-send", args=[getattr(draft, "pk", draft)])


@pytest.fixture
def draft(cast, filled_in):
    return make_draft(cast.librarian, **filled_in)


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_sends_to_the_manager(client, cast, draft, now):
    page = Page(client.post(address(draft), follow=True))
    application = Application.objects.get()
    assert page.heading == "Laholms bibliotek på Instagram"
    managers = "Enhetschef Ek, enhetschef, biblioteket och Ställföreträdare Sten, bibliotekarie, biblioteket"
    assert page.messages == [f"Skickat till {managers}. Du får mejl när det är beslutat."]
    assert (application.status, application.applicant) == (ApplicationStatus.SUBMITTED, cast.librarian)
    assert (application.submitted_at, application.approving_unit) == (now, cast.library)
    assert application.web_address == "https://www.instagram.com/laholmsbibliotek"
    assert not Draft.objects.exists()
    mails = unsent().order_by("to")
    assert [mail.to for mail in mails] == [[cast.manager.email], [cast.deputy.email]]
    link = reverse("accounts:application-approve", args=[application.pk])
    assert all(f"http://testserver{link}" in mail.text and link in mail.html for mail in mails)


def test_the_applicant_who_is_manager_sends_to_the_manager_above(client_for, cast, filled_in):
    draft = make_draft(cast.manager, **filled_in)
    client_for(cast.manager).post(address(draft))
    assert Application.objects.get().approving_unit == cast.culture_department
    assert [mail.to for mail in unsent()] == [[cast.head.email]]


def test_kommunikationsenheten_is_asked_where_nobody_can_decide(client, cast, filled_in, settings):
    draft = make_draft(cast.librarian, **{**filled_in, "unit": str(cast.communications.pk)})
    page = Page(client.post(address(draft), follow=True))
    assert page.messages == [
        "Skickat till kommunikationsenheten, som utser vem som beslutar. Du får mejl när det är beslutat."
    ]
    assert "Kommunikationsenheten utser vem som beslutar." in page.text
    assert [mail.to for mail in unsent()] == [[settings.COMMUNICATIONS_EMAIL]]


def test_a_returned_application_is_sent_again(client, cast, filled_in, clock):
    application = returned_application(
        unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, handle="laholmsbibliotek"
    )
    send_all()
    clock.move(hours=2)
    draft = make_draft(cast.librarian, application=application, purpose="Klarare syfte.")
    client.post(address(draft))
    application.refresh_from_db()
    assert (application.status, application.purpose) == (ApplicationStatus.SUBMITTED, "Klarare syfte.")
    assert application.submitted_at == clock.now
    assert {mail.to[0] for mail in unsent()} == {cast.manager.email, cast.deputy.email}


def test_an_account_in_the_register_is_not_started_again(client, draft, filled_in, cast):
    AccountFactory(
        platform=platform("instagram"), handle="laholmsbibliotek", name="Gamla biblioteket", unit=cast.library
    )
    response = client.post(address(draft))
    page = Page(response)
    assert response.status_code == 200
    assert page.title == "Fel: Starta nytt konto"
    said = "Kontot finns redan i registret: Gamla biblioteket på Instagram, biblioteket, planerat."
    assert page.errors == {"web_address": said}
    assert words_of(page.soup.select_one(".ls-panel h2")) == "Kontot finns redan"
    assert page.links["biblioteket@laholm.example"] == "mailto:biblioteket@laholm.example"
    assert page.typed("purpose") == filled_in["purpose"]
    assert page.typed("checklist") == filled_in["checklist"]
    assert (Draft.objects.count(), Application.objects.count(), unsent().count()) == (1, 0, 0)


def test_an_account_that_somebody_applies_for_is_not_applied_for_again(client_for, submitted, cast, filled_in):
    draft = make_draft(cast.outsider, **filled_in)
    page = Page(client_for(cast.outsider).post(address(draft)))
    assert page.errors == {
        "web_address": "En uppstart för https://www.instagram.com/laholmsbibliotek är redan på väg: "
        "Laholms bibliotek på Instagram, biblioteket, väntar på chefen."
    }
    assert Application.objects.get() == submitted


def test_what_is_not_whole_is_not_sent(client, cast, filled_in):
    draft = make_draft(cast.librarian, **{**filled_in, "checklist": []})
    page = Page(client.post(address(draft)))
    assert page.errors == {"checklist": "Gå igenom checklistan och kryssa i alla sex punkter"}
    assert (Draft.objects.count(), Application.objects.count()) == (1, 0)


def test_what_is_sent_is_the_draft_and_not_what_comes_with_the_press(client, draft):
    client.post(address(draft), {"account_name": "Något annat"})
    assert Application.objects.get().account_name == "Laholms bibliotek"


def test_a_second_press_sends_nothing(client, draft):
    assert client.post(address(draft)).status_code == 302
    assert client.post(address(draft)).status_code == 404
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_one(client_for, cast, draft):
    clients = [client_for(cast.librarian) for _press in range(2)]
    answers = winners(race(*[lambda client=client: client.post(address(draft)).status_code for client in clients]))
    assert sorted(answers) == [302, 404]
    assert Application.objects.count() == 1


@pytest.mark.parametrize("person", ["outsider", "manager", "communicator"])
def test_anyone_elses_draft_is_404(client_for, cast, draft, person):
    assert client_for(getattr(cast, person)).post(address(draft)).status_code == 404
    assert (Draft.objects.count(), Application.objects.count()) == (1, 0)


def test_unknown_draft_is_404(client):
    assert client.post(address(uuid4())).status_code == 404


def test_reading_sends_nothing(client, draft):
    assert_only_post(client, address(draft))
    assert Application.objects.count() == 0


def test_anonymous_is_sent_to_sign_in(draft):
    assert_asks_for_sign_in(address(draft))
    assert Application.objects.count() == 0
