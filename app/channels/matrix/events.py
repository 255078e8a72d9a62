"""Convert a room's events to messages, with edits and redactions applied."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from app.base import clock
from app.base.message import Author, Incoming
from app.base.words import N_, tr
from app.channels.base import by_program

POLLS = ("m.poll.start", "org.matrix.msc3381.poll.start")
"""A poll as it was accepted (MSC3381), and as most programs still send it."""
SAID = ("m.room.message", "m.sticker", "m.room.encrypted", *POLLS)
NAMES = {"m.room.name": "name", "m.room.canonical_alias": "alias", "m.room.topic": "topic"}
# Stored as the message's text and not translated: another wording would count as an edit.
ENCRYPTED = N_("This message is end-to-end encrypted. Read and answer it in your Matrix app.")
INVITED = N_(
    "An invitation to a private conversation. Reply to accept it; Rapport can't read what is written there before that."
)
INVITE = "/invite"
"""The suffix of an invitation's remote id, in place of an event id."""
ODD = (KeyError, TypeError, ValueError, AttributeError, OverflowError)
"""The exceptions raised while parsing a malformed event."""
Event = Mapping[str, Any]
# Part of the text of a message, so these stay in the language of the code: read again in another, it would be edited.
_FILES = {"m.image": "Picture", "m.file": "File", "m.video": "Video", "m.audio": "Sound"}
_FALLBACK = re.compile(r"\A(?:>[^\n]*\n)+\n")  # older clients quote the parent message in the text
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Room:
    """What is known of a room. `direct`: it is marked as a direct chat (m.direct)."""

    id: str
    name: str = ""
    alias: str = ""
    topic: str = ""
    direct: bool = False

    def kept(self) -> str:
        """Serialize it for the cursor; `direct` is stored elsewhere."""
        return json.dumps({"name": self.name, "alias": self.alias, "topic": self.topic}, ensure_ascii=False)


def room_of(number: str, kept: str, *, direct: bool) -> Room:
    """Parse a room from the cursor."""
    stored = json.loads(kept or "{}")
    name, alias, topic = (str(stored.get(key, "")) for key in NAMES.values())
    return Room(number, name, alias, topic, direct)


def directs(account_data: Iterable[Event], known: str) -> list[str]:
    """Return the ids of all direct rooms; without an m.direct event, those in `known` (JSON)."""
    for event in account_data:
        if event.get("type") == "m.direct" and isinstance(event.get("content"), dict):
            rooms = [ids for ids in event["content"].values() if isinstance(ids, list)]
            return sorted({room for ids in rooms for room in ids if isinstance(room, str)})
    return [str(room) for room in json.loads(known or "[]")]


