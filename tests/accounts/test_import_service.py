"""From a file to the register: checked, read in whole or not at all, and said so."""

import hashlib
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts import tasks
from accounts.enums import AccountStatus, Duty, ImportStatus, LegalGround, Use
from accounts.importing import compare
from accounts.models import Account, AccountImport, Assignment
from accounts.services import imports
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.history import history_model
from tests.factories import AccountFactory, ApplicationFactory, UserFactory, platform, registered_account
from tests.jobs import perform_waiting_jobs, waiting_jobs
from tests.race import losers, meet_at, race, take_the_lock_away, winners
from tests.spreadsheets import HEADINGS, accounts_file, as_csv, as_excel

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploaded(cast, now) -> Callable[..., AccountImport]:
    """Kommunikationsenheten uploads rows, with the usual headings unless `headings` says others; the worker checks."""

    def upload(*rows, headings=HEADINGS, file_name="Våra konton.csv", content=None) -> AccountImport:
        content = content or as_csv([headings, *rows])
        made = imports.upload(file_name=file_name, content=content, by=cast.communicator, now=now)
        perform_waiting_jobs()
        return AccountImport.objects.get(pk=made.pk)

    return upload


@pytest.fixture
def read_in(cast, now) -> Callable[[AccountImport], AccountImport]:
    """Kommunikationsenheten reads a file in, and the worker does it."""

    def read(made: AccountImport) -> AccountImport:
        imports.start(made.pk, by=cast.communicator, now=now)
        perform_waiting_jobs()
        return AccountImport.objects.get(pk=made.pk)

    return read


LIBRARY = (
    "Laholms bibliotek",
    "@LaholmsBibliotek",
    "FB",
    "biblioteket",
    "bibliotekarie@laholm.example",
    "Assistent Asp",
)


def said(made: AccountImport) -> dict[int, list[str]]:
    """What is said of each row, by its number."""
    return {
        row["row"]: [row["kind"], *row.get("errors", []), *row.get("changes", []), *row.get("notes", [])]
        for row in made.report
    }


def test_row_becomes_an_account_in_use_with_its_people(uploaded, read_in, cast, now, today):
    made = read_in(uploaded(LIBRARY))
    assert (made.status, made.applied_by, made.applied_at) == (ImportStatus.DONE, cast.communicator, now)
    account = Account.objects.get()
    assert (account.name, account.handle, account.web_address) == (
        "Laholms bibliotek",
        "laholmsbibliotek",
        "https://www.facebook.com/laholmsbibliotek",
    )
    assert (account.unit, account.board, account.platform.code) == (cast.library, cast.culture_board, "facebook")
    assert (account.status, account.in_use_since) == (AccountStatus.ACTIVE, today)
    assert (account.imported_from, account.application) == (made, None)
    people = account.assignments.values_list("duty", "user__name", "from_date")
    assert set(people) == {("responsible", "Bibliotekarie Björk", today), ("substitute", "Assistent Asp", today)}


def test_history_says_who_when_and_from_which_file(uploaded, read_in, cast, now):
    made = read_in(uploaded(LIBRARY))
    past = Account.objects.get().history.get()
    assert (past.history_user, past.history_date, past.history_type) == (cast.communicator, now, "+")
    assert past.history_change_reason == "Inläst från fil Våra konton.csv"
    assert history_model(Assignment).objects.filter(history_change_reason=past.history_change_reason).count() == 2
    assert made.sha256 == hashlib.sha256(bytes(made.content)).hexdigest()


def test_nothing_changes_before_someone_says_so(uploaded):
    made = uploaded(LIBRARY)
    assert (made.status, made.counts["new"], made.rows_done, made.rows_total) == (ImportStatus.READY, 1, 1, 1)
    assert not Account.objects.exists()
    assert not waiting_jobs()


def test_account_that_lacks_bilaga_1_is_public_all_the_same(uploaded, read_in):
    read_in(uploaded(("Fritid", "facebook.com/laholmfritid", "", "Biblioteket")))
    account = Account.objects.public().get()
    assert (account.purpose, account.uses, account.legal_ground, account.summary) == ("", [], "", "")


