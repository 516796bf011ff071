"""The queue: what is most urgent first, and fresh while it is open (R12)."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET, require_POST

from accounts.services.terms import terms_for
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.paging import LongList
from laholm_sociala.common.views import refusal_as_message
from moderation import queue
from moderation.enums import Lane
from moderation.filters.queue import CaseFilter
from moderation.models import Case
from moderation.rows import Row, row
from moderation.services import taking
from moderation.statistics import may_follow_up
from moderation.views.visible import visible_case

STOP_ASKING = 286  # what htmx takes as "poll no more"


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """What waits, part by part."""
    return render(request, "moderation/case_list.html", {"queue": QueuePage(request)})


@login_not_required
@require_GET
def case_list_fresh(request: HttpRequest) -> HttpResponse:
    """The rows again, where something is new since last; nothing at all where it is not.

    A session may end while the queue lies open. Then that is said where news are said: a redirect would put the
    sign-in page where the rows stand.
    """
    if not request.user.is_authenticated:
        response = render(request, "moderation/parts/queue_signed_out.html", status=STOP_ASKING)
        response.headers["HX-Reswap"] = "none"
        return response
    page = QueuePage(request)
    if page.is_as(request.GET.get("sedan")):
        return HttpResponse(status=204)
    return render(request, "moderation/parts/queue_news.html", {"queue": page})


@require_GET
def case_closed_list(request: HttpRequest) -> HttpResponse:
    """What is done, the latest first."""
    now = timezone.now()
    closed = Case.objects.visible_to(request.user, timezone.localdate(now)).filter(closed_at__isnull=False)
    filtered = CaseFilter(request.GET, closed, user=request.user, own=queue.own_accounts(request.user, now), now=now)
    latest = filtered.qs.presented().order_by("-closed_at", "id")
    page = LongList(latest, queue.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": filtered,
        "page": page,
        "rows": [row(case, request.user, now) for case in page],
        "may_follow_up": may_follow_up(request.user, timezone.localdate(now)),
    }
    return render(request, "moderation/case_closed_list.html", context)


@require_POST
def case_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Jag tar den, and then to the post; what may be secret is opened by a step of its own."""
    case = visible_case(request, pk)
    with refusal_as_message(request):
        taking.take(pk, by=request.user, now=timezone.now())
        if not case.is_restricted:
            return redirect("moderation:case-detail", pk)
        messages.success(request, "Du har inlägget. När du öppnar det visas texten, och det antecknas.")
    return _back_to_queue()


@require_POST
def case_let_go(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody else take it."""
    visible_case(request, pk)
    with refusal_as_message(request):
        taking.let_go(pk, by=request.user, now=timezone.now())
        messages.success(request, "Du har släppt inlägget. Nu kan någon annan ta det.")
    return _back_to_queue()


@require_GET
def case_deadline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Så räknade vi: day by day, by what the deadline was measured by."""
    case = visible_case(request, pk)
    now = timezone.now()
    terms = terms_for(case.guideline_id, case.calendar_version_id)
    # What was found late is given as long from when we knew of it.
    begins = case.known_at if case.found_late else case.starts_at
    by_guideline = case.lane in {Lane.INAPPROPRIATE, Lane.SECRECY}
    context = {
        "row": row(case, request.user, now),
        "terms": terms,
        "days": terms.explain(begins, case.handle_by) if by_guideline else [],
    }
    return render(request, "moderation/case_deadline.html", context)


@require_GET
def case_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed what of the case, when and why. What the post says has a history of its own, not shown here."""
    case = visible_case(request, pk)
    title = f"Historik för inlägg på {case.account}" if case.is_restricted else f"Historik för {case}"
    back_url = reverse("moderation:case-detail", args=[pk])
    return show_history(request, case, title=title, back_url=back_url, back_text="Tillbaka till inlägget")


class QueuePage:
    """A page of the queue as one person sees it now; each thing is fetched where a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.user, self.now = request.user, timezone.now()
        self.own = queue.own_accounts(request.user, self.now)
        cases = Case.objects.visible_to(request.user, timezone.localdate(self.now)).open()
        self.filter = CaseFilter(request.GET, cases, user=request.user, own=self.own, now=self.now)
        self.counts = queue.count(self.filter.qs, self.own)
        self._wanted = request.GET.get("page")
        asked = request.GET.copy()
        asked.pop("sedan", None)
        self.query = asked.urlencode()

    @cached_property
    def page(self) -> Page:
        """The page itself."""
        cases = queue.in_order(self.filter.qs, self.own, self.now).presented()
        paginator = Paginator(cases, queue.PAGE_SIZE)
        paginator.count = self.counts.total  # counted already, together with one's own
        return paginator.get_page(self._wanted)

    @cached_property
    def fingerprint(self) -> str:
        """What is different as soon as anything on the page is."""
        shown = [queue.mark(case, self.now) for case in self.page]
        return queue.fingerprint(shown, self.counts, self.now)

    def is_as(self, fingerprint: str | None) -> bool:
        """Tell whether the page looks as it did, without fetching it."""
        shown = queue.marks(self.page.object_list, self.now)
        return fingerprint == queue.fingerprint(shown, self.counts, self.now)

    @cached_property
    def parts(self) -> list[tuple[queue.Part, list[Row]]]:
        """The rows, each under its part's heading."""
        rows = [row(case, self.user, self.now) for case in self.page]
        by_part = groupby(rows, key=lambda row: row.case.part)
        return [(queue.Part(part), list(rows)) for part, rows in by_part]

    @property
    def first(self) -> Row | None:
        """The one row with the filled button."""
        return self.parts[0][1][0] if self.parts and self.page.number == 1 else None


def _back_to_queue() -> HttpResponseRedirect:
    return redirect("moderation:case-list")
