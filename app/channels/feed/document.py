"""Bytes of an RSS or Atom feed as entries: bounded in time and memory, whatever somebody has put into them.

The document is decoded here, cut into entries by one expression that runs in linear time, and only as much of it as is
wanted goes to feedparser, without its DTD: what entities would grow to is never asked.
"""

from __future__ import annotations

import calendar
import codecs
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.base.words import tr
from app.channels.base import Refused
from app.mail.charsets import clean, codec, decode
from app.mail.html import to_text

ENTRIES_MAX = 1_000
"""Entries that are read of one document: half of them from its beginning and half from its end."""
_GROUP = 500
_ALL = 3_000_000  # characters that go to the parser at once
_TAG, _AND = 20, 3  # characters that a tag and an entity cost beside their own: with these, the worst takes two seconds
_ONE, _FRAME = 200_000, 100_000  # of an entry, and of what stands around the entries
_TITLE, _ADDRESS = 300, 2_000
_REPLY = re.compile(
    r"""\s*<p>[^<]{0,60}<a href="([^"<>]{1,2000})(\#comment-\d{1,15})"[^<>]{0,60}>[^<]{1,200}</a>[^<]{0,30}</p>\s*"""
)
"""How WordPress begins a comment that answers another, in the blog's own language: “In reply to Anna.”"""
_RUN = re.compile(r"[\w.+-]{400}", re.ASCII)
"""feedparser looks for addresses of mail in names, and takes a minute for a word of 200,000 letters."""
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf)(?=[\s>])", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s[^>]{0,200}?(?:SYSTEM|PUBLIC|["'][^"'>]{0,100000}?[&%])""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_LETTER = re.compile(r"&#([0-9]+|[xX][0-9a-fA-F]+);?")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_PIECE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)(?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry)(?=[\s/>])",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, its words plain. Links are on the web or ""; times are Unix seconds, None where it tells none.

    `comments` is the address of the feed of its own comments. `answers` is the id of what it answers and `page` where
    that stands, as RFC 4685 has it.
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

    @property
    def at(self) -> int | None:
        """When it was said, as far as it tells."""
        return self.updated if self.published is None else self.published


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's title, the page it is of, the entries that were read, and how many there are in it."""

    title: str
    link: str
    entries: tuple[Entry, ...]
    total: int


