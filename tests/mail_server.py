"""A mail server on this computer, that keeps what it is handed."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class _AnyPort(Controller):
    """Listens on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    """Takes any mail. `refuse` makes it answer with an error instead, as a server in trouble does."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse = ""
        self._controller = _AnyPort(self, hostname=self.host, port=0)

    @property
    def port(self) -> int:
        """Return the port that the system chose."""
        return int(self._controller.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message: aiosmtpd's own name for it."""
        if self.refuse:
            return self.refuse
        content: Any = envelope.content
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._controller.stop()
