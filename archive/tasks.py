"""Jobs of the archive. Thin: each calls a service."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from archive.services import (
    capturing,
    disposal_protocol,
    disposal_run,
    disposing,
    due_counts,
    fixity,
    forwarding,
    ledger,
    manifests,
    snapshot_reminders,
    transfer_failing,
    transfer_packing,
    transfer_queue,
)


@app.task(name="send_handling", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def send_handling(forwarding_id: str) -> None:
    """Mail a handling that was sent on."""
    forwarding.send_handling(forwarding_id, now=timezone.now())


@app.periodic(cron="15 6 * * *")
@app.task(name="remind_receivers", queueing_lock="remind_receivers", pass_context=False)
def remind_receivers(timestamp: int) -> None:
    """Remind those who have not said that a handling arrived, every morning."""
    forwarding.remind_receivers(timezone.now())


@app.task(name="carry_out_disposal", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def carry_out_disposal(run_id: str) -> None:
    """Carry out a gallring that is decided on, and draw up its protocol."""
    run = disposal_run.begin(UUID(run_id), now=timezone.now())
    if disposing.carry_out(run.pk, clock=timezone.now):
        disposal_protocol.conclude(run.pk, now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="begin_disposals", queueing_lock="begin_disposals", pass_context=False)
def begin_disposals(timestamp: int) -> None:
    """Begin, at night, what has been decided on."""
    disposal_run.begin_decided(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="conclude_disposals", queueing_lock="conclude_disposals", pass_context=False)
def conclude_disposals(timestamp: int) -> None:
    """Finish what is carried out and lacks its protocol or some file, and write what the ledger waits for."""
    ledger.write_after_commit()
    disposal_protocol.conclude_carried_out(clock=timezone.now)


@app.periodic(cron="10 3 * * *")
@app.task(name="note_what_is_due", queueing_lock="note_what_is_due", pass_context=False)
def note_what_is_due(timestamp: int) -> None:
    """Find out what each board has to dispose of, for those who prepare its gallring."""
    due_counts.note_what_is_due(timezone.now())


@app.periodic(cron="20 2 * * *")
@app.task(name="check_fixity", queueing_lock="check_fixity", pass_context=False)
def check_fixity(timestamp: int) -> None:
    """Read the night's share of the snapshots' files."""
    fixity.check_storage(clock=timezone.now)


@app.periodic(cron="40 0 * * *")
@app.task(name="make_manifests", queueing_lock="make_manifests", pass_context=False)
def make_manifests(timestamp: int) -> None:
    """Write down the fingerprints of yesterday's new files, and of days that were missed."""
    manifests.make_manifests(timezone.now())


# One at a time: a browser is heavy. A worker that does several jobs at once sends mails meanwhile.
@app.task(name=capturing.TASK, lock=capturing.TASK, queue=capturing.QUEUE)
def capture_snapshot(snapshot_id: str) -> None:
    """Take a picture of an account's page."""
    capturing.take(UUID(snapshot_id), clock=timezone.now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="rescue_captures", queueing_lock="rescue_captures", pass_context=False)
def rescue_captures(timestamp: int) -> None:
    """Take up pictures whose worker and job are lost."""
    capturing.rescue(now=timezone.now())


@app.periodic(cron="30 6 * * *")
@app.task(name="remind_of_snapshots", queueing_lock="remind_of_snapshots", pass_context=False)
def remind_of_snapshots(timestamp: int) -> None:
    """Remind of snapshots that are due this month or overdue, every morning."""
    snapshot_reminders.remind(timezone.now())


# Tried again for a little more than an hour: somebody waits for it.
PACKING: Final = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name=transfer_queue.TASK, retry=PACKING, pass_context=True)
def pack_transfer(context: JobContext, transfer_id: str) -> None:
    """Pack a leverans to the e-archive."""
    tries_left = (PACKING.max_attempts or 0) - context.job.attempts
    transfer_packing.pack(UUID(transfer_id), tries_left=tries_left, clock=timezone.now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="give_up_lost_transfers", queueing_lock="give_up_lost_transfers", pass_context=False)
def give_up_lost_transfers(timestamp: int) -> None:
    """Give back leveranser whose worker and job are lost."""
    transfer_failing.give_up_lost(now=timezone.now())


@app.task(name="clear_packages", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def clear_packages() -> None:
    """Remove the packages that the e-archive has, or that nobody is to have."""
    transfer_packing.clear_packages(now=timezone.now())


@app.periodic(cron="50 1 * * *")
@app.task(name="clear_packages_nightly", queueing_lock="clear_packages_nightly", pass_context=False)
def clear_packages_nightly(timestamp: int) -> None:
    """Remove those that were left when they should have gone."""
    transfer_packing.clear_packages(now=timezone.now())
