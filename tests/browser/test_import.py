"""A messy Excel file, corrected in two rounds, by someone whose browser runs scripts and by someone whose does not."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Account
from tests.browser.visitors import Visitors
from tests.spreadsheets import as_excel

TITLE: list[list[str]] = [["Våra konton i sociala medier, sammanställt i våras"], []]
GROUPS = ["", "Konto", "", "", "Ansvarig", "", "Övrigt"]
HEADING = ["", "Namn", "Länk", "Enhet", "Namn", "E-post", "Följare"]
MERGED = ("A1:G1", "B3:D3", "E3:F3")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request) -> bool:
    return request.param


def save(path: Path, *rows: list[object]) -> Path:
    path.write_bytes(as_excel([*TITLE, GROUPS, HEADING, *rows], merge=MERGED))
    return path


def upload(page: Page, path: Path) -> None:
    page.get_by_label("Fil med konton").set_input_files(path)
    page.get_by_role("button", name="Ladda upp och kontrollera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(path.name)


def come_back(page: Page, *, scripted: bool) -> None:
    """See what the worker has done: the page comes by itself, or by the link."""
    if not scripted:
        page.get_by_role("link", name="Visa hur långt det har kommit").click()
    expect(page.locator("#lage")).to_have_count(0)


def row(page: Page, name: str):
    return page.get_by_role("row").filter(has_text=name)


def test_messy_file_is_corrected_in_two_rounds_and_completed_by_the_manager(
    visitors: Visitors, cast, work, tmp_path, scripted
):
    visitors.give_second_step(cast.manager)
    page = visitors.sign_in(visitors.arrive(java_script_enabled=scripted), cast.communicator)
    page.goto("/register/")
    page.get_by_role("link", name="Läs in konton från fil").click()

    library = [
        "",
        "Laholms bibliotek",
        "m.facebook.com/LaholmsBibliotek?ref=page",
        "BIBLIOTEKET ",
        "Ingen Alls",
        "",
        812,
    ]
    permits = ["", "Bygg i Laholm", "https://www.instagram.com/bygglaholm/", "Bygglov", "", cast.outsider.email, 95]
    misspelt = [*permits[:3], "Byglov", *permits[4:]]
    no_account = ["", "Hemsidan", "www.laholm.se", "Biblioteket", "", "", ""]
    upload(page, save(tmp_path / "våra konton.xlsx", library, [], misspelt, no_account))
    expect(page.get_by_text("Filen står i kö.")).to_be_visible()
    work()
    come_back(page, scripted=scripted)
    expect(page.get_by_role("heading", name="Två rader att rätta")).to_be_visible()
    expect(row(page, "Bygg i Laholm")).to_contain_text("Verksamheten ”Byglov” finns inte i portalen. Menar du Bygglov?")
    expect(row(page, "Hemsidan")).to_contain_text("Kanal: fyll i kanalen.")
    expect(page.get_by_text("Kolumner som inte läses: Övrigt Följare.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Läs in"))).to_have_count(0)
    assert not Account.objects.exists()

    page.get_by_role("link", name="Ladda upp filen igen").click()
    expect(page.get_by_text("Har fel att rätta, inget är inläst")).to_be_visible()
    upload(page, save(tmp_path / "våra konton, rättad.xlsx", library, permits, permits))
    work()
    come_back(page, scripted=scripted)
    expect(page.get_by_text("Två nya konton. En rad är en dubblett.")).to_be_visible()
    expect(row(page, "Laholms bibliotek")).to_contain_text("Ansvarig: Ingen Alls finns inte i portalen.")
    page.get_by_role("button", name="Läs in två konton").click()
    expect(page.get_by_role("heading", name="Läser in kontona")).to_be_visible()
    work()
    come_back(page, scripted=scripted)
    expect(page.locator(".lead")).to_contain_text("Två nya konton.")
    expect(page.locator(".lead")).to_contain_text("Inläst i dag kl. 10.00 av Kommunikatör Kvist")

    citizen = visitors.with_phone(java_script_enabled=scripted)
    citizen.goto("/konton/")
    expect(citizen.get_by_role("main")).to_contain_text("Laholms bibliotek")
    complete(visitors.sign_in(visitors.with_phone(java_script_enabled=scripted), cast.manager), cast)


def complete(page: Page, cast) -> None:
    """The library's manager finds what is lacking, and fills it in."""
    page.goto("/mina-konton/")
    page.get_by_role("link", name=re.compile("^Laholms bibliotek")).click()
    page.get_by_role("link", name=re.compile("^Komplettera")).click()
    page.get_by_label("Syfte och mål med kontot?").fill("Fler ska hitta till biblioteken.")
    page.get_by_label("Budskap och Målgrupp?").fill("Alla som läser.")
    page.get_by_label("Ämnen?").fill("Boktips.")
    page.get_by_label("En rad för den offentliga listan").fill("Boktips och öppettider")
    page.get_by_label("Ansvarig").select_option(label=cast.librarian.presented_as)
    page.get_by_label("Ersättare").select_option(label=cast.assistant.presented_as)
    page.get_by_role("group", name="Vad används kontot till?").get_by_role("checkbox").first.check()
    page.get_by_label("Laglig grund för personuppgifter").select_option(label="Uppgift av allmänt intresse")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_contain_text("Uppgifterna om Laholms bibliotek på Facebook är sparade.")
    expect(page.get_by_text("Bilaga 1 är inte komplett")).to_have_count(0)
