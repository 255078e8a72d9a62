"""A homeserver: discovery, login with a password or a token, and API calls."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import Http, Response
from app.channels.http.addresses import leads_home
from app.channels.http.parts import as_dict

_UNAUTHORIZED, _CONTENT_TOO_LARGE, _TOO_MANY_REQUESTS, _SERVER = 401, 413, 429, 500
_WHERE = N_("in Element: All settings > Help & About")
_CLOSED = {  # spec.matrix.org, client-server API 1.13: account locking and suspension
    "M_USER_LOCKED": N_("{host} has locked this account. Ask whoever runs the server to unlock it."),
    "M_USER_SUSPENDED": N_(
        "{host} has suspended this account: it can read, but not write. Ask whoever runs the server why."
    ),
}


class NotThere(Refused):
    """M_NOT_FOUND or M_FORBIDDEN: it does not exist, or is not accessible to us."""

    def __init__(self, sentence: str, *, forbidden: bool) -> None:
        """`forbidden`: it may exist, but we may not do that."""
        super().__init__(sentence)
        self.forbidden = forbidden


class Server:
    """One account's homeserver. The token and device id of a password login are kept in the secret `login`."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last check."""
        self._user, self._secrets = fields.get("user", "").strip(), secrets
        asked = fields.get("server", "").strip() or self._user.partition(":")[2]
        self.asked = asked if "://" in asked else f"https://{asked}"
        self.home = fields.get("home", "") if fields.get("asked") == self.asked else ""
        self._made: Http | None = None
        self.ahead = 0
        """Seconds by which the server's clock is ahead of ours, as of the last response."""

    @property
    def host(self) -> str:
        """The homeserver's host name, for sentences."""
        return self._http().host

    def close(self) -> None:
        """Close the connections; never raises."""
        if self._made is not None:
            self._made.close()

    def call(self, method: str, path: str, *, needs: str = "", writing: bool = False, **more: Any) -> dict[str, Any]:  # noqa: ANN401  as Http.raw takes them
        """Return the response's JSON object; raises NotThere or one of the four errors.

        `version` is that of the path. `needs` names a string that the response must have. An expired token is renewed
        once, if there is a password.
        """
        answer = self._ask(method, path, writing=writing, **more)
        if answer.status == _UNAUTHORIZED and self._drop_token():
            answer = self._ask(method, path, writing=writing, **more)
        return judged(answer, needs=needs, writing=writing)

    def _ask(self, method: str, path: str, *, version: str = "v3", **more: Any) -> Response:  # noqa: ANN401  passed on
        headers = {"Authorization": f"Bearer {self._token()}"}
        answer = self._http().raw(method, f"_matrix/client/{version}/{path}", headers=headers, **more)
        self.ahead = answer.ahead(clock.now())
        return answer

    # --- where it is

    def _http(self) -> Http:
        if self._made is None:
            self.home = self.home or self._discover()
            # .well-known must not redirect us from a public host into a private network
            self._made = Http(self.home, private=self.home == self.asked or leads_home(_host(self.asked)))
        return self._made

    def _discover(self) -> str:
        """Return the homeserver's URL, from the given host's .well-known or the host itself; raises Refused."""
        if self.asked == "https://":
            msg = tr("Enter your full Matrix name, such as @jana:matrix.org, or the homeserver's address.")
            raise Refused(msg)
        http = Http(self.asked)
        try:
            homeserver = as_dict(http.raw("GET", ".well-known/matrix/client").as_dict().get("m.homeserver"))
            named = str(homeserver.get("base_url") or "")
            if named.startswith("https://" if self.asked.startswith("https://") else "http"):
                http.close()
                http = Http(named, private=leads_home(http.host))
            answer = http.raw("GET", "_matrix/client/versions")
            if "versions" in answer.as_dict():
                return http.base.rstrip("/")
            if answer.status >= _SERVER or answer.status == _TOO_MANY_REQUESTS:  # may be one, but is not working now
                judged(answer)
        finally:
            http.close()
        msg = tr("{host} isn't a Matrix homeserver. Enter its address, such as https://matrix.example.org.").format(
            host=http.host
        )
        raise Refused(msg)

    # --- logging in

    def _credentials_hash(self) -> str:
        """Return a hash of the form's values that a stored login belongs to; it is not used with others."""
        credentials = "\n".join((self.asked, self._user, self._secrets.get("password", "")))
        return hashlib.sha256(credentials.encode()).hexdigest()

    def _stored_login(self) -> dict[str, str]:
        try:
            kept = json.loads(self._secrets.get("login") or "{}")
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) and kept.get("of") == self._credentials_hash() else {}

    def _drop_token(self) -> bool:
        """Drop the token of an expired password login; returns whether there was one."""
        kept = self._stored_login()
        if self._secrets.get("token") or not kept.get("token"):
            return False
        self._secrets["login"] = json.dumps({**kept, "token": ""})
        return True

    def _token(self) -> str:
        return self._secrets.get("token", "").strip() or self._stored_login().get("token") or self._log_in()

    def _log_in(self) -> str:
        """Log in and return the new token; on the same device, so that the server still knows our transaction ids."""
        password = self._secrets.get("password", "")
        if not password:
            msg = tr("{host} needs your password, or an access token ({where_to_find}).").format(
                host=self.host, where_to_find=tr(_WHERE)
            )
            raise AuthNeeded(msg)
        asked = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self._user},
            "password": password,
            "initial_device_display_name": "Rapport",
        }
        if self._stored_login().get("device"):
            asked["device_id"] = self._stored_login()["device"]
        answer = self._http().raw("POST", "_matrix/client/v3/login", json=asked)
        code = answer.as_dict().get("errcode")
        if code in ("M_FORBIDDEN", "M_USER_DEACTIVATED", "M_INVALID_USERNAME"):
            msg = tr("{host} doesn't accept this name and password. Try them in your Matrix app.").format(
                host=answer.host
            )
            raise AuthNeeded(msg)
        if code in ("M_UNKNOWN", "M_UNRECOGNIZED") and answer.status < _SERVER:  # M_UNKNOWN is also a failure's name
            msg = tr("{host} doesn't accept passwords here. Enter an access token ({where_to_find}).").format(
                host=answer.host, where_to_find=tr(_WHERE)
            )
            raise AuthNeeded(msg)
        login = judged(answer, needs="access_token")
        kept = {
            "of": self._credentials_hash(),
            "token": str(login["access_token"]),
            "device": str(login.get("device_id", "")),
        }
        self._secrets["login"] = json.dumps(kept)
        return kept["token"]


