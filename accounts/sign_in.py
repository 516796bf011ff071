"""How people come in: allauth, with sign-up closed and the second step's secrets encrypted."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from accounts.enums import SignInMethod
from accounts.models import User

METHODS_IN_SESSION = "account_authentication_methods"
DEMO_METHOD = "demo"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people are invited. A new password is saved alone, since it has no history."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Save the new password's hash and nothing else."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def format_email_subject(self, subject: str) -> str:
        """Return the subject without a prefix."""
        return subject


class MFAAdapter(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted: a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        """Return the secret, readable with SECRET_KEY only."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret in clear."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"laholm_sociala.mfa" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sign_in_method(request: HttpRequest) -> SignInMethod:
    """Return how the person of this session proved who they are, the strongest way they used (R41)."""
    used = {entry.get("method") for entry in request.session.get(METHODS_IN_SESSION, [])}
    if "mfa" in used:
        return SignInMethod.MFA
    if "socialaccount" in used:
        return SignInMethod.SSO
    if DEMO_METHOD in used and settings.DEMO:
        return SignInMethod.DEMO
    return SignInMethod.PASSWORD
