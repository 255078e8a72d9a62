"""Links that count who follows them: the address that one leads to, where it is written in it. Nothing is loaded.

Services wrap addresses as a parameter (`https://l.example/r?u=https%3A%2F%2F...`), as part of the path
(`https://click.example/CL0/https:%2F%2F...`), or in Base64. What only the service can tell stays as it is.
"""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

_MOST = 4_000
_DEEP = 4  # wrappers around wrappers


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TARGETS = _set(
    "u url q to r l link target dest destination redirect redirect_url redirect_uri redirecturl redir next "
    "continue goto go out href location returnto return_to landing lp trackurl clickurl ru rurl sa_url"
)
_ABOUT = _set("ref referrer referer source src image img icon origin via")
"""Parameters that hold an address which is not where the link leads."""
_WHOLE = re.compile(r"https?://[^\s<>\"'/?#]{3,255}\.?[^\s<>\"']{0,3800}", re.IGNORECASE)
_IN_PATH = re.compile(r"/(https?(?::|%3a)(?:/|%2f){1,2}[^\s]{4,3800})", re.IGNORECASE)
_ENCODED = re.compile(r"https?(?::|%3a)%2f%2f", re.IGNORECASE)
_PATH_ASKED = re.compile(r"(?P<path>[\w.~%][\w.~%/-]{1,2000}+)(?P<asked>[?&].*)?\Z", re.DOTALL)
"""A path on the same host where parameters stand: Facebook's `/n/?page/posts/1&mid=2`, `/nd/?page.php&id=1`."""
_ESCAPED = re.compile("%(?:2f|3f|3d|26)", re.IGNORECASE)
"""Slashes and marks of such a path that are written as their codes: `/n/?%2Fpage%2Fposts%2F1&mid=2`."""
_COUNTERS = _set("aref medium mid bcode n_m lloc rms irms")
_BASE64 = re.compile(r"(?:^|[/=.])(aHR0c[A-Za-z0-9_-]{8,3000}={0,2})")


def unwrapped(href: str) -> str:
    """The address that a link leads to in the end, as far as it is written in it; else the link itself."""
    address = href.strip()[:_MOST]
    for _ in range(_DEEP):
        inner = _inner(address)
        if not inner or inner == address:
            break
        address = inner
    return address


def _inner(address: str) -> str:
    try:
        parts = urlsplit(address)
        asked = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return ""
    for name, value in asked:
        target = "" if name.lower() in _ABOUT else _target(value)
        if target:
            return target
        if name.lower() in _TARGETS and value.startswith("/") and "?" in value + parts.query and _leads_on(parts.path):
            return urljoin(address, value)
    path = _PATH_ASKED.match(parts.query)
    if path and _is_path(path["path"], path["asked"] or ""):
        first, mark, begun = _ESCAPED.sub(lambda match: unquote(match[0]), path["path"]).partition("?")
        rest = path["asked"] or ""
        rest = f"{mark}{begun}{rest.replace('?', '&', 1)}" if begun else rest
        return urljoin(address, f"/{first.lstrip('/')}") + _without_counters(rest)
    found = _IN_PATH.search(parts.path)
    if found:
        rest = f"?{parts.query}" if parts.query and "%" not in found[1] else ""
        inner = found[1].partition("/")[0] if _ENCODED.match(found[1]) else found[1]  # what follows is the wrapper's
        return _cleaned(unquote(inner)) + rest
    found = _BASE64.search(parts.path) or _BASE64.search(parts.query)
    return _target(_of_base64(found[1])) if found else ""


def _is_path(first: str, asked: str) -> bool:
    """Whether what a query begins with is a path: it has steps or a page's ending, or counters follow it."""
    counted = any(pair.partition("=")[0].lower() in _COUNTERS for pair in asked[1:].split("&"))
    first = _ESCAPED.sub(lambda match: unquote(match[0]), first)
    return "/" in first.strip("/") or first.endswith(".php") or counted


def _without_counters(asked: str) -> str:
    """The parameters behind a path, without those that count who follows the link."""
    kept = [pair for pair in asked[1:].split("&") if pair.partition("=")[0].lower() not in _COUNTERS]
    return f"?{'&'.join(kept)}" if kept else ""


def _target(value: str) -> str:
    """The address that a parameter is, "" if it is none."""
    value = value.strip()
    if not value.lower().startswith(("http://", "https://")):
        value = unquote(value) if value.lower().startswith(("http%3a", "https%3a")) else ""
    return value if value and _WHOLE.fullmatch(value) else ""


def _leads_on(path: str) -> bool:
    """Whether the page at this path is only there to lead on to another."""
    last = path.rstrip("/").rpartition("/")[2].lower()
    return any(word in last for word in ("link", "redirect", "click", "l.php", "attribution", "track", "out", "url"))


def _cleaned(address: str) -> str:
    """An address out of a path: one of its slashes may be lost, and what the wrapper counts by may follow it."""
    address = re.sub(r"^(https?):/{1,2}", r"\1://", address, count=1, flags=re.IGNORECASE)
    return re.sub(r"/\d{1,2}/[0-9a-f]{8,40}-[0-9a-f-]{4,60}.*\Z", "", address, count=1, flags=re.DOTALL)


def _of_base64(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
