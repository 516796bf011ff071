"""manage.py deadline: when it is due, or how much working time there is between (R12)."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

WEEK = {day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE = {
    "zone": "Europe/Stockholm",
    "week": WEEK,
    "dates": {"2026-12-24": [], "2026-12-25": [], "2026-04-02": [["08:00", "12:00"]]},
}
ALWAYS = {
    "zone": "Europe/Stockholm",
    "week": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
}


@pytest.fixture
def file(tmp_path):
    """Write a calendar: `file(OFFICE)`, or whatever text."""

    def write(content: object) -> str:
        path = tmp_path / "kalender.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def deadline(*arguments: str) -> str:
    out = StringIO()
    call_command("deadline", *arguments, stdout=out)
    return out.getvalue().strip()


def refusal(*arguments: str) -> str:
    """Return the one line that is said, and see that it is one."""
    with pytest.raises(CommandError) as error:
        deadline(*arguments)
    assert error.value.returncode == 2
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


class TestByFile:
    @pytest.mark.parametrize(
        ("start", "hours", "due"),
        [
            ("2026-02-02T16:00", "48", "2026-02-10T16:00:00+01:00"),
            ("2026-11-27T15:00", "48", "2026-12-07T15:00:00+01:00"),
            ("2026-11-24 10:00", "2", "2026-11-24T12:00:00+01:00"),  # closing time
            ("2026-12-23T16:00", "1,5", "2026-12-28T08:30:00+01:00"),
            ("2026-04-02T11:00", "1.25", "2026-04-03T08:15:00+02:00"),
            ("2026-11-24T09:00:00Z", "1", "2026-11-24T11:00:00+01:00"),
            ("2026-11-28T13:00", "0", "2026-11-28T13:00:00+01:00"),
            ("2026-11-24T10:00", "0.1", "2026-11-24T10:06:00+01:00"),
            ("1999-12-31T16:00", "200000", "2096-01-10T16:00:00+01:00"),
        ],
    )
    def test_due(self, file, start, hours, due):
        found = deadline(start, "--hours", hours, "--calendar", file(OFFICE))
        assert found == due if hours != "200000" else found.startswith("209")

    def test_48_hours_unless_told(self, file):
        assert deadline("2026-11-27T15:00", "--calendar", file(OFFICE)) == "2026-12-07T15:00:00+01:00"

    def test_until(self, file):
        path = file(OFFICE)
        assert deadline("2026-11-27T15:00", "--until", "2026-11-30T09:00", "--calendar", path) == "10800"
        assert json.loads(
            deadline("2026-12-23T00:00", "--until", "2026-12-28T00:00", "--json", "--calendar", path)
        ) == {"working_seconds": 28800}

    def test_as_json(self, file):
        found = deadline("2026-11-27T15:00", "--json", "--hours", "2", "--calendar", file(OFFICE))
        assert json.loads(found) == {"due": "2026-11-27T17:00:00+01:00"}

    def test_day_by_day(self, file):
        found = deadline("2026-11-27T15:00", "--hours", "3", "--explain", "--calendar", file(OFFICE))
        assert found.splitlines() == [
            "2026-11-30T09:00:00+01:00",
            "2026-11-27 fredag: 15.00–17.00, 2 timmar",
            "2026-11-28 lördag: räknas inte",
            "2026-11-29 söndag: räknas inte",
            "2026-11-30 måndag: 08.00–09.00, 1 timme",
        ]

    @pytest.mark.parametrize(
        ("day", "seconds"), [("2026-03-29", 23 * 3600), ("2026-10-25", 25 * 3600), ("2026-11-24", 24 * 3600)]
    )
    def test_around_the_clock_when_it_is_changed(self, file, day, seconds):
        until = f"{day[:-2]}{int(day[-2:]) + 1}T00:00"
        assert deadline(f"{day}T00:00", "--until", until, "--calendar", file(ALWAYS)) == str(seconds)

    def test_time_that_comes_twice_is_the_first(self, file):
        path = file(ALWAYS)
        assert deadline("2026-10-25T02:30", "--hours", "0", "--calendar", path) == "2026-10-25T02:30:00+02:00"
        assert deadline("2026-10-25T02:30", "--hours", "1", "--calendar", path) == "2026-10-25T02:30:00+01:00"

    def test_single_day_far_ahead(self, file):
        content = {"zone": "Europe/Stockholm", "week": {}, "dates": {"2126-01-05": [["08:00", "09:00"]]}}
        assert deadline("2026-11-24T10:00", "--hours", "1", "--calendar", file(content)) == "2126-01-05T09:00:00+01:00"


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("", "är inte JSON"),
            ("{", "är inte JSON"),
            ("[" * 100_000, "för djup"),
            ("[]", "ska vara ett objekt"),
            ("{}", "tidszon (zone) och en vecka (week)"),
            ('{"zone": "Europe/Stockholm", "week": {}, "zone": "UTC"}', "”zone” står två gånger"),
            ({**OFFICE, "zone": "Europe/Laholm"}, "Tidszonen ”Europe/Laholm” finns inte"),
            ({**OFFICE, "zone": "../../etc/passwd"}, "finns inte"),
            ({**OFFICE, "zone": "Europe"}, "finns inte"),
            ({**OFFICE, "zone": ""}, "finns inte"),
            ({**OFFICE, "zone": None}, "finns inte"),
            ({**OFFICE, "week": []}, "Veckan (week) ska vara ett objekt"),
            ({**OFFICE, "week": {"måndag": []}}, "känner inte till ”måndag”"),
            ({**OFFICE, "dagar": {}}, "känner inte till ”dagar”"),
            ({**OFFICE, "week": {"mon": None}}, "mon: tiderna ska vara en lista"),
            ({**OFFICE, "week": {"mon": ["08:00", "12:00"]}}, "två klockslag"),
            ({**OFFICE, "week": {"mon": [["08:00"]]}}, "två klockslag"),
            ({**OFFICE, "week": {"mon": [["8", "12:00"]]}}, "”8” är inget klockslag"),
            ({**OFFICE, "week": {"mon": [[8, 12]]}}, "”8” är inget klockslag"),
            ({**OFFICE, "week": {"mon": [["08:00", "25:00"]]}}, "”25:00” är inget klockslag"),
            ({**OFFICE, "week": {"mon": [["24:00", "24:00"]]}}, "slutar inte efter att det börjar"),
            ({**OFFICE, "week": {"mon": [["22:00", "06:00"]]}}, "Dela vid midnatt"),
            ({**OFFICE, "week": {"mon": [["08:00", "12:00"], ["11:00", "17:00"]]}}, "överlappar"),
            ({**OFFICE, "week": {"mon": [["13:00", "17:00"], ["08:00", "12:00"]]}}, "fel ordning"),
            ({**OFFICE, "dates": {"2026-02-30": []}}, "”2026-02-30” är inget datum"),
            ({**OFFICE, "dates": {"20261224": []}}, "”20261224” är inget datum"),
            ({**OFFICE, "dates": {"2026-12-24": [["08:00", "07:00"]]}}, "2026-12-24: 08:00–07:00 slutar inte"),
            ('{"zone": NaN, "week": {}}', "NaN är inget värde"),
            ({"zone": "Europe/Stockholm", "week": {}}, "Så långt räcker inte kalendern"),
        ],
    )
    def test_calendar(self, file, content, words):
        assert words in refusal("2026-11-27T15:00", "--calendar", file(content))

    def test_file_that_is_not_there_or_not_a_file_or_not_text(self, tmp_path):
        assert "går inte att läsa" in refusal("2026-11-27T15:00", "--calendar", str(tmp_path / "saknas.json"))
        assert "går inte att läsa" in refusal("2026-11-27T15:00", "--calendar", str(tmp_path))
        binary = tmp_path / "bild.json"
        binary.write_bytes(b"\xff\xfe\x00")
        assert "inte text i UTF-8" in refusal("2026-11-27T15:00", "--calendar", str(binary))

    @pytest.mark.parametrize(
        ("start", "words"),
        [
            ("i dag", "är ingen tidpunkt"),
            ("", "är ingen tidpunkt"),
            ("2026-13-01T10:00", "är ingen tidpunkt"),
            ("2026-11-27T25:00", "är ingen tidpunkt"),
            ("2026-11-27\n10:00\n", "är ingen tidpunkt"),
            ("2026-11-27", "saknar klockslag"),
            ("2026-03-29T02:30", "finns inte i Europe/Stockholm"),
            ("0001-01-01T00:00", "för långt bort"),
            ("9999-12-31T23:59", "för långt bort"),
        ],
    )
    def test_moment(self, file, start, words):
        assert words in refusal(start, "--calendar", file(OFFICE))

    @pytest.mark.parametrize("hours", ["nan", "inf", "-inf", "två", "", "4_8", "0x10", "４８", "1e9999"])
    def test_hours_that_are_no_number(self, file, hours):
        assert "är inget antal timmar" in refusal("2026-11-27T15:00", f"--hours={hours}", "--calendar", file(OFFICE))

    def test_hours_below_zero_and_beyond_all_years(self, file):
        path = file(OFFICE)
        assert "mindre än noll" in refusal("2026-11-27T15:00", "--hours=-1", "--calendar", path)
        assert "Så långt" in refusal("2026-11-27T15:00", "--hours=1e12", "--calendar", path)

    def test_end_before_the_start(self, file):
        words = refusal("2026-11-27T15:00", "--until", "2026-11-27T14:59", "--calendar", file(OFFICE))
        assert words == "Slutet ligger före början."

    def test_both_hours_and_an_end(self, file):
        assert "inte båda" in refusal("2026-11-27T15:00", "--hours=1", "--until=2026-11-28T15:00")

    @pytest.mark.parametrize("arguments", [[], ["--fel"], ["2026-11-27T15:00", "2026-11-28T15:00"]])
    def test_arguments(self, arguments):
        assert refusal(*arguments).startswith("Argumenten går inte att förstå. Skriv till exempel: manage.py deadline")


@pytest.mark.django_db
class TestByTheGuideline:
    @pytest.mark.parametrize(
        ("start", "due"),
        [
            ("2026-11-27T15:00", "2026-12-01T15:00:00+01:00"),
            ("2026-12-22T10:00", "2026-12-28T10:00:00+01:00"),
            ("2026-11-28T13:00", "2026-12-01T17:00:00+01:00"),
        ],
    )
    def test_due(self, start, due):
        assert deadline(start) == due

    def test_other_hours_and_until(self):
        assert deadline("2026-11-27T15:00", "--hours", "24") == "2026-11-30T15:00:00+01:00"
        assert deadline("2026-11-27T15:00", "--until", "2026-12-01T15:00") == str(48 * 3600)

    def test_day_by_day_in_words(self):
        found = json.loads(deadline("2026-12-22T10:00", "--explain", "--json"))
        assert found["days"][2] == "Torsdag 24 december: räknas inte (julafton)"

    def test_beyond_the_calendar(self):
        assert refusal("2126-11-27T15:00") == "Så långt räcker inte kalendern."


class TestOnTheCommandLine:
    """As it is typed, where no database answers."""

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        nowhere = "postgresql:///ingen?host=/finns/inte"
        return subprocess.run(
            [sys.executable, "manage.py", "deadline", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "DATABASE_URL": nowhere, "DATABASE_OWNER_URL": nowhere, "PYTHONWARNINGS": "ignore"},
        )

    def test_needs_no_database_with_a_calendar(self, file):
        done = self.run("2026-02-02T16:00", "--hours", "40", "--calendar", file(OFFICE))
        assert (done.returncode, done.stdout, done.stderr) == (0, "2026-02-09T16:00:00+01:00\n", "")

    def test_says_in_one_line_that_the_arguments_are_wrong(self):
        done = self.run("--fel")
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)

    def test_says_so_too_when_the_database_is_gone(self):
        done = self.run("2026-02-02T16:00")
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert "som inte svarar eller är tom" in done.stderr
