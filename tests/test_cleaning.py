"""The tests' own database goes back to where it was, whatever a test did to it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connections

from accounts.models import Role
from tests.database import TestDatabase, session
from tests.factories import UserFactory


@pytest.fixture
def spare(django_db_setup, django_db_blocker) -> Iterator[TestDatabase]:
    with django_db_blocker.unblock():
        database = TestDatabase("spare")
        database.create()
        database.learn()
        yield database
        database.destroy()


def everything() -> dict[str, list[tuple]]:
    """Every row of every table, and how far each sequence has come."""
    with session("owner") as owner:
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        rows = {name: owner.execute(f'SELECT one::text FROM "{name}" AS one ORDER BY 1').fetchall() for name in tables}
        return {**rows, "sequences": owner.execute("SELECT * FROM pg_sequences ORDER BY 2").fetchall()}


def identity() -> int:
    with session("owner") as owner:
        return owner.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()[0]


def test_rows_that_nobody_may_remove_are_gone_and_those_that_were_there_are_back(spare):
    before, same = everything(), identity()
    UserFactory()
    Role.objects.create(code="ny", name="Ny", order=99, permissions=[])
    Role.objects.filter(code="registrator").update(name="Något annat")
    Permission.objects.all().delete()
    assert everything() != before
    spare.go_back()
    assert everything() == before
    assert identity() == same


def test_what_was_changed_in_another_way_makes_a_new_copy(spare):
    before, same = everything(), identity()
    with session("owner") as owner:
        owner.execute("ALTER TABLE accounts_platform DISABLE TRIGGER USER")
    spare.go_back()
    assert (everything(), identity() == same) == (before, False)
    UserFactory()
    spare.go_back()
    assert everything() == before


def test_who_hangs_with_a_lock_is_cut_off(spare):
    with psycopg.connect(**hanging()) as other:
        other.execute("LOCK TABLE accounts_user IN ACCESS EXCLUSIVE MODE")
        spare.go_back()
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")
    assert not settings.DATABASES["default"]["NAME"].endswith("spare")


def hanging() -> dict[str, str]:
    found = connections["default"].get_connection_params()
    return {key: found[key] for key in ("host", "port", "user", "dbname") if key in found}
