"""GraphQL calls to GitHub, their rate limits and errors.

Limits: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api: 5,000 points an
hour; beyond, a 200 with an error of type RATE_LIMIT (formerly RATE_LIMITED) and x-ratelimit-remaining 0. Secondary
limits are a 200, 403 or 429, with or without Retry-After; 80 writes a minute and 500 an hour at most, a second apart.
A query that is too much is broken off: a 502 or 504, an error without a type, or a part of the data beside an error of
type RESOURCE_LIMITS_EXCEEDED.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import Http
from app.channels.http.pace import Limit, Pace
from app.channels.http.parts import as_dict, dicts
from app.channels.masking import without_secrets

if TYPE_CHECKING:
    from app.channels.http import Response

_RESERVED_POINTS = 200  # points that reading leaves for replies, and for the person's other programs
_MINUTE_SECONDS = 60
_WRITES = Limit(80, 60.0, apart=1.0)
_WRITES_AN_HOUR = Limit(500, 3_600.0)
_READS = Limit(1_500, 60.0)  # GitHub takes 2,000 points a minute
_BROKEN_OFF = (502, 504)
_LIMIT_TEXT = re.compile(r"rate limit|submitted too quickly|abuse detection", re.IGNORECASE)
# errors that are never a rate limit
_NO_LIMIT_TYPES = ("NOT_FOUND", "FORBIDDEN", "INSUFFICIENT_SCOPES", "UNPROCESSABLE")
_BAD_TOKEN = N_(
    "GitHub doesn't accept this token. Create one under Settings > Developer settings > "
    "Personal access tokens, for this repository, with “Discussions: Read and write”."
)
_SCOPES = N_("This token isn't allowed to do that. Give it “Discussions: Read and write” for this repository.")
_SINGLE_SIGN_ON = N_(
    "The organization asks for single sign-on: on GitHub, open Settings > Developer settings > Personal access tokens "
    "and authorize this token for it under “Configure SSO”."
)
_ADDRESSES = N_(
    "The organization lets in only some internet addresses, and yours isn't one of them. Ask its owner, or connect by "
    "its VPN."
)
_SUSPENDED = N_("GitHub has suspended this account. Sign in on the website to see why.")


class Missing(Refused):
    """The object does not exist, or is not visible to us."""


class TooMuch(TryLater):
    """GitHub broke the query off: asked for in smaller pages it may be answered."""


class Asking:
    """A GraphQL client for one token."""

    def __init__(self, server: str, token: str) -> None:
        """`server` is the API's address: GitHub's own, or https://HOST/api of a GitHub Enterprise Server."""
        self._http = Http(server, {"Authorization": f"Bearer {token}", "Accept": "application/json"})
        site = urlsplit(server).netloc
        self._reads = Pace(site, "GraphQL", _READS)
        self._writes = (Pace(site, "writes", _WRITES), Pace(site, "writes an hour", _WRITES_AN_HOUR))
        self._why = ""
        self.ahead = 0
        """Seconds by which GitHub's clock is ahead of ours, as of the last query."""
        self.scant: TryLater | None = None
        """Set once so few points are left that reading has to wait."""
        self.token_ends = ""
        """The day on which the token ends, as GitHub told it last (2026-12-24); "" where it does not."""

    def ask(self, query: str, *, writing: bool = False, **variables: object) -> dict[str, Any]:
        """Return a query's `data`, whole; raises one of the four errors. `writing`: it must not be applied twice.

        Until a rate limit is over, every call raises TryLater at once: clients that go on may be banned.
        """
        data, errors = self._ask(query, variables, writing=writing)
        if errors:
            raise _error(errors[0], writing=writing)
        return data

    def ask_part(self, query: str, *, rest: bool = False, **variables: object) -> tuple[dict[str, Any], bool]:
        """Return a query's `data` and whether it is whole: parts that GitHub does not give are null there.

        Raises one of the four errors if there is nothing usable, TooMuch if it was broken off; with `rest`, what it
        gave before it broke off is usable.
        """
        data, errors = self._ask(query, variables, writing=False)
        for wrong in errors:
            if (_is_broken_off(wrong) and not rest) or all(value is None for value in data.values()):
                raise _error(wrong, writing=False)
        return data, not errors

    def _ask(
        self, query: str, variables: Mapping[str, object], *, writing: bool
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Return `data` and `errors`; raises for whatever leaves no data at all, and for a limit."""
        self._take_turn()
        if query.lstrip().startswith("mutation"):
            for pace in self._writes:
                pace.take()
        try:
            return self._send(query, variables, writing=writing)
        except TryLater as why:
            if why.limited:
                self._why = str(why)
                self._reads.hold(why.after or _MINUTE_SECONDS)
            raise

    def _take_turn(self) -> None:
        """Raise TryLater while GitHub wants to be left alone, in its own words where it told this session."""
        try:
            self._reads.take(patience=0)
        except TryLater as why:
            raise TryLater(self._why or str(why), why.after, limited=True) from None

    def _send(
        self, query: str, variables: Mapping[str, object], *, writing: bool
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        answer = self._http.raw("POST", "graphql", json={"query": query, "variables": variables}, writing=writing)
        now = clock.now()
        self.ahead = answer.ahead(now)
        self.token_ends = answer.headers.get("github-authentication-token-expiration", self.token_ends)[:10]
        self._note_points(answer, now)
        body = answer.as_dict()
        if answer.status in (401, 403, 429):
            raise _denied(answer, now)
        if answer.status in _BROKEN_OFF and not writing:
            raise TooMuch(tr("GitHub isn't answering this right now."), answer.after(now))
        answer.raise_for_status(writing=writing)
        wrong, data = body.get("errors"), as_dict(body.get("data"))
        if writing and any(value is not None for value in data.values()):
            return data, []  # it was accepted; the errors only concern parts of the returned data
        if not wrong and isinstance(body.get("data"), dict):
            return data, []
        errors = dicts(wrong) or [{"message": body.get("message")}]
        _raise_limit(errors, answer)
        if not data:
            raise _error(errors[0], writing=writing)
        return data, errors

    def _note_points(self, answer: Response, now: int) -> None:
        left = answer.headers.get("x-ratelimit-remaining", "")
        if left.isdecimal() and int(left) < _RESERVED_POINTS:
            until = answer.headers.get("x-ratelimit-reset", "")
            wait = int(until) - now - self.ahead if until.isdecimal() else _MINUTE_SECONDS
            self.scant = TryLater(tr("GitHub's API limit for this hour is nearly used up."), max(1, wait), limited=True)

    def close(self) -> None:
        """Close the connections; never raises."""
        self._http.close()


def _raise_limit(errors: list[dict[str, Any]], answer: Response) -> None:
    """Raise TryLater if one of the errors is a limit: nothing was accepted then."""
    spent = answer.headers.get("x-ratelimit-remaining") == "0"
    for wrong in errors:
        kind = str(wrong.get("type") or "")
        if _is_limit(wrong) or (spent and kind and kind not in _NO_LIMIT_TYPES):
            used_up = tr("GitHub's API limit for this hour is used up.")
            short = tr("GitHub has asked Rapport to wait.")
            points = kind.startswith("RATE_LIMIT") and "secondary" not in str(wrong.get("message"))
            wait = answer.after(clock.now()) or _MINUTE_SECONDS
            raise TryLater(used_up if points else short, wait, limited=True)


def _is_limit(wrong: Mapping[str, Any]) -> bool:
    """Whether an error is a rate limit: nothing was accepted, and a retry later will work."""
    named = (wrong.get("type"), wrong.get("code"), as_dict(wrong.get("extensions")).get("code"))
    limited = any(str(name).upper().startswith(("RATE_LIMIT", "GRAPHQL_RATE_LIMIT")) for name in named)
    return limited or bool(_LIMIT_TEXT.search(str(wrong.get("message") or "")))


def _is_broken_off(wrong: Mapping[str, Any]) -> bool:
    """Whether GitHub gave up on the query; an error without a type is a failure of its own, mostly a timeout."""
    kind = str(wrong.get("type") or "")
    return not kind or kind.startswith("RESOURCE_LIMIT")


def _error(wrong: Mapping[str, Any], *, writing: bool) -> Exception:
    """Return the exception for an entry of `errors`."""
    kind, words = str(wrong.get("type") or ""), without_secrets(str(wrong.get("message") or ""))
    text = " ".join(words.split())[:160].rstrip(".")
    if _is_broken_off(wrong):
        if writing:
            return UnknownOutcome(tr("GitHub failed while accepting this. It may or may not have arrived."))
        return TooMuch(tr("GitHub isn't answering this right now."))
    if as_dict(wrong.get("extensions")).get("saml_failure") or "SAML" in text:
        return AuthNeeded(tr(_SINGLE_SIGN_ON))
    if kind == "INSUFFICIENT_SCOPES":
        return AuthNeeded(tr(_SCOPES))
    return _refusal(kind, text)


def _refusal(kind: str, text: str) -> Refused:
    """Return the exception for an error that concerns one thing alone."""
    if kind == "NOT_FOUND":
        return Missing(tr("GitHub found nothing there: {said}.").format(said=text))
    if "IP allow list" in text:
        return Refused(tr(_ADDRESSES))
    return Refused(
        tr("{advice} GitHub says: {said}.").format(advice=tr(_SCOPES), said=text)
        if kind == "FORBIDDEN"
        else tr("GitHub refused the request: {said}.").format(said=text)
    )


def _denied(answer: Response, now: int) -> Exception:
    """Return the exception for a 401, 403 or 429; nothing was accepted."""
    text, wait = answer.error_text(), answer.after(now)
    if answer.status == 401:  # noqa: PLR2004  "Bad credentials"
        return AuthNeeded(tr(_BAD_TOKEN))
    if wait is not None or answer.status == 429 or _LIMIT_TEXT.search(text):  # noqa: PLR2004  "Too Many Requests"
        return TryLater(tr("GitHub has asked Rapport to wait."), wait or _MINUTE_SECONDS, limited=True)
    if "SAML" in text or "x-github-sso" in answer.headers:
        return AuthNeeded(tr(_SINGLE_SIGN_ON))
    if "IP allow list" in text or "IP address is not permitted" in text:
        return Refused(tr(_ADDRESSES))
    if "suspended" in text:
        return AuthNeeded(tr(_SUSPENDED))
    return AuthNeeded(
        tr("{advice} GitHub says: {said}.").format(advice=tr(_SCOPES), said=text) if text else tr(_SCOPES)
    )
