"""Addresses of the calendar and the guideline."""

from django.urls import path

from accounts.views import calendar, guideline

urlpatterns = [
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/vecka/", calendar.calendar_week, name="calendar-week"),
    path("kalender/dag/ny/", calendar.calendar_day_add, name="calendar-day-add"),
    path("kalender/dag/<str:day>/", calendar.calendar_day_edit, name="calendar-day-edit"),
    path("kalender/dag/<str:day>/ta-bort/", calendar.calendar_day_remove, name="calendar-day-remove"),
    path("riktlinjen/", guideline.guideline, name="guideline"),
    path("riktlinjen/andra/", guideline.guideline_change, name="guideline-change"),
    path("riktlinjen/provning/", guideline.guideline_review, name="guideline-review"),
]
