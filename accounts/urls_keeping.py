"""Addresses of an account's page and of all that is kept about it."""

from django.urls import path

from accounts.views import assignments, closing, keeping, logo, mission

ACCOUNT = "register/<uuid:pk>/"

urlpatterns = [
    path(f"{ACCOUNT}personer/", assignments.account_people, name="account-people"),
    path(f"{ACCOUNT}personer/<uuid:assignment_pk>/avsluta/", assignments.assignment_end, name="assignment-end"),
    path(f"{ACCOUNT}inloggning/", keeping.account_login, name="account-login"),
    path(f"{ACCOUNT}inloggning/bekrafta/", keeping.account_login_verify, name="account-login-verify"),
    path(f"{ACCOUNT}administratorer/", keeping.account_administrators, name="account-administrators"),
    path(
        f"{ACCOUNT}administratorer/<uuid:administrator_pk>/ta-bort/",
        keeping.account_administrator_remove,
        name="account-administrator-remove",
    ),
    path(f"{ACCOUNT}avsandare/", keeping.account_sender, name="account-sender"),
    path(f"{ACCOUNT}avsluta/", closing.account_close, name="account-close"),
    path(f"{ACCOUNT}avslut/", closing.account_closing, name="account-closing"),
    path(f"{ACCOUNT}avslut/bekrafta/", closing.closing_confirm, name="closing-confirm"),
    path(f"{ACCOUNT}avslut/behall/", closing.closing_withdraw, name="closing-withdraw"),
    path(f"{ACCOUNT}undantag/", logo.logo_exemption_request, name="logo-exemption-request"),
    path(f"{ACCOUNT}undantag/<uuid:exemption_pk>/beslut/", logo.logo_exemption_decide, name="logo-exemption-decide"),
    path(f"{ACCOUNT}undantag/<uuid:exemption_pk>/aterkalla/", logo.logo_exemption_revoke, name="logo-exemption-revoke"),
    path(f"{ACCOUNT}uppdragsbeskrivning/", mission.account_mission, name="account-mission"),
    path(f"{ACCOUNT}uppdragsbeskrivning/<int:version>.pdf", mission.account_mission_pdf, name="account-mission-pdf"),
    path(f"{ACCOUNT}besokare/", keeping.account_visitors, name="account-visitors"),
]
