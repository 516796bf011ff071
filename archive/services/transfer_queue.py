"""The worker's jobs of packing: one leverans's never waits behind another's (R07, R18)."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from archive.models import Transfer

TASK: Final = "pack_transfer"


def hand_to_worker(transfer: Transfer) -> None:
    """Have the worker pack the leverans as soon as it can. The leverans is locked.

    A try that waits for its time is replaced: whoever asks again does not wait for it, and its tries are counted anew.
    """
    from archive.tasks import pack_transfer  # tasks import the services

    for key in _jobs(transfer).filter(status="todo").values_list("pk", flat=True):
        app.job_manager.cancel_job_by_id(key, delete_job=True)
    # A lock of its own: a job that waits to be tried again holds up all that share its lock.
    pack_transfer.configure(lock=f"{TASK}:{transfer.pk}").defer(transfer_id=str(transfer.pk))


def is_in_the_queue(transfer: Transfer) -> bool:
    """Tell whether a worker has the leverans, or will."""
    return _jobs(transfer).filter(status__in=["todo", "doing"]).exists()


def next_try_at(transfer: Transfer) -> datetime | None:
    """Return when a packing that failed is tried again; None where none has failed or one is under way."""
    again = _jobs(transfer).filter(status="todo", attempts__gt=0, scheduled_at__isnull=False)
    found: datetime | None = again.values_list("scheduled_at", flat=True).first()
    return found


def _jobs(transfer: Transfer) -> QuerySet[ProcrastinateJob]:
    jobs: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(
        task_name=TASK, args__transfer_id=str(transfer.pk)
    )
    return jobs.order_by("id")
