"""A handling goes on to the right body: by mail or by hand, with a receipt asked for and reminded of (R22)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import Board, User
from accounts.services.terms import terms_in_force
from archive.enums import ForwardingMethod
from archive.models import Document, DocumentFile, Forwarding
from archive.services.diary import lock_document
from laholm_sociala.common.errors import RefusedError
from laholm_sociala.common.mail import Attachment, send_later
from laholm_sociala.common.pdf import render_pdf
from laholm_sociala.common.swedish import file_name_words

# Working days without an answer before the receiver is reminded, once.
PATIENCE: Final = 3
# What a mail carries without being refused on the way.
MOST_BYTES: Final = 20 * 1024 * 1024
SIGNER: Final = Signer(salt="archive.forwarding")


@dataclass(frozen=True)
class Receiver:
    """Where it goes: a board of ours, or a name outside; `email` only by mail."""

    name: str
    board: Board | None = None
    email: str = ""


@transaction.atomic
def forward(
    document_id: UUID,
    receiver: Receiver,
    *,
    method: ForwardingMethod,
    message: str = "",
    asks_receipt: bool = True,
    by: User,
    now: datetime,
) -> Forwarding:
    """Send a handling on, and write down that it was done. By mail, its PDF and files go along, after the commit.

    Raises PermissionDenied for those who do not register for the board; RefusedError when it is cancelled, when the
    receiver has no name or address, when it may be secret and was to go by mail, or is too large for that.
    """
    document = lock_document(document_id, by=by)
    _refuse(document, receiver, method)
    forwarding = Forwarding(
        document=document,
        board=receiver.board,
        receiver=receiver.name.strip(),
        method=method,
        email=receiver.email.strip() if method == ForwardingMethod.MAIL else "",
        message=message.strip(),
        sent_at=now,
        sent_by=by,
        asks_receipt=asks_receipt,
    )
    forwarding.record(by=by, now=now, reason=f"Skickades till {forwarding.receiver}")
    if method == ForwardingMethod.MAIL:
        from archive.tasks import send_handling as send_later_on  # tasks import the services

        send_later_on.defer(forwarding_id=str(forwarding.pk))
    return forwarding


@transaction.atomic
def note_receipt(forwarding_id: UUID, *, how: str, by: User, now: datetime) -> Forwarding:
    """Write down that the receiver has it, and how we know. The board's registrator may.

    Raises PermissionDenied for others, RefusedError when it is written already or `how` is empty.
    """
    forwarding = Forwarding.objects.get(pk=forwarding_id)
    lock_document(forwarding.document_id, by=by)
    return _receive(forwarding_id, how=how, by=by, now=now)


@transaction.atomic
def confirm_by_link(token: str, *, now: datetime) -> Forwarding:
    """Take the receiver's own word, given by the link in the mail. A second press changes nothing.

    Raises Forwarding.DoesNotExist when no such link was ever sent.
    """
    locked = Forwarding.objects.select_for_update(of=("self",)).get(pk=find(token).pk)
    if locked.received_at is not None:
        return locked
    how = "Mottagaren bekräftade med länken i mejlet"
    return _receive(locked.pk, how=how, by=User.objects.system(), now=now)


def send_handling(forwarding_id: UUID | str, *, now: datetime) -> None:
    """Mail the handling as PDF with its files. The PDF is rendered before anything is locked, since it takes time."""
    forwarding = Forwarding.objects.select_related("document__matter__board", "document__content", "board").get(
        pk=forwarding_id
    )
    document = forwarding.document
    context = {"document": document, "forwarding": forwarding}
    pdf = render_pdf(render_to_string("archive/pdf/document.html", context))
    name = file_name_words(str(document))
    files = [Attachment(f"{name}.pdf", "application/pdf", pdf)]
    files += [Attachment(file.file_name, file.content_type, bytes(file.content)) for file in document.files.all()]
    send_later(
        to=[forwarding.email],
        subject=f"{document}: {document.public_subject}",
        template="handling_forwarded",
        context={**context, "path": receipt_path(forwarding) if forwarding.asks_receipt else ""},
        attachments=files,
        now=now,
        about=[document.pk],
    )


def find(token: str) -> Forwarding:
    """Return what a link in a mail is about. Raises Forwarding.DoesNotExist when it is not one of ours."""
    try:
        pk = SIGNER.unsign(token)
    except BadSignature as error:
        raise Forwarding.DoesNotExist from error
    return Forwarding.objects.select_related("document__matter__board").get(pk=pk)


def receipt_path(forwarding: Forwarding) -> str:
    """Return the address by which the receiver confirms without signing in: only we can have written it."""
    return reverse("archive:receipt-confirm", args=[SIGNER.sign(str(forwarding.pk))])


def remind_receivers(now: datetime) -> int:
    """Remind those who have not confirmed within three working days, once each; return how many. Idempotent."""
    waiting = Forwarding.objects.unanswered().filter(method=ForwardingMethod.MAIL, reminded_at__isnull=True)
    return sum(_remind(pk, now=now) for pk in waiting.order_by("sent_at").values_list("pk", flat=True))


def without_receipt(boards: Collection[UUID], now: datetime) -> QuerySet[Forwarding]:
    """Return what the boards sent on and nobody has confirmed for three working days, the longest ago first (R22).

    What went by mail counts from the reminder to its receiver; whoever handed it over asks about the rest.
    """
    today, calendar = timezone.localdate(now), terms_in_force(now).calendar
    day = today
    while calendar.add_working_days(day, PATIENCE) > today:
        day -= timedelta(days=1)
    by_hand = Q(method=ForwardingMethod.BY_HAND, sent_at__date__lte=day)
    waiting = Forwarding.objects.unanswered().filter(by_hand | Q(reminded_at__date__lte=day))
    theirs = waiting.filter(document__matter__board__in=boards, document__cancelled_at__isnull=True)
    return theirs.select_related("document__matter__board").order_by("sent_at", "id")


def _refuse(document: Document, receiver: Receiver, method: ForwardingMethod) -> None:
    if document.cancelled_at is not None:
        raise RefusedError("Handlingen är makulerad och skickas inte vidare.")
    if not receiver.name.strip():
        raise RefusedError("Skriv vart handlingen ska.", field="receiver")
    if method != ForwardingMethod.MAIL:
        return
    if document.is_restricted:
        raise RefusedError("Handlingen kan vara sekretess. Lämna över den på annat sätt än med e-post.", field="method")
    if not receiver.email.strip():
        raise RefusedError("Skriv mottagarens e-postadress.", field="email")
    size = sum(DocumentFile.objects.filter(document=document).values_list("size", flat=True))
    if size > MOST_BYTES:
        raise RefusedError("Filerna är för stora för ett mejl. Lämna över dem på annat sätt.", field="method")


def _receive(forwarding_id: UUID, *, how: str, by: User, now: datetime) -> Forwarding:
    forwarding = Forwarding.objects.select_for_update(of=("self",)).get(pk=forwarding_id)
    if forwarding.received_at is not None:
        raise RefusedError("Det är redan antecknat att handlingen är mottagen.")
    if not how.strip():
        raise RefusedError("Skriv hur vi vet det.", field="how")
    forwarding.received_at, forwarding.received_how = now, how.strip()
    forwarding.record(by=by, now=now, reason="Mottagen")
    return forwarding


@transaction.atomic
def _remind(forwarding_id: UUID, *, now: datetime) -> bool:
    locked = Forwarding.objects.select_for_update(of=("self",), skip_locked=True).select_related("document__matter")
    forwarding = locked.unanswered().filter(pk=forwarding_id, reminded_at__isnull=True).first()
    if forwarding is None:
        return False
    calendar, sent_on = terms_in_force(now).calendar, timezone.localdate(forwarding.sent_at)
    if timezone.localdate(now) < calendar.add_working_days(sent_on, PATIENCE):
        return False
    forwarding.reminded_at = now
    forwarding.record(by=User.objects.system(), now=now, reason="Mottagaren påmindes")
    send_later(
        to=[forwarding.email],
        subject=f"Har ni fått {forwarding.document}?",
        template="handling_reminder",
        context={"forwarding": forwarding, "path": receipt_path(forwarding)},
        now=now,
        about=[forwarding.document_id],
    )
    return True
