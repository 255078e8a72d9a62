"""A picture of a post, fetched because the person asked for the post: from the hosts that they were told of alone."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.http.client import Http
from app.mail.pictures import SHOWN, kind_of

SIZE_MAX = 5_000_000
"""Bytes of a picture that is fetched."""
_DEADLINE, _MAX_REDIRECTS = 15.0, 3
_FOUND, _MOVED = 200, (301, 302, 303, 307, 308)
_ELSEWHERE = N_("Its picture is on {host}, which is another server, so it wasn't fetched.")
_NONE = N_("Its picture couldn't be fetched.")


def own_picture(address: str, hosts: tuple[str, ...]) -> tuple[bytes, str]:
    """Fetch a picture without any login; returns its bytes and "", or b"" and the sentence that says why not.

    `hosts` may be asked, with the ports that they name, and what is below them; no redirect leads anywhere else. An
    `address` of "" is no picture: (b"", "").
    """
    for _ in range(_MAX_REDIRECTS if address else 0):
        if not is_own(address, hosts):
            return b"", tr(_ELSEWHERE).format(host=urlsplit(address).hostname or "?")
        http = Http(address, {"Accept": "image/*"}, size_max=SIZE_MAX, deadline=_DEADLINE)
        try:
            answer = http.raw("GET", address, follow=False)
        except UserError:
            return b"", tr(_NONE)
        finally:
            http.close()
        if answer.status not in _MOVED:
            shown = answer.status == _FOUND and kind_of(answer.body) in SHOWN
            return (answer.body, "") if shown else (b"", tr(_NONE))
        address = urljoin(address, answer.headers.get("location", ""))
    return b"", tr(_NONE) if address else ""


def is_own(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether a web address is on one of these hosts, or on a host below one."""
    try:
        parts = urlsplit(address)
        named, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.username is not None:
        return False
    return any(_is_below(named, port, host) for host in hosts)


def _is_below(named: str, port: int | None, host: str) -> bool:
    own, _, own_port = host.partition(":")
    if str(port or "") != own_port:
        return False
    return named == own or named.endswith(f".{own}")
