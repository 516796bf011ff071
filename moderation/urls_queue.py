"""The queue."""

from django.urls import path

from moderation.views import queue, several

urlpatterns = [
    path("", queue.case_list, name="case-list"),
    path("nytt/", queue.case_list_fresh, name="case-list-fresh"),
    path("flera/", several.case_several, name="case-several"),
    path("klara/", queue.case_closed_list, name="case-closed-list"),
    path("<uuid:pk>/ta/", queue.case_take, name="case-take"),
    path("<uuid:pk>/slapp/", queue.case_let_go, name="case-let-go"),
    path("<uuid:pk>/sa-raknade-vi/", queue.case_deadline, name="case-deadline"),
    path("<uuid:pk>/historik/", queue.case_history, name="case-history"),
]
