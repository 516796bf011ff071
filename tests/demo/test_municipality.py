"""The example municipality: made by the real services, once, whole, and the same every time."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as portal
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.enums import AccountStatus, ApplicationStatus
from accounts.models import Account, Application, ApprovedForm, Board, Draft, Unit, User
from archive.enums import DisposalStatus, SnapshotReason, TransferStatus
from archive.models import DisposalRun, Document, Handover, Manifest, Snapshot, Transfer
from archive.package import checking
from archive.services import disposal_run
from archive.services.diary_check import faults
from archive.services.due import due
from archive.services.due_counts import due_counts
from archive.services.packaging import package_of_handover
from archive.services.transfer_packing import read_package
from archive.snapshot_calendar import done, due_of, to_take
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import history_model
from laholm_sociala.common.models import Mail
from laholm_sociala.demo import account_journeys, municipality, snapshots, transfers
from laholm_sociala.demo.context import journey_people
from laholm_sociala.demo.people import JOURNEY, PEOPLE, example_id
from moderation import queue
from moderation.enums import ActionKind, Lane
from moderation.models import Action, Case
from tests.factories import UserFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(demo, now):
    assert municipality.fill(now)


def test_accounts_stand_where_the_journeys_left_them(filled, now):
    states = dict(Account.objects.values_list("status").annotate(Count("pk")))
    assert states == {AccountStatus.ACTIVE: 14, AccountStatus.PLANNED: 1}
    waiting = Application.objects.exclude(status=ApplicationStatus.REGISTERED)
    assert {application.status: str(application) for application in waiting} == {
        ApplicationStatus.SUBMITTED: "Läsklubben i Laholm på Instagram",
        ApplicationStatus.RETURNED: "Osbecksgymnasiet på TikTok",
        ApplicationStatus.APPROVED: "Laholms kulturskola på YouTube",
    }
    assert [draft.account_name for draft in Draft.objects.all()] == ["Sagostund i Laholm"]
    assert set(Account.objects.annotate(people=Count("assignments")).values_list("people", flat=True)) == {2}
    for application in Application.objects.filter(status=ApplicationStatus.REGISTERED).select_related("account"):
        decided = application.decisions.get().decided_at
        assert application.submitted_at < decided < application.account.registered_at < now
    check_people()


def test_something_is_due_for_gallring(filled, now):
    boards = [Board.objects.get(pk=example_id("board", key)) for key in ("kun", "bun")]
    numbers = {board.pk: due(board, timezone.localdate(now)).total_due for board in boards}
    assert due_counts().by_board == numbers
    assert numbers[boards[0].pk] > 50


def test_a_gallring_waits_for_advice_and_for_its_decision(filled, now, client_for):
    run = DisposalRun.objects.get()
    assert (run.board.name, run.status) == ("Barn- och ungdomsnämnden", DisposalStatus.SUBMITTED)
    adviser, head = (User.objects.get(pk=example_id("person", key)) for key in ("kommunarkivarie", "skolchef"))
    client = client_for(adviser)
    assert reverse("archive:run-detail", args=[run.pk]) in Page(client.get("/")).links.values()
    assert client.post(reverse("archive:run-advise", args=[run.pk]), {"text": "Bra lista."}).status_code == 302
    assert disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=head, now=now).approved_by == head


def check_people():
    """Named by what they do, with mail and a password."""
    assert (
        User.objects.people().count() == len(PEOPLE) == EmailAddress.objects.filter(verified=True, primary=True).count()
    )
    for person in User.objects.people():
        assert person.name == person.title
        assert person.email.endswith("@exempel.laholm.se")
        assert person.has_usable_password()
    assert [person.name.split(",")[0] for person in journey_people()][:3] == [
        "Bibliotekarie",
        "Enhetschef",
        "Bibliotekssamordnare",
    ]
    assert len(journey_people()) == len(JOURNEY)


def test_the_queue_lives(filled, now):
    """Something in every part, in most lanes, and some that are done in each way."""
    today = now.date()
    librarian = User.objects.presented().get(pk=example_id("person", "bibliotekarie"))
    cases = Case.objects.visible_to(librarian, today)
    shown = queue.in_order(cases.open(), queue.own_accounts(librarian, now), now)
    parts = {queue.Part(case.part) for case in shown}
    assert {queue.Part.NOW, queue.Part.SOON, queue.Part.THIS_WEEK, queue.Part.TO_SETTLE} <= parts
    lanes = set(Case.objects.open().values_list("lane", flat=True))
    assert lanes == {Lane.INAPPROPRIATE, Lane.CRIMINAL, Lane.QUESTION, Lane.MESSAGE}
    outcomes = set(Case.objects.filter(closed_at__isnull=False).values_list("outcome", flat=True))
    assert outcomes == {ActionKind.REMOVED, ActionKind.LEFT, ActionKind.REPLIED}
    assert Case.objects.filter(found_late=True).count() == 1
    assert Case.objects.filter(is_restricted=True).open().count() == 1
    assert not Action.objects.filter(at__gt=now).exists()


def test_a_registrator_has_something_to_register(filled, now):
    """Of each kind: in the portal's series, what may be secret, and a package for the board's own diarium."""
    registrar = User.objects.get(pk=example_id("person", "registrator"))
    waiting = Handover.objects.waiting()
    mine = waiting.visible_to(registrar, now.date())
    assert [handover.is_restricted for handover in mine] == [False, True]
    assert all(handover.account for handover in waiting)
    elsewhere = User.objects.get(pk=example_id("person", "bun-registrator"))
    (package,) = waiting.visible_to(elsewhere, now.date())
    with zipfile.ZipFile(io.BytesIO(package_of_handover(package).content)) as packed:
        assert {"handling.pdf", "falt.json", "falt.csv", "sha256.txt"} <= set(packed.namelist())


def test_a_number_has_come_back_from_the_boards_own_diarium(filled, now):
    elsewhere = User.objects.get(pk=example_id("person", "bun-registrator"))
    (kept,) = Document.objects.visible_to(elsewhere, now.date())
    assert re.fullmatch(r"20\d\d-000187-1", str(kept))
    assert kept.matter.series is None
    assert kept.matter.account.name == "Osbecksgymnasiet"
    assert kept.content.text.startswith("Skollunchen")
    assert list(faults()) == []


def test_second_time_changes_nothing(filled, now):
    def rows():
        return {model: model.objects.count() for model in (User, Account, Application, Mail, history_model(Unit))}

    before = rows()
    assert not municipality.fill(now + timedelta(days=3))
    assert rows() == before


def test_is_made_whole_or_not_at_all(demo, now, monkeypatch):
    def fail(now):
        assert User.objects.people().exists()
        raise OSError("strömavbrott")

    monkeypatch.setattr(account_journeys, "live_through", fail)
    with pytest.raises(OSError, match="strömavbrott"):
        municipality.fill(now)
    assert not municipality.is_filled()
    assert not User.objects.people().exists()


def test_leaves_someone_elses_database_alone(demo, now):
    UserFactory()
    with pytest.raises(RefusedError, match="inte demons"):
        municipality.fill(now)


def test_forms_are_made_once_and_old_mail_is_not_sent_again(filled, now, monkeypatch):
    unsent = Mail.objects.filter(sent_at__isnull=True)
    assert {mail.subject.partition(": ")[2] or mail.subject for mail in unsent} == {
        "Läsklubben i Laholm på Instagram",
        "Osbecksgymnasiet på TikTok",
        "Laholms kulturskola på YouTube",
        "Fritidsgården Knäred på TikTok",
        "Fråga om ett inlägg från Bibliotekarie, biblioteket",
    }
    monkeypatch.setattr("accounts.services.forms.render_pdf", lambda html: b"%PDF-" + html.encode())
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-" + html.encode())
    municipality.make_files(now)
    municipality.make_files(now)
    forms = list(ApprovedForm.objects.select_related("decision"))
    assert len(forms) == 16
    assert all(form.made_at == form.decision.decided_at + timedelta(minutes=1) for form in forms)
    assert unsent.filter(to=[portal.COMMUNICATIONS_EMAIL]).count() == 3


def test_pages_are_kept_once_and_the_calendar_has_something_to_show(filled, now):
    snapshots.keep_pages(now)
    snapshots.keep_pages(now)
    assert Snapshot.objects.good().count() == 18
    everyone = Account.objects.all()
    dues = [due_of(account, now.date()) for account in to_take(everyone, now=now)]
    assert [(str(due.account), due.reason, due.is_late) for due in dues] == [
        ("Teckningsmuseet i Laholm på Instagram", SnapshotReason.YEARLY, True),
        ("Laholms kommun på LinkedIn", SnapshotReason.YEARLY, False),
        ("Laholms bibliotek på Instagram", SnapshotReason.BEFORE_CHANGE, False),
    ]
    assert done(everyone, now=now).count() == 11
    assert Manifest.objects.count() == 4


def test_one_leverans_is_receipted_and_one_waits_to_be_handed_over(filled, now, monkeypatch):
    monkeypatch.setattr("archive.services.transfer_documentation.render_pdf", lambda html: b"%PDF-" + html.encode())
    snapshots.keep_pages(now)
    transfers.deliver(now)
    transfers.deliver(now)
    waits, receipted = Transfer.objects.order_by("-prepared_at")
    assert (waits.status, receipted.status) == (TransferStatus.PACKED, TransferStatus.RECEIVED)
    assert receipted.package.removed_at is not None
    with read_package(waits.package) as opened:
        assert checking.faults(opened) == []
