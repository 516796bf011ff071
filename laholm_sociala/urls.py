"""The portal's addresses."""

from django.urls import include, path

from laholm_sociala import views
from laholm_sociala.handbook import views as handbook

urlpatterns = [
    path("", views.to_do_page, name="to-do"),
    path("installningar/", views.settings_page, name="settings"),
    path("hjalp/", handbook.handbook, name="handbook"),
    path("hjalp/<slug:slug>/", handbook.handbook_chapter, name="handbook-chapter"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("halsa/", views.health, name="health"),
    # First: its few prefixes are soon tried, and what the public reports need not go past all the others.
    path("", include("moderation.urls")),
    path("", include("laholm_sociala.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("archive.urls")),
]
