"""Addresses of the accounts app, in Swedish."""

from django.urls import include, path

from accounts.views import account, account_list, applications, decisions, drafts, guidance, public, register

app_name = "accounts"

urlpatterns = [
    path("konton/", public.public_list, name="public-list"),
    path("konton/akta/", public.account_check, name="account-check"),
    path("konton/<uuid:pk>/", public.public_account_page, name="public-account"),
    path("starta/", drafts.application_start, name="application-start"),
    path("starta/<uuid:pk>/", drafts.draft_edit, name="draft-edit"),
    path("starta/<uuid:pk>/granska/", drafts.draft_preview, name="draft-preview"),
    path("starta/<uuid:pk>/skicka/", drafts.draft_send, name="draft-send"),
    path("starta/<uuid:pk>/rensa/", drafts.draft_discard, name="draft-discard"),
    path("uppstarter/", applications.application_list, name="application-list"),
    path("uppstarter/<uuid:pk>/", applications.application_detail, name="application-detail"),
    path("uppstarter/<uuid:pk>/aterta/", applications.application_withdraw, name="application-withdraw"),
    path("uppstarter/<uuid:pk>/andra/", applications.application_revise, name="application-revise"),
    path("uppstarter/<uuid:pk>/bilaga-1.pdf", applications.application_form_pdf, name="application-form-pdf"),
    path("uppstarter/<uuid:pk>/historik/", applications.application_history, name="application-history"),
    path("uppstarter/<uuid:pk>/godkann/", decisions.application_approve, name="application-approve"),
    path("uppstarter/<uuid:pk>/skicka-tillbaka/", decisions.application_send_back, name="application-send-back"),
    path("uppstarter/<uuid:pk>/avsla/", decisions.application_reject, name="application-reject"),
    path("uppstarter/<uuid:pk>/registrera/", register.application_register, name="application-register"),
    path("uppstarter/<uuid:pk>/upphav/", register.application_void_approval, name="application-void-approval"),
    path("uppstarter/<uuid:pk>/utse-chef/", register.application_name_manager, name="application-name-manager"),
    path("register/", account_list.account_list, name="account-list"),
    path("register/konton.csv", account_list.account_list_csv, name="account-list-csv"),
    path("register/konton.xlsx", account_list.account_list_excel, name="account-list-excel"),
    path("register/vyer/", account_list.saved_view_save, name="saved-view-save"),
    path("register/vyer/<uuid:pk>/ta-bort/", account_list.saved_view_forget, name="saved-view-forget"),
    path("register/<uuid:pk>/", account.account_detail, name="account-detail"),
    path("register/<uuid:pk>/ta-i-bruk/", register.account_take_into_use, name="account-take-into-use"),
    path("register/<uuid:pk>/historik/", account.account_history, name="account-history"),
    path("rad-och-regler/", guidance.guidance, name="guidance"),
    path("register/", include("accounts.urls_import")),
    path("mina-konton/", register.my_accounts, name="my-accounts"),
    path("", include("accounts.urls_keeping")),
    path("franvaro/", include("accounts.urls_absence")),
    path("", include("accounts.urls_application")),
    path("", include("accounts.urls_administration")),
    path("", include("accounts.urls_guideline")),
]
