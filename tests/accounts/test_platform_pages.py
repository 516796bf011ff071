from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Platform
from tests.factories import AccountFactory, PlatformFactory, platform
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
LIST = reverse("accounts:platform-list")
ADD = reverse("accounts:platform-add")
TYPED = {"name": "Snapchat", "example": "snapchat.com/add/laholmskommun", "active": "on"}


def edit(code):
    return reverse("accounts:platform-edit", args=[platform(code).pk])


def typed_of(code, **changes):
    """The form as it stands for an installed platform."""
    found = platform(code)
    typed = {
        "name": found.name,
        "example": found.example,
        "other_hosts": "\n".join(found.hosts[1:]),
        "reserved": "\n".join(found.reserved),
        "active": "on",
        **({"open_to_visitors": "on"} if found.open_to_visitors else {}),
        **changes,
    }
    return typed if found.hosts else {**typed, "any_host": "on"}


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


class TestList:
    def test_shows_every_platform_with_its_example(self, client):
        PlatformFactory(name="Nedlagd", active=False)
        page = Page(client.get(LIST))
        assert page.heading == "Kanaler"
        assert page.links["Facebook"] == edit("facebook")
        assert "facebook.com/laholmskommun" in page.text
        assert "Går inte att välja Nedlagd" in page.text

    def test_is_reached_from_uppstarter(self, client, client_for, cast):
        words = "Kanaler och deras adresser"
        applications = reverse("accounts:application-list")
        assert Page(client.get(applications)).links[words] == LIST
        assert words not in Page(client_for(cast.manager).get(applications)).links

    def test_costs_the_same_for_many(self, client):
        assert_same_query_count(lambda: client.get(LIST), add_row=PlatformFactory)

    def test_nothing_can_be_sent(self, client):
        assert_only_get(client, LIST)


class TestAdd:
    def test_adds_and_can_be_chosen(self, client, client_for, cast):
        page = Page(client.post(ADD, TYPED, follow=True))
        assert page.messages == ["Snapchat är tillagd och går att välja när ett konto startas."]
        start = Page(client_for(cast.librarian).get(reverse("accounts:application-start")))
        assert "Snapchat" in start.choices("platform")

    def test_trying_saves_nothing_and_keeps_what_is_typed(self, client):
        tried = {**TYPED, "prova": "1", "try_address": "https://m.snapchat.com/add/Biblioteket?x=1"}
        page = Page(client.post(ADD, tried))
        assert "Läses som kontot biblioteket" in page.text
        assert "https://snapchat.com/add/biblioteket" in page.text
        assert page.typed("name") == "Snapchat"
        assert not Platform.objects.filter(name="Snapchat").exists()

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"name": ""}, "name", "Skriv vad kanalen heter"),
            ({"name": "Facebook"}, "name", "Det finns redan en kanal som heter Facebook."),
            ({"example": ""}, "example", "Klistra in adressen till ett konto på plattformen"),
            ({"example": "snapchat.com"}, "example", "Användarnamnet ska stå som en egen del av adressen"),
            ({"example": "hej hopp"}, "example", "Skriv en hel adress till ett konto"),
            ({"other_hosts": "https://x"}, "other_hosts", "https://x är inget namn på en webbplats."),
            ({"reserved": "a" * 61}, "reserved", "Ett av orden är längre än 60 tecken."),
            ({"profile_limit": "många"}, "profile_limit", "Skriv antalet tecken med siffror"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, client, changes, field, said):
        sent = {**TYPED, **changes}
        page = Page(client.post(ADD, sent))
        assert page.title == "Fel: Lägg till kanal"
        assert list(page.errors) == [field]
        assert page.errors[field].startswith(said)
        assert page.typed("example") == sent["example"]

    def test_trying_says_what_is_wrong_with_the_address(self, client):
        page = Page(client.post(ADD, {**TYPED, "prova": "1", "try_address": "snapchat.com/laholm"}))
        assert page.errors["try_address"].startswith("Adressen pekar inte på ett konto på Snapchat.")


class TestEdit:
    def test_shows_what_stands(self, client):
        page = Page(client.get(edit("facebook")))
        assert page.heading == "Facebook"
        assert page.typed("other_hosts").split()[0] == "fb.com"
        assert "(?P<handle>" not in page.response.text, "nobody reads a pattern"

    def test_saves(self, client):
        page = Page(client.post(edit("instagram"), typed_of("instagram", profile_limit="150"), follow=True))
        assert page.messages == ["Uppgifterna om Instagram är sparade."]
        assert platform("instagram").profile_limit == 150

    def test_whether_its_pages_are_open_to_visitors(self, client):
        assert Page(client.get(edit("instagram"))).typed("open_to_visitors") == []
        assert Page(client.get(edit("mastodon"))).typed("open_to_visitors") == ["on"]
        client.post(edit("instagram"), typed_of("instagram", open_to_visitors="on"))
        assert platform("instagram").open_to_visitors
        page = Page(client.get(reverse("accounts:platform-history", args=[platform("instagram").pk])))
        assert "Visar sidan för den som inte är inloggad: från nej till ja" in page.text

    def test_one_without_a_site_of_its_own_is_saved_as_it_is(self, client):
        before = platform("mastodon").address_rule
        client.post(edit("mastodon"), typed_of("mastodon"))
        assert platform("mastodon").address_rule == before

    def test_refuses_what_would_make_an_account_another(self, client):
        AccountFactory(platform=platform("instagram"), handle="laholm", name="Turism")
        page = Page(client.post(edit("instagram"), typed_of("instagram", reserved="laholm")))
        assert page.summary[0].startswith("Då skulle adressen till Turism,")

    def test_history_says_what_was_changed_and_no_patterns(self, client):
        client.post(edit("instagram"), typed_of("instagram", profile_limit="150"))
        page = Page(client.get(reverse("accounts:platform-history", args=[platform("instagram").pk])))
        assert "Kommunikatör Kvist" in page.text
        assert "från tomt till 150" in page.text
        assert "handle" not in page.text

    def test_unknown_is_404(self, client):
        for name in ("platform-edit", "platform-history"):
            assert client.get(reverse(f"accounts:{name}", args=[uuid4()])).status_code == 404

    def test_reading_changes_nothing(self, client):
        before = list(Platform.objects.values())
        client.get(edit("facebook"), {"name": "Annat", "prova": "1"})
        assert list(Platform.objects.values()) == before


@pytest.mark.parametrize("person", ["librarian", "manager", "administrator"])
def test_only_kommunikationsenheten(client_for, cast, person):
    client = client_for(getattr(cast, person))
    for url in (LIST, ADD, edit("x"), reverse("accounts:platform-history", args=[platform("x").pk])):
        assert client.get(url).status_code == 403
    for url in (ADD, edit("x")):
        assert client.post(url, TYPED).status_code == 403


def test_anonymous_is_sent_to_sign_in(db):
    for url in (LIST, ADD, edit("x")):
        assert_asks_for_sign_in(url)
