"""Slack's message markup: `<@U1>` for a person, `<#C1|name>`, `<https://…|words>`, `:lemon:`, and `&amp; &lt; &gt;`.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.base.message import Author
from app.base.pictures import in_words
from app.base.text import words
from app.channels.http.parts import as_dict, dicts
from app.channels.slack.emoji import in_signs

_MARKUP = re.compile(r"<([@#!]?)([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
_EMOJI = re.compile(r":[a-z0-9_+'-]{1,60}:")
_PERSON = re.compile(r"<@([A-Z0-9]{1,30})")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]]")
_MEDIA = {"image": "Picture", "video": "Video", "audio": "Sound"}
_MAX_PARTS = 50  # blocks of a message: as many as Slack allows


def plain(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a message's plain text with people's names: its words, what it quotes or an app adds, its files' names.

    An app may say all in blocks and nothing in the text; what Slack adds to a link is left out.
    """
    text = _read(str(row.get("text") or ""), names) or _in_blocks(row.get("blocks"), names)
    more = (_attached(part, names) for part in dicts(row.get("attachments")))
    return "\n".join(filter(None, (text, *more, *map(_file, dicts(row.get("files"))))))


def _read(text: str, names: Mapping[str, str]) -> str:
    def readable(sign: re.Match[str]) -> str:
        mark, what, shown = sign.groups("")
        if mark == "@":
            return f"@{shown or names.get(what, what)}"
        if mark == "#":
            return f"#{shown or names.get(what, what)}"
        if mark == "!":
            return shown or _called(what)
        bare = what.removeprefix("mailto:")
        # Slack makes a link of a typed `lemonade.example`: its address would only repeat the text
        typed = not shown or bare.rstrip("/").endswith(shown.rstrip("/"))
        return (shown or bare) if typed else f"{shown} <{bare}>"

    return _unescaped(in_signs(_MARKUP.sub(readable, text))).strip()


def _called(what: str) -> str:
    """Whom a mark calls that names nobody: everybody, or a group, whose name is not told."""
    kind = what.partition("^")[0]
    return {"subteam": "@group", "date": ""}.get(kind, f"@{kind}")


def _in_blocks(blocks: object, names: Mapping[str, str]) -> str:
    """The words of the blocks that an app makes a message of; "" if there are none."""
    found: list[str] = []
    for block in dicts(blocks)[:_MAX_PARTS]:
        parts = [as_dict(block.get("text")), *dicts(block.get("fields")), *dicts(block.get("elements"))]
        words_of = (_read(part["text"], names) for part in parts if isinstance(part.get("text"), str))
        found += filter(None, words_of)
        if block.get("type") == "image":
            found.append(in_words(block.get("alt_text")))
    return "\n".join(found)


def _attached(part: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What a message shares of another, as a quotation; or what an app says below its text."""
    if part.get("is_msg_unfurl") or part.get("is_share"):
        quoted = _read(str(part.get("text") or part.get("fallback") or ""), names)
        who = str(part.get("author_name") or "")
        lines = [*([f"{who}:"] if who else []), *quoted.splitlines()]
        return "\n".join(f"> {line}" for line in lines) if quoted else ""
    if part.get("from_url") or part.get("original_url"):
        return ""  # what Slack found behind a link
    fields = (f"{field.get('title') or ''}: {field.get('value') or ''}" for field in dicts(part.get("fields")))
    said = [str(part.get(name) or "") for name in ("pretext", "title", "text")]
    said = [*filter(None, said), *fields] or [str(part.get("fallback") or "")]
    below = _in_blocks(part.get("blocks"), names)
    return "\n".join(filter(None, (*(_read(words_of, names) for words_of in said), below)))


def _file(file: Mapping[str, Any]) -> str:
    """A file in words: what its author says it shows, else what was recorded, else its name."""
    kind = _MEDIA.get(str(file.get("mimetype") or "").partition("/")[0], "File")
    if file.get("alt_txt"):
        return in_words(file["alt_txt"], kind="Picture" if kind == "File" else kind)
    if file.get("subtype") in ("slack_audio", "slack_video"):
        return in_words(kind="Sound" if file["subtype"] == "slack_audio" else "Video")
    return f"[{file.get('name') or file.get('title') or 'file'}]"


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escaped(text: str) -> str:
    """Escape plain text for Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def has_markup(text: str) -> bool:
    """Whether Slack would take signs in a text for formatting: pairs of * _ ~ or `, or > before a line."""
    return any(text.count(sign) > 1 for sign in "*_~`") or any(
        line.lstrip().startswith(">") for line in text.splitlines()
    )


def verbatim(text: str) -> list[dict[str, Any]]:
    """A text as blocks in which every sign is itself, and addresses are links.

    https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
    """
    parts = list[dict[str, str]]()
    done = 0
    for found in _ADDRESS.finditer(text):
        parts += [{"type": "text", "text": text[done : found.start()]}] if found.start() > done else []
        parts.append({"type": "link", "url": found[0]})
        done = found.end()
    parts += [{"type": "text", "text": text[done:]}] if done < len(text) else []
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}]


def same(row: Mapping[str, Any], text: str) -> bool:
    """Whether a message has the same words; emoji, which Slack writes as `:lemon:`, are ignored."""
    return words(_EMOJI.sub(" ", plain(row, {}))) == words(_EMOJI.sub(" ", text))


def people(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the user ids of the author and of everybody mentioned."""
    if row.get("user"):
        yield str(row["user"])
    yield from _PERSON.findall(str(row.get("text") or ""))


def name_of(person: Mapping[str, Any]) -> str:
    """Return a user's display name, else the real name."""
    profile = person.get("profile") or {}
    return str(profile.get("display_name") or profile.get("real_name") or person.get("name") or person.get("id") or "")


def author(row: Mapping[str, Any], names: Mapping[str, str], url: str) -> Author:
    """Return the author: a person, or an app under a name of its own; raises KeyError if it is neither."""
    if row.get("user"):
        key = str(row["user"])
        return Author(key, names.get(key, key), names.get(key, key), f"{url}team/{key}" if url else "")
    name = str(row.get("username") or (row.get("bot_profile") or {}).get("name") or "App")
    return Author(f"{row['bot_id']}/{name}", name, name)
