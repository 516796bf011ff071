"""How well the limits are met."""

from django.urls import path

from moderation.views import statistics

urlpatterns = [
    path("", statistics.follow_up, name="statistics"),
    path("uppfoljning.csv", statistics.follow_up_csv, name="statistics-csv"),
]
