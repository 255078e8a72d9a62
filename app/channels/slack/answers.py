"""Map Slack's `ok: false` responses to errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.errors import UserError
from app.base.words import tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome

_LOGIN = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "user_removed_from_team")
_LIMITS = ("ratelimited", "rate_limited", "message_limit_exceeded")  # per app, per method, per workspace
_INTERNAL_ERRORS = ("fatal_error", "internal_error", "service_unavailable", "team_added_to_org")
_REASONS = {
    "channel_not_found": "there's no such channel, or you're not in it",
    "not_in_channel": "you're not in that channel",
    "is_archived": "the channel is archived",
    "msg_too_long": "the text is too long",
    "no_text": "there's no text",
    "thread_not_found": "the message it replies to is gone",
    "restricted_action": "the workspace doesn't let you write there",
    "cant_delete_message": "this login can't delete it; only an owner or admin of the workspace can",
    "user_is_restricted": "this login is a guest account",
}


def failure(found: Mapping[str, Any], *, writing: bool) -> UserError:
    """Return the error for a response; `writing`: an internal error of Slack's is UnknownOutcome."""
    code = str(found.get("error") or "")[:60]
    if code in _LOGIN:
        return AuthNeeded(tr("Slack no longer accepts this token. Copy it again from your app's OAuth & Permissions."))
    if code in ("missing_scope", "not_allowed_token_type"):
        needed = str(found.get("needed") or "user token")[:60]
        return Refused(
            tr("The app lacks “{needed}”. Add it under OAuth & Permissions and install the app again.").format(
                needed=needed
            )
        )
    if code in _LIMITS:
        return TryLater(tr("Slack has asked Rapport to wait."), 30)
    if code in _INTERNAL_ERRORS or not code:
        if writing:
            return UnknownOutcome(tr("Slack failed while accepting this. It may or may not have arrived."))
        return TryLater(tr("Slack isn't working right now. Rapport will try again later."))
    return Refused(tr("Slack refused the request: {code}.").format(code=_REASONS.get(code, code)))
