"""Logging a post, its kept copies, and what may be secret."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
