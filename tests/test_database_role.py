"""What PostgreSQL itself refuses: the portal's role, and then the tables' owner too."""

import hashlib
from itertools import product
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.bilaga1 import fingerprint
from accounts.enums import ApplicationStatus, DecisionKind, SignInMethod
from accounts.models import Application, ApprovedForm, Decision, MissionStatement, ScannedForm, User
from accounts.workflow import APPLICATION
from laholm_sociala.common.access import append_only_models
from tests.archive import factories as archive
from tests.clock import NOW
from tests.factories import AccountFactory, ApplicationFactory, RecordedFactory, UserFactory, guideline_review
from tests.moderation import factories as moderation

pytestmark = pytest.mark.django_db

TABLES = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
HISTORY = [model for model in apps.get_models() if hasattr(model, "history_date")]
KEPT = append_only_models()
CONTENT = [Application._meta.get_field(name).column for name in Application.content_fields]


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def refused_with(statement: str, *values: object) -> str:
    """Return PostgreSQL's error code for a statement that must fail."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        sql(statement, *values)
    return refusal.value.__cause__.sqlstate


PRIVILEGE, RESTRICT, CHECK, NULL = "42501", "23001", "23514", "23502"


# The portal's role


def test_portal_is_not_the_owner(settings):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (settings.DATABASES["default"]["USER"], False, False, False)
    assert settings.DATABASES["default"]["USER"] != settings.DATABASES["owner"]["USER"]


@pytest.mark.parametrize(
    ("catalog", "owner"),
    [("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner"), ("pg_database", "datdba")],
)
def test_portal_owns_nothing(catalog, owner):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {catalog} WHERE pg_get_userbyid({owner}) = current_user")
        assert cursor.fetchone() == (0,)


def test_every_history_is_append_only():
    assert HISTORY
    assert set(HISTORY) <= set(KEPT)
    assert {Decision, ApprovedForm} <= set(KEPT)


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_portal_cannot_change_what_has_been(model, statement):
    column = model._meta.pk.column
    assert refused_with(statement.format(model._meta.db_table, column, column)) == PRIVILEGE


@pytest.mark.parametrize("table", TABLES)
def test_portal_cannot_empty_rebuild_or_unguard_a_table(table):
    for statement in (
        "TRUNCATE {}",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} ADD x int",
    ):
        assert refused_with(statement.format(table)) == PRIVILEGE


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "SET session_replication_role = replica",
        "SET ROLE {owner}",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
        "DELETE FROM django_migrations",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "DROP FUNCTION disposal_permitted(text, jsonb) CASCADE",
    ],
)
def test_portal_cannot_go_around_the_guards(statement, settings):
    assert refused_with(statement.format(owner=settings.DATABASES["owner"]["USER"])) == PRIVILEGE


def test_portal_does_its_daily_work():
    user = UserFactory()
    sql("UPDATE accounts_user SET title = 'chef' WHERE id = %s", user.pk)
    assert User.objects.get(pk=user.pk).title == "chef"


# The owner


@pytest.fixture
def every_kind_of_row():
    """One row at least in every table that is kept as it is."""
    application = ApplicationFactory()
    decision = decide(application)
    file, person = {"sha256": hashlib.sha256(b"%PDF").hexdigest()}, application.applicant
    account = AccountFactory()
    ApprovedForm.objects.create(decision=decision, pdf=b"%PDF", made_at=NOW, **file)
    ScannedForm.objects.create(
        decision=decision,
        content=b"%PDF",
        content_type="application/pdf",
        signed_on=NOW.date(),
        attached_at=NOW,
        **file,
    )
    MissionStatement.objects.create(
        account=account, version=1, content="Syfte", pdf=b"%PDF", made_by=person, made_at=NOW, **file
    )
    guideline_review(person)
    for factory in RecordedFactory.__subclasses__():
        factory()
    archive.every_kind_of_row()
    moderation.every_kind_of_row()
    return application


def decide(application: Application, **changes: object) -> Decision:
    content = application.canonical_content()
    values = {
        "kind": DecisionKind.APPROVED,
        "by": application.approving_unit.manager,
        "decided_at": NOW,
        "name_clarification": "Chefen",
        "title": "enhetschef",
        "sign_in_method": SignInMethod.MFA,
        "assurances": ["Resurser", "Kunskap", "Rutiner"],
        "content": content,
        "content_sha256": fingerprint(content),
    }
    return Decision.objects.create(application=application, **{**values, **changes})


@pytest.mark.django_db(transaction=True)
def test_even_the_owner_cannot_change_what_has_been(every_kind_of_row, owner):
    for model in KEPT:
        table, column = model._meta.db_table, model._meta.pk.column
        (before,) = owner.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert before, f"{table} has no row to try on"
        for statement in (
            f"UPDATE {table} SET {column} = {column}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(statement)
        assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (before,)


@pytest.mark.django_db(transaction=True)
def test_even_the_owner_cannot_remove_or_rewrite_a_sent_application(every_kind_of_row, owner):
    for statement in (
        "DELETE FROM accounts_application",
        "TRUNCATE accounts_application CASCADE",
        "UPDATE accounts_application SET purpose = 'Något annat'",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_pgtriggers_own_switch_does_not_switch_the_guards_off(every_kind_of_row):
    import pgtrigger

    with pgtrigger.ignore(), pytest.raises(IntegrityError):
        sql("UPDATE accounts_application SET purpose = 'Något annat'")


# The application


@pytest.mark.parametrize(("old", "new"), list(product(ApplicationStatus, ApplicationStatus)))
def test_states_follow_the_workflow_in_sql_too(old, new):
    consultation = "Kommunikatören" if old == ApplicationStatus.REGISTERED else ""
    application = ApplicationFactory(status=old, confirmed_consultation=consultation)
    step = "UPDATE accounts_application SET status = %s, confirmed_consultation = 'Kommunikatören' WHERE id = %s"
    if old == new or new in APPLICATION[old]:
        sql(step, new, application.pk)
    else:
        assert refused_with(step, new, application.pk) == RESTRICT


NEW_VALUE = {
    "unit_id": "(SELECT id FROM accounts_unit WHERE id <> unit_id LIMIT 1)",
    "platform_id": "(SELECT id FROM accounts_platform WHERE id <> platform_id LIMIT 1)",
    "checklist": "array_fill('x'::varchar, ARRAY[6])",
    "uses": "ARRAY['crisis']",
    "legal_ground": "'consent'",
    "artistic_exemption": "NOT artistic_exemption",
    "in_core_of_culture": "NOT in_core_of_culture",
    "consulted_on": "DATE '2020-01-01'",
}


@pytest.mark.parametrize("column", [*CONTENT, "applicant_id", "canonical_key", "in_core_of_culture"])
@pytest.mark.parametrize("status", ApplicationStatus)
def test_content_stands_still_in_every_state(column, status):
    consultation = "Kommunikatören" if status == ApplicationStatus.REGISTERED else ""
    application = ApplicationFactory(status=status, confirmed_consultation=consultation)
    another = UserFactory(unit=AccountFactory().unit)
    value = (
        f"'{another.pk}'"
        if column in {"responsible_id", "substitute_id", "applicant_id"}
        else NEW_VALUE.get(column, "'ny'")
    )
    assert refused_with(f"UPDATE accounts_application SET {column} = {value} WHERE id = %s", application.pk) == RESTRICT


def test_content_may_change_as_it_is_sent_again():
    application = ApplicationFactory(status=ApplicationStatus.RETURNED)
    sql("UPDATE accounts_application SET status = 'submitted', purpose = 'Nytt syfte' WHERE id = %s", application.pk)
    assert Application.objects.get(pk=application.pk).purpose == "Nytt syfte"


@pytest.mark.parametrize("status", ApplicationStatus)
def test_sent_application_cannot_be_deleted(status):
    consultation = "Kommunikatören" if status == ApplicationStatus.REGISTERED else ""
    application = ApplicationFactory(status=status, confirmed_consultation=consultation)
    assert refused_with("DELETE FROM accounts_application WHERE id = %s", application.pk) == RESTRICT


# Check constraints


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"responsible": "substitute"}, "application_two_people"),
        ({"checklist": ["Ett"]}, "application_checklist_whole"),
        ({"uses": []}, "application_serves_a_use"),
        ({"account_name": ""}, "application_answers_all_questions"),
        ({"purpose": ""}, "application_answers_all_questions"),
        ({"audience": ""}, "application_answers_all_questions"),
        ({"topics": ""}, "application_answers_all_questions"),
        ({"status": "klar"}, "application_status_known"),
        ({"status": ApplicationStatus.REGISTERED}, "application_consulted_before_registration"),
        ({"named_manager": "applicant"}, "application_manager_not_applicant"),
    ],
)
def test_application_that_cannot_be(changes, constraint):
    application = ApplicationFactory()
    for name, value in changes.items():
        setattr(application, name, getattr(application, value) if value in ("substitute", "applicant") else value)
    application.pk, application.canonical_key, application._state.adding = uuid4(), "instagram:annan", True
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        application.record(by=application.applicant, now=NOW, reason="Prov")


def test_one_open_application_per_account():
    first = ApplicationFactory()
    with pytest.raises(IntegrityError, match="one_open_application_per_account"), transaction.atomic():
        ApplicationFactory(web_address=first.web_address)


@pytest.mark.parametrize("status", [ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN])
def test_applying_again_after_no(status):
    first = ApplicationFactory(status=status)
    ApplicationFactory(web_address=first.web_address)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"content_sha256": "0" * 64}, "decision_fingerprint_is_the_contents"),
        ({"content": "{}"}, "decision_fingerprint_is_the_contents"),
        ({"assurances": ["Resurser"]}, "decision_yes_assures_the_three"),
        ({"kind": DecisionKind.RETURNED}, "decision_other_than_yes_says_why"),
        ({"kind": "kanske", "comment": "Vet inte"}, "decision_kind_known"),
    ],
)
def test_decision_that_cannot_be(changes, constraint):
    application = ApplicationFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        decide(application, **changes)


def test_fingerprint_of_awkward_text_is_the_same_in_python_and_in_sql():
    decide(ApplicationFactory(purpose="Å\\n \\000 \\x41 'citat' \"\u2028 👍 \u200b" * 20))


def test_approved_form_has_its_own_fingerprint():
    decision = decide(ApplicationFactory())
    with pytest.raises(IntegrityError, match="approved_form_fingerprint_is_the_files"), transaction.atomic():
        ApprovedForm.objects.create(decision=decision, pdf=b"%PDF", sha256="0" * 64, made_at=NOW)


def test_account_belongs_to_its_units_board():
    account, other = AccountFactory(), AccountFactory()
    account.board = other.board
    account.record(by=UserFactory(), now=NOW, reason="Prov")
    with pytest.raises(IntegrityError, match="account_board_is_its_units"), transaction.atomic():
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    account.board = account.unit.board
    account.record(by=UserFactory(), now=NOW, reason="Prov")


def test_no_migration_is_missing():
    call_command("makemigrations", "common", "accounts", "archive", "moderation", check=True, dry_run=True, verbosity=1)
