"""Map Slack's `ok: false` responses to errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.masking import without_secrets

MISSING_SCOPE = ("missing_scope", "not_allowed_token_type")
GONE = ("message_not_found", "thread_not_found")
LEFT = ("not_in_channel", "channel_not_found", "is_archived")
"""Codes for a conversation that we have left, or that was closed: it is no longer ours to read."""
LIMIT_SECONDS = 30
"""How long a limit is waited out that names no time."""
_LOGIN = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "user_removed_from_team")
_BARRED = ("access_denied", "ekm_access_denied", "enterprise_is_restricted", "org_login_required",
           "team_access_not_granted", "two_factor_setup_required")  # fmt: skip
_LIMITS = ("ratelimited", "rate_limited", "message_limit_exceeded")  # per app, per method, per workspace
_INTERNAL_ERRORS = ("fatal_error", "internal_error", "service_unavailable", "team_added_to_org")
_REFUSALS = {
    "channel_not_found": N_("There's no such channel on Slack, or you're not in it."),
    "not_in_channel": N_("You're not in that Slack channel."),
    "is_archived": N_("That Slack channel is archived."),
    "msg_too_long": N_("This is too long for Slack. Shorten it."),
    "no_text": N_("Slack doesn't accept a message without text."),
    "thread_not_found": N_("The message you're replying to is no longer on Slack."),
    "message_not_found": N_("That message is no longer on Slack."),
    "restricted_action": N_("The Slack workspace doesn't let you write there."),
    "restricted_action_read_only_channel": N_("Nobody but its owners can write in that Slack channel."),
    "restricted_action_thread_only_channel": N_("In that Slack channel you can only reply in threads."),
    "restricted_action_thread_locked": N_("That thread is locked on Slack."),
    "thread_locked": N_("That thread is locked on Slack."),
    "cannot_reply_to_message": N_("Slack takes no replies to this kind of message."),
    "cant_delete_message": N_("Slack doesn't let this login delete it. Only an owner or admin of the workspace can."),
    "cant_update_message": N_("Slack doesn't let this login change it. Only whoever wrote it can."),
    "edit_window_closed": N_("The Slack workspace doesn't let messages of that age be changed."),
    "user_is_restricted": N_("Slack doesn't let a guest account do that."),
    "invalid_name": N_("Slack doesn't know this emoji."),
    "user_disabled": N_("That person's Slack account is closed."),
    "user_not_found": N_("There's no such person in the Slack workspace any more."),
    "user_not_visible": N_("Slack doesn't let a guest account write to that person."),
    "cannot_dm_bot": N_("An app wrote this on Slack, so nobody can be written to in private."),
    "msg_blocks_too_long": N_("This is too long for Slack. Shorten it."),
    "file_upload_size_restricted": N_("The Slack workspace takes no files as large as these. Attach smaller ones."),
    "file_uploads_disabled": N_("The Slack workspace takes no files."),
    "file_uploads_except_images_disabled": N_("The Slack workspace takes no files but pictures."),
    "file_type_not_allowed": N_("The Slack workspace takes no files of this kind."),
    "storage_limit_reached": N_("The Slack workspace has no room left for files."),
    "posting_to_channel_denied": N_("The Slack workspace doesn't let you write there."),
    "too_many_emoji": N_("This message has as many different reactions as Slack allows."),
    "too_many_reactions": N_("You've reacted to this message as often as Slack allows."),
}


class Declined(Refused):
    """What Slack refused: `code` is its word for why, `needed` the scopes that are missing, "" if it isn't that."""

    def __init__(self, sentence: str, code: str, needed: str = "") -> None:
        """`sentence` is shown."""
        super().__init__(sentence)
        self.code, self.needed = code, needed


def failure(body: Mapping[str, Any], *, writing: bool) -> UserError:
    """Return the error for a response; `writing`: an internal error of Slack's is UnknownOutcome."""
    code = without_secrets(str(body.get("error") or ""))[:60]
    if code in _LOGIN:
        return AuthNeeded(tr("Slack no longer accepts this token. Copy it again from your app's OAuth & Permissions."))
    if code in _BARRED:
        msg = tr("The Slack workspace doesn't let this login in: {code}. Ask one of its owners.").format(code=code)
        return AuthNeeded(msg)
    if code in MISSING_SCOPE:
        return _lacking(code, without_secrets(str(body.get("needed") or ""))[:60])
    if code in _LIMITS:
        return TryLater(tr("Slack has asked Rapport to wait."), LIMIT_SECONDS, limited=True)
    if code in _INTERNAL_ERRORS or not code:
        return _broken(writing=writing)
    return Declined(tr(_REFUSALS.get(code, "")) or tr("Slack refused the request: {code}.").format(code=code), code)


def _broken(*, writing: bool) -> UserError:
    if writing:
        return UnknownOutcome(tr("Slack failed while accepting this. It may or may not have arrived."))
    return TryLater(tr("Slack isn't working right now."))


def _lacking(code: str, needed: str) -> Declined:
    sentence = tr("The app lacks “{needed}”. Add it under OAuth & Permissions and install the app again.")
    if not needed:
        sentence = tr(
            "The app's token doesn't allow this. Use its user token, or add what is missing under OAuth & Permissions "
            "and install the app again."
        )
    return Declined(sentence.format(needed=needed), code, needed)
