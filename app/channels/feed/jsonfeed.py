"""Parse JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from typing import Any

from app.base.pictures import in_words
from app.channels.feed.entry import Document, Entry, one_line, web_url
from app.channels.http.parts import as_dict, dicts
from app.channels.http.parts import read as parsed
from app.mail.charsets import clean
from app.mail.html import to_text

_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_MAX_HEAD_CHARS = 20_000
_MAX_TEXT_CHARS = 200_000


def is_one(text: str) -> bool:
    """Whether a text begins as a JSON Feed does: an object that names the version of the format."""
    return text.lstrip().startswith("{") and _VERSION.search(text, 0, _MAX_HEAD_CHARS) is not None


def read(text: str, url: str, most: int) -> Document | None:
    """Parse a JSON Feed, its first and last entries if there are more than `most`; None if it is broken.

    Relative links are resolved against `url`. An item that cannot be read is left out.
    """
    try:
        feed = as_dict(parsed(text.encode("utf-8", "replace")))
    except (ValueError, RecursionError):
        return None
    items = dicts(feed.get("items"))
    chosen = items if len(items) <= most else [*items[: most // 2], *items[-most // 2 :]]
    by = _authors(feed)
    entries = filter(None, (_entry(item, url, by) for item in chosen))
    return Document(_words(feed.get("title")), web_url(feed.get("home_page_url"), url), tuple(entries), len(items))


def _entry(item: Mapping[str, Any], url: str, by: Sequence[Mapping[str, Any]]) -> Entry | None:
    title, text = _words(item.get("title")), _text(item)
    shown = "\n".join(in_words(file["title"]) for file in dicts(item.get("attachments"), "title") if _is_picture(file))
    if not (title or text or shown):
        return None
    link = web_url(item.get("url") or item.get("external_url"), url)
    people = _authors(item) or by
    names = tuple(dict.fromkeys(filter(None, (_words(person.get("name")) for person in people))))
    number = item.get("id")
    return Entry(
        id=str(number).strip() if isinstance(number, str | int | float) and not isinstance(number, bool) else "",
        title=title,
        text="\n\n".join(filter(None, (text or title, shown))),
        author=one_line(", ".join(names)),
        author_url=web_url(people[0].get("url"), url) if len(people) == 1 else "",
        authors=names,
        link=link,
        published=_time(item.get("date_published")),
        updated=_time(item.get("date_modified")),
    )


def _text(item: Mapping[str, Any]) -> str:
    html = item.get("content_html")
    if isinstance(html, str) and (text := to_text(html[:_MAX_TEXT_CHARS]).strip()):
        return text
    plain = next((item[name] for name in ("content_text", "summary") if isinstance(item.get(name), str)), "")
    return clean(plain[:_MAX_TEXT_CHARS]).strip()


def _authors(of: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the authors: `authors` of version 1.1, `author` of 1.0."""
    alone = of.get("author")
    return dicts(of.get("authors"), "name") or dicts([alone], "name")


def _is_picture(file: Mapping[str, Any]) -> bool:
    return str(file.get("mime_type") or "").startswith("image/")


def _words(value: object) -> str:
    return one_line(unescape(value)) if isinstance(value, str) else ""


def _time(value: object) -> int | None:
    """Parse an RFC 3339 timestamp to Unix seconds; None if it is none."""
    if not isinstance(value, str):
        return None
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(value.strip())
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    return None
