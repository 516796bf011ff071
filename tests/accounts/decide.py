"""What the manager's three pages share: reading one, and pressing its button."""

from django.test import Client

from accounts.models import Application
from tests.pages import Page

ASSURANCES = ["resurser", "kunskap", "rutiner"]
WEAK_SIGN_IN = "För att besluta behöver du logga in med tvåstegsinloggning. Slå på den under Mina inställningar."
CHANGED = "Uppgifterna har ändrats sedan du öppnade sidan. Läs igenom dem en gång till."


def read(client: Client, url: str) -> Page:
    response = client.get(url)
    assert response.status_code == 200
    return Page(response)


def press(client: Client, url: str, page: Page | None = None, **filled_in: object) -> Page:
    """Send what is filled in, for the page as it was read (now, unless a page is given); return where one ends up."""
    seen = (page or read(client, url)).typed("seen")
    return Page(client.post(url, {"seen": seen, **filled_in}, follow=True))


def status_of(application: Application) -> str:
    return Application.objects.values_list("status", flat=True).get(pk=application.pk)
