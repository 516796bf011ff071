"""A packing that comes to nothing goes back to the person, with a sentence of what to do (R07, R18)."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from archive.enums import TransferFault, TransferStatus
from archive.models import Transfer, TransferItem
from archive.services.transfer_queue import is_in_the_queue
from archive.services.transfers import lock, move

FAULTY: Final = "Filer saknas i lagringen, eller är inte desamma som när de kom."
STOPPED: Final = (
    "Portalen har försökt flera gånger. Tryck på Packa om en stund. "
    "Går det inte då heller: be den som sköter portalen läsa i loggen varför."
)
LOST: Final = "Arbetet avbröts. Tryck på Packa, så börjar det om."

logger = logging.getLogger(__name__)


@transaction.atomic
def give_up_packing(
    transfer_id: UUID,
    *,
    of_try: datetime | None,
    failure: str,
    faulty: Mapping[UUID, TransferFault] | None = None,
    now: datetime,
) -> bool:
    """Say why no package could be made, as the portal itself; the leverans can be packed again.

    `of_try` is when that packing was asked for: what is packed, or asked for anew since, is left as it is, and then it
    returns False. `faulty` are the objects whose files stopped it, by their keys.
    """
    transfer = lock(transfer_id)
    if transfer.status != TransferStatus.PACKING or transfer.packed_as_of != of_try:
        return False
    items = list(transfer.items.taken_along().filter(object_id__in=faulty or {}))
    for item in items:
        item.fault = (faulty or {})[item.object_id]
    TransferItem.objects.bulk_update(items, ["fault"], batch_size=1000)
    _give_back(transfer, failure, now=now)
    return True


def give_up_lost(*, now: datetime) -> list[UUID]:
    """Give back what is being packed and has no job left in the queue; return which.

    Such is what a worker left that was killed, and whose job was lost with it.
    """
    packing = Transfer.objects.filter(status=TransferStatus.PACKING).order_by("packed_as_of")
    return [key for key in packing.values_list("pk", flat=True) if _give_up_if_lost(key, now=now)]


@transaction.atomic
def _give_up_if_lost(transfer_id: UUID, *, now: datetime) -> bool:
    # Under the lock that asking for it takes: a job that is handed to the worker meanwhile is seen, or comes after.
    transfer = lock(transfer_id)
    if transfer.status != TransferStatus.PACKING or is_in_the_queue(transfer):
        return False
    logger.warning("Leveransen %s hade stannat utan jobb.", transfer.pk)
    _give_back(transfer, LOST, now=now)
    return True


def _give_back(transfer: Transfer, failure: str, *, now: datetime) -> None:
    move(transfer, TransferStatus.DRAFT)
    transfer.failure = failure[:500]
    transfer.record(by=User.objects.system(), now=now, reason=f"Packningen gick inte: {failure}")
