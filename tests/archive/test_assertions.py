"""What was asserted inaktuellt is listed, and taken back where it was wrong (R18)."""

import pytest
from django.urls import reverse

from archive.enums import RuleAction
from archive.models import Assertion, Document
from archive.retention import record_type
from archive.services.irrelevance import assert_irrelevant
from archive.services.retention_plan import Terms
from tests.archive.factories import archive_head_of, archivist_of, decided_plan, document
from tests.archive.gallring import assert_only_those_with_gallring
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory
from tests.pages import Page, assert_only_get
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(cast, series):
    return cast.culture_board


@pytest.fixture
def archivist(board):
    return archivist_of(board)


def assert_one(board, by, registrar):
    kept = document(board, by=registrar)
    assert_irrelevant(record_type("document"), board, [kept.pk], reason="Behövs inte", by=by, now=NOW)
    return Assertion.objects.get(object_id=kept.pk)


@pytest.fixture
def asserted(board, archivist, registrar):
    return assert_one(board, archivist, registrar)


def list_of(board):
    return reverse("archive:assertion-list", args=[board.pk])


def withdraw(asserted):
    return reverse("archive:assertion-withdraw", args=[asserted.pk])


def test_only_those_with_gallring_come_in(cast, board, asserted, archivist, registrar, client_for):
    strangers = (archivist_of(cast.building_board), registrar, cast.librarian, cast.administrator)
    for url in (list_of(board), withdraw(asserted)):
        assert_only_those_with_gallring(url, inside=archivist, strangers=strangers, client_for=client_for)
    assert_only_get(client_for(archivist), list_of(board))
    assert client_for(archivist).put(withdraw(asserted)).status_code == 405


def test_is_taken_back_for_a_reason_and_once(board, asserted, archivist, client_for):
    client = client_for(archivist)
    page = Page(client.get(list_of(board)))
    assert page.rows == [str(Document.objects.get(pk=asserted.object_id))]
    assert "Diarieförda handlingars innehåll. " in page.text
    assert withdraw(asserted) in page.links.values()
    assert Page(client.post(withdraw(asserted), {"reason": ""})).errors == {"reason": "Skriv varför"}
    done = Page(client.post(withdraw(asserted), {"reason": "Fel handling"}, follow=True))
    assert done.messages == ["Intyget är återtaget. Det gallras inte som inaktuellt."]
    assert done.rows == []
    assert Assertion.objects.get().withdrawn_at == NOW
    assert Page(client.post(withdraw(asserted), {"reason": "Igen"})).summary == ["Intyget är redan återtaget."]


def test_arkivansvarig_only_looks(board, asserted, client_for):
    client = client_for(archive_head_of(board))
    assert withdraw(asserted) not in Page(client.get(list_of(board))).links.values()
    assert client.post(withdraw(asserted), {"reason": "Fel"}).status_code == 403


def test_stands_on_the_records_own_page(board, asserted, archivist, client_for):
    decided_plan(board, document=Terms(RuleAction.WHEN_IRRELEVANT))
    RoleAssignmentFactory(user=archivist, role_id="registrator", board=board)
    page = Page(client_for(archivist).get(reverse("archive:document-detail", args=[asserted.object_id])))
    assert page.links["Återta intyget att det är inaktuellt"] == withdraw(asserted)


def test_costs_the_same_however_many(board, archivist, registrar, client_for):
    client = client_for(archivist)
    assert_same_query_count(lambda: client.get(list_of(board)), add_row=lambda: assert_one(board, archivist, registrar))
