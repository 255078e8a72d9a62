"""What moderators do: hide, show and delete posts, decide on reports and on what waits, and the topics and members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from app.base import clock
from app.base.message import Target
from app.base.words import N_, tr
from app.channels.base import (
    BAN,
    DELETE,
    HIDE,
    LOCK,
    MUTE,
    SHOW,
    SOLVE,
    SPAM,
    UNBAN,
    UNLOCK,
    UNMUTE,
    UNSOLVE,
    Refused,
)
from app.channels.discourse.posts import SPAM_FLAG
from app.channels.discourse.reading import as_int, flagged, is_reported, raise_for
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, QUEUED, REPORT, Site
from app.channels.http import Response
from app.channels.http.parts import as_dict, dicts

_OFF_TOPIC, _INAPPROPRIATE = 3, 4  # post_action_types of site.json
_FLAGS = (3, 4, 7, 8, 10)  # off-topic, inappropriate, something else, spam, illegal
_CONFLICT, _UNPROCESSABLE = 409, 422
_FOREVER_DAYS = 365 * 1_000  # as the forum's own page says "forever"
_REASON = N_("Decided by the moderators.")
NOT_ALLOWED = N_("{host} doesn't let this login do that. Only a moderator of the forum can.")
_NO_LONGER = N_("That post is no longer on {host}.")
_NOT_ON_THEM = N_(
    "{host} doesn't let this login do that. Only a moderator of the forum can, and nobody can to the forum's staff."
)
_ONE_FLAG = N_(
    "{host} takes one report of each moderator about a post, and you have made yours. Delete the post, or ask "
    "another moderator."
)
_NOT_UP_YET = N_("Nobody sees that post yet: it waits for approval. Approve it, or delete it to reject it.")
_IS_A_REPORT = N_("This is a report about somebody else's post. Decide on the post itself.")
_REPORTER = N_("That would be whoever made the report. Choose a message of the person whom you mean.")
_NO_SOLUTIONS = N_("{host} has no solutions: its plugin Discourse Solved is off.")
_NOT_SOLVABLE = N_(
    "{host} doesn't let this login mark that as the solution. The question itself can't be one, and not every category "
    "has solutions."
)
_QUEUE_ACTIONS = {
    HIDE: ("agree_and_hide", "hide_post", "agree_and_keep"),
    SHOW: ("disagree", "approve", "approve_and_unhide", "ignore"),
    DELETE: ("delete_and_agree", "reject_and_delete", "delete_post"),
}
"""Verb -> its names in the review queue, by the kind of entry and the forum's version: the first that it has counts."""


