"""Another decides on the very list that was sent; beside it the control (R18)."""

import psycopg
import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from archive.enums import DisposalStatus
from archive.models import DisposalRun
from archive.services import disposal_run
from archive.tasks import carry_out_disposal
from laholm_sociala.common.errors import RefusedError
from tests.archive.disposals import approved, begun, is_there, prepared, submitted
from tests.archive.factories import archivist_of
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory

pytestmark = pytest.mark.django_db(transaction=True)


APPROVE = (
    "UPDATE archive_disposalrun SET status = 'approved', approved_by_id = submitted_by_id, approved_at = now(),"
    " approval_expires_on = now() WHERE id = %s"
)


def test_nobody_decides_on_their_own_list(board, case, owner):
    run = submitted(board)
    RoleAssignmentFactory(user=run.prepared_by, role_id="arkivansvarig", board=board)
    own = User.objects.get(pk=run.prepared_by_id)
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own, now=NOW)
    with pytest.raises(psycopg.errors.CheckViolation, match="disposal_approved_by_another"):
        owner.execute(APPROVE, [run.pk])


def test_without_the_constraint_they_could(board, case, owner):
    run = submitted(board)
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_approved_by_another")
    owner.execute(APPROVE, [run.pk])
    assert DisposalRun.objects.get().approved_by_id == run.submitted_by_id


def own_list(board, run):
    """The one who prepared the list, who has become arkivansvarig as well."""
    RoleAssignmentFactory(user=run.prepared_by, role_id="arkivansvarig", board=board)
    return User.objects.get(pk=run.prepared_by_id)


def test_the_portal_refuses_by_itself_too(board, case, owner):
    """Where the database would let it through, the service does not."""
    run = submitted(board)
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_approved_by_another")
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own_list(board, run), now=NOW)
    assert DisposalRun.objects.get().status == DisposalStatus.SUBMITTED


def test_nobody_decides_on_a_list_that_they_prepared_and_another_sent(board, case, owner):
    run = prepared(board)
    run = disposal_run.submit(run.pk, by=archivist_of(board), now=NOW)
    owner.execute("ALTER TABLE archive_disposalrun DROP CONSTRAINT disposal_approved_by_another")
    with pytest.raises(PermissionDenied):
        disposal_run.approve(run.pk, seen_sha256=run.list_sha256, by=own_list(board, run), now=NOW)


def edit(owner, run):
    """Write in the list as only the tables' owner can, with the guards off."""
    owner.execute("ALTER TABLE archive_disposalitem DISABLE TRIGGER USER")
    owner.execute("UPDATE archive_disposalitem SET object_id = gen_random_uuid() WHERE kind = 'moderation.evidence'")
    owner.execute("ALTER TABLE archive_disposalitem ENABLE TRIGGER USER")


def test_an_edited_list_is_not_carried_out(board, case, owner):
    run = approved(board)
    with pytest.raises(psycopg.errors.RestrictViolation, match="ändras inte"):
        owner.execute("UPDATE archive_disposalitem SET object_id = gen_random_uuid()")
    edit(owner, run)
    with pytest.raises(RefusedError, match="inte den som beslutades"):
        disposal_run.begin(run.pk, now=NOW)
    assert is_there(case)


def test_an_edited_list_is_not_gone_on_with(board, case, owner):
    run = begun(board)
    edit(owner, run)
    with pytest.raises(RefusedError, match="inte den som beslutades"):
        carry_out_disposal(str(run.pk))
    assert is_there(case)


def test_without_its_fingerprint_it_would_be(board, case, owner, monkeypatch):
    run = approved(board)
    edit(owner, run)
    owner.execute("ALTER TABLE archive_disposalrun DISABLE TRIGGER USER")
    monkeypatch.setattr(disposal_run, "require_unchanged", lambda run: None)
    carry_out_disposal(str(run.pk))
    assert not is_there(case)
