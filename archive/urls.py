"""The archive's addresses: the diarium and the snapshots."""

from django.urls import path

from archive.urls_retention import urlpatterns as retention
from archive.views import (
    access,
    corrections,
    diary,
    documents,
    fixity,
    forwarding,
    inbox,
    list_of_records,
    manifests,
    matters,
    packages,
    records_answers,
    records_requests,
    series,
    snapshot_calendar,
    snapshot_files,
    snapshot_not_possible,
    snapshots,
)

app_name = "archive"
MATTER = "diarium/arende/<uuid:pk>/"
SNAPSHOTS = "arkiv/ogonblicksbilder/"
MANIFESTS = f"{SNAPSHOTS}fingeravtryck/"
ACCOUNT = f"{SNAPSHOTS}konto/<uuid:account_pk>/"
SNAPSHOT = f"{SNAPSHOTS}<uuid:pk>/"
DOCUMENT = "diarium/handling/<uuid:pk>/"
REQUEST = "diarium/begaran/<uuid:pk>/"
ITEM = f"{REQUEST}handling/<uuid:item_pk>/"
urlpatterns = [
    path("diarium/begaran/", records_requests.request_list, name="request-list"),
    path("diarium/begaran/ny/", records_requests.request_log, name="request-log"),
    path(REQUEST, records_requests.request_detail, name="request-detail"),
    path(f"{REQUEST}samla/", records_answers.request_gather, name="request-gather"),
    path(ITEM, records_answers.request_item, name="request-item"),
    path(f"{ITEM}fil/<int:number>/", records_answers.request_item_file, name="request-item-file"),
    path(f"{REQUEST}resten/", records_answers.request_rest, name="request-rest"),
    path(f"{REQUEST}pdf/", records_answers.request_pdf, name="request-pdf"),
    path(f"{REQUEST}lamna-ut/", records_answers.request_release, name="request-release"),
    path(f"{REQUEST}paket/", records_answers.request_package, name="request-package"),
    path(f"{REQUEST}avsla/", records_answers.request_refuse, name="request-refuse"),
    path(f"{REQUEST}avsluta/", records_requests.request_withdraw, name="request-withdraw"),
    path(f"{REQUEST}glom/", records_requests.request_forget, name="request-forget"),
    path(f"{REQUEST}historik/", records_requests.request_history, name="request-history"),
    path("diarium/", diary.document_list, name="document-list"),
    path("diarium/diarium.csv", diary.document_list_csv, name="document-list-csv"),
    path("diarium/inkorg/", inbox.handover_list, name="handover-list"),
    path("diarium/inkorg/<uuid:pk>/", inbox.handover_detail, name="handover-detail"),
    path("diarium/inkorg/<uuid:pk>/fil/<uuid:file_pk>/", inbox.handover_file, name="handover-file"),
    path("diarium/inkorg/<uuid:pk>/paket/", packages.handover_package, name="handover-package"),
    path("diarium/forteckning/", list_of_records.records_list, name="records-list"),
    path("diarium/serier/", series.series_list, name="series-list"),
    path("diarium/serier/<uuid:pk>/", series.series_edit, name="series-edit"),
    path("diarium/serier/<uuid:pk>/historik/", series.series_history, name="series-history"),
    path("diarium/registrera/", documents.document_register, name="document-register"),
    path("diarium/arenden/", matters.matter_search, name="matter-search"),
    path(MATTER, matters.matter_detail, name="matter-detail"),
    path(f"{MATTER}ratta/", corrections.matter_correct, name="matter-correct"),
    path(f"{MATTER}avsluta/", matters.matter_close, name="matter-close"),
    path(f"{MATTER}oppna/", matters.matter_reopen, name="matter-reopen"),
    path(f"{MATTER}makulera/", corrections.matter_cancel, name="matter-cancel"),
    path(f"{MATTER}historik/", matters.matter_history, name="matter-history"),
    path(DOCUMENT, documents.document_detail, name="document-detail"),
    path(f"{DOCUMENT}ratta/", corrections.document_correct, name="document-correct"),
    path(f"{DOCUMENT}makulera/", corrections.document_cancel, name="document-cancel"),
    path(f"{DOCUMENT}historik/", documents.document_history, name="document-history"),
    path(f"{DOCUMENT}skicka-vidare/", forwarding.document_forward, name="document-forward"),
    path(f"{DOCUMENT}vidare/<uuid:forwarding_pk>/", forwarding.forwarding_receive, name="forwarding-receive"),
    path("diarium/kvittens/<str:token>/", forwarding.receipt_confirm, name="receipt-confirm"),
    path(f"{DOCUMENT}atkomst/", access.document_access, name="document-access"),
    path(f"{DOCUMENT}atkomst/<uuid:access_pk>/avsluta/", access.document_access_end, name="document-access-end"),
    path(f"{DOCUMENT}paket/", packages.document_package, name="document-package"),
    path(f"{DOCUMENT}fil/<uuid:file_pk>/", documents.document_file, name="document-file"),
    path(SNAPSHOTS, snapshot_calendar.snapshot_list, name="snapshot-list"),
    path(f"{SNAPSHOTS}filer/", fixity.fixity, name="fixity"),
    path(MANIFESTS, manifests.manifest_list, name="manifest-list"),
    path(f"{MANIFESTS}<uuid:pk>/pdf/", manifests.manifest_pdf, name="manifest-pdf"),
    path(f"{MANIFESTS}<uuid:pk>/text/", manifests.manifest_text, name="manifest-text"),
    path(f"{ACCOUNT}", snapshots.snapshot_timeline, name="snapshot-timeline"),
    path(f"{ACCOUNT}skicka/", snapshots.snapshot_upload, name="snapshot-upload"),
    path(f"{ACCOUNT}kan-inte-tas/", snapshot_not_possible.snapshot_not_possible, name="snapshot-not-possible"),
    path(f"{ACCOUNT}jamfor/", snapshots.snapshot_compare, name="snapshot-compare"),
    path(SNAPSHOT, snapshots.snapshot_detail, name="snapshot-detail"),
    path(f"{SNAPSHOT}pdf/", snapshot_files.snapshot_pdf, name="snapshot-pdf"),
    path(f"{SNAPSHOT}stor/<uuid:file_pk>/", snapshots.snapshot_zoom, name="snapshot-zoom"),
    path(f"{SNAPSHOT}bild/<uuid:file_pk>/", snapshot_files.snapshot_picture, name="snapshot-picture"),
    path(f"{SNAPSHOT}original/<uuid:file_pk>/", snapshot_files.snapshot_original, name="snapshot-original"),
    *retention,
]
