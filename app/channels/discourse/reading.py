"""What a forum answers, read: posts, words, refusals."""

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
    from app.channels.http import Answer

_TAG = re.compile(r"(\[quote[^\]\n]{0,200}\]|\[/quote\])")
_IMAGE = re.compile(r"!\[([^\]\n|]{0,200}+)[^\]\n]{0,100}+\]\([^)\[\n]{0,2000}+\)")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


def raise_for(answer: Answer, *, writing: bool = False) -> None:
    """The error for a response that is not 2xx; how long to wait may be in its body only."""
    problem: UserError | None = answer.problem(clock.now(), writing=writing)
    if isinstance(problem, TryLater) and problem.after is None:
        with suppress(TryLater, TypeError, ValueError):
            problem.after = int(as_dict(as_dict(answer.json()).get("extras")).get("wait_seconds") or 0) or None
    if problem is not None:
        raise problem


def numbers(found: object) -> list[int]:
    """The whole numbers of a list of JSON."""
    return [one for one in found if isinstance(one, int)] if isinstance(found, list) else []


def posts_of(found: object) -> list[dict[str, Any]]:
    """What is a post among these: it has its numbers and its time."""
    posts = []
    for row in dicts(found):
        with suppress(ValueError):
            if isinstance(row.get("id"), int) and isinstance(row.get("topic_id"), int):
                number = whole(row.get("post_number"))
                posts.append({**row, "created_at": seconds(row.get("created_at")), "post_number": number})
    return posts


def whole(found: object) -> int | None:
    """A number that came as one or as text; None for anything else."""
    return int(str(found)) if str(found or "").isdecimal() else None


def flagged(post: Mapping[str, Any], kind: int) -> bool:
    """Whether there are flags of that kind on it; moderators are told of them."""
    return any(one.get("id") == kind and one.get("count") for one in dicts(post.get("actions_summary")))


def seconds(told: object) -> int:
    """A forum's time in Unix seconds; ValueError where it is none."""
    return int(datetime.fromisoformat(str(told)).timestamp())


def words_of(post: Mapping[str, Any]) -> str:
    """What was typed, in Markdown, its quotes marked as in mails; the notice, where the forum hides it from us."""
    raw = post.get("raw")
    if raw is None:
        from app.mail.html import to_text  # noqa: PLC0415  seldom needed

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
    """A plain text as Markdown that reads like it: nothing in it is taken for a tag, and so left out."""
    return _MARKUP.sub(r"\\<", text)
