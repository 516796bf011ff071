from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.bilaga1 import fingerprint
from accounts.enums import ApplicationStatus, DecisionKind
from accounts.models import Decision
from laholm_sociala.common.models import Mail
from tests.accounts.decide import CHANGED, WEAK_SIGN_IN, press, read, status_of
from tests.factories import approve
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
COMMENT = "Vi har redan ett konto."


def address(application):
    return reverse("accounts:application-reject", args=[getattr(application, "pk", application)])


@pytest.fixture
def url(submitted):
    return address(submitted)


@pytest.fixture
def manager(client_for, cast):
    return client_for(cast.manager)


def test_asks_why(manager, url):
    page = read(manager, url)
    assert (page.title, page.heading) == ("Avslå", "Avslå uppstarten")
    assert page.buttons == ["Avslå"]
    assert "Ett avslag avslutar uppstarten." in page.text


def test_rejects_and_tells_the_applicant(manager, url, submitted, cast):
    page = press(manager, url, comment=COMMENT)
    assert page.heading == "Avslaget"
    assert page.lead.startswith("Bibliotekarie Björk, bibliotekarie, biblioteket, får mejl om varför.")
    assert status_of(submitted) == ApplicationStatus.REJECTED
    assert (Decision.objects.get().kind, Decision.objects.get().comment) == (DecisionKind.REJECTED, COMMENT)
    [mail] = Mail.objects.all()
    assert (mail.to, mail.subject) == ([cast.librarian.email], "Avslaget: Laholms bibliotek på Instagram")
    assert COMMENT in mail.text


def test_a_reason_is_wanted(manager, url, submitted):
    page = press(manager, url, comment=" ")
    assert page.title == "Fel: Avslå"
    assert page.errors == {"comment": "Skriv varför du avslår"}
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_by_password_alone_it_is_refused(client_for, cast, url, submitted):
    page = press(client_for(cast.manager, method="password"), url, comment=COMMENT)
    assert page.summary == [WEAK_SIGN_IN]
    assert page.typed("comment") == COMMENT
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_what_was_never_read_is_not_decided(manager, url, submitted):
    page = Page(manager.post(url, {"seen": "0" * 64, "comment": COMMENT}))
    assert page.summary == [CHANGED]
    assert page.typed("comment") == COMMENT
    assert page.typed("seen") == fingerprint(submitted.canonical_content())
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_the_second_manager_is_told_who_decided(manager, cast, url, submitted):
    read_before = read(manager, url)
    approve(submitted, by=cast.deputy)
    assert press(manager, url, read_before, comment=COMMENT).heading == "Redan beslutat"
    assert status_of(submitted) == ApplicationStatus.APPROVED


def test_reading_rejects_nothing(manager, url, submitted):
    manager.get(url, {"comment": COMMENT, "seen": fingerprint(submitted.canonical_content())})
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize(
    ("person", "answer"),
    [("librarian", 403), ("assistant", 403), ("communicator", 403), ("outsider", 404), ("head", 404)],
)
def test_others_may_not(client_for, cast, url, submitted, person, answer):
    client = client_for(getattr(cast, person))
    assert client.get(url).status_code == answer
    sent = {"comment": COMMENT, "seen": fingerprint(submitted.canonical_content())}
    assert client.post(url, sent).status_code == answer
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_unknown_application_is_404(manager):
    assert manager.get(address(uuid4())).status_code == 404


def test_anonymous_is_sent_to_sign_in(url):
    assert_asks_for_sign_in(url)
