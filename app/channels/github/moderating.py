"""Moderation of discussions: comments minimized, answers marked, discussions locked.

Whoever has the role Triage may do all of it, and the author of a question may mark its answer
(https://docs.github.com/en/discussions/managing-discussions-for-your-community/moderating-discussions).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.message import Target
from app.base.words import tr
from app.channels.base import DELETE, LOCK, SHOW, SOLVE, SPAM, UNLOCK, UNSOLVE, Refused
from app.channels.github import queries
from app.channels.github.asking import Asking
from app.channels.github.sending import NO_LONGER, delete, state_of
from app.channels.http.parts import as_dict


class Moderator:
    """Applies verbs for one token."""

    def __init__(self, asking: Asking) -> None:
        """`asking` is the client."""
        self._asking = asking

    def moderate(self, verb: str, on: Target) -> None:
        """Apply a verb to a comment or to its discussion; what already is so stays."""
        standing = state_of(self._asking, on.message)
        if not standing or standing.get("deletedAt"):
            if verb in (LOCK, UNLOCK) and on.thread:
                standing = state_of(self._asking, on.thread)
            elif verb == DELETE:
                return
            if not standing or standing.get("deletedAt"):
                raise Refused(tr(NO_LONGER))
        if verb == DELETE:
            delete(self._asking, standing, on.message)
        elif verb in (LOCK, UNLOCK):
            self._lock(standing, is_locked=verb == LOCK)
        elif verb in (SOLVE, UNSOLVE):
            self._mark(standing, is_answer=verb == SOLVE)
        else:
            self._minimize(verb, standing)

    def _minimize(self, verb: str, standing: Mapping[str, Any]) -> None:
        if standing.get("__typename") == "Discussion":
            msg = tr("GitHub can't hide opening posts. Close, lock or delete the discussion.")
            raise Refused(msg)
        is_minimized, is_spam = standing.get("isMinimized"), str(standing.get("minimizedReason")).lower() == "spam"
        if verb == SHOW:
            if is_minimized:
                self._asking.ask(queries.UNMINIMIZE, id=standing["id"])
        elif not is_minimized or (verb == SPAM) != is_spam:
            self._asking.ask(queries.MINIMIZE, id=standing["id"], why="SPAM" if verb == SPAM else "OFF_TOPIC")

    def _mark(self, standing: Mapping[str, Any], *, is_answer: bool) -> None:
        """Mark a comment as the answer, or take the mark away; a discussion has one answer at a time."""
        about = as_dict(standing.get("discussion"))
        if bool(standing.get("isAnswer")) == is_answer:
            return
        if not is_answer:
            self._asking.ask(queries.UNMARK, id=standing["id"])
            return
        if standing.get("__typename") == "Discussion":
            msg = tr("The question itself can't be its answer. Choose a comment.")
            raise Refused(msg)
        if not as_dict(about.get("category")).get("isAnswerable"):
            msg = tr("Only discussions in a category for questions and answers have an answer on GitHub.")
            raise Refused(msg)
        before = as_dict(about.get("answer")).get("id")
        if before:
            self._asking.ask(queries.UNMARK, id=before)
        self._asking.ask(queries.MARK, id=standing["id"])

    def _lock(self, standing: Mapping[str, Any], *, is_locked: bool) -> None:
        about = standing if standing.get("__typename") == "Discussion" else as_dict(standing.get("discussion"))
        if about.get("id") and bool(about.get("locked")) != is_locked:
            self._asking.ask(queries.LOCK if is_locked else queries.UNLOCK, id=about["id"])
