"""To the municipality's own sign-in, and back from it."""

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import callback
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from accounts.single_sign_on import NO_ANSWER, PROVIDER, back_to_the_door


@login_not_required
@require_POST
def single_sign_on(request: HttpRequest) -> HttpResponse:
    if not settings.SSO_SERVER:
        raise Http404
    provider = get_adapter().get_provider(request, PROVIDER)
    try:
        return provider.redirect(request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except (RequestException, OAuth2Error):
        return back_to_the_door(request, NO_ANSWER)


@login_not_required
@require_GET
def single_sign_on_done(request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.SSO_SERVER:
        raise Http404
    return callback(request, provider_id)
