"""What Slack means by `ok: false`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.errors import UserError
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome

_LOGIN = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "user_removed_from_team")
_LIMITS = ("ratelimited", "rate_limited", "message_limit_exceeded")  # of the app, of the method, of the workspace
_UNKNOWN = ("fatal_error", "internal_error", "service_unavailable", "team_added_to_org")
_WORDS = {
    "channel_not_found": "there is no such channel, or we are not in it",
    "not_in_channel": "we are not in that channel",
    "is_archived": "the channel is archived",
    "msg_too_long": "the text is too long",
    "no_text": "there is no text",
    "thread_not_found": "what it answers is gone",
    "restricted_action": "the workspace does not let us write there",
    "cant_delete_message": "this login may not delete it: that takes an owner or admin of the workspace",
    "user_is_restricted": "this login is a guest's",
}


def failure(found: Mapping[str, Any], *, writing: bool) -> UserError:
    """The error in one sentence; `writing`: something was to be taken, and with some of these may have been."""
    code = str(found.get("error") or "")[:60]
    if code in _LOGIN:
        return AuthNeeded("Slack does not take this token any more: copy it from your app's OAuth & Permissions again.")
    if code in ("missing_scope", "not_allowed_token_type"):
        needed = str(found.get("needed") or "user token")[:60]
        return Refused(f"The app lacks “{needed}”: add it under OAuth & Permissions and install the app again.")
    if code in _LIMITS:
        return TryLater("Slack asks for patience.", 30)
    if code in _UNKNOWN or not code:
        if writing:
            return UnknownOutcome("Slack failed while it took this: it may have arrived, or not.")
        return TryLater("Slack does not work right now; it is tried again later.")
    return Refused(f"Slack said no: {_WORDS.get(code, code)}.")
