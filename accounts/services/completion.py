"""What Bilaga 1 asks and an account from before the portal does not say, filled in afterwards (R06)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Duty
from accounts.models import Account, User
from accounts.services.assignments import appoint
from accounts.services.keepers import lock_account
from accounts.services.mission import make_later
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.swedish import join_in_words

ANSWERS: Final = {
    "purpose": "syfte och mål",
    "audience": "budskap och målgrupp",
    "topics": "ämnen",
    "summary": "en rad för den offentliga listan",
    "uses": "användning",
    "legal_ground": "laglig grund",
}


def missing(account: Account, now: datetime) -> frozenset[str]:
    """Return which of Bilaga 1's answers the account lacks, and which of its two people."""
    today = timezone.localdate(now)
    named = account.assignments.filter(Q(to_date__isnull=True) | Q(to_date__gte=today)).values_list("duty", flat=True)
    unanswered = {name for name in ANSWERS if not getattr(account, name)}
    return frozenset(unanswered | {duty.value for duty in Duty} - set(named))


@transaction.atomic
def complete(
    account_id: UUID, *, answers: Mapping[str, object], people: Mapping[Duty, User], by: User, now: datetime
) -> Account:
    """Fill in what is lacking; what is answered already stays. When all is answered, an uppdragsbeskrivning is made.

    Raises PermissionDenied for those who do not keep the account (its unit's manager, kommunikationsenheten and those
    who look after it do), RefusedError when it is closed, has an application of its own, or when somebody has answered
    or been named meanwhile.
    """
    account = lock_account(account_id, by=by, now=now)
    if account.application_id is not None:
        raise RefusedError("Kontot har en godkänd Bilaga 1. Det finns inget att komplettera.")
    lacking = missing(account, now)
    for name in (*answers, *(duty.value for duty in people)):
        if name not in lacking:
            raise RefusedError("Någon annan har redan fyllt i det här. Ladda om sidan.", field=name)
    for name, value in answers.items():
        setattr(account, name, value)
    if answers:
        labels = [ANSWERS[name] for name in ANSWERS if name in answers]
        account.record(by=by, now=now, reason=f"Kompletterat: {join_in_words(labels)}")
    for duty, person in people.items():
        try:
            appoint(account_id, duty=duty, user=person, from_date=timezone.localdate(now), by=by, now=now)
        except RefusedError as error:
            raise RefusedError(str(error), field=duty.value) from error
    if not any(name in lacking - set(answers) for name in ANSWERS):
        make_later(account, by=by)
    return account
