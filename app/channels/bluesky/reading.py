"""What Bluesky's records mean: texts, facets, keys, places of a thread; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from app.base import clock
from app.base.message import Author, Reply
from app.channels.http.parts import as_dict

POST = "app.bsky.feed.post"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_PARTS = re.compile(
    r"(?P<link>https?://[^\s<>\"“”„]+)|(?<![\w@/.])@(?P<mention>[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)"
    r"|(?<![\w#/&])#(?P<tag>\w{1,64})"
)
_BEHIND = ".,;:!?'’·…»*"


class Place(NamedTuple):
    """Where a post stands: its thread's root, when; `state` is how we know it, None for one that is no message here."""

    root: str
    at: int = 0
    state: str | None = None


def whose(uri: str) -> str:
    """The DID of whose record it is: at://DID/collection/key."""
    return uri.removeprefix("at://").partition("/")[0]


def key_of(uri: str) -> str:
    """The key of a record within its collection."""
    return uri.rpartition("/")[2]


def page_of(uri: str, handle: str = "") -> str:
    """Where a browser shows a post."""
    return f"https://bsky.app/profile/{whose(uri) if '@' in handle else handle or whose(uri)}/post/{key_of(uri)}"


def own_key(reply: Reply) -> str:
    """The record key of a reply, the same at every try: a TID (https://atproto.com/specs/tid), ordered by its time."""
    chance = int.from_bytes(sha256(reply.key.encode()).digest()[:8])
    micros = reply.at * 1_000_000 + chance % 1_000_000
    value = (micros << 10 | chance >> 40 & 1023) & (2**63 - 1)
    return "".join(_LETTERS[value >> shift & 31] for shift in range(60, -1, -5))


def facets(text: str, did_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """What in a text is a link, a mention or a tag, by bytes of UTF-8; `did_of` gives "" for an unknown handle."""
    found = []
    for hit in _PARTS.finditer(text):
        kind = str(hit.lastgroup)
        value, end = hit[kind], hit.end()
        if kind == "link":
            value = _link(value)
            end = hit.start() + len(value)
        feature = _feature(kind, value, did_of)
        if feature:
            begin = len(text[: hit.start()].encode())
            index = {"byteStart": begin, "byteEnd": begin + len(text[hit.start() : end].encode())}
            found.append({"index": index, "features": [feature]})
    return found


def _link(value: str) -> str:
    """An address without the marks of the sentence behind it."""
    while value[-1] in _BEHIND or (value[-1] in ")]" and value.count(value[-1]) > value.count("(["[value[-1] == "]"])):
        value = value[:-1]
    return value


def _feature(kind: str, value: str, did_of: Callable[[str], str]) -> dict[str, str] | None:
    named = f"app.bsky.richtext.facet#{kind}"
    if kind == "link":
        return {"$type": named, "uri": value} if value.partition("://")[2] else None
    if kind == "tag":
        return None if value.isdecimal() else {"$type": named, "tag": value}
    did = did_of(value.lower())
    return {"$type": named, "did": did} if did else None


def text_of(record: Mapping[str, Any]) -> str:
    """The words of a post, with whole addresses where they are shown cut off, and with what its pictures show."""
    body = str(record.get("text") or "").encode("utf-8", "surrogatepass")
    for begin, end, uri in sorted(_links(record, len(body)), reverse=True):
        if body[begin:end].endswith((b"...", "…".encode())):
            body = body[:begin] + uri.encode() + body[end:]
    embed = as_dict(record.get("embed"))
    media = as_dict(embed.get("media")) or embed
    images = media.get("images")
    shown = [f"[{one.get('alt') or 'picture'}]" for one in images or () if isinstance(one, dict)]
    link = str(as_dict(media.get("external")).get("uri") or "")
    text = body.decode("utf-8", "replace")
    return "\n\n".join(filter(None, (text, "\n".join(shown), link if link not in text else "")))


def _links(record: Mapping[str, Any], size: int) -> Iterator[tuple[int, int, str]]:
    """The links of a post's facets that lie within its text: where, and what to."""
    for facet in record.get("facets") or ():
        try:
            begin, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            uri = next(one["uri"] for one in facet["features"] if str(one.get("uri", "")).startswith("http"))
        except (KeyError, TypeError, AttributeError, StopIteration):
            continue
        if isinstance(begin, int) and isinstance(end, int) and 0 <= begin < end <= size:
            yield begin, end, uri


def root_of(uri: str, record: Mapping[str, Any]) -> str:
    """The first post of the thread that this one stands in."""
    return str(record["reply"]["root"]["uri"]) if record.get("reply") else uri


def parent_of(record: Mapping[str, Any]) -> str:
    """What a post answers; "" for one that answers nothing."""
    return str(record["reply"]["parent"]["uri"]) if record.get("reply") else ""


def quoted(record: Mapping[str, Any]) -> str:
    """The post that this one quotes; "" where it quotes none."""
    found = record.get("embed")
    for _ in range(3):
        if not isinstance(found, dict):
            return ""
        if isinstance(found.get("uri"), str) and f"/{POST}/" in found["uri"]:
            return str(found["uri"])
        found = found.get("record")
    return ""


def said_at(post: Mapping[str, Any]) -> int:
    """When it was said: what its author claims, but no later than it was seen. ValueError where neither is a time."""
    times = (post["record"].get("createdAt"), post.get("indexedAt"))
    return min(clock.from_iso(str(time)) for time in times if time)


def author(post: Mapping[str, Any]) -> Author:
    """Who it is: the DID stays when a handle changes."""
    who = post["author"]
    handle = str(who.get("handle") or who["did"])
    return Author(
        str(who["did"]), f"@{handle}", str(who.get("displayName") or handle), f"https://bsky.app/profile/{handle}"
    )
