"""The app's addresses, a module for each part of the work."""

from django.urls import include, path

app_name = "moderation"
urlpatterns = [
    path("granska/", include("moderation.urls_queue")),
    path("granska/", include("moderation.urls_log")),
    path("granska/", include("moderation.urls_case")),
    path("rapportera/", include("moderation.urls_report")),
    path("tillsyn/", include("moderation.urls_supervision")),
    path("uppfoljning/", include("moderation.urls_statistics")),
]
