"""Calls of Discord's HTTP API, its limits, and what its refusals mean.

https://docs.discord.com/developers/topics/rate-limits: each route tells in its answers what it still takes; a limit may
hold for all routes. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json has the codes of errors.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING, Any

from app import VERSION
from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome

if TYPE_CHECKING:
    from app.channels.http import Http, Response

SERVICE = "Discord"
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_BAN, NO_RIGHT = 10003, 10008, 10026, 50013
_BLOCKED = 40333  # by Discord's firewall, for a User-Agent of another form among others
_AGENT = f"DiscordBot (https://discord.com/developers/applications, {VERSION}) Rapport/{VERSION}"
"""By https://docs.discord.com/developers/reference#user-agent: an address, a version, then whatever else. The address
is of the page where the bot's owner has made it, as Rapport has none of its own."""
_MONTH_SECONDS = 30 * 86_400
_MAX_SLEEP_SECONDS = 5.0  # a longer rate limit raises TryLater
# JSON error codes of what is refused for a moment, whatever the status: slow mode; edits of announcements; writes to
# a channel, to a server; edits of messages older than an hour; writing or a feature switched off; shared resources
_LIMIT_CODES = (20016, 20022, 20028, 20029, 30046, 40004, 40006, 40062, 130000)
_OUTAGES = (40004, 40006, 130000)
_NOT_THERE = N_("This message is no longer there.")
_NO_RIGHT = N_(
    "The bot isn't allowed to do that there. Give it permission in the server's settings, under Roles, or in the "
    "channel's own."
)
_NO_TAG = N_("That forum asks for a tag on each post. Check the account, then choose the forum with the tag.")
_CLOSED = N_("This thread is closed. Open it again in Discord, or with the bot's permission Manage Threads.")
_TOO_LARGE = N_("The files are larger than Discord takes there. Attach smaller ones, or write where they can be found.")
_FILTERED = N_("AutoMod, this server's filter, doesn't let these words through. Write it in other words.")
_MEANINGS = {
    UNKNOWN_CHANNEL: N_("That channel no longer exists."),
    UNKNOWN_MESSAGE: _NOT_THERE,
    10007: N_("They are no longer a member of this server."),
    10004: N_("The bot is no longer in that server. Invite it again."),
    10013: N_("That account no longer exists."),
    10014: N_("That reaction isn't known there. Choose another one."),
    30010: N_("This message has as many kinds of reactions as Discord takes."),
    20009: N_("Discord considers this explicit content, which can't be sent there."),
    30015: N_("Discord takes at most 10 files with a message."),
    40002: N_("Discord asks the bot's owner to verify their account first."),
    40005: _TOO_LARGE,
    40007: N_("They are banned from this server."),
    40058: N_("A forum takes posts, not messages. Check the account, and choose it again."),
    40066: N_("In that forum each post has a tag that only moderators can give: the bot needs Manage Threads there."),
    40067: _NO_TAG,
    50001: N_("The bot can't see that channel any more. Give it permission in the server's settings, under Roles."),
    50005: N_("Only the bot's own messages can be corrected."),
    50008: N_("Nobody can write messages in that channel."),
    NO_RIGHT: _NO_RIGHT,
    50021: N_("Discord wrote this message itself, so nothing can be done to it."),
    50024: N_("That can't be done in a channel of this kind."),
    50045: _TOO_LARGE,
    50046: N_("Discord doesn't take one of these files. Attach it in another form, such as a ZIP file."),
    50083: _CLOSED,
    60003: N_("This server lets only moderators with two-factor login do that: the bot's owner has to turn it on."),
    90001: N_("They have blocked the bot, so it can't react to what they write."),
    160005: _CLOSED,
    160002: N_("The bot isn't allowed to answer there: it needs the permission Read Message History."),
    200000: _FILTERED,
    200001: _FILTERED,
    160006: N_("This server has as many open threads as Discord allows. Close some first."),
    240000: N_("Discord considers a link in this harmful and doesn't let anyone send it."),
}
"""Code of an error -> what it means for whoever wanted to do something.

By https://docs.discord.com/developers/topics/opcodes-and-status-codes#json (opened in its source of August 2026).
"""
_ONE = re.compile(r"(?<=/messages)/.*|(?<=/members)/.*|(?<=/bans)/.*")
"""The rest of a path below one message, member or ban: limits are a channel's or a server's."""
_lock = threading.Lock()
_free: dict[tuple[str, str], float] = {}
"""Until when a bot may not use a route ("" for all): all sessions of it share that, as Discord counts them together."""


