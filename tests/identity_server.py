"""A sign-in of a municipality's own on this computer: OpenID Connect, and whoever the test says has signed in there."""

import json
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "laholm-sociala", "hemligt-mellan-oss"


class IdentityServer:
    """Answers as the standard says. `claims` is what it tells of the person; `asked` what it was sent for a token."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []
        self._server = HTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str) -> dict[str, Any]:
        """Return what stands at the address."""
        if path == "/.well-known/openid-configuration":
            places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{self.url}/{place}" for name, place in places.items()}
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **found}
        if path == "/userinfo":
            return self.claims
        now = int(time.time())
        about = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        return {"access_token": "åtkomst", "token_type": "Bearer", "id_token": jwt.encode(about, SECRET * 3)}

    def __enter__(self) -> "IdentityServer":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(server: IdentityServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(server.answer(urlsplit(self.path).path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.asked.append(parse_qs(sent))
            self.do_GET()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    return Handler
