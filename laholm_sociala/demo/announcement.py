"""What the demo says in the terminal."""

from django.urls import reverse

from laholm_sociala.demo.context import journey_people


def announcement(address: str, seconds: float) -> str:
    """Return what a person needs to know when the portal has answered."""
    people = journey_people()
    width = max((len(person.name) for person in people), default=0)
    lines = [f"  {person.name:<{width}}  {person.may_do}" for person in people]
    return "\n".join(
        [
            "",
            f"Laholm Sociala är igång: {address}/",
            f"Första svaret kom efter {seconds:.0f} sekunder.",
            "",
            f"Logga in med ett klick, utan lösenord, på {address}{reverse('account_login')}",
            *lines,
            "",
            f"Det allmänheten ser: {address}{reverse('accounts:public-list')}",
            f"Breven som portalen skickar: {address}{reverse('demo:mail-list')}",
            "",
            "Stoppa med Ctrl-C. Det du har gjort finns kvar till nästa gång.",
        ]
    )
