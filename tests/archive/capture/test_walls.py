import pytest

from archive.capture.walls import Signs, wall_in

PAGE = "https://www.facebook.com/laholmsbibliotek"
WORDS = "Välkommen till Laholms bibliotek. Öppet i dag till klockan 18."


@pytest.mark.parametrize(
    "signs",
    [
        Signs(PAGE, WORDS, password_fields=1),
        Signs("https://www.facebook.com/login/?next=x", WORDS),
        Signs("https://www.instagram.com/accounts/login/", WORDS),
        Signs("https://x.com/i/flow/login", WORDS),
        Signs("https://www.linkedin.com/authwall?x=1", WORDS),
        Signs("https://mastodon.example/logga-in", WORDS),
        Signs(PAGE, WORDS, dialogs=("Se mer på Facebook",)),
        Signs(PAGE, "Log in to continue"),
    ],
)
def test_login(signs):
    assert wall_in(signs) == "login"


@pytest.mark.parametrize("words", ["Vi använder kakor", "Allow all cookies?"])
def test_cookies(words):
    assert wall_in(Signs(PAGE, WORDS, dialogs=(words,))) == "cookies"


def test_blank():
    assert wall_in(Signs(PAGE, " ", entropy=0)) == "blank"


@pytest.mark.parametrize(
    "signs",
    [
        Signs(PAGE, WORDS),
        Signs(PAGE, "", entropy=4),
        Signs(PAGE, WORDS * 50 + "logga in för att låna om", dialogs=("Ny bok!",)),
        Signs("https://www.facebook.com/loginsidan", WORDS),
    ],
)
def test_nothing_in_the_way(signs):
    assert wall_in(signs) == ""
