"""That every working day ahead has somebody who looks after the account (R10, R29)."""

from datetime import datetime

from django.db.models import Q

from accounts.compliance import Severity, check
from accounts.coverage import alone_some_day, nobody_there, working_days_ahead


@check(
    "uncovered_next",
    "R29",
    severity=Severity.SERIOUS,
    title="Ingen sköter kontot nästa arbetsdag",
    icon="calendar-x-2",
    why="De som sköter kontot är borta eller har slutat. Utse någon som tar över.",
    action="Utse någon",
    url_name="accounts:account-people",
)
def uncovered_next(now: datetime) -> Q:
    """The next working day nobody is there."""
    return nobody_there(working_days_ahead(now, 1)[0])


@check(
    "uncovered_ahead",
    "R10",
    severity=Severity.TO_MEND,
    title="Ingen sköter kontot en dag framöver",
    icon="calendar-x-2",
    why="Inom två veckor finns dagar då båda är borta. Utse någon som tar över, eller ändra frånvaron.",
    action="Utse någon",
    url_name="accounts:account-people",
)
def uncovered_ahead(now: datetime) -> Q:
    """One of the working days after the next nobody is there."""
    return alone_some_day(working_days_ahead(now)[1:])
