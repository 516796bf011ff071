"""Blocking somebody: kommunikationsenheten reads what was proposed, decides, and looks it over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from laholm_sociala.common.views import refusal_in, requires
from moderation.enums import OPEN_BLOCK, BlockStatus
from moderation.forms.block import DecideBlockForm, ReviewBlockForm
from moderation.models import OVERSEE, Block
from moderation.services import blocking


@require_GET
@requires(OVERSEE)
def block_list(request: HttpRequest) -> HttpResponse:
    """Those that wait for a decision, and those that stand."""
    blocks = _visible(request).filter(status__in=OPEN_BLOCK).order_by("-status", "review_on", "proposed_at")
    return render(request, "moderation/block_list.html", {"blocks": blocks})


@require_http_methods(["GET", "POST"])
@requires(OVERSEE)
def block_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read why, and decide; or look it over."""
    block = get_object_or_404(_visible(request), pk=pk)
    form = _form(block, request)
    if form is not None and form.is_valid():
        with refusal_in(form):
            after = _do(pk, form, request)
            messages.success(request, _said(after))
            return redirect("moderation:block-detail", pk)
    return render(request, "moderation/block_detail.html", {"blocking": block, "form": form})


def _visible(request: HttpRequest):
    """Those of posts that the person may see: one that may be secret since has none to decide it here."""
    return Block.objects.filter(case__is_restricted=False).presented()


def _form(block: Block, request: HttpRequest) -> DecideBlockForm | ReviewBlockForm | None:
    data = request.POST if request.method == "POST" else None
    match block.status:
        case BlockStatus.PROPOSED:
            return DecideBlockForm(data)
        case BlockStatus.DECIDED:
            return ReviewBlockForm(data)
        case _:
            return None


def _do(pk: UUID, form: DecideBlockForm | ReviewBlockForm, request: HttpRequest) -> Block:
    known, how = form.cleaned_data, {"by": request.user, "now": timezone.now()}
    match known["decision"]:
        case "decide":
            return blocking.decide(pk, term=form.term(), reason=known["reason"], **how)
        case "refuse":
            return blocking.refuse(pk, reason=known["reason"], **how)
        case "keep":
            return blocking.keep(pk, review_on=known["review_on"], reason=known["reason"], **how)
        case _:
            return blocking.lift(pk, reason=known["reason"], **how)


def _said(block: Block) -> str:
    match block.status:
        case BlockStatus.DECIDED:
            return (
                f"Blockeringen gäller till och med {block.ends_on:%Y-%m-%d}. Den omprövas {block.review_on:%Y-%m-%d}."
            )
        case BlockStatus.REFUSED:
            return "Förslaget är avslaget. Den som föreslog det får mejl."
        case _:
            return "Blockeringen är hävd."
