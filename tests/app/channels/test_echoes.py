"""A server that repeats what it was sent, in whatever coding, gets no secret into a sentence; each channel is tried.

A channel that is new is tried too: one whose address is a field of its form is pointed at such a server, and one whose
address is its own must be among those that `test_secrets` plays.
"""

from __future__ import annotations

import base64
import json
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import quote, unquote_plus

import pytest

from app.base.errors import UserError
from app.channels import registry
from app.channels.channel import Channel
from app.workbench import Workbench
from tests.app.channels.test_secrets import SERVERS

SECRET = "Zq7! k+v/Pá9%"
ADDRESSES = ("server", "site", "address", "homeserver", "instance", "host")
OTHERS = {"name": "manager", "login": "manager", "email": "manager@lemonade.example", "user": "manager"}
KINDS = {one.kind: one for one in registry.connectable() if any(field.secret for field in one.fields)}
POINTED = sorted(kind for kind, one in KINDS.items() if kind not in SERVERS and kind != "email")
Answer = Callable[[bytes], bytes]
SENT: list[bool] = []
"""Whether the requests that were answered by repeating them held the secret."""


def spoken(secret: str) -> set[str]:
    """The ways in which it may be written."""
    octets = secret.encode()
    pair = base64.b64encode(f"manager:{secret}".encode()).decode()
    return {secret, quote(secret), quote(secret, safe=""), octets.hex(), base64.b64encode(octets).decode(), pair,
            json.dumps(secret)[1:-1], repr(octets)[2:-1]}  # fmt: skip


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False


