"""*Att gallra 2026*: one prepares, another decides, it goes over night, and the protocol is there (R17, R18)."""

import re

from playwright.sync_api import Page, expect

from archive.enums import DisposalStatus, ItemStatus
from archive.models import DisposalRun
from archive.services import disposal_run
from moderation.models import Case, CaseContent
from tests.archive.disposals import old_case, plan_for
from tests.archive.factories import SeriesFactory, archive_head_of, archivist_of, stopped
from tests.browser.visitors import PHONE, Visitors
from tests.moderation.factories import library_account

KEPT_BECAUSE = "Visas i utställningen om badhuset."


def test_prepared_decided_carried_out_and_the_protocol_opened(visitors: Visitors, cast, clock, work):
    board = SeriesFactory(board=cast.culture_board).board
    account = library_account(cast)
    gone, kept, held = (old_case(account, text=f"Inlägg {number}") for number in (1, 2, 3))
    plan_for(board)

    person = archivist_of(board)
    archivist = visitors.let_in(visitors.arrive(), person)
    prepare(archivist)
    keep(archivist, kept)
    send(archivist)

    head = visitors.let_in(visitors.arrive(PHONE), archive_head_of(board))
    decide(head)

    stopped(board, held, name="Begäran om utlämnande")
    clock.move(hours=12)
    assert disposal_run.begin_decided(now=clock.now) == [DisposalRun.objects.get().pk]
    run = DisposalRun.objects.get()
    archivist = visitors.let_in(visitors.arrive(), person)
    archivist.goto(f"/gallring/korning/{run.pk}/")
    pause_and_go_on(archivist)
    work()
    archivist.reload()
    expect(archivist.get_by_role("main")).to_contain_text("Gallringen blev klar")
    expect(archivist.get_by_role("main")).to_contain_text("Gallringsstopp: Begäran om utlämnande.")
    open_the_protocol(archivist)

    assert set(Case.objects.values_list("pk", flat=True)) == {kept.pk, held.pk}
    assert not CaseContent.objects.filter(text="Inlägg 1").exists()
    run = DisposalRun.objects.get()
    assert run.status == DisposalStatus.PARTIAL
    assert run.items.get(object_id=gone.pk).status == ItemStatus.DESTROYED


def prepare(page: Page) -> None:
    page.goto("/gallring/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Att gallra 2026")
    page.get_by_role("link", name="Förbered gallringen").click()
    page.get_by_role("button", name="Gör listan").click()
    expect(page.get_by_role("status")).to_contain_text("Inget gallras förrän arkivansvarig har beslutat.")


def keep(page: Page, case: Case) -> None:
    """Keep one post, with a reason; without one the tick stays and the field says what is missing."""
    page.get_by_role("link", name=re.compile("Titta och välj.*personangrepp")).click()
    item = DisposalRun.objects.get().items.get(object_id=case.pk)
    page.locator(f"[name=objekt][value='{item.pk}']").check()
    page.get_by_role("button", name="Behåll").click()
    expect(page.get_by_role("group", name="En sak är kvar att rätta")).to_contain_text("Skriv varför")
    expect(page.locator(f"[name=objekt][value='{item.pk}']")).to_be_checked()
    page.get_by_label("Varför behålls de?").fill(KEPT_BECAUSE)
    page.get_by_role("button", name="Behåll").click()
    expect(page.get_by_role("status")).to_contain_text("En handling behålls.")
    page.get_by_role("link", name="Gallring 2026").first.click()


def send(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("Ta med.*Vad som gjorts")).uncheck()
    page.get_by_role("button", name="Skicka till arkivansvarig").click()
    expect(page.get_by_role("status")).to_contain_text("Listan är skickad till arkivansvarig")


def decide(page: Page) -> None:
    """On a telephone, from Att göra."""
    page.goto("/")
    page.get_by_role("link", name="Läs och besluta").click()
    expect(page.get_by_role("main")).to_contain_text(KEPT_BECAUSE)
    page.get_by_role("button", name="Besluta att gallra").click()
    expect(page.get_by_role("main")).to_contain_text("Beslutad. Gallras i natt, efter kl. 22.")


def pause_and_go_on(page: Page) -> None:
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Pausa").click()
    expect(page.get_by_role("status")).to_contain_text("Gallringen är pausad.")
    page.get_by_role("button", name="Fortsätt gallringen").click()
    expect(page.get_by_role("status")).to_contain_text("Gallringen fortsätter.")


def open_the_protocol(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta protokollet").click()
    assert download.value.suggested_filename == "gallringsprotokoll-2026.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
