"""Telegram's `result.json`: one chat, or all of an account's (Telegram Desktop, Settings > Advanced > Export).

Ids are those of the Bot API (core.telegram.org/api/bots/ids), so that a chat that is connected too is met again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from app.base import clock
from app.base.message import Attached, Author, Incoming
from app.base.text import fold
from app.imports import left_out
from app.imports.bundle import Bundle, Part, content
from app.imports.exports.entry import Entry, attached, dicts, key_of, only_files, read_json, seconds, words
from app.imports.notes import Notes

KIND, _SERVICE = "telegram", "Telegram"
_HEAD_BYTES = 4_096
_PUBLIC = frozenset(("public_supergroup", "public_channel"))
_SUPER = frozenset(("private_supergroup", "public_supergroup", "private_channel", "public_channel"))
_TWO = frozenset(("personal_chat", "bot_chat"))
_OURSELVES, _BOT, _GROUP = "saved_messages", "bot_chat", "private_group"
_SUPER_OFFSET = 1_000_000_000_000


class Telegram:
    """The chats of one `result.json`."""

    kind, name, title = KIND, _SERVICE, _SERVICE

    def __init__(self, part: Part) -> None:
        """`part` is the file."""
        self._part = part

    def entries(self, bundle: Bundle, own: frozenset[str], notes: Notes) -> Iterator[Entry]:
        """Yield the messages of every chat, in the file's order."""
        held = read_json(bundle, self._part, notes)
        if not isinstance(held, dict):
            return
        about = held.get("personal_information")
        me = str(about.get("user_id", "")) if isinstance(about, dict) else ""
        chats = list(_chats(held))
        others = [chat for chat in chats if chat.get("type") not in _TWO]
        if others and not me and not own:
            notes.names = tuple(dict.fromkeys(_name(said) for chat in others for said in _said(chat) if _name(said)))
        for chat in chats:
            yield from _Chat(bundle, self._part, chat, me, own).entries()


class _Chat:
    """One chat; `me` is our id, "" where the file does not tell."""

    def __init__(self, bundle: Bundle, part: Part, chat: Mapping[str, Any], me: str, own: frozenset[str]) -> None:
        self._bundle, self._chat, self._me, self._own = bundle, chat, me, own
        self._folder = part.name.rpartition("/")[0]
        self._files = {one.name: one for one in bundle.parts}
        self._type, self._title = words(chat.get("type")), words(chat.get("name"))
        number = chat.get("id")
        self._other = str(number)
        self._id = _bot_api_id(self._type, number if isinstance(number, int) else 0)

    def entries(self) -> Iterator[Entry]:
        """Yield its messages."""
        for said in dicts(self._chat.get("messages")):
            if self._type in (_OURSELVES, _BOT):
                yield Entry(None, left_out.NOTES if self._type == _OURSELVES else left_out.BOTS)
            elif said.get("type") != "message":
                yield Entry(None, left_out.SYSTEM)
            else:
                yield self._entry(said)

    def _entry(self, said: Mapping[str, Any]) -> Entry:
        at, number = _time_of(said), said.get("id")
        if at is None or not isinstance(number, int):
            return Entry(None, left_out.SYSTEM)
        text, files = _text(said.get("text")), self._attached(said)
        if not text and not files:
            text = words(said.get("sticker_emoji"))
            if not text:
                return Entry(None, left_out.MEDIA)
        answered = said.get("reply_to_message_id")
        public = self._type in _PUBLIC
        return Entry(
            Incoming(
                remote_id=f"{self._id}/{number}",
                at=at,
                text=text or only_files(),
                author=self._author(said),
                out=self._is_ours(said),
                thread=str(self._id),
                parent=f"{self._id}/{answered}" if isinstance(answered, int) else "",
                title=self._title,
                public=public,
                attached=files,
            )
        )

    def _author(self, said: Mapping[str, Any]) -> Author:
        name = _name(said) or self._title
        number = _number(said)
        return Author(number or key_of(name) or "?", name, name)

    def _is_ours(self, said: Mapping[str, Any]) -> bool:
        number = _number(said)
        if self._me:
            return number == self._me
        if fold(_name(said)) in self._own or number in self._own:
            return True
        return self._type in _TWO and bool(number) and number != self._other and not self._own

    def _attached(self, said: Mapping[str, Any]) -> tuple[Attached, ...]:
        """Photos and files, where they were exported too."""
        found = []
        for name in (words(said.get("photo")), words(said.get("file"))):
            part = self._files.get(f"{self._folder}/{name}" if self._folder else name)
            held = attached(self._bundle, part) if part is not None else None
            if held is not None:
                found.append(held)
        return tuple(found)


