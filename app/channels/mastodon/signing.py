"""Browser login to a Mastodon server."""

from __future__ import annotations

from collections.abc import Mapping

from app.base import clock
from app.base.words import tr
from app.channels.base import AuthNeeded, Refused
from app.channels.http import Http, Response
from app.channels.http.authorization import AuthorizationCode
from app.channels.mastodon.reading import NOT_ONE, address

__all__ = ["MastodonSignIn", "address", "tokens"]

_SCOPES = (
    "read:accounts read:notifications read:statuses read:follows write:statuses write:media write:favourites"
    " write:mutes write:blocks"
)
_MODERATING = "admin:read:reports admin:write:reports"


class MastodonSignIn:
    """A started browser login: an app registered at the server, and an authorization code request with PKCE."""

    forgetful = True

    def __init__(self, server: str, redirect: str, *, moderator: bool = False) -> None:
        """Register the app; raises Refused if this is no Mastodon server. `moderator`: the reports are asked for."""
        self._http = Http(server)
        self._scopes = f"{_SCOPES} {_MODERATING}" if moderator else _SCOPES
        self._app = _register_app(self._http, redirect, self._scopes)
        self._code = AuthorizationCode(f"{server}/oauth/authorize", self._app, redirect, self._scopes)
        self.url = self._code.url

    def finish(self, answer: Mapping[str, str]) -> dict[str, str]:
        """Exchange the code for tokens; raises AuthNeeded. Accepts a missing state, as some small servers drop it."""
        refused = tr(
            "{host} was told not to authorise Rapport. Start again with “Sign in” and choose Authorize."
        ).format(host=self._http.host)
        asked = {**self._code.form(answer, refused, forgetful=True), "scope": self._scopes}
        try:
            answered = self._http.raw("POST", "/oauth/token", data=asked)
        finally:
            self._http.close()
        if not answered.ok:
            why = answered.error_text()
            msg = tr("{host} didn't accept the sign-in: {why}. Start again.").format(host=self._http.host, why=why)
            if not why:
                msg = tr("{host} didn't accept the sign-in. Start again.").format(host=self._http.host)
            raise AuthNeeded(msg)
        return {**self._app, **tokens(answered)}


def _register_app(http: Http, redirect: str, scopes: str) -> dict[str, str]:
    asked = {"client_name": "Rapport", "redirect_uris": redirect, "scopes": scopes}
    answer = http.raw("POST", "/api/v1/apps", data=asked)
    problem = answer.problem(clock.now(), writing=False)
    if problem is not None and not isinstance(problem, Refused):
        raise problem
    app = answer.as_dict()
    if "client_id" not in app or "client_secret" not in app:
        raise Refused(tr(NOT_ONE).format(host=http.host))
    return {name: str(app[name]) for name in ("client_id", "client_secret")}


def tokens(answer: Response) -> dict[str, str]:
    """Return the secrets in a response of /oauth/token; raises AuthNeeded if there are none."""
    granted = answer.json()
    if not isinstance(granted, dict) or not granted.get("access_token"):
        msg = tr("{host} didn't give a token. Start again with “Sign in”.").format(host=answer.host)
        raise AuthNeeded(msg)
    given = {"token": str(granted["access_token"]), "refresh": str(granted.get("refresh_token") or "")}
    return {name: value for name, value in given.items() if value}
