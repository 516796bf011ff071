"""The portal's addresses, and the demo's own."""

from django.urls import include, path

from laholm_sociala.urls import urlpatterns as portal_patterns

urlpatterns = [path("demo/", include("laholm_sociala.demo.urls")), *portal_patterns]
