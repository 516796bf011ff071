"""The municipality's own sign-in (SSO), by OpenID Connect, where SSO_SERVER says that there is one (R41).

Nobody comes in who is not invited: a person is found by the e-mail that the municipality's server vouches for. Nothing
of what the server tells is kept.
"""

from collections.abc import Mapping
from typing import Any, Final, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from accounts.models import User

PROVIDER: Final = "kommunen"
NO_ANSWER: Final = "Kommunens inloggning svarar inte. Försök igen om en stund, eller logga in med lösenordet."
NOT_COMPLETED: Final = "Inloggningen hos kommunen blev inte klar. Försök igen, eller logga in med lösenordet."


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Lets in those who are invited, and leads the others back to the door with a sentence."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Say no: people are invited."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return who the e-mail belongs to; nobody where the server says that it has not been verified.

        Many servers say nothing of it: they are trusted. What one of them denies, no setting makes true.
        """
        told = sociallogin.account.extra_data
        denied = [about for about in (told.get("userinfo"), told.get("id_token")) if about and _denies_email(about)]
        found: tuple[User, str] | None = None if denied else super().authenticate_by_email(sociallogin)
        return found

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """Lead back to the door."""
        raise ImmediateHttpResponse(back_to_the_door(request, NOT_COMPLETED))


def _denies_email(about: Mapping[str, Any]) -> bool:
    # The standard has a boolean; some servers send the word.
    return str(about.get("email_verified", True)).lower() == "false"


def back_to_the_door(request: HttpRequest, why: str) -> HttpResponseRedirect:
    """Return to the page where one signs in, with the reason."""
    messages.error(request, why)
    return redirect("account_login")