class Rejected(Refused):
    """A refusal with Discord's own code of the error, 0 without one."""

    def __init__(self, sentence: str, code: int) -> None:
        """`sentence` is shown."""
        super().__init__(sentence)
        self.code = code


class Wire:
    """The HTTP API for one bot."""

    def __init__(self, server: str, token: str) -> None:
        """`server` is its address, `token` as the Developer Portal gives it."""
        self._server, self._token = server, token
        self._who = f"{server} {token.partition('.')[0]}"
        self._made: Http | None = None
        self.ahead = 0
        """Seconds by which Discord's clock is ahead of ours, by its latest answer."""

    def ask(self, method: str, path: str, *, writing: bool = False, **more: Any) -> Any:  # noqa: ANN401  the API's JSON
        """Call a method and return its JSON, {} where there is none. Raises Rejected, or another of the four errors."""
        from app.channels.http import Http  # noqa: PLC0415  the form needs no network

        if self._made is None:
            self._made = Http(self._server, {"Authorization": f"Bot {self._token}", "User-Agent": _AGENT})
        route = f"{method} {_ONE.sub('/', path)}"
        self._wait(route)
        answer = self._made.raw(method, path, writing=writing, **more)
        self.ahead = answer.ahead(clock.now())
        if answer.headers.get("x-ratelimit-remaining") == "0":
            self._hold(route, float_or_zero(answer.headers.get("x-ratelimit-reset-after")))
        self._raise_for(answer, writing=writing)
        if writing and answer.body:
            try:
                return answer.json()
            except TryLater:
                msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
                raise UnknownOutcome(msg) from None
        return answer.json() if answer.body else {}

    def _hold(self, route: str, seconds: float) -> None:
        with _lock:
            _free[self._who, route] = time.monotonic() + seconds

    def _wait(self, route: str) -> None:
        with _lock:
            left = max(_free.get((self._who, name), 0.0) for name in (route, "")) - time.monotonic()
        if left > _MAX_SLEEP_SECONDS:
            msg = tr("Discord has asked Rapport to wait.")
            raise TryLater(msg, int(left) + 1, limited=True)
        if left > 0:
            time.sleep(left)

    def _raise_for(self, answer: Response, *, writing: bool) -> None:
        if answer.ok:
            return
        if answer.status == 401:  # noqa: PLR2004  RFC 9110, 15.5.2
            msg = tr("{host} doesn't recognise this bot. Copy its token from the Developer Portal again.").format(
                host=answer.host
            )
            raise AuthNeeded(msg)
        error = answer.as_dict()
        code = error["code"] if isinstance(error.get("code"), int) else 0
        if answer.status == 429 or (answer.status < 500 and code in _LIMIT_CODES):  # noqa: PLR2004  RFC 6585
            after = min(float_or_zero(error.get("retry_after")), _MONTH_SECONDS) or answer.after(clock.now()) or 5
            msg = tr("{host} has asked Rapport to wait.").format(host=answer.host)
            raise TryLater(msg, int(after) + 1, limited=code not in _OUTAGES)
        if code == _BLOCKED or (answer.status == 403 and not error):  # noqa: PLR2004  "Forbidden"
            msg = tr("{host}'s firewall turned this away, so nothing was done. It's tried again.").format(
                host=answer.host
            )
            raise TryLater(msg)
        if code in _MEANINGS:
            raise Rejected(tr(_MEANINGS[code]), code)
        if answer.status == 403 and writing:  # noqa: PLR2004  as above
            raise Rejected(tr(_NO_RIGHT), code)
        problem = answer.problem(clock.now(), writing=writing)
        if isinstance(problem, Refused):
            raise Rejected(str(problem), code)
        answer.raise_for_status(writing=writing)

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def float_or_zero(value: object) -> float:
    """A number of seconds as Discord writes it; 0 for what is none."""
    try:
        return max(float(str(value)), 0.0)
    except ValueError:
        return 0.0