def test_file_says_all_it_can(uploaded, read_in):
    headings = ["URL", "Enhet", "Läge", "I bruk sedan", "Kort beskrivning", "Syfte", "Målgrupp", "Ämnen", "Användning"]
    row = [
        "instagram.com/a.b",
        "Biblioteket",
        "Under avveckling",
        "2019-03-01",
        "Boktips",
        "S",
        "M",
        "Ä",
        "Insyn, kris",
    ]
    read_in(uploaded([*row, "allmänt intresse"], headings=[*headings, "Laglig grund"]))
    account = Account.objects.get()
    assert (account.status, str(account.in_use_since)) == (AccountStatus.CLOSING, "2019-03-01")
    assert (account.summary, account.purpose, account.audience, account.topics) == ("Boktips", "S", "M", "Ä")
    assert (account.uses, account.legal_ground) == ([Use.INSIGHT, Use.CRISIS], LegalGround.PUBLIC_INTEREST)
    assert account.name == "a.b"


@pytest.mark.parametrize(
    ("written", "status"),
    [("", "active"), ("Aktivt", "active"), ("planerat", "planned"), ("NEDLAGT", "closed"), ("avvecklas", "closing")],
)
def test_account_comes_in_as_the_file_says(uploaded, read_in, today, written, status):
    read_in(uploaded(("facebook.com/fritid", "Biblioteket", written), headings=("URL", "Enhet", "Status")))
    account = Account.objects.get()
    assert account.status == status
    assert account.in_use_since == (None if status == "planned" else today)


def test_closed_account_gets_no_people(uploaded, read_in):
    read_in(uploaded((*LIBRARY, "avslutat"), headings=(*HEADINGS, "Läge")))
    assert Account.objects.get().status == AccountStatus.CLOSED
    assert not Assignment.objects.exists()


ONE_A_ROW = "Webbadress: det står mer än en adress i cellen. Skriv en rad för varje konto."
OTHER_HOST = (
    "Webbadress: adressen går till laholm.se, inte till Facebook. "
    "Så här ska den se ut: https://www.facebook.com/laholmskommun."
)
SEVERAL = "Kanal: ”Instagram, FB” är flera kanaler. Skriv en rad för varje konto."
NOT_THERE = "Verksamheten ”Xyz” finns inte i portalen. Skriv namnet så som det står i portalen."
MISSPELT = "Verksamheten ”Bibloteket” finns inte i portalen. Menar du Biblioteket?"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("A", "", "Facebook", "Biblioteket"), "Webbadress: skriv adressen till kontot."),
        (("A", "@a", "", "Biblioteket"), "Kanal: fyll i kanalen. Den går inte att se på adressen."),
        (("A", "@a", "Facbook", "Biblioteket"), "Kanalen ”Facbook” finns inte i portalen. Menar du Facebook?"),
        (("A", "@a", "Instagram, FB", "Biblioteket"), SEVERAL),
        (("A", "@a", "Facebook", "Bibloteket"), MISSPELT),
        (("A", "@a", "Facebook", "Xyz"), NOT_THERE),
        (("A", "@a", "Facebook", ""), "Verksamhet: skriv vilken verksamhet kontot hör till."),
        (("A", "fb.com/a instagram.com/a", "", "Biblioteket"), ONE_A_ROW),
        (("A", "laholm.se", "Facebook", "Biblioteket"), OTHER_HOST),
        (("A" * 121, "@a", "Facebook", "Biblioteket"), "Namn på kontot är 121 tecken. Korta till högst 120."),
    ],
)
def test_error_says_which_row_and_what_to_do(uploaded, row, sentence):
    made = uploaded(LIBRARY, row)
    assert said(made)[3] == ["error", sentence]
    assert made.status == ImportStatus.REFUSED
    assert [found["row"] for found in made.report] == [3, 2], "what is wrong stands first"


