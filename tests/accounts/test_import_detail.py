from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import AccountImport
from accounts.services import imports
from accounts.views import imports as views
from tests.accounts.import_steps import LIBRARY, MISSPELT, assert_only_communications, checked, read_in, upload
from tests.factories import AccountFactory
from tests.pages import Page, assert_only_get
from tests.queries import assert_same_query_count
from tests.spreadsheets import accounts_file, as_csv

pytestmark = pytest.mark.django_db


FAULT = "Verksamheten ”Bibloteket” finns inte i portalen. Menar du Biblioteket?"


@pytest.fixture
def client(client_for, cast):
    return client_for(cast.communicator)


@pytest.fixture
def seen(client):
    def see(made: AccountImport, query: str = "") -> Page:
        response = client.get(reverse("accounts:import-detail", args=[made.pk]) + query)
        assert response.status_code == 200
        return Page(response)

    return see


def lines(page: Page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]


def test_waits_for_the_worker_and_can_be_asked_again(seen, cast):
    made = upload(cast, LIBRARY)
    page = seen(made)
    assert "Kontrollerar filen" in page.text
    assert "Filen står i kö." in page.text
    assert page.links["Visa hur långt det har kommit"] == reverse("accounts:import-detail", args=[made.pk])
    panel = page.soup.find(id="lage")
    assert (panel["hx-get"], panel["hx-trigger"]) == (reverse("accounts:import-progress", args=[made.pk]), "every 1s")


def test_progress_is_a_sentence_and_a_bar(seen, cast):
    made = upload(cast, LIBRARY)
    AccountImport.objects.update(rows_done=250, rows_total=5000)
    page = seen(made)
    assert "250 av 5000 rader" in page.text
    bar = page.soup.find("progress")
    assert (bar["value"], bar["max"]) == ("250", "5000")


def test_faults_first_and_nothing_to_press_but_upload_again(seen, cast):
    page = seen(checked(cast, LIBRARY, MISSPELT))
    assert "En rad att rätta" in page.text
    assert lines(page) == [
        f"3 Sim på Instagram instagram.com/laholmsim Att rätta {FAULT}",
        "2 Laholms bibliotek på Facebook facebook.com/laholmsbibliotek Biblioteket Nytt",
    ]
    assert not any(button.startswith("Läs in") for button in page.buttons)
    assert page.links["Ladda upp filen igen"] == reverse("accounts:import-list")


def test_file_that_is_not_understood_says_why(seen, cast):
    page = seen(checked(cast, content=b"%PDF-1.7"))
    assert "Filen kan inte läsas in" in page.text
    assert "Filen är inget kalkylblad." in page.text


def test_button_says_how_many(seen, cast):
    page = seen(checked(cast, content=as_csv(accounts_file(41))))
    assert "41 nya konton." in page.text
    assert "Läs in 41 konton" in page.buttons


def test_what_changes_is_said(seen, cast):
    AccountFactory(unit=cast.library, handle="laholmsbibliotek", name="Bibblan")
    page = seen(checked(cast, LIBRARY, LIBRARY))
    assert "Ett konto ändras. En rad är en dubblett." in page.text
    assert "Namn: från Bibblan till Laholms bibliotek" in page.text
    assert "Ändra ett konto" in page.buttons


def test_nothing_to_read_in(seen, cast):
    read_in(cast, LIBRARY)
    page = seen(checked(cast, LIBRARY))
    assert "Det finns inget att läsa in" in page.text
    assert "Ett konto finns redan, med samma uppgifter." in page.text
    assert not any(button.startswith("Läs in") for button in page.buttons)


def test_read_in_says_who_and_when_and_what_comes_next(seen, cast):
    page = seen(read_in(cast, LIBRARY))
    assert "Ett nytt konto. Inläst i dag kl. 10.00 av Kommunikatör Kvist" in page.text
    assert "verksamhetens chef kan komplettera" in page.text
    assert page.links["Till registret"] == reverse("accounts:account-list")


def test_register_that_changed_is_said(seen, cast, now):
    made = checked(cast, LIBRARY)
    AccountImport.objects.update(problem=imports.CHANGED_SINCE)
    assert "Registret har ändrats sedan filen kontrollerades" in seen(made).text


def test_columns_that_are_not_read_are_said(seen, cast):
    content = as_csv([["URL", "Kanal", "Enhet", "Följare", "Kommentar"], ["@a", "FB", "Biblioteket", "7", ""]])
    assert "Kolumner som inte läses: Följare och Kommentar." in seen(checked(cast, content=content)).text


def test_what_a_file_says_is_never_markup(seen, cast):
    page = seen(checked(cast, ("<script>alert(1)</script>", "@a", "FB", "<b>x</b>")))
    assert not page.soup.main.find("script")
    assert "<script>alert(1)</script> på Facebook" in page.text


def test_a_page_at_a_time(seen, cast, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    made = checked(cast, content=as_csv(accounts_file(3)))
    assert (len(lines(seen(made))), len(lines(seen(made, "?page=2")))) == (2, 1)
    assert len(lines(seen(made, "?page=99"))) == 1


def test_rows_cost_no_queries(client, cast):
    sizes = iter((1, 3, 5))
    made = []

    def look():
        client.get(reverse("accounts:import-detail", args=[made[-1].pk]))

    assert_same_query_count(
        look, add_row=lambda: made.append(checked(cast, content=as_csv(accounts_file(next(sizes)))))
    )


def test_unknown_is_404(client):
    assert client.get(reverse("accounts:import-detail", args=[uuid4()])).status_code == 404


def test_only_kommunikationsenheten(cast, client_for):
    url = reverse("accounts:import-detail", args=[checked(cast, LIBRARY).pk])
    assert_only_communications(url, cast, client_for)
    assert_only_get(client_for(cast.communicator), url)
