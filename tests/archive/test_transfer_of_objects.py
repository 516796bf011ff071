"""Leveranser of what is not the diary's: accounts with all about them, posts with theirs (R07, R17, R18)."""

import csv
import hashlib
import json
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Account, MissionStatement
from archive.enums import RuleAction, StartsFrom
from archive.models import DisposalItem
from archive.retention import record_type
from archive.services import transfers
from archive.services.due import due_objects
from archive.services.retention_plan import Terms
from archive.services.transfer_packing import read_package
from archive.services.transfer_parts import changed_since_packing, parts_of
from archive.transfer_page import listed
from moderation.enums import Lane, RecordChoice
from moderation.models import Evidence, SupervisionCheck
from moderation.services import acting, reopening
from moderation.services.settling import Settlement, settle
from tests.archive.disposals import old_case
from tests.archive.factories import SeriesFactory, decided_plan
from tests.archive.transfers import (
    AFTER_DELIVERY,
    details_of,
    draft_run,
    drafted,
    handed_over,
    packed,
    receipted,
)
from tests.clock import NOW, TODAY
from tests.factories import LogoExemptionFactory
from tests.moderation.factories import library_account, log_post, picture, picture_bytes
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db

PRESERVED = Terms(RuleAction.PRESERVE)
AT_ONCE = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED)
LATER = NOW + timedelta(days=2)
SOON = {"through": TODAY + timedelta(days=1), "now": LATER}
POSTS = ("case_personal_attack", "evidence", "action")


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch):
    for module in ("contents", "documentation", "said"):
        monkeypatch.setattr(f"archive.services.transfer_{module}.render_pdf", lambda html, data=(): b"%PDF-1.7")


@pytest.fixture
def account(cast):
    return library_account(cast)


def planned(cast, **rules):
    """Return the library's board, whose plan says so and of what may go something else: nothing is on its way."""
    SeriesFactory(board=cast.culture_board)
    decided_plan(cast.culture_board, valid_from=TODAY - timedelta(days=30), **rules)
    details_of(cast.culture_board)
    return cast.culture_board


def mission_of(account, *, by):
    made = {"made_by": by, "made_at": NOW, "pdf": b"%PDF-1.4 uppdrag", "content": "Syfte: nå fler läsare"}
    sha256 = hashlib.sha256(made["pdf"]).hexdigest()
    version = MissionStatement.objects.filter(account=account).count() + 1
    return MissionStatement.objects.create(account=account, version=version, sha256=sha256, **made)


def decided_exemption(account):
    by = account.assignments.order_by("duty").first().user
    exemption = LogoExemptionFactory(account=account)
    exemption.status, exemption.decided_by, exemption.decided_at = "granted", by, NOW
    exemption.decision_reason = "Följer regionens formgivning"
    exemption.record(by=by, now=NOW, reason="Undantaget beviljades")
    return exemption


def files(transfer):
    """Return the originals of the package, by their place among them."""
    with read_package(transfer.package) as opened, zipfile.ZipFile(BytesIO(opened.read())) as package:
        names = [name for name in package.namelist() if "/rep1/data/" in name]
        return {name.partition("/rep1/data/")[2]: package.read(name) for name in names}


def keys(transfer, code):
    return list(transfer.items.filter(record_type=code).values_list("object_id", flat=True))


def due_now(board, code):
    return list(due_objects(record_type(code), board, LATER.date()).values_list("pk", flat=True))


