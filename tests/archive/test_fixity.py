"""Every file is read anew, and what is not as it was written is found and told of (R19, R23)."""

import hashlib
import os
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from archive.enums import FixityOutcome
from archive.models import FixityCheck, SnapshotFile
from archive.services import fixity
from archive.services.fixity import check_storage
from archive.services.keeping import PIECE, read_anew
from archive.storage import LocalFolder
from laholm_sociala.common import to_do
from laholm_sociala.common.models import Mail
from tests.archive.snapshots import uploaded
from tests.clock import NOW
from tests.pages import Page, assert_asks_for_sign_in, assert_only_get
from tests.queries import assert_same_query_count
from tests.race import losers, meet_at, race, take_the_lock_away

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
URL = reverse("archive:fixity")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Keep the files of snapshots in a folder of this test."""
    here = {**settings.STORAGES["snapshots"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "snapshots": here}
    return tmp_path


@pytest.fixture
def file(folder, account, cast):
    """The original of a snapshot."""
    return uploaded(account, by=cast.librarian).files.get(made_from__isnull=True)


@pytest.fixture
def path(folder, file):
    return folder / file.name


def check(now=NOW):
    return check_storage(clock=lambda: now, everything=True)


def faults():
    return [(found.name, found.outcome) for found in FixityCheck.objects.faults()]


def flip_a_byte(path):
    """Change one bit, and leave size and times as they were."""
    content, times = bytearray(path.read_bytes()), path.stat()
    content[10] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def foreign(folder, age):
    strange = folder / "2026" / "strange.png"
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(b"?")
    then = (NOW - age).timestamp()
    os.utime(strange, (then, then))
    return strange


def test_untouched_files_are_good(file):
    found = check()
    assert (found.read, found.faults, faults()) == (SnapshotFile.objects.count(), 0, [])
    assert FixityCheck.objects.get(file=file).sha256 == file.sha256


def test_a_flipped_byte_is_found(file, path):
    flip_a_byte(path)
    assert check().faults == 1
    assert faults() == [(file.name, FixityOutcome.CHANGED)]


def test_a_removed_file_is_found_the_same_night(file, path):
    check_storage(clock=lambda: NOW, everything=True)
    path.unlink()
    check_storage(clock=lambda: NOW + DAY)
    assert faults() == [(file.name, FixityOutcome.MISSING)]


def test_a_foreign_file_is_found_and_forgotten_when_it_is_gone(folder, file):
    strange = foreign(folder, timedelta(hours=2))
    assert check().faults == 1
    assert faults() == [("2026/strange.png", FixityOutcome.FOREIGN)]
    strange.unlink()
    assert check(NOW + DAY).faults == 0
    assert faults() == []


def test_a_file_whose_row_may_be_on_its_way_is_no_fault(folder, file):
    foreign(folder, timedelta(minutes=59))
    assert check().faults == 0


def test_a_good_check_hides_no_later_change(file, path):
    check()
    flip_a_byte(path)
    check(NOW + DAY)
    assert faults() == [(file.name, FixityOutcome.CHANGED)]


def test_what_cannot_be_read_is_never_verified(file, path):
    check()
    path.unlink()
    path.mkdir()
    check(NOW + DAY)
    assert faults() == [(file.name, FixityOutcome.UNREADABLE)]
    assert FixityCheck.objects.faults().get().sha256 == ""


def test_what_broke_half_way_is_never_verified(file, monkeypatch):
    def broken(file):
        yield b"some"
        raise OSError("Disken svarar inte")

    monkeypatch.setattr(fixity, "read_anew", broken)
    assert check().read == 0
    assert not FixityCheck.objects.exclude(outcome=FixityOutcome.UNREADABLE).exists()


def test_postgresql_refuses_a_good_check_without_a_fingerprint(file):
    with pytest.raises(IntegrityError, match="fixity_read_has_a_fingerprint"), transaction.atomic():
        FixityCheck.objects.create(file=file, name=file.name, checked_at=NOW, outcome=FixityOutcome.GOOD)


def test_a_share_a_night_reads_all_the_longest_ago_first(file):
    number = SnapshotFile.objects.count()
    for night in range(number):
        assert check_storage(clock=lambda night=night: NOW + (night + 1) * DAY).read == 1
    assert FixityCheck.objects.values("file").distinct().count() == number


def test_nights_that_were_missed_are_made_up_for(file):
    assert check_storage(clock=lambda: NOW + 81 * DAY).read == SnapshotFile.objects.count()


def test_first_found_it_is_mailed_once(file, path):
    content = path.read_bytes()
    flip_a_byte(path)
    check()
    check(NOW + DAY)
    assert Mail.objects.filter(subject="Fel bland ögonblicksbildernas filer").count() == 1
    path.write_bytes(content)
    check_storage(clock=lambda: NOW + 2 * DAY)
    assert faults() == []


def test_a_file_that_is_flagged_as_deleted_is_still_read(file):
    """There is no such flag: what has a row is looked for, and what was disposed of has none."""
    names = {field.name for field in SnapshotFile._meta.get_fields()}
    assert {name for name in names if "delete" in name or "remove" in name or "active" in name} == set()
    with pytest.raises(DatabaseError), transaction.atomic():
        SnapshotFile.objects.filter(pk=file.pk).update(name="borta")
    assert check().read == SnapshotFile.objects.count()


def test_a_file_that_is_put_back_under_the_same_name_and_time_is_read_anew(file, path):
    check()
    times, size = path.stat(), path.stat().st_size
    path.unlink()
    path.write_bytes(b"x" * size)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    check(NOW + DAY)
    assert faults() == [(file.name, FixityOutcome.CHANGED)]


def test_every_byte_is_read_each_time(file, monkeypatch):
    """Nothing stands in for the reading: neither an earlier check nor what the storage says of the file."""
    counted = []

    def counting(file):
        for piece in read_anew(file):
            counted.append(len(piece))
            yield piece

    monkeypatch.setattr(fixity, "read_anew", counting)
    for night in range(2):
        counted.clear()
        check(NOW + night * DAY)
        assert sum(counted) == SnapshotFile.objects.aggregate(total=Sum("size"))["total"]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, 2 * PIECE + 7])
@pytest.mark.parametrize("of_another_make", [False, True])
def test_a_file_of_any_size_is_hashed_whole(file, path, monkeypatch, size, of_another_make):
    path.write_bytes(content := os.urandom(size))
    if of_another_make:
        monkeypatch.setattr(LocalFolder, "_open", lambda *_opening: OnlyReads(content))
    assert fixity.check_file(file, clock=lambda: NOW).sha256 == hashlib.sha256(content).hexdigest()


class OnlyReads:
    """A file of a storage of another make: it can be read, and nothing more."""

    def __init__(self, content):
        self.read = BytesIO(content).read

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


def test_what_was_disposed_of_while_it_was_read_is_no_fault(file, path, monkeypatch):
    path.unlink()
    check_file = fixity.check_file

    def gone_meanwhile(file, **named):
        checked = check_file(file, **named)
        monkeypatch.setattr(SnapshotFile.objects, "filter", lambda **asked: SnapshotFile.objects.none())
        return checked

    monkeypatch.setattr(fixity, "check_file", gone_meanwhile)
    assert check().faults == 0


def test_a_run_that_is_cut_short_keeps_what_it_read(file, monkeypatch):
    monkeypatch.setattr(fixity, "AT_A_TIME", 1)
    check_file, read_so_far = fixity.check_file, []

    def cut_short(file, **named):
        if read_so_far:
            raise KeyboardInterrupt
        read_so_far.append(file)
        return check_file(file, **named)

    monkeypatch.setattr(fixity, "check_file", cut_short)
    with pytest.raises(KeyboardInterrupt):
        check()
    assert [check.file for check in FixityCheck.objects.all()] == read_so_far


@pytest.mark.django_db(transaction=True)
class TestTwoRunsAtOnce:
    @pytest.fixture
    def both(self, file, path):
        flip_a_byte(path)
        moments = iter((NOW, NOW + timedelta(seconds=1)))
        runs = [lambda now=now: check(now) for now in moments]
        return lambda: race(*runs)

    def test_both_read_everything_and_one_tells(self, both, monkeypatch):
        meet_at(monkeypatch, fixity, "_tell")
        outcomes = both()
        assert losers(outcomes) == []
        assert {(found.answer.read, found.answer.faults) for found in outcomes} == {(SnapshotFile.objects.count(), 1)}
        assert Mail.objects.count() == 1

    def test_without_taking_turns_both_would(self, both, monkeypatch):
        monkeypatch.setattr(fixity, "_take_turns", lambda: None)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, fixity, "_tell")
        assert losers(both()) == []
        assert Mail.objects.count() == 2


def test_the_command_says_so_and_fails(file, path, capsys):
    call_command("check_fixity", "--all")
    assert "Inget fel hittades." in capsys.readouterr().out
    path.unlink()
    timezone.now.move(days=1)
    with pytest.raises(CommandError, match="1 fel"):
        call_command("check_fixity", "--all")
    assert f"Saknas: {file.name}" in capsys.readouterr().out


def test_it_stands_under_att_gora_and_on_the_page(file, path, cast, client_for):
    path.unlink()
    check()
    headings = {
        person: [section.heading for section in to_do.sections(person, NOW)]
        for person in (cast.communicator, cast.administrator, cast.librarian)
    }
    told = "En fil i ögonblicksbilderna är fel"
    assert [told in found for found in headings.values()] == [True, True, False], headings
    page = Page(client_for(cast.communicator).get(URL))
    assert file.name in page.text
    assert f"Saknas {file.snapshot}, 24 november 2026" in page.text
    (section,) = (found for found in to_do.sections(cast.communicator, NOW) if found.heading == told)
    assert [task.heading for task in section.tasks] == [f"Saknas: {file.snapshot}"]


def test_a_foreign_file_belongs_to_nothing(folder, file, cast, client_for):
    foreign(folder, timedelta(hours=2))
    check()
    page = Page(client_for(cast.communicator).get(URL))
    assert "Okänd fil Hör inte till någon ögonblicksbild 2026/strange.png" in page.text


def test_the_page_costs_the_same_however_many(file, folder, account, cast, client_for):
    client = client_for(cast.communicator)

    def one_more():
        more = uploaded(account, by=cast.librarian).files.get(made_from__isnull=True)
        (folder / more.name).unlink()
        check(timezone.now.move(seconds=1))

    assert_same_query_count(lambda: client.get(URL), add_row=one_more)


def test_others_are_not_let_in(cast, client_for):
    assert_asks_for_sign_in(URL)
    client = client_for(cast.librarian)
    assert client.get(URL).status_code == 403
    assert_only_get(client, URL)
