"""What can be decided about others on Mastodon: whom we mute or block, and that a report is closed.

Muting and blocking are the account's own: nobody else's view changes. By /methods/accounts (#mute, #block, #lookup) and
/methods/admin/reports of https://docs.joinmastodon.org.
"""

from __future__ import annotations

from app.base.message import Target
from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.channel import BAN, MUTE, SHOW, UNBAN, UNMUTE
from app.channels.http.parts import as_dict
from app.channels.mastodon.reports import REPORT, is_report
from app.channels.mastodon.server import Server, is_outside

_ACTS = {MUTE: "mute", UNMUTE: "unmute", BAN: "block", UNBAN: "unblock"}
_GONE = (404, 410)
_FORBIDDEN = 403
_NOT_ALLOWED = N_("{host} doesn't let this login do that. Sign in again under Accounts, and it's asked for that.")
_NO_MODERATOR = N_(
    "{host} doesn't let this account close reports: its role there may not, or the login lacks the right."
)
_NOT_THERE = N_("{host} doesn't let programs do that. Do it there.")
_REPORTER = N_("That would be whoever made the report. Choose a message of the person whom you mean.")
_NOBODY = N_("{host} doesn't know who wrote this any more.")


def moderate(server: Server, verb: str, on: Target) -> None:
    """Apply one of SHOW (to a report), MUTE, UNMUTE, BAN and UNBAN; idempotent. Raises one of the four errors."""
    if verb == SHOW and is_report(on.message):
        _close(server, on.message.removeprefix(REPORT))
        return
    if verb not in _ACTS:
        msg = tr("Mastodon can't do that.")
        raise Refused(msg)
    if verb in (MUTE, BAN) and is_report(on.message):
        raise Refused(tr(_REPORTER))
    number = _account(server, on)
    asked = {"duration": on.seconds} if verb == MUTE and on.seconds else {}
    answer = server.raw("POST", f"/api/v1/accounts/{number}/{_ACTS[verb]}", scoped=True, json=asked, writing=True)
    if is_outside(answer):
        raise Refused(tr(_NOT_ALLOWED).format(host=server.host))
    if answer.status in _GONE:
        if verb in (UNMUTE, UNBAN):
            return
        raise Refused(tr(_NOT_THERE).format(host=server.host))
    answer.raise_for_status(writing=True)


def _account(server: Server, on: Target) -> str:
    """The id of a message's author; raises Refused where the server knows nobody of that name."""
    answer = server.raw("GET", "/api/v1/accounts/lookup", scoped=True, params={"acct": on.author})
    number = str(answer.as_dict().get("id") or "") if answer.ok else ""
    if not number and not is_report(on.message):
        answer = server.raw("GET", f"/api/v1/statuses/{on.message}", scoped=True)
        number = str(as_dict(answer.as_dict().get("account")).get("id") or "") if answer.ok else ""
    if not answer.ok and answer.status not in _GONE:
        answer.raise_for_status(writing=False)
    if not number:
        raise Refused(tr(_NOBODY).format(host=server.host))
    return number


def _close(server: Server, number: str) -> None:
    """Mark a report as resolved; one that is so already stays so."""
    answer = server.raw("POST", f"/api/v1/admin/reports/{number}/resolve", scoped=True, writing=True)
    if answer.status == _FORBIDDEN:
        raise Refused(tr(_NO_MODERATOR).format(host=server.host))
    if answer.status not in _GONE:
        answer.raise_for_status(writing=True)
