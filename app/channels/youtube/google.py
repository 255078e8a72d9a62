"""Calls to Google: browser login, tokens, quota units and YouTube's errors.

Quota: https://developers.google.com/youtube/v3/determine_quota_cost (10,000 units a day unless
Google granted more, reset at midnight Pacific Time; a list costs 1, a write 50). Errors: https://developers.google.com/youtube/v3/docs/errors.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import Http
from app.channels.http.authorization import AuthorizationCode
from app.channels.youtube.units import QUOTA

if TYPE_CHECKING:
    from app.channels.http import Response

GOOGLE = "https://www.googleapis.com"
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
LIST, WRITE = 1, 50
_RESERVED_UNITS = 500  # units that pulling leaves for replies and the project's other uses
_LOGIN_EXPIRED = N_(
    "Google no longer accepts this login. Sign in again in the browser. (While the "
    "Google project is in testing, a login expires after seven days.)"
)
_BAD_CLIENT = N_(
    "Google doesn't recognise this client. Copy the client ID and its secret from the Google Cloud console again."
)
_QUOTA_USED = N_("YouTube's units for today are used up. Rapport continues after midnight in California.")
_NOT_OWNER = N_("YouTube doesn't let this login do that. Only the owner of the video's channel can.")
_SENTENCES: dict[str, tuple[type[UserError], str]] = {
    "authError": (AuthNeeded, _LOGIN_EXPIRED),
    "insufficientPermissions": (AuthNeeded, N_("Sign in again, and allow Rapport to manage YouTube comments.")),
    "youtubeSignupRequired": (
        AuthNeeded,
        N_("This Google account has no YouTube channel. Choose the channel's account."),
    ),
    "authenticatedUserAccountClosed": (AuthNeeded, N_("This login's YouTube account is closed.")),
    "authenticatedUserAccountSuspended": (AuthNeeded, N_("This login's YouTube account is suspended.")),
    "accessNotConfigured": (
        Refused,
        N_("Turn on the YouTube Data API v3 in the Google project, then wait a few minutes."),
    ),
    "commentsDisabled": (Refused, N_("Comments are turned off for this video.")),
    "commentTextTooLong": (Refused, N_("This is too long for a YouTube comment. Shorten it.")),
    "commentNotFound": (Refused, N_("That comment is no longer on YouTube.")),
    "parentCommentNotFound": (Refused, N_("The comment you're replying to is no longer on YouTube.")),
    "parentCommentIsPrivate": (Refused, N_("YouTube doesn't allow replies to a private comment.")),
    "operationNotSupported": (Refused, N_("YouTube doesn't allow replies to this comment.")),
    "ineligibleAccount": (
        Refused,
        N_("This Google account can't comment yet. Open YouTube with it and create a channel."),
    ),
    "forbidden": (Refused, _NOT_OWNER),
    "banWithoutReject": (Refused, N_("YouTube bans only together with rejecting the comment.")),
    "operationNotPermitted": (Refused, _NOT_OWNER),
    "videoNotFound": (Refused, N_("That video is no longer on YouTube.")),
    "channelNotFound": (Refused, N_("That channel is no longer on YouTube.")),
}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The URLs of the API, of the authorization page and of the token endpoint."""

    api: str
    asking: str
    tokens: str


def endpoints(server: str) -> Endpoints:
    """Return Google's own URLs, or those on a server that replaces it, as in tests."""
    server = (server or GOOGLE).rstrip("/")
    if server == GOOGLE:
        asking, given = "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token"
        return Endpoints(f"{GOOGLE}/youtube/v3/", asking, given)
    return Endpoints(f"{server}/youtube/v3/", f"{server}/o/oauth2/v2/auth", f"{server}/token")


def tokens(http: Http, url: str, form: Mapping[str, object]) -> dict[str, Any]:
    """Post a form to the token endpoint and return its JSON; raises AuthNeeded or TryLater.

    Only some of its errors mean that the login is invalid (RFC 6749, 5.2); the others are temporary, and Google's own
    client retries them.
    """
    answer = http.raw("POST", url, data=form)
    body = answer.as_dict()
    why = str(body.get("error") or "")
    if why in ("invalid_client", "unauthorized_client"):
        raise AuthNeeded(tr(_BAD_CLIENT))
    if why in ("invalid_grant", "invalid_request") or (answer.status in (400, 401) and not why):
        raise AuthNeeded(tr(_LOGIN_EXPIRED))
    if why or not answer.ok or not body.get("access_token"):
        msg = tr("Google isn't accepting logins right now.")
        raise TryLater(msg, answer.after(clock.now()))
    return body


class GoogleSignIn:
    """A started browser login."""

    forgetful = False

    def __init__(self, fields: Mapping[str, str], redirect: str) -> None:
        """`redirect` is the loopback address that our listener waits on."""
        self._endpoints = endpoints(fields.get("server", ""))
        client = {name: fields.get(name, "") for name in ("client_id", "client_secret")}
        lasting = {"access_type": "offline", "prompt": "consent"}
        self._code = AuthorizationCode(self._endpoints.asking, client, redirect, SCOPE, **lasting)
        self.url = self._code.url

    def finish(self, answer: Mapping[str, str]) -> dict[str, str]:
        """Exchange the code for a refresh token; raises AuthNeeded if the person declined or the scope is missing."""
        refused = tr("Rapport wasn't given access to Google. Sign in again and allow it.")
        form = self._code.form(answer, refused)
        http = Http(self._endpoints.api)
        try:
            given = tokens(http, self._endpoints.tokens, form)
        finally:
            http.close()
        if SCOPE not in str(given.get("scope") or SCOPE).split():
            raise AuthNeeded(tr(_SENTENCES["insufficientPermissions"][1]))
        if not given.get("refresh_token"):
            msg = tr(
                "Google didn't give a lasting login. Remove Rapport from the account's third-party "
                "apps, then sign in again."
            )
            raise AuthNeeded(msg)
        return {"refresh": str(given["refresh_token"])}


