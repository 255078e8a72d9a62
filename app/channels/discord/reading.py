"""What people see of a Discord message, in words, who wrote it, and the numbers of things.

https://docs.discord.com/developers/resources/message and .../reference#message-formatting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from app.base import clock
from app.base.message import Author
from app.base.pictures import in_words
from app.channels.http.parts import as_dict, dicts

EPOCH = 1_420_070_400
"""Unix time of 2015-01-01, the epoch of Discord's snowflake ids (milliseconds since then, shifted by 22 bits)."""
DELETED = "456226577798135808"  # the shared id of all deleted accounts
REPLY = 19
ALERT = 24  # AUTO_MODERATION_ACTION: what a rule of the server has caught, under the name of who wrote it
WRITTEN_TYPES = (0, REPLY, 20, 23, ALERT)  # DEFAULT, REPLY, CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND: somebody's words
_OF_COMMANDS = (20, 23)  # what an app answers to a command
FORWARD = 1  # of a message_reference
_MONTH_SECONDS = 30 * 86_400
_SIGN = re.compile(
    r"<(?:@!?(?P<person>\d+)|@&(?P<role>\d+)|#(?P<channel>\d+)|a?(?P<emoji>:\w+:)\d+"
    r"|t:(?P<time>-?\d{1,12})(?::[tTdDfFsSR])?|/(?P<command>[^<>:]{1,100}):\d+|id:(?P<part>[a-z-]{1,30})(?::\d+)?)>"
)


def text_of(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what people see of a message; "" if nobody said anything.

    Mentions, channels, roles, commands, times and emoji are named; below are files, stickers and polls. `names` are
    those of channels and roles by their id.
    """
    handed_on = [text for text in (_said(one, names) for one in _snapshots(row)) if text]
    above = "\n".join(("[Forwarded]", *handed_on)) if handed_on else ""
    return "\n".join(filter(None, (_said(row, names), above)))


def _snapshots(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (as_dict(one.get("message")) for one in dicts(row.get("message_snapshots")))


def _said(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    people = {str(user["id"]): user.get("global_name") or user["username"] for user in row.get("mentions") or ()}

    def readable(sign: re.Match[str]) -> str:
        kind, value = str(sign.lastgroup), sign[str(sign.lastgroup)]
        if kind == "person":
            return f"@{people.get(value, value)}"
        if kind == "role":
            return f"@{names.get(value, value)}"
        if kind in ("channel", "part"):
            return f"#{names.get(value, value)}"
        return {"emoji": value, "command": f"/{value}"}.get(kind) or _moment(value)

    files = (_shown(file) for file in row.get("attachments") or ())
    stickers = (f"[{sticker['name']}]" for sticker in row.get("sticker_items") or ())
    words = _SIGN.sub(readable, row.get("content") or "").strip()
    caught = _caught(row) if row.get("type") == ALERT else ""
    return "\n".join(filter(None, (words, caught, *files, *stickers, _poll(as_dict(row.get("poll"))))))


def _caught(row: Mapping[str, Any]) -> str:
    """What AutoMod has caught: it stands in an embed, which has no text of its own, with the name of the rule."""
    embed = next(iter(dicts(row.get("embeds"))), {})
    rule = next((one.get("value") for one in dicts(embed.get("fields")) if one.get("name") == "rule_name"), "")
    return "\n".join(filter(None, (in_words(rule, kind="AutoMod"), str(embed.get("description") or ""))))


def _moment(seconds: str) -> str:
    """A time as everybody reads it, whose own zone Discord would show it in."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return seconds


def _poll(poll: Mapping[str, Any]) -> str:
    if not poll:
        return ""
    answers = (as_dict(one.get("poll_media")) for one in dicts(poll.get("answers")))
    lines = (f"– {one.get('text') or as_dict(one.get('emoji')).get('name') or ''}" for one in answers)
    return "\n".join((in_words(as_dict(poll.get("question")).get("text"), kind="Poll"), *lines))


def _shown(file: Mapping[str, Any]) -> str:
    """An attachment in words: what its author says it shows, else its name."""
    kind = {"image": "Picture", "video": "Video", "audio": "Sound"}.get(str(file.get("content_type")).partition("/")[0])
    return in_words(file["description"], kind=kind or "File") if file.get("description") else f"[{file['filename']}]"


def author(row: Mapping[str, Any]) -> Author:
    """Return who wrote a message; raises KeyError if it is nobody."""
    who = row["author"]
    name = str(who.get("global_name") or who["username"])
    if str(who["id"]) == DELETED:
        return Author(f"left {row['id']}", name, name)
    if row.get("webhook_id"):  # one webhook posts under many names
        return Author(f"{who['id']}/{name}", name, name)
    return Author(str(who["id"]), f"@{who['username']}", name, f"https://discord.com/users/{who['id']}")


def is_program(row: Mapping[str, Any], me: str) -> bool:
    """Whether a program wrote a message, and not to us: a bot, or a webhook that posts more than plain words.

    Plain words of a webhook may be a person's: a bridge lets people speak so who are on another chat.
    """
    if any(str(one.get("id")) == me for one in dicts(row.get("mentions"))):
        return False
    if row.get("type") in _OF_COMMANDS:
        return True
    if row.get("webhook_id"):
        return any(one.get("type") == "rich" for one in dicts(row.get("embeds")))
    return row["author"].get("bot") is True


def ours(row: Mapping[str, Any]) -> list[str]:
    """The emoji that we have given a message; not a server's own, which are no text."""
    mine = (as_dict(one.get("emoji")) for one in dicts(row.get("reactions")) if one.get("me") is True)
    return [str(one["name"]) for one in mine if one.get("name") and not one.get("id")]


def is_message(row: Any) -> bool:  # noqa: ANN401  any JSON
    """Whether it has a plausible id; an id far in the future would become the cursor and hide all later messages."""
    number = row.get("id") if isinstance(row, dict) else None
    return isinstance(number, str) and number.isdecimal() and int(number[:25]) < id_at(clock.now() + _MONTH_SECONDS)


def id_at(at: int) -> int:
    """Return the lowest snowflake id of that Unix second."""
    return max(at - EPOCH, 0) * 1000 << 22


def seconds_of(number: str) -> int:
    """Return the Unix time in a snowflake id."""
    return (int(number) >> 22) // 1000 + EPOCH


def moment(written: object) -> int:
    """A time as Discord writes it, in Unix seconds; raises ValueError or TypeError if it is none."""
    return int(datetime.fromisoformat(str(written)).timestamp())
