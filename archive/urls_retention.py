"""The addresses of gallring: plans, gallringsstopp and what is due."""

from django.urls import path

from archive.views import (
    assertions,
    disposal_items,
    disposal_progress,
    disposals,
    gallring,
    holds,
    retention_plans,
)

BOARD = "gallring/<uuid:pk>/"
PLAN = "gallring/plan/<uuid:pk>/"
RUN = "gallring/korning/<uuid:pk>/"
HOLD = "gallring/stopp/<uuid:pk>/"
urlpatterns = [
    path("gallring/", gallring.due_boards, name="due-boards"),
    path(BOARD, gallring.due_detail, name="due-detail"),
    path(f"{BOARD}stickprov/<slug:code>/", gallring.due_sample, name="due-sample"),
    path(f"{BOARD}inaktuellt/<slug:code>/", holds.irrelevance_assert, name="irrelevance-assert"),
    path(f"{BOARD}intyg/", assertions.assertion_list, name="assertion-list"),
    path("gallring/intyg/<uuid:pk>/aterta/", assertions.assertion_withdraw, name="assertion-withdraw"),
    path(f"{BOARD}korningar/", disposals.run_list, name="run-list"),
    path(f"{BOARD}forbered/", disposals.run_prepare, name="run-prepare"),
    path(RUN, disposals.run_detail, name="run-detail"),
    path(f"{RUN}lista.csv", disposal_items.run_items_csv, name="run-items-csv"),
    path(f"{RUN}lista/hamta/", disposals.run_list_anew, name="run-list-anew"),
    path(f"{RUN}lista/<slug:code>/", disposal_items.run_items, name="run-items"),
    path(f"{RUN}skicka/", disposals.run_submit, name="run-submit"),
    path(f"{RUN}ta-tillbaka/", disposals.run_take_back, name="run-take-back"),
    path(f"{RUN}skicka-tillbaka/", disposals.run_send_back, name="run-send-back"),
    path(f"{RUN}besluta/", disposals.run_approve, name="run-approve"),
    path(f"{RUN}rad/", disposals.run_advise, name="run-advise"),
    path(f"{RUN}framsteg/", disposal_progress.run_progress, name="run-progress"),
    path(f"{RUN}pausa/", disposal_progress.run_pause, name="run-pause"),
    path(f"{RUN}fortsatt/", disposal_progress.run_resume, name="run-resume"),
    path(f"{RUN}protokoll/", disposal_progress.run_protocol, name="run-protocol"),
    path(f"{RUN}protokoll.<str:ending>", disposal_progress.run_protocol_file, name="run-protocol-file"),
    path(f"{RUN}historik/", disposals.run_history, name="run-history"),
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
