"""Verksamhet and the people in the register's filter: part of a name is written, not chosen from thousands."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.filters.names import SAID_AT_MOST
from accounts.services import saved_views
from tests.factories import AccountFactory, UnitFactory, UserFactory
from tests.pages import Page, words_of
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
URL = reverse("accounts:account-list")


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


@pytest.fixture
def read(communicator):
    def read(**query):
        response = communicator.get(URL, query)
        assert response.status_code == 200
        return Page(response)

    return read


def names(page):
    return [words_of(name) for name in page.soup.select("main tbody th")]


def account_of(unit_name, name, **people):
    return AccountFactory(name=name, unit=UnitFactory(name=unit_name), active=True, **people)


def filters(page):
    return words_of(page.soup.select_one("form[role=search] details"))


class TestVerksamhet:
    def test_several_match_all_are_in_and_the_page_says_which(self, read):
        for unit, name in (("Glänninge skola", "Ett"), ("Lilla Tjärby skola", "Två"), ("hamnen", "Tre")):
            account_of(unit, name)
        page = read(verksamhet="SKOLA")
        assert names(page) == ["Ett", "Två"]
        assert "Två verksamheter stämmer med ”SKOLA”: Glänninge skola och Lilla Tjärby skola." in filters(page)
        assert page.typed("verksamhet") == "SKOLA"

    def test_one_of_them_is_chosen_with_the_other_filters_kept(self, read):
        account_of("Glänninge skola", "Ett")
        account_of("Lilla Tjärby skola", "Två")
        page = read(verksamhet="skola", lage="active", page="1")
        chosen = parse_qs(urlsplit(page.links["Lilla Tjärby skola"]).query)
        assert set(chosen) == {"verksamhet", "lage"}
        assert names(read(**{name: value for name, (value,) in chosen.items()})) == ["Två"]

    def test_the_chosen_one_can_be_taken_away(self, read, cast):
        AccountFactory(name="Ett", unit=cast.library, active=True)
        page = read(verksamhet="bibliotek", lage="active")
        assert page.soup.select_one("input[name=verksamhet]")["value"] == str(cast.library.pk)
        assert page.links["Ta bort filtret Biblioteket"] == "?lage=active"

    def test_every_word_stands_in_the_name(self, read):
        account_of("Lilla Tjärby skola", "Ett")
        account_of("Lilla biblioteket", "Två")
        assert names(read(verksamhet="skola lilla")) == ["Ett"]

    def test_of_many_some_are_said(self, read):
        for number in range(SAID_AT_MOST + 1):
            account_of(f"Skola {number}", f"Konto {number}")
        page = read(verksamhet="skola")
        assert len(names(page)) == SAID_AT_MOST + 1
        assert "Många verksamheter stämmer med ”skola”, bland dem Skola 0, Skola 1" in filters(page)
        assert f"Skola {SAID_AT_MOST}" not in filters(page)

    def test_namesakes_are_told_apart_by_their_board(self, read, cast):
        for board in (cast.culture_board, cast.building_board):
            AccountFactory(unit=UnitFactory(name="Kansliet", board=board))
        page = read(verksamhet="kansliet")
        assert {f"Kansliet, {cast.culture_board}", f"Kansliet, {cast.building_board}"} <= set(page.links)

    def test_old_links_and_saved_views_hold(self, read, cast):
        AccountFactory(name="Ett", unit=cast.library)
        AccountFactory(name="Två")
        saved_views.save_view(name="Bibliotekets", query=f"verksamhet={cast.library.pk}", by=cast.communicator)
        assert read().links["Bibliotekets"].endswith(f"?verksamhet={cast.library.pk}")
        page = read(verksamhet=str(cast.library.pk))
        assert names(page) == ["Ett"]
        assert "Ta bort filtret Biblioteket" in page.links


class TestPeople:
    def test_whoever_looks_after_the_account_today(self, read):
        anna, bo = UserFactory(name="Anna Ek"), UserFactory(name="Bo Ek")
        account_of("hamnen", "Ett", responsible=anna, substitute=bo)
        account_of("torget", "Två", responsible=bo)
        account_of("parken", "Tre", responsible=UserFactory(name="Eva Alm"))
        UserFactory(name="Cia Ek")
        assert names(read(ansvarig="anna")) == ["Ett"]
        page = read(ansvarig="ek")
        assert names(page) == ["Ett", "Två"]
        assert f"Två personer stämmer med ”ek”: {anna} och {bo}." in filters(page)
        assert names(read(ansvarig=str(bo.pk))) == ["Ett", "Två"]

    def test_person_with_protected_identity_is_found_by_function(self, read):
        someone = UserFactory(name="", title="havsbiolog", protected_identity=True, email="hemlig@laholm.example")
        account_of("hamnen", "Ett", responsible=someone)
        assert names(read(ansvarig="havsbio")) == ["Ett"]
        assert names(read(ansvarig="hemlig")) == []


@pytest.mark.parametrize("typed", ["Sovjet", "%", "'; DROP TABLE", "ö" * 3000, "5f4b0b0e-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("field", ["verksamhet", "ansvarig"])
def test_a_name_that_nobody_has_finds_nothing_and_says_so_beside_the_field(read, field, typed):
    AccountFactory(name="Ett", active=True, responsible=UserFactory())
    page = read(**{field: typed})
    assert names(page) == []
    assert "heter så. Skriv en del av namnet" in page.errors[field]
    assert page.typed(field) == typed


@pytest.mark.parametrize("nothing", ["", "  ", "\0"])
def test_nothing_written_is_no_filter(read, nothing):
    AccountFactory(name="Ett")
    assert names(read(verksamhet=nothing, ansvarig=nothing)) == ["Ett"]


def test_no_list_of_units_or_people_is_sent(read):
    account_of("Glänninge skola", "Ett", responsible=UserFactory(name="Anna Ek"))
    page = read()
    assert page.soup.select("select option[value='Anna Ek']") == []
    assert "Anna Ek" not in page.text
    assert "Glänninge skola" not in filters(page)


def test_more_that_match_cost_no_queries(read):
    def one_more():
        account_of("Skola", "Konto", responsible=UserFactory(name="Anna Ek"))

    one_more()
    one_more()
    assert_same_query_count(lambda: read(verksamhet="skola", ansvarig="ek"), add_row=one_more)


def test_spreadsheets_hold_what_the_page_shows(communicator):
    account_of("Glänninge skola", "Ett")
    account_of("hamnen", "Två")
    lines = communicator.get(reverse("accounts:account-list-csv"), {"verksamhet": "skola"}).getvalue().decode()
    assert ("Ett" in lines, "Två" in lines) == (True, False)
    nothing = communicator.get(reverse("accounts:account-list-csv"), {"verksamhet": "finns inte"}).getvalue().decode()
    assert len(nothing.splitlines()) == 1
