"""Daily supervision, absences and coverage."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
