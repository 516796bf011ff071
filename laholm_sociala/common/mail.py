"""Mail that is sent if and only if the change it tells about is committed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Func, Value
from django.template.loader import render_to_string

from laholm_sociala.common.models import Mail, MailAttachment


@dataclass(frozen=True)
class Attachment:
    """A file to send along."""

    name: str
    content_type: str
    content: bytes


def send_later(
    *,
    to: Sequence[str],
    subject: str,
    template: str,
    context: Mapping[str, object],
    now: datetime,
    attachments: Sequence[Attachment] = (),
    secret: bool = False,
    about: Iterable[UUID] = (),
) -> Mail:
    """Write a mail and defer its sending, both in the transaction at hand.

    `template` names `mail/<template>.txt` and `.html`; both get `context`, `subject` and `public_url`. The subject is
    cut to one line. The text of a `secret` mail, with a link that opens something, is not kept once it is sent.
    `about` are the keys of the records whose words it repeats: what is kept of it goes when one of them is disposed of
    (R18). Nothing is sent when the transaction rolls back.
    """
    from laholm_sociala.common.tasks import send_mail  # tasks import this module

    subject = " ".join(subject.split())[:250]
    everything = {
        **context,
        "subject": subject,
        "public_url": settings.PUBLIC_URL,
        "municipality": settings.MUNICIPALITY,
    }
    mail_id = uuid4()
    mail = Mail.objects.create(
        id=mail_id,
        to=list(to),
        subject=subject,
        text=render_to_string(f"mail/{template}.txt", everything),
        html=render_to_string(f"mail/{template}.html", everything),
        message_id=f"<{mail_id}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        secret=secret,
        created_at=now,
        about=list(about),
    )
    for attachment in attachments:
        MailAttachment.objects.create(
            mail=mail, name=attachment.name, content_type=attachment.content_type, content=attachment.content
        )
    send_mail.defer(mail_id=str(mail_id))
    return mail


def tell_of_too(known: UUID, record: UUID) -> None:
    """Let what was written of one record go with another one as well: one that the first has become a part of."""
    told = Mail.objects.filter(about__contains=[known]).exclude(about__contains=[record])
    told.update(about=Func(F("about"), Value(record), function="array_append"))


def deliver(mail_id: UUID | str, *, now: datetime) -> bool:
    """Hand a mail to the mail server, once; return whether it was sent now.

    Raises the mail library's errors (OSError, SMTPException), upon which the queue tries again. A mail that the
    server took but that could not be marked as sent goes out again with the same Message-ID.
    """
    mail = Mail.objects.prefetch_related("attachments").get(pk=mail_id)
    if mail.sent_at is not None:
        return False
    message = EmailMultiAlternatives(
        subject=mail.subject, body=mail.text, to=mail.to, headers={"Message-ID": mail.message_id}
    )
    message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments.all():
        message.attach(attachment.name, bytes(attachment.content), attachment.content_type)
    message.send()
    mail.sent_at = now
    if mail.secret:
        mail.text = mail.html = ""
    mail.save(update_fields=["sent_at", "text", "html"])
    return True
