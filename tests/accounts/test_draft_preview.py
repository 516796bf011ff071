from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Application, Draft
from tests.factories import UnitFactory, UserFactory, make_draft
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get

pytestmark = pytest.mark.django_db


def address(draft):
    return reverse("accounts:draft-preview", args=[getattr(draft, "pk", draft)])


@pytest.fixture
def draft(cast, filled_in):
    return make_draft(cast.librarian, **filled_in)


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_shows_the_form_as_the_manager_will_read_it(client, draft):
    page = Page(client.get(address(draft)))
    assert page.heading == "Titta igenom och skicka"
    assert list(page.facts.items())[:7] == [
        ("Verksamhet", "Biblioteket, kultur- och utvecklingsförvaltningen"),
        ("Webbadress", "instagram.com/laholmsbibliotek"),
        ("Kanal", "Instagram"),
        ("Namn på kontot", "Laholms bibliotek"),
        ("Syfte och mål med kontot?", "Fler ska hitta till biblioteken."),
        ("Budskap och Målgrupp?", "Laholmare som läser."),
        ("Ämnen?", "Boktips och öppettider."),
    ]
    assert page.facts["Ansvarig"] == "Bibliotekarie Björk, bibliotekarie, biblioteket"
    assert page.facts["Avstämt med kommunikationsenheten"] == "Kommunikatören 2026-11-20: Håll er till ett konto."
    assert len(page.soup.select(".ls-ticks li")) == 6


def test_names_who_it_goes_to(client, draft):
    page = Page(client.get(address(draft)))
    managers = "Enhetschef Ek, enhetschef, biblioteket och Ställföreträdare Sten, bibliotekarie, biblioteket"
    assert page.lead == f"Så här ser {managers}, din uppstart."
    assert page.buttons == [f"Skicka till {managers}"]
    assert page.soup.select_one("main form")["action"] == reverse("accounts:draft-send", args=[draft.pk])


def test_a_manager_with_protected_identity_is_named_by_function(client, cast, filled_in):
    manager = UserFactory(name="", title="enhetschef", protected_identity=True)
    unit = UnitFactory(name="kulturskolan", manager=manager)
    draft = make_draft(cast.librarian, **{**filled_in, "unit": str(unit.pk)})
    assert Page(client.get(address(draft))).lead == "Så här ser enhetschef, din uppstart."


def test_the_applicant_who_is_manager_is_not_the_one_to_decide(client_for, cast, filled_in):
    draft = make_draft(cast.manager, **filled_in)
    page = Page(client_for(cast.manager).get(address(draft)))
    assert page.buttons == [
        "Skicka till Förvaltningschef Frisk, förvaltningschef, kultur- och utvecklingsförvaltningen"
    ]


def test_nobody_can_decide(client, cast, filled_in):
    draft = make_draft(cast.librarian, **{**filled_in, "unit": str(cast.communications.pk)})
    page = Page(client.get(address(draft)))
    assert page.lead == "Ingen chef över dig kan besluta. Kommunikationsenheten utser någon."
    assert page.buttons == ["Skicka till kommunikationsenheten"]


def test_what_is_not_whole_is_gone_on_with(client, cast, filled_in):
    draft = make_draft(cast.librarian, **{**filled_in, "purpose": ""})
    page = Page(client.get(address(draft)))
    assert page.title == "Fel: Starta nytt konto"
    assert page.errors == {"purpose": "Skriv vad ni vill uppnå med kommunikationen"}
    assert page.typed("topics") == "Boktips och öppettider."


def test_someone_who_left_meanwhile_has_to_be_chosen_anew(client, cast, draft, now):
    cast.assistant.is_active = False
    cast.assistant.record(by=cast.administrator, now=now, reason="Slutade")
    assert list(Page(client.get(address(draft))).errors) == ["substitute"]


def test_markup_is_text(client, cast, filled_in):
    draft = make_draft(
        cast.librarian, **{**filled_in, "account_name": "<i>Bok</i>", "purpose": "<script>1</script>\nTvå"}
    )
    response = client.get(address(draft))
    assert Page(response).facts["Namn på kontot"] == "<i>Bok</i>"
    assert Page(response).facts["Syfte och mål med kontot?"] == "<script>1</script> Två"
    assert b"<i>Bok" not in response.content


def test_reading_changes_nothing(client, draft):
    client.get(address(draft))
    assert (Draft.objects.count(), Application.objects.count()) == (1, 0)


@pytest.mark.parametrize("person", ["outsider", "manager", "communicator"])
def test_anyone_elses_draft_is_404(client_for, cast, draft, person):
    assert client_for(getattr(cast, person)).get(address(draft)).status_code == 404


def test_unknown_draft_is_404(client):
    assert client.get(address(uuid4())).status_code == 404


def test_nothing_can_be_sent(client, draft):
    assert_only_get(client, address(draft))


def test_anonymous_is_sent_to_sign_in(draft):
    assert_asks_for_sign_in(address(draft))
