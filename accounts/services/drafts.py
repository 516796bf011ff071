"""What an employee has typed so far. Untracked: history starts when it is sent."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.enums import ApplicationStatus
from accounts.models import Application, Draft, User
from laholm_sociala.common.errors import RefusedError

# How long a draft waits for the one who began it.
KEPT: Final = timedelta(days=365)


@transaction.atomic
def save_draft(draft_id: UUID, *, typed: dict[str, object], by: User, now: datetime) -> Draft:
    """Keep what is typed, right or wrong, under the person's own draft; make the draft if it is new.

    `typed` holds plain text and lists of text, as the form sent them. Raises Draft.DoesNotExist when the draft is
    somebody else's, or when it was sent while this was typed: what autosaves late must not make it anew.
    """
    if Application.objects.filter(pk=draft_id).exists() and not Draft.objects.filter(pk=draft_id).exists():
        raise Draft.DoesNotExist
    draft, made = Draft.objects.select_for_update().get_or_create(
        pk=draft_id, defaults={"owner": by, "typed": typed, "saved_at": now}
    )
    if draft.owner_id != by.pk:
        raise Draft.DoesNotExist
    if not made:
        draft.typed, draft.saved_at = typed, now
        draft.save(update_fields=["typed", "saved_at"])
    return draft


@transaction.atomic
def discard_draft(draft_id: UUID, *, by: User, now: datetime) -> None:
    """Rensa a draft of one's own: nothing of it is left. Raises Draft.DoesNotExist when it is somebody else's."""
    Draft.objects.select_for_update().get(pk=draft_id, owner=by, application__isnull=True).delete()


def clear_forgotten(*, now: datetime) -> int:
    """Rensa drafts that nobody has written in for a year and that were never sent; return how many (R18).

    What came back from the manager is not among them: it is somebody's to answer.
    """
    forgotten = Draft.objects.filter(application__isnull=True, saved_at__lt=now - KEPT)
    cleared, _by_kind = forgotten.delete()
    return cleared


@transaction.atomic
def reopen_returned(application_id: UUID, *, by: User, now: datetime) -> Draft:
    """Give the applicant a draft of a returned application to work on, the same one each time.

    Raises RefusedError when it is not with the applicant.
    """
    application = Application.objects.select_for_update().get(pk=application_id, applicant=by)
    if application.status != ApplicationStatus.RETURNED:
        raise RefusedError("Uppstarten kan inte ändras nu. Återta den först, eller vänta på chefen.")
    draft, _made = Draft.objects.get_or_create(
        application=application,
        defaults={"pk": application.pk, "owner": by, "typed": typed_from(application), "saved_at": now},
    )
    return draft


# What belongs to one account alone, or has to be gone through anew.
NOT_COPIED: Final = ("web_address", "account_name", "checklist")


def typed_to_start_from(application: Application) -> dict[str, object]:
    """Return what a new application may begin with: everything but the address, the name and the checklist."""
    return {name: typed for name, typed in typed_from(application).items() if name not in NOT_COPIED}


def typed_from(application: Application) -> dict[str, object]:
    """Return the application's content as the form would have sent it."""
    return {
        "unit": str(application.unit_id),
        "web_address": application.web_address,
        "platform": str(application.platform_id),
        "account_name": application.account_name,
        "purpose": application.purpose,
        "audience": application.audience,
        "topics": application.topics,
        "checklist": [str(number) for number in range(len(application.checklist))],
        "uses": list(application.uses),
        "responsible": str(application.responsible_id),
        "substitute": str(application.substitute_id),
        "legal_ground": application.legal_ground,
        "artistic_exemption": "ja" if application.artistic_exemption else "",
        "artistic_motivation": application.artistic_motivation,
        "consulted_with": application.consulted_with,
        "consulted_on": application.consulted_on.isoformat() if application.consulted_on else "",
        "consultation_advice": application.consultation_advice,
    }