class Google:
    """An API client of one login, which counts quota units."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields; a new refresh token is written into `secrets`."""
        self._fields, self._secrets = fields, secrets
        self._endpoints = endpoints(fields.get("server", ""))
        self._http = Http(self._endpoints.api)
        self._access = ""
        self._quota = QUOTA.number(fields)
        self._reserved = min(_RESERVED_UNITS, self._quota // 2)
        self._units, self._day, self._counted = 0, _today(), False
        self.ahead = 0
        """Seconds by which YouTube's clock is ahead of ours, as of the last call."""

    def take_up(self, cursor: Mapping[str, str]) -> None:
        """Add the units that the cursor says were spent today; from now on, the last units are reserved."""
        self._counted = True
        if cursor.get("units_day") == self._day:
            self._units += int(cursor.get("units") or 0)

    def spend(self, units: int) -> None:
        """Count units that were spent elsewhere."""
        self._units += units

    def share_spent(self) -> float:
        """Return which part of the day's units is spent: 0.5 is half of them."""
        return int(self.spent()["units"]) / self._quota

    def spent(self) -> dict[str, str]:
        """Return the units spent on this Pacific day, as cursor entries."""
        if self._day != _today():
            self._units, self._day = 0, _today()
        return {"units": str(self._units), "units_day": self._day}

    def call(
        self, method: str, path: str, params: Mapping[str, object], *, json: object = None, writing: bool = False
    ) -> dict[str, Any]:
        """Call the API; returns its JSON object or raises one of the four errors.

        `writing`: the call must not be applied twice.
        """
        cost = LIST if method == "GET" else WRITE
        if self._counted and int(self.spent()["units"]) + cost > self._quota - self._reserved:
            raise TryLater(tr(_QUOTA_USED), _until_midnight())
        if not self._access:
            self._renew()
        answer = self._once(method, path, params, json, writing=writing, cost=cost)
        if answer.status == 401:  # noqa: PLR2004  the access token has expired; nothing was accepted
            self._renew()
            answer = self._once(method, path, params, json, writing=writing, cost=cost)
        _raise_for(answer, writing=writing)
        body = answer.as_dict()
        if answer.body and not body:
            if writing:
                raise UnknownOutcome(tr("YouTube sent an unreadable response. It may have accepted this."))
            raise TryLater(tr("YouTube sent an unreadable response."))
        return body

    def _once(
        self, method: str, path: str, params: Mapping[str, object], json: object, *, writing: bool, cost: int
    ) -> Response:
        headers = {"Authorization": f"Bearer {self._access}"}
        self._units += cost
        answer = self._http.raw(method, path, params=params, json=json, headers=headers, writing=writing)
        self.ahead = answer.ahead(clock.now())
        return answer

    def _renew(self) -> None:
        refresh = self._secrets.get("refresh", "")
        if not refresh:
            msg = tr("Sign in with the browser first, using the channel's Google account.")
            raise AuthNeeded(msg)
        form = {
            "client_id": self._fields.get("client_id", ""),
            "client_secret": self._secrets.get("client_secret", ""),
            "refresh_token": refresh,
            "grant_type": "refresh_token",
        }
        given = tokens(self._http, self._endpoints.tokens, form)
        self._access = str(given["access_token"])
        if given.get("refresh_token"):
            self._secrets["refresh"] = str(given["refresh_token"])

    def close(self) -> None:
        """Close the connections; never raises."""
        self._http.close()


def reason(answer: Response) -> str:
    """Return the first error's `reason`; "" if there is none."""
    wrong = answer.as_dict().get("error")
    rows = wrong.get("errors") if isinstance(wrong, dict) else None
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    return str(first.get("reason") or "")


def _raise_for(answer: Response, *, writing: bool) -> None:
    if answer.ok:
        return
    why = reason(answer)
    if why in ("quotaExceeded", "dailyLimitExceeded"):
        raise TryLater(tr(_QUOTA_USED), _until_midnight())
    if why.lower().replace("_", "").endswith("ratelimitexceeded") or answer.status == 429:  # noqa: PLR2004  "Too Many Requests"
        msg = tr("YouTube has asked Rapport to wait.")
        raise TryLater(msg, answer.after(clock.now()) or 60)
    if why in _SENTENCES:
        kind, sentence = _SENTENCES[why]
        raise kind(tr(sentence))
    answer.raise_for_status(writing=writing)


def _pacific() -> tzinfo:
    """Return Pacific Time; without a time zone database UTC-8, which in summer ends the day an hour too late."""
    try:
        return ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:
        return timezone(timedelta(hours=-8))


def _pacific_now() -> datetime:
    return datetime.fromtimestamp(clock.now(), UTC).astimezone(_pacific())


def _today() -> str:
    return _pacific_now().date().isoformat()


def _until_midnight() -> int:
    """Return the seconds until the quota is reset, plus a minute."""
    now = _pacific_now()
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    return max(1, int(midnight.timestamp() - now.timestamp()) + 60)
