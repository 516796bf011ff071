"""Hjälp: the handbook, searchable."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from laholm_sociala.handbook.chapters import chapters, search


@require_GET
def handbook(request: HttpRequest) -> HttpResponse:
    """The table of contents, or what the search found."""
    words = request.GET.get("q", "")[:100]
    context = {"chapters": chapters(), "words": words, "hits": search(words)}
    return render(request, "handbook/contents.html", context)


@require_GET
def handbook_chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter."""
    chapter = next((chapter for chapter in chapters() if chapter.slug == slug), None)
    if chapter is None:
        raise Http404
    return render(request, "handbook/chapter.html", {"chapter": chapter})
