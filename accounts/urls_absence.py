"""Addresses of absences, below /franvaro/."""

from django.urls import path

from accounts.views import absences

urlpatterns = [
    path("", absences.absence_list, name="absence-list"),
    path("<uuid:pk>/", absences.absence_edit, name="absence-edit"),
    path("<uuid:pk>/avsluta/", absences.absence_end, name="absence-end"),
    path("<uuid:pk>/historik/", absences.absence_history, name="absence-history"),
]
