"""PostgreSQL lets no row with somebody's words go but in a gallring, whoever asks: every table (R18)."""

from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField

from archive.content import declared, fields_with_content
from archive.models import DisposalItem
from archive.services import disposal_run
from laholm_sociala.common.history import TrackedModel, history_model
from moderation.models import Action, Case
from tests.archive.canary import rules, write_everything
from tests.archive.disposals import approved, begun
from tests.archive.factories import decided_plan
from tests.clock import NOW, TODAY
from tests.database import session

# What goes by itself, or by the one who wrote it, and why no decision is needed.
FREE = {
    "accounts.Draft": "a draft: rensas when it is sent or thrown away",
    "accounts.SavedView": "a search that a person saved",
    "archive.DocumentIndex": "what a handling is found by: PostgreSQL makes it of the handling itself",
    "archive.RecordsRequestContact": "an address to answer to, forgotten when the answer is sent",
    "archive.RecordsRequestMask": "a passage that is masked, until the registrator masks another",
    "moderation.PendingPicture": "a form that is not sent yet",
    "moderation.ReplyText": "a text of one's own, whose history is kept",
    "account.EmailAddress": "follows the person, who is kept",
    "sessions.Session": "a sign-in",
}
# Words of the portal's own, which change as things do.
CHANGED = {
    "moderation.ReporterContact.told": "the answer last sent: another where a post is closed anew",
    "accounts.AccountImport.report": "what the reading of the file said: another each time it is read",
    "accounts.AccountImport.counts": "as the report",
    "accounts.AccountImport.unread_columns": "as the report",
    "accounts.AccountImport.problem": "as the report",
}


def with_words():
    """Every model of which the registry says that a field goes with a record, or is preserved."""
    for label, fields in declared().items():
        if any(content.goes_with or content.preserved_because for content in fields.values()):
            yield apps.get_model(label)


KEPT = [model for model in with_words() if model._meta.label not in FREE]
GO = [model for model in KEPT if any(one.goes_with for one in declared()[model._meta.label_lower].values())]


def deletes(model):
    return [trigger.name for trigger in getattr(model._meta, "triggers", []) if "DELETE" in str(trigger.operation)]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_every_table_with_words_has_a_guard(model):
    assert deletes(model)
    if issubclass(model, TrackedModel):
        assert deletes(history_model(model)) == ["append_only_row"]


def test_what_goes_freely_has_none():
    assert [label for label in FREE if deletes(apps.get_model(label))] == []


@pytest.fixture
def _everything(cast):
    write_everything(cast)


def refused(connection, statement, *values):
    """Whether PostgreSQL refuses the statement, by a guard or as no business of the role's."""
    try:
        connection.execute(statement, values or None)
    except (psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege):
        return True
    except psycopg.errors.IntegrityError:
        return False
    return False


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_everything")
def test_no_row_can_be_removed_by_the_portal_or_the_owner(owner):
    tables = [*GO, *(history_model(model) for model in GO if issubclass(model, TrackedModel))]
    with session("default") as portal:
        for model in tables:
            table = model._meta.db_table
            assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() != (0,), table
            for who in (portal, owner):
                who.execute(f"SET archive.disposal_item = '{uuid4()}'")
                assert refused(who, f"DELETE FROM {table}"), table
                assert refused(who, f"TRUNCATE {table} CASCADE"), table


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_everything")
def test_no_words_can_be_written_over_unless_history_holds_them(owner):
    with session("default") as portal:
        for model in GO:
            if issubclass(model, TrackedModel):
                continue
            words = declared()[model._meta.label_lower]
            for field in [one for one in fields_with_content(model) if words[one.name].goes_with]:
                if str(field) in CHANGED:
                    continue
                statement = f'UPDATE {model._meta.db_table} SET "{field.column}" = {other(field)}'
                assert refused(portal, statement), field
                assert refused(owner, statement), field


def other(field):
    """Something else than stands in the column, as SQL."""
    column = f'"{field.column}"'
    if isinstance(field, ArrayField):
        return f"array_append({column}, 'x')"
    return f"{column} || '{{\"x\": 1}}'" if isinstance(field, JSONField) else f"{column} || 'x'"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_everything")
def test_the_guard_is_what_refuses(owner):
    """The control: with the guard off the row goes."""
    assert refused(owner, "DELETE FROM moderation_reportercontact")
    owner.execute("ALTER TABLE moderation_reportercontact DISABLE TRIGGER USER")
    assert not refused(owner, "DELETE FROM moderation_reportercontact")
    assert owner.execute("SELECT count(*) FROM moderation_reportercontact").fetchone() == (0,)


@pytest.fixture
def board(cast, owner, _everything):
    """The library's board, whose posts are closed and may go."""
    owner.execute("ALTER TABLE moderation_case DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE moderation_case SET status = 'closed', outcome = 'removed', decided_at = now(), closed_at = now(),"
        " record_choice = 'kept_in_order'"
    )
    owner.execute("ALTER TABLE moderation_case ENABLE TRIGGER USER")
    decided_plan(cast.culture_board, valid_from=TODAY, **rules())
    return cast.culture_board


def remove_actions(connection, item, case):
    connection.execute("SELECT set_config('archive.disposal_item', %s, false)", [str(item.pk)])
    return not refused(connection, "DELETE FROM moderation_action WHERE case_id = %s", case)


@pytest.mark.django_db(transaction=True)
def test_only_what_stands_in_the_list_goes_and_only_while_it_is_carried_out(board, owner):
    run = begun(board)
    first, second = Case.objects.order_by("pk")[:2]
    assert Action.objects.filter(case=second).exists()
    item = DisposalItem.objects.get(run=run, object_id=first.pk)
    assert not remove_actions(owner, item, second.pk)
    disposal_run.pause(run.pk, by=run.prepared_by, now=NOW)
    assert not remove_actions(owner, item, first.pk)
    disposal_run.resume(run.pk, by=run.prepared_by, now=NOW)
    assert remove_actions(owner, item, first.pk)


@pytest.mark.django_db(transaction=True)
def test_a_decision_alone_lets_nothing_go(board, owner):
    run = approved(board)
    case = Case.objects.order_by("pk").first()
    assert not remove_actions(owner, DisposalItem.objects.get(run=run, object_id=case.pk), case.pk)
