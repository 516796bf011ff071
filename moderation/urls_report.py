"""Reports from the public."""

from django.urls import URLPattern, path

from moderation.views import report, report_placing

urlpatterns: list[URLPattern] = [
    path("", report.report, name="report"),
    path("kvitto/", report.report_follow, name="report-follow"),
    path("kvitto/<str:receipt>/", report.report_receipt, name="report-receipt"),
    path("utan-konto/", report_placing.report_list, name="report-list"),
    path("utan-konto/<uuid:pk>/", report_placing.report_detail, name="report-detail"),
    path("utan-konto/<uuid:pk>/konto/", report_placing.report_place, name="report-place"),
    path("utan-konto/<uuid:pk>/svara/", report_placing.report_answer, name="report-answer"),
    path("utan-konto/<uuid:pk>/bild/", report_placing.report_picture, name="report-picture"),
]
