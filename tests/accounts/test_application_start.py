import pytest
from django.urls import reverse

from accounts.bilaga1 import CHECKLIST, QUESTIONS
from accounts.models import Draft
from tests.factories import UnitFactory, UserFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:application-start")


def open_form(client):
    response = client.get(URL)
    assert response.status_code == 200
    return Page(response)


def test_what_is_right_for_most_is_filled_in(client_for, cast):
    page = open_form(client_for(cast.librarian))
    assert page.heading == "Starta nytt konto"
    assert page.typed("unit") == str(cast.library.pk)
    assert page.typed("responsible") == str(cast.librarian.pk)
    assert page.typed("legal_ground") == "public_interest"
    assert page.typed("checklist") == page.typed("uses") == []
    assert page.typed("substitute") == page.typed("web_address") == page.typed("purpose") == ""


def test_bilaga_1_is_asked_in_its_own_order_and_words(client_for, cast):
    page = open_form(client_for(cast.librarian))
    labels = [words_of(label) for label in page.soup.select("main label.form-label")]
    assert labels[:7] == [question.label for question in QUESTIONS]
    for question in QUESTIONS:
        if question.help_text:
            assert words_of(page.soup.find(id=f"id_{question.field}_helptext")) == question.help_text
    boxes = page.soup.select("#div_id_checklist label")
    assert [words_of(box) for box in boxes] == list(CHECKLIST)


def test_each_opening_has_an_address_of_its_own_and_keeps_nothing(client_for, cast):
    client = client_for(cast.librarian)
    actions = {open_form(client).soup.select_one("main form")["action"] for _opening in range(2)}
    assert len(actions) == 2
    assert not Draft.objects.exists()


def test_someone_without_a_unit_chooses_one(client_for):
    page = open_form(client_for(UserFactory(unit=None)))
    assert page.typed("unit") == ""
    assert page.soup.find(id="id_unit_helptext") is None


def test_people_to_choose_from(client_for, cast):
    UserFactory(name="Avslutad Ask", is_active=False)
    UserFactory(name="", title="samordnare", unit=cast.library, protected_identity=True)
    UnitFactory(name="nedlagda filialen", active=False)
    page = open_form(client_for(cast.librarian))
    people = page.choices("substitute")
    assert people[0] == "Välj"
    assert "Samordnare, biblioteket" in people
    assert "Jag, Bibliotekarie Björk, bibliotekarie, biblioteket" in people
    assert people.index("Assistent Asp, biblioteksassistent, biblioteket") < people.index(
        "Handläggare Hassel, bygglovshandläggare, bygglov"
    )
    assert not [person for person in people if "Avslutad" in person or "Portalen" in person]
    assert "Nedlagda filialen" not in page.choices("unit")


def test_colleagues_cost_no_queries(client_for, cast):
    client = client_for(cast.librarian)
    assert_same_query_count(lambda: client.get(URL), add_row=lambda: UserFactory(unit=UnitFactory()))


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(URL)


def test_nothing_can_be_sent(client_for, cast):
    assert_only_get(client_for(cast.librarian), URL)
    assert not Draft.objects.exists()
