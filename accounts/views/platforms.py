"""The platforms and how their addresses are read: kommunikationsenheten's, as data."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.addresses import AddressError, read_address
from accounts.forms.platform import PlatformForm
from accounts.models import Platform
from accounts.services import platforms
from accounts.services.platforms import EDIT_PLATFORMS
from laholm_sociala.common.changes import show_history
from laholm_sociala.common.views import refusal_in, requires


@require_GET
@requires(EDIT_PLATFORMS)
def platform_list(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/platforms/platform_list.html", {"platforms": Platform.objects.all()})


@require_http_methods(["GET", "POST"])
@requires(EDIT_PLATFORMS)
def platform_add(request: HttpRequest) -> HttpResponse:
    form = PlatformForm(request.POST or None)
    if request.method == "POST" and "prova" not in request.POST and form.is_valid():
        with refusal_in(form):
            platform = platforms.add_platform(form.details(), by=request.user, now=timezone.now())
            messages.success(request, f"{platform} är tillagd och går att välja när ett konto startas.")
            return redirect("accounts:platform-list")
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
@requires(EDIT_PLATFORMS)
def platform_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    platform = get_object_or_404(Platform, pk=pk)
    form = PlatformForm(request.POST or None, initial=PlatformForm.first_words(platform))
    if request.method == "POST" and "prova" not in request.POST and form.is_valid():
        with refusal_in(form):
            changed = platforms.change_platform(pk, form.details(), by=request.user, now=timezone.now())
            messages.success(request, f"Uppgifterna om {changed} är sparade.")
            return redirect("accounts:platform-list")
    return _page(request, form, platform)


@require_GET
@requires(EDIT_PLATFORMS)
def platform_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    platform = get_object_or_404(Platform, pk=pk)
    back = reverse("accounts:platform-edit", args=[pk])
    return show_history(request, platform, title=f"Historik för {platform}", back_url=back, back_text=platform.name)


def _page(request: HttpRequest, form: PlatformForm, platform: Platform | None) -> HttpResponse:
    tried = _tried(form, platform) if "prova" in request.POST else None
    context = {"form": form, "platform": platform, "tried": tried}
    return render(request, "accounts/platforms/platform_edit.html", context)


def _tried(form: PlatformForm, platform: Platform | None) -> dict[str, object] | None:
    """How the address would be read by what stands in the form. Nothing is saved."""
    if not form.is_valid():
        return None
    with refusal_in(form):
        rule = platforms.rule_for(form.details(), platform)
        try:
            return {"address": read_address(form.cleaned_data["try_address"], rule), "rule": rule}
        except AddressError as error:
            form.add_error("try_address", str(error))
    return None
