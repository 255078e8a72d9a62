"""Parse a forum's responses: posts, texts, errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.errors import UserError
from app.channels.base import TryLater
from app.channels.http.parts import as_dict, dicts

if TYPE_CHECKING:
    from app.channels.http import Response

_TAG = re.compile(r"(\[quote[^\]\n]{0,200}\]|\[/quote\])")
_IMAGE = re.compile(r"!\[([^\]\n|]{0,200}+)[^\]\n]{0,100}+\]\([^)\[\n]{0,2000}+\)")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


def raise_for(answer: Response, *, writing: bool = False) -> None:
    """Raise for a response that is not 2xx; takes the delay before a retry from the body if no header has it."""
    problem: UserError | None = answer.problem(clock.now(), writing=writing)
    if isinstance(problem, TryLater) and problem.after is None:
        with suppress(TryLater, TypeError, ValueError):
            problem.after = int(as_dict(as_dict(answer.json()).get("extras")).get("wait_seconds") or 0) or None
    if problem is not None:
        raise problem


def numbers(value: object) -> list[int]:
    """Return the integers in a JSON list; [] if it is no list."""
    return [item for item in value if isinstance(item, int)] if isinstance(value, list) else []


def posts_of(value: object) -> list[dict[str, Any]]:
    """Return the valid posts in a JSON list, with `created_at` as Unix seconds and `post_number` as an int or None."""
    posts = []
    for row in dicts(value):
        with suppress(ValueError):
            if isinstance(row.get("id"), int) and isinstance(row.get("topic_id"), int):
                number = as_int(row.get("post_number"))
                posts.append({**row, "created_at": seconds(row.get("created_at")), "post_number": number})
    return posts


def as_int(value: object) -> int | None:
    """Parse a non-negative integer that may be a string; None for anything else."""
    return int(str(value)) if str(value or "").isdecimal() else None


def flagged(post: Mapping[str, Any], kind: int) -> bool:
    """Whether the post has flags of that kind; only moderators receive this."""
    return any(summary.get("id") == kind and summary.get("count") for summary in dicts(post.get("actions_summary")))


def seconds(timestamp: object) -> int:
    """Parse an ISO 8601 timestamp to Unix seconds; raises ValueError if it is none."""
    return int(datetime.fromisoformat(str(timestamp)).timestamp())


def words_of(post: Mapping[str, Any]) -> str:
    """Return a post's Markdown with its quotes marked by ">" as in mails.

    Without Markdown (the post is hidden from us) returns the rendered notice as text.
    """
    raw = post.get("raw")
    if raw is None:
        from app.mail.html import to_text  # noqa: PLC0415  rarely needed

        return to_text(str(post.get("cooked") or ""))
    raw = _IMAGE.sub(r"[\1]", str(raw)).replace("\\<", "<")
    if "[quote" not in raw:
        return raw
    depth, lines = 0, []
    for at, part in enumerate(_TAG.split(raw)):
        if at % 2:
            depth = max(0, depth + (-1 if part == "[/quote]" else 1))
        elif part.strip():
            lines += ["> " * min(depth, 3) + line for line in part.strip("\n").split("\n")]
    return "\n".join(lines)


def typed(text: str) -> str:
    """Escape "<" in a plain text, which Discourse would drop as an HTML tag."""
    return _MARKUP.sub(r"\\<", text)