class Moderator:
    """Carries out the verbs of moderation; each is idempotent."""

    def __init__(self, site: Site) -> None:
        """`site` is the forum."""
        self._site = site

    def moderate(self, verb: str, on: Target) -> None:
        """Apply a verb to a post, its topic or its author. Raises Refused where the forum does not let us."""
        if on.message.startswith(REPORT) and verb in (HIDE, SHOW, SPAM, DELETE):
            raise Refused(tr(_IS_A_REPORT))
        if on.message.startswith(REPORT) and verb in (MUTE, BAN):
            raise Refused(tr(_REPORTER))
        if verb in (MUTE, BAN, UNMUTE, UNBAN):
            self._penalize(verb, on)
        elif verb in (LOCK, UNLOCK):
            self._lock(on, closed=verb == LOCK)
        elif verb in (SOLVE, UNSOLVE):
            self._solve(on, solved=verb == SOLVE)
        elif not self._decide_waiting(verb, on.message):
            self._on_post(verb, self._site.post(on.message))

    def _no_longer(self) -> Refused:
        return Refused(tr(_NO_LONGER).format(host=self._site.host))

    # --- posts

    def _on_post(self, verb: str, post: Mapping[str, Any] | None) -> None:
        if post is None or post.get("deleted_at"):
            if verb == SHOW and post is not None:
                self._site.ask("PUT", f"{_place(post)}/recover.json", forbidden=NOT_ALLOWED)
            elif verb not in (DELETE, SPAM):
                raise self._no_longer()
        elif is_reported(post) and verb in _QUEUE_ACTIONS and self._decide(verb, post):
            return
        elif verb == DELETE:
            self._site.ask("DELETE", f"{_place(post)}.json", forbidden=NOT_ALLOWED)
        elif verb == SHOW:
            if post.get("hidden"):
                self._site.ask("PUT", f"posts/{post['id']}/unhide.json", forbidden=NOT_ALLOWED)
        elif verb == HIDE:
            if not post.get("hidden"):
                self._flag(post, (_INAPPROPRIATE, _OFF_TOPIC))
        else:
            self._mark_spam(post)

    def _mark_spam(self, post: Mapping[str, Any]) -> None:
        """Report as spam with a moderator's action taken on it; what can't be reported any more is deleted.

        A forum takes no report about what is hidden, and one of each member (lib/guardian/post_guardian.rb of
        discourse/discourse, post_can_act?). Deleting is what its own page does about spam, and can be undone.
        """
        if post.get("hidden") and flagged(post, SPAM_FLAG):
            return
        if not post.get("hidden") and flagged(post, SPAM_FLAG) and is_reported(post) and self._decide(HIDE, post):
            return
        if not post.get("hidden") and not _own_flag(post):
            self._flag(post, (SPAM_FLAG,))
        elif not (is_reported(post) and self._decide(DELETE, post)):
            self._site.ask("DELETE", f"{_place(post)}.json", forbidden=NOT_ALLOWED)

    def _flag(self, post: Mapping[str, Any], kinds: Sequence[int]) -> None:
        """Report a post with a moderator's action taken on it, which hides it; an earlier report of ours goes first."""
        me = self._site.me()
        if not (me.get("moderator") or me.get("admin")):  # theirs would be a report like any member's
            raise Refused(tr(NOT_ALLOWED).format(host=self._site.host))
        mine = _own_flag(post)
        if mine and mine.get("can_undo"):
            params = {"post_action_type_id": mine["id"]}
            self._site.ask("DELETE", f"post_actions/{post['id']}.json", params=params, forbidden=NOT_ALLOWED)
        elif mine:
            raise Refused(tr(_ONE_FLAG).format(host=self._site.host))
        able = [action.get("id") for action in dicts(post.get("actions_summary")) if action.get("can_act")]
        # one of the same kind would be refused, as a report that was handled already (lib/post_action_creator.rb)
        kinds = sorted(kinds, key=lambda kind: kind == mine.get("id"))
        kind = next((kind for kind in kinds if kind in able), kinds[0])
        flag = {"id": post["id"], "post_action_type_id": kind, "take_action": "true", "flag_topic": "false"}
        answer = self._site.raw("POST", "post_actions.json", json=flag)
        if answer.status in (FORBIDDEN, _UNPROCESSABLE) and (mine or not able):
            raise Refused(tr(_ONE_FLAG).format(host=self._site.host))
        self._settle(answer, NOT_ALLOWED)

    # --- the review queue

    def _decide(self, verb: str, post: Mapping[str, Any]) -> bool:
        """Decide on the reports about a post; False if none waits, or the queue has no such decision."""
        number = as_int(post.get("reviewable_id"))
        return bool(number) and self._perform(int(number or 0), _QUEUE_ACTIONS[verb])

    def _decide_waiting(self, verb: str, remote_id: str) -> bool:
        """Approve or reject what waits in the review queue; False for what does not wait there any more."""
        queued = self._site.reviewable(remote_id)
        if queued is None:
            if remote_id.startswith(QUEUED):
                raise self._no_longer()
            return False
        status = queued.get("status")
        if as_int(queued.get("post_id")) and status in (1, "approved"):
            return False
        number = int(remote_id.removeprefix(QUEUED))
        if verb == HIDE:
            raise Refused(tr(_NOT_UP_YET))
        if verb == SHOW:
            done = self._perform(number, ("approve_post", "approve_post_closed"))
        else:
            done = status not in (0, "pending") or self._perform(number, ("reject_post",))
        if not done:
            raise Refused(tr(NOT_ALLOWED).format(host=self._site.host))
        return True

    def _perform(self, number: int, actions: Sequence[str]) -> bool:
        """Have the first of these decisions made that an entry of the queue offers; False if it offers none."""
        for action in actions:
            answer = self._try(number, action)
            if answer.status == _CONFLICT:  # somebody else has looked at it meanwhile
                answer = self._try(number, action)
            if answer.status not in (FORBIDDEN, NOT_FOUND):
                raise_for(answer)
                return True
        return False

    def _try(self, number: int, action: str) -> Response:
        version = (self._site.reviewable(f"{QUEUED}{number}") or {}).get("version")
        params = {"version": version if isinstance(version, int) else 0}
        return self._site.raw("PUT", f"review/{number}/perform/{action}.json", params=params)

    # --- topics and members

    def _topic(self, on: Target) -> int:
        post = self._site.post(on.message)
        topic = int(post["topic_id"]) if post is not None else as_int(on.thread)
        if not topic:
            raise self._no_longer()
        return topic

    def _lock(self, on: Target, *, closed: bool) -> None:
        topic = self._topic(on)
        states = ["closed"]
        if not closed and (self._site.about(topic) or {}).get("archived"):  # nobody can write in such a topic, either
            states.append("archived")
        for state in states:
            body = {"status": state, "enabled": "true" if closed else "false"}
            self._site.ask("PUT", f"t/{topic}/status.json", json=body, forbidden=NOT_ALLOWED)

    def _solve(self, on: Target, *, solved: bool) -> None:
        post = self._site.post(on.message)
        if post is None or post.get("deleted_at"):
            if solved:
                raise self._no_longer()
            return
        if bool(post.get("accepted_answer")) == solved and "accepted_answer" in post:
            return
        verb = "accept" if solved else "unaccept"
        answer = self._site.raw("POST", f"solution/{verb}.json", json={"id": post["id"]})
        if answer.status == NOT_FOUND:
            raise Refused(tr(_NO_SOLUTIONS).format(host=answer.host))
        self._settle(answer, _NOT_SOLVABLE)

    def _penalize(self, verb: str, on: Target) -> None:
        """Silence or suspend whoever wrote it, or end that; somebody who is already is left as they are."""
        path = {MUTE: "silence", UNMUTE: "unsilence", BAN: "suspend", UNBAN: "unsuspend"}[verb]
        days = timedelta(seconds=on.seconds) if on.seconds else timedelta(days=_FOREVER_DAYS)
        until = (datetime.fromtimestamp(clock.now(), UTC) + days).strftime("%Y-%m-%dT%H:%M:%SZ")
        body = {"reason": tr(_REASON)}
        body |= {"silenced_till": until} if verb == MUTE else {"suspend_until": until} if verb == BAN else {}
        answer = self._site.raw("PUT", f"admin/users/{self._site.member_of(on.author)}/{path}.json", json=body)
        if answer.status == NOT_FOUND:  # the routes under admin/ are there for staff alone
            raise Refused(tr(NOT_ALLOWED).format(host=answer.host))
        if answer.status != _CONFLICT:
            self._settle(answer, _NOT_ON_THEM)

    @staticmethod
    def _settle(answer: Response, forbidden: str) -> None:
        if answer.status == FORBIDDEN:
            raise Refused(tr(forbidden).format(host=answer.host))
        raise_for(answer)


def _place(post: Mapping[str, Any]) -> str:
    """Where a post is deleted and restored: an opening post goes with its topic, and not without."""
    return f"t/{post['topic_id']}" if post.get("post_number") == 1 else f"posts/{post['id']}"


def _own_flag(post: Mapping[str, Any]) -> dict[str, Any]:
    """Our own report about a post, as its `actions_summary` has it; {} if there is none."""
    rows = dicts(as_dict(post).get("actions_summary"))
    return next((row for row in rows if row.get("id") in _FLAGS and row.get("acted")), {})
