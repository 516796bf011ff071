"""Killing a worker (kill -9) in the middle of its work: a real process, on the test's database."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import connection
from procrastinate.exceptions import AlreadyEnqueued

from laholm_sociala.common.tasks import rescue_stalled_jobs
from tests.jobs import run_worker


def kill_worker(module: str, moment: datetime, where: str, **environment: str) -> None:
    """Let `python -m module <moment> <where>` work until it comes to the place, and kill it there."""
    everything = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "laholm_sociala.settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        # A worker does what is periodic too, and that writes in the ledger: the test's, never the project's own.
        "DISPOSAL_LEDGER": str(settings.DISPOSAL_LEDGER),
        **environment,
    }
    command = [sys.executable, "-W", "ignore", "-m", module, moment.isoformat(), where]
    with subprocess.Popen(command, env=everything, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "here\n"
        worker.send_signal(signal.SIGKILL)
    assert worker.returncode == -signal.SIGKILL


def let_another_worker_go_on() -> None:
    """Wait out the dead worker's silence, and let the next one take up what it left."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    with suppress(AlreadyEnqueued):
        rescue_stalled_jobs.defer(timestamp=0)
    run_worker()
    run_worker()
