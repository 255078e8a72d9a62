"""What YouTube says of a comment or thread, as messages; pure."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from app.base.message import Author, Incoming
from app.base.pictures import in_words
from app.base.words import tr
from app.channels.http.parts import as_dict, dicts

_SITE = "https://www.youtube.com/"
_HELD = {"heldForReview": "held", "likelySpam": "spam", "rejected": "hidden"}
_MAX_POST_CHARS = 500


def rows_of(response: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the resources of a list response that have an id."""
    return dicts(response.get("items"), "id")


def top_comment(thread: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a thread's first comment; None unless it has an id and a time."""
    top = as_dict(as_dict(thread.get("snippet")).get("topLevelComment"))
    try:
        return top if isinstance(top.get("id"), str) and seconds(top) else None
    except ValueError:
        return None


def included_replies(thread: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the replies that came along with a thread, which are a few of them."""
    return rows_of({"items": as_dict(thread.get("replies")).get("comments")})


def merged(first: Mapping[str, Any] | None, second: dict[str, Any]) -> dict[str, Any]:
    """Merge a thread found in two lists: the first one, with the replies of both."""
    if first is None:
        return second
    answers = {str(row["id"]): row for row in (*included_replies(first), *included_replies(second))}
    return {**first, "replies": {"comments": list(answers.values())}}


def status(comment: Mapping[str, Any]) -> str:
    """Return how a comment stands, as in `Incoming.upstream`."""
    return _HELD.get(str(as_dict(comment.get("snippet")).get("moderationStatus") or ""), "")


def has_status(comment: Mapping[str, Any]) -> bool:
    """Whether it has a moderation status, which lists of published comments lack."""
    return "moderationStatus" in as_dict(comment.get("snippet"))


def author_channel(comment: Mapping[str, Any]) -> str:
    """Return the author's channel id; "" if the channel was deleted."""
    return str(as_dict(as_dict(comment.get("snippet")).get("authorChannelId")).get("value") or "")


def oldest(page: Mapping[str, Mapping[str, Any]]) -> int:
    """Return when the oldest thread of a page was begun; 0 for none."""
    return min((seconds(top_comment(row)) for row in page.values()), default=0)


def seconds(comment: Mapping[str, Any] | None) -> int:
    """Return the publication time in Unix seconds; raises ValueError."""
    timestamp = as_dict(as_dict(comment).get("snippet")).get("publishedAt")
    return int(datetime.fromisoformat(str(timestamp)).timestamp())


def words_of(comment: Mapping[str, Any]) -> str:
    """Return what a comment says, with a mark for its picture; raises KeyError if it has neither."""
    snippet = as_dict(comment.get("snippet"))
    picture = in_words() if snippet.get("imageUrl") else ""
    text = snippet.get("textOriginal") or (snippet.get("textDisplay", "") if picture else snippet["textDisplay"])
    return "\n".join(filter(None, (str(text or ""), picture)))


def message(
    comment: Mapping[str, Any], thread: Mapping[str, Any], upstream: str, me: str, video: Mapping[str, Any]
) -> Incoming | None:
    """Convert a comment to a message; None if it is malformed.

    `me` is our channel's id, `video` the snippet of the video that it is under, {} where that is not known.
    """
    number, snippet, of = str(comment["id"]), as_dict(comment.get("snippet")), as_dict(thread.get("snippet"))
    root, post_url = str(thread["id"]), _post_url(of)
    with suppress(KeyError, TypeError, ValueError):
        who = author_channel(comment)
        name = str(snippet.get("authorDisplayName") or tr("Somebody"))
        return Incoming(
            remote_id=number,
            at=seconds(comment),
            text=words_of(comment),
            author=Author(
                who or snippet.get("authorDisplayName") or f"left {number}",
                name,
                name.removeprefix("@"),
                str(snippet.get("authorChannelUrl") or ""),
            ),
            out=bool(me) and who == me,
            thread=root,
            parent="" if number == root else root,
            post_title=str(video.get("title") or ""),
            post_url=post_url,
            post_text=str(video.get("description") or "")[:_MAX_POST_CHARS],
            url=f"{post_url}&lc={number}" if of.get("videoId") else post_url,
            upstream=upstream,
        )
    return None


def _post_url(of: Mapping[str, Any]) -> str:
    """The page that a thread is on: its video, else the posts of the channel; "" where neither is told."""
    if of.get("videoId"):
        return f"{_SITE}watch?v={of['videoId']}"
    return f"{_SITE}channel/{of['channelId']}/posts" if of.get("channelId") else ""
