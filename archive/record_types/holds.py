"""What the diarium and open applications hold by themselves."""

from accounts.enums import OPEN_APPLICATION
from accounts.models import Application
from archive.enums import HandoverStatus
from archive.models import Handover, Matter, RecordsRequest, RecordsRequestItem
from archive.retention import AutomaticHold, add_automatic_holds, hold_while_delivered, record_types


def add_holds_of_the_diary() -> None:
    """Add what the diarium holds by itself: open ärenden and requests, and what waits in the inbox."""
    add_automatic_holds(
        AutomaticHold(
            "open_matter",
            "Öppet ärende",
            {"archive.matter": lambda: Matter.objects.open().values("pk")},
        ),
        AutomaticHold(
            "open_request",
            "Öppen begäran om allmän handling",
            {
                "archive.recordsrequest": lambda: RecordsRequest.objects.open().order_by().values("pk"),
                "archive.document": lambda: RecordsRequestItem.objects.held("document"),
                "accounts.account": lambda: RecordsRequestItem.objects.held("account"),
                "accounts.application": lambda: RecordsRequestItem.objects.held("application"),
            },
        ),
        hold_while_delivered("open_transfer", sorted({"archive.matter", *_goes_after_delivery()})),
        AutomaticHold(
            "waiting_handover",
            "Väntar på registratorn",
            {"archive.handover": lambda: Handover.objects.filter(status=HandoverStatus.WAITING).values("pk")},
        ),
        AutomaticHold(
            "open_application",
            "Öppen uppstart",
            {"accounts.application": lambda: Application.objects.filter(status__in=OPEN_APPLICATION).values("pk")},
        ),
    )


def _goes_after_delivery() -> set[str]:
    return {one.kind for one in record_types() if one.may_go_after_delivery}
