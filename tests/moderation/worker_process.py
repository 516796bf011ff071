"""A worker in a process of its own, which can be killed: `python -m tests.moderation.worker_process <moment> <stop>`.

Its clock stands at the moment; database and mail server are those of the test, by the environment. Where it shall stop
it says "here", and waits there until it is killed: in the middle of the fourth warning, or when the mail server has
taken the first mail and nobody has written that down.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django
from django.conf import settings

from tests.stopping import stop_here


def stop_in_fourth_warning() -> None:
    """Let three warnings be written whole, and stop inside the fourth's transaction."""
    from moderation.services import warnings

    whole: Callable[..., None] = warnings._send
    written: list[object] = []

    def send(case: Any, *rest: Any) -> None:
        whole(case, *rest)
        written.append(case)
        if len(written) == 4:
            stop_here()

    warnings._send = send


def stop_before_the_mail_is_marked() -> None:
    """Stop between the mail server's answer and our own note of it."""
    from laholm_sociala.common.models import Mail

    whole = Mail.save
    Mail.save = lambda mail, **options: stop_here() if mail.sent_at else whole(mail, **options)


STOPS = {"warning": stop_in_fourth_warning, "mail": stop_before_the_mail_is_marked}


def main() -> None:
    """Set the portal up as the test has it, and work."""
    django.setup()
    from django.utils import timezone

    from tests.database import use_database
    from tests.jobs import run_worker

    use_database(os.environ["TEST_DATABASE"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_MAIL_PORT"])
    moment = datetime.fromisoformat(sys.argv[1])
    timezone.now = lambda: moment
    STOPS[sys.argv[2]]()
    run_worker()


if __name__ == "__main__":
    main()