def read(body: bytes, content_type: str = "", url: str = "") -> Document | None:
    """The feed in these bytes; None where it is none. Refused where its DTD is an attack. Links join to `url`."""
    text = _text(body, content_type)
    start = root_of(text)
    if start is None:
        return None
    spans = _spans(text, start)
    first = list(islice(spans, ENTRIES_MAX // 2))
    last = deque(((number, span) for number, span in enumerate(spans, len(first) + 1)), ENTRIES_MAX // 2)
    chosen = [*first, *(span for _, span in last)]
    head = _head(text, start, first[0][0] if first else len(text))
    return _parsed(text, head, _within(text, chosen), url, last[-1][0] if last else len(first))


def read_all(body: bytes) -> Iterator[Document]:
    """The feed of a file, however many entries it has, some of them at a time; nothing where it is no feed."""
    text = _text(body, "")
    start = root_of(text)
    spans = _spans(text, start) if start is not None else iter(())
    head = ""
    while start is not None and (group := list(islice(spans, _GROUP))):
        head = head or _head(text, start, group[0][0])
        while some := _within(text, group):
            yield _parsed(text, head, some, "", len(some))
            group = sorted(set(group) - set(some))


def is_feed(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a feed."""
    text = _text(head, "")
    return text.lstrip().startswith("<") and root_of(text) is not None


def _text(body: bytes, content_type: str) -> str:
    """By its mark, else UTF-8 where it is that, else as the document or the server says; a wrong claim is no end."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return clean(body.decode(name, "replace").removeprefix("\ufeff"))
    declared, told = _DECLARED.match(body), _CHARSET.search(content_type)
    name = declared[1].decode("ascii", "replace") if declared else told[1] if told else ""
    name = codec(name) or "utf-8"
    if not name.startswith(("iso2022", "hz")):
        try:
            return clean(body.decode())
        except UnicodeDecodeError:
            pass
    return clean(decode(body, "utf-8" if name.startswith("utf") else name))


def root_of(text: str) -> int | None:
    """Where the feed begins: some servers put their own complaints before it. None where it is a page or no feed."""
    found, page = _ROOT.search(text, 0, _FRAME), _PAGE.search(text, 0, _FRAME)
    return found.start() if found and not (page and page.start() < found.start()) else None


def _head(text: str, start: int, end: int) -> str:
    """What stands before the first entry, without the DTD. Refused where that lets words grow out of words."""
    if _ENTITY.search(text, 0, start):
        msg = tr("This feed defines its own entities, a technique used in attacks, so Rapport won't read it.")
        raise Refused(msg)
    return text[start : min(end, start + _FRAME)]


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Beginning and end of every entry; one that has no end ends where the next begins."""
    begun = -1
    for piece in _PIECE.finditer(text, start):
        closes = piece[1]
        if closes is None:
            continue
        if begun >= 0:
            end = text.find(">", piece.end(), piece.end() + _ADDRESS) + 1 if closes else piece.start()
            yield begun, end or piece.end()
        begun = -1 if closes else piece.start()
    if begun >= 0:
        yield begun, len(text)


def _within(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The entries that there is room for: from both ends, as some feeds have their newest first and others last."""
    chosen, room = [], _ALL
    for step in range(len(spans)):
        begin, end = spans[step // 2 if step % 2 == 0 else -1 - step // 2]
        cut = min(end, begin + _ONE)
        costs = cut - begin + _TAG * text.count("<", begin, cut) + _AND * text.count("&", begin, cut)
        if costs <= room:
            room -= costs
            chosen.append((begin, end))
    return sorted(chosen)


def _parsed(text: str, head: str, spans: Sequence[tuple[int, int]], url: str, total: int) -> Document:
    """These entries alone; where one of them makes the parser stumble, each is read for itself and that one not."""
    pieces = [text[begin : min(end, begin + _ONE)] for begin, end in spans]
    try:
        found = _feedparser(head, "".join(pieces), url)
        raws = found["entries"]
    except Exception:  # noqa: BLE001  it has mistakes of its own
        found, raws = {"feed": {}}, list(_one_by_one(head, pieces, url))
    entries = filter(None, (_entry(one, url) for one in raws))
    return Document(_title(found["feed"]), _web(dict.get(found["feed"], "link"), url), tuple(entries), total)


def _one_by_one(head: str, pieces: Sequence[str], url: str) -> Iterator[Any]:
    root = head[: head.find(">", 0, _ADDRESS) + 1] + ("<channel>" if "<channel" in head else "")
    for piece in pieces:
        with suppress(Exception):
            yield from _feedparser(root, piece, url)["entries"]


def _feedparser(head: str, entries: str, url: str) -> Any:  # noqa: ANN401  feedparser's
    import io  # noqa: PLC0415  with the parser

    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  who reads no feed does not pay for it

    root = _ROOT.match(head)
    channel = "</channel>" if "<channel" in head and "</channel" not in head else ""
    tail = f"{channel}</{root[0][1:]}>" if root and entries else ""
    whole = _LETTER.sub(_letter, _RUN.sub(r"\g<0> ", f"{head}{entries}{tail}"))
    return feedparser.parse(
        io.BytesIO(whole.encode("utf-8", "replace")),  # bytes alone would be taken for the name of a file first
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _letter(reference: re.Match[str]) -> str:
    """The reference to a letter by its number, where there is such a letter: feedparser stumbles over others."""
    digits, base = (reference[1][1:], 16) if reference[1][0] in "xX" else (reference[1], 10)
    number = int(digits, base) if len(digits) <= 8 and digits.isalnum() else -1  # noqa: PLR2004  of any number's digits
    return reference[0] if 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF else "\ufffd"  # noqa: PLR2004  UTF-16's


def _entry(raw: Any, url: str) -> Entry | None:  # noqa: ANN401  feedparser's
    """None for an entry with no word in it, or whose parts are none that an entry can have."""
    try:
        author = dict.get(raw, "author_detail") or {}
        answers = dict.get(raw, "thr_in-reply-to") or {}
        answers = answers if isinstance(answers, dict) else {}
        number, link = str(dict.get(raw, "id") or ""), _web(dict.get(raw, "link"), url)
        (text, answered), title = _words(raw, link), _title(raw)
        if not (text or title):
            return None
        return Entry(
            id=number,
            title=title,
            text=text or title,
            author=_line(author.get("name") or dict.get(raw, "author") or ""),
            author_url=_web(author.get("href"), url),
            link=link,
            published=_time(raw, "published", "created"),
            updated=_time(raw, "updated"),
            comments=_web(_comments(raw), url),
            answers=str(answers.get("ref") or "") or (answered and number.partition("#")[0] + answered),
            page=_web(answers.get("href"), url),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def _words(raw: Any, link: str) -> tuple[str, str]:  # noqa: ANN401  feedparser's
    """The entry's words, and the fragment of what it answers where WordPress says that before them."""
    for detail in (*(dict.get(raw, "content") or ()), dict.get(raw, "summary_detail")):
        value, answered = (detail or {}).get("value") or "", ""
        reply = _REPLY.match(value)
        if reply and link.startswith(reply[1]):
            value, answered = value[reply.end() :], reply[2]
        text = clean(value).strip() if (detail or {}).get("type") == "text/plain" else to_text(value).strip()
        if text:
            return text, answered
    return "", ""


def _title(raw: Any) -> str:  # noqa: ANN401  feedparser's
    detail = dict.get(raw, "title_detail") or {}
    value = str(detail.get("value") or "")[: _TITLE * 20]
    return _line(value if detail.get("type") == "text/plain" else to_text(value))


def _line(text: str) -> str:
    return " ".join(clean(text[: _TITLE * 20]).split())[:_TITLE]


def _comments(raw: Any) -> str:  # noqa: ANN401  feedparser's
    told = str(dict.get(raw, "wfw_commentrss") or "")
    links = () if told else dict.get(raw, "links") or ()
    return told or next((link.get("href", "") for link in links if link.get("rel") == "replies"
                         and "xml" in link.get("type", "")), "")  # fmt: skip


def _time(raw: Any, *names: str) -> int | None:  # noqa: ANN401  feedparser's
    parsed = next(filter(None, (dict.get(raw, f"{name}_parsed") for name in names)), None)
    return None if parsed is None else calendar.timegm(parsed)


def _web(link: object, url: str) -> str:
    """The link as an address on the web; "" for one that is none, as `javascript:` is."""
    said = str(link or "").strip()
    if not said or len(said) > _ADDRESS or any(mark.isspace() for mark in said):
        return ""
    try:
        found = urljoin(url, said)
        urlsplit(found)
    except ValueError:  # `https://[`
        return ""
    return found if found.lower().startswith(("http://", "https://")) else ""
