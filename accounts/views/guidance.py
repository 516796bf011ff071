"""Råd och regler: what the guideline asks of everyone, and a way to ask (R04, R33)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.forms.question import QuestionForm
from accounts.services.limits import EDIT_GUIDELINE
from accounts.services.questions import ask_communications


@require_http_methods(["GET", "POST"])
def guidance(request: HttpRequest) -> HttpResponse:
    """The rules in short, and a question to kommunikationsenheten."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_communications(question=form.cleaned_data["question"], by=request.user, now=timezone.now())
        messages.success(request, "Frågan är skickad. Kommunikationsenheten svarar till din e-post.")
        return redirect("accounts:guidance")
    context = {"form": form, "may_edit_guideline": request.user.may(EDIT_GUIDELINE)}
    return render(request, "accounts/guidance.html", context)
