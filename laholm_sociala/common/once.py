"""What is asked several times while a page is put together, and worked out once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def each_once() -> Iterator[None]:
    """Work out each answer once until the end of the block, within which nothing may be changed."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Let a function keep its answers within `each_once`; elsewhere it is as it was. It takes what can be hashed."""

    @wraps(function)
    def answered(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        kept = _answers.get()
        if kept is None:
            return function(*args, **kwargs)
        asked = (function, args, tuple(sorted(kwargs.items())))
        if asked not in kept:
            kept[asked] = function(*args, **kwargs)
        return kept[asked]

    return answered
