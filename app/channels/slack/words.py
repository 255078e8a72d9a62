"""Slack's message markup: `<@U1>` for a person, `<#C1|name>`, `<https://…|words>`, and `&amp; &lt; &gt;`.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.base.message import Author
from app.base.pictures import in_words
from app.base.text import words

_MARKUP = re.compile(r"<([@#!]?)([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
_EMOJI = re.compile(r":[a-z0-9_+'-]{1,60}:")
_PERSON = re.compile(r"<@([A-Z0-9]{1,30})")


def plain(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a message's plain text with people's names, followed by the names of its files."""

    def readable(sign: re.Match[str]) -> str:
        mark, what, shown = sign.groups("")
        if mark == "@":
            return f"@{shown or names.get(what, what)}"
        if mark == "#":
            return f"#{shown or names.get(what, what)}"
        if mark == "!":
            return shown if what.startswith("date") else shown or f"@{what.partition('^')[0]}"
        bare = what.removeprefix("mailto:")
        # Slack makes a link of a typed `lemonade.example`: its address would only repeat the text
        typed = not shown or bare.rstrip("/").endswith(shown.rstrip("/"))
        return (shown or bare) if typed else f"{shown} <{bare}>"

    text = _unescaped(_MARKUP.sub(readable, str(row.get("text") or "")))
    files = (
        in_words(file["alt_txt"]) if file.get("alt_txt") else f"[{file.get('name') or file.get('title') or 'file'}]"
        for file in row.get("files") or ()
    )
    return "\n".join(filter(None, (text.strip(), *files)))


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escaped(text: str) -> str:
    """Escape plain text for Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
