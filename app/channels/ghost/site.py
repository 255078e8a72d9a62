"""A site's Admin API: a token for each call, clock skew, and the meaning of its errors."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.base import clock
from app.base.words import tr
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import Http, Response
from app.channels.http.parts import as_dict, dicts

Row = Mapping[str, Any]
ID = re.compile(r"[0-9a-f]{24}")
PAGE = 100
_NOT_FOUND = 404
_UNAUTHORIZED = 401
_KEY = re.compile(r"[0-9a-f]{20,40}:(?:[0-9a-f]{2}){16,64}")
_API_PATH = "ghost/api/admin/"


class Site:
    """One site and our API key."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the facts of the last check."""
        address = fields.get("server", "").strip().partition("/ghost")[0].rstrip("/")
        self.asked = address if "://" in address else f"https://{address}"
        self.home = fields.get("home", "") if fields.get("asked") == self.asked else ""
        self.ahead = 0
        """Seconds by which the site's clock is ahead of ours, as of the last response."""
        self._key = secrets.get("key", "").strip()
        self._made: Http | None = None

    def close(self) -> None:
        """Close the connections; never raises."""
        if self._made is not None:
            self._made.close()

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self.home or self.asked)
        return self._made

    def title(self) -> str:
        """Return the site's title from the public endpoint; raises Refused if it is no Ghost site."""
        answer = self._http().raw("GET", f"{_API_PATH}site/")
        site = as_dict(answer.as_dict().get("site"))
        if not site:
            problem = answer.problem(clock.now(), writing=False)
            if isinstance(problem, TryLater):
                raise problem
            msg = tr("{host} isn't a Ghost site. Enter the address of its home page.").format(host=answer.host)
            raise Refused(msg)
        if answer.url.endswith(f"{_API_PATH}site/"):  # after a redirect, as redirects are not followed when writing
            self.home = answer.url.removesuffix(f"{_API_PATH}site/").rstrip("/")
            self.close()
            self._made = None
        return str(site.get("title") or answer.host)

    def call(self, method: str, path: str, *, writing: bool = False, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401  as Http.raw takes them
        """Return the rows of the response, at least one when writing; raises one of the four errors."""
        answer = self.ask(method, path, writing=writing, **more)
        if answer.status == _UNAUTHORIZED or _error_code(answer) in ("MISSING_ADMIN_API_KID", "INVALID_JWT"):
            msg = tr(
                "{host} doesn't recognise this key. Copy the Admin API key again (Settings > Integrations)."
            ).format(host=answer.host)
            raise AuthNeeded(msg)
        problem = answer.problem(clock.now(), writing=writing)
        if isinstance(problem, Refused):
            msg = tr("{host} refused the request: {said}").format(host=answer.host, said=_error_text(answer))
            raise Refused(msg)
        if problem is not None:
            raise problem
        listed = answer.as_dict().get(path.partition("/")[0])
        rows = dicts(listed, "id" if writing else "")
        if not isinstance(listed, list) or (writing and not rows):
            if writing:
                msg = tr("{host} sent an unexpected response. This may or may not have arrived.").format(
                    host=answer.host
                )
                raise UnknownOutcome(msg)
            raise TryLater(tr("{host} sent an unexpected response.").format(host=answer.host))
        return rows

    def ask(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  as Http.raw takes them
        """Return the response, whatever its status; retries once by the site's clock if ours makes the token fail."""
        if not _KEY.fullmatch(self._key):
            msg = tr("An Admin API key is two strings of letters and digits with a colon in between. Copy all of it.")
            raise AuthNeeded(msg)
        answer = self._once(method, path, **more)
        before, self.ahead = self.ahead, answer.ahead(clock.now())
        if answer.status == _UNAUTHORIZED and _error_code(answer) == "INVALID_JWT" and abs(self.ahead - before) > 1:
            answer = self._once(method, path, **more)
        return answer

    def _once(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  passed on
        made = token(self._key, clock.now() + self.ahead)
        headers = {"Authorization": f"Ghost {made}", "Accept-Version": "v6.0"}
        return self._http().raw(method, f"{_API_PATH}{path}", headers=headers, **more)

    def walk(self, path: str, filtered: str = "", after: str = "0") -> Iterator[list[Row]]:
        """Yield pages of comments ordered by id; paging by id skips none if others are deleted meanwhile."""
        while True:
            asked = {"filter": f"id:>'{after}'{filtered}", "order": "id asc", "limit": PAGE}
            listed = self.call("GET", path, params=asked)
            rows: list[Row] = [row for row in listed if ID.fullmatch(str(row.get("id")))]
            if rows:
                yield rows
                after = str(rows[-1]["id"])
            if not rows or len(listed) < PAGE:
                return


def token(key: str, now: int) -> str:
    """Return a JSON Web Token (HS256) valid for five minutes from `now`, by the site's clock."""
    number, _, secret = key.partition(":")
    parts = ({"alg": "HS256", "typ": "JWT", "kid": number}, {"iat": now, "exp": now + 300, "aud": "/admin/"})
    signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
    return b".".join((signed, _base64url(hmac.new(bytes.fromhex(secret), signed, hashlib.sha256).digest()))).decode()


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def is_not_found(answer: Response) -> bool:
    """Whether Ghost itself says that there is no such thing: the page of a server in front of it proves nothing."""
    return answer.status == _NOT_FOUND and bool(_error(answer))


def _error(answer: Response) -> Row:
    return next(iter(dicts(answer.as_dict().get("errors"))), {})


def _error_code(answer: Response) -> str:
    return str(_error(answer).get("code") or "") if answer.status in (400, 401) else ""


def _error_text(answer: Response) -> str:
    """Return the site's error text; prefers `context`, which is more specific than `message`."""
    text = str(_error(answer).get("context") or _error(answer).get("message") or f"HTTP {answer.status}")
    return " ".join(answer.without_secrets(text).split())[:160].rstrip(".") + "."
