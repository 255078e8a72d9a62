"""Parse a forum's responses: posts, numbers, errors."""

from __future__ import annotations

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

_STATUS = {0: "pending", 1: "approved", 2: "rejected", 3: "ignored", 4: "deleted"}  # app/models/reviewable.rb


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
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None  # noqa: PLR2004  digits


def flagged(post: Mapping[str, Any], kind: int) -> bool:
    """Whether the post has flags of that kind; only moderators receive this."""
    return any(summary.get("id") == kind and summary.get("count") for summary in dicts(post.get("actions_summary")))


def is_reported(post: Mapping[str, Any]) -> bool:
    """Whether a report about the post waits for the moderators; only they receive this."""
    return bool(as_int(post.get("reviewable_score_pending_count")))


def is_gone(post: Mapping[str, Any]) -> bool:
    """Whether the post is deleted: by the staff, or by its author (then other words stand in its place)."""
    return bool(post.get("deleted_at") or post.get("user_deleted"))


def status_of(entry: Mapping[str, Any]) -> str:
    """How it stands with an entry of the queue: pending, approved and so on; newer forums give it as a number."""
    status = entry.get("status")
    return _STATUS.get(status, "") if isinstance(status, int) else str(status or "")


def seconds(timestamp: object) -> int:
    """Parse an ISO 8601 timestamp to Unix seconds; raises ValueError if it is none."""
    return int(datetime.fromisoformat(str(timestamp)).timestamp())
