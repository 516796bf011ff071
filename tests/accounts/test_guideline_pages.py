import pytest
from django.urls import reverse

from accounts import deadlines
from accounts.forms.guideline import GuidelineForm
from accounts.models import Guideline, GuidelineReview
from accounts.services.guideline import change_guideline
from accounts.services.limits import guideline_now
from tests.accounts.holder import OpenPost, TestHolder
from tests.accounts.test_calendar_service import at
from tests.accounts.test_guideline_service import details
from tests.clock import NOW
from tests.factories import communicator
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
GUIDELINE = reverse("accounts:guideline")
CHANGE = reverse("accounts:guideline-change")
REVIEW = reverse("accounts:guideline-review")
SAVE = {"spara": "1"}


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


@pytest.fixture
def posts(monkeypatch) -> TestHolder:
    holder = TestHolder([OpenPost("Över helgen", at(27, 15), at(1, 15, month=12))])
    monkeypatch.setattr(deadlines, "_holders", [holder])
    return holder


def typed(**changes):
    return {"seen": "1", **GuidelineForm.first_words(guideline_now()), **changes}


def reviewed(**changes):
    return {"outcome": "kept", "decided_on": "2026-11-10", "reference": "kommunstyrelsen § 200", **changes}


class TestGuideline:
    def test_shows_what_it_asks_and_when_it_is_to_be_reviewed(self, client):
        page = Page(client.get(GUIDELINE))
        assert "Laholms kommuns riktlinjer för medverkan i sociala medier, 2022-000282." in page.lead
        assert page.facts["Granska och ta bort inom"] == "48 timmar, räknade i arbetsdagar"
        assert page.facts["Antagen"] == "tisdag 8 november 2022 av kommunstyrelsen § 224"
        assert "Nästa prövning ska vara gjord senast torsdag 31 december" in page.text

    def test_keeps_what_was_before(self, client):
        change_guideline(details(limit_hours=24), seen=1, by=communicator(), now=NOW)
        page = Page(client.get(GUIDELINE))
        assert "24 timmar, räknade i arbetsdagar" in page.text
        assert "Gällde till i dag kl. 10.00" in page.text

    def test_is_in_the_menu_below_rad_och_regler(self, client):
        menu = Page(client.get(GUIDELINE)).soup.select_one(".ls-nav [aria-current=page]")
        assert menu.get_text(strip=True) == "Råd och regler"

    def test_costs_the_same_for_many(self, client):
        hours = iter(range(10, 20))

        def another() -> None:
            version = guideline_now().version
            change_guideline(details(limit_hours=next(hours)), seen=version, by=communicator(), now=NOW)

        assert_same_query_count(lambda: client.get(GUIDELINE), add_row=another)

    def test_nothing_can_be_sent(self, client):
        assert_only_get(client, GUIDELINE)


class TestChange:
    def test_shows_what_stands(self, client):
        page = Page(client.get(CHANGE))
        assert (page.typed("limit_hours"), page.typed("clock")) == ("48", ["working_days"])
        assert page.typed("number") == "2022-000282"

    def test_shows_what_moves_and_then_saves(self, client, posts):
        page = Page(client.post(CHANGE, typed(limit_hours="24")))
        assert page.heading == "1 av 1 inlägg att granska får ny tidsfrist"
        assert page.typed("limit_hours") == "24"
        assert guideline_now().version == 1
        page = Page(client.post(CHANGE, {**typed(limit_hours="24"), **SAVE}, follow=True))
        assert page.messages == ["Ändringen gäller från nu. Ett inlägg att granska fick ny tidsfrist."]
        assert posts.posts[0].due == at(30, 15)

    def test_one_can_go_back_and_change_more(self, client):
        page = Page(client.post(CHANGE, typed(limit_hours="24", tillbaka="1")))
        assert (page.heading, page.typed("limit_hours")) == ("Ändra riktlinjen", "24")

    @pytest.mark.parametrize("step", [{}, SAVE])
    def test_office_hours_need_a_decision(self, client, step):
        page = Page(client.post(CHANGE, {**typed(clock="office_hours"), **step}))
        assert page.errors["decision_reference"].startswith("Arbetstimmar ger längre tid")

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"limit_hours": "0"}, "limit_hours", "Skriv ett tal mellan 1 och 1000"),
            ({"limit_hours": "två"}, "limit_hours", "Skriv ett tal mellan 1 och 1000"),
            ({"question_days": ""}, "question_days", "Skriv ett tal mellan 1 och 30"),
            ({"adopted_on": "i fjol"}, "adopted_on", "Skriv datumet som 2026-11-24"),
            ({"clock": ""}, "clock", "Välj hur timmarna räknas"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, client, changes, field, said):
        page = Page(client.post(CHANGE, typed(**changes)))
        assert list(page.errors) == [field]
        assert page.errors[field].startswith(said)

    def test_somebody_was_before(self, client):
        mine = typed(limit_hours="36")
        change_guideline(details(limit_hours=24), seen=1, by=communicator(), now=NOW)
        page = Page(client.post(CHANGE, {**mine, **SAVE}))
        assert page.summary[0].startswith("Någon annan ändrade riktlinjen medan du höll på.")
        assert Guideline.objects.count() == 2


class TestReview:
    def test_waits_under_att_gora_until_it_is_written_down(self, client):
        page = Page(client.get(reverse("to-do")))
        assert page.links["Läs mer om riktlinjens prövning"] == GUIDELINE
        page = Page(client.post(REVIEW, reviewed(), follow=True))
        assert page.messages == ["Prövningen är antecknad. Nästa ska vara gjord senast tisdag 31 december 2030."]
        assert "Tisdag 10 november Behålls, kommunstyrelsen § 200" in page.text
        assert "Läs mer om riktlinjens prövning" not in Page(client.get(reverse("to-do"))).links

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"outcome": ""}, "outcome", "Välj vad beslutet blev"),
            ({"decided_on": ""}, "decided_on", "Skriv dagen"),
            ({"decided_on": "2026-11-25"}, "decided_on", "Beslutet kan inte vara fattat en dag som inte har varit."),
            ({"reference": ""}, "reference", "Skriv vilket beslut det är"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, client, changes, field, said):
        page = Page(client.post(REVIEW, reviewed(**changes)))
        assert list(page.errors) == [field]
        assert page.errors[field].startswith(said)
        assert not GuidelineReview.objects.exists()


@pytest.mark.parametrize("url", [GUIDELINE, CHANGE, REVIEW])
def test_only_kommunikationsenheten(client_for, cast, url):
    for person in (cast.librarian, cast.manager, cast.administrator):
        assert client_for(person).get(url).status_code == 403
    assert_asks_for_sign_in(url)
