"""One post: reading it, and what is done with it."""

from django.urls import path

from moderation.views import block, case, case_more, reply_text

CASE = "<uuid:pk>/"

urlpatterns = [
    path("blockeringar/", block.block_list, name="block-list"),
    path("blockeringar/<uuid:pk>/", block.block_detail, name="block-detail"),
    path("svar/", reply_text.reply_text_list, name="reply-text-list"),
    path("svar/<uuid:pk>/", reply_text.reply_text_edit, name="reply-text-edit"),
    path("svar/<uuid:pk>/ta-bort/", reply_text.reply_text_forget, name="reply-text-forget"),
    path(CASE, case.case_detail, name="case-detail"),
    path(f"{CASE}avsluta/", case.case_settle, name="case-settle"),
    path(f"{CASE}anteckna/", case_more.case_note, name="case-note"),
    path(f"{CASE}polisanmalan/", case_more.case_police, name="case-police"),
    path(f"{CASE}plattformen/", case_more.case_platform, name="case-platform"),
    path(f"{CASE}fraga/", case_more.case_ask, name="case-ask"),
    path(f"{CASE}rad/", case_more.case_advise, name="case-advise"),
    path(f"{CASE}galler/", case_more.case_reclassify, name="case-reclassify"),
    path(f"{CASE}publicerat/", case_more.case_start, name="case-start"),
    path(f"{CASE}oppna-igen/", case_more.case_reopen, name="case-reopen"),
    path(f"{CASE}incident/", case_more.case_incident, name="case-incident"),
    path(f"{CASE}blockera/", case_more.case_block, name="case-block"),
]
