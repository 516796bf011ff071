"""The queue in tests: what waits, doing it at once, and a real worker."""

from typing import Any

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job


def waiting_jobs(task_name: str | None = None) -> list[ProcrastinateJob]:
    """Return the jobs that wait, the oldest first; of one task if it is named."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("id")
    return list(jobs.filter(task_name=task_name) if task_name else jobs)


def perform_waiting_jobs() -> int:
    """Do the jobs that wait, and those that they make, in the test's own transaction; return how many."""
    done = 0
    while jobs := waiting_jobs():
        for job in jobs:
            do_job(job)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
            done += 1
    return done


def do_job(job: ProcrastinateJob) -> None:
    """Do the job as a worker would, here and now."""
    task = app.tasks[job.task_name]
    if not task.pass_context:
        task(**job.args)
        return
    row = Job(
        id=job.pk, queue=job.queue_name, lock=job.lock, queueing_lock=None, task_name=task.name, attempts=job.attempts
    )
    task(JobContext(app=app, job=row, start_timestamp=0, abort_reason=lambda: None), **job.args)


def run_worker(**options: Any) -> None:
    """Let a real worker do what waits. Only in transactional tests: it has connections of its own."""
    with app.replace_connector(app.connector.get_worker_connector()) as with_connections:
        with_connections.run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful", **options
        )
