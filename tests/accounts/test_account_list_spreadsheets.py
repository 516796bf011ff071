"""The register as CSV and as Excel: what is filtered and nothing else, and no cell that a spreadsheet would obey."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.export import HEADINGS
from tests.factories import AccountFactory, account_in_use, platform
from tests.pages import assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
CSV, EXCEL = reverse("accounts:account-list-csv"), reverse("accounts:account-list-excel")


@pytest.fixture
def communicator(client_for, cast):
    return client_for(cast.communicator)


def rows_of_csv(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def rows_of_excel(response):
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


FORMS = pytest.mark.parametrize(("url", "rows_of"), [(CSV, rows_of_csv), (EXCEL, rows_of_excel)], ids=["csv", "excel"])


@FORMS
def test_a_row_says_what_the_register_knows(communicator, cast, now, url, rows_of):
    library = {"unit": cast.library, "applicant": cast.librarian, "substitute": cast.assistant}
    account_in_use(**library, by=cast.communicator, account_name="Höstlov på Åsen")
    headings, row = rows_of(communicator.get(url))
    said = dict(zip(headings, row, strict=True))
    assert tuple(headings) == HEADINGS
    assert (said["Konto"], said["Kanal"], said["Läge"]) == ("Höstlov på Åsen", "Instagram", "I bruk")
    assert (said["Ansvarig"], said["Ersättare"]) == (cast.librarian.presented_as, cast.assistant.presented_as)
    assert said["I bruk sedan"] == said["Registrerat"] == now.date().isoformat()
    assert said["Saknas"].startswith("Färre än två administratörer på plattformen, ")


@FORMS
def test_exactly_what_is_filtered_in_its_order(communicator, url, rows_of):
    for name, where in [("Örebäcken", "facebook"), ("Björken", "instagram"), ("Åsen", "instagram")]:
        AccountFactory(name=name, platform=platform(where))
    found = communicator.get(url, {"kanal": "instagram", "ordning": "-namn"})
    assert [row[0] for row in rows_of(found)][1:] == ["Åsen", "Björken"]


@FORMS
def test_also_beyond_the_first_page(communicator, url, rows_of):
    for number in range(51):
        AccountFactory(name=f"Konto {number}")
    assert len(rows_of(communicator.get(url))) == 1 + 51


@FORMS
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(communicator, url, rows_of, start):
    AccountFactory(name=f'{start}HYPERLINK("https://ont.example")')
    assert rows_of(communicator.get(url))[1][0].startswith("'")


@FORMS
def test_what_no_spreadsheet_can_hold_is_left_out(communicator, url, rows_of):
    AccountFactory(name="Ett\x0bkonto\x1f med tecken")
    assert rows_of(communicator.get(url))[1][0] == "Ettkonto med tecken"


def test_swedish_letters_are_right_in_excel_in_sweden(communicator):
    AccountFactory(name="Åäö")
    content = communicator.get(CSV).getvalue()
    assert content.startswith(b"\xef\xbb\xbfKonto;")
    assert "Åäö;".encode() in content


@pytest.mark.parametrize(("url", "ending"), [(CSV, "csv"), (EXCEL, "xlsx")])
def test_is_named_after_the_day(communicator, url, ending):
    response = communicator.get(url)
    response.getvalue()  # read to its end, which closes the file
    assert response.headers["Content-Disposition"] == f'attachment; filename="konton-2026-11-24.{ending}"'


@FORMS
def test_rows_cost_no_queries(communicator, url, rows_of):
    assert_same_query_count(lambda: rows_of(communicator.get(url)), add_row=lambda: AccountFactory(active=True))


@pytest.mark.parametrize("url", [CSV, EXCEL])
@pytest.mark.parametrize("person", ["librarian", "manager", "outsider", "administrator"])
def test_only_kommunikationsenheten_may(client_for, cast, url, person):
    assert client_for(getattr(cast, person)).get(url).status_code == 403


@pytest.mark.parametrize("url", [CSV, EXCEL])
def test_nothing_can_be_sent(communicator, url):
    assert_only_get(communicator, url)


@pytest.mark.parametrize("url", [CSV, EXCEL])
def test_anonymous_is_sent_to_sign_in(url):
    assert_asks_for_sign_in(url)
