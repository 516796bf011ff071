"""Being without the logo: wished by the librarian, decided by kommunikationsenheten, without JavaScript."""

from playwright.sync_api import expect

from accounts.enums import ExemptionStatus
from accounts.models import LogoExemption
from tests.accounts.in_order import account_in_order
from tests.browser.visitors import Visitors


def test_wished_decided_and_told(visitors: Visitors, cast, mail_server, work):
    account = account_in_order(cast, name="Laholms bibliotek", logo_confirmed_on=None)
    librarian = visitors.sign_in(visitors.arrive(java_script_enabled=False), cast.librarian)
    expect(librarian.get_by_role("heading", name="Att ordna på ditt konto")).to_be_visible()
    librarian.get_by_role("link", name="Ordna").click()
    lack = librarian.get_by_role("listitem").filter(has_text="Logotypen är inte bekräftad")
    lack.get_by_role("link", name="Stäm av").click()
    librarian.get_by_role("link", name="Önska undantag").click()

    librarian.get_by_role("button", name="Skicka önskemålet").click()
    expect(librarian.get_by_role("group", name="En sak är kvar att rätta")).to_contain_text("Skriv varför")
    librarian.get_by_label("Varför ska kontot vara utan logotypen?").fill("Kontot delas med tre kommuner.")
    librarian.get_by_role("button", name="Skicka önskemålet").click()
    expect(librarian.get_by_role("status")).to_contain_text("Önskemålet är skickat till kommunikationsenheten.")

    communicator = visitors.sign_in(visitors.arrive(java_script_enabled=False), cast.communicator)
    expect(communicator.get_by_role("heading", name="Ett önskemål om logotyp")).to_be_visible()
    communicator.get_by_role("link", name="Läs och besluta").click()
    expect(communicator.get_by_role("figure")).to_contain_text("Kontot delas med tre kommuner.")
    communicator.get_by_label("Bevilja: kontot får vara utan logotypen").check()
    communicator.get_by_label("Skäl").fill("Det är ett samarbete.")
    communicator.get_by_role("button", name="Besluta").click()
    expect(communicator.get_by_role("status")).to_contain_text("Undantaget är beviljat.")
    expect(communicator.get_by_role("heading", name="Att ordna")).to_have_count(0)
    assert LogoExemption.objects.get(account=account).status == ExemptionStatus.GRANTED

    work()
    (letter,) = mail_server.messages
    assert letter["To"] == cast.librarian.email
    librarian.reload()
    expect(librarian.get_by_role("main")).to_contain_text("Undantag från logotypen: beviljat av Kommunikatör Kvist")