def judged(answer: Response, *, needs: str = "", writing: bool = False) -> dict[str, Any]:
    """Return the response's JSON object, or raise its error; `needs` and `writing` as in `Server.call`."""
    body = answer.as_dict()
    if answer.ok:
        if isinstance(body.get(needs), str) and body[needs] if needs else body or answer.body.strip() == b"{}":
            return body
        if writing:
            msg = tr("{host} sent an unexpected response. This may or may not have arrived.").format(host=answer.host)
            raise UnknownOutcome(msg)
        raise TryLater(tr("{host} sent an unexpected response.").format(host=answer.host))
    code = str(body.get("errcode"))
    if code in _CLOSED:
        raise Refused(tr(_CLOSED[code]).format(host=answer.host))
    if answer.status == _UNAUTHORIZED:
        msg = tr("{host} no longer recognises this login. Enter the password again, or a new access token.").format(
            host=answer.host
        )
        raise AuthNeeded(msg)
    if answer.status == _TOO_MANY_REQUESTS or code == "M_LIMIT_EXCEEDED":
        msg = tr("{host} has asked Rapport to wait.").format(host=answer.host)
        raise TryLater(msg, answer.after(clock.now()) or _seconds(body.get("retry_after_ms")), limited=True)
    if answer.status == _CONTENT_TOO_LARGE or code == "M_TOO_LARGE":
        msg = tr("{host} doesn't accept a message this long. Shorten it.").format(host=answer.host)
        raise Refused(msg)
    if code in ("M_NOT_FOUND", "M_FORBIDDEN"):
        text = answer.error_text()
        raise NotThere(
            tr("{host} refused the request: {said}.").format(host=answer.host, said=text)
            if text
            else tr("{host} refused the request.").format(host=answer.host),
            forbidden=code == "M_FORBIDDEN",
        )
    raise answer.problem(clock.now(), writing=writing) or Refused(
        tr("{host} refused the request.").format(host=answer.host)
    )


def _seconds(milliseconds: object) -> int | None:
    """Convert `retry_after_ms` to seconds; None if it is not between 0 and 7 days."""
    if isinstance(milliseconds, int | float) and 0 < milliseconds < 7 * 86_400_000:
        return int(milliseconds / 1000) + 1
    return None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
