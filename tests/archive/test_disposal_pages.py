"""A gallring on screen: prepared, sent, decided on by another, advised on and taken back (R17, R18)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from archive.enums import DisposalChoice, DisposalStatus
from archive.models import DisposalAdvice, DisposalItem, DisposalRun
from archive.services import disposal_run
from tests.archive.disposals import decided, made_up, old_case, plan_for, prepared, sent
from tests.archive.factories import archive_head_of, archivist_of, registrar_of, stopped
from tests.archive.gallring import assert_only_those_with_gallring
from tests.clock import NOW, TODAY
from tests.factories import RoleAssignmentFactory
from tests.moderation.factories import library_account
from tests.pages import Page, assert_only_get, assert_only_post
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
GET = ("run-detail", "run-items-csv", "run-history", "run-progress")
POST = ("run-submit", "run-approve", "run-pause", "run-resume")
BOTH = ("run-list-anew", "run-take-back", "run-send-back", "run-advise", "run-protocol")


@pytest.fixture
def board(cast):
    return cast.culture_board


@pytest.fixture
def case(cast, board):
    """A post that may go, with its copies."""
    found = old_case(library_account(cast))
    plan_for(board)
    return found


@pytest.fixture
def archivist(board):
    return archivist_of(board)


@pytest.fixture
def head(board):
    return archive_head_of(board)


@pytest.fixture
def adviser():
    """Kommunarkivarien."""
    return RoleAssignmentFactory(role_id="kommunarkivarie", board=None).user


@pytest.fixture
def strangers(cast, board):
    """Everyone without a part in the board's gallring, another board's arkivredogörare among them."""
    others = (cast.librarian, cast.manager, cast.administrator, archivist_of(cast.building_board))
    return [*others, registrar_of(board)]


def address(name, run):
    return reverse(f"archive:{name}", args=[run.pk])


def now_of(run):
    return DisposalRun.objects.get(pk=run.pk)


def test_only_those_with_gallring_come_in(board, archivist, strangers, client_for):
    run = made_up(board)
    elsewhere = {"run-protocol", "run-progress", "run-advise", "run-send-back"}
    for url in (address(name, run) for name in set(GET + POST + BOTH) - elsewhere):
        assert_only_those_with_gallring(url, inside=archivist, strangers=strangers, client_for=client_for)
    for name in ("run-list", "run-prepare"):
        url = reverse(f"archive:{name}", args=[board.pk])
        inside = archivist if name == "run-list" else archivist_of(board)
        assert_only_those_with_gallring(url, inside=inside, strangers=strangers, client_for=client_for)


def test_methods(board, archivist, client_for):
    run, client = made_up(board), client_for(archivist)
    for name in GET:
        assert_only_get(client, address(name, run))
    for name in POST:
        assert_only_post(client, address(name, run))


# Preparing


def test_what_is_due_becomes_a_list(board, case, archivist, client_for):
    client = client_for(archivist)
    due = Page(client.get(reverse("archive:due-detail", args=[board.pk])))
    page = Page(client.post(due.links["Förbered gallringen"], {"as_of": str(TODAY)}, follow=True))
    assert page.heading == "Gallring 2026"
    assert page.messages == ["Listan är klar att gå igenom. Inget gallras förrän arkivansvarig har beslutat."]
    assert "har nått sin frist" in page.lead
    again = Page(client.get(reverse("archive:due-detail", args=[board.pk])))
    assert "Fortsätt med listan" in again.links
    assert "Förbered gallringen" not in again.links


def test_preparing_says_what_is_wrong_beside_the_day(board, archivist, head, client_for):
    url = reverse("archive:run-prepare", args=[board.pk])
    assert client_for(head).get(url).status_code == 403
    client = client_for(archivist)
    ahead = Page(client.post(url, {"as_of": str(TODAY + timedelta(days=1))}))
    assert ahead.errors == {"as_of": "Dagen kan inte ligga framåt i tiden."}
    assert Page(client.post(url, {"as_of": str(TODAY)})).summary == [
        "Nämnden har ingen beslutad plan. Utan beslut gallras inget."
    ]
    plan_for(board)
    assert Page(client.post(url, {"as_of": str(TODAY)})).summary == ["Inget har nått sin frist."]


def test_the_list_shows_what_is_held_back_and_what_has_no_decision(cast, board, case, archivist, client_for):
    other = old_case(case.account)
    stopped(board, other, name="Utlämnande pågår")
    page = Page(client_for(archivist).get(address("run-detail", prepared(board))))
    assert "Utlämnande pågår" in page.rows
    assert "hålls kvar" in page.text
    assert "Skicka till arkivansvarig" in page.buttons


def test_what_is_not_ticked_is_left_out(board, case, archivist, client_for):
    run = prepared(board)
    on_it = sorted(set(run.items.values_list("record_type", flat=True)))
    taken = [code for code in on_it if code != "action"]
    page = Page(client_for(archivist).post(address("run-submit", run), {"finns": on_it, "ta_med": taken}, follow=True))
    assert page.messages == ["Listan är skickad till arkivansvarig, som beslutar."]
    assert "action" in on_it
    assert sorted(set(run.items.values_list("record_type", flat=True))) == taken
    assert now_of(run).status == DisposalStatus.SUBMITTED


def test_an_empty_list_is_not_sent(board, archivist, client_for):
    run = made_up(board)
    on_it = list(set(run.items.values_list("record_type", flat=True)))
    page = Page(client_for(archivist).post(address("run-submit", run), {"finns": on_it}, follow=True))
    assert page.messages == ["Listan är tom. Ta med något, eller vänta till nästa gallring."]
    assert run.items.exists()


def test_arkivansvarig_does_not_send(board, head, client_for):
    run = made_up(board)
    assert client_for(head).post(address("run-submit", run)).status_code == 403
    assert "Skicka till arkivansvarig" not in Page(client_for(head).get(address("run-detail", run))).buttons


def test_the_list_is_made_anew_and_what_was_kept_still_is(cast, board, case, archivist, client_for):
    run = prepared(board)
    kept = DisposalItem.objects.get(run=run, object_id=case.pk)
    DisposalItem.objects.filter(pk=kept.pk).update(choice=DisposalChoice.KEEP, choice_reason="Visas")
    newer = old_case(case.account)
    page = Page(client_for(archivist).post(address("run-list-anew", run), {"as_of": str(TODAY)}, follow=True))
    assert page.messages == ["Listan är hämtad på nytt."]
    assert run.items.filter(object_id=newer.pk, choice=DisposalChoice.DESTROY).exists()
    assert run.items.get(object_id=case.pk).choice_reason == "Visas"


# Deciding


def test_arkivansvarig_decides_on_one_page(board, head, client_for):
    run, client = sent(made_up(board)), client_for(head)
    page = Page(client.get(address("run-detail", run)))
    assert page.buttons == ["Besluta att gallra"]
    assert "i natt, efter kl. 22" in page.text
    decided = Page(client.post(address("run-approve", run), {"last": run.list_sha256}, follow=True))
    assert decided.lead == "Beslutad. Gallras i natt, efter kl. 22."
    assert "Beslutet gäller till och med torsdag 24 december." in decided.text
    assert now_of(run).approved_by == head


def test_the_one_who_prepared_does_not_decide(board, client_for):
    run = sent(made_up(board))
    RoleAssignmentFactory(user=run.prepared_by, role_id="arkivansvarig", board=board)
    client = client_for(run.prepared_by)
    page = Page(client.get(address("run-detail", run)))
    assert "Du har förberett listan, så någon annan beslutar om den." in page.text
    assert "Besluta att gallra" not in page.buttons
    assert client.post(address("run-approve", run), {"last": run.list_sha256}).status_code == 403


def test_arkivredogoraren_does_not_decide(board, archivist, client_for):
    run = sent(made_up(board))
    assert client_for(archivist).post(address("run-approve", run), {"last": run.list_sha256}).status_code == 403


def test_a_list_that_changed_meanwhile_is_read_again(board, head, client_for):
    run = sent(made_up(board))
    page = Page(client_for(head).post(address("run-approve", run), {"last": "0" * 64}, follow=True))
    assert page.messages == ["Listan har ändrats sedan du läste den. Läs den igen."]


def test_it_is_sent_back_with_what_should_be_changed(board, archivist, head, client_for):
    run, client = sent(made_up(board)), client_for(head)
    assert client_for(archivist).get(address("run-send-back", run)).status_code == 403
    assert Page(client.post(address("run-send-back", run), {"reason": ""})).errors == {
        "reason": "Skriv vad som ska ändras"
    }
    client.post(address("run-send-back", run), {"reason": "Behåll det om badhuset."})
    page = Page(client_for(archivist).get(address("run-detail", run)))
    assert "Arkivansvarig skickade tillbaka listan Behåll det om badhuset." in page.text
    again = Page(client.post(address("run-send-back", run), {"reason": "Igen"}))
    assert again.summary == ["Gallringen kan inte ändras så. Läge: förbereds."]


def test_taking_it_back_lets_the_decision_fall(board, archivist, head, client_for):
    run = decided(made_up(board))
    assert client_for(head).get(address("run-take-back", run)).status_code == 403
    page = Page(client_for(archivist).post(address("run-take-back", run), follow=True))
    assert page.messages == ["Listan är din igen. Ändra den och skicka den på nytt."]
    assert (now_of(run).status, now_of(run).approved_by) == (DisposalStatus.DRAFT, None)


def test_an_old_decision_is_shown_as_one(board, archivist, clock, client_for):
    run = decided(made_up(board))
    clock.move(days=31)
    page = Page(client_for(archivist).get(address("run-detail", run)))
    assert page.lead == "Beslutet gällde till och med torsdag 24 december och har gått ut. Inget gallras."


# Over night


def test_it_begins_at_night_and_not_before(board):
    run = decided(made_up(board))
    assert disposal_run.begin_decided(now=NOW) == []
    assert disposal_run.begin_decided(now=NOW.replace(hour=22)) == [run.pk]
    assert now_of(run).status == DisposalStatus.EXECUTING


def test_in_the_demo_it_begins_at_once(board, settings):
    settings.DISPOSALS_AT_ONCE = True
    run = decided(made_up(board))
    assert disposal_run.begin_decided(now=NOW) == [run.pk]


def test_an_old_decision_begins_nothing(board):
    run = decided(made_up(board))
    assert disposal_run.begin_decided(now=NOW.replace(hour=23) + timedelta(days=31)) == []
    assert now_of(run).status == DisposalStatus.APPROVED


def test_one_that_cannot_begin_stands_in_no_others_way(board, monkeypatch, caplog):
    run = decided(made_up(board))
    monkeypatch.setattr(disposal_run, "fingerprint", lambda run: "f" * 64)
    assert disposal_run.begin_decided(now=NOW.replace(hour=23)) == []
    assert str(run.pk) in caplog.text


# Advice


def test_kommunarkivarien_advises(board, adviser, archivist, client_for):
    run = sent(made_up(board))
    assert client_for(archivist).get(address("run-advise", run)).status_code == 403
    client = client_for(adviser)
    assert Page(client.post(address("run-advise", run), {"text": ""})).errors == {"text": "Skriv ditt råd"}
    page = Page(client.post(address("run-advise", run), {"text": "Behåll årets badhus."}, follow=True))
    assert page.messages == ["Rådet står på gallringens sida."]
    assert "Behåll årets badhus." in Page(client_for(archivist).get(address("run-detail", run))).text
    assert now_of(run).status == DisposalStatus.SUBMITTED


def test_no_advice_once_it_is_carried_out(board, adviser, client_for):
    page = Page(
        client_for(adviser).post(
            address("run-advise", disposal_run.begin(decided(made_up(board)).pk, now=NOW)), {"text": "För sent"}
        )
    )
    assert page.summary == ["Gallringen genomförs redan."]
    assert not DisposalAdvice.objects.exists()


# Lists


def test_all_gallringar_of_the_board(board, archivist, client_for):
    run = made_up(board)
    page = Page(client_for(archivist).get(reverse("archive:run-list", args=[board.pk])))
    assert page.rows == [str(run)]


def test_the_page_costs_the_same_however_long_the_list(cast, board, archivist, client_for):
    run, client = made_up(board), client_for(archivist)

    def add_row():
        key = uuid4()
        about = {"record_type": "mail", "kind": "common.mail", "object_id": key, "due_on": TODAY, "reason": "Gallras"}
        DisposalItem.objects.create(run=run, choice=DisposalChoice.KEEP, choice_reason=f"Skäl {key}", **about)

    assert_same_query_count(lambda: client.get(address("run-detail", run)), add_row=add_row)
