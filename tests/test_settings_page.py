import pytest
from django.urls import reverse

from tests.factories import UserFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get

pytestmark = pytest.mark.django_db
URL = reverse("settings")


def test_ones_own(client_for, cast):
    response = client_for(cast.librarian).get(URL)
    page = Page(response)
    assert response.status_code == 200
    assert page.title == page.heading == "Mina inställningar"
    assert page.facts == {
        "Du är": "Bibliotekarie Björk, bibliotekarie, biblioteket",
        "E-post": "bibliotekarie@laholm.example",
    }
    assert page.links["Byt lösenord"] == reverse("account_change_password")
    assert page.links["Öppna tvåstegsinloggning"] == reverse("mfa_index")


def test_protected_identity_is_shown_by_function(client_for, cast):
    person = UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True)
    assert Page(client_for(person).get(URL)).facts["Du är"] == "Samordnare, biblioteket"


def test_nothing_can_be_sent(client_for, cast):
    assert_only_get(client_for(cast.librarian), URL)


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(URL)
