"""What GitHub says of a comment or discussion, as messages; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from app.base.message import Author, Incoming, OwnReaction
from app.channels.base import by_program
from app.channels.github.words import words_of
from app.channels.http.parts import as_dict, dicts

UPVOTE = "⬆️"
CONTENTS = {
    "👍": "THUMBS_UP", "❤️": "HEART", "🎉": "HOORAY", "🚀": "ROCKET", "😄": "LAUGH", "👀": "EYES",
}  # fmt: skip
"""Reaction -> its name in GitHub's schema."""
DIGESTED = 30
"""How many of a discussion's latest comments its digest is of."""
_DIGESTED_REPLIES = 10  # as many as `queries.WATCHED` asks for below each
_MAX_POST_CHARS = 500


def nodes(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the nodes of a GraphQL connection that have an id."""
    return dicts(page.get("nodes"), "id")


def following(page: Mapping[str, Any]) -> str | None:
    """Return the cursor of a connection's next page; None if this is the last one."""
    turned = as_dict(page.get("pageInfo"))
    return str(turned.get("endCursor")) if turned.get("hasNextPage") else None


def total(thing: Mapping[str, Any], name: str) -> int:
    """Return the `totalCount` of one of its connections; 0 where it is not told."""
    counted = as_dict(thing.get(name)).get("totalCount")
    return counted if isinstance(counted, int) else 0


def seconds(timestamp: object) -> int:
    """Return a timestamp in Unix seconds; raises ValueError."""
    return int(datetime.fromisoformat(str(timestamp)).timestamp())


def created_at(comment: Mapping[str, Any]) -> int | None:
    """Return `createdAt` in Unix seconds; None if it is no timestamp."""
    try:
        return seconds(comment.get("createdAt"))
    except ValueError:
        return None


def signature(about: Mapping[str, Any]) -> str:
    """What a list tells of a discussion's state: another one means that it has to be read again."""
    answer = as_dict(about.get("answer")).get("id") or ""
    state = f"{'locked' if about.get('locked') else ''}{'closed' if about.get('closed') else ''}"
    return f"{about.get('updatedAt')} {total(about, 'comments')} {state} {answer}"


def digest(comments: Sequence[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]]) -> str:
    """A short fingerprint of the latest comments, each with the replies below it.

    It changes with each reply, and with an edit, mark and deletion of a comment and of the latest replies to it. A
    discussion's `updatedAt` is not said to move with any of these.
    """
    marks = []
    for top, replies in comments[-DIGESTED:]:
        marks.append(f"{_mark(top)} {total(top, 'replies')}")
        marks += [_mark(reply) for reply in replies[-_DIGESTED_REPLIES:]]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:12]


def _mark(one: Mapping[str, Any]) -> str:
    names = ("id", "updatedAt", "isAnswer", "isMinimized", "deletedAt")
    return " ".join(str(one.get(name)) for name in names)


def marked(page: Mapping[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The comments of a connection, each with the replies that it tells of, for `digest`."""
    return [(top, nodes(as_dict(top.get("replies")))) for top in nodes(page)]


def author(who: Mapping[str, Any], number: str) -> Author:
    """Return the author; deleted accounts are all @ghost, so each such message gets a key of its own."""
    login = str(who.get("login") or "ghost")
    key = str(who.get("id") or (who.get("login") or f"left {number}"))
    return Author(key, f"@{login}", str(who.get("name") or login), str(who.get("url") or ""))


def message(
    comment: Mapping[str, Any], about: Mapping[str, Any], parent: str, *, public: bool, me: str = ""
) -> Incoming | None:
    """Convert a comment, reply or opening post of the discussion `about` to a message; None if it cannot be parsed.

    `me` is our login: a bot that does not name it speaks to nobody. Without it ("") that cannot be told.
    """
    why = str(comment.get("minimizedReason") or "")
    with suppress(KeyError, TypeError, ValueError):
        who = as_dict(comment.get("author"))
        item = Incoming(
            remote_id=str(comment["id"]),
            at=seconds(comment["createdAt"]),
            text=_opening(comment) if comment is about else words_of(str(comment["body"])),
            author=author(who, str(comment["id"])),
            out=bool(comment.get("viewerDidAuthor")),
            thread=str(about["id"]),
            parent=parent,
            title=str(about.get("title") or ""),
            post_title=str(about.get("title") or ""),
            post_url=str(about.get("url") or ""),
            post_text="" if comment is about else _post(about),
            url=str(comment.get("url") or ""),
            public=public,
            gone=bool(comment.get("deletedAt")),
            upstream=("spam" if why.lower() == "spam" else "hidden") if comment.get("isMinimized") else "",
            solution=bool(comment.get("isAnswer")),
            locked=locked if isinstance(locked := about.get("locked"), bool) else None,
        )
        named = not me or f"@{me}".casefold() in item.text.casefold()
        return by_program(item) if who.get("__typename") == "Bot" and not (item.out or named) else item
    return None


def _post(about: Mapping[str, Any]) -> str:
    """The words of the opening post above a comment; that the discussion is closed is said first."""
    why = f" as {str(about['stateReason']).lower()}" if about.get("stateReason") else ""
    closed = f"[Closed{why}] " if about.get("closed") else ""
    return f"{closed}{_opening(about)}"[:_MAX_POST_CHARS]


def _opening(about: Mapping[str, Any]) -> str:
    """The words of an opening post, with what it asks in a poll."""
    poll = as_dict(about.get("poll"))
    options = [str(one["option"]) for one in dicts(as_dict(poll.get("options")).get("nodes"), "option")]
    asked = f"[Poll: {' / '.join([str(poll.get('question') or ''), *options])}]" if poll else ""
    return "\n\n".join(filter(None, (words_of(str(about["body"])), asked)))


def reactions_of(comment: Mapping[str, Any]) -> list[OwnReaction]:
    """What a comment tells of our reactions to it: of each that can be given whether it was."""
    names, number = {content: what for what, content in CONTENTS.items()}, str(comment["id"])
    groups = dicts(comment.get("reactionGroups"), "content")
    given = [
        OwnReaction(number, names[group["content"]], bool(group.get("viewerHasReacted")))
        for group in groups
        if group["content"] in names
    ]
    if isinstance(comment.get("viewerHasUpvoted"), bool):
        given.append(OwnReaction(number, UPVOTE, comment["viewerHasUpvoted"]))
    return given
