"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def municipality(request: HttpRequest) -> dict[str, object]:
    """Give templates the municipality's name, address and site, whether this is the demo, and whether there is SSO."""
    return {"municipality": settings.MUNICIPALITY, "demo": settings.DEMO, "has_sso": bool(settings.SSO_SERVER)}
