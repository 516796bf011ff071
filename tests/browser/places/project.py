"""Pages of the project itself."""

from tests.browser.places.place import fill_in_and_press, open_all, page, press

PUBLIC = [
    page("accessibility"),
    page("privacy"),
]
OWN = [
    page("to-do", "librarian"),
    page("to-do", "manager", state="of a manager"),
    page("to-do", "communicator", state="by lines", act=open_all),
    page("to-do", "outsider_manager", state="all is calm"),
    page("to-do", "librarian", state="with the menu open", act=open_all),
    page("settings", "librarian"),
    page("handbook", "librarian"),
    page("handbook", "librarian", state="found", query="?q=utkast"),
    page("handbook", "librarian", state="nothing found", query="?q=sovjettrumpet"),
    page("handbook-chapter", "librarian", slug="starta-nytt-konto"),
    page("account_logout", "librarian"),
    page("account_reauthenticate", "librarian"),
    page(
        "account_reauthenticate", "librarian", state="wrong password", act=fill_in_and_press("Fortsätt", password="fel")
    ),
    page("account_change_password", "librarian"),
    page("account_change_password", "librarian", state="nothing typed", act=press("Byt lösenord")),
    page("account_set_password", "newcomer"),
    page("mfa_index", "librarian"),
    page("mfa_index", "manager", state="switched on"),
    page("mfa_activate_totp", "librarian"),
    page("mfa_activate_totp", "librarian", state="wrong code", act=fill_in_and_press("Slå på", code="000000")),
    page("mfa_deactivate_totp", "manager"),
    page("mfa_reauthenticate", "manager"),
    page("mfa_view_recovery_codes", "manager"),
    page("mfa_generate_recovery_codes", "manager"),
]
PLACES = [*PUBLIC, *OWN]

NOT_PAGES = {
    "health",
    "single-sign-on",
    "openid_connect_callback",
    "mfa_download_recovery_codes",
}