class TestOfAnAccount:
    def test_what_is_written_of_it_goes_in_one_aggregation_with_files_and_history(self, cast, account):
        board = planned(cast, logo_exemption=PRESERVED)
        mission, exemption = mission_of(account, by=cast.communicator), decided_exemption(account)
        transfer = packed(board, **SOON)
        (aggregation,) = [one for one in parts_of(transfer).aggregations if one.kind == "konto"]
        assert {record.key for record in aggregation.records} >= {mission.pk, exemption.pk}
        assert [record.number for record in aggregation.records] == [*range(1, len(aggregation.records) + 1)]
        found = files(transfer)
        assert b"%PDF-1.4 uppdrag" in found.values()
        said = [json.loads(content) for name, content in found.items() if name.endswith("handling.json")]
        (of_exemption,) = [one for one in said if one["id"] == str(exemption.pk)]
        assert of_exemption["uppgifter"]["beslutets skäl"] == "Följer regionens formgivning"
        assert of_exemption["historik"][-1]["varför"] == "Undantaget beviljades"
        assert {"uppgift": "läge", "från": "Väntar på kommunikationsenheten", "till": "Beviljat"} in of_exemption[
            "historik"
        ][-1]["ändrat"]

    def test_its_own_row_waits_until_it_is_closed(self, cast, account):
        board = planned(cast)
        mission_of(account, by=cast.communicator)
        assert keys(drafted(board, **SOON), "account") == []

    def test_what_was_written_of_again_goes_in_the_next_and_is_told(self, cast, account, clock):
        board = planned(cast, logo_exemption=PRESERVED)
        exemption = decided_exemption(account)
        first = receipted(board, **SOON)
        later = clock.move(days=3)
        exemption.status, exemption.revoked_by, exemption.revoked_at = "revoked", cast.communicator, later
        exemption.revoked_reason = "Nytt namn"
        exemption.record(by=cast.communicator, now=later, reason="Undantaget återkallades")
        assert [one.object_id for one in changed_since_packing(first)] == [exemption.pk]
        assert keys(drafted(board, through=SOON["through"], now=later), "logo_exemption") == [exemption.pk]

    def test_another_title_of_a_person_makes_no_other_record(self, cast, account, clock):
        board = planned(cast, logo_exemption=PRESERVED)
        decided_exemption(account)
        transfer = packed(board, **SOON)
        prints = parts_of(transfer).fingerprints
        cast.librarian.title = "bibliotekschef"
        cast.librarian.record(by=cast.administrator, now=NOW, reason="Ny titel")
        assert parts_of(transfer).fingerprints == prints


class TestOfAPost:
    def test_its_copies_and_what_was_done_lie_within_it(self, cast, account):
        board = planned(cast, **dict.fromkeys(POSTS, PRESERVED))
        case = old_case(account)
        transfer = packed(board, **SOON)
        found = files(transfer)
        assert picture_bytes() in found.values()
        (said,) = [
            one
            for one in (json.loads(content) for name, content in found.items() if name.endswith("handling.json"))
            if one["id"] == str(case.pk)
        ]
        assert said["uppgifter"]["utfall"] == "lät inlägget stå kvar"
        assert {"Kopia", "Åtgärd", "Inläggets innehåll"} <= {part["slag"] for part in said["delar"]}
        assert not [name for name in found if name.endswith(("lista.json", "lista.csv"))]
        assert set(transfer.items.values_list("sha256", flat=True)) & {""} == set()

    def test_what_the_plan_disposes_of_otherwise_does_not_follow(self, cast, account):
        board = planned(cast, case_personal_attack=PRESERVED, evidence=AT_ONCE, action=AT_ONCE)
        old_case(account)
        found = files(packed(board, **SOON))
        assert picture_bytes() not in found.values()

    def test_what_is_done_is_a_list_where_the_post_does_not_follow(self, cast, account):
        board = planned(cast, case_personal_attack=AT_ONCE, evidence=AT_ONCE, action=PRESERVED)
        case = old_case(account)
        (table,) = [content for name, content in files(packed(board, **SOON)).items() if name.endswith("lista.csv")]
        rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) == case.actions.count()
        assert "Det är kritik mot kommunen." in {row["text"] for row in rows}

    def test_what_may_be_secret_is_handed_over_as_such(self, cast, account):
        board = planned(cast, case_secrecy=PRESERVED)
        case = log_post(account, lane=Lane.SECRECY, pictures=[picture()])
        acting.remove(case.pk, version=None, by=cast.librarian, now=NOW)
        settle(case.pk, Settlement(RecordChoice.REGISTER, ""), version=None, by=cast.librarian, now=NOW)
        (record,) = [
            record
            for one in parts_of(drafted(board, **SOON)).aggregations
            for record in one.records
            if record.key == case.pk
        ]
        assert [one.provision for one in record.restrictions] == ["Kan vara sekretess. Ingen bestämmelse är angiven."]

    def test_one_that_is_open_waits(self, cast, account):
        board = planned(cast, **dict.fromkeys(POSTS, PRESERVED))
        mission_of(account, by=cast.communicator)
        case = old_case(account)
        reopening.reopen(case.pk, reason="Fel bild", version=None, by=cast.librarian, now=NOW)
        transfer = drafted(board, **SOON)
        assert [keys(transfer, code) for code in POSTS] == [[], [], []]


