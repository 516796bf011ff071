"""Example ärenden and handlingar, each through the real services."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from factory import SubFactory

from accounts.models import Board, User
from archive.enums import Direction, ForwardingMethod, RequestMethod, RequestScope, TransferStatus
from archive.models import (
    DisposalAdvice,
    DisposalItem,
    DisposalRun,
    Document,
    Forwarding,
    Handover,
    Hold,
    Matter,
    RecordsRequest,
    RetentionPlan,
    Series,
    Tombstone,
    Transfer,
    TransferItem,
    TransferPackage,
    TransferReading,
)
from archive.retention import record_type
from archive.services.access import grant_access
from archive.services.diary import note_document_view, open_matter, register_document
from archive.services.entries import Entry, File, Opening
from archive.services.fixity import check_storage
from archive.services.forwarding import Receiver, forward
from archive.services.handover import HandedFile, Material, hand_over, note_view
from archive.services.holds import Description, Stop, place_hold
from archive.services.irrelevance import assert_irrelevant
from archive.services.manifests import make_manifests
from archive.services.planned_changes import announce_change
from archive.services.records_requests import Scope, gather_request, log_request
from archive.services.retention_plan import BoardDecision, Terms, change_rule, decide_plan, propose_plan
from archive.services.snapshot_reminders import remind
from archive.services.transfers import write_details
from tests.archive.snapshots import uploaded
from tests.clock import NOW, TODAY
from tests.factories import (
    AccountFactory,
    BoardFactory,
    RecordedFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

SUBJECT = "Synpunkt om trasig dörröppnare, biblioteket i Våxtorp"


class SeriesFactory(RecordedFactory):
    """A board's series in the portal."""

    class Meta:
        model = Series

    board = SubFactory(BoardFactory)
    prefix = "KUN-SM"


def registrar_of(board: Board) -> User:
    """Return a new registrator of the board."""
    return RoleAssignmentFactory(user__title="registrator", role_id="registrator", board=board).user


def entry(**attributes: Any) -> Entry:
    """Return what is written of an incoming message."""
    return Entry(
        **{
            "direction": Direction.INCOMING,
            "dated_on": TODAY,
            "subject": SUBJECT,
            "correspondent": "Enskild, via Facebook",
            "text": "När lagas dörren?",
            **attributes,
        }
    )


def matter(board: Board, *, by: User, **attributes: Any) -> Matter:
    """Return a new ärende of the board's."""
    now = attributes.pop("now", NOW)
    return open_matter(board, Opening(**{"subject": SUBJECT, **attributes}), by=by, now=now)


def document(board: Board, *, by: User, **attributes: Any) -> Document:
    """Return a handling in a new ärende of the board's, unless `into` is one that is there."""
    into = attributes.pop("into", None) or matter(board, by=by)
    return register_document(into.pk, entry(**attributes), by=by, now=NOW)


def forwarded(kept: Document, *, by: User) -> Forwarding:
    """Return that the handling was handed over to a region, whose receipt is awaited."""
    return forward(kept.pk, Receiver("Region Halland"), method=ForwardingMethod.BY_HAND, by=by, now=NOW)


def every_kind_of_row() -> None:
    """Write one row at least in every table of the app's that is kept as it is."""
    series = Series.objects.first() or SeriesFactory()
    file = File("brev.pdf", "application/pdf", b"%PDF")
    registrar = registrar_of(series.board)
    kept = document(series.board, by=registrar, provisions=["OSL 21 kap. 1 §"], files=[file])
    forwarded(kept, by=registrar)
    note_view(handed_over(series.board), by=registrar, now=NOW)
    note_document_view(kept, by=registrar, now=NOW)
    colleague = UserFactory(unit=UnitFactory(board=series.board))
    grant_access(kept.pk, user=colleague, reason="Handlägger", last_on=TODAY, by=registrar, now=NOW)
    plan = decided_plan(series.board)
    disposed_of(plan)
    delivered(plan, kept)
    stopped(series.board, kept, descriptions=[Description("document")])
    asked = asked_for(series.board, by=registrar)
    gather_request(asked.pk, Scope(RequestScope.MATTER, matter=kept.matter), by=registrar, now=NOW)
    archivist = archivist_of(series.board)
    assert_irrelevant(record_type("document"), series.board, [kept.pk], reason="Inaktuellt", by=archivist, now=NOW)
    keeper = UserFactory()
    kept_account = AccountFactory(active=True, responsible=keeper)
    uploaded(kept_account, by=keeper)
    announce_change(kept_account.pk, what="Nytt namn", planned_on=TODAY, by=keeper, now=NOW)
    remind(NOW)
    check_storage(clock=lambda: NOW, everything=True)
    make_manifests(NOW + timedelta(days=1))


