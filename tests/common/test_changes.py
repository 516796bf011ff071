"""Historik in words: what a person reads about who changed what."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from accounts.enums import AccountStatus, Use
from accounts.models import Deputy, RoleAssignment, User
from laholm_sociala.common.changes import changes_of
from tests.factories import (
    AccountFactory,
    BoardFactory,
    DeputyFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
    platform,
)
from tests.queries import assert_same_query_count

pytestmark = pytest.mark.django_db
SYSTEM = "Portalen"


@pytest.fixture
def actor():
    return UserFactory(name="Karin Ek", title="systemförvaltare", unit=UnitFactory(name="kansliet"))


@pytest.fixture
def change(actor, clock):
    """Change a record a day later, and return what the newest entry says."""

    def do(record, *, reason="Ändrad", **values):
        for name, value in values.items():
            setattr(record, name, value)
        record.record(by=actor, now=clock.move(days=1), reason=reason)
        return list(changes_of(record, now=clock.now)[0].changes)

    return do


def test_first_entry_is_its_reason_alone(now):
    unit = UnitFactory(reason="Verksamheten lades till")
    [entry] = changes_of(unit, now=now)
    assert entry.words == f"{SYSTEM}: Verksamheten lades till"
    assert entry.changes == []
    assert entry.moment == now - timedelta(days=30)


def test_newest_is_first_and_names_who_did_it(change, clock):
    unit = UnitFactory()
    change(unit, name="Stadsbiblioteket", reason="Nytt namn efter beslut")
    change(unit, name="Laholms bibliotek")
    assert [entry.words for entry in changes_of(unit, now=clock.now)] == [
        "Karin Ek, systemförvaltare, kansliet: Ändrad",
        "Karin Ek, systemförvaltare, kansliet: Nytt namn efter beslut",
        f"{SYSTEM}: Upplagt för prov",
    ]


def test_foreign_key_is_said_in_words(change):
    unit = UnitFactory(manager=UserFactory(name="Stig Rask", title="rektor"))
    assert change(unit, manager=None) == ["Chef: från Stig Rask, rektor till ingen"]
    assert change(unit, manager=UserFactory(name="Eva Lund", title="rektor")) == [
        "Chef: från ingen till Eva Lund, rektor"
    ]


def test_text_and_truth_are_said_in_words(change):
    unit = UnitFactory(email="gammal@laholm.example")
    assert change(unit, email="", active=False) == [
        "Funktionsadress: från gammal@laholm.example till tomt",
        "Aktiv: från ja till nej",
    ]


def test_choice_is_said_by_its_label(change):
    account = AccountFactory()
    changes = change(account, status=AccountStatus.ACTIVE, in_use_since=date(2026, 11, 24))
    assert changes == ["Läge: från Planerat till I bruk", "I bruk sedan: från tomt till tisdag 24 november"]


def test_array_is_joined_by_its_labels(change):
    account = AccountFactory(uses=[Use.BRAND])
    assert change(account, uses=[Use.DIALOGUE, Use.AUDIENCES]) == [
        "Användning: från Sprida Laholms kommuns varumärke och plats till Öka medborgardialogen och Nå nya målgrupper"
    ]


def test_long_text_is_shown_whole(change):
    account = AccountFactory(purpose="Ett. " * 100)
    assert change(account, purpose="Två.") == [f"Syfte och mål: från ”{'Ett. ' * 100}” till ”Två.”"]


def test_keys_and_what_nobody_edits_are_not_shown(change):
    account = AccountFactory()
    assert change(account, canonical_key="facebook:annat") == []


def test_what_a_model_hides_is_not_shown(change, monkeypatch):
    unit = UnitFactory()
    monkeypatch.setattr(type(unit), "hidden_in_history", frozenset({"name"}), raising=False)
    assert change(unit, name="Hemlig", active=False) == ["Aktiv: från ja till nej"]


def test_record_that_is_gone_is_said_to_be(change, actor, clock):
    parent = UnitFactory()
    unit = UnitFactory(parent=parent, board=parent.board)
    change(unit, parent=None)
    parent.erase(by=actor, now=clock.now, reason="Upplagd två gånger")
    assert changes_of(unit, now=clock.now)[0].changes == ["Hör till: från borttagen till ingen"]


def test_person_with_protected_identity_keeps_name_and_email_out(change, clock):
    person = UserFactory(name="Hemlig Person", email="hemlig.person@laholm.example", title="kurator")
    assert change(person, name="Annan Person") == ["Namn: från Hemlig Person till Annan Person"]
    change(person, name="", email="kurator1@laholm.example", protected_identity=True, reason="Skyddade personuppgifter")
    said = [change for entry in changes_of(person, now=clock.now) for change in entry.changes]
    assert said == ["Skyddade personuppgifter: från nej till ja"]


def test_actor_with_protected_identity_is_shown_by_function(now):
    hidden = UserFactory(name="", title="kurator", protected_identity=True, unit=UnitFactory(name="elevhälsan"))
    [entry] = changes_of(UnitFactory(by=hidden), now=now)
    assert entry.person == "Kurator, elevhälsan"


def test_parts_are_read_with_their_record(change, actor, clock):
    unit = UnitFactory()
    person = UserFactory(name="Stig Rask", title="rektor")
    deputy = DeputyFactory(unit=unit, user=person, from_date=date(2026, 12, 1), now=clock.move(days=1), reason="Utsedd")
    change(deputy, to_date=date(2026, 12, 24), reason="Slutdatum satt")
    deputy.erase(by=actor, now=clock.move(days=1), reason="Behövs inte")
    told = changes_of(unit, now=clock.now, parts=[Deputy.history.filter(unit=unit)])
    assert [(entry.reason, list(entry.changes)) for entry in told] == [
        (
            "Behövs inte",
            ["Person: Stig Rask, rektor", "Från och med: tisdag 1 december", "Till och med: torsdag 24 december"],
        ),
        ("Slutdatum satt", ["Person: Stig Rask, rektor", "Till och med: från tomt till torsdag 24 december"]),
        ("Utsedd", ["Person: Stig Rask, rektor", "Från och med: tisdag 1 december"]),
        ("Upplagt för prov", []),
    ]


def test_part_of_the_same_moment_stands_after_its_record(now):
    person = UserFactory(now=now, reason="Inbjuden")
    RoleAssignmentFactory(
        user=person, role_id="registrator", board=BoardFactory(name="Socialnämnden"), now=now, reason="Rollen gavs"
    )
    told = changes_of(person, now=now, parts=[RoleAssignment.history.filter(user=person)])
    assert [(entry.reason, list(entry.changes)) for entry in told] == [
        ("Inbjuden", []),
        ("Rollen gavs", ["Roll: Registrator", "Nämnd: Socialnämnden"]),
    ]


def test_slice_and_length_suit_a_paginator(change, clock):
    unit = UnitFactory()
    for number in range(4):
        change(unit, name=f"Namn {number}")
    told = changes_of(unit, now=clock.now)
    assert len(told) == 5
    assert [list(entry.changes) for entry in told[1:3]] == [
        ["Namn: från Namn 1 till Namn 2"],
        ["Namn: från Namn 0 till Namn 1"],
    ]


def test_queries_do_not_grow_with_the_rows(clock):
    unit = UnitFactory()

    def add_row():
        actor = UserFactory(unit=UnitFactory())
        unit.manager, unit.parent = UserFactory(unit=UnitFactory()), UnitFactory()
        unit.record(by=actor, now=clock.move(days=1), reason="Ändrad")
        DeputyFactory(unit=unit, user=UserFactory(unit=UnitFactory()), now=clock.move(days=1))

    assert_same_query_count(
        lambda: list(changes_of(unit, now=clock.now, parts=[Deputy.history.filter(unit=unit)])), add_row=add_row
    )


def test_account_that_changes_unit_costs_the_same_however_often(clock):
    account = AccountFactory()

    def add_row():
        unit = UnitFactory(board=account.board)
        account.unit, account.platform = unit, platform("facebook")
        account.record(by=User.objects.system(), now=clock.move(days=1), reason="Flyttat")

    assert_same_query_count(lambda: list(changes_of(account, now=clock.now)), add_row=add_row)


# Words that are the same in Swedish, and a series that nobody changes.
SWEDISH_AS_IT_IS = {"plan", "version", "text", "series"}


def test_every_field_that_historik_may_show_has_a_swedish_name():
    english = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if hasattr(getattr(model, "history", None), "model")
        for field in model.history.model.tracked_fields
        if field.editable and not field.primary_key and field.verbose_name == field.name.replace("_", " ")
        if field.name not in SWEDISH_AS_IT_IS and field.name not in shown_never(model)
    }
    assert english == set()


def shown_never(model):
    hidden = getattr(model, "hidden_in_history", frozenset())
    return frozenset() if isinstance(hidden, property) else hidden
