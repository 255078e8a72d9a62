"""Signing in to Google's and Microsoft's mailboxes with the browser, and the access tokens that follow from it.

Google: https://developers.google.com/identity/protocols/oauth2/native-app and
https://developers.google.com/workspace/gmail/imap/xoauth2-protocol. Microsoft: "Authenticate an IMAP, POP or SMTP
connection using OAuth" on https://learn.microsoft.com/exchange/client-developer/ and
https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow. Tested against a played provider, not
against either of them: docs/connecting.md says so.

When a token ends is told by how long ago it was given, on a clock that nobody sets: a wrong time of day does no harm.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.errors import FieldError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, TryLater
from app.channels.email.clients import Client, client
from app.channels.email.known import GOOGLE, MICROSOFT
from app.channels.http import Http
from app.channels.http.authorization import AuthorizationCode

_EARLY_SECONDS = 120
"""A token is replaced this long before it ends, so that none ends within a command."""
_USUAL_SECONDS = 300  # where the server does not say how long a token lasts (RFC 6749, 5.1: it should)
_MOST_SECONDS = 86_400
_WORDS_MAX = 200
_ENDED = N_("{name} no longer accepts this sign-in. Sign in again.")
_BAD_CLIENT = N_("{name} doesn't recognise this client ID. Copy the client ID (and its secret) again.")
_DENIED = N_(
    "Rapport wasn't given access to the mailbox at {name}, so nothing was connected. Sign in again and allow it."
)
_REFUSED = N_("{name} didn't let you sign in: {words}")
_NO_REFRESH = N_(
    "{name} didn't give a lasting sign-in. Remove Rapport from the account's connected apps, then sign in again."
)
_NO_SCOPE = N_("The sign-in at {name} doesn't include the mailbox. Sign in again and leave every box ticked.")
_ODD = N_("{name} sent an unreadable response to the sign-in. Try again later.")
_NO_CLIENT = N_(
    "Signing in at {name} needs a client ID, and this Rapport came without one. Enter your own; docs/connecting.md "
    "says how to get it."
)
_PASSING = frozenset(
    ("temporarily_unavailable", "server_error", "slow_down", "internal_failure", "rate_limit_exceeded")
)
"""Errors that pass: of RFC 6749 and RFC 8628, and Google's own, which its client library tries again."""
_FIRST = N_("Sign in with the browser first.")


@dataclass(frozen=True, slots=True)
class Provider:
    """Whose sign-in page it is. `authorize` and `tokens` are paths on its server, `scope` what is asked for.

    `host` is the host name in the redirect URI: Microsoft ignores the port for "localhost" alone, and takes no path.
    """

    name: str
    server: str
    authorize: str
    tokens_server: str
    tokens: str
    scope: str
    more: Mapping[str, str]
    host: str


_MAIL = "https://mail.google.com/"
_OUTLOOK = "https://outlook.office.com"
PROVIDERS = {
    GOOGLE: Provider(
        "Google",
        "https://accounts.google.com", "/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com", "/token",
        _MAIL,
        {"access_type": "offline", "prompt": "consent"},
        "127.0.0.1",
    ),
    MICROSOFT: Provider(
        "Microsoft",
        "https://login.microsoftonline.com/common", "/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common", "/oauth2/v2.0/token",
        f"{_OUTLOOK}/IMAP.AccessAsUser.All {_OUTLOOK}/SMTP.Send offline_access",
        {"prompt": "select_account"},
        "localhost",
    ),
}  # fmt: skip


def _provider(answers: Mapping[str, str]) -> Provider:
    try:
        return PROVIDERS[answers.get("sign_in", "")]
    except KeyError:
        msg = tr("Choose under “How to log in” whose page you sign in with.")
        raise FieldError(msg, "sign_in") from None


def _servers(provider: Provider, answers: Mapping[str, str]) -> tuple[str, str]:
    """(authorization endpoint, token endpoint): the provider's, or those on the server that the form names."""
    own = answers.get("sign_in_server", "").strip().rstrip("/")
    if own:
        parts = urlsplit(own)
        here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or (parts.scheme != "https" and not (here and parts.scheme == "http")):
            msg = tr("“{address}” isn't the address of a sign-in server. It has to start with https://.").format(
                address=own
            )
            raise FieldError(msg, "sign_in_server")
    return (own or provider.server) + provider.authorize, (own or provider.tokens_server) + provider.tokens


def _client(provider: Provider, answers: Mapping[str, str]) -> Client:
    named = client(answers.get("sign_in", ""), answers)
    if named is None:
        raise FieldError(tr(_NO_CLIENT).format(name=provider.name), "client_id")
    return named


