"""How well the limits are met."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
