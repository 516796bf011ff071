"""What PostgreSQL refuses of the snapshots, whoever asks (R19, R20, R23)."""

from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from archive.enums import SnapshotStatus
from archive.models import Snapshot, SnapshotFile
from archive.workflow import SNAPSHOT
from tests.archive.snapshots import requested, to_judge, uploaded

pytestmark = pytest.mark.django_db
RESTRICT, CHECK, PRIVILEGE = "23001", "23514", "42501"
S = SnapshotStatus
# What a row must hold to stand in a state.
FILLED_IN = {
    "taken_at": "now()",
    "failure": "'Sidan svarar inte'",
    "attestation": "'Hela sidan'",
    "attested_by_id": "requested_by_id",
    "attested_at": "now()",
    "verdict_reason": "'Skäl'",
}
JUDGED = (S.GOOD, S.REJECTED, S.NOT_POSSIBLE)


def run(statement: str, *values: object) -> str:
    """Return PostgreSQL's error code, empty when it obeyed; nothing stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.sqlstate
    return ""


def bring_to(snapshot: Snapshot, status: SnapshotStatus) -> None:
    """Take the row to the state by the shortest way that PostgreSQL allows."""
    ways = {
        S.REQUESTED: [],
        S.CAPTURING: [S.CAPTURING],
        S.TO_JUDGE: [S.CAPTURING, S.TO_JUDGE],
        S.GOOD: [S.CAPTURING, S.TO_JUDGE, S.GOOD],
        S.REJECTED: [S.CAPTURING, S.TO_JUDGE, S.REJECTED],
        S.FAILED: [S.FAILED],
        S.NOT_POSSIBLE: [S.NOT_POSSIBLE],
    }
    for step in ways[status]:
        with connection.cursor() as cursor:
            cursor.execute(move_to(step), [step, snapshot.pk])


def move_to(status: SnapshotStatus) -> str:
    verdict = ("requested_by_id", "now()") if status in JUDGED else ("NULL", "NULL")
    values = {**FILLED_IN, "verdict_by_id": verdict[0], "verdict_at": verdict[1]}
    if status in JUDGED:
        del values["taken_at"]
    columns = ", ".join(f"{column} = {value}" for column, value in values.items())
    return f"UPDATE archive_snapshot SET status = %s, {columns} WHERE id = %s"


@pytest.mark.parametrize(("old", "new"), [pair for pair in product(S, S) if pair[0] != pair[1]])
def test_every_state_against_every_other(account, cast, old, new):
    snapshot = requested(account, by=cast.librarian, reason="closing")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_snapshotfile (id, snapshot_id, kind, viewport, position, name, original_name,"
            " content_type, size, sha256, written_at) VALUES (gen_random_uuid(), %s, 'screenshot', '', 0, 'x', '',"
            " 'image/png', 1, repeat('0', 64), now())",
            [snapshot.pk],
        )
    bring_to(snapshot, old)
    # A capture is never good before it waits for a verdict: only what a person sends is.
    allowed = new in SNAPSHOT[old] and (old, new) != (S.REQUESTED, S.GOOD)
    assert run(move_to(new), new, snapshot.pk) == ("" if allowed else RESTRICT)


@pytest.mark.parametrize(
    "change",
    ["verdict_reason = 'Nytt'", "taken_at = now()", "evidence = '{}'", "requested_url = 'https://x.se'", "wall = ''"],
)
def test_what_is_judged_stands_still(account, cast, change):
    uploaded(account, by=cast.librarian)
    assert run(f"UPDATE archive_snapshot SET {change}") == RESTRICT


def test_how_it_was_taken_stands_still_while_it_waits(account, cast, tmp_path):
    to_judge(account, tmp_path, by=cast.librarian)
    assert run("UPDATE archive_snapshot SET evidence = '{}'") == RESTRICT


def test_it_is_never_deleted(account, cast):
    uploaded(account, by=cast.librarian)
    assert run("DELETE FROM archive_snapshot") == RESTRICT
    assert run("DELETE FROM archive_snapshotfile") == PRIVILEGE


def test_none_is_good_without_a_picture(account, cast):
    snapshot = requested(account, by=cast.librarian)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_snapshot SET status = 'capturing'")
    assert run(move_to(S.TO_JUDGE), S.TO_JUDGE, snapshot.pk) == RESTRICT


def test_judged_gets_no_more_files(account, cast):
    snapshot = uploaded(account, by=cast.librarian)
    copy = (
        "INSERT INTO archive_snapshotfile (id, snapshot_id, kind, viewport, position, name, original_name,"
        " content_type, size, sha256, written_at) SELECT gen_random_uuid(), snapshot_id, 'text', '', 0, 'x', '',"
        " content_type, size, sha256, written_at FROM archive_snapshotfile WHERE snapshot_id = %s LIMIT 1"
    )
    assert run(copy, snapshot.pk) == RESTRICT


def test_login_page_is_good_only_for_a_reason(account, cast, tmp_path):
    to_judge(account, tmp_path, by=cast.librarian, wall="login")
    good = "UPDATE archive_snapshot SET status = 'good', verdict_by_id = requested_by_id, verdict_at = now()"
    assert run(good) == CHECK
    assert run(f"{good}, verdict_reason = 'Bara en ruta i hörnet'") == ""


def test_files_are_as_they_were_written(account, cast):
    uploaded(account, by=cast.librarian)
    assert run("UPDATE archive_snapshotfile SET sha256 = repeat('0', 64)") == PRIVILEGE
    assert SnapshotFile.objects.count() == 3
