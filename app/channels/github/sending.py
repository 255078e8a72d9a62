"""What we write: replies, discussions of our own, and our own words corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.base.message import Change, Reply
from app.base.text import folded_words
from app.base.words import N_, tr
from app.channels.base import Refused, Sent, UnknownOutcome
from app.channels.github import queries
from app.channels.github.asking import Asking, Missing
from app.channels.github.pulling import not_seen
from app.channels.github.reading import created_at, following, nodes
from app.channels.github.words import typed, words_of
from app.channels.http.parts import as_dict

_CLOCK_SLACK_SECONDS = 120
_MAX_LISTED = 4  # pages of fifty discussions looked through for one of ours
_UNREADABLE = N_("GitHub may have accepted this: its response can't be read.")
_ANSWERED_GONE = N_("The comment you're replying to is no longer there.")
NO_LONGER = N_("That comment is no longer on GitHub.")


class Sender:
    """Sends, looks up what became of it, and changes what was sent."""

    def __init__(self, asking: Asking, owner: str, name: str, repository_id: str) -> None:
        """`repository_id` is the id of the repository as of the last check, "" if there was none."""
        self._asking, self._owner, self._name, self._repository = asking, owner, name, repository_id

    # --- replies

    def send(self, reply: Reply) -> Sent:
        """Reply in the comment's thread, which is one level deep, or to the discussion; or begin a discussion."""
        if reply.venue:
            return self._begin(reply)
        top, is_there = self._top_level_id(reply)
        if not is_there:
            raise Refused(tr(_ANSWERED_GONE))
        body = typed(reply.text)
        data = self._asking.ask(queries.ADD, writing=True, discussion=reply.thread, to=top, body=body)
        made = as_dict(as_dict(data.get("addDiscussionComment")).get("comment"))
        if not made.get("id"):
            raise UnknownOutcome(tr(_UNREADABLE))
        return Sent(str(made["id"]), str(made.get("url") or ""), created_at(made))

    def _top_level_id(self, reply: Reply) -> tuple[str | None, bool]:
        """Return the id of the top comment of the thread that it answers in, and whether what it answers is there.

        The id is None for the discussion itself, and where a comment is gone, as nothing tells its thread any more.
        """
        if reply.parent in ("", reply.thread):
            return None, True
        standing = state_of(self._asking, reply.parent)
        if standing.get("__typename") != "DiscussionComment":
            return None, bool(standing)
        return str(as_dict(standing.get("replyTo")).get("id") or standing["id"]), True

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text since then, in the thread and on the discussion.

        Raises UnknownOutcome if it is not there and the thread is unknown, as the comment that it answers is gone.
        """
        if reply.venue:
            return self._find_begun(reply)
        top, is_there = self._top_level_id(reply)
        for subject in filter(None, (top, reply.thread)):
            for comment in self._comments_since(subject, reply.at):
                if self._is_ours(comment, reply):
                    return Sent(str(comment["id"]), str(comment.get("url") or ""), created_at(comment))
        if not is_there:
            raise UnknownOutcome(tr(_ANSWERED_GONE))
        return None

    @staticmethod
    def _is_ours(comment: Mapping[str, Any], reply: Reply) -> bool:
        same = folded_words(str(comment.get("body"))) == folded_words(typed(reply.text))
        return bool(comment.get("viewerDidAuthor")) and not comment.get("deletedAt") and same

    def _since(self, at: int) -> int:
        """When something has to be written to be what was written at that time here, by GitHub's clock."""
        return at + self._asking.ahead - _CLOCK_SLACK_SECONDS

    def _comments_since(self, subject: str, at: int) -> Iterator[dict[str, Any]]:
        """Yield comments or replies since `at`, in pages of fifty from the latest back."""
        before = None
        while True:
            node = as_dict(self._asking.ask(queries.LATEST, id=subject, before=before).get("node"))
            page = as_dict(node.get("comments") or node.get("replies"))
            since = self._since(at)
            times = [(created_at(comment), comment) for comment in nodes(page)]
            yield from (comment for made_at, comment in times if made_at is None or made_at >= since)
            turned = as_dict(page.get("pageInfo"))
            before = turned.get("startCursor")
            is_older = any(made_at is not None and made_at < since for made_at, _ in times)
            if is_older or not turned.get("hasPreviousPage"):
                return

    # --- discussions of our own

    def _begin(self, reply: Reply) -> Sent:
        """Begin a discussion in a category; after an earlier attempt, one that is there already counts."""
        if reply.tried and (there := self._find_begun(reply)) is not None:
            return there
        asked = {"category": reply.venue, "title": reply.title, "body": typed(reply.text)}
        data = self._asking.ask(queries.CREATE, writing=True, repository=self._repository_id(), **asked)
        made = as_dict(as_dict(data.get("createDiscussion")).get("discussion"))
        if not made.get("id"):
            raise UnknownOutcome(tr(_UNREADABLE))
        return _begun(made)

    def _repository_id(self) -> str:
        if not self._repository:
            answer = self._asking.ask(queries.CHECK, owner=self._owner, name=self._name)
            self._repository = str(as_dict(answer.get("repository")).get("id") or "")
        return self._repository

    def _find_begun(self, reply: Reply) -> Sent | None:
        """Look for a discussion of ours with the same title and words in its category, from the newest back."""
        after, title = None, folded_words(reply.title)
        for _ in range(_MAX_LISTED):
            try:
                answer = self._asking.ask(
                    queries.BEGUN, owner=self._owner, name=self._name, category=reply.venue, after=after
                )
            except Missing:
                raise not_seen(self._owner, self._name) from None
            page = as_dict(as_dict(answer.get("repository")).get("discussions"))
            rows = nodes(page)
            for row in rows:
                made_at = created_at(row)
                if made_at is not None and made_at < self._since(reply.at):
                    return None
                if folded_words(str(row.get("title"))) == title and self._is_ours(row, reply):
                    return _begun(row)
            after = following(page)
            if after is None:
                return None
        msg = tr("So many discussions were begun since that Rapport can't tell. Look on GitHub whether it is there.")
        raise UnknownOutcome(msg)

    # --- our own words

    def correct(self, change: Change) -> None:
        """Give a comment or discussion of ours other words. Raises Refused if it is no longer there."""
        standing = state_of(self._asking, change.remote_id)
        if not standing or standing.get("deletedAt"):
            raise Refused(tr(NO_LONGER))
        body = typed(change.text)
        if str(standing.get("body")) == body:
            return
        query = queries.UPDATE_DISCUSSION if standing["__typename"] == "Discussion" else queries.UPDATE_COMMENT
        self._asking.ask(query, writing=True, id=change.remote_id, body=body)

    def withdraw(self, change: Change) -> None:
        """Delete a comment of ours, or a discussion with all that is in it; done where it is no longer there."""
        standing = state_of(self._asking, change.remote_id)
        if standing and not standing.get("deletedAt"):
            delete(self._asking, standing, change.remote_id)

    def reads(self, change: Change) -> str | None:
        """How a comment or discussion of ours reads there now; None if it is deleted."""
        standing = state_of(self._asking, change.remote_id)
        if not standing or standing.get("deletedAt"):
            return None
        return words_of(str(standing.get("body") or ""))


def state_of(asking: Asking, number: str) -> dict[str, Any]:
    """Return the state of a comment or discussion; {} if it was deleted."""
    try:
        return as_dict(asking.ask(queries.STANDING, id=number).get("node"))
    except Missing:
        return {}


def delete(asking: Asking, standing: Mapping[str, Any], number: str) -> None:
    """Delete a comment or discussion whose state this is; done where somebody else was faster."""
    query = queries.DELETE_DISCUSSION if standing.get("__typename") == "Discussion" else queries.DELETE_COMMENT
    try:
        asking.ask(query, writing=True, id=number)
    except Missing:
        return


def _begun(row: Mapping[str, Any]) -> Sent:
    return Sent(str(row["id"]), str(row.get("url") or ""), created_at(row), thread=str(row["id"]))
