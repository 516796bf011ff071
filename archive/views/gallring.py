"""Att gallra: what is due at a board, and samples of it. For those who prepare, decide and advise."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import Board, User
from archive.due_page import due_page, sample_of
from archive.models import DECIDE_DISPOSAL, PREPARE_DISPOSAL, VIEW_DISPOSAL
from archive.retention import RecordType, record_type


def boards_with_gallring(user: User) -> QuerySet[Board]:
    """Return the boards whose gallring the person prepares, decides or advises on."""
    return (
        Board.objects.all() if user.may(VIEW_DISPOSAL) else Board.objects.filter(pk__in=user.boards_with(VIEW_DISPOSAL))
    )


def visible_board(request: HttpRequest, pk: UUID) -> Board:
    """Return the board, or 404 to those who have no part in its gallring."""
    return get_object_or_404(boards_with_gallring(request.user), pk=pk)


def require_permission(request: HttpRequest, board: Board, *permissions: str) -> None:
    """Raise PermissionDenied unless the person holds one of the permissions for the board."""
    if not any(request.user.may(permission, board) for permission in permissions):
        raise PermissionDenied


def known_type(code: str) -> RecordType:
    """Return the handlingstyp, or 404."""
    found = record_type(code)
    if found is None:
        raise Http404
    return found


@require_GET
def due_boards(request: HttpRequest) -> HttpResponse:
    """The boards whose gallring the person works with; straight to it where there is one."""
    boards = list(boards_with_gallring(request.user))
    if not boards:
        raise PermissionDenied
    if len(boards) == 1:
        return redirect("archive:due-detail", boards[0].pk)
    return render(request, "archive/retention/due_boards.html", {"boards": boards})


@require_GET
def due_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What can be disposed of, what is held and by what, and what no decision covers."""
    board = visible_board(request, pk)
    return render(request, "archive/retention/due_detail.html", due_page(board, request.user, timezone.now()))


@require_GET
def due_sample(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Some of the objects of a handlingstyp that can be disposed of, the longest due first."""
    board, one = visible_board(request, pk), known_type(code)
    user: Any = request.user
    may_stop = user.may(PREPARE_DISPOSAL, board) or user.may(DECIDE_DISPOSAL, board)
    rows = sample_of(one, board, user, timezone.now())
    context = {"board": board, "record_type": one, "rows": rows, "may_stop": may_stop}
    return render(request, "archive/retention/due_sample.html", context)
