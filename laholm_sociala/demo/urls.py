"""Addresses of the demo's own pages."""

from django.urls import path

from laholm_sociala.demo import views

app_name = "demo"

urlpatterns = [
    path("logga-in/<uuid:pk>/", views.sign_in, name="sign-in"),
    path("brev/", views.mail_list, name="mail-list"),
    path("brev/<uuid:pk>/", views.mail_detail, name="mail-detail"),
    path("brev/<uuid:pk>/utseende/", views.mail_html, name="mail-html"),
    path("brev/<uuid:pk>/bilaga/<int:number>/", views.mail_attachment, name="mail-attachment"),
]
