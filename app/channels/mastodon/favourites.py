"""Favourites: given, taken back, and looked up at the status itself."""

from __future__ import annotations

from collections.abc import Callable

from app.base.message import Reaction
from app.base.words import N_, tr
from app.channels.base import Refused, UnknownOutcome
from app.channels.http import Response

_GONE = (404, 410)
_FORBIDDEN = 403
_NO_LONGER_THERE = N_("That post is no longer there: its author deleted it or hides it from you.")
_NOT_ALLOWED = N_(
    "{host} doesn't let Rapport favourite posts with this login. Sign in again under Accounts, and it's asked for that."
)


def favourite(raw: Callable[..., Response], reaction: Reaction) -> None:
    """Favourite a status; one that is already stays so.

    A login from before this could be done lacks a scope: that refuses the favourite, and nothing else about the login.
    """
    answer = raw("POST", f"/api/v1/statuses/{reaction.remote_id}/favourite", writing=True, scoped=True)
    if answer.status in _GONE:
        raise Refused(tr(_NO_LONGER_THERE))
    _judge(answer)


def unfavourite(raw: Callable[..., Response], reaction: Reaction) -> None:
    """Take our favourite back; done where there is none, and where the status is gone."""
    answer = raw("POST", f"/api/v1/statuses/{reaction.remote_id}/unfavourite", writing=True, scoped=True)
    if answer.status not in _GONE:
        _judge(answer)


def is_favourite(raw: Callable[..., Response], reaction: Reaction) -> bool:
    """Whether the status has our favourite now."""
    answer = raw("GET", f"/api/v1/statuses/{reaction.remote_id}")
    if answer.status in _GONE:
        return False
    answer.raise_for_status(writing=False)
    there = answer.as_dict().get("favourited")
    if not isinstance(there, bool):
        msg = tr("{host} doesn't say whether this is a favourite of yours. Check there.").format(host=answer.host)
        raise UnknownOutcome(msg)
    return there


def _judge(answer: Response) -> None:
    if answer.status == _FORBIDDEN and "scope" in answer.error_text():
        raise Refused(tr(_NOT_ALLOWED).format(host=answer.host))
    answer.raise_for_status(writing=True)