class MailSignIn:
    """A started browser login; `url` is the page to open."""

    forgetful = False

    def __init__(self, answers: Mapping[str, str], redirect: str) -> None:
        """`answers` are the form's values, secret ones too; raises FieldError if no client is named."""
        self._provider = _provider(answers)
        named = _client(self._provider, answers)
        page, self._tokens = _servers(self._provider, answers)
        if self._provider.host != "127.0.0.1":
            redirect = f"http://{self._provider.host}:{urlsplit(redirect).port}"
        known = {"client_id": named.number, **({"client_secret": named.secret} if named.secret else {})}
        more = {**self._provider.more, "login_hint": answers.get("login") or answers.get("address", "")}
        self._code = AuthorizationCode(page, known, redirect, self._provider.scope, **more)
        self.url = self._code.url

    def finish(self, answer: Mapping[str, str]) -> dict[str, str]:
        """Exchange the code for a refresh token; raises AuthNeeded with the reason if there is none."""
        name = self._provider.name
        why, words = answer.get("error", ""), _quoted(answer.get("error_description", ""))
        denied = tr(_DENIED) if why in ("access_denied", "") or not words else tr(_REFUSED)
        given = _post(self._provider, self._tokens, self._code.form(answer, denied.format(name=name, words=words)))
        if not _includes(self._provider, str(given.get("scope") or "")):
            raise AuthNeeded(tr(_NO_SCOPE).format(name=name))
        if not given.get("refresh_token"):
            raise AuthNeeded(tr(_NO_REFRESH).format(name=name))
        return {"refresh": str(given["refresh_token"])}


def _includes(provider: Provider, granted: str) -> bool:
    """Whether the granted scopes let one read and send; none are told if all were granted (RFC 6749, 5.1).

    Servers differ in the host that they name before a scope, and in capitals.
    """
    return not granted or _ends(provider.scope) <= _ends(granted)


def _ends(scopes: str) -> set[str]:
    return {scope.rstrip("/").rpartition("/")[2].lower() for scope in scopes.split() if "/" in scope}


def _quoted(words: str) -> str:
    """A provider's own sentence, on one line, without its trace numbers, as far as it can be shown."""
    line = " ".join(words.partition("Trace ID:")[0].split())
    line = line if len(line) <= _WORDS_MAX else line[: _WORDS_MAX - 1] + "…"
    return line if line.endswith((".", "!", "?", "…")) or not line else f"{line}."


def _post(provider: Provider, url: str, form: Mapping[str, object]) -> dict[str, Any]:
    """Post a form to the token endpoint; returns its JSON, raises AuthNeeded or TryLater (RFC 6749, 5.2)."""
    http = Http(url)
    try:
        answer = http.raw("POST", url, data=form)
    finally:
        http.close()
    body, name = answer.as_dict(), provider.name
    why = str(body.get("error") or "")
    if why in ("invalid_client", "unauthorized_client"):
        raise AuthNeeded(tr(_BAD_CLIENT).format(name=name))
    if why in ("invalid_grant", "interaction_required", "consent_required", "login_required"):
        raise AuthNeeded(tr(_ENDED).format(name=name))
    if why in _PASSING or answer.status == 429 or answer.status >= 500:  # noqa: PLR2004  RFC 9110, 15.6
        raise TryLater(tr("{name} isn't accepting sign-ins right now.").format(name=name), answer.after(clock.now()))
    if why:
        words = answer.without_secrets(str(body.get("error_description") or why))  # it may repeat what it was sent
        raise AuthNeeded(tr(_REFUSED).format(name=name, words=_quoted(words)))
    if not answer.ok or not body.get("access_token"):
        raise TryLater(tr(_ODD).format(name=name), answer.after(clock.now()))
    return body


@dataclass(slots=True)
class _Token:
    """An access token, and until when it may be used, on the clock that nobody sets."""

    words: str
    until: float


_kept: dict[str, _Token] = {}
_lock = threading.Lock()


class Tokens:
    """The access tokens of one account. They live in memory alone, for all its sessions of this process."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields; a new refresh token is written into `secrets`."""
        self._answers = {**fields, "client_secret": secrets.get("client_secret", "")}
        self._secrets = secrets

    @property
    def name(self) -> str:
        """Whose sign-in page it is, for sentences."""
        return _provider(self._answers).name

    def access(self, *, fresh: bool = False) -> str:
        """A valid access token; `fresh`: the one before was refused. Raises AuthNeeded if the person has to sign in."""
        refresh = self._secrets.get("refresh", "")
        if not refresh:
            raise AuthNeeded(tr(_FIRST))
        key = self._key(refresh)
        with _lock:  # one at a time: of two that refresh at once, one may be handed a token that has been replaced
            known = _kept.get(key)
            if known is None or fresh or known.until <= time.monotonic():
                known = self._renew(key, refresh)
            return known.words

    def _key(self, refresh: str) -> str:
        return hashlib.sha256(f"{self._answers.get('client_id', '')}\0{refresh}".encode()).hexdigest()

    def _renew(self, key: str, refresh: str) -> _Token:
        provider = _provider(self._answers)
        named = _client(provider, self._answers)
        form = {"client_id": named.number, "refresh_token": refresh, "grant_type": "refresh_token"}
        if named.secret:
            form["client_secret"] = named.secret
        if provider is PROVIDERS[MICROSOFT]:
            form["scope"] = provider.scope
        began = time.monotonic()
        given = _post(provider, _servers(provider, self._answers)[1], form)
        made = _kept[key] = _Token(str(given["access_token"]), began + _lasts(given.get("expires_in")))
        if given.get("refresh_token") and given["refresh_token"] != refresh:
            self._secrets["refresh"] = str(given["refresh_token"])
            _kept[self._key(self._secrets["refresh"])] = made
        return made


def _lasts(told: object) -> float:
    """For how many seconds a token may be used; some servers send the number as text."""
    try:
        seconds = float(str(told))
    except ValueError:
        seconds = _USUAL_SECONDS
    return min(max(seconds if seconds == seconds else _USUAL_SECONDS, 0), _MOST_SECONDS) - _EARLY_SECONDS  # noqa: PLR0124  not a number
