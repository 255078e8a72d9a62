"""A session with one repository's discussions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from app.base.message import Change, Reaction, Reply, Target
from app.base.words import N_, tr
from app.channels.base import (
    DELETE,
    HIDE,
    LOCK,
    SHOW,
    SOLVE,
    SPAM,
    UNLOCK,
    UNSOLVE,
    Above,
    Found,
    Page,
    PostAbove,
    Refused,
    Sent,
)
from app.channels.github import queries
from app.channels.github.above import post_above
from app.channels.github.asking import Asking, Missing
from app.channels.github.moderating import Moderator
from app.channels.github.pulling import Pulling, not_seen
from app.channels.github.reacting import Reacting
from app.channels.github.sending import Sender
from app.channels.http.parts import as_dict, dicts

_POLLS = "polls"  # the category whose discussions need a poll, which no program can make
_MODERATORS = ("TRIAGE", "WRITE", "MAINTAIN", "ADMIN")
_MODERATOR_VERBS = (HIDE, SHOW, SPAM, DELETE, SOLVE, UNSOLVE, LOCK, UNLOCK)
_ASKER_VERBS = (SOLVE, UNSOLVE)  # of the answer to a question of one's own
_CONNECTED = N_("@{name} is connected to the discussions of {repository}.")
_ARCHIVED = N_("The repository is archived: its discussions can be read, and nobody can write there.")
_READER = N_("This account can't moderate there: that takes the role Triage, which an owner of the repository gives.")
_RENAMED = N_("The repository is called that now: change its name in the account.")
_TOKEN_ENDS = N_("The token ends on {day}.")


class GitHubSession:
    """A session with one token on one repository."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields, the token, and the repository's id from the last check."""
        repository = _repository_of(fields.get("repository", ""))
        self._owner, _, self._name = repository.partition("/")
        # another name in the form may be another repository: only the next check knows its id
        self._id = fields.get("repository_id", "") if fields.get("repository_name", repository) == repository else ""
        self._login = fields.get("login", "")
        self._asking = Asking(fields.get("server") or "https://api.github.com", secrets.get("token", "").strip())
        self._sender = Sender(self._asking, self._owner, self._name, self._id)
        self._reacting = Reacting(self._asking)

    # --- logging in

    def check(self) -> Found:
        """Return whose token it is and what it may; raises Refused if the repository has no discussions."""
        try:
            answer = self._asking.ask(queries.CHECK, owner=self._owner, name=self._name)
        except Missing:
            raise not_seen(self._owner, self._name) from None
        repository, viewer = as_dict(answer.get("repository")), as_dict(answer.get("viewer"))
        if not repository.get("hasDiscussionsEnabled"):
            msg = tr("{repository} has no discussions. Turn them on in the repository's settings.").format(
                repository=repository.get("nameWithOwner")
            )
            raise Refused(msg)
        me = str(viewer.get("id") or "")
        return Found(
            " ".join(self._sentences(repository, str(viewer.get("login")))),
            own=(me,) if me else (),
            facts={"login": str(viewer.get("login") or ""), **self._facts(repository)},
        )

    def _sentences(self, repository: Mapping[str, Any], login: str) -> Iterator[str]:
        """What is worth saying about the login: first who it is."""
        called = str(repository.get("nameWithOwner"))
        yield tr(_CONNECTED).format(name=login, repository=called)
        if called.casefold() != f"{self._owner}/{self._name}".casefold():
            yield tr(_RENAMED)
        if repository.get("isArchived"):
            yield tr(_ARCHIVED)
        elif repository.get("viewerPermission") == "READ":
            yield tr(_READER)
        if self._asking.token_ends:
            yield tr(_TOKEN_ENDS).format(day=self._asking.token_ends)

    def _facts(self, repository: Mapping[str, Any]) -> dict[str, str]:
        rows = dicts(as_dict(repository.get("discussionCategories")).get("nodes"), "id")
        venues = [[row["id"], str(row.get("name") or row["id"])] for row in rows if row.get("slug") != _POLLS]
        facts = {"repository_name": f"{self._owner}/{self._name}"}
        if isinstance(repository.get("id"), str):
            facts["repository_id"] = repository["id"]
        if venues and not repository.get("isArchived"):
            facts["venues"] = json.dumps(venues, ensure_ascii=False)
        permission = str(repository.get("viewerPermission") or "")
        if permission in _MODERATORS:
            facts["may"] = " ".join(_MODERATOR_VERBS)
        elif permission == "READ":
            facts["may"] = " ".join(_ASKER_VERBS)
        return facts

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield discussions updated since, oldest update first; each is read whole and moves the cursor.

        Replies, edits and deletions may not change `updatedAt`, so known discussions are looked at as well, in turn.
        """
        yield from Pulling(self._asking, self._owner, self._name, self._id, self._login).pages(cursor)

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the comment's thread, which is one level deep, or to the discussion; or begin a discussion."""
        return self._sender.send(reply)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment or discussion with the same text since then."""
        return self._sender.find_sent(reply)

    def correct(self, change: Change) -> None:
        """Give a comment or discussion of ours other words."""
        self._sender.correct(change)

    def withdraw(self, change: Change) -> None:
        """Delete a comment of ours, or a discussion with all that is in it."""
        self._sender.withdraw(change)

    def reads(self, change: Change) -> str | None:
        """How a comment or discussion of ours reads there now; None if it is deleted."""
        return self._sender.reads(change)

    def react(self, reaction: Reaction) -> None:
        """React to a comment or discussion; one of ours that is there stays."""
        self._reacting.react(reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back; done where there is none."""
        self._reacting.unreact(reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether our reaction is there now."""
        return bool(self._reacting.state(reaction))

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there."""
        return post_above(self._asking, above)

    # --- moderating

    def moderate(self, verb: str, on: Target) -> None:
        """Minimize a comment, mark it as the answer, lock its discussion, undo these; delete what was said."""
        Moderator(self._asking).moderate(verb, on)

    def close(self) -> None:
        """Close the connections; never raises."""
        self._asking.close()


def _repository_of(repository: str) -> str:
    """Return "owner/name" from a repository's name or its web address."""
    parts = repository.strip().removesuffix(".git").rstrip("/").split("/")
    if "//" in repository:
        parts = parts[3:5]
    return "/".join(parts[:2])
