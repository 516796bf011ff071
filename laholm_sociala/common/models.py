"""Mail that has been decided on, and what became of it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from laholm_sociala.common.fields import uuid_key
from laholm_sociala.common.guards import REFUSE_CHANGE, Guard, kept

# PostgreSQL's own refusal: what is sent is what was written, but for a secret that is forgotten once it is sent.
KEEP_MAIL = "guard_mail"


class Mail(models.Model):
    """One mail, written in the transaction of the change that it tells about, and sent after it."""

    id = uuid_key()
    to = ArrayField(models.EmailField())
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    # Stable over retries, so that a receiver sees a repeated mail as the same one.
    message_id = models.CharField(max_length=200, unique=True)
    # A link that opens something: the text is not kept once it is sent.
    secret = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # The keys of the records that it tells of: it goes with the first of them that is disposed of (R18).
    about = ArrayField(models.UUIDField(), default=list)

    class Meta:
        verbose_name = "brev"
        ordering = ["-created_at"]
        indexes = [GinIndex(fields=["about"], name="mail_by_what_it_tells_of")]
        triggers = [*kept(), Guard(function=KEEP_MAIL, name="mail_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.subject


class MailAttachment(models.Model):
    """A file that goes with a mail."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        verbose_name = "bilaga"
        triggers = [*kept(), Guard(function=REFUSE_CHANGE, name="attachment_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name
