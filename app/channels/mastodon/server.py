"""Requests to a Mastodon server with an account's token, kept within the pace that the server allows."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, TryLater
from app.channels.http import Http, Response
from app.channels.http.pace import Limit, Pace
from app.channels.mastodon.reading import steady
from app.channels.mastodon.signing import tokens

_UNAUTHORIZED, _FORBIDDEN, _NOBODYS = 401, 403, 422
_LIMIT = Limit(300, 300.0)
"""Requests of one token in five minutes, by https://docs.joinmastodon.org/api/rate-limits."""
_LOGIN_REFUSED = N_(
    "{host} refused the login. Sign in again, or copy the access token again from Preferences > Development."
)
_OUTSIDE = N_(
    "This login of {host} lacks a right that Rapport needs. Sign in again, and it's asked for all of them; an access "
    "token of your own gets them under Preferences > Development."
)


class Server:
    """One server, spoken with by one account."""

    def __init__(self, url: str, secrets: MutableMapping[str, str]) -> None:
        """`secrets` has the `token`, and what renews it where it ends; a new one is written there."""
        self._url, self._secrets = url, secrets
        self._made: Http | None = None

    @property
    def host(self) -> str:
        """The server's name, for sentences."""
        return self._http().host

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._url)
        token = self._secrets.get("token", "").strip()
        self._made.headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self._made

    def _pace(self) -> Pace:
        whose = hashlib.sha256(self._secrets.get("token", "").encode()).hexdigest()[:16]
        return Pace(urlsplit(self._url).netloc, f"api {whose}", _LIMIT)

    def left(self) -> int:
        """How many requests the account has left at this moment."""
        return self._pace().left()

    def raw(self, method: str, path: str, *, scoped: bool = False, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Return the response; `scoped`: the caller judges a missing scope, which else is a missing login."""
        self._pace().take()
        answer = self._http().raw(method, path, **more)
        if answer.status == _UNAUTHORIZED and self._renew():  # on some servers tokens expire
            answer = self._http().raw(method, path, **more)
        if answer.status == _UNAUTHORIZED:  # "The access token is invalid"
            raise AuthNeeded(tr(_LOGIN_REFUSED).format(host=answer.host))
        if not scoped and is_outside(answer):
            raise AuthNeeded(tr(_OUTSIDE).format(host=answer.host))
        return answer

    def account(self) -> Any:  # noqa: ANN401  the API's JSON
        """Return whose token it is; raises AuthNeeded where it is nobody's.

        Snac says that with HTTP 422, and so does Mastodon of a token that is only an application's.
        """
        answer = self.raw("GET", "/api/v1/accounts/verify_credentials")
        if answer.status == _NOBODYS:
            raise AuthNeeded(tr(_LOGIN_REFUSED).format(host=answer.host))
        answer.raise_for_status(writing=False)
        return answer.json()

    def _renew(self) -> bool:
        """Renew the access token; returns whether that worked."""
        kept = {name: self._secrets.get(name, "") for name in ("client_id", "client_secret")}
        refresh = self._secrets.get("refresh", "")
        if not refresh:
            return False
        asked = {**kept, "grant_type": "refresh_token", "refresh_token": refresh}
        answer = self._http().raw("POST", "/oauth/token", data=asked)
        if answer.ok:
            self._secrets.update(tokens(answer))
        problem = answer.problem(clock.now(), writing=False)
        if isinstance(problem, TryLater):  # this does not mean that the login is invalid
            raise problem
        return answer.ok

    def rows(self, path: str, **asked: object) -> tuple[Any, Response]:
        """Return what is at a path as JSON, and its response; raises for any that is not 2xx."""
        answer = self.raw("GET", path, params=asked)
        answer.raise_for_status(writing=False)
        return steady(answer.json()), answer

    def status(self, number: str) -> tuple[dict[str, Any], Response]:
        """Return a status as it is now, {} where there is none, and the response."""
        answer = self.raw("GET", f"/api/v1/statuses/{number}")
        return (steady(answer.as_dict()) if answer.ok else {}), answer

    def ask(self, path: str, **asked: object) -> Any:  # noqa: ANN401  the API's JSON
        """Return what is at a path as JSON."""
        return self.rows(path, **asked)[0]

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def is_outside(answer: Response) -> bool:
    """Whether a request was refused for a scope that the token lacks: "outside the authorized scopes"."""
    return answer.status == _FORBIDDEN and "scope" in answer.error_text()
