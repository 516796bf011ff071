"""Logging a post, its kept copies, and what may be secret."""

from django.urls import path

from moderation.views import access, evidence, log

urlpatterns = [
    path("logga/", log.case_log, name="case-log"),
    path("<uuid:pk>/kopia/", log.case_copy_add, name="case-copy-add"),
    path("<uuid:pk>/kopior/<uuid:evidence_pk>/", evidence.evidence_shown, name="evidence-shown"),
    path("<uuid:pk>/kopior/<uuid:evidence_pk>/original/", evidence.evidence_original, name="evidence-original"),
    path("<uuid:pk>/atkomst/", access.case_access, name="case-access"),
    path("<uuid:pk>/atkomst/<uuid:access_pk>/avsluta/", access.case_access_end, name="case-access-end"),
    path("atkomst/", access.access_review_list, name="access-review-list"),
    path("atkomst/<uuid:pk>/", access.access_review, name="access-review"),
]
