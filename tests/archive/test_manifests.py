"""Each day's new fingerprints are written down once, chained to the day before (R19, R23)."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from archive.manifest_sources import Source, add_sources
from archive.models import Manifest, ManifestEntry, SnapshotFile
from archive.services import manifests
from archive.services.entries import File
from archive.services.manifests import MOST_ON_PAPER, make_manifests, pdf_of, text_of
from archive.tasks import make_manifests as nightly
from tests.archive.factories import document
from tests.archive.snapshots import uploaded
from tests.clock import NOW, TODAY
from tests.moderation.factories import log_post, picture
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.pdf import text_of as text_in
from tests.queries import assert_same_query_count
from tests.race import losers, meet_at, race, take_the_lock_away

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOMORROW = NOW + DAY
LIST = reverse("archive:manifest-list")


@pytest.fixture
def snapshot(account, cast):
    return uploaded(account, by=cast.librarian)


def made(now=TOMORROW):
    """Draw up what is lacking, and return the latest."""
    make_manifests(now)
    return Manifest.objects.latest("number")


def test_every_new_file_stands_there_with_its_fingerprint(snapshot):
    manifest = made()
    assert (manifest.day, manifest.number, manifest.files) == (TODAY, 1, 3)
    lines = text_of(manifest).splitlines()
    for file in snapshot.files.all():
        assert f"{file.sha256}  ogonblicksbild/{snapshot.pk}/{file.pk}" in lines


def test_files_of_other_kinds_stand_there_too(account, cast, registrar):
    log_post(account, pictures=[picture()])
    document(cast.culture_board, by=registrar, files=[File("brev.pdf", "application/pdf", b"%PDF")])
    made()
    assert set(ManifestEntry.objects.values_list("kind", flat=True)) == {"kopia", "handling"}


def test_its_fingerprint_is_what_sha256sum_says_of_the_text(snapshot):
    manifest = made()
    assert hashlib.sha256(text_of(manifest).encode()).hexdigest() == manifest.sha256


def test_each_carries_the_fingerprint_of_the_day_before(snapshot, account, cast):
    first = made()
    uploaded(account, by=cast.librarian, now=TOMORROW)
    second = made(TOMORROW + DAY)
    assert (second.number, second.day, second.previous_sha256) == (2, TODAY + DAY, first.sha256)
    assert f"Föregående: {first.sha256}" in text_of(second)
    assert second.files == 3


def test_a_day_without_files_has_its_own(snapshot):
    made()
    assert made(TOMORROW + DAY).files == 0


def test_days_that_were_missed_are_made_up_for(snapshot):
    made()
    assert make_manifests(NOW + 5 * DAY) == 4
    days = list(Manifest.objects.order_by("number").values_list("day", flat=True))
    assert days == [TODAY + number * DAY for number in range(5)]


def test_again_changes_nothing(snapshot):
    manifest = made()
    assert make_manifests(TOMORROW) == 0
    assert Manifest.objects.get() == manifest


def test_today_is_not_over(snapshot):
    assert made(NOW).files == 0
    assert Manifest.objects.get().day == TODAY - DAY


def test_a_file_whose_row_came_late_stands_in_the_next(snapshot, account, cast):
    made()
    late = uploaded(account, by=cast.librarian, now=NOW)
    assert made(TOMORROW + DAY).entries.filter(record=late.pk).count() == 3


def test_the_task_does_the_same(snapshot, clock):
    clock.move(days=1)
    nightly(0)
    assert Manifest.objects.get().files == 3


def test_a_sort_is_named_once():
    with pytest.raises(ValueError, match="redan"):
        add_sources(Source("handling", "archive.DocumentFile", "pk", "pk"))


def refused(statement, *values):
    """Return PostgreSQL's error code; nothing stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.sqlstate
    return ""


