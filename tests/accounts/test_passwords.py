"""A note on where a password is kept, and a password."""

import pytest

from accounts.passwords import looks_like_password


@pytest.mark.parametrize(
    "note",
    [
        "",
        "I enhetens lösenordsvalv, posten Instagram",
        "Lösenordshanterare: Bitwarden, mappen Sociala medier",
        "Lösenordet finns i kassaskåpet, rum B214.",
        "Lösenordet är inlåst hos enhetschefen",
        "KeePass-2026/sociala-medier",
        "https://valv.laholm.se/#/post?id=12",
        "it-stod+sociala1@laholm.se",
        "Ansvarig, ersättare och enhetschefen!",
        "Rum 2B!",
    ],
)
def test_note_is_let_through(note):
    assert not looks_like_password(note)


@pytest.mark.parametrize(
    "note",
    [
        "lösenord: hemligt",
        "Lösen=hemligt",
        "LÖSENORDET: x",
        "password: correct horse",
        "pw:abc",
        "pinkod: 1234",
        "Lösenordet är Sommar2024",
        "koden är 4711.",
        "Valvet, Sommar2024!",
        "(Hej#svej99)",
    ],
)
def test_password_is_seen(note):
    assert looks_like_password(note)
