"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def municipality(request: HttpRequest) -> dict[str, object]:
    """Give templates the municipality's name, address and site, and whether this is the demo."""
    return {"municipality": settings.MUNICIPALITY, "demo": settings.DEMO}
