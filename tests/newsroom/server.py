"""A small HTTP server on loopback that remembers each request."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived, and how it was answered."""

    time: float
    """Seconds since the epoch, at arrival."""
    path: str
    """Path and query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    status: int
    """0 when the connection was dropped without an answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. Status 0 drops the connection."""

    body: bytes = b""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0


class LocalServer:
    """Serves `answer(path, headers)` on 127.0.0.1 until the `with` block ends.

    Port 0 lets the system choose a free one. Each connection has its own thread, so a slow
    answer holds up no other.
    """

    def __init__(self, answer: Callable[[str, Mapping[str, str]], Reply], port: int = 0) -> None:
        self.requests: list[Request] = []
        self.answer = answer
        self._stopping = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self.base_url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _respond(self, handler: BaseHTTPRequestHandler) -> None:
        arrived = time.time()
        headers = {name.lower(): value for name, value in handler.headers.items()}
        reply = self.answer(handler.path, headers)
        self.requests.append(Request(arrived, handler.path, headers, reply.status))
        self._stopping.wait(reply.delay_s)
        if reply.status == 0:
            handler.close_connection = True
            return
        self._send(handler, reply)

    @staticmethod
    def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        if reply.media_type and reply.status != 304:
            handler.send_header("Content-Type", reply.media_type)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(reply.body)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # connections stay open, as on a real site
            timeout = 30  # seconds after which an idle connection is closed

            def do_GET(self) -> None:
                # A client that stops reading (a size limit, Ctrl-C) is no fault here.
                try:
                    server._respond(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            do_HEAD = do_GET  # noqa: N815  (names that http.server looks for)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Keep the terminal quiet; `requests` has it all."""

        return Handler
