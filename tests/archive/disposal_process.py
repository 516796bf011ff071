"""A worker that carries out a gallring, in a process of its own that can be killed.

`python -m tests.archive.disposal_process <moment> <step>`. Its clock stands at the moment; database, ledger and storage
are those of the test, by the environment. At the step it says "here", and waits there until it is killed.
"""

import os
import sys
from datetime import datetime

import django
from django.conf import settings

from tests.stopping import stop_here

# Module, name: each is called once or more on the way from the first lock to the protocol.
STEPS = {
    "asked": ("archive.services.disposing", "refusals"),
    "listed": ("archive.services.disposing", "_remove"),
    "removed": ("archive.services.disposing", "_told"),
    "committed": ("archive.services.ledger", "write_waiting"),
    "written": ("archive.services.disposal_files", "remove"),
    "emptied": ("archive.services.disposal_protocol", "sweep_up"),
    "swept": ("archive.services.disposal_protocol", "render_pdf"),
    "drawn up": ("archive.services.disposal_protocol", "register_own_document"),
}


def main() -> None:
    """Set the portal up as the test has it, and work."""
    django.setup()
    from importlib import import_module

    from django.utils import timezone

    from tests.database import use_database
    from tests.jobs import run_worker

    use_database(os.environ["TEST_DATABASE"])
    settings.STORAGES["snapshots"]["OPTIONS"] = {"location": os.environ["TEST_SNAPSHOTS"]}
    moment = datetime.fromisoformat(sys.argv[1])
    timezone.now = lambda: moment
    module, name = STEPS[sys.argv[2]]
    setattr(import_module(module), name, stop_here)
    run_worker()


if __name__ == "__main__":
    main()
