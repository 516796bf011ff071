"""The registrator's own searches in the diarium, under names (R16)."""

import pytest
from django.urls import reverse

from accounts.enums import ViewedList
from accounts.models import SavedView
from accounts.services.saved_views import save_view
from tests.archive.factories import document, matter, registrar_of
from tests.factories import AccountFactory
from tests.pages import Page, assert_asks_for_sign_in, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
LIST = reverse("archive:document-list")
SAVE = reverse("archive:diary-view-save")
SEARCH = "q=dörröppnare&riktning=incoming"


@pytest.fixture
def view(registrar):
    return save_view(name="Dörren", query=SEARCH, by=registrar, within=ViewedList.DIARY)


def forget_url(view: SavedView) -> str:
    return reverse("archive:diary-view-forget", args=[view.pk])


def test_is_kept_shown_and_followed(kept, registrar, client_for):
    client = client_for(registrar)
    page = Page(client.post(SAVE, {"name": "Dörren", "query": f"{SEARCH}&page=2"}, follow=True))
    assert page.messages == ["Vyn ”Dörren” är sparad."]
    assert page.typed("q") == "dörröppnare"
    followed = Page(client.get(page.links["Dörren"]))
    assert str(kept) in followed.text
    assert (followed.typed("q"), followed.typed("riktning")) == ("dörröppnare", "incoming")


def test_where_nothing_is_searched_for_there_is_nothing_to_keep(registrar, client_for):
    client = client_for(registrar)
    assert "Spara den här vyn" not in Page(client.get(LIST)).text
    page = Page(client.post(SAVE, {"name": "Allt", "query": ""}, follow=True))
    assert page.messages == ["Sök eller filtrera först, och spara sedan vyn."]


def test_without_a_name_it_is_said_and_the_search_stands(registrar, client_for):
    page = Page(client_for(registrar).post(SAVE, {"name": "x" * 61, "query": SEARCH}, follow=True))
    assert page.messages == ["Skriv ett namn på vyn, högst 60 tecken."]
    assert page.typed("q") == "dörröppnare"


def test_is_taken_away(view, registrar, client_for):
    page = Page(client_for(registrar).post(forget_url(view), follow=True))
    assert page.messages == ["Vyn är borttagen."]
    assert not SavedView.objects.exists()


def test_nobody_else_sees_it_or_takes_it_away(view, cast, stranger, client_for):
    for other in (registrar_of(cast.culture_board), stranger):
        client = client_for(other)
        assert "Dörren" not in Page(client.get(LIST)).text
        assert client.post(forget_url(view)).status_code == 404
    assert SavedView.objects.get() == view


def test_finds_nothing_in_another_boards_diarium(kept, stranger, client_for):
    """A search can be copied, and what it finds is still the reader's own board's."""
    page = Page(client_for(stranger).post(SAVE, {"name": "Deras", "query": SEARCH}, follow=True))
    assert str(kept) not in page.text
    assert "Ingen handling stämmer" in page.text


def test_a_view_of_the_register_is_not_there(registrar, client_for):
    view = save_view(name="Registrets", query="q=a", by=registrar)
    client = client_for(registrar)
    assert "Registrets" not in Page(client.get(LIST)).text
    assert client.post(forget_url(view)).status_code == 404


def test_views_cost_no_queries(registrar, client_for):
    client, names = client_for(registrar), iter("ABC")
    add = lambda: save_view(name=next(names), query="q=a", by=registrar, within=ViewedList.DIARY)  # noqa: E731
    assert_same_query_count(lambda: client.get(LIST), add_row=add)


def test_who_may(view, cast, registrar, client_for):
    for url in (SAVE, forget_url(view)):
        assert_asks_for_sign_in(url)
        assert_only_post(client_for(registrar), url)
        for person in (cast.librarian, cast.communicator, cast.administrator):
            assert client_for(person).post(url).status_code == 403


class TestMoreFilters:
    def test_up_to_a_day(self, kept, registrar, client_for):
        client = client_for(registrar)
        assert str(kept) in Page(client.get(f"{LIST}?till=2026-11-24")).text
        assert str(kept) not in Page(client.get(f"{LIST}?till=2026-11-23")).text
        page = Page(client.get(f"{LIST}?till=i+går"))
        assert page.errors == {"till": "Skriv dagen som 2026-11-24"}
        assert page.soup.select_one("main form details").has_attr("open")

    def test_an_account_of_the_boards(self, kept, account, cast, registrar, client_for):
        about = matter(cast.culture_board, by=registrar, account=account)
        found = document(cast.culture_board, by=registrar, into=about)
        page = Page(client_for(registrar).get(LIST, {"konto": str(account.pk)}))
        assert [cell.a.get_text() for cell in page.soup.select("tbody th")] == [str(found)]
        assert page.typed("konto") == str(account.pk)

    def test_another_boards_account_is_no_choice(self, kept, account, cast, registrar, client_for):
        theirs = AccountFactory(unit=cast.building_permits)
        page = Page(client_for(registrar).get(LIST))
        offered = [option["value"] for option in page.soup.select("[name=konto] option")]
        assert str(account.pk) in offered
        assert str(theirs.pk) not in offered

    def test_of_one_board_only_there_is_no_board_to_choose(self, kept, registrar, client_for):
        assert not Page(client_for(registrar).get(LIST)).soup.select("[name=namnd]")