@pytest.mark.parametrize(
    ("number", "previous", "day"),
    [(3, None, date(2026, 11, 25)), (2, "f" * 64, date(2026, 11, 25)), (2, None, date(2026, 11, 26))],
    ids=["number", "previous", "day"],
)
def test_postgresql_takes_none_that_does_not_follow(snapshot, number, previous, day):
    first = made()
    insert = (
        "INSERT INTO archive_manifest (id, day, number, previous_sha256, sha256, files, made_at)"
        " VALUES (gen_random_uuid(), %s, %s, %s, repeat('a', 64), 0, now())"
    )
    assert refused(insert, day, number, previous or first.sha256) == "23001"
    assert refused(insert, date(2026, 11, 25), 2, first.sha256) == ""


def test_postgresql_puts_no_line_into_one_that_is_whole(snapshot):
    manifest = made()
    insert = (
        "INSERT INTO archive_manifestentry (manifest_id, position, kind, record, key, sha256)"
        " VALUES (%s, 4, 'handling', gen_random_uuid(), gen_random_uuid(), repeat('a', 64))"
    )
    assert refused(insert, manifest.pk) == "23001"


class TestPaper:
    def test_has_both_fingerprints_and_every_line(self, snapshot):
        made()
        manifest = made(TOMORROW + DAY)
        said = text_in(pdf_of(manifest)).replace(" ", "")
        assert manifest.sha256 in said
        assert manifest.previous_sha256 in said

    def test_lines_are_those_of_the_text(self, snapshot):
        manifest = made()
        said = text_in(pdf_of(manifest)).replace(" ", "")
        assert all(file.sha256 in said for file in SnapshotFile.objects.all())

    def test_what_nobody_reads_on_paper_is_left_to_the_text(self, snapshot, monkeypatch):
        assert MOST_ON_PAPER > 100
        monkeypatch.setattr(manifests, "MOST_ON_PAPER", 1)
        assert "2 rader till står bara i textfilen" in text_in(pdf_of(made()))


class TestPages:
    def test_each_day_is_to_be_had(self, snapshot, cast, client_for):
        manifest, client = made(), client_for(cast.communicator)
        page = Page(client.get(LIST))
        assert page.rows == ["24 november 2026"]
        text = client.get(page.links["Textfil för 24 november 2026"])
        assert text.content.decode() == text_of(manifest)
        assert text.headers["Content-Disposition"] == 'attachment; filename="fingeravtryck-2026-11-24.txt"'
        assert client.get(page.links["PDF för 24 november 2026"]).content.startswith(b"%PDF")

    def test_before_the_first_night_it_says_so(self, cast, client_for):
        assert "Den första kommer i natt." in Page(client_for(cast.communicator).get(LIST)).text

    def test_costs_the_same_however_many(self, snapshot, cast, client_for):
        made()
        nights = iter(range(2, 9))
        client = client_for(cast.communicator)
        assert_same_query_count(lambda: client.get(LIST), add_row=lambda: made(NOW + next(nights) * DAY))

    @pytest.mark.parametrize("name", ["manifest-list", "manifest-text", "manifest-pdf"])
    def test_others_are_not_let_in(self, snapshot, cast, client_for, name):
        manifest = made()
        url = reverse(f"archive:{name}", args=[] if name == "manifest-list" else [manifest.pk])
        assert_asks_for_sign_in(url)
        client = client_for(cast.librarian)
        assert client.get(url).status_code == 403
        assert_only_get(client, url)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_nights_at_once_make_each_day_once(self, account, cast, monkeypatch):
        uploaded(account, by=cast.librarian)
        meet_at(monkeypatch, manifests, "all_sources")
        again = lambda: make_manifests(NOW + 3 * DAY)  # noqa: E731
        outcomes = race(again, again)
        assert losers(outcomes) == []
        assert sum(outcome.answer for outcome in outcomes) == 1
        assert Manifest.objects.get().files == 3

    def test_without_taking_turns_one_would_fail(self, account, cast, monkeypatch):
        uploaded(account, by=cast.librarian)
        monkeypatch.setattr(manifests, "_take_turns", lambda: None)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, manifests, "_new", afterwards=True)
        again = lambda: make_manifests(TOMORROW)  # noqa: E731
        (error,) = losers(race(again, again))
        assert isinstance(error, DatabaseError)