def test_every_error_of_a_row_is_said_at_once(uploaded):
    made = uploaded(("A" * 121, "@a", "Facbook", "Bibloteket"))
    assert len(said(made)[2]) == 4


def test_line_that_is_a_subheading_is_said(uploaded):
    made = uploaded(LIBRARY, ("Kultur- och fritid", "", "", ""))
    assert said(made)[3] == ["error", "Raden har bara ”Kultur- och fritid”. Är det en rubrik, ta bort raden."]


def test_day_that_has_not_come_is_refused(uploaded):
    made = uploaded(("@a", "FB", "Biblioteket", "2027-01-01"), headings=("URL", "Kanal", "Enhet", "Startdatum"))
    assert "har inte kommit än" in said(made)[2][1]
    made = uploaded(("@a", "FB", "Biblioteket", "i våras"), headings=("URL", "Kanal", "Enhet", "Startdatum"))
    assert said(made)[2][1] == "I bruk sedan: ”i våras” är inget datum. Skriv som 2019-03-01."


@pytest.mark.parametrize("written", ["2019-03-01", "20190301", "1/3 2019", "1.3.2019", "2019-03", "01/03/2019"])
def test_day_is_read_however_it_is_written(uploaded, read_in, written):
    read_in(uploaded(("@a", "FB", "Biblioteket", written), headings=("URL", "Kanal", "Enhet", "Startdatum")))
    assert str(Account.objects.get().in_use_since) == "2019-03-01"


def test_unit_of_two_boards_wants_its_board(uploaded, read_in, cast):
    from tests.factories import UnitFactory

    UnitFactory(name="biblioteket", board=cast.building_board)
    made = uploaded(("A", "@a", "FB", "Biblioteket"))
    (sentence,) = said(made)[2][1:]
    assert sentence.startswith("Flera nämnder har en verksamhet som heter Biblioteket. Skriv ")
    read_in(
        uploaded(
            ("@a", "FB", "Biblioteket", "Miljö och byggnad"), headings=("Webbadress", "Kanal", "Verksamhet", "Nämnd")
        )
    )
    assert Account.objects.get().board == cast.building_board


@pytest.mark.parametrize("name", ["BIBLIOTEKET", " biblioteket ", "Biblioteket*", "biblio\u00adteket"])
def test_case_spaces_and_what_is_not_seen_make_no_difference(uploaded, name):
    assert uploaded(("A", "@a", "FB", name)).status == ImportStatus.READY


def test_kommungemensamt_belongs_to_kommunikationsenheten(uploaded, read_in, cast):
    read_in(uploaded(("Laholms kommun", "@laholmskommun", "FB", "Kommungemensamt")))
    assert Account.objects.get().unit == cast.communications


def test_unknown_person_is_a_warning_and_the_account_comes_in_without(uploaded, read_in):
    made = uploaded(("A", "@a", "FB", "Biblioteket", "Okänd Person", "okand@laholm.example"))
    assert said(made)[2] == [
        "new",
        "Ansvarig: Okänd Person finns inte i portalen. Ingen ansvarig utses.",
        "Ersättare: okand@laholm.example finns inte i portalen. Ingen ersättare utses.",
    ]
    read_in(made)
    assert not Account.objects.get().assignments.exists()


def test_person_who_left_of_many_names_or_twice_named_is_a_warning(uploaded):
    UserFactory(name="Slutat", is_active=False)
    for _ in range(2):
        UserFactory(name="Anna Andersson")
    made = uploaded(
        ("A", "@a", "FB", "Biblioteket", "Slutat", "Anna Andersson"),
        ("B", "@b", "FB", "Biblioteket", "Assistent Asp", "biblioteksassistent@laholm.example"),
    )
    assert said(made)[2][1:] == [
        "Ansvarig: Slutat är inaktiv i portalen. Ingen ansvarig utses.",
        "Ersättare: flera personer heter Anna Andersson: skriv e-postadressen. Ingen ersättare utses.",
    ]
    assert said(made)[3][1:] == ["Ersättare: samma person som ansvarig. Ingen ersättare utses."]


