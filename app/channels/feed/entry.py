"""What is read of a feed: its entries in plain text, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from app.mail.charsets import clean

MAX_TITLE_CHARS, MAX_URL_CHARS = 300, 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in plain text. Links are http(s) or ""; times are Unix seconds, None if missing.

    `author` names all authors; `authors` are their names one by one, also as the parser reads them. `former` is a
    relative id as an older Rapport resolved it. `comments` is the address of its comment feed. `answers` is the id of
    the entry it replies to and `page` the address of that one (`ref` and `href` of thr:in-reply-to, RFC 4685).
    """

    id: str
    title: str
    text: str
    author: str
    author_url: str
    link: str
    published: int | None = None
    updated: int | None = None
    comments: str = ""
    answers: str = ""
    page: str = ""
    authors: tuple[str, ...] = ()
    former: str = ""

    @property
    def at(self) -> int | None:
        """The time of publication, else of the last update."""
        return self.updated if self.published is None else self.published


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's title and web page, the entries that were read, and the total number of entries in it."""

    title: str
    link: str
    entries: tuple[Entry, ...]
    total: int


def one_line(text: str) -> str:
    """A short text on one line, at most MAX_TITLE_CHARS characters."""
    return " ".join(clean(text[: MAX_TITLE_CHARS * 20]).split())[:MAX_TITLE_CHARS]


def web_url(link: object, url: str) -> str:
    """Resolve a link against `url`; "" unless it is http(s), so not `javascript:`."""
    address = str(link or "").strip()
    if not address or len(address) > MAX_URL_CHARS or any(mark.isspace() for mark in address):
        return ""
    try:
        resolved = urljoin(url, address)
        urlsplit(resolved)
    except ValueError:  # `https://[`
        return ""
    return resolved if resolved.lower().startswith(("http://", "https://")) else ""
