"""Runs before the settings are read: a database to test on, and an environment that no machine's own can bend.

A plugin (`-p tests.early`), since pytest-django reads the settings before any conftest.
"""

import atexit
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ENVIRONMENT = {
    "DEMO": "0",
    "DEBUG": "0",
    "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
    "PUBLIC_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DATABASE_POOL": "0",
    "STATIC_FROM_SOURCE": "1",
    "LOG_LEVEL": "WARNING",
}
# Also for processes that tests start: a worker or a server of theirs never writes in the project's own ledger.
LEDGER_FOLDER = TemporaryDirectory(prefix="laholm-ledger-")
atexit.register(LEDGER_FOLDER.cleanup)
FROM_OUTSIDE = ("BEHIND_PROXY", "TRUSTED_PROXY_COUNT", "COMMUNICATIONS_EMAIL", "MAIL_FROM", "MUNICIPALITY_NAME")


def keep_what_is_compiled() -> None:
    """Keep what Python and pytest compile, whatever the machine says: each process would compile Django anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def prepare_environment() -> None:
    """Start the tests' own database server unless addresses to one are given, and set the environment."""
    for name in FROM_OUTSIDE:
        os.environ.pop(name, None)
    os.environ.update(ENVIRONMENT, DISPOSAL_LEDGER=str(Path(LEDGER_FOLDER.name) / "ledger.jsonl"))
    if "DATABASE_URL" in os.environ and "DATABASE_OWNER_URL" in os.environ:
        return
    from laholm_sociala.cluster import test_cluster
    from laholm_sociala.cluster.roles import ROLES

    cluster = test_cluster()
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.url(ROLES["portal"])
    os.environ["DATABASE_OWNER_URL"] = cluster.url(ROLES["owner"])


keep_what_is_compiled()
prepare_environment()