def test_same_row_twice_is_read_in_once(uploaded, read_in):
    made = uploaded(LIBRARY, ("Laholms bibliotek", "https://sv-se.facebook.com/laholmsbibliotek/?x", *LIBRARY[2:]))
    assert said(made)[3] == ["duplicate", "Samma uppgifter som rad 2. Kontot läses in en gång."]
    read_in(made)
    assert Account.objects.count() == 1


def test_same_account_with_other_words_is_an_error(uploaded):
    made = uploaded(LIBRARY, ("Något annat", *LIBRARY[1:]))
    assert said(made)[3] == [
        "error",
        "Samma konto som rad 2, men med andra uppgifter. Behåll en av raderna.",
    ]


def test_account_in_the_register_shows_what_would_change(uploaded, read_in, cast):
    account = AccountFactory(
        unit=cast.building_permits, handle="laholmsbibliotek", name="Bibblan", responsible=cast.librarian
    )
    made = uploaded((*LIBRARY, ""), headings=(*HEADINGS, "Syfte"))
    assert said(made)[2] == [
        "changed",
        "Namn: från Bibblan till Laholms bibliotek",
        "Verksamhet: från Bygglov till Biblioteket",
        "Ersättare: Assistent Asp, biblioteksassistent, biblioteket",
    ]
    read_in(made)
    account.refresh_from_db()
    assert (account.name, account.unit, account.board) == ("Laholms bibliotek", cast.library, cast.culture_board)
    assert account.purpose == "Fler ska hitta till oss.", "what the file leaves empty stays"
    assert account.status == AccountStatus.PLANNED, "a file changes no state"
    assert account.history.first().history_change_reason == "Inläst från fil Våra konton.csv"
    assert set(account.assignments.values_list("duty", "user")) == {
        (Duty.RESPONSIBLE, cast.librarian.pk),
        (Duty.SUBSTITUTE, cast.assistant.pk),
    }


def test_person_who_has_the_duty_is_not_replaced(uploaded, cast):
    AccountFactory(unit=cast.library, handle="a", name="A", responsible=cast.assistant)
    made = uploaded(("A", "@a", "FB", "Biblioteket", "Bibliotekarie Björk", "Assistent Asp"))
    assert said(made)[2] == [
        "same",
        "Ansvarig är redan Assistent Asp, biblioteksassistent, biblioteket. Byt på kontots sida.",
        "Assistent Asp, biblioteksassistent, biblioteket sköter redan kontot. Ersättare lämnas som det är.",
    ]


def test_account_with_bilaga_1_is_left_alone(uploaded, cast, now):
    account = registered_account(unit=cast.library, handle="laholmsbibliotek")
    made = uploaded(("Annat namn", account.web_address, "", "Bygglov"), LIBRARY)
    assert said(made)[2] == ["left", "Kontot har en godkänd Bilaga 1. Filen ändrar den inte."]


def test_open_application_for_the_account_is_noted(uploaded):
    ApplicationFactory(handle="laholmsbibliotek")
    made = uploaded(("A", "instagram.com/laholmsbibliotek", "", "Biblioteket"))
    assert said(made)[2][1].startswith("En uppstart av kontot är på väg.")


def test_file_read_in_again_changes_nothing(uploaded, read_in, cast, now):
    read_in(uploaded(LIBRARY))
    again = uploaded(LIBRARY)
    assert said(again)[2] == ["same"]
    with pytest.raises(RefusedError, match="Allt i filen finns redan"):
        imports.start(again.pk, by=cast.communicator, now=now)


def test_file_that_is_no_spreadsheet_says_why(uploaded):
    made = uploaded(content=b"%PDF-1.7 a form")
    assert (made.status, made.report) == (ImportStatus.REFUSED, [])
    assert made.problem.startswith("Filen är inget kalkylblad.")


def test_file_with_headings_alone_says_so(uploaded):
    assert uploaded().problem == "Filen har rubriker men inga konton under dem. Fyll i minst en rad och ladda upp igen."


