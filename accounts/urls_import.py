"""Addresses of the import of accounts that exist today, below /register/."""

from django.urls import path

from accounts.views import imports

urlpatterns = [
    path("import/", imports.import_list, name="import-list"),
    path("import/mall.xlsx", imports.import_template_excel, name="import-template-excel"),
    path("import/mall.csv", imports.import_template_csv, name="import-template-csv"),
    path("import/<uuid:pk>/", imports.import_detail, name="import-detail"),
    path("import/<uuid:pk>/lage/", imports.import_progress, name="import-progress"),
    path("import/<uuid:pk>/las-in/", imports.import_apply, name="import-apply"),
    path("<uuid:pk>/komplettera/", imports.account_complete, name="account-complete"),
]
