"""Mastodon's archive: `outbox.json`, the ActivityStreams collection of what the account posted, and `actor.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.base.message import Author, Incoming
from app.base.words import tr
from app.channels.mastodon.reading import text_of
from app.imports import left_out
from app.imports.bundle import Bundle, Part, content
from app.imports.dates import ISO, parse
from app.imports.exports.entry import Entry, dicts, read_json, words
from app.imports.notes import Notes

KIND, _SERVICE = "mastodon", "Mastodon"
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_HEAD_BYTES = 4_096


class Mastodon:
    """What one account posted."""

    kind, title = KIND, _SERVICE

    def __init__(self, part: Part, actor: Part | None) -> None:
        """`part` is the outbox; `actor` says whose it is."""
        self._part, self._actor = part, actor
        self.name = _SERVICE

    def entries(self, bundle: Bundle, own: frozenset[str], notes: Notes) -> Iterator[Entry]:
        """Yield every post, in the file's order."""
        del own  # all of it is ours
        held = read_json(bundle, self._part, notes)
        if not isinstance(held, dict):
            return
        who = self._author(bundle, notes)
        if held.get("first") and not held.get("orderedItems"):
            notes.said.append(tr("{name} names only the pages of the posts, not the posts.").format(name="outbox.json"))
        threads: dict[str, str] = {}
        for activity in dicts(held.get("orderedItems")):
            yield _entry(activity, who, threads)

    def _author(self, bundle: Bundle, notes: Notes) -> Author:
        actor = read_json(bundle, self._actor, notes) if self._actor is not None else None
        if not isinstance(actor, dict):
            return Author("", "", "")
        page = words(actor.get("id")) or words(actor.get("url"))
        host = page.removeprefix("https://").partition("/")[0]
        handle = f"{words(actor.get('preferredUsername'))}@{host}".casefold()
        return Author(handle, f"@{handle}", words(actor.get("name")), words(actor.get("url")))


def find(bundle: Bundle, name: str) -> Mastodon | None:
    """Return the export, if there is an outbox of ActivityStreams."""
    del name
    for part in bundle.parts:
        base = part.name.rpartition("/")[2]
        if base.endswith(".json") and (base == "outbox.json" or len(bundle.parts) == 1):
            head = content(bundle, part, _HEAD_BYTES) or b""
            if b"activitystreams" in head and b"orderedItems" in head:
                folder = part.name.removesuffix(base)
                actor = next((other for other in bundle.parts if other.name == f"{folder}actor.json"), None)
                return Mastodon(part, actor)
    return None


def _entry(activity: Mapping[str, Any], who: Author, threads: dict[str, str]) -> Entry:
    """Read one; `threads` has the first post's number by that of each post, and is added to."""
    post = activity.get("object")
    if activity.get("type") == "Announce":
        return Entry(None, left_out.SHARES)
    if activity.get("type") != "Create" or not isinstance(post, dict):
        return Entry(None, left_out.SYSTEM)
    at = parse(words(post.get("published")) or words(activity.get("published")), ISO)
    number = words(post.get("id")).rpartition("/")[2]
    if at is None or not number:
        return Entry(None, left_out.SYSTEM)
    shown = {"content": words(post.get("content")), "spoiler_text": words(post.get("summary"))}
    text = text_of({**shown, "media_attachments": _alt_texts(post)}, set())
    if not text:
        return Entry(None, left_out.MEDIA)
    parent = words(post.get("inReplyTo")).rpartition("/")[2]
    threads[number] = threads.get(parent, parent or number)
    receivers = [*_listed(post.get("to")), *_listed(post.get("cc"))]
    public = any(name in _PUBLIC or name.endswith("/followers") for name in receivers)
    languages = post.get("contentMap")
    return Entry(
        Incoming(
            remote_id=number,
            at=at,
            text=text,
            author=who,
            out=True,
            thread=threads[number],
            parent=parent,
            url=words(post.get("url")) or words(post.get("id")),
            public=public,
            language=next(iter(languages), "")[:2] if isinstance(languages, dict) and len(languages) == 1 else "",
        )
    )


def _alt_texts(post: Mapping[str, Any]) -> list[dict[str, str]]:
    """The pictures that are described; the others say nothing."""
    named = (words(file.get("name")) for file in dicts(post.get("attachment")))
    return [{"description": name} for name in named if name]


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