def test_columns_nobody_understands_are_said(uploaded):
    made = uploaded(("@a", "FB", "Biblioteket", "700"), headings=("URL", "Kanal", "Enhet", "Antal följare"))
    assert made.unread_columns == ["Antal följare"]


def test_all_or_nothing(uploaded, cast, now, monkeypatch):
    made = uploaded(content=as_csv(accounts_file(7)))
    monkeypatch.setattr(compare, "BATCH", 3)
    written = []

    def break_at_the_third(batch, current, *, now):
        written.append(len(batch))
        if len(written) == 3:
            raise ZeroDivisionError
        original(batch, current, now=now)

    original = imports._write
    monkeypatch.setattr(imports, "_write", break_at_the_third)
    imports.start(made.pk, by=cast.communicator, now=now)
    with pytest.raises(ZeroDivisionError):
        tasks.apply_import(str(made.pk))
    made.refresh_from_db()
    assert written == [3, 3, 1]
    assert not Account.objects.exists()
    assert made.status == ImportStatus.REFUSED
    assert made.problem.startswith("Något gick fel, och inget är inläst.")


def test_register_that_changed_meanwhile_is_shown_again(uploaded, cast, now):
    made = uploaded(LIBRARY, ("B", "@b", "FB", "Biblioteket"))
    imports.start(made.pk, by=cast.communicator, now=now)
    AccountFactory(unit=cast.library, handle="b", name="B")
    perform_waiting_jobs()
    made.refresh_from_db()
    assert (made.status, made.problem) == (ImportStatus.READY, imports.CHANGED_SINCE)
    assert (made.counts["new"], made.counts["same"]) == (1, 1)
    assert Account.objects.count() == 1
    imports.start(made.pk, by=cast.communicator, now=now)
    perform_waiting_jobs()
    made.refresh_from_db()
    assert (made.status, made.problem, Account.objects.count()) == (ImportStatus.DONE, "", 2)


def test_unit_that_went_meanwhile_is_an_error_now(uploaded, cast, now):
    made = uploaded(LIBRARY)
    imports.start(made.pk, by=cast.communicator, now=now)
    cast.library.active = False
    cast.library.record(by=cast.administrator, now=now, reason="Prov")
    perform_waiting_jobs()
    made.refresh_from_db()
    assert (made.status, made.problem) == (ImportStatus.REFUSED, "")
    assert said(made)[2][1].startswith("Verksamheten ”biblioteket” finns inte i portalen.")


def test_jobs_done_twice_do_it_once(uploaded, read_in, now):
    made = read_in(uploaded(LIBRARY))
    imports.apply(made.pk, now=now)
    imports.check(made.pk, now=now)
    made.refresh_from_db()
    assert (made.status, Account.objects.count()) == (ImportStatus.DONE, 1)


@pytest.mark.parametrize("person", ["librarian", "manager", "administrator"])
def test_only_kommunikationsenheten(cast, now, uploaded, person):
    by = getattr(cast, person)
    with pytest.raises(PermissionDenied):
        imports.upload(file_name="a.csv", content=b"a", by=by, now=now)
    with pytest.raises(PermissionDenied):
        imports.start(uploaded(LIBRARY).pk, by=by, now=now)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (ImportStatus.CHECKING, "Filen kontrolleras fortfarande. Vänta en stund."),
        (ImportStatus.REFUSED, "Filen har fel att rätta. Rätta dem och ladda upp den igen."),
        (ImportStatus.APPLYING, "Kommunikatör Kvist, kommunikatör, kommunikationsenheten läser redan in filen."),
        (ImportStatus.DONE, "Kommunikatör Kvist, kommunikatör, kommunikationsenheten har redan läst in filen."),
    ],
)
def test_only_a_file_that_is_ready_is_read_in(uploaded, cast, now, status, sentence):
    made = uploaded(LIBRARY)
    AccountImport.objects.update(status=status, applied_by=cast.communicator, applied_at=now)
    with pytest.raises(RefusedError, match=sentence):
        imports.start(made.pk, by=cast.communicator, now=now)


