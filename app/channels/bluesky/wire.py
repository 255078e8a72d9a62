"""XRPC calls to a Bluesky server, with login and token refresh."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.bluesky.home import HOME
from app.channels.http import Http, Response
from app.channels.http.parts import as_dict

_EXPIRED = ("ExpiredToken", "InvalidToken")
_BAD_LOGIN = N_(
    "{host} doesn't recognise this handle and password. Create an app password on bsky.app, under "
    "Settings > Privacy and security > App passwords."
)
_NOT_BLUESKY = N_(
    "{host} isn't a Bluesky server. Leave the server as {usual}, unless your account is on your own server."
)
_NOT_ACTIVE = N_("@{name} isn't active, so nothing can be read or posted. Log in on bsky.app to see why.")
_CLOSED = {
    "deactivated": N_("@{name} is deactivated. Log in on bsky.app to reactivate it, then connect it again."),
    "suspended": N_("Bluesky has suspended @{name}. Log in on bsky.app to see why, or to appeal."),
    "takendown": N_("Bluesky has taken @{name} down. Log in on bsky.app to see why, or to appeal."),
}


class Wire:
    """XRPC calls as one account."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last check; new tokens are written into `secrets`."""
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
        """Create a session with handle and password; returns the server's answer.

        Raises AuthNeeded if they are wrong, Refused if this is no Bluesky server.
        """
        asked = {"identifier": self.handle, "password": self._secrets.get("password", "")}
        http = self._http(self.server)
        answer = http.raw("POST", "/xrpc/com.atproto.server.createSession", json=asked)
        error = error_of(answer)
        if answer.status == 401 or error in ("AuthFactorTokenRequired", "AccountTakedown"):  # noqa: PLR2004  "Unauthorized"
            taken = error == "AccountTakedown"
            raise AuthNeeded(
                tr("{host} has closed this account.").format(host=http.host)
                if taken
                else tr(_BAD_LOGIN).format(host=http.host)
            )
        problem = answer.problem(clock.now(), writing=False)
        if problem is not None and (error or not isinstance(problem, Refused)):
            raise problem
        return self._store_tokens(answer)

    def _store_tokens(self, answer: Response) -> dict[str, Any]:
        try:
            session = answer.as_dict() if answer.ok else {}
            self._secrets["access"], self._secrets["refresh"] = str(session["accessJwt"]), str(session["refreshJwt"])
            self.me = str(session["did"])
        except (ValueError, KeyError, TypeError):
            raise Refused(tr(_NOT_BLUESKY).format(host=answer.host, usual=urlsplit(HOME).hostname)) from None
        self.home = self._pds_of(session.get("didDoc")) or self.home
        return dict(session)

    def _pds_of(self, document: object) -> str:
        """Return the account's PDS from its DID document; "" if there is none or it is not https."""
        services = document.get("service") if isinstance(document, dict) else None
        for service in services if isinstance(services, list) else ():
            if isinstance(service, dict) and str(service.get("id", "")).endswith("#atproto_pds"):
                endpoint = str(service.get("serviceEndpoint", "")).rstrip("/")
                return endpoint if endpoint.startswith("https://") else ""
        return ""

    def _renew(self) -> None:
        """Replace expired tokens with the refresh token, or else by logging in."""
        refresh = self._secrets.get("refresh", "")
        if refresh:
            bearer = {"Authorization": f"Bearer {refresh}"}
            answer = self._http(self.home).raw("POST", "/xrpc/com.atproto.server.refreshSession", headers=bearer)
            if answer.ok:
                self._store_tokens(answer)
                return
            problem = answer.problem(clock.now(), writing=False)
            if isinstance(problem, TryLater):
                raise problem
        self.log_in()

    def raw(self, verb: str, name: str, *, writing: bool = False, **more: Any) -> Response:  # noqa: ANN401  as Http
        """Return the response, whatever its status; renews expired tokens and repeats the call once."""
        if not self._secrets.get("access"):
            self._renew()
        answer = self._once(verb, name, writing=writing, **more)
        if error_of(answer) in _EXPIRED:
            self._renew()
            answer = self._once(verb, name, writing=writing, **more)
        return answer

    def _once(self, verb: str, name: str, **more: Any) -> Response:  # noqa: ANN401  as Http
        bearer = {"Authorization": f"Bearer {self._secrets.get('access', '')}"}
        return self._http(self.home).raw(verb, f"/xrpc/{name}", headers=bearer, **more)

    def get(self, name: str, **params: object) -> dict[str, Any]:
        """Query; returns the JSON object. Raises for any response that is not 2xx."""
        answer = self.raw("GET", name, params=params)
        answer.raise_for_status(writing=False)
        return as_dict(answer.json())

    def post(self, name: str, asked: Mapping[str, object]) -> dict[str, Any]:
        """Call a procedure; returns the JSON object. Raises UnknownOutcome if the response cannot be parsed."""
        answer = self.raw("POST", name, json=asked, writing=True)
        answer.raise_for_status(writing=True)
        try:
            return dict(answer.json())
        except (TryLater, TypeError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    def close(self) -> None:
        """Close the connections."""
        for http in self._made.values():
            http.close()


def error_of(answer: Response) -> str:
    """Return the XRPC error name; "" for a 2xx response."""
    if answer.ok:
        return ""
    return str(answer.as_dict().get("error") or "")


def is_no_record(answer: Response) -> bool:
    """Whether a repository answered that it has no such record; the index words that without a name of its own."""
    error, said = error_of(answer), str(answer.as_dict().get("message") or "")
    return error == "RecordNotFound" or (error == "InvalidRequest" and said.startswith("Could not locate record"))


def refuse_closed(session: Mapping[str, Any]) -> None:
    """Raise Refused for an account that can log in, but neither read nor write (createSession, `active`)."""
    if session.get("active") is False:
        name, why = session.get("handle") or session.get("did"), str(session.get("status") or "")
        msg = tr(_CLOSED.get(why, _NOT_ACTIVE)).format(name=name)
        raise Refused(msg)
