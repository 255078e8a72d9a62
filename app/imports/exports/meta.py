"""Facebook's and Instagram's "Download your information" as JSON: private messages, and the comments one wrote.

Each string there is UTF-8 whose bytes were written as if each were a letter (two of them for é). Nothing has an id: a
message is told from others by its conversation, author, time and words. The forms before and after end-to-end
encryption differ (`sender_name`, `timestamp_ms` and `senderName`, `timestamp`); both are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.base.message import Attached, Author, Incoming
from app.base.text import fold
from app.base.words import N_, tr
from app.imports import left_out
from app.imports.bundle import Bundle, Part, content
from app.imports.exports.entry import Entry, attached, dicts, key_of, only_files, read_json, seconds, words
from app.imports.notes import Notes
from app.imports.rows import row_id

FACEBOOK, INSTAGRAM = "facebook", "instagram"
_TITLES = {FACEBOOK: "Facebook", INSTAGRAM: "Instagram"}
_THREAD = re.compile(r"(?:^|/)(?:message_\d{1,5}|[^/]{1,200}_\d{1,9})\.json$")
_SPAM_FOLDERS = ("/filtered_threads/", "/spam/")
_COMMENTS = re.compile(r"(?:^|/)(?:comments|post_comments(?:_\d{1,4})?|reels_comments|group_comments)\.json$")
_PROFILES = ("profile_information.json", "personal_information.json")
_HEAD_BYTES = 8_192
_NAMELESS = N_(
    "{name} is damaged or cut off at line {line:,}: only what stands before that can be imported. Export it again, and "
    "undo the import of this one before you import that: else its messages come twice."
)
"""Which conversation it is stands behind its messages."""
_FILES = ("photos", "videos", "audio_files", "files", "gifs", "media")
_REACTED = re.compile(r"^(?:Reacted .{1,20} to your message|Liked a message)\s*$")


def repaired(text: str) -> str:
    """The string as it was meant; unchanged where it is no UTF-8 that was written as single bytes."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


class Meta:
    """The messages and comments of one archive."""

    def __init__(self, kind: str, threads: tuple[Part, ...], comments: tuple[Part, ...]) -> None:
        """`kind` is FACEBOOK or INSTAGRAM; the parts are its conversations and comments."""
        self.kind, self.name, self.title = kind, _TITLES[kind], _TITLES[kind]
        self._threads, self._comments = threads, comments

    def entries(self, bundle: Bundle, own: frozenset[str], notes: Notes) -> Iterator[Entry]:
        """Yield the messages, then the comments."""
        owner = _owner(bundle, notes)
        mine = own | ({fold(owner)} if owner else frozenset())
        if not mine:
            mine = self._in_every_thread(bundle, notes)
        equal: Counter[str] = Counter()
        files: dict[str, list[Part]] = {}  # by the last part of their names
        for part in bundle.parts:
            files.setdefault(part.name.rpartition("/")[2], []).append(part)
        for part in self._threads:
            held = read_json(bundle, part, notes)
            if isinstance(held, dict):
                if part.name in notes.torn and "/" not in part.name and not _path(held):
                    notes.said.append(tr(_NAMELESS).format(name=part.name, line=notes.torn.pop(part.name)))
                yield from _Talk(bundle, files, part, held, mine).entries(equal)
        for part in self._comments:
            yield from self._said_below_posts(read_json(bundle, part, notes), owner, equal)

    def _in_every_thread(self, bundle: Bundle, notes: Notes) -> frozenset[str]:
        """Whoever takes part in every conversation; where there is but one, the last named, as the owner is."""
        heads = [held for part in self._threads if isinstance(held := read_json(bundle, part, notes), dict)]
        people = [_participants(held) for held in heads]
        if not people:
            return frozenset()
        common = set.intersection(*({fold(name) for name in names} for names in people))
        if len(common) == 1:
            return frozenset(common)
        if len(people[0]) == 2:  # noqa: PLR2004  a talk of two
            return frozenset({fold(people[0][-1])})
        notes.names = tuple(dict.fromkeys(name for names in people for name in names))
        return frozenset()

    def _said_below_posts(self, held: object, owner: str, equal: Counter[str]) -> Iterator[Entry]:
        for comment in _comments(held):
            at, text, whose, title = comment
            if not text or at is None:
                yield Entry(None, left_out.MEDIA)
                continue
            who = Author(key_of(owner), owner, owner)
            number = _numbered(equal, "comment", who.key, at, text)
            yield Entry(
                Incoming(
                    number, at, text, who, out=True, thread=row_id("comments", whose or number),
                    title=title or whose, post_title=title or whose, public=True,
                )
            )  # fmt: skip


