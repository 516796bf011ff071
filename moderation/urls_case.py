"""One post: reading it, and what is done with it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