def disposed_of(plan: RetentionPlan, **what: Any) -> None:
    """Leave a gallringsuppgift: of a mail, unless told otherwise."""
    run = DisposalRun(board=plan.board, plan=plan, as_of=TODAY, prepared_by=archivist_of(plan.board), prepared_at=NOW)
    run.record(by=run.prepared_by, now=NOW, reason="Gallringen förbereddes")
    about = {"record_type": "mail", "kind": "common.mail", "object_id": uuid4(), "due_on": TODAY, **what}
    item = DisposalItem.objects.create(run=run, reason="Gallras 1 år från att det avslutades.", **about)
    DisposalAdvice.objects.create(run=run, text="Behåll årets.", given_by=run.prepared_by, given_at=NOW)
    rule = {"plan_version": plan.version, "rule": item.reason, "decision": plan.decision_in_words}
    Tombstone.objects.create(item=item, disposed_at=NOW, counts={"common_mail": 1}, **rule, **about)


def delivered(plan: RetentionPlan, kept: Document) -> Transfer:
    """Leave a leverans that is packed, without its file."""
    board, by = plan.board, archivist_of(plan.board)
    about = {"organisation_number": "999999-9999", "receiver": "Kommunarkivets e-arkiv", "agreement": "KA 7"}
    write_details(board, **about, by=by, now=NOW)
    transfer = Transfer(board=board, plan=plan, through=TODAY - timedelta(days=1), prepared_by=by, prepared_at=NOW)
    transfer.record(by=by, now=NOW, reason="Leveransen förbereddes")
    TransferItem.objects.create(transfer=transfer, record_type="document", kind="archive.document", object_id=kept.pk)
    transfer.status, transfer.packed_as_of = TransferStatus.PACKING, NOW
    transfer.record(by=by, now=NOW, reason="Packningen begärdes")
    prints = {"sha256": "a" * 64, "mets_sha256": "b" * 64}
    TransferPackage.objects.create(
        transfer=transfer, name=f"{transfer.pk}/{uuid4()}.zip", size=1, files=1, made_at=NOW, **prints
    )
    TransferReading.objects.create(transfer=transfer, user=by, at=NOW)
    return transfer


def asked_for(board: Board, *, by: User, **attributes: Any) -> RecordsRequest:
    """Return a request for public documents that was taken down today."""
    said = {"asked": "Allt om bibliotekets konto", "received_on": TODAY, "method": RequestMethod.MAIL}
    return log_request(board, **{**said, "now": NOW, **attributes}, by=by)


def handed_over(board: Board, **attributes: Any) -> Handover:
    """Hand something to the board's registrator: a secret message with a picture, unless told otherwise."""
    material = {
        "source_ref": f"prov:{uuid4()}",
        "subject": "Inlägg på kontot Laholms bibliotek på Facebook",
        "received_on": TODAY,
        "is_restricted": True,
        "text": "Min granne får hjälp av socialen.",
        "details": {"Länk": "https://www.facebook.com/laholm/posts/1"},
        "files": [HandedFile("bild.png", "image/png", b"PNG")],
    }
    by, now = attributes.pop("by", None) or UserFactory(), attributes.pop("now", NOW)
    return hand_over(Material(board=board, **{**material, **attributes}), by=by, now=now)


def archivist_of(board: Board) -> User:
    """Return a new arkivredogörare of the board."""
    return RoleAssignmentFactory(user__title="arkivredogörare", role_id="arkivredogorare", board=board).user


def archive_head_of(board: Board) -> User:
    """Return a new arkivansvarig of the board."""
    return RoleAssignmentFactory(user__title="arkivansvarig", role_id="arkivansvarig", board=board).user


def proposed_plan(board: Board, **rules: Terms) -> RetentionPlan:
    """Return a proposal for the board, with rules of its own by handlingstyp."""
    by = archivist_of(board)
    plan = propose_plan(board, by=by, now=NOW)
    for code, terms in rules.items():
        change_rule(plan.pk, code, terms, by=by, now=NOW)
    return plan


def decided_plan(board: Board, *, valid_from: date = TODAY, **rules: Terms) -> RetentionPlan:
    """Return a decided plan for the board, in force from the day, with rules of its own by handlingstyp."""
    decision = BoardDecision(
        decision_body=board.name,
        decided_on=min(valid_from, TODAY),
        paragraph="§ 24",
        designation="KUN 2026-000041",
        valid_from=valid_from,
    )
    return decide_plan(proposed_plan(board, **rules).pk, decision, by=archive_head_of(board), now=NOW)


def stopped(board: Board, *objects: Any, name: str = "Tillsyn av IMY", **stop: Any) -> Hold:
    """Return a gallringsstopp on the objects."""
    keys = [(one._meta.label_lower, one.pk) for one in objects]
    review_on = TODAY + timedelta(days=90)
    found = Stop(**{"name": name, "ground": "Ärendet pågår", "review_on": review_on, "objects": keys, **stop})
    return place_hold(board, found, by=archivist_of(board), now=NOW)
