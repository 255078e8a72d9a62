"""A feed's entries as messages: whose they are, under which page they stand, and which id is really theirs."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.base.words import tr
from app.channels.feed.document import Document, Entry

POST_TEXT = 500
_EARLIEST = 852_076_800  # 1997-01-01: two years before the first RSS
_ID = 500
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_COUNT = re.compile(r"(?<!\d)\d{1,18}$")
_TITLE = re.compile(r"^Comments? on:? (.{1,250}?)(?: by [^:]{1,80})?$")


@dataclass(frozen=True, slots=True)
class Post:
    """What comments stand under: its page, its title and how it begins."""

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
    post: Post | None = None,
    host: str = "",
) -> list[Incoming]:
    """The entries as messages, oldest first. `own` are our names, folded; `post` is what all of them stand under.

    `holders` remembers which entry had an id first (see `ids`). Times are Unix seconds and never later than `now`.
    """
    entries = _latest(document.entries)
    found = []
    for number, (entry, name) in enumerate(zip(entries, ids(entries, holders), strict=True)):
        at = entry.at if entry.at is not None and entry.at >= _EARLIEST else now - number
        found.append(_message(document, entry, name, min(at, now), own, post, host))
    rising = len(found) > 1 and found[0].at < found[-1].at  # as a rule the newest stands first
    return sorted(found if rising else reversed(found), key=lambda one: (one.at, _number(one.remote_id)))


def _number(name: str) -> int:
    """The number at an id's end: of two comments in one second it says which was first."""
    found = _COUNT.search(name)
    return int(found[0]) if found else 0


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
        author=_author(
            entry, document, urlsplit(entry.link or document.link).hostname or host, name if comment else ""
        ),
        out=fold(entry.author) in own if entry.author else False,
        thread=(post.url if post else "") or page or entry.answers or name,
        parent=entry.answers[:_ID],
        title=(under.title or entry.title) if comment else entry.title,
        post_title=under.title if comment else entry.title,
        post_url=under.url if comment else entry.link,
        post_text=under.text,
        url=entry.link,
    )


def is_comment(entry: Entry) -> bool:
    """Whether it says something under a page, and is not the page: it answers, or its address is within one."""
    return bool(entry.answers or entry.page or urlsplit(entry.link).fragment)


def page_of(entry: Entry) -> str:
    """The address of the page that it stands under, or is; "" where it has none."""
    parts = urlsplit(entry.link or entry.page)
    return parts._replace(fragment="", path=_COMMENT_PAGE.sub("/", parts.path)).geturl()


def _post_title(document: Document, entry: Entry) -> str:
    """As WordPress puts it into the title, of the comment or of the page's own feed of comments; else the title."""
    for title in (entry.title, document.title):
        told = _TITLE.match(title)
        if told:
            return told[1]
    return entry.title


def _author(entry: Entry, document: Document, host: str, comment: str) -> Author:
    """By name and place: an Anna of one blog is not the Anna of another; a post without a name is the blog's.

    Of a comment without a name nobody knows whose it is: its id, `comment`, keeps it apart from the others.
    """
    if comment and not entry.author:
        return Author(f"{host}/#{comment}", tr("Anonymous"), "", entry.author_url)
    name = entry.author or document.title or host
    mark = "-".join(words(name)) or name
    return Author(f"{host}/{mark}" if entry.author else f"{host}/", name, name, entry.author_url)


def ids(entries: Sequence[Entry], holders: MutableMapping[str, str] | None = None) -> list[str]:
    """The remote id of each. One without an id goes by its link, else by its words.

    An id that has been another's, as when a blog was set up anew, is told apart by a mark: who else has it by name, or
    by address and time where several have it at once. `holders` (digest of an id -> of its holder) remembers the first
    that had it.
    """
    holders = {} if holders is None else holders
    plain = [_plain(entry) for entry in entries]
    often = Counter(plain)
    found = []
    for entry, name in zip(entries, plain, strict=True):
        who, where = _digest(fold(entry.author)), _digest(f"{entry.link} {entry.published}")
        held = _digest(name)
        holders[held] = holders.pop(held, f"{who} {where}")  # what was seen last is forgotten last
        first = holders[held].split(" ")
        same = first[0] == who and (often[name] == 1 or first[-1] == where)
        found.append(name if same else f"{name}#{who}{where}")
    return found


def _plain(entry: Entry) -> str:
    name = entry.id or entry.link or _digest(f"{entry.author}\n{entry.title}\n{entry.text}")
    return name if len(name) <= _ID else _digest(name)


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _latest(entries: Sequence[Entry]) -> list[Entry]:
    """Each entry once: the same id, author, address and time of birth again is a state of it (RFC 4287, 4.1.1)."""
    found: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        told = () if entry.id or entry.link else (entry.title, entry.text)
        mark = (entry.id, fold(entry.author), entry.link, entry.published, *told)
        known = found.get(mark)
        if known is None or (entry.updated or 0) > (known.updated or 0):
            found[mark] = entry
    return list(found.values())


def pruned(holders: Mapping[str, str], most: int) -> dict[str, str]:
    """The latest of these."""
    return dict(list(holders.items())[-most:])