class _Talk:
    """One conversation's file."""

    def __init__(
        self, bundle: Bundle, files: Mapping[str, list[Part]], part: Part, held: Mapping[str, Any], mine: frozenset[str]
    ) -> None:
        self._bundle, self._files, self._held, self._mine = bundle, files, held, mine
        folder = part.name.rpartition("/")[0]
        path = _path(held) or folder
        self._thread = path.rpartition("/")[2]
        self._people = _participants(held)
        others = [name for name in self._people if fold(name) not in mine]
        self._title = repaired(words(held.get("title"))) or ", ".join(others)
        self._spam = any(name in f"/{part.name}" for name in _SPAM_FOLDERS)

    def entries(self, equal: Counter[str]) -> Iterator[Entry]:
        """Yield its messages, oldest first, as the file has them the other way round."""
        for said in reversed(list(dicts(self._held.get("messages")))):
            yield self._entry(said, equal)

    def _entry(self, said: Mapping[str, Any], equal: Counter[str]) -> Entry:
        if self._spam:
            return Entry(None, left_out.SPAM)
        if said.get("is_unsent") is True or said.get("isUnsent") is True:
            return Entry(None, left_out.DELETED)
        name = repaired(words(said.get("sender_name")) or words(said.get("senderName")))
        at = seconds(said.get("timestamp_ms") or said.get("timestamp"), 1_000)
        text = repaired(words(said.get("content")) or words(said.get("text")))
        if at is None or not name:
            return Entry(None, left_out.SYSTEM)
        if _REACTED.match(text[:80]):
            return Entry(None, left_out.REACTIONS)
        shared = said.get("share")
        link = words(shared.get("link")) if isinstance(shared, dict) else ""
        if link and link not in text:
            text = "\n".join(filter(None, (text, link)))
        files = self._attached(said)
        if not text and not files:
            return Entry(None, left_out.MEDIA)
        who = Author(key_of(name), name, name)
        return Entry(
            Incoming(
                _numbered(equal, self._thread, who.key, at, text), at, text or only_files(), who,
                out=fold(name) in self._mine, thread=self._thread, title=self._title, public=False, attached=files,
            )
        )  # fmt: skip

    def _attached(self, said: Mapping[str, Any]) -> tuple[Attached, ...]:
        """The files of a message that are in the archive."""
        found = []
        names = [words(file.get("uri")) for key in _FILES for file in dicts(said.get(key))]
        for name in filter(None, names):
            wanted = name.lstrip("./")
            near = self._files.get(wanted.rpartition("/")[2], ())
            part = next((one for one in near if one.name.endswith(wanted)), None)
            held = attached(self._bundle, part) if part is not None else None
            if held is not None:
                found.append(held)
        return tuple(found)


def find(bundle: Bundle, name: str) -> Meta | None:
    """Return the export, if it has conversations or comments in one of its forms."""
    threads = [part for part in bundle.parts if _THREAD.search(part.name[-300:]) and _is_thread(bundle, part)]
    comments = [part for part in bundle.parts if _COMMENTS.search(part.name[-300:]) and "comment" in part.name]
    if len(bundle.parts) == 1 and bundle.parts[0].name.endswith(".json"):
        threads, comments = _alone(bundle, bundle.parts[0])
    if not threads and not comments:
        return None
    marks = f"{name} {' '.join(part.name for part in (*threads, *comments))}".casefold()
    is_instagram = "instagram" in marks or "reels_comments" in marks or "post_comments" in marks
    ordered = sorted(threads, key=_in_order)
    return Meta(INSTAGRAM if is_instagram else FACEBOOK, tuple(ordered), tuple(sorted(comments)))


def _in_order(part: Part) -> tuple[str, int]:
    """The highest number is the oldest part of a conversation."""
    folder, _, last = part.name.rpartition("/")
    figures = "".join(filter(str.isdigit, last[:40]))
    return folder, -int(figures or 0)


