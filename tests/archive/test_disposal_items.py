"""The list of a gallring, object by object: looked through, chosen among, and taken out as CSV (R18)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from archive.enums import DisposalChoice, DisposalStatus
from archive.models import DisposalItem, DisposalRun
from archive.services import disposal_run
from moderation.models import SupervisionCheck
from tests.archive.disposals import decided, made_up, old_case, plan_for, prepared, sent
from tests.archive.factories import archive_head_of, archivist_of
from tests.archive.gallring import assert_only_those_with_gallring
from tests.clock import NOW, TODAY
from tests.factories import RoleAssignmentFactory
from tests.moderation.factories import library_account
from tests.pages import Page
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
CODE, MAIL, CHECK = "case_personal_attack", "mail", "supervision_check"


@pytest.fixture
def board(cast):
    return cast.culture_board


@pytest.fixture
def case(cast, board):
    found = old_case(library_account(cast))
    plan_for(board)
    return found


@pytest.fixture
def archivist(board):
    return archivist_of(board)


@pytest.fixture
def client(archivist, client_for):
    return client_for(archivist)


def list_of(run, code=CODE):
    return reverse("archive:run-items", args=[run.pk, code])


def test_only_those_with_gallring_come_in(cast, board, archivist, client_for):
    run = made_up(board)
    strangers = (cast.librarian, cast.administrator, archivist_of(cast.building_board))
    assert_only_those_with_gallring(list_of(run, MAIL), inside=archivist, strangers=strangers, client_for=client_for)
    assert client_for(archivist).put(list_of(run, MAIL)).status_code == 405
    assert client_for(archivist).get(list_of(run, "inget")).status_code == 404


def test_says_why_each_may_go(board, case, client):
    page = Page(client.get(list_of(prepared(board))))
    assert "Räknat från 24 november 2026." in page.text


def test_leads_only_those_to_a_post_who_may_see_it(cast, board, case, client, client_for):
    run, link = prepared(board), reverse("moderation:case-detail", args=[case.pk])
    assert link not in Page(client.get(list_of(run))).links.values()
    RoleAssignmentFactory(user=cast.librarian, role_id="arkivredogorare", board=board)
    assert link in Page(client_for(cast.librarian).get(list_of(run))).links.values()


def test_what_has_no_page_goes_by_its_account(cast, board, client):
    run, account = made_up(board), library_account(cast)
    check = SupervisionCheck.objects.create(account=account, day=TODAY, by=cast.librarian, at=NOW)
    DisposalItem.objects.create(
        run=run,
        record_type=CHECK,
        kind="moderation.supervisioncheck",
        object_id=check.pk,
        due_on=TODAY,
        reason="Gallras",
    )
    assert str(account) in Page(client.get(list_of(run, CHECK))).text


def test_some_are_kept_for_a_reason(board, client):
    run = made_up(board)
    item = run.items.first()
    wrong = client.post(list_of(run, MAIL), {"objekt": [item.pk], "reason": "", "val": "keep"})
    assert Page(wrong).errors == {"reason": "Skriv varför de behålls."}
    assert Page(wrong).soup.select_one("[name=objekt][checked]")["value"] == str(item.pk)
    said = {"objekt": [item.pk], "reason": "Visas i utställningen", "val": "keep"}
    page = Page(client.post(list_of(run, MAIL), said, follow=True))
    assert page.messages == ["En handling behålls."]
    assert "Visas i utställningen" in page.text
    assert "Visas i utställningen" in Page(client.get(reverse("archive:run-detail", args=[run.pk]))).text


def test_and_disposed_of_after_all(board, client):
    run = made_up(board)
    run.items.update(choice=DisposalChoice.KEEP, choice_reason="Visas")
    item = run.items.first()
    page = Page(client.post(list_of(run, MAIL), {"objekt": [item.pk], "val": "destroy"}, follow=True))
    assert page.messages == ["En handling gallras om arkivansvarig beslutar det."]
    assert run.items.get(pk=item.pk).choice == DisposalChoice.DESTROY


def test_a_whole_handlingstyp_is_kept_at_once(board, client):
    run = made_up(board, 120)
    other = DisposalItem.objects.create(
        run=run, record_type="document", kind="archive.document", object_id=uuid4(), due_on=TODAY, reason="Gallras"
    )
    said = {"whole": "on", "reason": "Inventeras", "val": "keep"}
    page = Page(client.post(list_of(run, MAIL), said, follow=True))
    assert page.messages == ["120 handlingar behålls."]
    assert run.items.filter(choice=DisposalChoice.KEEP).count() == 120
    assert run.items.get(pk=other.pk).choice == DisposalChoice.DESTROY


def test_something_is_chosen(board, client):
    page = Page(client.post(list_of(made_up(board), MAIL), {"reason": "Visas", "val": "keep"}))
    assert page.summary == ["Markera minst en."]


def test_others_objects_are_not_chosen(board, client):
    said = {"objekt": [str(uuid4())], "reason": "Visas", "val": "keep"}
    assert len(Page(client.post(list_of(made_up(board), MAIL), said)).summary) == 1


def test_shows_what_is_kept_alone(board, client):
    run = made_up(board)
    run.items.filter(pk=run.items.first().pk).update(choice=DisposalChoice.KEEP, choice_reason="Visas")
    assert Page(client.get(f"{list_of(run, MAIL)}?visa=behalls")).text.count("Kan gallras från") == 1
    assert Page(client.get(f"{list_of(run, MAIL)}?visa=gallras")).text.count("Kan gallras från") == 2


def test_a_long_list_comes_fifty_at_a_time(board, client):
    run = made_up(board, 120)
    first, last = (Page(client.get(f"{list_of(run, MAIL)}?page={page}")) for page in (1, 3))
    assert (first.text.count("Kan gallras från"), last.text.count("Kan gallras från")) == (50, 20)


def test_costs_the_same_however_many(cast, board, case, client):
    run = prepared(board)

    def add_row():
        other = old_case(case.account)
        DisposalItem.objects.create(
            run=run, record_type=CODE, kind="moderation.case", object_id=other.pk, due_on=TODAY, reason="Gallras"
        )

    assert_same_query_count(lambda: client.get(list_of(run)), add_row=add_row)


@pytest.mark.parametrize("state", [sent, decided])
def test_a_change_in_a_sent_list_takes_it_back(board, client, state):
    run = state(made_up(board))
    assert "Listan är skickad. Ändrar du något går den tillbaka till dig" in Page(client.get(list_of(run, MAIL))).text
    said = {"whole": "on", "reason": "Inventeras", "val": "keep"}
    client.post(list_of(run, MAIL), said)
    assert DisposalRun.objects.get(pk=run.pk).status == DisposalStatus.DRAFT


def test_nobody_changes_what_is_carried_out(board, client):
    run = disposal_run.begin(decided(made_up(board)).pk, now=NOW)
    assert Page(client.get(list_of(run, MAIL))).buttons == []
    page = Page(client.post(list_of(run, MAIL), {"whole": "on", "reason": "Visas", "val": "keep"}))
    assert page.summary == ["Gallringen kan inte ändras så. Läge: genomförs."]
    assert DisposalRun.objects.get(pk=run.pk).status == DisposalStatus.EXECUTING


def test_arkivansvarig_only_looks(board, client_for):
    run, client = sent(made_up(board)), client_for(archive_head_of(board))
    assert Page(client.get(list_of(run, MAIL))).buttons == []
    assert client.post(list_of(run, MAIL), {"whole": "on", "reason": "Visas", "val": "keep"}).status_code == 403


def test_the_list_and_the_choices_as_csv(board, client):
    run = made_up(board)
    item = run.items.first()
    run.items.filter(pk=item.pk).update(choice=DisposalChoice.KEEP, choice_reason="=1+1")
    response = client.get(reverse("archive:run-items-csv", args=[run.pk]))
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].startswith("\ufeffHandlingstyp;Slag;Id;")
    assert len(lines) == run.items.count() + 1
    kept = next(line for line in lines if str(item.object_id) in line)
    assert ";Behålls;'=1+1;Väntar;" in kept
    assert response["Content-Disposition"] == 'attachment; filename="gallringslista-2026.csv"'


def test_a_sent_list_is_the_frozen_one(board, client):
    run = sent(made_up(board))
    response = client.get(reverse("archive:run-items-csv", args=[run.pk]))
    assert response["Content-Disposition"].endswith(f'gallringslista-2026-fryst-{run.list_sha256[:12]}.csv"')
