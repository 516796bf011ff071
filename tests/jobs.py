"""The queue in tests: what waits, doing it at once, and a real worker."""

from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def waiting_jobs(task_name: str | None = None) -> list[ProcrastinateJob]:
    """Return the jobs that wait, the oldest first; of one task if it is named."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return list(jobs.filter(task_name=task_name) if task_name else jobs)


def perform_waiting_jobs() -> int:
    """Do the jobs that wait, and those that they make, in the test's own transaction; return how many."""
    done = 0
    while jobs := waiting_jobs():
        for job in jobs:
            app.tasks[job.task_name](**job.args)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
            done += 1
    return done


def run_worker(**options: Any) -> None:
    """Let a real worker do what waits. Only in transactional tests: it has connections of its own."""
    with app.replace_connector(app.connector.get_worker_connector()) as with_connections:
        with_connections.run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful", **options
        )
