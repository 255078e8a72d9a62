"""Calls to a Bluesky server (XRPC), with the login that they need: tokens are refreshed, and seldom asked for anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.bluesky.home import HOME
from app.channels.http import Answer, Http
from app.channels.http.parts import as_dict

_ENDED = ("ExpiredToken", "InvalidToken")
_WRONG = N_(
    "{0} doesn't recognise this handle and password. Create an app password on bsky.app, under "
    "Settings > Privacy and security > App passwords."
)
_NOT_ONE = N_("{0} isn't a Bluesky server. Leave the server as {1}, unless your account is on your own server.")


class Wire:
    """Calls as one account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """As the form has it, with what was found before."""
        given = (fields.get("server") or HOME).strip().rstrip("/")
        self.server = given if "://" in given else f"https://{given}"
        self.home = fields.get("pds") or self.server
        self.me, self.handle = fields.get("me", ""), fields.get("handle", "").strip().removeprefix("@")
        self._secrets = secrets
        self._made: dict[str, Http] = {}

    def _http(self, server: str) -> Http:
        if server not in self._made:
            self._made[server] = Http(server)
        return self._made[server]

    def log_in(self) -> dict[str, Any]:
        """A new session by handle and password. AuthNeeded where they are wrong, Refused where nobody asks for them."""
        asked = {"identifier": self.handle, "password": self._secrets.get("password", "")}
        http = self._http(self.server)
        answer = http.raw("POST", "/xrpc/com.atproto.server.createSession", json=asked)
        error = error_of(answer)
        if answer.status == 401 or error in ("AuthFactorTokenRequired", "AccountTakedown"):  # noqa: PLR2004
            taken = error == "AccountTakedown"
            raise AuthNeeded(
                tr("{host} has closed this account.").format(host=http.host) if taken else tr(_WRONG).format(http.host)
            )
        problem = answer.problem(clock.now(), writing=False)
        if problem is not None and (error or not isinstance(problem, Refused)):
            raise problem
        return self._begun(answer)

    def _begun(self, answer: Answer) -> dict[str, Any]:
        try:
            found = json.loads(answer.body) if answer.ok else {}
            self._secrets["access"], self._secrets["refresh"] = str(found["accessJwt"]), str(found["refreshJwt"])
            self.me = str(found["did"])
        except (ValueError, KeyError, TypeError):
            raise Refused(tr(_NOT_ONE).format(answer.host, urlsplit(HOME).hostname)) from None
        self.home = self._home(found.get("didDoc")) or self.home
        return dict(found)

    def _home(self, document: object) -> str:
        """Where the account lives, by its DID document; "" where that is no place to send a token to."""
        services = document.get("service") if isinstance(document, dict) else None
        for service in services if isinstance(services, list) else ():
            if isinstance(service, dict) and str(service.get("id", "")).endswith("#atproto_pds"):
                place = str(service.get("serviceEndpoint", "")).rstrip("/")
                return place if place.startswith("https://") else ""
        return ""

    def _renew(self) -> None:
        """Other tokens for those that ended: by the one for refreshing, else by logging in."""
        refresh = self._secrets.get("refresh", "")
        if refresh:
            bearer = {"Authorization": f"Bearer {refresh}"}
            answer = self._http(self.home).raw("POST", "/xrpc/com.atproto.server.refreshSession", headers=bearer)
            if answer.ok:
                self._begun(answer)
                return
            problem = answer.problem(clock.now(), writing=False)
            if isinstance(problem, TryLater):
                raise problem
        self.log_in()

    def raw(self, verb: str, name: str, *, writing: bool = False, **more: Any) -> Answer:  # noqa: ANN401  as Http
        """The answer, whatever it says; only a login that has ended is mended here."""
        if not self._secrets.get("access"):
            self._renew()
        answer = self._once(verb, name, writing=writing, **more)
        if error_of(answer) in _ENDED:
            self._renew()
            answer = self._once(verb, name, writing=writing, **more)
        return answer

    def _once(self, verb: str, name: str, **more: Any) -> Answer:  # noqa: ANN401  as Http
        bearer = {"Authorization": f"Bearer {self._secrets.get('access', '')}"}
        return self._http(self.home).raw(verb, f"/xrpc/{name}", headers=bearer, **more)

    def get(self, name: str, **params: object) -> dict[str, Any]:
        """What a question is answered with."""
        answer = self.raw("GET", name, params=params)
        answer.raise_for_status(writing=False)
        return as_dict(answer.json())

    def post(self, name: str, asked: Mapping[str, object]) -> dict[str, Any]:
        """What comes back for something that was taken; UnknownOutcome where that cannot be read."""
        answer = self.raw("POST", name, json=asked, writing=True)
        answer.raise_for_status(writing=True)
        try:
            return dict(answer.json())
        except (TryLater, TypeError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    def close(self) -> None:
        """Hang up."""
        for http in self._made.values():
            http.close()


def error_of(answer: Answer) -> str:
    """The name of an error as XRPC gives it; "" for an answer that is none."""
    if answer.ok:
        return ""
    return str(answer.as_dict().get("error") or "")
