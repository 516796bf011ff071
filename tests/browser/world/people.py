"""People beside the cast: invited, gone, protected; and what is in their mail."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from accounts.models import Deputy, User
from accounts.services import invitations, people
from laholm_sociala.common.models import Mail
from tests.browser.world.world import World
from tests.cast import Cast
from tests.clock import NOW
from tests.factories import RoleAssignmentFactory, UserFactory


def make(world: World) -> dict[str, Any]:
    """Invite two, one of whom may not sign in any more, and show one by function."""
    cast = world.cast
    former, spent = invite(cast, "tidigare@laholm.example", "Tidigare Tall")
    people.deactivate(former.pk, by=cast.administrator, now=NOW)
    newcomer, invitation = invite(cast, "ny@laholm.example", "Nya Näckros")
    protected = UserFactory(name="", title="handläggare", protected_identity=True, unit=cast.library)
    RoleAssignmentFactory(user=protected, role_id="registrator", board=cast.culture_board)
    return {
        "newcomer": newcomer,  # has no password yet
        "invitation": invitation,
        "former": former,
        "spent_invitation": spent,
        "protected": protected,
        "deputy": Deputy.objects.get(),
        "reset_user": user_pk_to_url_str(cast.assistant),
        "reset_key": default_token_generator.make_token(cast.assistant),
    }


def invite(cast: Cast, email: str, name: str) -> tuple[User, str]:
    """Invite a person, and return the word in the link as well: it stands in the mail alone."""
    details = invitations.PersonDetails(email=email, name=name, title="bibliotekarie", unit=cast.library)
    person = invitations.invite(details, roles=frozenset(), by=cast.administrator, now=NOW)
    text = Mail.objects.get(to=[email]).text
    before = reverse("accounts:invitation-accept", args=["-"]).removesuffix("-/")
    return person, text.split(before)[1].split("/")[0]
