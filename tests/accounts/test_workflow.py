"""Every state against every other."""

from itertools import product

import pytest

from accounts.enums import AccountStatus, ApplicationStatus, DecisionKind
from accounts.services.decisions import STATUS_AFTER
from accounts.workflow import ACCOUNT, APPLICATION, WHY_NOT, require_account_step, require_application_step
from laholm_sociala.common.errors import RefusedError

A = ApplicationStatus
K = AccountStatus

APPLICATION_STEPS = {
    (A.SUBMITTED, A.RETURNED),
    (A.SUBMITTED, A.APPROVED),
    (A.SUBMITTED, A.REJECTED),
    (A.SUBMITTED, A.WITHDRAWN),
    (A.RETURNED, A.SUBMITTED),
    (A.RETURNED, A.WITHDRAWN),
    (A.APPROVED, A.REGISTERED),
    (A.APPROVED, A.RETURNED),
}
ACCOUNT_STEPS = {
    (K.PLANNED, K.ACTIVE),
    (K.PLANNED, K.CLOSED),
    (K.ACTIVE, K.CLOSING),
    (K.CLOSING, K.ACTIVE),
    (K.CLOSING, K.CLOSED),
}


@pytest.mark.parametrize(("old", "new"), list(product(A, A)))
def test_application_step(old, new):
    if (old, new) in APPLICATION_STEPS:
        require_application_step(old.value, new)
    else:
        with pytest.raises(RefusedError, match=WHY_NOT[old]):
            require_application_step(old.value, new)


@pytest.mark.parametrize(("old", "new"), list(product(K, K)))
def test_account_step(old, new):
    if (old, new) in ACCOUNT_STEPS:
        require_account_step(old.value, new)
    else:
        with pytest.raises(RefusedError, match=new.label.lower()):
            require_account_step(old.value, new)


def test_every_state_has_its_row():
    assert set(APPLICATION) == set(WHY_NOT) == set(A)
    assert set(ACCOUNT) == set(K)


@pytest.mark.parametrize("status", A)
def test_every_state_can_be_reached_and_says_where_it_stands(status):
    reached = {A.SUBMITTED, *(new for news in APPLICATION.values() for new in news)}
    assert status in reached
    assert WHY_NOT[status].endswith(".")


def test_every_decision_leads_where_the_workflow_allows():
    assert set(STATUS_AFTER) == set(DecisionKind)
    for kind, status in STATUS_AFTER.items():
        before = A.APPROVED if kind == DecisionKind.VOIDED else A.SUBMITTED
        assert (before, status) in APPLICATION_STEPS


@pytest.mark.parametrize("unknown", ["", "SUBMITTED", "klar"])
def test_unknown_state_is_no_state(unknown):
    with pytest.raises(ValueError, match="is not a valid"):
        require_application_step(unknown, A.APPROVED)
    with pytest.raises(ValueError, match="is not a valid"):
        require_account_step(unknown, K.ACTIVE)
