"""An account is closed with its last snapshot, and refused without (R20)."""

from playwright.sync_api import expect

from accounts.enums import AccountStatus
from accounts.models import Account
from tests.accounts.in_order import account_in_order
from tests.browser.visitors import PHONE, Visitors
from tests.moderation.factories import picture_bytes


def test_refused_without_its_snapshot_and_closed_with_it(visitors: Visitors, cast):
    account = account_in_order(cast, name="Laholms bibliotek")
    librarian = visitors.sign_in(visitors.arrive(PHONE), cast.librarian)
    librarian.goto(f"/register/{account.pk}/")
    librarian.get_by_role("link", name="Avsluta kontot").click()
    librarian.get_by_role("button", name="Börja avveckla kontot").click()
    expect(librarian.get_by_role("group", name="En sak är kvar att rätta")).to_contain_text("Skriv varför")
    librarian.get_by_label("Varför avslutas kontot?").fill("Vi samlar allt på ett konto.")
    librarian.get_by_role("button", name="Börja avveckla kontot").click()
    expect(librarian.get_by_role("status")).to_contain_text("Kontot är under avveckling.")

    manager = visitors.sign_in(visitors.arrive(PHONE), cast.manager)
    manager.get_by_role("link", name="Läs och bekräfta").click()
    expect(manager.get_by_role("main")).to_contain_text("Du kan bekräfta när allt ovan är klart.")
    expect(manager.get_by_role("button", name="Bekräfta och avsluta kontot")).to_have_count(0)

    librarian.get_by_role("link", name="Till ögonblicksbilderna").click()
    librarian.get_by_role("link", name="Skicka egna skärmbilder").click()
    shot = {"name": "sida.png", "mimeType": "image/png", "buffer": picture_bytes(size=(390, 1200))}
    librarian.get_by_label("Bilder eller PDF").set_input_files(shot)
    librarian.get_by_label("Vad visar de?").fill("Hela startsidan.")
    librarian.get_by_label("Före avslut").check()
    librarian.get_by_label("Jag intygar").check()
    librarian.get_by_role("button", name="Spara ögonblicksbilden").click()
    expect(librarian.get_by_role("status")).to_contain_text("Ögonblicksbilden är sparad.")

    manager.reload()
    manager.get_by_role("button", name="Bekräfta och avsluta kontot").click()
    expect(manager.get_by_role("status")).to_contain_text("Kontot är avslutat.")
    assert Account.objects.get(pk=account.pk).status == AccountStatus.CLOSED

    citizen = visitors.arrive(PHONE)
    citizen.goto(f"/konton/{account.pk}/")
    expect(citizen.get_by_role("main")).to_contain_text("Kontot avslutades tisdag 24 november")
