"""What somebody did to a file's fingerprint or to a förteckning, past the guards, is found (R19, R23)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from archive.manifest_sources import _sources
from archive.models import Manifest, SnapshotFile
from archive.services.manifest_check import differences, faults
from archive.services.manifests import fingerprint_of, make_manifests, text_of
from tests.archive.factories import decided_plan, disposed_of
from tests.archive.snapshots import uploaded
from tests.clock import NOW

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
LATER = NOW + 4 * DAY


@pytest.fixture
def file(account, cast):
    """The original of a snapshot, listed on the first of four days."""
    snapshot = uploaded(account, by=cast.librarian)
    make_manifests(NOW + DAY)
    make_manifests(LATER)
    return snapshot.files.get(made_from__isnull=True)


@pytest.fixture
def tamper(owner):
    """Change something as the tables' owner, with the guards switched off."""

    def change(statement, *values):
        for table in ("archive_snapshotfile", "archive_manifest", "archive_manifestentry"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute(statement, values or None)
        owner.commit()

    return change


def found(now=LATER):
    return list(faults(now))


def test_untouched_it_holds(file):
    assert found() == []


def test_a_flipped_fingerprint_of_a_file_is_found(file, tamper):
    tamper("UPDATE archive_snapshotfile SET sha256 = repeat('0', 64) WHERE id = %s", file.pk)
    assert found() == [f"Förteckning 1, 2026-11-24: ogonblicksbild {file.pk} har fått ett annat fingeravtryck."]


def test_a_flipped_fingerprint_in_both_places_is_found(file, tamper):
    tamper("UPDATE archive_snapshotfile SET sha256 = repeat('0', 64) WHERE id = %s", file.pk)
    tamper("UPDATE archive_manifestentry SET sha256 = repeat('0', 64) WHERE key = %s", file.pk)
    assert found() == ["Förteckning 1, 2026-11-24: innehållet är ett annat än när den upprättades."]


def test_one_that_was_made_to_fit_breaks_the_chain(file, tamper):
    tamper("UPDATE archive_snapshotfile SET sha256 = repeat('0', 64) WHERE id = %s", file.pk)
    tamper("UPDATE archive_manifestentry SET sha256 = repeat('0', 64) WHERE key = %s", file.pk)
    fitting = fingerprint_of(text_of(Manifest.objects.get(number=1)))
    tamper("UPDATE archive_manifest SET sha256 = %s WHERE number = 1", fitting)
    assert found() == ["Förteckning 2, 2026-11-25: hänger inte ihop med den före."]


def test_a_removed_file_is_found(file, tamper):
    small = SnapshotFile.objects.filter(made_from=file).values_list("pk", flat=True)[0]
    tamper("DELETE FROM archive_snapshotfile WHERE id = %s", small)
    assert found() == [f"Förteckning 1, 2026-11-24: ogonblicksbild {small} finns inte kvar, och är inte gallrad."]


def test_a_removed_line_is_found(file, tamper):
    tamper("DELETE FROM archive_manifestentry WHERE position = 2")
    assert found() == ["Förteckning 1, 2026-11-24: innehållet är ett annat än när den upprättades."]


def test_a_removed_day_is_found(file, tamper):
    tamper("DELETE FROM archive_manifest WHERE number = 2")
    assert "Förteckning 3, 2026-11-26: en förteckning före den saknas." in found()


def test_two_days_that_changed_places_are_found(file, tamper):
    tamper("UPDATE archive_manifest SET day = day + 100 WHERE number = 2")
    tamper("UPDATE archive_manifest SET day = day - 1 WHERE number = 3")
    tamper("UPDATE archive_manifest SET day = day - 99 WHERE number = 2")
    wrong = found()
    assert "Förteckning 2, 2026-11-26: innehållet är ett annat än när den upprättades." in wrong
    assert "Förteckning 3, 2026-11-25: följer inte på dagen före." in wrong


def test_lines_that_changed_places_are_found(file, tamper):
    tamper("UPDATE archive_manifestentry SET position = 9 WHERE position = 1")
    tamper("UPDATE archive_manifestentry SET position = 1 WHERE position = 2")
    tamper("UPDATE archive_manifestentry SET position = 2 WHERE position = 9")
    assert found() == ["Förteckning 1, 2026-11-24: innehållet är ett annat än när den upprättades."]


def test_a_sort_that_is_gone_is_not_passed_over(file, monkeypatch):
    monkeypatch.delitem(_sources, "ogonblicksbild")
    assert found() == ["Sorten ogonblicksbild finns inte längre i portalen."]


def test_nights_that_nobody_wrote_are_told_of(file):
    assert found(LATER + DAY) == []
    assert found(LATER + 2 * DAY) == ["Ingen förteckning är upprättad efter 2026-11-27."]


def test_nothing_to_go_by_is_not_good(file, tamper):
    tamper("DELETE FROM archive_manifestentry")
    tamper("DELETE FROM archive_manifest")
    assert found() == ["Ingen förteckning är upprättad."]


def test_what_was_disposed_of_is_known_by_its_gallringsuppgift(file, tamper):
    tamper("DELETE FROM archive_snapshotfile WHERE made_from_id = %s", file.pk)
    assert len(found()) == 2
    plan = decided_plan(file.snapshot.account.board)
    disposed_of(plan, kind="archive.snapshot", object_id=file.snapshot_id)
    assert found() == []


class TestAgainstAFile:
    def test_the_same_is_the_same(self, file):
        assert list(differences(text_of(Manifest.objects.get(number=1)))) == []

    def test_a_line_that_differs_is_shown_on_both_sides(self, file):
        where = f"ogonblicksbild/{file.snapshot_id}/{file.pk}"
        text = text_of(Manifest.objects.get(number=1)).replace(f"{file.sha256}  {where}", f"{'0' * 64}  {where}")
        assert list(differences(text)) == [
            f"2026-11-24: bara i filen står {'0' * 64}  {where}",
            f"2026-11-24: bara i portalen står {file.sha256}  {where}",
        ]

    def test_lines_in_another_order_are_told_of(self, file):
        lines = text_of(Manifest.objects.get(number=1)).splitlines()
        text = "\n".join([*lines[:6], *reversed(lines[6:]), ""])
        assert list(differences(text)) == ["2026-11-24: raderna står i en annan ordning än i portalen."]

    def test_a_day_that_the_portal_has_none_of(self, file):
        text = text_of(Manifest.objects.get(number=1)).replace("2026-11-24", "2025-01-01")
        assert list(differences(text)) == ["Portalen har ingen förteckning för 2025-01-01."]

    @pytest.mark.parametrize(
        "text", ["", "Hej", "Laholms kommun. Förteckning över fingeravtryck (SHA-256)\nDag: i går"]
    )
    def test_something_else_is_none(self, text):
        assert list(differences(text)) == ["Filen är ingen förteckning. Välj textfilen, inte PDF-filen."]


class TestCommand:
    def test_ends_well(self, file, clock, tmp_path, capsys):
        clock.move(days=4)
        path = tmp_path / "fingeravtryck.txt"
        path.write_text(text_of(Manifest.objects.get(number=1)), encoding="utf-8")
        call_command("verify_manifest", str(path))
        assert capsys.readouterr().out == "4 förteckningar med 3 fingeravtryck håller.\n"

    @pytest.mark.parametrize("content", [b"%PDF-1.7 \xff", b"Hej", None])
    def test_ends_with_1_for_a_file_that_is_not_ours(self, file, clock, tmp_path, capsys, content):
        clock.move(days=4)
        path = tmp_path / "fil"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CommandError, match="1 fel") as ended:
            call_command("verify_manifest", str(path))
        assert ended.value.returncode == 1
        assert str(path) in capsys.readouterr().out