class TestAfterTheReceipt:
    def test_a_post_goes_only_then_and_is_held_until_then(self, cast, account):
        board = planned(cast, **dict.fromkeys(POSTS, AFTER_DELIVERY))
        case = old_case(account)
        assert due_now(board, "case_personal_attack") == []
        transfer = handed_over(board, **SOON)
        assert due_now(board, "case_personal_attack") == []
        transfers.cancel(transfer.pk, reason="Fel dag", by=transfer.prepared_by, now=LATER)
        receipted(board, **SOON)
        assert due_now(board, "case_personal_attack") == [case.pk]

    def test_what_is_being_delivered_is_held(self, cast, account):
        board = planned(cast, **dict.fromkeys(POSTS, PRESERVED))
        case = old_case(account)
        transfer = packed(board, **SOON)
        at_once = Terms(RuleAction.AFTER_YEARS, 0, StartsFrom.CREATED, also_older=True)
        decided_plan(board, valid_from=TODAY, **dict.fromkeys((*POSTS, "restricted_view", "notice"), at_once))
        assert due_now(board, "case_personal_attack") == []
        transfers.cancel(transfer.pk, reason="Fel dag", by=transfer.prepared_by, now=LATER)
        assert due_now(board, "case_personal_attack") == [case.pk]

    def test_postgresql_lets_no_post_go_with_a_copy_that_has_no_receipt(self, cast, account):
        board = planned(cast, case_personal_attack=AT_ONCE, evidence=AFTER_DELIVERY, action=AT_ONCE)
        case = old_case(account)
        handed_over(board, **SOON)
        with pytest.raises(IntegrityError, match="inte kvitterat det som hör till"), transaction.atomic():
            put_on_a_list(board, case)

    def test_once_it_has_one_it_may(self, cast, account):
        board = planned(cast, case_personal_attack=AT_ONCE, evidence=AFTER_DELIVERY, action=AT_ONCE)
        case = old_case(account)
        receipted(board, **SOON)
        assert put_on_a_list(board, case)


@pytest.mark.django_db(transaction=True)
def test_the_guard_is_what_refuses(cast, owner):
    """The control: with the guard off, the post goes on the list with a copy that the e-archive has not."""
    board = planned(cast, case_personal_attack=AT_ONCE, evidence=AFTER_DELIVERY, action=AT_ONCE)
    case = old_case(library_account(cast))
    assert Evidence.objects.filter(case=case).exists()
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    try:
        assert put_on_a_list(board, case)
    finally:
        owner.execute("ALTER TABLE archive_disposalitem ENABLE TRIGGER USER")


def test_what_is_told_of_a_leverans_costs_the_same_however_much_has_changed(cast, account, clock):
    board = planned(cast, logo_exemption=PRESERVED)
    exemptions = [decided_exemption(account) for _number in range(3)]
    transfer = packed(board, **SOON)
    waiting = iter(exemptions)

    def look():
        listed(transfer)
        return changed_since_packing(transfer)

    def change():
        exemption = next(waiting)
        exemption.decision_reason = "Ett annat skäl"
        exemption.record(by=cast.communicator, now=LATER + timedelta(hours=1), reason="Skälet rättades")

    assert_same_query_count(look, add_row=change)
    assert len(look()) == 3


def test_many_short_rows_make_one_list_of_an_account(cast, account):
    board = planned(cast, supervision_check=PRESERVED)
    days = [TODAY - timedelta(days=number) for number in range(3)]
    SupervisionCheck.objects.bulk_create(
        [SupervisionCheck(account=account, day=day, by=cast.librarian, at=NOW) for day in days]
    )
    found = files(packed(board, **SOON))
    (rows,) = [json.loads(content) for name, content in found.items() if name.endswith("lista.json")]
    assert [row["dag"] for row in rows] == [day.isoformat() for day in sorted(days)]
    assert Account.objects.get().name in rows[0]["konto"]["namn"]


def put_on_a_list(board, case):
    about = {"record_type": "case_personal_attack", "kind": "moderation.case", "due_on": TODAY, "reason": "Gallras."}
    return DisposalItem.objects.create(run=draft_run(board), object_id=case.pk, **about)
