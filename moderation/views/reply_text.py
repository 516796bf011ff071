"""Ready answers: one's own, and those of one's verksamhet."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from laholm_sociala.common.views import refusal_in
from moderation.forms.reply_text import NewReplyTextForm, ReplyTextForm
from moderation.models import ReplyText
from moderation.services import reply_texts


@require_http_methods(["GET", "POST"])
def reply_text_list(request: HttpRequest) -> HttpResponse:
    """Those that one can use, and one more."""
    form = NewReplyTextForm(request.POST or None)
    if request.method == "POST":
        form = NewReplyTextForm(request.POST)
        if form.is_valid():
            with refusal_in(form):
                reply_texts.add(**form.cleaned_data, by=request.user, now=timezone.now())
                messages.success(request, "Texten är sparad, och finns när du svarar.")
                return redirect("moderation:reply-text-list")
    texts = ReplyText.objects.usable_by(request.user).select_related("unit")
    return render(request, "moderation/reply_text_list.html", {"texts": texts, "form": form})


@require_http_methods(["GET", "POST"])
def reply_text_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one."""
    ready = get_object_or_404(ReplyText.objects.usable_by(request.user), pk=pk)
    form = ReplyTextForm(
        request.POST if request.method == "POST" else None, initial={"name": ready.name, "text": ready.text}
    )
    if form.is_valid():
        with refusal_in(form):
            reply_texts.change(pk, **form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, "Texten är ändrad.")
            return redirect("moderation:reply-text-list")
    context = {
        "title": "Ändra texten",
        "button": "Spara",
        "form": form,
        "back_url": reverse("moderation:reply-text-list"),
        "back_text": "Färdiga svar",
    }
    return render(request, "components/confirm.html", context)


@require_POST
def reply_text_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove one."""
    ready = get_object_or_404(ReplyText.objects.usable_by(request.user), pk=pk)
    reply_texts.forget(ready.pk, by=request.user, now=timezone.now())
    messages.success(request, f"{ready} är borttagen. Det du har svarat med den står kvar.")
    return redirect("moderation:reply-text-list")
