"""What a server answered, and what its answer means to us."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http.parts import as_dict, read
from app.mail.html import to_text

_WORDS_MAX = 160
_LONGEST_WAIT = 7 * 86_400
_UNAUTHORIZED, _TOO_MANY, _SERVER = 401, 429, 500
# Fields in which servers put what they want to say: WordPress, Mastodon, Matrix, XRPC, Discourse, GitHub, Slack, ...
_SAID = ("error_description", "message", "error", "description", "errors", "title", "detail", "reason")
# Each with the server's own words, and where it gave none.
_LOGIN = (N_("{host} refused the login: {said}."), N_("{host} refused the login (HTTP {status})."))
_WAIT = (N_("{host} has asked Rapport to wait: {said}."), N_("{host} has asked Rapport to wait (HTTP {status})."))
_PERHAPS = (
    N_("{host} failed while accepting this: {said}. It may or may not have arrived."),
    N_("{host} failed while accepting this (HTTP {status}). It may or may not have arrived."),
)
_BROKEN = (N_("{host} isn't working right now: {said}."), N_("{host} isn't working right now (HTTP {status})."))
_REFUSED = (N_("{host} refused the request: {said}."), N_("{host} refused the request (HTTP {status})."))


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status, headers (names in lower case), the decoded body, and where it came from in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    host: str
    hidden: tuple[str, ...] = ()
    """Secrets that were sent along: a server that repeats them is not repeated."""

    @property
    def ok(self) -> bool:
        """Whether the server said yes."""
        return 200 <= self.status < 300  # noqa: PLR2004  RFC 9110, 15.3

    def json(self) -> Any:  # noqa: ANN401  whatever the server sent
        """The body read as JSON; TryLater where it is none, as a server says that is being put in order."""
        try:
            return read(self.body)
        except (ValueError, RecursionError) as why:
            msg = tr("{host} sent an unexpected response.").format(host=self.host)
            raise TryLater(msg) from why

    def as_dict(self) -> dict[str, Any]:
        """The JSON object that was answered; {} where it is none."""
        try:
            return as_dict(read(self.body))
        except (ValueError, RecursionError):
            return {}

    def raise_for_status(self, *, writing: bool) -> None:
        """Raises `problem` for a response that is not 2xx."""
        problem = self.problem(clock.now(), writing=writing)
        if problem is not None:
            raise problem

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def error_text(self) -> str:
        """The server's own words on what went wrong, short and on one line; "" where it has none."""
        try:
            found = _words(read(self.body))
        except (ValueError, RecursionError):
            kind = self.headers.get("content-type", "")
            found = to_text(self.text[:20_000]) if "html" in kind else self.text[:2_000] if "text" in kind else ""
        for secret in self.hidden:
            found = found.replace(secret, "…")
        line = " ".join(re.sub(r"<[^<>]{0,200}>", "", found).split())
        return line[:_WORDS_MAX].rstrip(".")

    def after(self, now: int) -> int | None:
        """Seconds until the server wants to be asked again, by its own headers; None where it does not say."""
        told = self.headers.get("retry-after", "").strip()
        if told.replace(".", "", 1).isdecimal():
            return _sensible(float(told))
        if told:
            try:
                return _sensible(parsedate_to_datetime(told).timestamp() - now - self.ahead(now))
            except (ValueError, OverflowError):
                return None
        for name in ("x-ratelimit-reset", "ratelimit-reset"):
            until = self.headers.get(name, "")
            if self.headers.get(name.replace("reset", "remaining")) != "0":
                continue
            if until.replace(".", "", 1).isdecimal():
                # a moment (GitHub, Bluesky) or a number of seconds (Discord, the RFC's draft)
                number = float(until)
                return _sensible(number - now - self.ahead(now) if number > _LONGEST_WAIT else number)
            with suppress(ValueError):  # a moment written out (Mastodon)
                return _sensible(datetime.fromisoformat(until).astimezone(UTC).timestamp() - now - self.ahead(now))
        return None

    def ahead(self, now: int) -> int:
        """Seconds by which the server's clock is ahead of ours, by its own header; 0 where it tells no time."""
        try:
            return round(parsedate_to_datetime(self.headers.get("date", "")).timestamp()) - now
        except (ValueError, OverflowError):
            return 0

    def problem(self, now: int, *, writing: bool) -> UserError | None:
        """The error for a response that is not 2xx. `writing`: something was to be taken, and may have been."""
        if self.ok:
            return None
        waits = self.status == 503 or (self.status == 403 and "retry-after" in self.headers)  # noqa: PLR2004
        if self.status == _UNAUTHORIZED:
            return AuthNeeded(self._sentence(_LOGIN))
        if self.status == _TOO_MANY or (waits and self.after(now) is not None):
            return TryLater(self._sentence(_WAIT), self.after(now))
        if self.status >= _SERVER:
            return (
                UnknownOutcome(self._sentence(_PERHAPS))
                if writing
                else TryLater(self._sentence(_BROKEN), self.after(now))
            )
        return Refused(self._sentence(_REFUSED))

    def _sentence(self, pair: tuple[str, str]) -> str:
        said = self.error_text()
        return tr(pair[0] if said else pair[1]).format(host=self.host, said=said, status=self.status)


def _sensible(seconds: float) -> int:
    """A wait as it can be meant: a clock that is days off must not hold an account for months."""
    return math.ceil(min(max(seconds, 1), _LONGEST_WAIT))


def _words(found: Any, depth: int = 0) -> str:  # noqa: ANN401  any JSON
    if isinstance(found, str):
        return found
    if depth > 4:  # noqa: PLR2004  deeper than any server puts its words
        return ""
    if isinstance(found, list):
        return next(filter(None, (_words(one, depth + 1) for one in found[:3])), "")
    if isinstance(found, dict):
        return next(filter(None, (_words(found.get(name), depth + 1) for name in _SAID)), "")
    return ""
