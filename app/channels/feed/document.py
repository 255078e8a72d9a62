"""Parse RSS and Atom feeds, bounded in time and memory even for hostile input.

The document is decoded here and split into entries by one linear-time regular expression; only the entries needed go
to feedparser, without the DTD, so that no entities are expanded.
"""

from __future__ import annotations

import calendar
import codecs
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from app.base.pictures import in_words
from app.base.words import tr
from app.channels.base import Refused
from app.channels.feed import jsonfeed
from app.channels.feed.entry import MAX_TITLE_CHARS, MAX_URL_CHARS, Document, Entry, one_line, web_url
from app.channels.feed.repair import ALT, repaired
from app.mail.charsets import clean, codec, decode
from app.mail.html import to_text

ENTRIES_MAX = 1_000
"""Maximum entries read of one document: half from its beginning and half from its end."""
MAX_FILE_ENTRIES = 100_000
"""Maximum entries read of a JSON Feed in a file; other files are read in groups."""
_GROUP_ENTRIES = 500
_MAX_PARSE_COST = 3_000_000  # maximum cost, in characters, of one call of the parser
_TAG_COST, _ENTITY_COST = 20, 3  # extra cost of each "<" and "&": with these the worst input takes two seconds
_MAX_ENTRY_CHARS, _MAX_HEAD_CHARS = 200_000, 100_000  # maximum characters of an entry, and of what precedes the entries
_WORDPRESS_REPLY = re.compile(
    r"""\s*<p>[^<]{0,60}<a href="([^"<>]{1,2000})(\#comment-\d{1,15})"[^<>]{0,60}>[^<]{1,200}</a>[^<]{0,30}</p>\s*"""
)
"""How WordPress begins a comment that replies to another, in the blog's language: “In reply to Anna.”"""
_LONG_WORD = re.compile(r"[\w.+-]{400}", re.ASCII)
"""Overlong words, which are split: feedparser's search for e-mail addresses takes a minute for 200,000 letters."""
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf)(?=[\s>])", re.IGNORECASE)
_HTML_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_DANGEROUS_ENTITY = re.compile(r"""<!ENTITY\s[^>]{0,200}?(?:SYSTEM|PUBLIC|["'][^"'>]{0,100000}?[&%])""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_ADDRESS = r"[^<>()@\s]{1,100}@[^<>()@\s]{1,200}"
_NAME_AND_ADDRESS = re.compile(rf"([^<>()@]{{1,200}})<{_ADDRESS}>|{_ADDRESS}\s*(?:\(([^()]{{1,200}})\))?")
"""An author of RSS 2.0: `anna@blog.example (Anna)`; some write `Anna <anna@blog.example>`."""
_RELATIVE = re.compile(r"(?![A-Za-z][\w+.-]{0,30}:)\S{1,500}")
_CHARACTER_REFERENCE = re.compile(r"&#([0-9]+|[xX][0-9a-fA-F]+);?")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_ENTRY_TAG = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)(?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry)(?=[\s/>])",
    re.DOTALL | re.IGNORECASE,
)


def read(body: bytes, content_type: str = "", url: str = "") -> Document | None:
    """Parse a feed; None if it is none. Relative links are resolved against `url`.

    Raises Refused if its DTD defines nested or external entities.
    """
    text = _text(body, content_type)
    if jsonfeed.is_one(text):
        return jsonfeed.read(text, url, ENTRIES_MAX)
    start = root_of(text)
    if start is None:
        return None
    spans = _spans(text, start)
    first = list(islice(spans, ENTRIES_MAX // 2))
    last = deque(((number, span) for number, span in enumerate(spans, len(first) + 1)), ENTRIES_MAX // 2)
    chosen = [*first, *(span for _, span in last)]
    head = _head(text, start, first[0][0] if first else len(text))
    return _parse(text, head, _fitting(text, chosen), url, last[-1][0] if last else len(first))


def read_all(body: bytes) -> Iterator[Document]:
    """Parse a feed with any number of entries, in documents of some entries each; nothing if it is no feed."""
    text = _text(body, "")
    if jsonfeed.is_one(text) and (document := jsonfeed.read(text, "", MAX_FILE_ENTRIES)) is not None:
        yield document
        return
    start = root_of(text)
    spans = _spans(text, start) if start is not None else iter(())
    head = ""
    while start is not None and (group := list(islice(spans, _GROUP_ENTRIES))):
        head = head or _head(text, start, group[0][0])
        while some := _fitting(text, group):
            yield _parse(text, head, some, "", len(some))
            group = sorted(set(group) - set(some))


def is_feed(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed."""
    text = _text(head, "")
    return jsonfeed.is_one(text) or (text.lstrip().startswith("<") and root_of(text) is not None)


def _text(body: bytes, content_type: str) -> str:
    """Decode by the byte order mark, else as UTF-8 if valid, else as declared by the document or the server.

    Never fails: undecodable bytes are replaced.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return clean(body.decode(name, "replace").removeprefix("\ufeff"))
    declared, served = _DECLARED.match(body), _CHARSET.search(content_type)
    name = declared[1].decode("ascii", "replace") if declared else served[1] if served else ""
    name = codec(name) or "utf-8"
    if not name.startswith(("iso2022", "hz")):
        try:
            return clean(body.decode())
        except UnicodeDecodeError:
            pass
    return clean(decode(body, "utf-8" if name.startswith("utf") else name))


def root_of(text: str) -> int | None:
    """Return the offset of the root element, as some servers print warnings before it; None if it is no feed."""
    root, page = _ROOT.search(text, 0, _MAX_HEAD_CHARS), _HTML_PAGE.search(text, 0, _MAX_HEAD_CHARS)
    return root.start() if root and not (page and page.start() < root.start()) else None


def _head(text: str, start: int, end: int) -> str:
    """Return the text before the first entry, from the root element on; raises Refused for dangerous entities."""
    if _DANGEROUS_ENTITY.search(text, 0, start):
        msg = tr("This feed defines its own entities, a technique used in attacks, so Rapport won't read it.")
        raise Refused(msg)
    return text[start : min(end, start + _MAX_HEAD_CHARS)]


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every entry; one that is not closed ends where the next one starts."""
    begun = -1
    for piece in _ENTRY_TAG.finditer(text, start):
        closes = piece[1]
        if closes is None:
            continue
        if begun >= 0:
            end = text.find(">", piece.end(), piece.end() + MAX_URL_CHARS) + 1 if closes else piece.start()
            yield begun, end or piece.end()
        begun = -1 if closes else piece.start()
    if begun >= 0:
        yield begun, len(text)


def _fitting(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Choose the entries that fit the cost limit, from both ends, as the newest may be first or last."""
    chosen, room = [], _MAX_PARSE_COST
    for step in range(len(spans)):
        begin, end = spans[step // 2 if step % 2 == 0 else -1 - step // 2]
        cut = min(end, begin + _MAX_ENTRY_CHARS)
        costs = cut - begin + _TAG_COST * text.count("<", begin, cut) + _ENTITY_COST * text.count("&", begin, cut)
        if costs <= room:
            room -= costs
            chosen.append((begin, end))
    return sorted(chosen)


def _parse(text: str, head: str, spans: Sequence[tuple[int, int]], url: str, total: int) -> Document:
    """Parse these entries only; if feedparser fails, each one separately, skipping those that fail."""
    pieces = [text[begin : min(end, begin + _MAX_ENTRY_CHARS)] for begin, end in spans]
    try:
        feed = _feedparser(head, "".join(pieces))
        raws = feed["entries"]
    except Exception:  # noqa: BLE001  feedparser has bugs that raise anything
        feed, raws = {"feed": {}}, list(_one_by_one(head, pieces))
    entries = filter(None, (_entry(raw, url) for raw in raws))
    return Document(_title(feed["feed"]), web_url(dict.get(feed["feed"], "link"), url), tuple(entries), total)


def _one_by_one(head: str, pieces: Sequence[str]) -> Iterator[Any]:
    root = head[: head.find(">", 0, MAX_URL_CHARS) + 1] + ("<channel>" if "<channel" in head else "")
    for piece in pieces:
        with suppress(Exception):
            yield from _feedparser(root, piece)["entries"]


def _feedparser(head: str, entries: str) -> Any:  # noqa: ANN401  feedparser's
    import io  # noqa: PLC0415  with the parser

    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  slow to import, only needed for feeds

    root = _ROOT.match(head)
    channel = "</channel>" if "<channel" in head and "</channel" not in head else ""
    tail = f"{channel}</{root[0][1:]}>" if root and entries else ""
    whole = repaired(_LONG_WORD.sub(r"\g<0> ", f"{head}{entries}{tail}"))
    whole = _CHARACTER_REFERENCE.sub(_valid_reference, whole)
    return feedparser.parse(
        io.BytesIO(whole.encode("utf-8", "replace")),  # plain bytes would be tried as a file name first
        response_headers={"content-type": "application/xml; charset=utf-8"},  # ids must stay as they are
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _valid_reference(reference: re.Match[str]) -> str:
    """Replace an invalid numeric character reference by U+FFFD: feedparser fails on these."""
    digits, base = (reference[1][1:], 16) if reference[1][0] in "xX" else (reference[1], 10)
    number = int(digits, base) if len(digits) <= 8 and digits.isalnum() else -1  # noqa: PLR2004  more digits are out of range
    return reference[0] if 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF else "\ufffd"  # noqa: PLR2004  no surrogates


def _entry(raw: Any, url: str) -> Entry | None:  # noqa: ANN401  feedparser's
    """Convert an entry of feedparser's; None if it has no text, or its values have the wrong types."""
    try:
        author = dict.get(raw, "author_detail") or {}
        answers = dict.get(raw, "thr_in-reply-to") or {}
        answers = answers if isinstance(answers, dict) else {}
        number, link = str(dict.get(raw, "id") or ""), web_url(dict.get(raw, "link"), url)
        if number == dict.get(raw, "link") and "/" not in number:  # RSS: a guid without a link is taken for one
            link = ""
        (text, answered), title = _entry_text(raw, link), _title(raw)
        shown = _pictures(raw, text)
        if not (text or title or shown):
            return None
        authors = _authors(raw)
        return Entry(
            id=number,
            title=title,
            text="\n\n".join(filter(None, (text or ("" if shown else title), shown))),
            author=one_line(", ".join(authors)),
            author_url=web_url(author.get("href"), url) if len(authors) < 2 else "",  # noqa: PLR2004  theirs would be one's
            authors=(*authors, str(author.get("name") or "")),
            former=urljoin(url, number) if _RELATIVE.fullmatch(number) else "",
            link=link,
            published=_time(raw, "published", "created"),
            updated=_time(raw, "updated"),
            comments=web_url(_comments(raw), url),
            answers=str(answers.get("ref") or "") or (answered and number.partition("#")[0] + answered),
            page=web_url(answers.get("href"), url),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def _authors(raw: Any) -> tuple[str, ...]:  # noqa: ANN401  feedparser's
    """Return the names of all authors; one whose name is encoded twice is decoded."""
    every = [detail.get("name") for detail in dict.get(raw, "authors") or () if isinstance(detail, dict)]
    whole = str(dict.get(raw, "author") or "")
    if "@" in whole and len(every) < 2:  # noqa: PLR2004  feedparser cuts an address after the sixth letter of its top-level domain
        boxed = _NAME_AND_ADDRESS.fullmatch(whole[: MAX_TITLE_CHARS * 2].strip())
        every = [(boxed[1] or boxed[2] or "").strip() or whole] if boxed else every
    named = (one_line(unescape(str(name))) for name in (*filter(None, every),) or (whole,))
    return tuple(dict.fromkeys(filter(None, named)))


def _pictures(raw: Any, text: str) -> str:  # noqa: ANN401  feedparser's
    """Return what the entry says of its pictures, a line each: `media:description`.

    Of anything else, such as a video of YouTube's, it is the words of an entry that has no `text`.
    """
    told = [dict.get(raw, name) for name in list(raw) if str(name).startswith(f"media_{ALT}")]
    shown = [alt for words in told if isinstance(words, str) and (alt := to_text(words).strip())]
    kinds = {str(media.get(name)).partition("/")[0] for media in _media(raw) for name in ("medium", "type")}
    kind = "Picture" if "image" in kinds else "Video" if "video" in kinds else ""
    if kind:
        return "\n".join(in_words(alt, kind=kind) for alt in shown)
    return "" if text else "\n\n".join(shown)


def _media(raw: Any) -> list[dict[str, Any]]:  # noqa: ANN401  feedparser's
    return [media for media in dict.get(raw, "media_content") or () if isinstance(media, dict)]


def _entry_text(raw: Any, link: str) -> tuple[str, str]:  # noqa: ANN401  feedparser's
    """Return an entry's text, and the fragment of the comment it replies to if WordPress puts that before it."""
    for detail in (*(dict.get(raw, "content") or ()), dict.get(raw, "summary_detail")):
        value, answered = (detail or {}).get("value") or "", ""
        reply = _WORDPRESS_REPLY.match(value)
        if reply and link.startswith(reply[1]):
            value, answered = value[reply.end() :], reply[2]
        text = clean(value).strip() if (detail or {}).get("type") == "text/plain" else to_text(value).strip()
        if text:
            return text, answered
    return "", ""


def _title(raw: Any) -> str:  # noqa: ANN401  feedparser's
    detail = dict.get(raw, "title_detail") or {}
    value = str(detail.get("value") or "")[: MAX_TITLE_CHARS * 20]
    return one_line(value if detail.get("type") == "text/plain" else to_text(value))


def _comments(raw: Any) -> str:  # noqa: ANN401  feedparser's
    address = str(dict.get(raw, "wfw_commentrss") or "")
    links = () if address else dict.get(raw, "links") or ()
    return address or next(
        (link.get("href", "") for link in links if link.get("rel") == "replies" and "xml" in link.get("type", "")), ""
    )


def _time(raw: Any, *names: str) -> int | None:  # noqa: ANN401  feedparser's
    parsed = next(filter(None, (dict.get(raw, f"{name}_parsed") for name in names)), None)
    return None if parsed is None else calendar.timegm(parsed)
