from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Decision
from tests.accounts.decide import status_of
from tests.factories import approve, reject, send_back
from tests.mails import send_all, unsent
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
COMMENT = "Välj ett annat <namn>."
NOT_NOW = "Bara en godkänd uppstart som inte är registrerad kan skickas tillbaka härifrån."


def address(application):
    return reverse("accounts:application-void-approval", args=[getattr(application, "pk", application)])


@pytest.fixture
def approved(submitted):
    approved = approve(submitted)
    send_all()
    return approved


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


def test_asks_what_should_change(communicator, approved):
    page = Page(communicator.get(address(approved)))
    assert page.heading == "Skicka tillbaka Laholms bibliotek på Instagram"
    assert "Chefens godkännande upphävs." in page.text
    assert page.links["Avbryt"] == reverse("accounts:application-register", args=[approved.pk])


def test_the_approval_is_void(communicator, approved, cast, clock):
    clock.move(minutes=5)
    page = Page(communicator.post(address(approved), {"comment": COMMENT}, follow=True))
    assert page.messages == ["Uppstarten är tillbaka hos den som fyllde i den."]
    assert status_of(approved) == ApplicationStatus.RETURNED
    decision = Decision.objects.get(kind=DecisionKind.VOIDED)
    assert (decision.by, decision.comment) == (cast.communicator, COMMENT)
    assert decision.sign_in_method == SignInMethod.MFA
    assert Decision.objects.filter(kind=DecisionKind.APPROVED).exists()
    assert [mail.to for mail in unsent()] == [[cast.librarian.email]]


def test_a_reason_is_wanted(communicator, approved):
    page = Page(communicator.post(address(approved), {"comment": " "}))
    assert page.title == "Fel: Skicka tillbaka Laholms bibliotek på Instagram"
    assert page.errors == {"comment": "Skriv vad som ska ändras"}
    assert status_of(approved) == ApplicationStatus.APPROVED


@pytest.mark.parametrize("decide", [None, send_back, reject])
def test_what_is_not_approved_stays(communicator, submitted, decide):
    before = decide(submitted).status if decide else submitted.status
    page = Page(communicator.post(address(submitted), {"comment": COMMENT}))
    assert page.summary == [NOT_NOW]
    assert page.typed("comment") == COMMENT
    assert status_of(submitted) == before


def test_reading_voids_nothing(communicator, approved):
    communicator.get(address(approved), {"comment": COMMENT})
    assert status_of(approved) == ApplicationStatus.APPROVED


@pytest.mark.parametrize("person", ["librarian", "manager", "outsider", "administrator"])
def test_only_kommunikationsenheten_may(client_for, cast, approved, person):
    client = client_for(getattr(cast, person))
    assert client.get(address(approved)).status_code == 403
    assert client.post(address(approved), {"comment": COMMENT}).status_code == 403
    assert status_of(approved) == ApplicationStatus.APPROVED


def test_unknown_application_is_404(communicator):
    assert communicator.get(address(uuid4())).status_code == 404
    assert communicator.post(address(uuid4()), {"comment": COMMENT}).status_code == 404


def test_anonymous_is_sent_to_sign_in(approved):
    assert_asks_for_sign_in(address(approved))
