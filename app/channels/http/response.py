"""An HTTP response, and its mapping to a channel's errors."""

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
from app.channels.masking import masked, without_secrets
from app.mail.html import to_text

_MAX_ERROR_CHARS = 160
_MAX_WAIT_SECONDS = 7 * 86_400
_UNAUTHORIZED, _TOO_MANY, _SERVER = 401, 429, 500
# JSON fields with an error text: WordPress, Mastodon, Matrix, XRPC, Discourse, GitHub, Slack, ...
_ERROR_FIELDS = ("error_description", "message", "error", "description", "errors", "title", "detail", "reason")
# Pairs: with the server's error text, and without one.
_LOGIN = (N_("{host} refused the login: {said}."), N_("{host} refused the login (HTTP {status})."))
_WAIT = (N_("{host} has asked Rapport to wait: {said}."), N_("{host} has asked Rapport to wait (HTTP {status})."))
_MAYBE_ACCEPTED = (
    N_("{host} failed while accepting this: {said}. It may or may not have arrived."),
    N_("{host} failed while accepting this (HTTP {status}). It may or may not have arrived."),
)
_BROKEN = (N_("{host} isn't working right now: {said}."), N_("{host} isn't working right now (HTTP {status})."))
_REFUSED = (N_("{host} refused the request: {said}."), N_("{host} refused the request (HTTP {status})."))


@dataclass(frozen=True, slots=True)
class Response:
    """A complete response: status, headers (names in lower case), decoded body, final URL and its host."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    host: str
    hidden: tuple[str, ...] = ()
    """Secrets that were sent: they are masked if the server's error text repeats them."""

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004  RFC 9110, 15.3

    def json(self) -> Any:  # noqa: ANN401  whatever the server sent
        """Parse the body as JSON; raises TryLater if it is none, as on a server under maintenance."""
        try:
            return read(self.body)
        except (ValueError, RecursionError) as why:
            msg = tr("{host} sent an unexpected response.").format(host=self.host)
            raise TryLater(msg) from why

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object in the body; {} if it is anything else."""
        try:
            return as_dict(read(self.body))
        except (ValueError, RecursionError):
            return {}

    def raise_for_status(self, *, writing: bool) -> None:
        """Raise `problem` for a response that is not 2xx."""
        problem = self.problem(clock.now(), writing=writing)
        if problem is not None:
            raise problem

    @property
    def text(self) -> str:
        """The body decoded as UTF-8; invalid bytes become U+FFFD."""
        return self.body.decode("utf-8", "replace")

    def error_text(self) -> str:
        """Return the server's error text on one line, at most 160 characters; "" if it gave none."""
        try:
            text = _find_text(read(self.body))
        except (ValueError, RecursionError):
            kind = self.headers.get("content-type", "")
            text = to_text(self.text[:20_000]) if "html" in kind else self.text[:2_000] if "text" in kind else ""
        text = self.without_secrets(text)
        line = " ".join(re.sub(r"<[^<>]{0,200}>", "", text).split())
        return line[:_MAX_ERROR_CHARS].rstrip(".")

    def without_secrets(self, text: str) -> str:
        """What the server said without what it was sent: before it is cut, so that no half of a secret is left."""
        return without_secrets(masked(text, self.hidden))

    def after(self, now: int) -> int | None:
        """Return the delay before a retry in seconds, from the rate limit headers; None if they give none."""
        delay = self.headers.get("retry-after", "").strip()
        if delay.replace(".", "", 1).isdecimal():
            return _clamped_wait(float(delay))
        if delay:
            try:
                return _clamped_wait(parsedate_to_datetime(delay).timestamp() - now - self.ahead(now))
            except (ValueError, OverflowError):
                return None
        for name in ("x-ratelimit-reset", "ratelimit-reset"):
            until = self.headers.get(name, "")
            if self.headers.get(name.replace("reset", "remaining")) != "0":
                continue
            if until.replace(".", "", 1).isdecimal():
                # a Unix time (GitHub, Bluesky) or a number of seconds (Discord, the IETF draft)
                number = float(until)
                return _clamped_wait(number - now - self.ahead(now) if number > _MAX_WAIT_SECONDS else number)
            with suppress(ValueError):  # an ISO 8601 timestamp (Mastodon)
                return _clamped_wait(datetime.fromisoformat(until).astimezone(UTC).timestamp() - now - self.ahead(now))
        return None

    def ahead(self, now: int) -> int:
        """Return how many seconds the server's clock is ahead of ours, from its Date header; 0 without one."""
        try:
            return round(parsedate_to_datetime(self.headers.get("date", "")).timestamp()) - now
        except (ValueError, OverflowError):
            return 0

    def problem(self, now: int, *, writing: bool) -> UserError | None:
        """Return the error for a response that is not 2xx, else None.

        `writing`: the request was to change something, so a 5xx is UnknownOutcome.
        """
        if self.ok:
            return None
        waits = self.status == 503 or (self.status == 403 and "retry-after" in self.headers)  # noqa: PLR2004  RFC 9110, 15.6.4
        if self.status == _UNAUTHORIZED:
            return AuthNeeded(self._sentence(_LOGIN))
        if self.status == _TOO_MANY or (waits and self.after(now) is not None):
            return TryLater(self._sentence(_WAIT), self.after(now), limited=True)
        if self.status >= _SERVER:
            return (
                UnknownOutcome(self._sentence(_MAYBE_ACCEPTED))
                if writing
                else TryLater(self._sentence(_BROKEN), self.after(now))
            )
        return Refused(self._sentence(_REFUSED))

    def _sentence(self, pair: tuple[str, str]) -> str:
        with_text, without_text = pair
        text = self.error_text()
        return tr(with_text if text else without_text).format(host=self.host, said=text, status=self.status)


def _clamped_wait(seconds: float) -> int:
    """Clamp a delay to 1 second to 7 days: a clock that is far off must not block an account for months."""
    return math.ceil(min(max(seconds, 1), _MAX_WAIT_SECONDS))


def _find_text(value: Any, depth: int = 0) -> str:  # noqa: ANN401  any JSON
    if isinstance(value, str):
        return value
    if depth > 4:  # noqa: PLR2004  deeper than any known server's error text
        return ""
    if isinstance(value, list):
        return next(filter(None, (_find_text(item, depth + 1) for item in value[:3])), "")
    if isinstance(value, dict):
        return next(filter(None, (_find_text(value.get(name), depth + 1) for name in _ERROR_FIELDS)), "")
    return ""
