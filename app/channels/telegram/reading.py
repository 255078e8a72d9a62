"""What people see of a Telegram message, in words, and who wrote it.

The fields of a message are those of https://core.telegram.org/bots/api#message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app.base.message import Author
from app.base.pictures import in_words
from app.channels.http.parts import as_dict, dicts

GROUPS = ("group", "supergroup")
CHANNEL = "channel"
_SUPER = "-100"  # the id of a supergroup or channel begins so (core.telegram.org/api/bots/ids)


def text_of(message: Mapping[str, Any]) -> str:
    """Return what people see of a message; "" if nobody said anything, as in a message of the service itself."""
    content = "\n".join(filter(None, (*_marks(message), _written(message))))
    return "\n".join(filter(None, (*_before(message), content))) if content else ""


def _written(message: Mapping[str, Any]) -> str:
    """The text, or what is written under a picture or file, with the addresses behind its words."""
    for text, entities in (("text", "entities"), ("caption", "caption_entities")):
        if isinstance(message.get(text), str) and message[text]:
            return with_addresses(message[text], dicts(message.get(entities)))
    return ""


def with_addresses(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """Return the text with the address behind each linked word; offsets of entities count UTF-16 units."""
    coded = text.encode("utf-16-le", "surrogatepass")
    parts, done = list[bytes](), 0
    links = [one for one in entities if one.get("type") == "text_link" and isinstance(one.get("url"), str)]
    for link in sorted(links, key=lambda one: int(one["offset"])):
        begin, end = 2 * int(link["offset"]), 2 * (int(link["offset"]) + int(link["length"]))
        if not done <= begin < end <= len(coded):
            continue
        shown = coded[begin:end].decode("utf-16-le", "replace").strip().rstrip("/")
        parts.append(coded[done:end])
        if not link["url"].rstrip("/").endswith(shown):
            parts.append(f" <{link['url']}>".encode("utf-16-le", "replace"))
        done = end
    return b"".join((*parts, coded[done:])).decode("utf-16-le", "replace")


def _before(message: Mapping[str, Any]) -> Iterator[str]:
    """What is shown above a message: whose words it hands on, and which words it answers."""
    origin = as_dict(message.get("forward_origin"))
    if origin:
        whose = origin.get("sender_user") or origin.get("chat") or origin.get("sender_chat")
        name = name_of(as_dict(whose)) or str(origin.get("sender_user_name") or "")
        yield f"[Forwarded from {name}]" if name else "[Forwarded]"
    quote = as_dict(message.get("quote"))
    if isinstance(quote.get("text"), str) and (quote.get("is_manual") or message.get("external_reply")):
        yield "\n".join(f"> {line}" for line in quote["text"].splitlines())


def _marks(message: Mapping[str, Any]) -> Iterator[str]:
    """What is not said in words, each in brackets; an animation also comes as a document, a venue as a location."""
    hidden = {"document"} if message.get("animation") else {"location"} if message.get("venue") else set()
    for name, mark in _MARKS.items():
        if message.get(name) and name not in hidden:
            yield mark(message[name])


def _seconds(what: str, part: Mapping[str, Any]) -> str:
    return f"{what}, {part['duration']} s" if isinstance(part.get("duration"), int) else what


def _sound(part: Mapping[str, Any]) -> str:
    known = (part.get("performer"), part.get("title"))
    return in_words(" – ".join(str(one) for one in known if one) or part.get("file_name") or "", kind="Sound")


def _file(part: Mapping[str, Any]) -> str:
    return f"[{part['file_name']}]" if part.get("file_name") else in_words(kind="File")


def _bracketed(kind: str, *said: object) -> str:
    return in_words(", ".join(str(one) for one in said if one), kind=kind)


def _listed(kind: str, title: object, entries: object) -> str:
    """A poll or a list: what it is about, and its entries below."""
    return "\n".join((_bracketed(kind, title), *(f"– {one['text']}" for one in dicts(entries, "text"))))


_MARKS: dict[str, Callable[[Any], str]] = {
    "photo": lambda _: in_words(),
    "animation": lambda _: in_words(kind="GIF"),
    "video": lambda part: in_words(part.get("file_name"), kind="Video"),
    "video_note": lambda part: in_words(_seconds("video message", part), kind="Video"),
    "voice": lambda part: in_words(_seconds("voice message", part), kind="Sound"),
    "audio": _sound,
    "document": _file,
    "sticker": lambda part: str(part.get("emoji") or in_words(kind="Sticker")),
    "story": lambda _: in_words(kind="Story"),
    "paid_media": lambda _: in_words("paid for", kind="Picture"),
    "venue": lambda part: _bracketed("Location", part.get("title"), part.get("address")),
    "location": lambda part: _bracketed("Location", part.get("latitude"), part.get("longitude")),
    "contact": lambda part: _bracketed("Contact", name_of(part), part.get("phone_number")),
    "poll": lambda part: _listed("Poll", part.get("question"), part.get("options")),
    "checklist": lambda part: _listed("List", part.get("title"), part.get("tasks")),
    "dice": lambda part: str(part.get("emoji") or ""),
    "game": lambda part: _bracketed("Game", part.get("title")),
    "invoice": lambda part: _bracketed("Invoice", part.get("title")),
}
"""Field of a message -> what stands for it; what another Rapport has stored is compared with it, so it stays."""


def name_of(who: Mapping[str, Any]) -> str:
    """The name of a person or chat as people see it; "" without one."""
    return " ".join(str(one) for one in (who.get("first_name"), who.get("last_name")) if one) or str(
        who.get("title") or ""
    )


def author(message: Mapping[str, Any]) -> Author:
    """Return who wrote a message: the chat that it was written as, else the person; raises KeyError if it is nobody.

    Whoever writes as a channel has the same stand-in as all others who do so: `from` is no help then.
    """
    who = message.get("sender_chat") or message.get("from") or message["chat"]
    name, handle = name_of(who), str(who.get("username") or "")
    return Author(str(who["id"]), f"@{handle}" if handle else name, name, f"https://t.me/{handle}" if handle else "")


def is_program(message: Mapping[str, Any], text: str, handle: str) -> bool:
    """Whether another bot wrote a message whose text does not name us, by our bot's handle; False without one.

    Whoever writes as a chat has a bot as a stand-in, and is none.
    """
    if message.get("sender_chat") or as_dict(message.get("from")).get("is_bot") is not True:
        return False
    return bool(handle) and f"@{handle}".casefold() not in text.casefold()


def page_of(chat: Mapping[str, Any], number: object = "") -> str:
    """The web address of a chat or of a message in it; "" where there is none.

    That of a private supergroup or channel opens for its members only (https://core.telegram.org/api/links).
    """
    within = f"/{number}" if number else ""
    if chat.get("username"):
        return f"https://t.me/{chat['username']}{within}"
    inner = str(chat["id"])
    return f"https://t.me/c/{inner.removeprefix(_SUPER)}{within}" if inner.startswith(_SUPER) and number else ""
