import pytest
from django.urls import reverse

from accounts.enums import ExemptionStatus
from accounts.models import LogoExemption
from tests.accounts.in_order import decided
from tests.factories import AccountFactory, LogoExemptionFactory
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db

TYPED = {"decision": "granted", "reason": "Det är ett samarbete."}


@pytest.fixture
def account(cast):
    return AccountFactory(unit=cast.library, responsible=cast.librarian, substitute=cast.assistant, active=True)


@pytest.fixture
def exemption(account, cast):
    return LogoExemptionFactory(account=account, requested_by=cast.librarian)


@pytest.fixture
def url(exemption):
    return reverse("accounts:logo-exemption-decide", args=[exemption.account_id, exemption.pk])


def test_only_kommunikationsenheten(url, cast, client_for):
    assert_asks_for_sign_in(url)
    for person, status in ((cast.outsider, 404), (cast.librarian, 403), (cast.manager, 403), (cast.head, 403)):
        client = client_for(person)
        assert {client.get(url).status_code, client.post(url, TYPED).status_code} == {status}
    assert LogoExemption.objects.get().status == ExemptionStatus.REQUESTED


def test_exemption_of_another_account_is_404(exemption, cast, client_for):
    url = reverse("accounts:logo-exemption-decide", args=[AccountFactory().pk, exemption.pk])
    assert client_for(cast.communicator).get(url).status_code == 404


def test_shows_what_was_asked_for(url, cast, client_for):
    page = Page(client_for(cast.communicator).get(url))
    assert page.heading == "Ska kontot få vara utan logotypen?"
    assert "Kontot följer formgivningen hos Region Hallands bibliotek." in page.text
    assert cast.librarian.presented_as in page.text


@pytest.mark.parametrize(("decision", "outcome"), [("granted", "beviljat"), ("refused", "avslaget")])
def test_decides(url, exemption, cast, client_for, decision, outcome):
    page = Page(client_for(cast.communicator).post(url, {**TYPED, "decision": decision}, follow=True))
    assert page.messages == [f"Undantaget är {outcome}. Den som önskade det får mejl."]
    assert f"Undantag från logotypen: {outcome} av {cast.communicator}" in page.text
    assert LogoExemption.objects.get(pk=exemption.pk).status == decision


def test_get_changes_nothing(url, exemption, cast, client_for):
    client_for(cast.communicator).get(url, TYPED)
    assert LogoExemption.objects.get(pk=exemption.pk).status == ExemptionStatus.REQUESTED


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("reason", " ", "Skriv skälen för beslutet"),
        ("decision", "", "Välj om undantaget beviljas eller avslås"),
        ("decision", "requested", None),
    ],
)
def test_bad_input_is_told_and_the_rest_kept(url, cast, client_for, field, value, error):
    page = Page(client_for(cast.communicator).post(url, {**TYPED, field: value}))
    assert set(page.errors) == {field}
    if error:
        assert page.errors[field] == error
    if field == "decision":
        assert page.typed("reason") == TYPED["reason"]
    else:
        assert page.typed("decision") == ["granted"]


def test_decided_stays_decided(exemption, cast, account, client_for):
    done = LogoExemptionFactory(
        account=account, requested_by=cast.librarian, **decided(ExemptionStatus.REFUSED, by=cast.communicator)
    )
    url = reverse("accounts:logo-exemption-decide", args=[account.pk, done.pk])
    page = Page(client_for(cast.communicator).post(url, TYPED))
    assert page.summary == ["Önskemålet är redan avslaget."]
    assert page.typed("reason") == TYPED["reason"]
