"""Every kind of record that the portal keeps is a handlingstyp of the starting plan, or says why it is none (R17)."""

import pytest
from django.apps import apps

from archive.content import declared
from archive.retention import record_type, record_types
from laholm_sociala.common.errors import RefusedError
from tests.archive.factories import proposed_plan
from tests.archive.gallring import after

OURS = {"common", "accounts", "archive", "moderation"}
ORGANISATION = "who we are and how we are organised: no record of anybody's matter"
WITH_THE_DIARY = "stands in the diarium, which is preserved"
OF_GALLRING = "the board's own decisions on gallring, and what is left to show them: preserved"
DELIVERED = "what was delivered to the e-archive, and its receipt: preserved"
RULES = "how the municipality works: decided, and preserved"
NUMBERS = "fingerprints and numbers, no words"
OWN = "a person's own, who takes it away"
NO_RECORD = {
    "accounts.Board": ORGANISATION,
    "accounts.Unit": ORGANISATION,
    "accounts.Deputy": ORGANISATION,
    "accounts.User": ORGANISATION,
    "accounts.Role": ORGANISATION,
    "accounts.RoleAssignment": ORGANISATION,
    "accounts.Assignment": ORGANISATION,
    "accounts.Absence": ORGANISATION,
    "accounts.PlatformAdministrator": ORGANISATION,
    "accounts.Invitation": "a link that is used once",
    "accounts.Platform": RULES,
    "accounts.CalendarVersion": RULES,
    "accounts.Guideline": RULES,
    "accounts.GuidelineReview": RULES,
    "accounts.PublicChange": NUMBERS,
    "accounts.SavedView": OWN,
    "archive.Series": WITH_THE_DIARY,
    "archive.Numbering": WITH_THE_DIARY,
    "archive.SecrecyMark": WITH_THE_DIARY,
    "archive.DocumentAccess": WITH_THE_DIARY,
    "archive.DocumentIndex": WITH_THE_DIARY,
    "archive.Forwarding": WITH_THE_DIARY,
    "archive.RetentionPlan": OF_GALLRING,
    "archive.RetentionRule": OF_GALLRING,
    "archive.Hold": OF_GALLRING,
    "archive.HoldItem": OF_GALLRING,
    "archive.HoldQuery": OF_GALLRING,
    "archive.Assertion": OF_GALLRING,
    "archive.DisposalRun": OF_GALLRING,
    "archive.DisposalAdvice": OF_GALLRING,
    "archive.DisposalItem": OF_GALLRING,
    "archive.DisposalFile": OF_GALLRING,
    "archive.DisposalReach": OF_GALLRING,
    "archive.Tombstone": OF_GALLRING,
    "archive.LedgerEntry": OF_GALLRING,
    "archive.Manifest": NUMBERS,
    "archive.ManifestEntry": NUMBERS,
    "archive.SnapshotReminder": NUMBERS,
    "archive.TransferDetails": DELIVERED,
    "archive.Transfer": DELIVERED,
    "archive.TransferItem": DELIVERED,
    "archive.TransferPackage": DELIVERED,
    "archive.TransferReading": DELIVERED,
    "moderation.ReplyText": OWN,
}


def covered() -> set[str]:
    """What is a handlingstyp, or goes with one."""
    types = record_types()
    return {one.kind for one in types} | {part.model.lower() for one in types for part in one.parts}


def test_every_model_is_a_handlingstyp_or_says_why_not():
    ours = [model for model in apps.get_models() if model._meta.app_label in OURS]
    kept = {model._meta.label for model in ours if not hasattr(model, "history_date")}
    assert {label for label in kept if label.lower() not in covered()} == set(NO_RECORD)


def test_what_goes_with_a_record_goes_with_a_handlingstyp():
    kinds = {one.kind for one in record_types()}
    named = {content.goes_with for fields in declared().values() for content in fields.values() if content.goes_with}
    assert named - kinds == set()


@pytest.mark.django_db
def test_the_starting_plan_has_a_rule_for_each_and_says_that_it_is_not_decided(cast):
    plan = proposed_plan(cast.culture_board)
    assert {rule.record_type for rule in plan.rules.all()} == {one.code for one in record_types()}
    assert plan.get_status_display() == "Förslag, ej beslutad"
    assert all(rule.motivation for rule in plan.rules.all())


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["closing", "planned_change", "account"])
def test_what_is_preserved_with_the_account_is_never_due(cast, code):
    with pytest.raises(RefusedError, match="bevaras"):
        proposed_plan(cast.culture_board, **{code: after(0)})
    assert record_type(code).preserved_because
