"""A database of its own for each test process, copied from a template that is migrated once.

The tests run as the portal's role, which owns nothing. What must be the owner's is done through `session("owner")`.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import Connection, sql

from laholm_sociala.cluster.roles import SUPERUSER
from tests.cleaning import Clean
from tests.migrating import options_in_place

TEMPLATE = "laholm_template_"
TEST = "laholm_test_"
TEMPLATES_KEPT = 4
ATTEMPTS = 100
PAUSE = 0.1
ALIASES = ("default", "owner")
INSTALLED = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def lock_for(name: str) -> int:
    """Return the number of PostgreSQL's advisory lock by that name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


LOCK = lock_for("laholm_sociala.tests")


class TestDatabase:
    """The database of this process. Its name stands in the settings of both aliases."""

    __test__ = False

    def __init__(self, worker: str) -> None:
        self.name = f"{TEST}{worker}_{os.getpid()}"
        self.home = str(connections["owner"].settings_dict["NAME"])
        self.template = ""
        self._clean: Clean | None = None
        self._session = self._connect("owner", self.home, application_name=self.name)

    def create(self) -> None:
        """Make the database, and its template when migrations have changed since the last time."""
        with self._one_at_a_time():
            self._drop_what_others_left()
            self.template = self._migrated_template()
            # Held as long as this process lives: the template is needed until the last test.
            self._session.execute("SELECT pg_advisory_lock_shared(%s)", [lock_for(self.template)])
            self._copy_template()
        use_database(self.name)

    def create_as(self, other: "TestDatabase") -> None:
        """Make the database a copy of another one, as it stands now. Nobody may be connected to that one."""
        self.template = other.name
        self._copy_template()
        use_database(self.name)

    def learn(self) -> None:
        """Remember the freshly migrated state, to go back to it in a moment where that can be done."""
        self._clean = Clean.learn(**{**_parameters("owner", self.name), "user": SUPERUSER})

    def go_back(self) -> None:
        """Go back to the freshly migrated state, after a test that committed."""
        connections.close_all()
        if self._clean and self._clean.restore():
            return
        self._forget()
        self._drop(self.name)
        self._copy_template()
        self.learn()

    def destroy(self) -> None:
        """Drop the database and leave the template for the next run."""
        connections.close_all()
        self._forget()
        self._drop(self.name)
        self._session.close()
        use_database(self.home)

    def _forget(self) -> None:
        if self._clean:
            self._clean.connection.close()
            self._clean = None

    def _copy_template(self) -> None:
        # FILE_COPY: four times as fast as the write-ahead log with fsync off.
        self._execute(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY",
            sql.Identifier(self.name),
            sql.Identifier(self.template),
        )

    def _migrated_template(self) -> str:
        name = TEMPLATE + self._fingerprint()
        if name in self._databases(TEMPLATE):
            return name
        unfinished = f"{name}_{os.getpid()}"
        self._execute("CREATE DATABASE {}", sql.Identifier(unfinished))
        use_database(unfinished)
        try:
            # Read while the clock is the real one: some of them keep it as a field's default.
            MigrationLoader(None)
            # What is installed was so before the tests' clock begins, whatever day it really is.
            with patch("django.utils.timezone.now", return_value=INSTALLED), options_in_place():
                call_command("migrate", verbosity=0, interactive=False)
        except BaseException:
            connections.close_all()
            self._drop(unfinished)
            raise
        finally:
            use_database(self.home)
        self._execute("ALTER DATABASE {} RENAME TO {}", sql.Identifier(unfinished), sql.Identifier(name))
        return name

    def _fingerprint(self) -> str:
        """Name the state of everything that migrating depends on."""
        project = Path(settings.BASE_DIR)
        folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
        files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
        files += [project / "accounts/roles.py", project / "laholm_sociala/common/access.py"]
        # What migrating writes of how far a gallring reaches.
        files += [project / "archive/services/reach.py", project / "archive/retention.py"]
        files += [Path(__file__), Path(__file__).with_name("migrating.py")]
        files += [*sorted((project / "archive/record_types").glob("*.py")), project / "moderation/record_types.py"]
        files += sorted((project / "laholm_sociala/management/commands").glob("*.py"))
        digest = hashlib.sha256(f"{self._session.info.server_version} {version('procrastinate')} {INSTALLED}".encode())
        digest.update(str(settings.DATABASES["default"]["USER"]).encode())
        for file in files:
            digest.update(file.name.encode() + file.read_bytes())
        return digest.hexdigest()[:16]

    def _drop_what_others_left(self) -> None:
        """Drop databases of runs that were killed, and all but the newest templates."""
        living = {name for (name,) in self._session.execute("SELECT application_name FROM pg_stat_activity")}
        stale = [name for name in self._databases(TEST) if name not in living]
        templates = self._databases(TEMPLATE)
        stale += [name for name in templates if re.search(r"_\d+$", name.removeprefix(TEMPLATE))]  # died half-made
        stale += [name for name in templates[:-TEMPLATES_KEPT] if name not in stale and not self._is_used(name)]
        for name in stale:
            self._drop(name)

    def _is_used(self, template: str) -> bool:
        """Tell whether a living run holds the template."""
        key = lock_for(template)
        (free,) = self._session.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone() or (False,)
        if free:
            self._session.execute("SELECT pg_advisory_unlock(%s)", [key])
        return not free

    def _databases(self, prefix: str) -> list[str]:
        """Return names, the oldest first."""
        mine = "datname LIKE %s AND pg_get_userbyid(datdba) = current_user"
        rows = self._session.execute(f"SELECT datname FROM pg_database WHERE {mine} ORDER BY oid", [prefix + "%"])
        return [name for (name,) in rows]

    def _drop(self, name: str) -> None:
        for _attempt in range(ATTEMPTS):
            try:
                self._cut_off(name)
                self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(name))
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                time.sleep(PAUSE)  # a session on its way out is not listed any longer, and still in the way
            else:
                return
        raise RuntimeError(f"The database {name} is in use and cannot be dropped.")

    def _cut_off(self, name: str) -> None:
        # The owner may not end the portal's sessions; the portal may. A job or thread that hangs must not stay.
        with self._connect("default", self.home) as portal:
            portal.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = %s AND usename = current_user",
                [name],
            )

    def _execute(self, statement: str, *names: sql.Composable) -> None:
        self._session.execute(sql.SQL(statement).format(*names))

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        self._session.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            self._session.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    @staticmethod
    def _connect(alias: str, database: str, **extra: str) -> Connection:
        return psycopg.connect(**_parameters(alias, database), autocommit=True, **extra)


def use_database(name: str) -> None:
    """Point both aliases at a database, in every thread that connects from now on."""
    connections.close_all()
    for alias in ALIASES:
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def session(alias: str) -> Iterator[Connection]:
    """Open a connection of its own as the portal ("default") or the owner, outside Django; each statement commits."""
    with psycopg.connect(**_parameters(alias, str(settings.DATABASES[alias]["NAME"])), autocommit=True) as connection:
        yield connection


def _parameters(alias: str, database: str) -> dict[str, str]:
    given = connections[alias].settings_dict
    options = {key: str(value) for key, value in given["OPTIONS"].items() if key != "pool"}
    named = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    return {**options, **{key: str(value) for key, value in named.items() if value}, "dbname": database}
