"""The only way out of the browser that captures: a forward proxy on loopback that asks the guard for each connection.

Chromium is told to use it for everything, loopback too, and to look up no name itself. So a redirect, a script, a frame
or a name that changes its answer all end here, at one question: which addresses may this connection go to?
"""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from archive.capture.addresses import Address
from archive.capture.guard import EgressGuard, ForbiddenError

CONNECT_SECONDS: Final = 10
HEAD_SECONDS: Final = 30
MOST_HEAD_BYTES: Final = 256 * 1024
CHUNK: Final = 64 * 1024
END_OF_HEAD: Final = b"\r\n\r\n"
# Between two neighbours only, or what would make of one request something else than one answer.
NOT_PASSED_ON: Final = frozenset(
    {"connection", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "upgrade"}
)
PORT: Final = re.compile(r"[0-9]{1,5}")

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Connect = Callable[[str, int, str], "asyncio.Future[tuple[Reader, Writer]]"]


class _BadRequestError(Exception):
    """The browser sent something that no browser sends."""


@dataclass(frozen=True)
class _Head:
    """The first line of a request or an answer, and its headers."""

    start: str
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, raw: bytes) -> Self:
        start, *lines = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        pairs = [line.partition(":") for line in lines]
        if not all(colon and name == name.strip() for name, colon, _value in pairs):
            raise _BadRequestError(start)
        return cls(start, tuple((name, value.strip()) for name, _colon, value in pairs))

    def values(self, name: str) -> list[str]:
        return [value for header, value in self.headers if header.lower() == name]

    def passed_on(self, start: str | None = None) -> bytes:
        """Return the head as it goes on: one request a connection, so that no second rides along to another host."""
        kept = [f"{name}: {value}" for name, value in self.headers if name.lower() not in NOT_PASSED_ON]
        return "\r\n".join([self.start if start is None else start, *kept, "Connection: close", "", ""]).encode(
            "latin-1"
        )


class GuardedProxy:
    """Runs while its `with` block does, in a thread of its own. `address` is what the browser is told."""

    def __init__(self, guard: EgressGuard, *, most_bytes: int) -> None:
        self.guard = guard
        self.bytes_left = most_bytes
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="egress-proxy", daemon=True)

    @property
    def address(self) -> str:
        """The proxy's own address."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._open: set[asyncio.Task] = set()
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, limit=MOST_HEAD_BYTES)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _answer(self, reader: Reader, writer: Writer) -> None:
        task = asyncio.current_task()
        self._open.add(task)  # type: ignore[arg-type]
        try:
            await self._handle(reader, writer)
        except ForbiddenError:
            await _say(writer, "403 Forbidden")
        except _BadRequestError:
            await _say(writer, "400 Bad Request")
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await _say(writer, "502 Bad Gateway")
        except asyncio.CancelledError:
            pass  # the capture is over
        finally:
            self._open.discard(task)  # type: ignore[arg-type]
            writer.close()

    async def _handle(self, reader: Reader, writer: Writer) -> None:
        async with asyncio.timeout(HEAD_SECONDS):
            head = _Head.read(await reader.readuntil(END_OF_HEAD))
        method, target, *_version = [*head.start.split(" "), "", ""]
        if method == "CONNECT":
            await self._tunnel(target, reader, writer)
        else:
            await self._forward(head, method, target, reader, writer)

    async def _tunnel(self, target: str, reader: Reader, writer: Writer) -> None:
        host, _colon, port = target.rpartition(":")
        async with self._connected(host, port, "https") as (far_reader, far_writer):
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await _first_to_end(self._pump(reader, far_writer), self._pump(far_reader, writer))

    async def _forward(self, head: _Head, method: str, target: str, reader: Reader, writer: Writer) -> None:
        try:
            parts = urlsplit(target)
            host, port = parts.netloc, str(parts.port or 80)
        except ValueError as error:
            raise _BadRequestError(target) from error
        if parts.scheme != "http" or head.values("transfer-encoding"):
            raise _BadRequestError(target)
        length = _length(head)
        host = host.removesuffix(f":{port}")
        path = target.split("#", 1)[0].removeprefix(f"http://{parts.netloc}") or "/"
        async with self._connected(host, port, "http") as (far_reader, far_writer):
            far_writer.write(head.passed_on(f"{method} {path} HTTP/1.1"))
            await self._pump(reader, far_writer, most=length)
            answer = _Head.read(await far_reader.readuntil(END_OF_HEAD))
            writer.write(answer.passed_on())
            await self._pump(far_reader, writer)

    @asynccontextmanager
    async def _connected(self, host: str, port: str, scheme: str) -> AsyncIterator[tuple[Reader, Writer]]:
        if not PORT.fullmatch(port):
            raise self.guard.refuse(f"{host}:{port}", "porten går inte att läsa")
        addresses = await asyncio.to_thread(self.guard.addresses, host, int(port), scheme)
        reader, writer = await _connect(addresses, int(port))
        try:
            yield reader, writer
        finally:
            writer.close()

    async def _pump(self, reader: Reader, writer: Writer, most: int | None = None) -> None:
        """Carry bytes until they end, or `most` of them; the capture's whole allowance is shared by all."""
        while most is None or most > 0:
            data = await reader.read(CHUNK if most is None else min(CHUNK, most))
            if not data:
                break
            self.bytes_left -= len(data)
            if self.bytes_left < 0:
                raise self.guard.refuse("resten av sidan", "den är för stor")
            most = None if most is None else most - len(data)
            writer.write(data)
            await writer.drain()


async def _connect(addresses: Iterable[Address], port: int) -> tuple[Reader, Writer]:
    for address in addresses:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(CONNECT_SECONDS):
                return await asyncio.open_connection(str(address), port, limit=MOST_HEAD_BYTES)
    raise ConnectionError("Ingen av adresserna svarar.")


async def _first_to_end(*ways: "asyncio._CoroutineLike[None]") -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _say(writer: Writer, status: str) -> None:
    with suppress(OSError):
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii"))
        await writer.drain()


def _length(head: _Head) -> int:
    lengths = set(head.values("content-length")) or {"0"}
    length = lengths.pop()
    if lengths or not length.isdecimal():
        raise _BadRequestError(head.start)
    return int(length)