def test_one_file_at_a_time(uploaded, cast, now):
    first, second = uploaded(LIBRARY), uploaded(("B", "@b", "FB", "Biblioteket"))
    imports.start(first.pk, by=cast.communicator, now=now)
    with pytest.raises(RefusedError, match="En annan fil läses in just nu"):
        imports.start(second.pk, by=cast.communicator, now=now)


def test_database_knows_that_someone_read_it_in(uploaded):
    uploaded(LIBRARY)
    with pytest.raises(IntegrityError, match="import_done_by_someone"), transaction.atomic():
        AccountImport.objects.update(status=ImportStatus.DONE)


def test_five_thousand_rows(uploaded, read_in):
    content = as_excel(accounts_file(5000, person="Assistent Asp"))
    made = uploaded(content=content, file_name="alla.xlsx")
    assert (made.counts["new"], made.rows_done) == (5000, 5000)
    read_in(made)
    assert Account.objects.count() == Assignment.objects.count() == 5000


@pytest.mark.django_db(transaction=True)
class TestRace:
    def test_two_press_at_once_and_the_second_is_told(self, uploaded, cast, now, monkeypatch):
        made = uploaded(LIBRARY)
        meet_at(monkeypatch, imports, "_to_do")
        outcomes = race(*[lambda: imports.start(made.pk, by=cast.communicator, now=now)] * 2)
        assert len(winners(outcomes)) == 1
        (told,) = losers(outcomes)
        assert isinstance(told, RefusedError)
        assert str(told) == "Kommunikatör Kvist, kommunikatör, kommunikationsenheten läser redan in filen."
        assert len(waiting_jobs("apply_import")) == 1

    def test_without_the_lock_both_would_be_let_in(self, uploaded, cast, now, monkeypatch):
        made = uploaded(LIBRARY)
        take_the_lock_away(monkeypatch)
        meet_at(monkeypatch, imports, "_to_do")
        outcomes = race(*[lambda: imports.start(made.pk, by=cast.communicator, now=now)] * 2)
        assert len(winners(outcomes)) == 2

    def test_two_files_at_once_and_the_second_is_told(self, uploaded, cast, now, monkeypatch):
        files = [uploaded(LIBRARY), uploaded(("B", "@b", "FB", "Biblioteket"))]
        meet_at(monkeypatch, imports, "_to_do")
        calls = [lambda made=made: imports.start(made.pk, by=cast.communicator, now=now) for made in files]
        (told,) = losers(race(*calls))
        assert "En annan fil läses in just nu" in str(told)

    def test_progress_is_seen_while_the_transaction_is_open(self, uploaded, cast, now, monkeypatch, owner):
        made = uploaded(content=as_csv(accounts_file(7)))
        monkeypatch.setattr(compare, "BATCH", 3)
        seen = []

        def look(batch, current, *, now):
            original(batch, current, now=now)
            done = owner.execute("SELECT rows_done, rows_total FROM accounts_accountimport").fetchone()
            seen.append((*done, owner.execute("SELECT count(*) FROM accounts_account").fetchone()[0]))

        original = imports._write
        monkeypatch.setattr(imports, "_write", look)
        imports.start(made.pk, by=cast.communicator, now=now)
        imports.apply(made.pk, now=now)
        assert seen == [(0, 7, 0), (3, 7, 0), (6, 7, 0)]
        assert Account.objects.count() == 7

    def test_same_job_twice_at_once_does_it_once(self, uploaded, cast, now):
        made = uploaded(LIBRARY)
        imports.start(made.pk, by=cast.communicator, now=now)
        outcomes = race(*[lambda: imports.apply(made.pk, now=now)] * 2)
        assert not losers(outcomes)
        assert (Account.objects.count(), AccountImport.objects.get().status) == (1, ImportStatus.DONE)
        connection.close()


def test_platform_is_seen_on_the_address(uploaded, read_in):
    read_in(uploaded(("A", "https://m.instagram.com/Laholm.Sim/", "", "Biblioteket")))
    assert Account.objects.get().platform == platform("instagram")