class Reader:
    """Converts the events of one room. `ask` fetches an older event by its id, None if it is not available."""

    def __init__(self, room: Room, me: str, ask: Callable[[str], Event | None]) -> None:
        """`me` is our own user id."""
        self.room, self._me, self._ask = room, me, ask
        self._names: dict[str, str] = {}
        self._page: dict[str, Incoming] = {}

    def read(self, state: Iterable[Event], events: Iterable[Event]) -> tuple[Incoming, ...]:
        """Return the messages, oldest first; malformed events are skipped."""
        events = list(events)
        for event in (*state, *events):
            self._note_state(event)
        for event in events:
            try:
                item = self._convert(event)
            except ODD:
                continue
            if item is not None:
                self._page[item.remote_id] = item
        return tuple(self._page.values())

    def _note_state(self, event: Event) -> None:
        """Remember the room's name, alias or topic, or a member's display name."""
        try:
            kind, content = event["type"], event["content"]
            if kind in NAMES:
                changed: dict[str, Any] = {NAMES[kind]: str(content.get(NAMES[kind]) or "")}
                self.room = replace(self.room, **changed)
            elif kind == "m.room.member":
                self._names[event["state_key"]] = str(content.get("displayname") or "")
        except ODD:
            return

    def _convert(self, event: Event) -> Incoming | None:
        kind, content = event["type"], event["content"]
        if kind == "m.room.redaction":
            return self._apply_redaction(str(event.get("redacts") or content["redacts"]), event)
        if kind not in SAID:
            return None
        if (event.get("unsigned") or {}).get("redacted_because"):
            return self._apply_redaction(_event_id(event["event_id"]), event)
        relation = content.get("m.relates_to") or {}
        if relation.get("rel_type") == "m.replace":
            return self._apply_edit(event, str(relation["event_id"]))
        return self._message(event)

    def _message(self, event: Event) -> Incoming | None:
        room, number, sender = self.room, _event_id(event["event_id"]), str(event["sender"])
        secret = event["type"] == "m.room.encrypted"
        text = tr(ENCRYPTED) if secret else text_of(event)
        if not text:
            return None
        root, parent = answered(event)
        item = Incoming(
            remote_id=f"{room.id}/{number}",
            # set by the sender's server, which may lie
            at=min(max(int(event["origin_server_ts"]) // 1000, 0), clock.now() + _DAY),
            text=text,
            author=_author(sender, self._names.get(sender, "")),
            out=sender == self._me,
            thread=room.id if room.direct else "",
            refs=tuple(f"{room.id}/{ref}" for ref in dict.fromkeys((root, parent)) if ref and not room.direct),
            parent=f"{room.id}/{parent}" if parent else "",
            title=room.name if room.direct else "",
            post_title="" if room.direct else room.name or room.alias,
            post_url="" if room.direct else link(room.alias or room.id),
            post_text="" if room.direct else room.topic[:500],
            url=link(room.id, number),
            public=not room.direct,
            kind="unreadable" if secret else "said",
            raw=json.dumps(event).encode() if secret else None,
        )
        return by_program(item) if not item.out and _is_program(event["content"], text, self._me) else item

    def _apply_edit(self, event: Event, target: str) -> Incoming | None:
        """Return the edited message; None unless the editor is its author."""
        old = self._page.get(f"{self.room.id}/{target}")
        if old is None:
            first = self._ask(target)
            old = None if first is None else self._message(first)
        if old is None or old.gone or old.author.key != event["sender"]:
            return None
        return old._replace(text=_words({**event, "content": event["content"]["m.new_content"]}) or old.text)

    def _apply_redaction(self, target: str, event: Event) -> Incoming:
        number, at = f"{self.room.id}/{target}", max(int(event["origin_server_ts"]) // 1000, 0)
        return (self._page.get(number) or Incoming(number, at, "", _author(str(event["sender"]), "")))._replace(
            gone=True
        )


def invitation(room: str, invited: Event, me: str) -> Incoming | None:
    """Convert an invitation to a direct chat; None for other invitations, as people join group rooms themselves."""
    try:
        state = invited["invite_state"]["events"]
        members = {event["state_key"]: event for event in state if event["type"] == "m.room.member"}
        sender = str(members[me]["sender"])
        if not members[me]["content"].get("is_direct"):
            return None
        name = str(members[sender]["content"].get("displayname") or "") if sender in members else ""
        at = int(members[me].get("origin_server_ts", 0)) // 1000 or clock.now()
        raw = json.dumps(members[me]).encode()
    except ODD:
        return None
    return Incoming(
        f"{room}{INVITE}", min(at, clock.now()), tr(INVITED), _author(sender, name), thread=room, url=link(room),
        public=False, kind="unreadable", raw=raw,
    )  # fmt: skip


def _is_program(content: Mapping[str, Any], text: str, me: str) -> bool:
    """Whether a program wrote it, and does not name us: https://spec.matrix.org/latest/client-server-api/#mnotice."""
    named = (content.get("m.mentions") or {}).get("user_ids") or ()
    return content.get("msgtype") == "m.notice" and me not in named and me not in text


def _event_id(value: object) -> str:
    """Return an event's id; raises ValueError if it is none."""
    if isinstance(value, str) and value.startswith("$"):
        return value
    raise ValueError


def text_of(event: Event) -> str:
    """Return a message's current text, with the bundled edit applied; "" if it has none."""
    bundled = ((event.get("unsigned") or {}).get("m.relations") or {}).get("m.replace") or {}
    latest = (bundled.get("content") or {}).get("m.new_content")
    if isinstance(latest, dict) and bundled.get("sender") == event["sender"]:
        event = {**event, "content": latest}
    return _words(event)


def _words(event: Event) -> str:
    content = event["content"]
    text, kind = str(content.get("body") or ""), content.get("msgtype")
    if answered(event)[1]:
        text = _FALLBACK.sub("", text)
    if event["type"] in POLLS:
        return _poll(content)
    if event["type"] == "m.sticker":
        return f"[Sticker: {text}]"
    if kind in _FILES:
        name = str(content.get("filename") or text)
        caption = text if text != name else ""
        return "\n".join(filter(None, (caption, f"[{_FILES[kind]}: {name}]")))
    return text.strip()


def _poll(content: Event) -> str:
    """The question of a poll and its choices, in either form of MSC3381."""
    poll = content.get("m.poll") or content["org.matrix.msc3381.poll.start"]
    question, *choices = (_plain(part) for part in (poll["question"], *poll["answers"]))
    return "\n".join((f"[Poll: {question}]", *(f"- {choice}" for choice in choices)))


def _plain(part: Event) -> str:
    """A text block: as plain text, the older form, or a list of forms (MSC1767)."""
    plain = part.get("org.matrix.msc1767.text") or part.get("body") or part.get("m.text") or ""
    if isinstance(plain, list):
        plain = next((form["body"] for form in plain if form.get("mimetype", "text/plain") == "text/plain"), "")
    return " ".join(str(plain).split())


def answered(event: Event) -> tuple[str, str]:
    """Return the ids of the thread's root and of the parent event, "" for none."""
    relation = event["content"].get("m.relates_to") or {}
    direct = str((relation.get("m.in_reply_to") or {}).get("event_id") or "")
    root = str(relation.get("event_id") or "") if relation.get("rel_type") == "m.thread" else ""
    # in a thread, m.in_reply_to may be a fallback to the previous message, for clients without threads
    return root, root if root and relation.get("is_falling_back") else direct or root


def link(room: str, event: str = "") -> str:
    """Return a matrix.to link, which opens in any client."""
    return f"https://matrix.to/#/{quote(room, safe='!#:@')}" + (f"/{quote(event, safe='$:')}" if event else "")


def _author(user: str, name: str) -> Author:
    return Author(user, user, name or user.lstrip("@").partition(":")[0], link(user))
