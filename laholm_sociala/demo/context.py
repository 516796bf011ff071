"""What the sign-in page shows in the demo."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from laholm_sociala.demo.people import JOURNEY, example_id


@dataclass(frozen=True)
class DemoPerson:
    """Someone to sign in as by one click."""

    pk: UUID
    name: str
    may_do: str


def demo_people(request: HttpRequest) -> dict[str, object]:
    """Give templates those who make the journey, looked up only where they are shown."""
    return {"demo_people": SimpleLazyObject(journey_people)}


def journey_people() -> list[DemoPerson]:
    """Return those who make the journey, in its order, as far as they still are active."""
    keys = [example_id("person", key) for key, _may_do in JOURNEY]
    found = User.objects.active().presented().in_bulk(keys)
    return [
        DemoPerson(pk=key, name=found[key].presented_as, may_do=may_do[:1].upper() + may_do[1:] + ".")
        for key, (_key, may_do) in zip(keys, JOURNEY, strict=True)
        if key in found
    ]
