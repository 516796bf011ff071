"""The password of everyone in the tests, and a hasher that does not make them wait."""

from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password

PASSWORD = "ett långt lösenord för prov"


class QuickArgon2(Argon2PasswordHasher):
    """Production's own kind of hash, at the least cost there is."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@cache
def hashed_password() -> str:
    """Return one hash of PASSWORD, made once."""
    return make_password(PASSWORD)
