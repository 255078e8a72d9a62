"""A post's Markdown as its readers see it: pictures, files, quotes, polls and times in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.base.markdown import alt, fenced, without_comments
from app.base.pictures import in_words
from app.channels.discourse.emoji import with_signs

_QUOTE = re.compile(r"(\[quote[^\]\n]{0,200}\]|\[/quote\])")
_MEDIA = re.compile(r"!\[([^\]\n|]{0,200}+)([^\]\n]{0,100}+)\]\([^)\[\n]{0,2000}+\)")
_FILE = re.compile(r"(?<!!)\[([^\]\n|]{1,200}+)\|attachment\]\(([^)\s]{1,500}+)\)")
_HTML_PICTURE = re.compile(r"(?<!\\)<img\b([^>\n]{0,2000}+)>", re.IGNORECASE)
_DETAILS = re.compile(r"\[details(?:=\"?([^\]\"\n]{0,200}+)\"?)?[^\]\n]{0,50}+\]")
_POLL = re.compile(r"\[poll\b[^\]\n]{0,500}+\]")
_EVENT = re.compile(r"\[event\b([^\]\n]{0,800}+)\]")
_TIME = re.compile(r"\[date(-range|=)([^\]\n]{0,400}+)\]")
_VALUE = re.compile(r"\b(date|time|from|to|start|end|name|timezone)=\"?([^\s\"\]]{1,100}+)\"?")
_MARKS = re.compile(
    r"\[/(?:details|poll|spoiler|wrap|event|grid|chat)\]|\[(?:spoiler|grid)[^\]\n]{0,100}+\]|\[wrap\b[^\]\n]{0,300}+\]"
)
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_UPLOADED = "upload://"


def words_of(post: Mapping[str, Any], server: str = "") -> str:
    """Return a post's Markdown with its quotes marked by ">" as in mails; `server` is where its files are.

    What stands in blocks of code stays as it is. Without Markdown (the post is hidden from us) returns the rendered
    notice as text.
    """
    raw = post.get("raw")
    if raw is None:
        from app.mail.html import to_text  # noqa: PLC0415  rarely needed

        return to_text(str(post.get("cooked") or ""))
    raw, depth, lines = str(raw), 0, list[str]()
    if "[quote" not in raw and not _is_marked(raw):
        return raw.replace("\\<", "<")
    for is_code, part in fenced(raw):
        if is_code:
            lines += ["> " * min(depth, 3) + line for line in part.split("\n")]
            continue
        for at, words in enumerate(_QUOTE.split(_plain(part, server))):
            if at % 2:
                depth = max(0, depth + (-1 if words == "[/quote]" else 1))
            elif words.strip():
                lines += ["> " * min(depth, 3) + line for line in words.strip("\n").split("\n")]
    return "\n".join(lines).strip("\n") or raw


def typed(text: str) -> str:
    """Escape "<" in a plain text, which Discourse would drop as an HTML tag."""
    return _MARKUP.sub(r"\\<", text)


def _is_marked(raw: str) -> bool:
    """Whether there may be anything in it that reads otherwise than it is written."""
    return "[" in raw or ":" in raw or "<!--" in raw or "<img" in raw.casefold()


def _plain(text: str, server: str) -> str:
    """A text without code, with what Discourse shows otherwise put in words."""
    text = without_comments(text)
    text = _MEDIA.sub(lambda found: in_words(found[1], kind=_kind(found[2])), text)
    text = _FILE.sub(lambda found: f"{in_words(found[1], kind='File')} {_address(found[2], server)}".rstrip(), text)
    text = _HTML_PICTURE.sub(lambda found: in_words(alt(found[1])), text)
    text = _DETAILS.sub(lambda found: (found[1] or "").strip(), text)
    text = _EVENT.sub(lambda found: f"[Event: {_when(found[1])}]", text)
    text = _TIME.sub(lambda found: _when(f"date={found[2]}" if found[1] == "=" else found[2]), text)
    return with_signs(_MARKS.sub("", _POLL.sub("[Poll]", text))).replace("\\<", "<")


def _kind(options: str) -> str:
    return "Video" if "|video" in options else "Sound" if "|audio" in options else "Picture"


def _address(upload: str, server: str) -> str:
    """The web address of an uploaded file (lib/upload... `short-url` of Discourse's routes); "" if it has none."""
    if upload.startswith(("http://", "https://")):
        return upload
    if upload.startswith(_UPLOADED) and server:
        return f"{server}/uploads/short-url/{upload.removeprefix(_UPLOADED)}"
    return f"{server}{upload}" if upload.startswith("/") and server else ""


def _when(attributes: str) -> str:
    """A time as it was written: "2026-05-01 10:00 – 12:00 (Europe/Prague)"."""
    told = dict(_VALUE.findall(attributes))
    begins = " ".join(filter(None, (told.get("date") or told.get("from") or told.get("start"), told.get("time"))))
    ends, zone = told.get("to") or told.get("end") or "", told.get("timezone", "")
    named = f"{told['name']}, " if told.get("name") else ""
    return (
        named
        + begins.replace("T", " ")
        + (f" – {ends.replace('T', ' ')}" if ends else "")
        + (f" ({zone})" if zone else "")
    )
