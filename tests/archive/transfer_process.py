"""A worker that packs a leverans, in a process of its own that can be killed.

`python -m tests.archive.transfer_process <moment> <step>`. Its clock stands at the moment; database and storages are
those of the test, by the environment. At the step it says "here", and waits there until it is killed.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings

from tests.stopping import stop_here

# Module, name: each is called once or more on the way from the first file to the commit.
STEPS = {
    "gathered": ("archive.services.transfer_packing", "write_package"),
    "half written": ("archive.package.sip", "premis_of_files"),
    "written": ("archive.services.transfer_packing", "_require_whole"),
    "read again": ("archive.services.transfer_packing", "_keep"),
    "stored": ("archive.services.transfer_packing", "finish_packing"),
    "in the transaction": ("archive.services.transfers", "_clear_later"),
}


def main() -> None:
    """Set the portal up as the test has it, and work."""
    django.setup()
    from importlib import import_module

    from django.utils import timezone

    from tests.database import use_database
    from tests.jobs import run_worker

    use_database(os.environ["TEST_DATABASE"])
    settings.PACKING_FOLDER = Path(os.environ["TEST_PACKING"])
    for name in ("snapshots", "transfers"):
        settings.STORAGES[name]["OPTIONS"] = {"location": os.environ[f"TEST_{name.upper()}"]}
    moment = datetime.fromisoformat(sys.argv[1])
    timezone.now = lambda: moment
    module, name = STEPS[sys.argv[2]]
    setattr(import_module(module), name, stop_here)
    run_worker()


if __name__ == "__main__":
    main()
