"""A database for each volume, copied from the tests' migrated template and filled by the seed."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from accounts.models import Account
from accounts.public import PAGE_SIZE
from accounts.sign_in import METHODS_IN_SESSION
from laholm_sociala.seed import accounts as seed
from laholm_sociala.seed.source import Source
from tests.bench import schools as found_by_all
from tests.cast import Cast, gather_cast
from tests.database import TestDatabase, session, use_database

SEED: Final = 1


@dataclass(frozen=True)
class Volume:
    """So many accounts, and the connection by which they are read."""

    accounts: int
    cast: Cast
    public: int
    connection: BaseDatabaseWrapper

    @property
    def pages(self) -> int:
        """How many pages the register has."""
        return -(-self.accounts // PAGE_SIZE)

    @property
    def public_pages(self) -> int:
        """How many pages the public list has."""
        return -(-self.public // PAGE_SIZE)

    def use(self) -> None:
        """Let the portal's next queries go here. Both connections stay open: none is timed while it connects."""
        connections["default"] = self.connection

    def client(self, person: object = None) -> Client:
        """Return a browser, where someone is signed in or nobody."""
        self.use()
        client = Client()
        if person is not None:
            client.force_login(person)
            signed_in = client.session
            signed_in[METHODS_IN_SESSION] = [{"method": "mfa", "at": time.time()}]
            signed_in.save()
        return client


@contextmanager
def volumes(sizes: Sequence[int]) -> Iterator[list[Volume]]:
    """Make a database of each size; drop them afterwards."""
    databases = [TestDatabase(f"bench{size}") for size in sizes]
    with ExitStack() as stack:
        for database in databases:
            stack.callback(database.destroy)
        yield [filled(database, size, schools=True) for database, size in zip(databases, sizes, strict=True)]


def filled(
    database: TestDatabase, size: int, also: Callable[[], None] = lambda: None, *, schools: bool = False
) -> Volume:
    """Make a database with so many accounts, and what else is wanted. `schools`: among them, those of `schools`."""
    database.create()
    given = connections["default"].settings_dict
    # A connection of its own: `connections` would hand out one for both databases.
    connections["default"] = connection = type(connections["default"])({**given, "NAME": database.name}, "default")
    with transaction.atomic():
        cast = gather_cast()
        seed.make(Source(SEED), size - found_by_all.NUMBER if schools else size)
        if schools:
            found_by_all.make(Source(SEED))
        also()
        public = Account.objects.public().count()
    with session("owner") as owner:
        owner.execute("VACUUM ANALYZE")  # as autovacuum does on a server within a minute
    # Out of reach of the next `use_database`, which points whatever stands here at another database.
    del connections["default"]
    use_database(database.home)
    return Volume(size, cast, public, connection)
