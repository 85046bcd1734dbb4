"""I speak HTTP/1.1 with kept connections, and drop them when a fault says so."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, Protocol

from tests.hub.answers import Answer, HungUp
from tests.hub.calls import Call

LINGER_NOT: Final = struct.pack("ii", 1, 0)
"""Closing a socket with this option resets the connection."""


class Desk(Protocol):
    """What takes a request from the wire, and answers it."""

    def serve(self, method: str, target: str, headers: Message, body: bytes) -> tuple[Call, Answer]:
        """The request, written down, and its answer, or HungUp."""
        ...


class Wire(ThreadingHTTPServer):
    """A server with one thread a connection, which can end all of them at once."""

    daemon_threads = True
    request_queue_size = 256
    # A port is free for the next server at once, but never shared with a foreign one.
    allow_reuse_port = False

    def __init__(self, desk: Desk, port: int) -> None:
        """Listen on the loopback address; port 0 takes a free one."""
        self.desk = desk
        self.crashes: list[BaseException] = []
        self.open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), Conversation)

    def server_bind(self) -> None:
        """Bind without asking for the host's name, which may take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """The next connection, remembered."""
        connection, address = super().get_request()
        with self._lock:
            self.open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """End a connection, and forget it."""
        if not isinstance(request, socket.socket):
            return
        with self._lock:
            self.open.discard(request)
        if _is_to_reset(request):
            # A polite end first would reach the client before the reset.
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def hang_up(self) -> None:
        """End all connections."""
        with self._lock:
            for connection in self.open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(
        self,
        request: socket.socket | tuple[bytes, socket.socket],  # noqa: ARG002 - socketserver's
        client_address: object,  # noqa: ARG002 - signature
    ) -> None:
        """Keep what broke the server itself; a client that left is no crash."""
        crash = sys.exception()
        if crash is not None and not isinstance(crash, ConnectionError):
            self.crashes.append(crash)


def _is_to_reset(connection: socket.socket) -> bool:
    size = len(LINGER_NOT)
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, size) == LINGER_NOT


class Conversation(BaseHTTPRequestHandler):
    """One connection: requests in, answers out."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Wire

    def take(self) -> None:
        """Read one request and answer it, or drop the line."""
        body = self._body()
        try:
            call, answer = self.server.desk.serve(self.command, self.path, self.headers, body)
        except HungUp as end:
            self.close_connection = True
            if end.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        else:
            self._send(answer, call)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(iter(self._chunk, b""))
        announced_count = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(announced_count)
        if len(body) < announced_count:
            raise ConnectionAbortedError("the client left in the middle of its request")
        return body

    def _chunk(self) -> bytes:
        chunk = self.rfile.read(int(self.rfile.readline().split(b";")[0], 16))
        self.rfile.readline()
        return chunk

    def _send(self, answer: Answer, call: Call) -> None:
        sent = {
            "X-Request-Id": f"call-{call.number}",
            "Content-Length": str(len(answer.body)),
            **answer.headers,
        }
        phrase = HTTPStatus(answer.status).phrase
        head = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{k}: {v}" for k, v in sent.items())]
        body = b"" if call.method == "HEAD" else answer.body[: answer.cut_count]
        # In one piece: a head that goes first would wait for the client's acknowledgement.
        self.wfile.write("\r\n".join([*head, "", ""]).encode("latin-1", "replace") + body)
        self.close_connection |= answer.cut_count is not None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
        """Say nothing: the calls are recorded."""


for _method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
    setattr(Conversation, f"do_{_method}", Conversation.take)
