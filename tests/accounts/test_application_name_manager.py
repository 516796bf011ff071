from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Application
from accounts.services.applications import name_manager
from laholm_sociala.common.models import Mail
from tests.factories import ApplicationFactory, UserFactory
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db


def address(application):
    return reverse("accounts:application-name-manager", args=[getattr(application, "pk", application)])


def named_manager(application):
    return Application.objects.get(pk=application.pk).named_manager


@pytest.fixture
def without_manager(cast):
    """Sent for kommunikationsenheten's own unit, which has no manager."""
    return ApplicationFactory(unit=cast.communications, applicant=cast.librarian, account_name="Vi i Laholm")


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


def test_asks_who_decides(communicator, without_manager):
    page = Page(communicator.get(address(without_manager)))
    assert page.heading == "Vem beslutar om Vi i Laholm på Instagram?"
    assert page.lead == (
        "Den som fyllde i uppstarten är Bibliotekarie Björk, bibliotekarie, biblioteket. "
        "Ingen chef över den personen kan besluta."
    )
    assert "Förvaltningschef Frisk, förvaltningschef, kultur- och utvecklingsförvaltningen" in page.choices("manager")


def test_names_and_asks_the_one_who_decides(communicator, client_for, without_manager, cast):
    page = Page(communicator.post(address(without_manager), {"manager": str(cast.head.pk)}, follow=True))
    assert page.messages == [
        "Förvaltningschef Frisk, förvaltningschef, kultur- och utvecklingsförvaltningen får mejl och beslutar."
    ]
    assert named_manager(without_manager) == cast.head
    [mail] = Mail.objects.all()
    link = reverse("accounts:application-approve", args=[without_manager.pk])
    assert mail.to == [cast.head.email]
    assert link in mail.text
    assert client_for(cast.head).get(link).status_code == 200


@pytest.mark.parametrize("nonsense", ["", "ingen", str(uuid4()), "\0"])
def test_someone_has_to_be_chosen(communicator, without_manager, nonsense):
    page = Page(communicator.post(address(without_manager), {"manager": nonsense}))
    assert page.title == "Fel: Vem beslutar om Vi i Laholm på Instagram?"
    assert list(page.errors) == ["manager"]
    assert named_manager(without_manager) is None


def test_the_applicant_is_not_chosen(communicator, without_manager, cast):
    page = Page(communicator.post(address(without_manager), {"manager": str(cast.librarian.pk)}))
    assert page.errors == {"manager": "Välj någon annan än den som fyllde i uppstarten."}
    assert page.typed("manager") == str(cast.librarian.pk)
    assert named_manager(without_manager) is None


def test_one_who_has_left_is_not_chosen(communicator, without_manager):
    left = UserFactory(is_active=False)
    page = Page(communicator.post(address(without_manager), {"manager": str(left.pk)}))
    assert list(page.errors) == ["manager"]
    assert named_manager(without_manager) is None


def test_where_somebody_can_decide_nobody_is_named(communicator, submitted, cast):
    page = Page(communicator.post(address(submitted), {"manager": str(cast.head.pk)}))
    assert page.summary == ["Uppstarten har redan en chef som kan besluta."]
    assert page.typed("manager") == str(cast.head.pk)
    assert named_manager(submitted) is None


def test_protected_identity_is_shown_by_function(communicator, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True, email="kalle@x.se")
    application = ApplicationFactory(unit=cast.communications, applicant=person)
    response = communicator.get(address(application))
    assert Page(response).lead.startswith("Den som fyllde i uppstarten är Samordnare, biblioteket.")
    assert "Samordnare, biblioteket" in Page(response).choices("manager")
    assert b"kalle" not in response.content


def test_reading_names_nobody(communicator, without_manager, cast):
    communicator.get(address(without_manager), {"manager": str(cast.head.pk)})
    assert named_manager(without_manager) is None


@pytest.mark.parametrize("person", ["librarian", "head", "outsider", "administrator"])
def test_only_kommunikationsenheten_may(client_for, cast, without_manager, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(without_manager)).status_code == 403
    assert client.post(address(without_manager), {"manager": str(cast.head.pk)}).status_code == 403
    assert named_manager(without_manager) is None


def test_unknown_application_is_404(communicator, cast):
    assert communicator.get(address(uuid4())).status_code == 404
    assert communicator.post(address(uuid4()), {"manager": str(cast.head.pk)}).status_code == 404


def test_anonymous_is_sent_to_sign_in(without_manager):
    assert_asks_for_sign_in(address(without_manager))


class TestWaitsUnderToDo:
    """Kommunikationsenheten is told of what nobody can decide, or no longer can."""

    def waiting(self, now):
        return list(Application.objects.without_manager(now.date()))

    def test_where_nobody_up_the_tree_can(self, without_manager, now):
        assert self.waiting(now) == [without_manager]

    def test_not_where_the_manager_can(self, cast, now):
        ApplicationFactory(unit=cast.library, applicant=cast.librarian)
        assert self.waiting(now) == []

    def test_when_the_manager_has_left_and_no_deputy_is_there(self, cast, now):
        application = ApplicationFactory(unit=cast.library, applicant=cast.librarian)
        for person in (cast.manager, cast.deputy):
            person.is_active = False
            person.record(by=cast.administrator, now=now, reason="Slutat")
        assert self.waiting(now) == [application]

    def test_when_the_one_named_has_left(self, without_manager, cast, now):
        name_manager(without_manager.pk, manager=cast.head, by=cast.communicator, now=now)
        assert self.waiting(now) == []
        cast.head.is_active = False
        cast.head.record(by=cast.administrator, now=now, reason="Slutat")
        assert self.waiting(now) == [without_manager]
