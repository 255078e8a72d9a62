"""A server on this machine that plays documented answers, and fails in the ways in which servers fail.

A channel's own server is a subclass of `Played` with a method for each route; `moods` says how it behaves next.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.servers.certificates import Certificates
from tests.servers.counted import Counted

_NAMED, _TYPED = re.compile(r'\b(name|filename)="([^"]*)"'), re.compile(r"(?i)content-type: *([^\r\n]+)")
WELL = "well"
CLOSE_BEFORE, CLOSE_AFTER, HANG_BEFORE, HANG_AFTER = "close before", "close after", "hang before", "hang after"
FAIL_BEFORE, FAIL_AFTER, BROKEN, LIMITED = "500 before", "500 after", "broken JSON", "429"
MOODS = (CLOSE_BEFORE, CLOSE_AFTER, HANG_BEFORE, HANG_AFTER, FAIL_BEFORE, FAIL_AFTER, BROKEN, LIMITED)
"""How a call that writes may go wrong: before it is taken, or after."""


@dataclass
class Call:
    """One request as it came: `body` is the decoded JSON or form, `query` the last value of each name, `every` all.

    `files` are those of a form, by their fields: name, media type and content.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any = None
    raw: bytes = b""
    every: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)


@dataclass
class Reply:
    """What goes back: anything but bytes goes as JSON."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = Callable[[Call], Reply]


class Played:
    """Serves on 127.0.0.1 until `stop`. Subclasses answer in `serve`; `calls` keeps what came, in order."""

    hang: float = 60.0
    skew: float = 0.0
    """Seconds by which its clock is ahead."""

    def __init__(self, certificates: Certificates | None = None) -> None:
        """Over TLS where `certificates` are given."""
        self.calls: list[Call] = []
        self.moods: list[str] = []
        """How the next calls that write go, the first one first; none left: well."""
        self.lock = threading.RLock()
        self.heed: Callable[[str], object] | None = None
        """Hears when a call that writes has "arrived", and when it is "taken" and not answered yet."""
        self._ended = threading.Event()
        self._server = Counted(("127.0.0.1", 0), _handler(self))
        self.url = f"{'https' if certificates else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        if certificates is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates.certificate, certificates.key)
            # the handshake is left to the thread of each connection: one that fails must not stop the server
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def serve(self, call: Call) -> Reply:
        """The answer to a call."""
        raise NotImplementedError

    def writes(self, call: Call) -> bool:
        """Whether the moods concern this call."""
        return call.method != "GET"

    def answer(self, call: Call) -> Reply | None:
        """What goes back in the mood of the moment; None: the connection is closed without a word."""
        with self.lock:
            self.calls.append(call)
            mood = self.moods.pop(0) if self.moods and self.writes(call) else WELL
        told = self.heed if self.heed is not None and self.writes(call) else lambda _: None
        told("arrived")
        if mood == HANG_BEFORE:
            self._ended.wait(self.hang)
        if mood in (CLOSE_BEFORE, HANG_BEFORE):
            return None
        if mood == FAIL_BEFORE:
            return Reply({"error": "Something went wrong on our side"}, 500)
        if mood == LIMITED:
            return Reply({"error": "Too many requests"}, 429, {"Retry-After": "1"})
        with self.lock:
            reply = self.serve(call)
        told("taken")
        if mood == HANG_AFTER:
            self._ended.wait(self.hang)
        if mood in (CLOSE_AFTER, HANG_AFTER):
            return None
        if mood == FAIL_AFTER:
            return Reply({"error": "Something went wrong on our side"}, 500)
        return Reply(b'{"id": "12', reply.status, {"Content-Type": "application/json"}) if mood == BROKEN else reply

    def settle(self) -> None:
        """Come back when all that was sent to it has been read and done with; who spoke to it has to be gone."""
        self._server.settle()

    def stop(self) -> None:
        """Close; whoever hangs is let go."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(played: Played) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 90
        disable_nagle_algorithm = True  # else each answer waits 40 ms for the other side's word on its headers

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as the base names it
            pass

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string((timestamp or time.time()) + played.skew)

        def _any(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            every = parse_qs(parts.query, keep_blank_values=True)
            query = {name: values[-1] for name, values in every.items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            body, files = _body(raw, headers.get("content-type", ""))
            call = Call(self.command, parts.path, query, headers, body, raw, every, files)
            reply = played.answer(call)
            if reply is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            answer = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815  as the base names them

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # whoever asked has gone
                self.close_connection = True

    return Handler


def _body(raw: bytes, kind: str) -> tuple[Any, dict[str, tuple[str, str, bytes]]]:
    if "multipart/form-data" in kind:
        return _form(raw, kind.partition("boundary=")[2].strip('"').encode())
    if "json" in kind:
        return json.loads(raw or b"null"), {}
    if "x-www-form-urlencoded" in kind:
        return {name: values[-1] for name, values in parse_qs(raw.decode(), keep_blank_values=True).items()}, {}
    return raw, {}


def _form(raw: bytes, boundary: bytes) -> tuple[dict[str, str], dict[str, tuple[str, str, bytes]]]:
    """The fields and the files of a form (RFC 7578)."""
    fields, files = dict[str, str](), dict[str, tuple[str, str, bytes]]()
    first, *parts, last = (b"\r\n" + raw).split(b"\r\n--" + boundary)
    assert (first, last) == (b"", b"--\r\n"), "no form"
    for part in parts:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        told = dict(_NAMED.findall(head.decode()))
        if "filename" in told:
            kind = _TYPED.search(head.decode())
            files[told["name"]] = (told["filename"], kind[1] if kind else "text/plain", content)
        else:
            fields[told["name"]] = content.decode()
    return fields, files
