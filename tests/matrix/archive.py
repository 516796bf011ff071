"""The addresses of archive."""

from datetime import timedelta

from accounts.enums import ViewedList
from accounts.models import SavedView, User
from archive.models import Document, Forwarding, RecordsRequest, Series
from archive.services.access import grant_access
from archive.services.entries import File
from archive.services.forwarding import receipt_path
from archive.services.records_answers import release
from tests.archive.factories import SeriesFactory, asked_for, document, forwarded, handed_over, registrar_of
from tests.archive.request_factories import gathered, judged
from tests.cast import Cast
from tests.clock import NOW
from tests.matrix.roles import NOBODY, LeadsTo, Rows, everyone, only

REGISTRAR = only("registrar")
IN_THE_BOARD = only("registrar", others=404)
TAKES_DOWN = only("registrar", "communications")
SETS_UP = only("registrar", "administrator", others=404)

# For each name, who gets what by GET and by POST.
ROWS: Rows = {
    "archive:document-list": (REGISTRAR, NOBODY),
    "archive:diary-view-save": (NOBODY, only("registrar", status=302)),
    "archive:diary-view-forget": (NOBODY, only("registrar", status=302)),
    "archive:public-preview": (NOBODY, REGISTRAR),
    "archive:records-list": (REGISTRAR, NOBODY),
    "archive:document-list-csv": (REGISTRAR, NOBODY),
    "archive:handover-list": (REGISTRAR, NOBODY),
    "archive:handover-detail": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:handover-file": (IN_THE_BOARD, NOBODY),
    "archive:handover-package": (IN_THE_BOARD, NOBODY),
    "archive:document-package": (IN_THE_BOARD, NOBODY),
    "archive:series-list": (only("registrar", "administrator"), NOBODY),
    "archive:series-edit": (SETS_UP, SETS_UP),
    "archive:series-history": (SETS_UP, NOBODY),
    "archive:document-register": (REGISTRAR, REGISTRAR),
    "archive:matter-search": (REGISTRAR, NOBODY),
    "archive:matter-detail": (IN_THE_BOARD, NOBODY),
    "archive:matter-correct": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:matter-close": (NOBODY, only("registrar", status=302, others=404)),
    "archive:matter-reopen": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:matter-cancel": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:matter-history": (IN_THE_BOARD, NOBODY),
    "archive:document-detail": (IN_THE_BOARD, NOBODY),
    "archive:document-correct": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-cancel": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-history": (IN_THE_BOARD, NOBODY),
    "archive:document-file": (IN_THE_BOARD, NOBODY),
    "archive:document-access": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-access-end": (NOBODY, only("registrar", status=302, others=404)),
    "archive:document-mark": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-mark-lift": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:document-forward": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:forwarding-receive": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:request-list": (TAKES_DOWN, NOBODY),
    "archive:request-log": (TAKES_DOWN, TAKES_DOWN),
    "archive:request-detail": (IN_THE_BOARD, NOBODY),
    "archive:request-gather": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:request-item": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:request-item-file": (IN_THE_BOARD, NOBODY),
    "archive:request-rest": (NOBODY, only("registrar", status=302, others=404)),
    "archive:request-pdf": (IN_THE_BOARD, NOBODY),
    "archive:request-release": (IN_THE_BOARD, only("registrar", status=302, others=404)),
    "archive:request-package": (IN_THE_BOARD, NOBODY),
    "archive:request-refuse": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:request-withdraw": (IN_THE_BOARD, IN_THE_BOARD),
    "archive:request-forget": (NOBODY, only("registrar", status=302, others=404)),
    "archive:request-history": (IN_THE_BOARD, NOBODY),
    "archive:receipt-confirm": (everyone(200), everyone(200)),
}


def registered(cast: Cast) -> Document:
    board = cast.culture_board
    series = Series.objects.filter(board=board).first() or SeriesFactory(board=board)
    file = File("brev.pdf", "application/pdf", b"%PDF")
    return document(series.board, by=registrar_of(board), files=[file])


def secret_handling(cast: Cast) -> Document:
    kept = registered(cast)
    return document(kept.matter.board, by=registrar_of(cast.culture_board), is_restricted=True)


def marked(cast: Cast) -> dict[str, object]:
    kept = registered(cast)
    marked = document(kept.matter.board, by=registrar_of(cast.culture_board), provisions=["OSL 21 kap. 1 §"])
    return {"pk": marked.pk, "mark_pk": marked.marks.get().pk}


def let_in(cast: Cast) -> dict[str, object]:
    kept = secret_handling(cast)
    by, until = registrar_of(cast.culture_board), NOW.date() + timedelta(days=30)
    access = grant_access(kept.pk, user=cast.assistant, reason="Handlägger", last_on=until, by=by, now=NOW)
    return {"pk": kept.pk, "access_pk": access.pk}


def registered_file(cast: Cast) -> dict[str, object]:
    kept = registered(cast)
    return {"pk": kept.pk, "file_pk": kept.files.get().pk}


def sent_on(cast: Cast) -> dict[str, object]:
    kept = registered(cast)
    return {"pk": kept.pk, "forwarding_pk": forwarded(kept, by=registrar_of(cast.culture_board)).pk}


def receipt_link(cast: Cast) -> dict[str, object]:
    return {"token": receipt_path(Forwarding.objects.get(pk=sent_on(cast)["forwarding_pk"])).split("/")[-2]}


def handed_over_file(cast: Cast) -> dict[str, object]:
    handover = handed_over(cast.culture_board, is_restricted=False)
    return {"pk": handover.pk, "file_pk": handover.files.get().pk}


def asked(cast: Cast) -> RecordsRequest:
    kept, registrar = registered(cast), registrar_of(cast.culture_board)
    return gathered(asked_for(cast.culture_board, by=registrar), matter=kept.matter, by=registrar)


def asked_item(cast: Cast) -> dict[str, object]:
    item = asked(cast).items.get()
    return {"pk": item.request_id, "item_pk": item.pk}


def given_out(cast: Cast) -> RecordsRequest:
    request, registrar = asked(cast), registrar_of(cast.culture_board)
    judged(request, by=registrar)
    release(request.pk, by=registrar, now=NOW)
    return request


def own_view(cast: Cast) -> SavedView:
    owner = User.objects.get(role_assignments__role_id="registrator", role_assignments__board=cast.culture_board)
    return SavedView.objects.create(owner=owner, list=ViewedList.DIARY, name="Mina", query="q=a")


# What stands in the address: the first line whose name begins the address's own.
LEADS_TO: LeadsTo = {
    "archive:diary-view-forget": own_view,
    "archive:handover-file": handed_over_file,
    "archive:handover-": lambda cast: handed_over(cast.culture_board, is_restricted=False),
    "archive:document-file": registered_file,
    "archive:document-mark-lift": marked,
    "archive:document-access-end": let_in,
    "archive:document-access": secret_handling,
    "archive:forwarding-receive": sent_on,
    "archive:receipt-confirm": receipt_link,
    "archive:request-item-file": lambda cast: {**asked_item(cast), "number": 0},
    "archive:request-item": asked_item,
    "archive:request-pdf": given_out,
    "archive:request-package": given_out,
    "archive:request-": asked,
    "archive:series-": lambda cast: registered(cast).matter.board,
    "archive:matter-": lambda cast: registered(cast).matter,
    "archive:document-": registered,
}
