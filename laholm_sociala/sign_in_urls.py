"""allauth's views at Swedish addresses. Sign-up, e-mail change and anything else it offers is left out."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from accounts.single_sign_on import PROVIDER
from accounts.views import single_sign_on as sso

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("logga-in/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("logga-in/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("logga-in/bekrafta/kod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("logga-in/inaktiv/", account.account_inactive, name="account_inactive"),
    path("logga-in/kommunen/", sso.single_sign_on, name="single-sign-on"),
    # The name is allauth's: it asks for the address by it.
    path(
        "logga-in/kommunen/klart/",
        sso.single_sign_on_done,
        {"provider_id": PROVIDER},
        name="openid_connect_callback",
    ),
    path("losenord/byt/", account.password_change, name="account_change_password"),
    path("losenord/valj/", account.password_set, name="account_set_password"),
    path("losenord/glomt/", account.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/nytt/<str:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("losenord/nytt/klart/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("installningar/tva-steg/", mfa.index, name="mfa_index"),
    path("installningar/tva-steg/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("installningar/tva-steg/app/av/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("installningar/tva-steg/koder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "installningar/tva-steg/koder/nya/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "installningar/tva-steg/koder/hamta/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
