from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.forms.application import LEFT_OUT
from accounts.models import Draft
from tests.factories import make_draft, returned_application
from tests.pages import Page, assert_asks_for_sign_in

pytestmark = pytest.mark.django_db
MARKUP = "<b>Fet</b> & \"citat\" 'enkelt' \\ {{ 7 }} {% now %} </textarea><script>alert(1)</script>"


def address(draft):
    return reverse("accounts:draft-edit", args=[getattr(draft, "pk", draft)])


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.librarian)


def test_the_whole_form_goes_on_to_the_preview(client, cast, filled_in, now):
    key = uuid4()
    response = client.post(address(key), filled_in)
    assert (response.status_code, response.headers["Location"]) == (302, reverse("accounts:draft-preview", args=[key]))
    draft = Draft.objects.get()
    assert (draft.pk, draft.owner, draft.saved_at, draft.typed) == (key, cast.librarian, now, filled_in)


def test_a_draft_is_opened_as_it_was_left(client, cast, filled_in):
    draft = make_draft(cast.librarian, **{**filled_in, "checklist": ["0", "2"], "consulted_on": "i måndags"})
    page = Page(client.get(address(draft)))
    assert page.title == "Starta nytt konto"
    assert page.errors == {}
    assert {name: page.typed(name) for name in draft.typed} == draft.typed
    assert page.links["Rensa"] == reverse("accounts:draft-discard", args=[draft.pk])
    assert "Utkastet sparades i dag kl. 10.00" in page.text


def test_spara_keeps_what_is_wrong_and_asks_for_nothing(client):
    key = uuid4()
    response = client.post(address(key), {"account_name": "Bara ett namn", "unit": "ingen", "spara": "1"}, follow=True)
    page = Page(response)
    assert page.messages == ["Utkastet är sparat. Du hittar det under Att göra."]
    assert page.errors == {}
    assert page.typed("account_name") == "Bara ett namn"
    assert str(Draft.objects.get()) == "Bara ett namn"


def test_saving_again_keeps_one_draft(client, cast, filled_in, clock):
    draft = make_draft(cast.librarian, **filled_in)
    clock.move(hours=2)
    client.post(address(draft), {**filled_in, "account_name": "Nytt namn"})
    draft.refresh_from_db()
    assert (draft.typed["account_name"], draft.saved_at, Draft.objects.count()) == ("Nytt namn", clock.now, 1)


@pytest.mark.parametrize("field", LEFT_OUT)
def test_what_is_left_out_is_asked_for_beside_the_field(client, filled_in, field):
    left = {name: value for name, value in filled_in.items() if name != field}
    response = client.post(address(uuid4()), left)
    page = Page(response)
    assert response.status_code == 200
    assert page.title == "Fel: Starta nytt konto"
    assert page.errors == {field: LEFT_OUT[field]}
    assert page.summary == [LEFT_OUT[field]]
    assert {name: page.typed(name) for name in left} == left
    assert Draft.objects.get().typed["account_name"] == left.get("account_name", "")


def test_an_empty_form_is_told_everything_at_once(client):
    page = Page(client.post(address(uuid4()), {}))
    assert page.errors == LEFT_OUT
    assert sorted(page.summary) == sorted(LEFT_OUT.values())
    for link in page.soup.select(".ls-error-summary a"):
        assert page.soup.find(id=link["href"].removeprefix("#")) is not None


WRONG = [
    ("web_address", "https://www.facebook.com/laholm", "Det där är en adress till Facebook. Du valde Instagram."),
    ("web_address", "inte en adress", "Det där är ingen webbadress."),
    ("web_address", "javascript://instagram.com/x", "Det där är ingen webbadress."),
    ("web_address", "https://www.instagram.com/explore/", "Adressen pekar inte på ett konto på Instagram."),
    ("consulted_on", "20 november", "Skriv datumet som 2026-11-24"),
    ("consulted_on", "2026-02-30", "Skriv datumet som 2026-11-24"),
]


@pytest.mark.parametrize(("field", "typed", "said"), WRONG)
def test_what_is_wrong_is_said_beside_the_field(client, filled_in, field, typed, said):
    sent = {**filled_in, field: typed}
    page = Page(client.post(address(uuid4()), sent))
    assert page.title == "Fel: Starta nytt konto"
    assert list(page.errors) == [field]
    assert page.errors[field].startswith(said)
    assert {name: page.typed(name) for name in sent} == sent


