"""What views share: who may, and how a refusal is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from laholm_sociala.common.errors import RefusedError

View = Callable[..., HttpResponse]


def requires(permission: str) -> Callable[[View], View]:
    """Let in only people with the permission for the municipality; others get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.may(permission):  # type: ignore[union-attr]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@contextmanager
def refusal_in(form: BaseForm) -> Iterator[None]:
    """Show a service's refusal beside the field it is about, else as the form's own, with everything typed kept."""
    try:
        yield
    except RefusedError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))


@contextmanager
def refusal_as_message(request: HttpRequest) -> Iterator[None]:
    """Show a service's refusal on the next page, where there is no form to show it in."""
    try:
        yield
    except RefusedError as error:
        messages.error(request, str(error))
