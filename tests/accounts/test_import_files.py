"""Files as people make them, read: every encoding, delimiter and mess, or a reason and what to do."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from accounts.importing import files
from accounts.importing.columns import COLUMNS, LABELS, column_letter
from accounts.importing.files import FileError, sheets_of
from accounts.importing.headings import Table, table_of
from accounts.importing.names import uses_of
from accounts.importing.wording import NOTHING, folded, tidy
from tests.spreadsheets import as_csv, as_excel

TWO = [["Webbadress", "Verksamhet"], ["@laholm", "Biblioteket"]]


def table(content: bytes) -> Table:
    return table_of(sheets_of(content))


def rows(content: bytes) -> dict[int, dict[str, str]]:
    return dict(table(content).rows())


def why_not(content: bytes) -> str:
    with pytest.raises(FileError) as caught:
        rows(content)
    return str(caught.value)


# Cells that mean what they say: nothing that is tidied away, and no word for "nothing".
WORDS = st.text(st.characters(codec="cp1252", categories=("L", "N", "P", "S")), min_size=1, max_size=30).filter(
    # openpyxl would write "=…" as a formula
    lambda words: tidy(words) == words and words.casefold() not in NOTHING and not words.startswith("=")
)
TABLES = st.lists(st.lists(WORDS, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from(files.DELIMITERS), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_what_is_written_as_csv_is_read(cells, delimiter, encoding):
    heading = [column.label for column in COLUMNS]
    found = rows(as_csv([heading, *cells], delimiter=delimiter, encoding=encoding))
    assert [[row[column.code] for column in COLUMNS] for row in found.values()] == cells


@settings(max_examples=25, deadline=None)
@given(TABLES, st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))
def test_what_is_written_in_excel_is_read_wherever_it_stands(cells, title_rows, blank_rows, blank_columns):
    heading = [column.label for column in COLUMNS]
    above = [["Våra konton i sociala medier"]] * title_rows + [[]] * blank_rows
    margin = [""] * blank_columns
    content = as_excel([*above, [*margin, *heading], *([*margin, *row] for row in cells)])
    found = rows(content)
    assert [[row[column.code] for column in COLUMNS] for row in found.values()] == cells
    assert min(found) == len(above) + 2, "rows are numbered as the spreadsheet shows them"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_the_bytes_it_is_read_or_refused(content):
    with suppress(FileError):
        rows(content)


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return as_excel(TWO)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(2, 4000), st.integers(0, 255)), min_size=1, max_size=8))
def test_broken_workbook_is_read_or_refused(workbook, changes):
    content = bytearray(workbook)
    for place, value in changes:
        content[place % len(content)] = value
    with suppress(FileError):
        rows(bytes(content))


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(words):
    assert tidy(tidy(words)) == tidy(words) or tidy(words).startswith("'")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("URL", "web_address"),
        ("Webbadress:", "web_address"),
        ("  WEBBADRESS * ", "web_address"),
        ("Länk till kontot", "web_address"),
        ("Plattform", "platform"),
        ("Kanal (t.ex. Facebook)", "platform"),
        ("Namn på kontot", "name"),
        ("Kontonamn", "name"),
        ("Enhet", "unit"),
        ("Förvaltning", "unit"),
        ("E-post ansvarig", "responsible_email"),
        ("Ansvarigs e-postadress", "responsible_email"),
        ("Ansvarig mejl", "responsible_email"),
        ("Vikarie", "substitute"),
        ("Syfte och mål med kontot?", "purpose"),
        ("Budskap och Målgrupp?", "audience"),
        ("Ämnen?", "topics"),
        ("Status", "status"),
        ("Startår", "in_use_since"),
    ],
)
def test_headings_as_people_write_them(heading, code):
    others = {"web_address": "Användarnamn", "unit": "Webbadress"}
    content = as_csv(
        [[heading, others.get(code, "Webbadress"), "" if code == "unit" else "Verksamhet"], ["a", "b", "c"]]
    )
    assert rows(content)[2][code] == "a"


def test_vague_heading_yields_to_a_clear_one():
    found = table(as_csv([["Namn", "Namn på kontot", "Adress", "URL", "Verksamhet"], ["a", "b", "c", "d", "e"]]))
    assert found.ignored == ("Namn", "Adress")
    assert dict(found.rows())[2] == {"name": "b", "web_address": "d", "unit": "e"}


def test_two_columns_of_one_meaning_are_refused_with_their_letters():
    assert why_not(as_csv([["URL", "Länk", "Enhet"], ["a", "b", "c"]])) == (
        "Kolumnerna A (”URL”) och B (”Länk”) betyder båda Webbadress. Behåll en av dem och ladda upp igen."
    )


def test_heading_in_two_rows_with_merged_groups():
    content = as_excel(
        [
            ["Konton 2026"],
            [],
            [None, "Konto", None, None, "Ansvarig", None, "Ersättare", None],
            [None, "Namn", "Länk", "Enhet", "Namn", "E-post", "Namn", "E-post"],
            [None, "A", "@a", "Biblioteket", "Björk", "b@laholm.se", "Asp", "a@laholm.se"],
        ],
        merge=["A1:H1", "B3:D3", "E3:F3", "G3:H3"],
    )
    assert rows(content) == {
        5: {
            "name": "A",
            "web_address": "@a",
            "unit": "Biblioteket",
            "responsible": "Björk",
            "responsible_email": "b@laholm.se",
            "substitute": "Asp",
            "substitute_email": "a@laholm.se",
        }
    }


def test_cell_merged_downwards_says_the_same_of_every_row():
    content = as_excel(
        [["Verksamhet", "Webbadress"], ["Biblioteket", "@a"], [None, "@b"], [None, "@c"], ["Bygglov", "@d"]],
        merge=["A2:A4"],
    )
    assert [row["unit"] for row in rows(content).values()] == ["Biblioteket"] * 3 + ["Bygglov"]


def test_heading_printed_again_on_every_page_is_no_account():
    heading, account = TWO
    assert list(rows(as_csv([heading, account, [], heading, account]))) == [2, 5]


def test_blank_rows_and_what_only_looks_filled_are_passed_over():
    def paint(book):
        for row in range(1, 400):
            book.active.cell(row, 8).fill = PatternFill("solid", fgColor="FFFF00")

    content = as_excel([*TWO, [], ["\u00a0", " "], ["-", "–"], ["@b", "Bygglov"]], touch=paint)
    assert list(rows(content)) == [2, 6]


def test_values_are_read_as_they_are_seen():
    heading = ["URL", "Enhet", "Namn", "I bruk sedan", "Läge", "Syfte"]
    content = as_excel(
        [heading, ["@a", "Biblioteket", 112.0, datetime.fromisoformat("2019-03-01"), True, date(2020, 1, 2)]]
    )
    row = rows(content)[2]
    assert (row["name"], row["in_use_since"], row["status"], row["purpose"]) == (
        "112",
        "2019-03-01",
        "ja",
        "2020-01-02",
    )


def test_formula_is_never_carried_out():
    content = as_excel([["URL", "Enhet"], ["@a", '=HYPERLINK("http://127.0.0.1","Biblioteket")']])
    assert rows(content)[2]["unit"] == ""


def test_our_own_export_comes_back_as_it_was():
    content = as_csv([["Webbadress", "Verksamhet", "Användarnamn"], ["", "Biblioteket", "'@laholm"]])
    assert rows(content)[2]["handle"] == "@laholm"


def test_several_lines_in_one_cell_are_one_row():
    content = as_csv([["URL", "Enhet", "Syfte"], ["@a", "Biblioteket", "Ett\r\ntvå"], ["@b", "Bygglov", ""]])
    assert rows(content)[2]["purpose"] == "Ett\ntvå"
    assert list(rows(content)) == [2, 3]


def test_excels_own_line_about_the_delimiter_is_believed():
    assert rows(b"sep=,\r\nURL,Verksamhet\r\n@a,Biblioteket\r\n") == {3: {"web_address": "@a", "unit": "Biblioteket"}}


def test_accounts_on_one_sheet_of_several():
    def add(book):
        book.create_sheet("Anteckningar").append(["Kom ihåg", "att ringa"])

    assert list(rows(as_excel(TWO, touch=add))) == [2]


def test_accounts_on_two_sheets_are_refused():
    def add(book):
        book.active.title = "Kultur"
        school = book.create_sheet("Skola")
        for row in TWO:
            school.append(row)

    assert why_not(as_excel(TWO, touch=add)) == (
        "Filen har konton på flera blad: ”Kultur” och ”Skola”. Samla dem på ett blad och ladda upp igen."
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Filen är tom."),
        (b" \r\n\r\n", "Filen är tom."),
        (b"%PDF-1.7", "Filen är inget kalkylblad."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Filen är i Excels äldre format (.xls), eller skyddad med lösenord."),
        (b"PK\x03\x04 broken", "Filen är skadad och går inte att läsa."),
        (b"<html><table>", "Filen är inget kalkylblad."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "Filen är inget kalkylblad."),
        (b"a;b\r\nc;d", "Ingen rad med rubriker hittades."),
        (b"URL;Namn\r\n@a;A", "Rubrikerna hittades på rad 1, men kolumnen Verksamhet saknas."),
        (b"Verksamhet;Namn\r\n@a;A", "Rubrikerna hittades på rad 1, men kolumnen Webbadress saknas."),
        (b'URL;Enhet\r\n"@a;' + b"x" * 140_000, "Filen går inte att läsa som CSV"),
        (b"URL;Enhet\r\n@a;" + b"x" * 20_001, "Rad 2 har en cell med mer än 20 000 tecken."),
        (b"URL;Enhet\r\n" + b"a;" * 61, "Rad 2 har fler än 60 kolumner."),
        (b"URL;Enhet\r\n" * 50_001, "Filen har fler än 50 000 rader."),
        (b"x" * (files.MOST_BYTES + 1), "Filen är större än 10 MB."),
    ],
)
def test_refused_with_the_reason(content, reason):
    assert why_not(content).startswith(reason)


def test_other_zip_files_are_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert why_not(file.getvalue()).startswith("Filen är inte en Excel-fil.")


def test_zip_bomb_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(130):
                part.write(b" " * 1024 * 1024)
    assert len(file.getvalue()) < 1024 * 1024
    assert why_not(file.getvalue()).startswith("Filen blir för stor när den packas upp.")


def test_entities_are_not_blown_up():
    file = io.BytesIO()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    with zipfile.ZipFile(io.BytesIO(as_excel(TWO))) as given, zipfile.ZipFile(file, "w") as archive:
        for name in given.namelist():
            text = given.read(name).decode()
            if name.startswith("xl/worksheets/sheet"):
                text = bomb + "]>" + text.replace("@laholm", "&j;").replace("<sheetData>", "<sheetData>&j;")
            archive.writestr(name, text)
    assert "skadat" in why_not(file.getvalue())


def test_size_the_sheet_claims_is_not_believed():
    given = zipfile.ZipFile(io.BytesIO(as_excel(TWO)))
    file = io.BytesIO()
    with given, zipfile.ZipFile(file, "w") as archive:
        for name in given.namelist():
            archive.writestr(name, given.read(name).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert list(rows(file.getvalue())) == [2]


def test_too_many_merged_cells_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_MERGED", 1)
    assert "för många sammanfogade" in why_not(as_excel([*TWO, ["x"], ["y"]], merge=["A2:A3", "B2:B3"]))


def test_merged_ranges_are_found_though_a_piece_ends_inside_one(monkeypatch):
    content = as_excel([["Verksamhet", "URL"], ["Biblioteket", "@a"], [None, "@b"]], merge=["A2:A3"])
    for size in (64, 97, 150, 1000):
        monkeypatch.setattr(files, "PIECE", size)
        assert [row["unit"] for row in rows(content).values()] == ["Biblioteket", "Biblioteket"]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index, letters):
    assert column_letter(index) == letters
    assert files._column_index(letters) == index


def test_no_heading_means_two_things():
    clear = [folded(name) for column in COLUMNS for name in (column.label, *column.names)]
    assert len({name for name in clear if name}) == len({(name, code) for name, code in _meanings()})
    assert set(LABELS) == {column.code for column in COLUMNS}


def _meanings():
    return [(folded(name), column.code) for column in COLUMNS for name in (column.label, *column.names) if folded(name)]


@pytest.mark.parametrize(
    ("said", "uses", "unknown"),
    [
        ("", [], []),
        ("Insyn", ["insight"], []),
        ("kris, service", ["service", "crisis"], []),
        ("Rekrytering; Nya målgrupper", ["audiences", "recruitment"], []),
        ("Ge service: upplysningar, vägledning, svar på frågor, Kriskommunikation", ["service", "crisis"], []),
        ("Skapa insyn och öka kunskapen om verksamheten\nÖka medborgardialogen", ["insight", "dialogue"], []),
        ("Dans", [], ["Dans"]),
    ],
)
def test_uses_in_short_and_in_the_guidelines_words(said, uses, unknown):
    assert uses_of(said) == (uses, unknown)
