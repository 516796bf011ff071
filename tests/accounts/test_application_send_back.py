from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.bilaga1 import fingerprint
from accounts.enums import ApplicationStatus, DecisionKind
from accounts.models import Decision
from laholm_sociala.common.models import Mail
from tests.accounts.decide import WEAK_SIGN_IN, press, read, status_of
from tests.factories import ApplicationFactory, UserFactory, approve
from tests.pages import assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
COMMENT = "Skriv vilka <ni> vill nå.\nOch varför."


def address(application):
    return reverse("accounts:application-send-back", args=[getattr(application, "pk", application)])


@pytest.fixture
def url(submitted):
    return address(submitted)


@pytest.fixture
def manager(client_for, cast):
    return client_for(cast.manager)


def test_asks_what_should_change(manager, url):
    page = read(manager, url)
    assert page.title == page.heading == "Skicka tillbaka"
    assert page.lead == "Laholms bibliotek på Instagram, ifylld av Bibliotekarie Björk, bibliotekarie, biblioteket."
    assert page.typed("comment") == ""
    assert page.buttons == ["Skicka tillbaka"]
    assert page.links["Avbryt"] == url.replace("skicka-tillbaka", "godkann")


def test_sends_back_and_tells_the_applicant(manager, url, submitted, cast, now):
    page = press(manager, url, comment=f"  {COMMENT} ")
    assert page.heading == "Skickat tillbaka"
    assert page.lead.startswith("Bibliotekarie Björk, bibliotekarie, biblioteket, läser vad du skrev")
    assert status_of(submitted) == ApplicationStatus.RETURNED
    decision = Decision.objects.get()
    assert (decision.kind, decision.by, decision.decided_at) == (DecisionKind.RETURNED, cast.manager, now)
    assert (decision.comment.replace("\r", ""), decision.assurances) == (COMMENT, [])
    [mail] = Mail.objects.all()
    assert (mail.to, mail.subject) == ([cast.librarian.email], "Skickat tillbaka: Laholms bibliotek på Instagram")
    assert "Skriv vilka <ni> vill nå." in mail.text
    assert "Skriv vilka &lt;ni&gt; vill nå." in mail.html


@pytest.mark.parametrize("comment", ["", "   \n "])
def test_a_reason_is_wanted(manager, url, submitted, comment):
    page = press(manager, url, comment=comment)
    assert page.title == "Fel: Skicka tillbaka"
    assert page.errors == {"comment": "Skriv vad som ska ändras"}
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_a_reason_that_is_too_long_is_kept(manager, url, submitted):
    page = press(manager, url, comment="å" * 2001)
    assert list(page.errors) == ["comment"]
    assert page.typed("comment") == "å" * 2001
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_by_password_alone_it_is_refused_and_the_reason_kept(client_for, cast, url, submitted):
    page = press(client_for(cast.manager, method="password"), url, comment=COMMENT)
    assert page.summary == [WEAK_SIGN_IN]
    assert page.typed("comment") == COMMENT
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_the_second_manager_is_told_who_decided(manager, cast, url, submitted):
    read_before = read(manager, url)
    approve(submitted, by=cast.deputy)
    page = press(manager, url, read_before, comment=COMMENT)
    assert page.heading == "Redan beslutat"
    assert "Ställföreträdare Sten, bibliotekarie, biblioteket hann före: godkänt" in page.lead
    assert status_of(submitted) == ApplicationStatus.APPROVED


def test_reading_sends_nothing_back(manager, url, submitted):
    manager.get(url, {"comment": COMMENT, "seen": fingerprint(submitted.canonical_content())})
    assert status_of(submitted) == ApplicationStatus.SUBMITTED


def test_the_applicant_with_protected_identity_is_shown_by_function(manager, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True)
    page = read(manager, address(ApplicationFactory(unit=cast.library, applicant=person)))
    assert page.lead.endswith("ifylld av Samordnare, biblioteket.")


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