@contextmanager
def serving(answer: Answer, greeting: bytes = b"") -> Iterator[int]:
    """A server that answers each piece that it is sent; its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.settimeout(5)
                if greeting:
                    self.request.sendall(greeting)
                while piece := self.request.recv(65_536):
                    while not greeting and not _is_whole(piece):
                        piece += self.request.recv(65_536)
                    self.request.sendall(answer(piece))
                    if not greeting:
                        return

    with _Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def _is_whole(request: bytes) -> bool:
    """Whether all of an HTTP request has come."""
    head, _, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return b"\r\n\r\n" in request and len(body) >= (int(length[1]) if length else 0)


def repeated(piece: bytes) -> str:
    """All that was sent, as it is, and decoded."""
    text = piece.decode("utf-8", "replace")
    found = [text, unquote_plus(text)]
    for word in text.replace("\r\n", " ").split():
        with suppress(ValueError):
            found.append(base64.b64decode(word, validate=True).decode("utf-8", "replace"))
    return " | ".join(found)


READY = {
    "/config": {"config": {"require-email": False}}, "/latest": [],
    "/wp-json": {"name": "Blog", "namespaces": ["wp/v2"],
                 "authentication": {"application-passwords": {"endpoints": {"authorization": "x"}}}},
}  # fmt: skip
"""What a server says before it is sent a secret, by the beginning of the path: enough for the channel to go on."""


def has_secret(piece: bytes) -> bool:
    """Whether the request holds the secret, in any of its forms."""
    told = piece.decode("utf-8", "replace")
    return any(one in told for one in spoken(SECRET)) or b"authorization:" in piece.lower() or SECRET in repeated(piece)


def _ready(kind: str, page: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n{page}".encode()


def http(status: str, kind: str) -> Answer:
    """Once it is sent the secret, answers with an error whose page repeats the request."""

    def answer(piece: bytes) -> bytes:
        path = piece.split(b" ", 2)[1].decode() if piece.count(b" ") > 1 else ""
        ready = next((READY[one] for one in READY if path.startswith(one)), None)
        if ready is not None and not has_secret(piece):
            return _ready("application/json", json.dumps(ready))
        if path == "/" and not has_secret(piece):
            return _ready('text/html\r\nLink: </wp-json/>; rel="https://api.w.org/"', "<html></html>")
        SENT.append(has_secret(piece))
        told = " ".join(sorted(one for one in spoken(SECRET) if one in repeated(piece)))
        body = {"json": json.dumps({"error": told, "message": told, "errors": [{"message": told}]}),
                "html": f"<html><title>{told}</title><body>{told}</body></html>"}[kind].encode()  # fmt: skip
        head = f"HTTP/1.1 {status}\r\nContent-Type: {'application/json' if kind == 'json' else 'text/html'}\r\n"
        return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body

    return answer


def form(channel: Channel, address: str) -> tuple[dict[str, str], dict[str, str]]:
    """The fields of its form filled in, and its secrets."""
    fields, secrets = {}, {}
    for field in channel.fields:
        if field.secret:
            secrets[field.key] = SECRET
        elif field.key in ADDRESSES:
            fields[field.key] = address
        elif field.key in OTHERS:
            fields[field.key] = OTHERS[field.key]
        elif field.tick:
            fields[field.key] = "yes"
    return fields, secrets


def said(bench: Workbench, kind: str, fields: dict[str, str], secrets: dict[str, str]) -> str:
    with pytest.raises(UserError) as caught:
        bench.accounts.try_out(kind, fields, dict(secrets))
    return str(caught.value)


def test_every_channel_with_a_secret_is_tried_here_or_with_a_played_server() -> None:
    assert {*POINTED, *SERVERS, "email"} == set(KINDS)
    for kind in POINTED:
        assert {field.key for field in KINDS[kind].fields} & set(ADDRESSES), kind


@pytest.mark.slow
@pytest.mark.expects_errors
@pytest.mark.parametrize("kind", POINTED)
@pytest.mark.parametrize("shape", ["json", "html"])
@pytest.mark.parametrize(
    "status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "418 I'm a teapot", "500 Oh", "200 OK"]
)
def test_what_a_server_repeats_is_not_said(
    bench: Workbench, kind: str, shape: str, status: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with serving(http(status, shape)) as port:
        SENT.clear()
        fields, secrets = form(KINDS[kind], f"http://127.0.0.1:{port}")
        told = said(bench, kind, fields, secrets) + caplog.text
    assert any(SENT), "it was never sent"
    assert not [form_ for form_ in spoken(SECRET) if form_ in told], told


class Imap:
    """Refuses every login, and repeats it, as it was sent and decoded."""

    def __init__(self) -> None:
        self._begun, self._tag, self.refused = b"", b"", 0

    def __call__(self, piece: bytes) -> bytes:
        self._begun += piece
        if not self._begun.endswith(b"\r\n"):
            return b""
        line, self._begun = self._begun, b""
        first, _, command = line.partition(b" ")
        if command.upper().startswith(b"CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + first + b" OK done\r\n"
        if command.upper().startswith(b"AUTHENTICATE"):
            self._tag = first
            return b"+ \r\n"
        if command.upper().startswith(b"LOGOUT"):
            return b"* BYE\r\n" + first + b" OK bye\r\n"
        self.refused += SECRET in repeated(line)
        told = re.sub(r"[\r\n\0]+", " ", f"{SECRET} {repeated(line)}")
        return (first if command else self._tag) + b" NO [ALERT] you said " + told.encode() + b"\r\n"


@pytest.mark.slow
@pytest.mark.expects_errors
def test_what_a_mail_server_repeats_is_not_said(bench: Workbench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    server = Imap()
    with serving(server, b"* OK here\r\n") as port:
        fields = {
            "address": "manager@lemonade.example", "imap_host": "127.0.0.1", "imap_port": str(port),
            "imap_security": "none", "smtp_host": "127.0.0.1", "smtp_port": str(port), "smtp_security": "none",
        }  # fmt: skip
        told = said(bench, "email", fields, {"password": SECRET}) + caplog.text
    assert server.refused
    assert not [form_ for form_ in spoken(SECRET) if form_ in told], told
