"""A session with one repository's discussions: pulling, replying and moderating."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from app.base.message import Author, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.text import folded_words
from app.base.words import tr
from app.channels.base import (
    DELETE,
    SHOW,
    SPAM,
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    UnknownOutcome,
    in_pages,
    taken_away,
)
from app.channels.github import asking
from app.channels.github.asking import Asking, Missing
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable

_SERVICE = "GitHub"
_FIRST_PAGES, _MAX_PAGES = 2, 40  # maximum pages of fifty discussions: on the first pull, and later
_MAX_KNOWN, _MAX_IDS = 40, 60  # how many discussions are remembered to be read again, and how many comment ids of each
_REREAD_PER_PULL = 3
_CLOCK_SLACK_SECONDS = 120
_CONTENTS = {
    "👍": "THUMBS_UP", "❤️": "HEART", "🎉": "HOORAY", "🚀": "ROCKET", "😄": "LAUGH", "👀": "EYES",
}  # fmt: skip
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


class GitHubSession:
    """A session with one token on one repository."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the token."""
        self._owner, _, self._name = _repository_of(fields.get("repository", "")).partition("/")
        self._asking = Asking(fields.get("server") or "https://api.github.com", secrets.get("token", "").strip())
        self._known: dict[str, list[Any]] = {}
        self._reacted: list[OwnReaction] = []
        self._public = True

    # --- logging in

    def check(self) -> Found:
        """Return whose token it is; raises Refused if the repository has no discussions."""
        try:
            facts = self._asking.ask(asking.CHECK, owner=self._owner, name=self._name)
        except Missing:
            msg = tr(
                "This token can't see the repository {owner}/{name}. Check the name, and what the token has access to."
            ).format(owner=self._owner, name=self._name)
            raise AuthNeeded(msg) from None
        repository, login = as_dict(facts.get("repository")), as_dict(facts.get("viewer")).get("login")
        if not repository.get("hasDiscussionsEnabled"):
            msg = tr("{repository} has no discussions. Turn them on in the repository's settings.").format(
                repository=repository.get("nameWithOwner")
            )
            raise Refused(msg)
        sentence = tr("@{name} is connected to the discussions of {repository}.")
        return Found(sentence.format(name=login, repository=repository.get("nameWithOwner")))

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield discussions updated since, oldest update first; each is read whole and moves the cursor.

        Edits and deletions may not change `updatedAt`, so a few known discussions are read again at each pull, in turn.
        """
        self._known = json.loads(cursor.get("recent") or "{}")
        last, turn = cursor.get("last", ""), int(cursor.get("turn") or 0)
        listed = self._listed(last)
        updated = {number: updated_at for number, (updated_at, _) in self._known.items()}
        moved = [
            discussion for discussion in listed if updated.get(str(discussion["id"]), "") != discussion["updatedAt"]
        ]
        still = [number for number in self._known if number not in {discussion["id"] for discussion in moved}]
        again = [still[(turn + step) % len(still)] for step in range(min(_REREAD_PER_PULL, len(still)))]
        steps = [(number, last) for number in again] + [
            (str(discussion["id"]), str(discussion["updatedAt"])) for discussion in moved
        ]
        for number, reached in steps:
            if self._asking.scant is not None:
                raise self._asking.scant
            rows = self._read_discussion(number)
            following = str((turn + _REREAD_PER_PULL) % max(1, len(still)))
            yield from in_pages(rows, {"last": reached, "recent": self._recent_json(), "turn": following})
            if self._reacted:
                yield Page((), {}, reacted=tuple(self._reacted))
                self._reacted.clear()

    def _listed(self, last: str) -> list[dict[str, Any]]:
        """Return the discussions updated at or after `last` (a timestamp of GitHub's), oldest update first."""
        discussions: list[dict[str, Any]] = []
        after = None
        for _ in range(_MAX_PAGES if last else _FIRST_PAGES):
            answer = self._asking.ask(asking.LISTED, owner=self._owner, name=self._name, after=after)
            repository = as_dict(answer.get("repository"))
            self._public = not repository.get("isPrivate")
            page = as_dict(repository.get("discussions"))
            nodes = [discussion for discussion in _nodes(page) if isinstance(discussion.get("updatedAt"), str)]
            discussions += [discussion for discussion in nodes if discussion["updatedAt"] >= last]
            after = _next(page)
            if after is None or any(discussion["updatedAt"] < last for discussion in nodes):
                break
        return sorted(discussions, key=lambda discussion: str(discussion["updatedAt"]))

    def _read_discussion(self, number: str) -> list[Incoming]:
        """Return all messages of a discussion, and deletions of those known before."""
        about, comments = self._fetch_discussion(number)
        _, known_ids = self._known.pop(number, ["", []])
        if about is None:
            return [taken_away(identifier) for identifier in (number, *known_ids)]
        rows = [] if about.get("viewerDidAuthor") else [self._row(about, about, "")]
        opening = rows[0].remote_id if rows and rows[0] is not None else ""
        for top, replies in comments:
            rows.append(self._row(top, about, opening))
            rows += [self._row(reply, about, str(top["id"])) for reply in replies]
        messages = sorted((row for row in rows if row is not None), key=lambda row: row.at)
        # a comment that cannot be parsed is not deleted
        ids = {str(comment["id"]) for top, replies in comments for comment in (top, *replies)}
        self._known[number] = [
            about["updatedAt"],
            [row.remote_id for row in messages if row.remote_id != number][-_MAX_IDS:],
        ]
        return [*messages, *(taken_away(identifier) for identifier in known_ids if identifier not in ids)]

    def _fetch_discussion(
        self, number: str
    ) -> tuple[dict[str, Any] | None, list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
        """Return a discussion, and its comments with their replies; (None, []) if it was deleted."""
        about: dict[str, Any] | None = None
        comments: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
        after = None
        while True:
            try:
                node = self._asking.ask(asking.COMMENTS, id=number, after=after).get("node")
            except Missing:
                return None, []
            if node is None:
                return None, []
            answer = as_dict(node)
            if not isinstance(answer.get("updatedAt"), str) or not isinstance(answer.get("comments"), dict):
                raise unreadable(_SERVICE)
            about = about or answer
            page = as_dict(answer.get("comments"))
            comments += [(top, self._replies(top)) for top in _nodes(page)]
            after = _next(page)
            if after is None:
                return about, comments

    def _replies(self, top: Mapping[str, Any]) -> list[dict[str, Any]]:
        page = as_dict(top.get("replies"))
        replies = _nodes(page)
        while (after := _next(page)) is not None:
            answer = as_dict(self._asking.ask(asking.REPLIES, id=top["id"], after=after).get("node"))
            page = as_dict(answer.get("replies"))
            replies += _nodes(page)
        return replies

    def _row(self, comment: Mapping[str, Any], about: Mapping[str, Any], parent: str) -> Incoming | None:
        """Convert a comment, reply or opening post to a message; None if it cannot be parsed."""
        why = str(comment.get("minimizedReason") or "")
        with suppress(KeyError, TypeError, ValueError):
            self._reacted += _told_of(comment)
            return Incoming(
                remote_id=str(comment["id"]),
                at=_seconds(comment["createdAt"]),
                text=_plain(str(comment["body"])),
                author=_author(as_dict(comment.get("author")), str(comment["id"])),
                out=bool(comment.get("viewerDidAuthor")),
                thread=str(about["id"]),
                parent=parent,
                title=str(about.get("title") or ""),
                post_title=str(about.get("title") or ""),
                post_url=str(about.get("url") or ""),
                post_text="" if comment is about else _plain(str(about.get("body") or ""))[:500],
                url=str(comment.get("url") or ""),
                public=self._public,
                gone=bool(comment.get("deletedAt")),
                upstream=("spam" if why.lower() == "spam" else "hidden") if comment.get("isMinimized") else "",
            )
        return None

    def _recent_json(self) -> str:
        updated = {number: str(updated_at) for number, (updated_at, _) in self._known.items()}
        newest = sorted(updated, key=updated.__getitem__)[-_MAX_KNOWN:]
        return json.dumps({number: self._known[number] for number in newest}, separators=(",", ":"))

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the comment's thread, which is one level deep, or to the discussion itself."""
        top = self._top_level_id(reply.parent)
        body = _MARKUP.sub(r"\\<", reply.text)
        data = self._asking.ask(asking.ADD, writing=True, discussion=reply.thread, to=top, body=body)
        made = as_dict(as_dict(data.get("addDiscussionComment")).get("comment"))
        if not made.get("id"):
            msg = tr("GitHub may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg)
        return Sent(str(made["id"]), str(made.get("url") or ""), _created_at(made))

    def _top_level_id(self, parent: str) -> str | None:
        """Return the id of the top-level comment of a comment's thread; None for the discussion itself."""
        standing = self._state_of(parent) if parent else {}
        if standing.get("__typename") != "DiscussionComment":
            return None
        return str(as_dict(standing.get("replyTo")).get("id") or standing["id"])

    def _state_of(self, number: str) -> dict[str, Any]:
        """Return the state of a comment or discussion; {} if it was deleted."""
        try:
            return as_dict(self._asking.ask(asking.STANDING, id=number).get("node"))
        except Missing:
            return {}

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text since then, in the thread and on the discussion."""
        text = folded_words(_MARKUP.sub(r"\\<", reply.text))
        top = self._top_level_id(reply.parent)
        for subject in filter(None, (top, reply.thread)):
            for comment in self._comments_since(subject, reply.at):
                if (
                    comment.get("viewerDidAuthor")
                    and not comment.get("deletedAt")
                    and folded_words(str(comment.get("body"))) == text
                ):
                    return Sent(str(comment["id"]), str(comment.get("url") or ""), _created_at(comment))
        return None

    def _comments_since(self, subject: str, at: int) -> Iterator[dict[str, Any]]:
        """Yield comments or replies since `at`, by GitHub's clock, in pages of fifty from the latest back."""
        before = None
        while True:
            node = as_dict(self._asking.ask(asking.LATEST, id=subject, before=before).get("node"))
            page = as_dict(node.get("comments") or node.get("replies"))
            since = at + self._asking.ahead - _CLOCK_SLACK_SECONDS
            times = [(_created_at(comment), comment) for comment in _nodes(page)]
            yield from (comment for created_at, comment in times if created_at is None or created_at >= since)
            turned = as_dict(page.get("pageInfo"))
            before = turned.get("startCursor")
            if any(created_at is not None and created_at < since for created_at, _ in times) or not turned.get(
                "hasPreviousPage"
            ):
                return

    # --- moderating

    def moderate(self, verb: str, on: Target) -> None:
        """Minimize a comment (as off-topic or spam), unminimize it, or delete a comment or discussion."""
        standing = self._state_of(on.message)
        kind = standing.get("__typename")
        if kind is None or standing.get("deletedAt"):
            if verb != DELETE:
                msg = tr("That comment is no longer on GitHub.")
                raise Refused(msg)
        elif verb == DELETE:
            query = asking.DELETE_DISCUSSION if kind == "Discussion" else asking.DELETE_COMMENT
            self._asking.ask(query, id=on.message)
        elif kind == "Discussion":
            msg = tr("GitHub can't hide opening posts. Close, lock or delete the discussion.")
            raise Refused(msg)
        elif verb == SHOW:
            if standing.get("isMinimized"):
                self._asking.ask(asking.UNMINIMIZE, id=on.message)
        elif not standing.get("isMinimized") or (verb == SPAM) != (
            str(standing.get("minimizedReason")).lower() == "spam"
        ):
            self._asking.ask(asking.MINIMIZE, id=on.message, why="SPAM" if verb == SPAM else "OFF_TOPIC")

    # --- reactions

    def react(self, reaction: Reaction) -> None:
        """React to a comment or discussion; one of ours that is there stays."""
        has = self._reaction_state(reaction)
        if has is None:
            msg = tr("That comment is no longer on GitHub.")
            raise Refused(msg)
        if not has:
            self._asking.ask(asking.REACT, writing=True, id=reaction.remote_id, what=_content(reaction))

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back; done where there is none."""
        if self._reaction_state(reaction):
            self._asking.ask(asking.UNREACT, writing=True, id=reaction.remote_id, what=_content(reaction))

    def reacted(self, reaction: Reaction) -> bool:
        """Whether our reaction is there now."""
        return bool(self._reaction_state(reaction))

    def _reaction_state(self, reaction: Reaction) -> bool | None:
        """Whether ours is there; None if the comment or discussion is not."""
        try:
            node = as_dict(self._asking.ask(asking.REACTED, id=reaction.remote_id).get("node"))
        except Missing:
            return None
        if not node or node.get("deletedAt"):
            return None
        groups = dicts(node.get("reactionGroups"), "content")
        return any(group["content"] == _content(reaction) and group.get("viewerHasReacted") for group in groups)

    def close(self) -> None:
        """Close the connections; never raises."""
        self._asking.close()


def _told_of(comment: Mapping[str, Any]) -> list[OwnReaction]:
    """What a comment tells of our reactions to it: of each that can be given whether it was."""
    names, number = {content: what for what, content in _CONTENTS.items()}, str(comment["id"])
    groups = dicts(comment.get("reactionGroups"), "content")
    return [
        OwnReaction(number, names[group["content"]], bool(group.get("viewerHasReacted")))
        for group in groups
        if group["content"] in names
    ]


def _content(reaction: Reaction) -> str:
    """The name of a reaction in GitHub's schema; raises Refused for an emoji that is none there."""
    known = _CONTENTS.get(reaction.what)
    if known is None:
        msg = tr("GitHub has no reaction “{emoji}”.").format(emoji=reaction.what)
        raise Refused(msg)
    return known


def _repository_of(repository: str) -> str:
    """Return "owner/name" from a repository's name or its web address."""
    parts = repository.strip().removesuffix(".git").rstrip("/").split("/")
    if "//" in repository:
        parts = parts[3:5]
    return "/".join(parts[:2])


def _nodes(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the nodes of a GraphQL connection that have an id."""
    return dicts(page.get("nodes"), "id")


def _next(page: Mapping[str, Any]) -> str | None:
    turned = as_dict(page.get("pageInfo"))
    return str(turned.get("endCursor")) if turned.get("hasNextPage") else None


def _author(who: Mapping[str, Any], number: str) -> Author:
    """Return the author; deleted accounts are all @ghost, so each such message gets a key of its own."""
    login = str(who.get("login") or "ghost")
    key = str(who.get("id") or (who.get("login") or f"left {number}"))
    return Author(key, f"@{login}", str(who.get("name") or login), str(who.get("url") or ""))


def _plain(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\\<", "<")


def _seconds(timestamp: object) -> int:
    return int(datetime.fromisoformat(str(timestamp)).timestamp())


def _created_at(comment: Mapping[str, Any]) -> int | None:
    """Return `createdAt` in Unix seconds; None if it is no timestamp."""
    try:
        return _seconds(comment.get("createdAt"))
    except ValueError:
        return None
