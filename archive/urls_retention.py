"""The addresses of gallring: plans, gallringsstopp and what is due."""

from django.urls import path

from archive.views import gallring, holds, retention_plans

BOARD = "gallring/<uuid:pk>/"
PLAN = "gallring/plan/<uuid:pk>/"
HOLD = "gallring/stopp/<uuid:pk>/"
urlpatterns = [
    path("gallring/", gallring.due_boards, name="due-boards"),
    path(BOARD, gallring.due_detail, name="due-detail"),
    path(f"{BOARD}stickprov/<slug:code>/", gallring.due_sample, name="due-sample"),
    path(f"{BOARD}inaktuellt/<slug:code>/", holds.irrelevance_assert, name="irrelevance-assert"),
    path(f"{BOARD}plan/", retention_plans.plan_list, name="plan-list"),
    path(f"{BOARD}plan/nytt/", retention_plans.plan_propose, name="plan-propose"),
    path(PLAN, retention_plans.plan_detail, name="plan-detail"),
    path(f"{PLAN}regel/<slug:code>/", retention_plans.plan_rule, name="plan-rule"),
    path(f"{PLAN}beslut/", retention_plans.plan_decide, name="plan-decide"),
    path(f"{PLAN}historik/", retention_plans.plan_history, name="plan-history"),
    path(f"{BOARD}stopp/", holds.hold_list, name="hold-list"),
    path(f"{BOARD}stopp/nytt/", holds.hold_place, name="hold-place"),
    path(HOLD, holds.hold_detail, name="hold-detail"),
    path(f"{HOLD}omprova/", holds.hold_review, name="hold-review"),
    path(f"{HOLD}hav/", holds.hold_release, name="hold-release"),
    path(f"{HOLD}historik/", holds.hold_history, name="hold-history"),
]
