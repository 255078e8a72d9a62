"""The HTTP client: one per channel session, used by one worker at a time."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels import masking
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http.response import Response
from app.channels.http.wire import PrivateAddressError, Wire, adapter

DEADLINE = 30.0
"""Seconds for a whole response, however slowly it trickles in; the timeout of requests is per read."""
SIZE_MAX = 10_000_000
"""Maximum size of a decompressed response in bytes; a longer one is aborted while it is read."""
_MAX_REDIRECTS = 5
_CONNECT_SECONDS = 10.0
_BYTES_A_SECOND = 100_000  # what goes out is given as much more time as a slow line takes for it
_CHUNK_BYTES = 65_536
_HEADER_VALUE = re.compile(r"[\t -~\xa1-\xff]+")  # RFC 9110, 5.5: a valid header value
_REDIRECT_STATUSES = frozenset((301, 302, 303, 307, 308))
_PRIVATE = N_("{host} is on a private network. If that server is yours, tick “My own server” in the account.")
_UNTRUSTED = N_(
    "The certificate of {host} isn't trusted. If the server is yours, choose its certificate authority's file."
)
_NO_RESPONSE = N_("No response from {host}. Check the address and your connection.")
# urllib3 logs full URLs at DEBUG; some contain API keys.
logging.getLogger("urllib3").setLevel(logging.WARNING)
_SECRET_HEADERS = ("authorization", "cookie", "api-key", "api-username", "x-api-key", "private-token", "user-api-key")


class Http:
    """Talks to one server. Every failure is one of the four errors of a channel, in one plain sentence.

    A failure before anything was sent is TryLater. If a `writing` request was sent and its response is lost, late or
    broken, it is UnknownOutcome. Redirects are followed for GET and HEAD only, at most five, without secrets to another
    origin; with `private`, a redirect to another origin on a private network only if the first address is on one.
    """

    def __init__(
        self,
        base: str,
        headers: Mapping[str, str] | None = None,
        *,
        private: bool = True,
        ca_file: str = "",
        deadline: float = DEADLINE,
        size_max: int = SIZE_MAX,
        hidden: Iterable[str] = (),
    ) -> None:
        """`base` is the URL that paths are joined to; `private`: whether it may be on a private network.

        `ca_file` is the path of a PEM file with the person's own certificate authority. `deadline` is in seconds,
        `size_max` in bytes. `hidden` are secrets sent other than in a header: they are masked in error texts.
        """
        self.base = base.rstrip("/") + "/"
        self.host = urlsplit(self.base).hostname or base
        self.headers = dict(headers or {})
        self._hidden = tuple(filter(None, hidden))
        self._private, self._deadline, self._size_max = private, deadline, size_max
        self._wire = Wire()
        self._session = requests.Session()
        self._session.trust_env = False  # no credentials from a .netrc that belongs to another program
        self._session.verify = ca_file or True
        self._session.headers.update({"User-Agent": "Rapport", "Accept": "*/*"})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter(self._wire))

    def get(self, path: str, params: Mapping[str, object] | None = None, **more: Any) -> Response:  # noqa: ANN401  as `raw` takes them
        """GET; raises for any response that is not 2xx."""
        return self.ask("GET", path, params=params, **more)

    def post(self, path: str, json: object = None, **more: Any) -> Response:  # noqa: ANN401  as `raw` takes them
        """POST; raises for any response that is not 2xx."""
        return self.ask("POST", path, json=json, **more)

    def ask(self, method: str, path: str, *, writing: bool | None = None, **more: Any) -> Response:  # noqa: ANN401  as `raw` takes them
        """Like `raw`, but raises for any response that is not 2xx. `writing` defaults to True for all but GET."""
        writes = method != "GET" if writing is None else writing
        answer = self.raw(method, path, writing=writes, **more)
        answer.raise_for_status(writing=writes)
        return answer

    def raw(
        self,
        method: str,
        path: str,
        *,
        writing: bool = False,
        params: Mapping[str, object] | None = None,
        json: object = None,
        data: Mapping[str, object] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
    ) -> Response:
        """Send a request and return the response, whatever its status; without `follow`, redirects too.

        Raises one of the four errors if there is no response. `headers` are added to the client's own and override
        them; one that is "" is not sent. Where `data` are the bytes of files, the deadline is later by what they take.
        """
        url = urljoin(self.base, path)
        sent = self._checked_headers({**self.headers, **(headers or {})})
        self._prepare(url)
        if writing:  # a stale keep-alive connection would fail after sending, with an unknown outcome
            self._session.close()
        until = time.monotonic() + self._deadline + (len(data) / _BYTES_A_SECOND if isinstance(data, bytes) else 0.0)
        for _ in range(_MAX_REDIRECTS + 1):
            answer = self._once(method, url, until, writing=writing, params=params, json=json, data=data, headers=sent)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECT_STATUSES or not target or not follow:
                return answer
            if method not in ("GET", "HEAD"):
                moved = urlsplit(urljoin(url, target))
                msg = tr("{host} has moved to {scheme}://{new_host}. Change the address in the account.").format(
                    host=self.host, scheme=moved.scheme, new_host=moved.netloc
                )
                raise Refused(msg)
            following = urljoin(url, target)
            if not following.startswith(("http://", "https://")):
                break
            if _origin(following) != _origin(url):
                sent = {name: value for name, value in sent.items() if name.lower() not in _SECRET_HEADERS}
                if self._private and not self._starts_private:
                    self._wire.private = False
            url, params = following, None
        msg = tr("{host} redirects endlessly. Check the address.").format(host=self.host)
        raise Refused(msg)

    def _checked_headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the non-empty headers; raises AuthNeeded, before anything is sent, if a value is not valid in HTTP.

        Empty headers are dropped because servers take an empty key for a wrong one (Discourse).
        """
        sendable = {name: value.strip() for name, value in headers.items() if value.strip()}
        for value in sendable.values():
            if not _HEADER_VALUE.fullmatch(value):
                msg = tr("The key or name for {host} contains an invalid character. Copy it again.").format(
                    host=self.host
                )
                raise AuthNeeded(msg)
        return sendable

    def _prepare(self, url: str) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            msg = tr("“{address}” isn't a web address. It has to start with https://.").format(
                address=url.partition("?")[0]
            )
            raise Refused(msg)
        from app.channels.http.addresses import leads_home  # noqa: PLC0415  asks the resolver

        self._starts_private = leads_home(urlsplit(url).hostname or "")
        self._wire.begin(private=self._private)

    def _once(self, method: str, url: str, until: float, *, writing: bool, **more: Any) -> Response:  # noqa: ANN401  passed on to requests
        left = max(until - time.monotonic(), 0.05)
        # the timeout of requests restarts with every read, so a timer enforces the deadline
        alarm = threading.Timer(left, self._wire.cut)
        alarm.daemon = True
        alarm.start()
        host = urlsplit(url).hostname or self.host
        try:
            with self._session.request(
                method, url, timeout=(min(_CONNECT_SECONDS, left), left), stream=True, allow_redirects=False, **more
            ) as response:
                body = self._body(response, host, until, writing=writing)
                lower_case = {name.lower(): value for name, value in response.headers.items()}
                return Response(response.status_code, lower_case, body, response.url, host, self._secrets(more))
        except UserError:
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as why:
            raise self._network_error(why, host, writing=writing, late=time.monotonic() >= until) from None
        finally:
            alarm.cancel()

    def _secrets(self, sent: Mapping[str, Any]) -> tuple[str, ...]:
        """What of a request may not be repeated in a sentence: secrets in its headers, fields and cookies."""
        fields = (
            *masking.in_fields(sent["params"]),
            *masking.in_fields(sent["json"]),
            *masking.in_fields(sent["data"]),
        )
        cookies = (cookie.value or "" for cookie in self._session.cookies)
        found = (*self._hidden, *masking.in_headers(sent["headers"], _SECRET_HEADERS), *fields, *cookies)
        return tuple(dict.fromkeys(filter(None, found)))

    def _body(self, response: requests.Response, host: str, until: float, *, writing: bool) -> bytes:
        parts, size = [], 0
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._size_max:
            raise self._too_large(host, writing=writing)
        for part in response.raw.stream(_CHUNK_BYTES, decode_content=True):
            size += len(part)
            if size > self._size_max:
                raise self._too_large(host, writing=writing)
            if time.monotonic() > until:
                raise TimeoutError
            parts.append(part)
        if time.monotonic() > until:  # the timer cut the connection, maybe within the headers
            raise TimeoutError
        return b"".join(parts)

    def _too_large(self, host: str, *, writing: bool) -> UserError:
        more = tr("too much data")
        if self._size_max >= 1_000_000:  # noqa: PLR2004  one MB
            more = tr("more than {megabytes} MB").format(megabytes=self._size_max // 1_000_000)
        if writing:
            return UnknownOutcome(
                tr("{host} sent back {amount}. It may or may not have accepted this.").format(host=host, amount=more)
            )
        return Refused(
            tr("{host} sent {amount} instead of a page of messages. Check the address.").format(host=host, amount=more)
        )

    def _network_error(self, why: Exception, host: str, *, writing: bool, late: bool) -> UserError:
        """Return the error for a network failure; never its own text, which contains URLs and keys."""
        if writing and self._wire.sent:
            return UnknownOutcome(
                tr("The connection to {host} broke during sending. This may or may not have arrived.").format(host=host)
            )
        late = late or isinstance(why, requests.Timeout) or _caused_by(why, TimeoutError)
        for holds, raised, sentence in (
            (_caused_by(why, PrivateAddressError), Refused, _PRIVATE),
            (isinstance(why, requests.exceptions.SSLError), Refused, _UNTRUSTED),
            (isinstance(why, requests.exceptions.InvalidURL), Refused, N_("“{host}” isn't a web address. Check it.")),
            (late, TryLater, N_("{host} didn't respond in time.")),
            (not self._wire.sent, TryLater, _NO_RESPONSE),
        ):
            if holds:
                return raised(tr(sentence).format(host=host))
        return TryLater(tr("The connection to {host} broke.").format(host=host))

    def close(self) -> None:
        """Close the connections; never raises."""
        self._session.close()


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


def _caused_by(why: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether an error of that kind is anywhere in this one's chain of causes, as requests and urllib3 wrap them."""
    seen: set[int] = set()
    waiting: list[Any] = [why]
    while waiting:
        error = waiting.pop()
        if isinstance(error, kind):
            return True
        if isinstance(error, BaseException) and id(error) not in seen:
            seen.add(id(error))
            waiting += [error.__cause__, error.__context__, getattr(error, "reason", None), *error.args]
    return False