@pytest.mark.parametrize(("field", "longest"), [("account_name", 120), ("purpose", 4000), ("consultation_advice", 500)])
def test_what_is_too_long_is_said_and_kept(client, filled_in, field, longest):
    page = Page(client.post(address(uuid4()), {**filled_in, field: "å" * (longest + 1)}))
    assert list(page.errors) == [field]
    assert str(longest) in page.errors[field]
    assert page.typed(field) == "å" * (longest + 1)
    assert client.post(address(uuid4()), {**filled_in, field: "å" * longest}).status_code == 302


@pytest.mark.parametrize(
    "nonsense", ["inte-en-uuid", "7f3c2a52-4a53-4c1e-9d43-3f0f5e6f7a10", "' OR 1=1 --", "\0", "9" * 5000]
)
@pytest.mark.parametrize("field", ["unit", "platform", "responsible", "checklist", "uses", "legal_ground"])
def test_a_choice_that_does_not_exist_is_survived(client, filled_in, field, nonsense):
    response = client.post(address(uuid4()), {**filled_in, field: nonsense})
    assert response.status_code == 200
    assert field in Page(response).errors


def test_ticked_boxes_are_counted(client, filled_in):
    page = Page(client.post(address(uuid4()), {**filled_in, "checklist": ["0", "1", "2", "3", "5"]}))
    assert page.errors == {"checklist": "Kryssa i alla sex punkter i checklistan: en är kvar"}
    assert page.typed("checklist") == ["0", "1", "2", "3", "5"]
    page = Page(client.post(address(uuid4()), {**filled_in, "checklist": ["4"]}))
    assert page.errors == {"checklist": "Kryssa i alla sex punkter i checklistan: 5 är kvar"}


def test_the_responsible_person_cannot_be_the_substitute(client, cast, filled_in):
    page = Page(client.post(address(uuid4()), {**filled_in, "substitute": str(cast.librarian.pk)}))
    assert page.errors == {"substitute": "Välj en annan person än den ansvariga"}


def test_consultation_can_be_left_for_later(client, filled_in):
    left = {**filled_in, "consulted_with": "", "consulted_on": "", "consultation_advice": ""}
    assert client.post(address(uuid4()), left).status_code == 302


def test_markup_is_text(client, filled_in):
    response = client.post(address(uuid4()), {**filled_in, "account_name": MARKUP, "purpose": MARKUP, "unit": ""})
    page = Page(response)
    assert page.typed("account_name") == page.typed("purpose") == MARKUP
    assert b"<script>alert" not in response.content


def test_a_pasted_nul_is_dropped(client, filled_in):
    key = uuid4()
    page = Page(client.post(address(key), {**filled_in, "purpose": "Fler\0 läsare"}))
    assert page.errors["purpose"]


def test_a_returned_application_is_not_thrown_away_from_here(client, cast):
    draft = make_draft(
        cast.librarian,
        application=returned_application(
            unit=cast.library, applicant=cast.librarian, substitute=cast.assistant, handle="laholmsbibliotek"
        ),
    )
    page = Page(client.get(address(draft)))
    assert page.typed("web_address") == "https://www.instagram.com/laholmsbibliotek"
    assert "Rensa" not in page.links


@pytest.mark.parametrize("person", ["outsider", "manager", "communicator", "assistant"])
def test_anyone_elses_draft_is_404(client_for, cast, filled_in, person):
    draft = make_draft(cast.librarian, account_name="Mitt")
    client = client_for(getattr(cast, person))
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft), filled_in).status_code == 404
    draft.refresh_from_db()
    assert (draft.typed, draft.owner) == ({"account_name": "Mitt"}, cast.librarian)


def test_unknown_draft_is_404(client):
    assert client.get(address(uuid4())).status_code == 404


def test_reading_changes_nothing(client, cast, clock):
    draft = make_draft(cast.librarian, account_name="Mitt")
    before = Draft.objects.values().get()
    clock.move(hours=2)
    assert client.get(address(draft), {"account_name": "Ditt", "spara": "1"}).status_code == 200
    assert Draft.objects.values().get() == before


def test_anonymous_is_sent_to_sign_in(db):
    assert_asks_for_sign_in(address(uuid4()))
    assert not Draft.objects.exists()


def test_other_methods_are_refused(client):
    response = client.put(address(uuid4()))
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, POST")
