"""Which state follows which, as plain tables. Status is assigned in `services/` alone."""

from collections.abc import Mapping
from typing import Final

from accounts.enums import AccountStatus, ApplicationStatus, ExemptionStatus
from laholm_sociala.common.errors import RefusedError

A = ApplicationStatus
K = AccountStatus
E = ExemptionStatus

APPLICATION: Final[Mapping[ApplicationStatus, frozenset[ApplicationStatus]]] = {
    A.SUBMITTED: frozenset({A.RETURNED, A.APPROVED, A.REJECTED, A.WITHDRAWN}),
    A.RETURNED: frozenset({A.SUBMITTED, A.WITHDRAWN}),
    A.APPROVED: frozenset({A.REGISTERED, A.RETURNED}),
    A.REGISTERED: frozenset(),
    A.REJECTED: frozenset(),
    A.WITHDRAWN: frozenset(),
}

ACCOUNT: Final[Mapping[AccountStatus, frozenset[AccountStatus]]] = {
    K.PLANNED: frozenset({K.ACTIVE, K.CLOSED}),
    K.ACTIVE: frozenset({K.CLOSING}),
    K.CLOSING: frozenset({K.ACTIVE, K.CLOSED}),
    K.CLOSED: frozenset(),
}

EXEMPTION: Final[Mapping[ExemptionStatus, frozenset[ExemptionStatus]]] = {
    E.REQUESTED: frozenset({E.GRANTED, E.REFUSED}),
    E.GRANTED: frozenset({E.REVOKED}),
    E.REFUSED: frozenset(),
    E.REVOKED: frozenset(),
}

WHY_NOT: Final[Mapping[ApplicationStatus, str]] = {
    A.SUBMITTED: "Uppstarten väntar på chefens beslut.",
    A.RETURNED: "Uppstarten är tillbaka hos den som fyllde i den.",
    A.APPROVED: "Uppstarten är redan godkänd.",
    A.REGISTERED: "Uppstarten är redan registrerad.",
    A.REJECTED: "Uppstarten är avslagen.",
    A.WITHDRAWN: "Uppstarten är återtagen av den som fyllde i den.",
}


def require_application_step(old: str, new: ApplicationStatus) -> None:
    """Raise RefusedError, with a sentence on where the application stands, unless new may follow old."""
    old = ApplicationStatus(old)
    if new not in APPLICATION[old]:
        raise RefusedError(WHY_NOT[old])


def require_account_step(old: str, new: AccountStatus) -> None:
    """Raise RefusedError unless new may follow old."""
    old = AccountStatus(old)
    if new not in ACCOUNT[old]:
        raise RefusedError(f"Kontot kan inte bli {new.label.lower()}: det är {old.label.lower()}.")


def require_exemption_step(old: str, new: ExemptionStatus) -> None:
    """Raise RefusedError unless new may follow old: an exemption from the logo is decided once, and revoked once."""
    old = ExemptionStatus(old)
    if new in EXEMPTION[old]:
        return
    if old == E.REQUESTED:
        raise RefusedError("Önskemålet väntar på beslut. Bevilja eller avslå det.")
    raise RefusedError(f"Önskemålet är redan {old.label.lower()}.")
