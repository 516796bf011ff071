"""Every change to a record with a duty says who, when and why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.signals import user_logged_in
from django.db import IntegrityError, connection, models, transaction

from accounts.models import Board, Platform, Unit, User
from accounts.models.people import SYSTEM_USER_ID
from laholm_sociala.common.access import append_only_models
from laholm_sociala.common.history import (
    REASON_LENGTH,
    TrackedModel,
    UntrackedChangeError,
    change_with_history,
    copy_with_history,
    history_model,
)
from tests.archive import factories as archive
from tests.clock import NOW
from tests.factories import (
    AccountFactory,
    ApplicationFactory,
    BoardFactory,
    PlatformFactory,
    RecordedFactory,
    UnitFactory,
    UserFactory,
)
from tests.moderation import factories as moderation
from tests.passwords import PASSWORD

OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in {"common", "accounts", "archive", "moderation"} and not hasattr(model, "history_date")
]
TRACKED = [model for model in OURS if issubclass(model, TrackedModel)]
WITHOUT_HISTORY = {
    "DisposalItem": "a line of a run, which has its history; PostgreSQL freezes it when the run is sent",
    "DisposalFile": "a file that is yet to be removed: goes when it is",
    "DisposalReach": "installed from the code at each migration",
    "TransferItem": "a line of a leverans, which has its history; PostgreSQL freezes it when it is packed",
    "TransferPackage": "a file that was made: written once, and marked when the file is gone",
    "LedgerEntry": "what the ledger outside the database is told: written once, and marked when it has been",
    "Draft": "history starts when it is sent",
    "Role": "installed from the code, whose history is git's",
    "Invitation": "a link that is used once",
    "Mail": "tells of changes that have their history",
    "MailAttachment": "goes with the mail",
    "AccountImport": "says itself who, when and what became of it; the accounts have their history",
    "SavedView": "a person's own search, under a name",
    "PublicChange": "when the public pages last changed, for caches",
    "Numbering": "counts up by one, and PostgreSQL sees to it; the records that bear the numbers have theirs",
    "DocumentIndex": "what a handling is found by: PostgreSQL makes it of the handling and its ärende",
    "RecordsRequestContact": "an address to answer to, which must be easy to forget",
    "RecordsRequestMask": "as secret as what it stands in: that a document was masked stands in its own history",
    "PendingPicture": "a form that is not sent yet: cleared when it is, or the day after",
    "ReporterContact": "an address to answer to, which must be easy to forget",
    "ReportCount": "how many reports came in an hour, for the limits",
}
FACTORIES = {factory._meta.model: factory for factory in RecordedFactory.__subclasses__()}
# What is written only through services: a little of everything in its app.
WRITERS = {"archive": archive.every_kind_of_row, "moderation": moderation.every_kind_of_row}


def some(model: type[TrackedModel]) -> TrackedModel:
    """A record of the model, written now unless a migration has put one there."""
    if model in FACTORIES:
        return FACTORIES[model]()
    if not model._default_manager.exists():
        WRITERS[model._meta.app_label]()
    return model._default_manager.first()


def test_every_model_with_a_duty_is_tracked():
    kept_as_it_is = set(append_only_models())
    rest = {model.__name__ for model in OURS if model not in TRACKED and model not in kept_as_it_is}
    assert rest == set(WITHOUT_HISTORY)


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_tracked_model_has_a_history_and_refuses_what_goes_around_it(model):
    assert history_model(model) in append_only_models()
    queryset = model._default_manager.all()
    for change in (
        lambda: queryset.update(id=1),
        lambda: queryset.bulk_update([], ["id"]),
        lambda: queryset.bulk_create([]),
        queryset.delete,
        lambda: model().save(),
        lambda: model().delete(),
    ):
        with pytest.raises(UntrackedChangeError):
            change()


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_foreign_keys_never_erase_or_forget(model):
    rules = {
        field.name: field.remote_field.on_delete for field in history_model(model)._meta.fields if field.remote_field
    }
    assert rules["history_user"] is models.PROTECT
    assert {
        field.name: field.remote_field.on_delete
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete is not models.PROTECT
    } == {}


@pytest.mark.django_db
class TestRecord:
    def test_writes_who_when_and_why(self, now):
        person = UserFactory()
        board = BoardFactory(by=person, now=now, reason="Ny nämnd från årsskiftet")
        row = board.history.get()
        assert (row.history_user, row.history_date, row.history_change_reason) == (
            person,
            now,
            "Ny nämnd från årsskiftet",
        )
        assert (row.history_type, row.name) == ("+", board.name)

    def test_a_change_is_a_new_row(self, now):
        board = BoardFactory(name="Gamla nämnden")
        board.name = "Nya nämnden"
        board.record(by=UserFactory(), now=now, reason="Bytte namn")
        assert [(row.history_type, row.name) for row in board.history.order_by("history_date")] == [
            ("+", "Gamla nämnden"),
            ("~", "Nya nämnden"),
        ]

    def test_erase_keeps_what_was(self, now):
        board, person = BoardFactory(), UserFactory()
        key = board.pk
        board.erase(by=person, now=now, reason="Upplagd av misstag")
        last = history_model(Board).objects.filter(id=key).latest("history_date")
        assert (last.history_type, last.history_user, last.history_change_reason) == ("-", person, "Upplagd av misstag")
        assert not Board.objects.filter(pk=key).exists()

    @pytest.mark.parametrize("reason", ["", "  ", "\n"])
    def test_needs_a_reason(self, now, reason):
        with pytest.raises(UntrackedChangeError):
            BoardFactory(now=now, reason=reason)
        assert not Board.objects.exists()

    def test_a_long_reason_is_cut(self, now):
        row = BoardFactory(reason="x" * 2000).history.get()
        assert len(row.history_change_reason) == REASON_LENGTH

    def test_is_over_when_it_is_over(self, now):
        board = BoardFactory()
        with pytest.raises(UntrackedChangeError):
            board.save()
        with pytest.raises(UntrackedChangeError):
            Board.objects.get(pk=board.pk).save(update_fields=["name"])

    def test_a_failed_save_leaves_no_history_and_no_actor(self, now):
        first, second = BoardFactory(), BoardFactory()
        second.name = first.name
        with pytest.raises(IntegrityError), transaction.atomic():
            second.record(by=UserFactory(), now=now, reason="Samma namn")
        assert second.history.count() == 1
        with pytest.raises(UntrackedChangeError):
            second.save()

    def test_a_failed_history_row_leaves_the_record_as_it_was(self, now):
        board = BoardFactory(name="Nämnden")
        board.name = "Något annat"
        nobody = User(email="finns.inte@laholm.example")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            board.record(by=nobody, now=now, reason="Av ingen")
        assert Board.objects.get(pk=board.pk).name == "Nämnden"


@pytest.mark.django_db
@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_without_actor_time_or_reason_cannot_be(model):
    """In the database itself: a copy of any history row, with one thing taken away."""
    table = history_model(model)._meta.db_table
    record = some(model)
    columns = [f'"{field.column}"' for field in history_model(model)._meta.fields if field.name != "history_id"]
    for column, value, constraint in (
        ("history_user_id", None, "null value"),
        ("history_date", None, "null value"),
        ("history_change_reason", None, "null value"),
        ("history_change_reason", "", "history_reason_given"),
    ):
        picked = ["%s" if name == f'"{column}"' else name for name in columns]
        copy = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(picked)} FROM {table} WHERE id = %s"
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            cursor.execute(copy, [value, record.pk])


@pytest.mark.django_db
class TestPeople:
    def test_a_password_never_enters_history(self):
        assert {"password", "last_login"}.isdisjoint(field.name for field in history_model(User)._meta.fields)

    def test_a_new_password_writes_no_history_row(self):
        person = UserFactory()
        person.set_password("ett helt nytt långt lösenord")
        person.save(update_fields=["password"])
        assert person.history.count() == 1
        assert User.objects.get(pk=person.pk).check_password("ett helt nytt långt lösenord")

    def test_a_sign_in_writes_no_history_row(self, client, clock):
        person = UserFactory()
        assert client.login(username=person.email, email=person.email, password=PASSWORD)
        assert User.objects.get(pk=person.pk).last_login == clock.now
        assert person.history.count() == 1

    def test_the_sign_in_signal_alone_writes_none_either(self, rf):
        person = UserFactory()
        user_logged_in.send(sender=User, request=rf.get("/"), user=person)
        assert person.history.count() == 1

    def test_a_password_together_with_a_name_needs_a_record(self):
        person = UserFactory()
        with pytest.raises(UntrackedChangeError):
            person.save(update_fields=["password", "name"])

    def test_a_changed_name_may_not_ride_on_a_password(self, now):
        person = UserFactory(name="Förr")
        person.name = "Nu"
        person.save(update_fields=["password"])
        assert User.objects.get(pk=person.pk).name == "Förr"

    def test_the_system_user_is_there_and_cannot_sign_in(self):
        system = User.objects.system()
        assert (system.pk, system.is_active, system.has_usable_password()) == (SYSTEM_USER_ID, False, False)
        assert system not in User.objects.people()
        assert system.history.count() == 1


def rows_of(model: type[models.Model], keys: list[object]) -> list[dict[str, object]]:
    """Return rows with what differs between two equal records taken away."""
    rows = model._base_manager.filter(id__in=keys).values()
    return [{name: value for name, value in row.items() if name not in DIFFERS} for row in rows]


UNIQUE = {"id", "email", "name", "code", "handle", "web_address", "canonical_key"}
DIFFERS = {*UNIQUE, "history_id", "sort_key", "search_words", "search_text"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "factory", [BoardFactory, UnitFactory, UserFactory, PlatformFactory, AccountFactory, ApplicationFactory]
)
def test_copy_writes_what_record_writes_row_for_row(factory, now):
    person = UserFactory()
    story = {"by": person, "now": now, "reason": "Inläst från en fil"}
    model = factory._meta.model
    recorded = factory(**story)
    # The same values but for the unique ones, taken from a twin that is never saved.
    twin = model(
        **{
            field.attname: getattr(recorded, field.attname)
            for field in model._meta.concrete_fields
            if not field.generated
        }
    )
    different = factory(by=person, now=now)
    for name in UNIQUE & {field.attname for field in model._meta.concrete_fields if not field.generated}:
        value = getattr(different, name)
        setattr(twin, name, f"x{value}" if isinstance(value, str) else model().pk)
    assert copy_with_history([twin], **story) == 1
    assert rows_of(model, [recorded.pk]) == rows_of(model, [twin.pk])
    past = history_model(model)
    assert rows_of(past, [recorded.pk]) == rows_of(past, [twin.pk])
    assert len(rows_of(past, [twin.pk])) == 1


@pytest.mark.django_db
class TestCopy:
    def test_many_at_once(self, now):
        units = [Unit(name=f"Enhet {number}", board=None) for number in range(3)]
        board = BoardFactory()
        for unit in units:
            unit.board = board
        assert copy_with_history(units, by=UserFactory(), now=now, reason="Inläst") == 3
        assert Unit.objects.filter(board=board).count() == history_model(Unit).objects.filter(board=board).count() == 3

    def test_nothing_is_nothing(self, now):
        assert copy_with_history([], by=UserFactory(), now=now, reason="Inläst") == 0

    def test_needs_a_reason(self, now):
        with pytest.raises(UntrackedChangeError):
            copy_with_history([Board(name="A", public_name="A")], by=UserFactory(), now=now, reason=" ")

    def test_holds_to_the_databases_rules(self, now):
        board = BoardFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            copy_with_history([Board(name=board.name, public_name="A")], by=UserFactory(), now=now, reason="Inläst")

    def test_awkward_text_arrives_whole(self, now):
        name = "Tab\tnyrad\\n omvänt \\ snedstreck, 'citat' \"dubbelt\" åäö 👍 \\N"
        board = Board(name=name, public_name=name)
        copy_with_history([board], by=UserFactory(), now=now, reason=name)
        assert Board.objects.get(pk=board.pk).name == name
        assert board.history.get().history_change_reason == name
        platform = Platform(code="prov", name="Prov", patterns=[name, '{"', "NULL", ""], address_form="x", example="x")
        copy_with_history([platform], by=UserFactory(), now=now, reason="Inläst")
        assert Platform.objects.get(pk=platform.pk).patterns == [name, '{"', "NULL", ""]


@pytest.mark.django_db
class TestChange:
    def test_writes_what_record_writes_row_for_row(self, now):
        by = UserFactory()
        recorded, *together = units = [UnitFactory(board=BoardFactory(), now=now) for _number in range(3)]
        for number, unit in enumerate(units):
            unit.name = f"Ny \\ 'verksamhet' {number} 👍"
            unit.is_culture_and_leisure = True
        recorded.record(by=by, now=now, reason="Bytte namn")
        changed = change_with_history(
            together, fields=["name", "is_culture_and_leisure"], by=by, now=now, reason="Bytte namn"
        )
        assert changed == len(together)
        kept = history_model(Unit)
        facts = ("history_user", "history_date", "history_change_reason", "history_type", "is_culture_and_leisure")
        one = kept.objects.filter(id=recorded.pk).values_list(*facts).latest("history_id")
        for unit in together:
            assert Unit.objects.get(pk=unit.pk).name == unit.name
            assert kept.objects.filter(id=unit.pk).latest("history_id").name == unit.name
            assert kept.objects.filter(id=unit.pk).values_list(*facts).latest("history_id") == one

    def test_leaves_other_fields_and_other_records_alone(self, now):
        changed, other = UnitFactory(name="Förr"), UnitFactory(name="Samma")
        changed.name, changed.email = "Nu", "nytt@laholm.example"
        change_with_history([changed], fields=["email"], by=UserFactory(), now=now, reason="Ny adress")
        assert Unit.objects.get(pk=changed.pk).name == "Förr"
        assert history_model(Unit).objects.filter(id=changed.pk).latest("history_id").name == "Förr"
        assert history_model(Unit).objects.filter(id=other.pk).count() == 1

    def test_a_value_may_be_taken_away(self, now):
        unit = UnitFactory(with_manager=True)
        unit.manager = None
        change_with_history([unit], fields=["manager"], by=UserFactory(), now=now, reason="Slutade")
        assert Unit.objects.get(pk=unit.pk).manager is None

    def test_nothing_is_nothing(self, now):
        assert change_with_history([], fields=["name"], by=UserFactory(), now=now, reason="Inget") == 0

    def test_needs_a_reason(self, now):
        with pytest.raises(UntrackedChangeError):
            change_with_history([BoardFactory()], fields=["name"], by=UserFactory(), now=now, reason=" ")

    def test_says_so_when_a_record_is_gone(self, now):
        here, gone = BoardFactory(), BoardFactory.build(pk=uuid4())
        with pytest.raises(UntrackedChangeError, match="1 av 2"):
            change_with_history([here, gone], fields=["name"], by=UserFactory(), now=now, reason="Prov")

    def test_holds_to_the_databases_rules(self, now):
        board, other = BoardFactory(), BoardFactory()
        other.name = board.name
        with pytest.raises(IntegrityError), transaction.atomic():
            change_with_history([other], fields=["name"], by=UserFactory(), now=now, reason="Prov")


@pytest.mark.django_db
def test_history_as_of_a_moment(now):
    board = BoardFactory(name="Förr", now=now - timedelta(days=2))
    board.name = "Nu"
    board.record(by=UserFactory(), now=now, reason="Bytte namn")
    assert board.history.as_of(now - timedelta(days=1)).name == "Förr"


@pytest.mark.django_db
def test_records_of_others_hold_a_record_in_place(cast):
    with pytest.raises(models.ProtectedError):
        cast.library.erase(by=cast.administrator, now=NOW, reason="Prov")
    assert Unit.objects.filter(pk=cast.library.pk).exists()
