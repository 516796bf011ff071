"""Addresses of what stands beside an application: autosave, the form signed on paper, and the platforms."""

from django.urls import path

from accounts.views import drafts, paper, platforms

urlpatterns = [
    path("starta/<uuid:pk>/spara/", drafts.draft_autosave, name="draft-autosave"),
    path("uppstarter/<uuid:pk>/underskriven/", paper.application_paper, name="application-paper"),
    path("uppstarter/<uuid:pk>/underskriven/fil/", paper.application_paper_file, name="application-paper-file"),
    path("kanaler/", platforms.platform_list, name="platform-list"),
    path("kanaler/ny/", platforms.platform_add, name="platform-add"),
    path("kanaler/<uuid:pk>/", platforms.platform_edit, name="platform-edit"),
    path("kanaler/<uuid:pk>/historik/", platforms.platform_history, name="platform-history"),
]
