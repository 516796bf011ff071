"""What the tests of Logga ett inlägg send and read."""

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.moderation.factories import picture_bytes

URL = reverse("moderation:case-log")
LINK = "https://www.facebook.com/laholmsbibliotek/posts/1017"
TEXT = "Sparka henne!"


def screenshot(name: str = "skarmbild.png", **how) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(**how), content_type="image/png")


def said(client: Client) -> str:
    """What the next page tells."""
    request = client.get(reverse("to-do")).wsgi_request
    return " ".join(str(message) for message in get_messages(request))
