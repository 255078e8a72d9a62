"""Map Slack's `ok: false` responses to errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome

_LOGIN = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "user_removed_from_team")
_LIMITS = ("ratelimited", "rate_limited", "message_limit_exceeded")  # per app, per method, per workspace
_INTERNAL_ERRORS = ("fatal_error", "internal_error", "service_unavailable", "team_added_to_org")
_REFUSALS = {
    "channel_not_found": N_("There's no such channel on Slack, or you're not in it."),
    "not_in_channel": N_("You're not in that Slack channel."),
    "is_archived": N_("That Slack channel is archived."),
    "msg_too_long": N_("This is too long for Slack. Shorten it."),
    "no_text": N_("Slack doesn't accept a message without text."),
    "thread_not_found": N_("The message you're replying to is no longer on Slack."),
    "restricted_action": N_("The Slack workspace doesn't let you write there."),
    "cant_delete_message": N_("Slack doesn't let this login delete it. Only an owner or admin of the workspace can."),
    "user_is_restricted": N_("Slack doesn't let a guest account do that."),
}


def failure(body: Mapping[str, Any], *, writing: bool) -> UserError:
    """Return the error for a response; `writing`: an internal error of Slack's is UnknownOutcome."""
    code = str(body.get("error") or "")[:60]
    if code in _LOGIN:
        return AuthNeeded(tr("Slack no longer accepts this token. Copy it again from your app's OAuth & Permissions."))
    if code in ("missing_scope", "not_allowed_token_type"):
        needed = str(body.get("needed") or "")[:60]
        sentence = tr("The app lacks “{needed}”. Add it under OAuth & Permissions and install the app again.")
        if not needed:
            sentence = tr(
                "The app's token doesn't allow this. Use its user token, or add what is missing under OAuth & "
                "Permissions and install the app again."
            )
        return Refused(sentence.format(needed=needed))
    if code in _LIMITS:
        return TryLater(tr("Slack has asked Rapport to wait."), 30)
    if code in _INTERNAL_ERRORS or not code:
        if writing:
            return UnknownOutcome(tr("Slack failed while accepting this. It may or may not have arrived."))
        return TryLater(tr("Slack isn't working right now."))
    return Refused(tr(_REFUSALS.get(code, "")) or tr("Slack refused the request: {code}.").format(code=code))
