"""A little mail server that keeps every letter instead of passing it on."""

import logging
import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from laholm_sociala.demo import mailbox
from laholm_sociala.demo.environment import HOST


class MailCatcher:
    """Listens on this computer alone, at a free port, in a thread of its own."""

    def __init__(self) -> None:
        self.port = _free_port()
        self._controller = Controller(self, hostname=HOST, port=self.port)

    def start(self) -> None:
        """Begin to take mail."""
        mailbox.folder()
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells every word of SMTP
        self._controller.start()

    def stop(self) -> None:
        """Take no more mail."""
        self._controller.stop(no_assert=True)

    @property
    def is_running(self) -> bool:
        """Tell whether mail is taken."""
        thread = self._controller._thread
        return thread is not None and thread.is_alive()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the letter, and answer as a mail server does."""
        mailbox.keep(envelope.original_content or b"", list(envelope.rcpt_tos))
        return "250 OK"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
