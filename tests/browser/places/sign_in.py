"""The way in: signing in, choosing a password, and being invited."""

from playwright.sync_api import Page

from tests.browser.places.place import fill_in_and_press, page, press
from tests.browser.world.world import World
from tests.passwords import PASSWORD

CHOOSES_PASSWORD = "/losenord/nytt/{reset_user}/set-password/"


def password_of_the_manager(page: Page, world: World) -> None:
    """Come as far as to the code."""
    fill_in_and_press("Logga in", login=world.cast.manager.email, password=PASSWORD)(page, world)
    page.get_by_label("Kod").wait_for()


def wrong_code(page: Page, world: World) -> None:
    password_of_the_manager(page, world)
    fill_in_and_press("Logga in", code="000000")(page, world)


PLACES = [
    page("account_login"),
    page(
        "account_login",
        state="wrong password",
        alone=True,
        act=fill_in_and_press("Logga in", login="a@b.se", password="fel"),
    ),
    page("account_login", state="nothing typed", act=press("Logga in")),
    page("account_inactive"),
    page("account_reset_password"),
    page("account_reset_password", state="nothing typed", act=press("Skicka länken")),
    page("account_reset_password_done"),
    page(
        "account_reset_password_from_key",
        uidb36="reset_user",
        key="reset_key",
        lands=CHOOSES_PASSWORD,
        alone=True,
    ),
    page(
        "account_reset_password_from_key",
        uidb36="reset_user",
        key="reset_key",
        state="two passwords",
        lands=CHOOSES_PASSWORD,
        alone=True,
        act=fill_in_and_press("Spara lösenordet", password1="kort", password2="annat"),
    ),
    page("account_reset_password_from_key", uidb36="reset_user", key="nothing", state="spent link", alone=True),
    page("account_reset_password_from_key_done"),
    page("mfa_authenticate", state="after the password", lands="/logga-in/", alone=True, act=password_of_the_manager),
    page("mfa_authenticate", state="wrong code", lands="/logga-in/", alone=True, act=wrong_code),
    page("accounts:invitation-accept", token="invitation"),
    page("accounts:invitation-accept", token="invitation", state="nothing typed", act=press("Spara lösenordet")),
    page("accounts:invitation-accept", token="spent_invitation", state="spent", status=410),
    page("accounts:invitation-accept", token="nothing", state="unknown", status=404),
]
