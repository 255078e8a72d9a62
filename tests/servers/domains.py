"""What a domain publishes of its mail, played: a DNS server, and a web server for its configuration."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from app.channels.email import autoconfig, lookup
from tests.servers.names import Names
from tests.servers.played import Call, Played, Reply


class Web(Played):
    """Answers `page` under every address, or `pages` by path; else 404."""

    def __init__(self) -> None:
        super().__init__()
        self.page: Reply | None = None
        self.pages: dict[str, Reply] = {}

    def serve(self, call: Call) -> Reply:
        reply = self.pages.get(call.path) or self.page
        return reply or Reply(b"<h1>Not found</h1>", 404, {"Content-Type": "text/html"})


class Domains(NamedTuple):
    """All domains that a test speaks of."""

    web: Web
    names: Names


def configuration(imap: str, smtp: str, imap_port: int = 993, smtp_port: int = 465) -> Reply:
    """A configuration for mail programs, with TLS."""
    servers = (("incoming", "imap", imap, imap_port), ("outgoing", "smtp", smtp, smtp_port))
    rows = "".join(
        f'<{way}Server type="{kind}"><hostname>{host}</hostname><port>{port}</port><socketType>SSL</socketType>'
        f"<username>%EMAILADDRESS%</username></{way}Server>"
        for way, kind, host, port in servers
    )
    text = f'<clientConfig version="1.1"><emailProvider id="x">{rows}</emailProvider></clientConfig>'
    return Reply(text.encode(), headers={"Content-Type": "text/xml"})


@contextlib.contextmanager
def played() -> Iterator[Domains]:
    """Nobody else is asked within the block."""
    web, names = Web(), Names()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(autoconfig, "ADDRESSES", (f"{web.url}/first/{{domain}}", f"{web.url}/second/{{domain}}"))
        patch.setattr(lookup, "MAKE", names.resolver)
        yield Domains(web, names)
    web.stop()
    names.stop()
