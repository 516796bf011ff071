"""A worker that packs a leverans is killed (kill -9) at each step: nothing is packed, and the next makes it whole."""

import pytest
from django.conf import settings
from django.core.files.storage import storages

from archive.enums import TransferStatus
from archive.models import Transfer, TransferPackage
from archive.package.checking import faults
from archive.services.transfer_packing import read_package
from tests.archive.transfer_process import STEPS
from tests.archive.transfers import asked, ready, snapshot_of
from tests.clock import NOW
from tests.killed import kill_worker, let_another_worker_go_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("step", STEPS)
def test_killed_there_it_is_made_whole(cast, step):
    snapshot_of(cast)
    transfer = asked(ready(cast.culture_board))
    where = {
        "TEST_PACKING": str(settings.PACKING_FOLDER),
        "TEST_SNAPSHOTS": storages["snapshots"].location,
        "TEST_TRANSFERS": storages["transfers"].location,
    }
    kill_worker("tests.archive.transfer_process", NOW, step, **where)

    assert Transfer.objects.get().status == TransferStatus.PACKING
    assert not TransferPackage.objects.exists()
    assert set(transfer.items.values_list("sha256", flat=True)) == {""}

    let_another_worker_go_on()

    transfer = Transfer.objects.get()
    assert transfer.status == TransferStatus.PACKED
    package = TransferPackage.objects.get()
    with read_package(package) as opened:
        assert faults(opened) == []
    assert storages["transfers"].listdir(str(transfer.pk))[1] == [package.name.rpartition("/")[2]]
    assert not (settings.PACKING_FOLDER / str(transfer.pk)).exists()
    assert "" not in transfer.items.values_list("sha256", flat=True)
