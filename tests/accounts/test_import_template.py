import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.importing.columns import COLUMNS
from accounts.importing.files import sheets_of
from accounts.importing.headings import table_of
from tests.accounts.import_steps import assert_only_communications
from tests.pages import assert_only_get

pytestmark = pytest.mark.django_db
EXCEL, CSV = reverse("accounts:import-template-excel"), reverse("accounts:import-template-csv")


@pytest.mark.parametrize("url", [EXCEL, CSV])
def test_template_has_every_column_and_is_understood_as_it_is(cast, client_for, url):
    response = client_for(cast.communicator).get(url)
    found = table_of(sheets_of(response.content))
    assert list(found.places) == [column.code for column in COLUMNS]
    assert found.ignored == ()
    assert list(found.rows()) == []
    assert response.headers["Content-Disposition"] == f'attachment; filename="mall-konton.{url.rpartition(".")[2]}"'


def test_workbook_tells_how_and_offers_the_portals_own_names(cast, client_for):
    book = load_workbook(io.BytesIO(client_for(cast.communicator).get(EXCEL).content))
    assert book.sheetnames == ["Konton", "Så fyller du i", "Namn i portalen"]
    how = {row[0]: row[1] for row in book["Så fyller du i"].iter_rows(values_only=True)}
    assert how["Webbadress"] == "Kopiera den från plattformen. @namn går också bra."
    names = [[cell for cell in column if cell] for column in book["Namn i portalen"].iter_cols(values_only=True)]
    assert names[0][:3] == ["Kanaler", "Facebook", "Instagram"]
    assert ("Biblioteket", "Kultur- och utvecklingsnämnden") in zip(names[2], names[3], strict=True)
    offered = {str(rule.sqref): rule.formula1 for rule in book["Konton"].data_validations.dataValidation}
    assert offered["E2:E2000"] == f"'Namn i portalen'!$C$2:$C${len(names[2])}"


def test_csv_is_read_right_by_excel_in_sweden(cast, client_for):
    content = client_for(cast.communicator).get(CSV).content
    assert content.startswith("\ufeffNamn på kontot;Webbadress;".encode())


@pytest.mark.parametrize("url", [EXCEL, CSV])
def test_only_kommunikationsenheten(cast, client_for, url):
    assert_only_communications(url, cast, client_for)
    assert_only_get(client_for(cast.communicator), url)