def find(bundle: Bundle, name: str) -> Telegram | None:
    """Return the export, if there is a `result.json` of Telegram's form."""
    del name
    for part in bundle.parts:
        if part.name.casefold().endswith(".json") and (len(bundle.parts) == 1 or part.name.endswith("result.json")):
            head = content(bundle, part, _HEAD_BYTES) or b""
            single = b'"messages"' in head and b'"type"' in head and b'"id"' in head and _has_times(head)
            if single or (b'"about"' in head and b'"personal_information"' in head) or _is_list_of_chats(head):
                return Telegram(part)
    return None


def _has_times(head: bytes) -> bool:
    """Whether messages have their times as Telegram writes them; `date_unixtime` came in 2021."""
    return b'"date_unixtime"' in head or (b'"date"' in head and b'"from_id"' in head)


def _time_of(said: Mapping[str, Any]) -> int | None:
    """Unix seconds; before 2021 there is only the hour where it was exported, which is taken for ours."""
    at = seconds(said.get("date_unixtime"))
    if at is None:
        with suppress(ValueError, OverflowError, OSError):
            at = seconds(clock.from_iso(words(said.get("date"))[:19]))
    return at


def _is_list_of_chats(head: bytes) -> bool:
    return b'"chats"' in head and b'"list"' in head and b'"messages"' in head


def pages(bundle: Bundle) -> str:
    """The service's name, if it was exported as HTML; else ""."""
    names = {part.name.rpartition("/")[2] for part in bundle.parts}
    if len(bundle.parts) == 1 and bundle.parts[0].name.casefold().endswith((".html", ".htm")):
        head = content(bundle, bundle.parts[0], _HEAD_BYTES) or b""
        return _SERVICE if b"<title>Exported Data</title>" in head else ""
    return _SERVICE if "messages.html" in names and names & {"style.css", "script.js"} else ""


def _chats(held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if isinstance(held.get("messages"), list):
        yield dict(held)
    for name in ("chats", "left_chats"):
        listed = held.get(name)
        yield from dicts(listed.get("list") if isinstance(listed, dict) else None)


def _said(chat: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (said for said in dicts(chat.get("messages")) if said.get("type") == "message")


def _name(said: Mapping[str, Any]) -> str:
    return words(said.get("from"))


def _number(said: Mapping[str, Any]) -> str:
    """Whoever wrote it, by the figures of `user123`, `channel123` or (before 2021) 123; "" for a deleted account."""
    found = said.get("from_id")
    written = str(found) if isinstance(found, int) else words(found)
    number = written.lstrip("abcdefghijklmnopqrstuvwxyz")
    if written.startswith("channel") and number.isdecimal():
        return str(-_SUPER_OFFSET - int(number))
    return number if number.isdecimal() else ""


def _bot_api_id(of: str, number: int) -> int:
    if of in _SUPER:
        return -_SUPER_OFFSET - abs(number)
    return -abs(number) if of == _GROUP else number


def _text(value: object) -> str:
    """The words of a message: a string, or strings and parts with links behind them."""
    if not isinstance(value, list):
        return words(value)
    return "".join(map(_part, value)).strip()


def _part(piece: object) -> str:
    if not isinstance(piece, dict):
        return piece if isinstance(piece, str) else ""
    text, link = piece.get("text"), words(piece.get("href"))
    shown = text if isinstance(text, str) else ""
    return f"{shown} ({link})" if link and link != shown else shown
