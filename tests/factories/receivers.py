"""Local receivers of what goes out: a robot's platform over HTTP, a mail server over SMTP. Both on 127.0.0.1 only."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

TAKEN = {"errcode": 0, "errmsg": "ok"}


@dataclass
class Platform:
    """posts: (path with query, body). answer, status, location: what it says to the next ones."""

    port: int = 0
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answer: Any = field(default_factory=lambda: dict(TAKEN))
    status: int = 200
    location: str = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def platform() -> Iterator[Platform]:
    seen = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            seen.posts.append((self.path, json.loads(self.rfile.read(length))))
            body = json.dumps(seen.answer).encode()
            self.send_response(seen.status)
            if seen.location:
                self.send_header("Location", seen.location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            """Where a followed redirect would end."""
            seen.posts.append((self.path, {}))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            """Quiet."""

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        seen.port = port
        yield seen


@dataclass
class Mailbox:
    """letters: as received. refuse: every recipient is refused."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refuse: bool = False


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self._say("354 go on")
                    box.letters.append(message_from_bytes(self._letter(), policy=policy.default))  # type: ignore[arg-type]
                    self._say("250 ok")
                elif word == b"RCPT" and box.refuse:
                    self._say("550 unknown")
                elif word == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _letter(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return b"".join(lines)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with _running(server) as port:
        box.port = port
        yield box


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[index,misc]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class BrokenBackend(BaseEmailBackend):
    """A mail server that nobody reaches."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("connection to shanxue@example.com refused")
