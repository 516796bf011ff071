"""Two doors at once: the signed paper against the decision in the portal."""

import pytest

from accounts.enums import ApplicationStatus
from accounts.models import Application, Decision, ScannedForm
from accounts.services import decisions
from accounts.services.decisions import Paper
from laholm_sociala.common.errors import RefusedError
from tests.race import losers, meet_at, race, take_the_lock_away, winners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def both(cast, submitted, read, now, monkeypatch):
    """Kommunikationsenheten attaches what the manager signed; the deputy presses Godkänn at the same moment."""
    meet_at(monkeypatch, decisions, "require_application_step")
    how = read(submitted)
    paper = Paper("bilaga.pdf", "application/pdf", b"%PDF-1.7")

    def attach():
        return decisions.attach_signed_form(
            submitted.pk,
            paper=paper,
            signer=cast.manager,
            signed_on=now.date(),
            seen_sha256=how["seen_sha256"],
            by=cast.communicator,
            now=now,
        )

    return attach, lambda: decisions.approve(submitted.pk, by=cast.deputy, now=now, **how)


def test_one_approval_comes_of_it(both, submitted):
    outcomes = race(*both)
    assert len(winners(outcomes)) == Decision.objects.count() == 1
    assert isinstance(losers(outcomes)[0], RefusedError)
    assert ScannedForm.objects.exists() is outcomes[0].succeeded
    assert Application.objects.get().status == ApplicationStatus.APPROVED


def test_without_the_lock_there_would_be_two(both, monkeypatch):
    take_the_lock_away(monkeypatch)
    assert len(winners(race(*both))) == Decision.objects.count() == 2
