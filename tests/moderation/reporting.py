"""What a visitor sends with the public form, and how it is read."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Account
from moderation.forms.report import stamp
from moderation.models import PublicReport
from moderation.reported import Wrong
from moderation.services.reporting import Received, take_report
from tests.clock import NOW
from tests.moderation.factories import picture_bytes

URL = reverse("moderation:report")
POST = "https://www.facebook.com/laholmsbibliotek/posts/12345"
WORDS = "Hon hängs ut med namn i tredje kommentaren."


def typed(**changes: Any) -> dict[str, Any]:
    """Return the form filled in by someone who took a minute over it."""
    opened = stamp(NOW - timedelta(minutes=1))
    return {"link": POST, "wrong": Wrong.ATTACK.value, "text": WORDS, "opened": opened, **changes}


def send(client: Client | None = None, *, headers: dict[str, str] | None = None, **changes: Any) -> HttpResponse:
    """Send the form. `headers` are the request's, as a proxy or a forger writes them."""
    return (client or Client()).post(URL, typed(**changes), headers=headers)


def upload(file_name: str = "skarmbild.png", content: bytes | None = None) -> SimpleUploadedFile:
    """Return a picture to send along."""
    return SimpleUploadedFile(file_name, picture_bytes() if content is None else content, content_type="image/png")


def reported(account: Account | None = None, **changes: Any) -> PublicReport:
    """Return a report that has been taken."""
    now = changes.pop("now", NOW)
    return take_report(Received(**{"wrong": Wrong.ATTACK, "account": account, "link": POST, **changes}), now=now)
