"""A worker that carries out a gallring is killed (kill -9) at each step: all is whole or gone, and it goes on."""

import pytest
from django.core.files.storage import storages

from archive.enums import DisposalStatus
from archive.ledger import Ledger
from archive.models import DisposalFile, DisposalRun, Snapshot, Tombstone
from archive.services import ledger
from archive.services.sweeping import sweep
from archive.tasks import carry_out_disposal
from moderation.models import Case, CaseContent
from tests.archive.canary import CANARY, rules
from tests.archive.disposal_process import STEPS
from tests.archive.disposals import approved, old_case
from tests.archive.factories import SeriesFactory, decided_plan
from tests.archive.snapshots import uploaded
from tests.clock import NOW, TODAY
from tests.killed import kill_worker, let_another_worker_go_on
from tests.moderation.factories import library_account

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE_THE_COMMIT = ("asked", "listed", "removed")


@pytest.fixture
def run(cast, settings, tmp_path):
    """A gallring that is decided on, of a post and a snapshot with its files; its job waits."""
    settings.DISPOSAL_LEDGER = tmp_path / "ledger.jsonl"
    settings.SWEPT_FOLDERS = []
    account = library_account(cast)
    old_case(account, text=CANARY)
    uploaded(account, by=cast.librarian, attestation=CANARY)
    SeriesFactory(board=cast.culture_board)
    decided_plan(cast.culture_board, valid_from=TODAY, **rules())
    run = approved(cast.culture_board)
    carry_out_disposal.defer(run_id=str(run.pk))
    return run


def is_whole():
    case = CaseContent.objects.filter(text=CANARY).exists()
    return case and Case.objects.exists() and not Tombstone.objects.filter(kind="moderation.case").exists()


def is_gone():
    rows = Case.objects.exists() or CaseContent.objects.exists() or CaseContent.history.exists()
    return not rows and Tombstone.objects.filter(kind="moderation.case").exists()


@pytest.mark.parametrize("step", STEPS)
def test_killed_there_it_goes_on(run, step, settings):
    storage = storages["snapshots"]
    files = list(Snapshot.objects.get().files.values_list("name", flat=True))
    kill_worker("tests.archive.disposal_process", NOW, step, TEST_SNAPSHOTS=storage.location)

    assert is_whole() if step in BEFORE_THE_COMMIT else is_gone()
    assert DisposalRun.objects.get().status == DisposalStatus.EXECUTING
    assert DisposalRun.objects.get().protocol is None

    let_another_worker_go_on()

    run = DisposalRun.objects.get()
    assert run.status == DisposalStatus.DONE
    assert run.protocol is not None
    assert is_gone()
    assert [name for name in files if storage.exists(name)] == []
    assert not DisposalFile.objects.filter(removed_at__isnull=True).exists()
    assert [str(find) for find in sweep(CANARY)] == []
    told = [line.content["object"] for line in Ledger(settings.DISPOSAL_LEDGER).lines() if line.kind == "tombstone"]
    assert sorted(told) == sorted(str(key) for key in Tombstone.objects.values_list("object_id", flat=True))
    ledger.require_whole()
