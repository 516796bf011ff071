"""The addresses of leveranser to the e-archive."""

from django.urls import path

from archive.views import transfers

TRANSFERS = "arkiv/leveranser/"
BOARD = f"{TRANSFERS}namnd/<uuid:pk>/"
TRANSFER = f"{TRANSFERS}<uuid:pk>/"
urlpatterns = [
    path(TRANSFERS, transfers.transfer_boards, name="transfer-boards"),
    path(BOARD, transfers.transfer_list, name="transfer-list"),
    path(f"{BOARD}uppgifter/", transfers.transfer_details, name="transfer-details"),
    path(f"{BOARD}forbered/", transfers.transfer_prepare, name="transfer-prepare"),
    path(TRANSFER, transfers.transfer_detail, name="transfer-detail"),
    path(f"{TRANSFER}packa/", transfers.transfer_pack, name="transfer-pack"),
    path(f"{TRANSFER}framsteg/", transfers.transfer_progress, name="transfer-progress"),
    path(f"{TRANSFER}paket/", transfers.transfer_package, name="transfer-package"),
    path(f"{TRANSFER}overlamnad/", transfers.transfer_hand_over, name="transfer-hand-over"),
    path(f"{TRANSFER}kvittens/", transfers.transfer_receipt, name="transfer-receipt"),
    path(f"{TRANSFER}avbryt/", transfers.transfer_cancel, name="transfer-cancel"),
    path(f"{TRANSFER}historik/", transfers.transfer_history, name="transfer-history"),
]
