"""Convert a feed's entries to messages: their authors, the pages they belong to, and unique ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.base.words import tr
from app.channels.feed.entry import Document, Entry
from app.channels.feed.same import HOST, PAGE, Names, canonical, digest

POST_TEXT = 500
_MIN_TIME = 852_076_800  # 1997-01-01: two years before the first RSS
_AHEAD_SECONDS = 86_400  # a date further in the future is a mistake
_MAX_ID_CHARS, _MIN_TRAIT_CHARS = 500, 20  # shorter words may well be said twice
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_TRAILING_NUMBER = re.compile(r"(?<!\d)\d{1,18}$")
_COMMENT_TITLE = re.compile(r"^Comments? on:? (.{1,250}?)(?: by [^:]{1,80})?$")


@dataclass(frozen=True, slots=True)
class Post:
    """A post with comments: its page, its title and the beginning of its text."""

    url: str = ""
    title: str = ""
    text: str = ""


_NO_POST = Post()


def incoming(
    document: Document,
    now: int,
    *,
    own: Collection[str] = (),
    holders: MutableMapping[str, str] | None = None,
    names: MutableMapping[str, str] | None = None,
    post: Post | None = None,
    host: str = "",
) -> list[Incoming]:
    """Convert a feed's entries to messages, oldest first.

    `own` are our names, folded; with `post`, all entries are comments on it. `holders` remembers which entry had an id
    first (see `ids`), `names` what entries and pages were called first (see `app.channels.feed.same`). Times are Unix
    seconds and never later than `now`; one that is missing or impossible is guessed.
    """
    entries, holders = _latest(document.entries), {} if holders is None else holders
    called, messages = Names(names), []
    for number, (entry, name) in enumerate(zip(entries, ids(entries, holders, called), strict=True)):
        dated = entry.at is not None and _MIN_TIME <= entry.at <= now + _AHEAD_SECONDS
        at = entry.at if entry.at is not None and dated else now - number
        where = called.first(HOST, urlsplit(entry.link or document.link).hostname or host)
        message = _message(document, entry, name, min(at, now), own, post, where)
        thread = called.first(PAGE, message.thread)
        message = message._replace(thread=thread, parent=called.known(message.parent, holders)[:_MAX_ID_CHARS])
        messages.append(message if dated else message._replace(dated=False))
    rising = len(messages) > 1 and messages[0].at < messages[-1].at  # usually the newest comes first
    return sorted(
        messages if rising else reversed(messages), key=lambda message: (message.at, _number(message.remote_id))
    )


def _number(name: str) -> int:
    """Return the number at the end of an id, which orders comments of the same second; 0 without one."""
    number = _TRAILING_NUMBER.search(name)
    return int(number[0]) if number else 0


def _message(
    document: Document, entry: Entry, name: str, at: int, own: Collection[str], post: Post | None, host: str
) -> Incoming:
    comment = post is not None or is_comment(entry)
    page = page_of(entry) or (post.url if post else "")
    under = post or (Post(page, _post_title(document, entry)) if comment else _NO_POST)
    return Incoming(
        remote_id=name,
        at=at,
        text=entry.text,
        author=_author(entry, document, host, name if comment else ""),
        out=fold(entry.author) in own if entry.author else False,
        thread=(post.url if post else "") or page or entry.answers or name,
        parent=entry.answers[:_MAX_ID_CHARS],
        title=(under.title or entry.title) if comment else entry.title,
        post_title=under.title if comment else entry.title,
        post_url=under.url if comment else entry.link,
        post_text=under.text,
        url=entry.link,
    )


def is_comment(entry: Entry) -> bool:
    """Whether an entry is a comment: it replies to something, or its link has a fragment."""
    return bool(entry.answers or entry.page or urlsplit(entry.link).fragment)


def page_of(entry: Entry) -> str:
    """Return the address of the page of a post or comment; "" if there is none."""
    parts = urlsplit(entry.link or entry.page)
    return parts._replace(fragment="", path=_COMMENT_PAGE.sub("/", parts.path)).geturl()


def _post_title(document: Document, entry: Entry) -> str:
    """Return the post's title, which WordPress puts into the title of a comment or of a post's comment feed."""
    for title in (entry.title, document.title):
        commented = _COMMENT_TITLE.match(title)
        if commented:
            return commented[1]
    return entry.title


def _author(entry: Entry, document: Document, host: str, comment: str) -> Author:
    """Return the author, keyed by host and name: Anna of one blog is not Anna of another.

    A post without a name is the blog's. `comment` is the id of a comment, "" for a post: a comment without a name is
    keyed by its id, as its author is unknown.
    """
    if comment and not entry.author:
        return Author(f"{host}/#{comment}", tr("Anonymous"), "", entry.author_url)
    name = entry.author or document.title or host
    mark = "-".join(words(name)) or name
    return Author(f"{host}/{mark}" if entry.author else f"{host}/", name, name, entry.author_url)


def ids(
    entries: Sequence[Entry], holders: MutableMapping[str, str] | None = None, called: Names | None = None
) -> list[str]:
    """Return the remote id of each entry: its id, else its link, else a hash of its text.

    An entry keeps the one under which it first came, see `app.channels.feed.same`. An id that another entry had before,
    as after a blog was reinstalled, gets a suffix: a hash of author, link and time. It counts as another's if the
    author differs or, if several entries share the id now, link or time.
    `holders` (hash of an id -> hashes of its first holder) is updated, most recently seen last.
    """
    holders, called = {} if holders is None else holders, called or Names()
    plain = [_plain_id(entry, holders) for entry in entries]
    every = Counter(plain)
    first = [
        called.entry(name, every.keys() - {name}, holders, _traits(entry))
        for entry, name in zip(entries, plain, strict=True)
    ]
    often = Counter(first)
    names = []
    for entry, name in zip(entries, first, strict=True):
        who, where = digest(fold(entry.author)), digest(f"{canonical(entry.link)} {entry.published}")
        held = digest(name)
        holders[held] = holders.pop(held, f"{who} {where}")  # moved to the end, as `pruned` drops from the beginning
        first_who, _, first_where = holders[held].partition(" ")
        there = (where, digest(f"{entry.link} {entry.published}"))  # the link as it is: of an older Rapport
        same = first_who in _whos(entry) and (often[name] == 1 or first_where in there)
        names.append(name if same else f"{name}#{who}{where}")
    return names


def _whos(entry: Entry) -> set[str]:
    """Hashes of the author, also as older Rapports read them: the last of several, or with an & still encoded."""
    names = {entry.author, *entry.authors}
    return {digest(fold(name)) for name in (*names, *(escape(name) for name in names))}


def _traits(entry: Entry) -> list[str]:
    """What an entry can be known by when its id has changed."""
    who, dated = fold(entry.author), entry.published is not None
    if entry.id:
        known = entry.link and (dated or entry.title)
        return [f"{who}\n{canonical(entry.link)}\n{entry.published}\n{entry.title}"] if known else []
    if entry.link:  # a link that is another one at each reading, such as one that counts its readers
        counted = dated and len(entry.text) >= _MIN_TRAIT_CHARS
        return [f"{who}\n{entry.published}\n{entry.title}\n{entry.text}"] if counted else []
    if dated:
        return [f"{who}\n{entry.published}\n{entry.title}", f"{who}\n{entry.published}\n\n{entry.text}"]
    return [f"{who}\n\n{entry.title}"] if entry.title and entry.title != entry.text else []


def _plain_id(entry: Entry, holders: Mapping[str, str]) -> str:
    """Return the id of an entry as it is; a relative one as an older Rapport resolved it, if that is known."""
    told = entry.id
    if entry.former and digest(told) not in holders and digest(entry.former) in holders:
        told = entry.former
    name = told or entry.link or digest(f"{entry.author}\n{entry.title}\n{entry.text}")
    return name if len(name) <= _MAX_ID_CHARS else digest(name)


def _latest(entries: Sequence[Entry]) -> list[Entry]:
    """Drop older versions of an entry: same id, author, link and publication time (RFC 4287, 4.1.1)."""
    latest: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        content = () if entry.id or entry.link else (entry.title, entry.text)
        mark = (canonical(entry.id), fold(entry.author), canonical(entry.link), entry.published, *content)
        known = latest.get(mark)
        if known is None or (entry.updated or 0) > (known.updated or 0):
            latest[mark] = entry
    return list(latest.values())


def pruned(holders: Mapping[str, str], most: int) -> dict[str, str]:
    """Return the last `most` items."""
    return dict(list(holders.items())[-most:])


def fitting(names: Mapping[str, str], most: int) -> dict[str, str]:
    """Return the last items, of at most that many characters together."""
    kept: dict[str, str] = {}
    for key in reversed(list(names)):
        most -= len(key) + len(names[key])
        if most < 0:
            break
        kept[key] = names[key]
    return dict(reversed(kept.items()))
