"""The addresses of the project itself, and allauth's own at our addresses."""

from laholm_sociala.handbook.chapters import chapters
from tests.matrix.roles import NOBODY, NOT_EVEN_ANONYMOUS, LeadsTo, Rows, everyone, staff

# For each name, who gets what by GET and by POST.
ROWS: Rows = {
    "to-do": (staff(200), NOBODY),
    "settings": (staff(200), NOBODY),
    "accessibility": (everyone(200), NOT_EVEN_ANONYMOUS),
    "privacy": (everyone(200), NOT_EVEN_ANONYMOUS),
    "health": (everyone(200), NOT_EVEN_ANONYMOUS),
    "handbook": (staff(200), NOBODY),
    "handbook-chapter": (staff(200), NOBODY),
    # allauth's own, at our addresses. Those who are in already are led on from the door.
    "account_login": ({**everyone(302), "anonymous": 200}, {**everyone(302), "anonymous": 200}),
    "account_logout": (staff(200), everyone(302)),
    "account_inactive": (everyone(200), NOT_EVEN_ANONYMOUS),
    "account_reauthenticate": (staff(200), staff(200)),
    "single-sign-on": (NOT_EVEN_ANONYMOUS, everyone(404)),  # no such server is connected here
    "openid_connect_callback": (everyone(404), NOT_EVEN_ANONYMOUS),
    "account_change_password": (staff(200), staff(200)),
    "account_set_password": (everyone(302), everyone(302)),
    "account_reset_password": (everyone(200), everyone(200)),
    "account_reset_password_done": (everyone(200), NOT_EVEN_ANONYMOUS),
    "account_reset_password_from_key": (everyone(200), everyone(200)),
    "account_reset_password_from_key_done": (everyone(200), NOT_EVEN_ANONYMOUS),
    "mfa_authenticate": (everyone(302), everyone(302)),
    "mfa_reauthenticate": (everyone(302), everyone(302)),
    "mfa_index": (staff(200), NOBODY),
    "mfa_activate_totp": (everyone(302), everyone(302)),  # to the password, once more
    "mfa_deactivate_totp": (staff(404), staff(404)),
    "mfa_view_recovery_codes": (staff(404), NOBODY),
    "mfa_generate_recovery_codes": (everyone(302), everyone(302)),
    "mfa_download_recovery_codes": (staff(404), staff(404)),
}


# What stands in the address: the first line whose name begins the address's own.
LEADS_TO: LeadsTo = {
    "handbook-chapter": lambda cast: {"slug": chapters()[0].slug},
    "account_reset_password_from_key": lambda cast: {"uidb36": "0", "key": "finns-inte"},
}