def _is_thread(bundle: Bundle, part: Part) -> bool:
    """Whether a file is a conversation: by where it lies, or, in Messenger's own export, by what it begins with."""
    if "message_" in part.name.rpartition("/")[2] or "/messages/" in f"/{part.name}":
        return True
    return b'"threadName"' in (content(bundle, part, _HEAD_BYTES) or b"")


def _alone(bundle: Bundle, part: Part) -> tuple[list[Part], list[Part]]:
    """A file that was taken out of its archive, by what is in it."""
    held = read_json(bundle, part, Notes())
    if isinstance(held, dict) and isinstance(held.get("messages"), list) and "participants" in held:
        return [part], []
    is_comments = next(_comments(held), None) is not None
    return [], [part] if is_comments else []


def pages(bundle: Bundle) -> str:
    """The service's name, if it was exported as HTML; else ""."""
    if len(bundle.parts) == 1 and bundle.parts[0].name.casefold().endswith((".html", ".htm")):
        head = content(bundle, bundle.parts[0], 4 * _HEAD_BYTES) or b""
        return (
            tr("Facebook or Instagram") if b'class="_3-95' in head or b"pam _3-95" in head or b" _a6-" in head else ""
        )
    for part in bundle.parts:
        if re.search(r"(?:^|/)messages/[^\n]{1,200}message_\d{1,4}\.html$", part.name[-300:]) or part.name.endswith(
            "comments.html"
        ):
            return tr("Facebook or Instagram")
    return ""


def _owner(bundle: Bundle, notes: Notes) -> str:
    """The name of whoever the archive is about; "" if it does not say."""
    for part in bundle.parts:
        if part.name.endswith(_PROFILES):
            held = read_json(bundle, part, notes)
            found = _named(held) if isinstance(held, dict) else ""
            if found:
                return repaired(found)
    return ""


def _named(held: Mapping[str, Any]) -> str:
    for profile in (held.get("profile_v2"), held.get("profile"), *dicts(held.get("profile_user"))):
        if not isinstance(profile, dict):
            continue
        name = profile.get("name")
        if isinstance(name, dict):
            return words(name.get("full_name"))
        facts = profile.get("string_map_data")
        if isinstance(facts, dict):
            for key in ("Name", "Username"):
                if isinstance(fact := facts.get(key), dict) and words(fact.get("value")):
                    return words(fact.get("value"))
    return ""


def _path(held: Mapping[str, Any]) -> str:
    """The folder of a conversation in the archive, which tells it from others."""
    return words(held.get("thread_path")) or repaired(words(held.get("threadName")))


def _participants(held: Mapping[str, Any]) -> list[str]:
    listed = held.get("participants")
    if not isinstance(listed, list):
        return []
    names = (words(one.get("name")) if isinstance(one, dict) else words(one) for one in listed)
    return [repaired(name) for name in names if name]


def _comments(held: object) -> Iterator[tuple[int | None, str, str, str]]:
    """(time, text, whose post, title) of each comment in any of the forms."""
    listed = held if isinstance(held, list) else None
    if isinstance(held, dict):
        listed = next((value for key, value in held.items() if "comment" in key and isinstance(value, list)), None)
    for one in dicts(listed):
        facts = one.get("string_map_data")
        if isinstance(facts, dict):
            yield _of_facts(facts)
            continue
        for inner in dicts(one.get("data")):
            comment = inner.get("comment")
            if isinstance(comment, dict):
                at = seconds(comment.get("timestamp")) or seconds(one.get("timestamp"))
                title = repaired(words(comment.get("group"))) or repaired(words(one.get("title")))
                yield at, repaired(words(comment.get("comment"))), "", title


def _of_facts(facts: Mapping[str, Any]) -> tuple[int | None, str, str, str]:
    """An Instagram comment: its facts stand in the order comment, owner, time, under names in the user's language."""
    values = [fact for fact in facts.values() if isinstance(fact, dict)]
    said = [repaired(words(fact.get("value"))) for fact in values if words(fact.get("value"))]
    at = next((at for fact in values if (at := seconds(fact.get("timestamp"))) is not None), None)
    return at, said[0] if said else "", said[1] if len(said) > 1 else "", ""


def _numbered(equal: Counter[str], *facts: object) -> str:
    """An id of these facts; the second and further of equal ones get ids of their own."""
    number = row_id(*facts)
    equal[number] += 1
    return number if equal[number] == 1 else row_id(number, equal[number])
