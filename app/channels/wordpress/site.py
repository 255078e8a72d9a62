"""Where a blog's REST API is, and requests to it with our login.

It is looked for without the password first. A blog that answers only those who are logged in is asked again with it.
The address is kept; when it stops being the API's, as after a change of permalinks, the API is looked for again. The
password goes to the host that the person entered, with or without `www.`, and never to another one or from https to
http: a blog that has moved elsewhere is reported.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.http import Http, Response
from app.channels.http.addresses import leads_home
from app.channels.http.parts import as_dict, read

NO_WORDPRESS = N_("{host} isn't a WordPress site. Enter the address of the blog's home page.")
BAD_LOGIN = N_(
    "{host} doesn't accept this user name and application password. Create a new one in its "
    "dashboard: Users > Profile > Application Passwords."
)
NO_PASSWORDS = N_(
    "{host} doesn't accept application passwords. Its address has to start with https://, "
    "and no plugin may have turned them off."
)
_MOVED = N_(
    "{host} has moved to {address}. If that is your blog, enter this address in the account; your password wasn't "
    "sent there."
)
_CLOSED = N_(
    "{host} is a WordPress site, but its REST API is closed: {said}. Allow it for logged-in users in the "
    "blog's security settings."
)
_CLOSED_SILENTLY = N_(
    "{host} is a WordPress site, but its REST API is closed (HTTP {status}). Allow it for logged-in users in the "
    "blog's security settings."
)
_NOT_LET_IN = N_(
    "{host} answers only those who are logged in, and didn't accept this user name and application password: {said}. "
    "Create a new one in its dashboard: Users > Profile > Application Passwords."
)
_FENCED = N_(
    "{host} asks every visitor for a password before it shows the blog, and Rapport can't answer that. Lift it for "
    "the blog's REST API (/wp-json/)."
)
_NO_LONGER = N_("{host} no longer answers as a WordPress site. Check the address in the account.")
_LINK = re.compile(r'<([^<>\s]+)>;\s*rel="https://api\.w\.org/"')
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY, _SERVER = 401, 403, 404, 429, 500
_DEFAULT_PORTS = {"http": 80, "https": 443}
_INDEX_FIELDS = {"_fields": "name,namespaces,authentication"}


class Site:
    """One blog's REST API. `api` is its address, "" until it was found."""

    def __init__(self, address: str, name: str, password: str, api: str) -> None:
        """`address` is as the person entered it, `api` as it was found before."""
        bare = address.strip().partition("/wp-")[0]
        self._home = (bare if "://" in bare else f"https://{bare}").rstrip("/") + "/"
        key = b64encode(f"{name}:{password}".encode()).decode()
        self._login = {"Authorization": f"Basic {key}"}
        self._made: Http | None = None
        self._searched = False
        self.api = api

    @property
    def host(self) -> str:
        """The host's name, for sentences."""
        return self._http().host

    def _http(self) -> Http:
        if self._made is None:
            self._made = Http(self._home)
        return self._made

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()

    # --- requests

    def raw(self, method: str, path: str, *, writing: bool = False, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Request `path` of the API with our login; looks for the API again if what answers is not it."""
        if not self.api:
            self.find()
        answer = self._once(method, path, writing=writing, **more)
        if self._searched or not _is_elsewhere(answer, self.api):
            return answer
        before, accepted = self.api, writing and answer.ok
        try:
            self.find()
        except UserError:
            if accepted:  # whatever answered may have taken it
                return answer
            raise
        if accepted and self.api == before:
            return answer
        return self._once(method, path, writing=writing, **more)

    def _once(self, method: str, path: str, *, writing: bool, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Request it where we believe the API to be; a redirected request that writes was not carried out."""
        return self._http().raw(
            method, self.api + path, writing=writing, headers=self._login, follow=method == "GET", **more
        )

    # --- where it is

    def find(self) -> dict[str, Any]:
        """Look for the API from the home page's Link header, or at the usual paths; returns its index.

        Raises Refused if the blog has moved to another host, its API is closed, or there is none.
        """
        known, self._searched = bool(self.api), True
        home = self._http().raw("GET", self._home)
        self._refuse_other(home.url)
        if home.status >= _SERVER or home.status == _TOO_MANY:  # may be WordPress, but it is not working now
            raise problem(home, writing=False)
        if home.status == _UNAUTHORIZED and not _error_code(home):
            raise Refused(tr(_FENCED).format(host=home.host))
        named = _LINK.search(home.headers.get("link", ""))
        closed: list[Response] = []
        for api in _candidates(home.url, named[1] if named else ""):
            index = self._index(api, closed)
            if index is not None:
                self.api = api
                return index
        if closed:
            raise Refused(_closed(closed[0]))
        if known:  # it was one: a page for visitors during maintenance must not sound like a wrong address
            raise TryLater(tr(_NO_LONGER).format(host=home.host))
        raise Refused(tr(NO_WORDPRESS).format(host=home.host))

    def _index(self, api: str, closed: list[Response]) -> dict[str, Any] | None:
        """The index at an address, asked for with our login where that is wanted; None if there is none.

        An error of WordPress' own there is added to `closed`.
        """
        answer = self._http().raw("GET", api, params=_INDEX_FIELDS)
        self._refuse_other(answer.url)
        index = _index_in(answer)
        if index is not None:
            return index
        if answer.status == _TOO_MANY:  # rate limited, so it may be the API
            raise problem(answer, writing=False)
        if _error_code(answer) and answer.status in (_UNAUTHORIZED, _FORBIDDEN):
            if urlsplit(api).scheme != "https" and not leads_home(urlsplit(api).hostname or ""):
                raise AuthNeeded(tr(NO_PASSWORDS).format(host=answer.host))
            answer = self._http().raw("GET", api, params=_INDEX_FIELDS, headers=self._login)
            index = _index_in(answer)
            if index is not None:
                return index
            if answer.status == _UNAUTHORIZED:
                raise AuthNeeded(tr(_NOT_LET_IN).format(host=answer.host, said=_quoted(answer)))
        if _error_code(answer) or answer.status == _FORBIDDEN:
            closed.append(answer)
        return None

    def _refuse_other(self, url: str) -> None:
        """Raise Refused if a redirect led to a host that the person did not enter."""
        if not _is_same_site(self._home, url):
            parts = urlsplit(url)
            msg = tr(_MOVED).format(host=self._http().host, address=f"{parts.scheme}://{parts.netloc}")
            raise Refused(msg)


def _candidates(home: str, named: str) -> list[str]:
    """Addresses at which the API may be: the one that the home page names, if it is on its host, and the usual ones."""
    base = home.partition("?")[0].partition("#")[0].rsplit("/", 1)[0] + "/"
    addresses = [f"{base}wp-json/", f"{base}?rest_route=/"]
    try:
        told = urlsplit(urljoin(base, named)) if named else None
    except ValueError:
        told = None
    if told is not None and told.netloc == urlsplit(base).netloc:
        # behind a proxy the site may announce http; the password is sent with the scheme that we used
        addresses.insert(0, told._replace(scheme=urlsplit(base).scheme).geturl())
    return list(dict.fromkeys(addresses))


def _index_in(answer: Response) -> dict[str, Any] | None:
    index = answer.as_dict()
    return index if answer.ok and "wp/v2" in (index.get("namespaces") or ()) else None


def _error_code(answer: Response) -> str:
    """The code of an error as WordPress words it (a JSON object with `code` and `message`); "" for anything else."""
    told = answer.as_dict()
    return str(told["code"]) if isinstance(told.get("code"), str) and isinstance(told.get("message"), str) else ""


def _quoted(answer: Response) -> str:
    return f"“{answer.error_text()}”"


def _closed(answer: Response) -> str:
    if answer.status != _FORBIDDEN and not _error_code(answer):
        return tr(NO_WORDPRESS).format(host=answer.host)
    if not answer.error_text() or not _error_code(answer):
        return tr(_CLOSED_SILENTLY).format(host=answer.host, status=answer.status)
    return tr(_CLOSED).format(host=answer.host, said=_quoted(answer))


def _is_elsewhere(answer: Response, api: str) -> bool:
    """Whether what answered is not the API: a redirect to somewhere else, or a page of the blog where JSON is due."""
    if 300 <= answer.status < 400 or _origin(answer.url) != _origin(api):  # noqa: PLR2004  RFC 9110, 15.4
        return True
    if not (answer.ok or answer.status == _NOT_FOUND):
        return False
    try:
        return not isinstance(read(answer.body), dict | list)
    except (ValueError, RecursionError):
        return True


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _is_same_site(entered: str, reached: str) -> bool:
    """Whether a redirect stayed with the host that the person entered: only `www.` or https may be new."""
    (scheme, host, port), (new_scheme, new_host, new_port) = _origin(entered), _origin(reached)
    if host.removeprefix("www.") != new_host.removeprefix("www."):
        return False
    upgraded = (scheme, port, new_scheme, new_port) == ("http", 80, "https", 443)
    return upgraded or (scheme == new_scheme and port == new_port)


def problem(answer: Response, *, writing: bool) -> Exception:
    """Return the error for a response that is not 2xx."""
    if answer.status == _UNAUTHORIZED:  # the error code of a wrong password depends on the version
        return AuthNeeded(tr(BAD_LOGIN).format(host=answer.host))
    if as_dict(answer.as_dict()).get("code") == "comment_flood":
        return TryLater(
            tr("{host} accepts one comment every {seconds} seconds.").format(host=answer.host, seconds=FLOOD_SECONDS),
            FLOOD_SECONDS,
            limited=True,
        )
    return answer.problem(clock.now(), writing=writing) or Refused(
        tr("{host} refused the request.").format(host=answer.host)
    )


FLOOD_SECONDS = 15
"""Minimum seconds between two comments of a user who may not moderate."""
