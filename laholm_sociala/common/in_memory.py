"""Files that people send in, held in memory alone: what must not be kept has then never been on a disk."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from laholm_sociala.common.uploads import MOST_BYTES

MOST_FILES: Final = 10
MOST_TOGETHER: Final = 60 * 1024 * 1024

View = Callable[..., HttpResponse]


class InMemoryFiles(FileUploadHandler):
    """Holds files in memory, and lets go of those that are too many or too large while the rest of the form is read.

    `let_go` tells their names afterwards.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.let_go: list[str] = []
        self._together = self._files = 0
        self._content = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._files += 1
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of the file, or let go of it whole."""
        self._together += len(raw_data)
        too_large = start + len(raw_data) > MOST_BYTES or self._together > MOST_TOGETHER
        if too_large or self._files > MOST_FILES:
            self._together -= start + len(raw_data)
            self._content = BytesIO()
            self.let_go.append(self.file_name or "")
            raise SkipFile
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the whole file."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def files_in_memory(view: View) -> View:
    """Let a view take files that never touch a disk. `let_go(request)` tells which were too many or too large."""
    protected = csrf_protect(view)

    # The token is looked for in the form, which must not be read before it is said where its files go.
    @csrf_exempt
    @wraps(view)
    def prepared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemoryFiles(request)]
        return protected(request, *args, **kwargs)

    return prepared


def let_go(request: HttpRequest) -> list[str]:
    """Return the names of the files that were too many or too large, once the form has been read."""
    return [name for handler in request.upload_handlers for name in getattr(handler, "let_go", [])]
