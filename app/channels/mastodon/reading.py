"""What Mastodon's answers mean: texts, names, times, places of a thread; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from app.base import clock
from app.base.message import Author
from app.base.text import words
from app.base.words import N_
from app.channels.base import Sent
from app.mail.html import to_text

if TYPE_CHECKING:
    from app.channels.http import Answer

NOT_ONE = N_(
    "{host} isn't a Mastodon server. Enter the part of your address after the last @, such as mastodon.social."
)
_LINKS = re.compile(r'<([^<>]*+)>\s*;\s*rel="(\w+)"')
_LINKED = re.compile(r"<a\b([^<>]*+)>")
_OWN = re.compile(r"localhost|[\d.]+|.*:.*|.*\.(?:local|lan|internal|test|onion)")
_LEADING = re.compile(r"@([\w.-]+(?:@[\w.-]+)?)\s+")


class Place(NamedTuple):
    """Where a status stands: its thread's root, whose it is, when; `edited` is None for one that is no message here."""

    root: str
    who: str
    at: int = 0
    edited: str | None = None


def address(given: str) -> str:
    """The server's address, whether its name, a whole address or one's own handle was given."""
    given = given.strip()
    if "://" not in given:
        given = f"https://{given.rpartition('@')[2]}"
    parts = urlsplit(given)
    scheme = parts.scheme if _OWN.fullmatch(parts.hostname or "") else "https"  # a token goes nowhere in the clear
    return f"{scheme}://{parts.netloc.rpartition('@')[2]}"


def link(answer: Answer, rel: str, name: str) -> str:
    """A mark of the Link header (RFC 8288): that parameter of that relation's address; "" where there is none."""
    for target, said in _LINKS.findall(answer.headers.get("link", "")):
        if said == rel:
            return str(parse_qs(target.partition("?")[2].partition("#")[0]).get(name, [""])[0])
    return ""


def text_of(status: Mapping[str, Any], near: set[str]) -> str:
    """A status as plain text: its warning, its words without the leading names of `near`, what its pictures show."""
    html = _LINKED.sub(
        lambda hit: "" if re.search(r"\b(?:mention|hashtag)\b", hit[1]) else hit[0], status.get("content") or ""
    )
    said = to_text(html).removesuffix(f"\N{LINK SYMBOL} {status.get('url')}").rstrip()  # Indiekit's, below our own
    names = {name for who in near if who for name in (who.lower(), who.lower().partition("@")[0])}
    while (hit := _LEADING.match(said)) and hit[1].lower() in names:
        said = said[hit.end() :]
    warning = f"[{status['spoiler_text']}]" if status.get("spoiler_text") else ""
    shown = [f"[{one.get('description') or one.get('url')}]" for one in status.get("media_attachments") or ()]
    return "\n\n".join(filter(None, (warning, said, "\n".join(shown))))


def same_words(found: str, wanted: str) -> bool:
    """Whether these are the words of a reply; names may stand in front of them that we did not write."""
    ours = words(wanted)
    while words(found) != ours:
        name = _LEADING.match(found)
        if name is None:
            return False
        found = found[name.end() :]
    return True


def author(account: Mapping[str, Any], domain: str) -> Author:
    """Who it is, by the name that holds on every server."""
    who = who_is(account, domain)
    name = str(account.get("display_name") or account.get("username") or who)
    return Author(who, f"@{who}", name, str(account.get("url") or ""))


def who_is(account: Mapping[str, Any], domain: str) -> str:
    """The name of an account that holds on every server, in lower case: anna@lemonade.example."""
    acct = str(account["acct"]).lower()
    return acct if "@" in acct else f"{acct}@{domain.lower()}"


def sent(status: Mapping[str, Any]) -> Sent:
    """A status of ours as one that was taken."""
    return Sent(str(status["id"]), str(status.get("url") or ""), moment(status["created_at"]))


def sound(rows: object) -> list[dict[str, Any]]:
    """The rows of a list that are what they should be; nothing where it is no list."""
    return [row for row in rows if isinstance(row, dict) and row.get("id")] if isinstance(rows, list) else []


def moment(text: object) -> int:
    """Unix seconds of a time as the API writes it; ValueError where it is none."""
    return clock.from_iso(str(text))


def inside(found: Any, *names: str) -> Any:  # noqa: ANN401  a place in JSON
    """What lies at a place in JSON; None where there is no such place."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found
