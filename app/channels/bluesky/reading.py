"""Parse Bluesky's records: texts, facets, record keys and threads. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from app.base import clock
from app.base.message import Author, Reaction, Reply
from app.base.pictures import in_words
from app.channels.http.parts import as_dict

POST = "app.bsky.feed.post"
_BASE32_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_FACET = re.compile(
    r"(?P<link>https?://[^\s<>\"“”„]+)|(?<![\w@/.])@(?P<mention>[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)"
    r"|(?<![\w#/&])#(?P<tag>\w{1,64})"
)
_TRAILING_PUNCTUATION = ".,;:!?'’·…»*"


class Place(NamedTuple):
    """What we remember of a post: its thread's root, its time in Unix seconds, and its last known `state`.

    `state` is the CID, with "-" appended if hidden; None for a post that is not a message here, or is deleted.
    """

    root: str
    at: int = 0
    state: str | None = None


def whose(uri: str) -> str:
    """Return the DID in a record's URI (at://DID/collection/key)."""
    return uri.removeprefix("at://").partition("/")[0]


def key_of(uri: str) -> str:
    """Return the record key in a record's URI."""
    return uri.rpartition("/")[2]


def page_of(uri: str, handle: str = "") -> str:
    """Return the web address of a post, by handle or, without a handle, by DID."""
    return f"https://bsky.app/profile/{whose(uri) if '@' in handle else handle or whose(uri)}/post/{key_of(uri)}"


def own_key(reply: Reply | Reaction) -> str:
    """Return the record key of a reply or like: a TID (atproto.com/specs/tid) of its time, the same on every try."""
    chance = int.from_bytes(sha256(reply.key.encode()).digest()[:8])
    micros = reply.at * 1_000_000 + chance % 1_000_000
    value = (micros << 10 | chance >> 40 & 1023) & (2**63 - 1)
    return "".join(_BASE32_SORTABLE[value >> shift & 31] for shift in range(60, -1, -5))


def facets(text: str, did_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the facets (links, mentions, tags) of a text, by UTF-8 byte offsets.

    `did_of` resolves a handle to a DID, "" for an unknown one.
    """
    facets = []
    for hit in _FACET.finditer(text):
        kind = str(hit.lastgroup)
        value, end = hit[kind], hit.end()
        if kind == "link":
            value = _link(value)
            end = hit.start() + len(value)
        feature = _feature(kind, value, did_of)
        if feature:
            begin = len(text[: hit.start()].encode())
            index = {"byteStart": begin, "byteEnd": begin + len(text[hit.start() : end].encode())}
            facets.append({"index": index, "features": [feature]})
    return facets


def _link(value: str) -> str:
    """Strip trailing punctuation, and unbalanced closing brackets, from a URL."""
    while value[-1] in _TRAILING_PUNCTUATION or (
        value[-1] in ")]" and value.count(value[-1]) > value.count("(["[value[-1] == "]"])
    ):
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
    """Return a post's text with shortened links expanded, then its pictures' alt texts and its external link.

    A reply that quotes a post has the link of that as well; of any other post the quoted one is what it is about.
    """
    body = str(record.get("text") or "").encode("utf-8", "surrogatepass")
    for begin, end, uri in sorted(_links(record, len(body)), reverse=True):
        if body[begin:end].endswith((b"...", "…".encode())):
            body = body[:begin] + uri.encode() + body[end:]
    embed = as_dict(record.get("embed"))
    media = as_dict(embed.get("media")) or embed
    images = media.get("images")
    shown = [in_words(image.get("alt")) for image in images or () if isinstance(image, dict)]
    if media.get("$type") == "app.bsky.embed.video" or media.get("video"):
        shown.append(in_words(media.get("alt"), kind="Video"))
    link = str(as_dict(media.get("external")).get("uri") or "")
    text, about = body.decode("utf-8", "replace"), quoted(record) if record.get("reply") else ""
    links = [one for one in (link, about and page_of(about)) if one and one not in text]
    return "\n\n".join(filter(None, (text, "\n".join(shown), *links)))


def _links(record: Mapping[str, Any], size: int) -> Iterator[tuple[int, int, str]]:
    """Yield (start byte, end byte, URL) of the link facets that are within the text of `size` bytes."""
    for facet in record.get("facets") or ():
        try:
            begin, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            uri = next(
                feature["uri"] for feature in facet["features"] if str(feature.get("uri", "")).startswith("http")
            )
        except (KeyError, TypeError, AttributeError, StopIteration):
            continue
        if isinstance(begin, int) and isinstance(end, int) and 0 <= begin < end <= size:
            yield begin, end, uri


def root_of(uri: str, record: Mapping[str, Any]) -> str:
    """Return the URI of the first post of a post's thread; its own for a post that is no reply."""
    return str(record["reply"]["root"]["uri"]) if record.get("reply") else uri


def parent_of(record: Mapping[str, Any]) -> str:
    """Return the URI of the post that this one replies to; "" if it is no reply."""
    return str(record["reply"]["parent"]["uri"]) if record.get("reply") else ""


def quoted(record: Mapping[str, Any]) -> str:
    """Return the URI of the quoted post; "" if there is none."""
    embedded = record.get("embed")
    for _ in range(3):
        if not isinstance(embedded, dict):
            return ""
        if isinstance(embedded.get("uri"), str) and f"/{POST}/" in embedded["uri"]:
            return str(embedded["uri"])
        embedded = embedded.get("record")
    return ""


def language(record: Mapping[str, Any]) -> str:
    """The language that a post says it is in; "" where it names none, or several (app.bsky.feed.post#langs)."""
    langs = record.get("langs")
    return langs[0] if isinstance(langs, list) and len(langs) == 1 and isinstance(langs[0], str) else ""


def said_at(post: Mapping[str, Any]) -> int:
    """Return the time in Unix seconds: `createdAt`, which the author sets, but no later than it was indexed.

    Raises ValueError if neither is a timestamp.
    """
    times = (post["record"].get("createdAt"), post.get("indexedAt"))
    return min(clock.from_iso(str(time)) for time in times if time)


def author(post: Mapping[str, Any]) -> Author:
    """Return the author, keyed by DID, because handles change."""
    who = post["author"]
    handle = str(who.get("handle") or who["did"])
    return Author(
        str(who["did"]), f"@{handle}", str(who.get("displayName") or handle), f"https://bsky.app/profile/{handle}"
    )
