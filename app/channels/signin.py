"""Browser sign-in: a loopback HTTP listener that receives one OAuth redirect, and the login around it.

Follows RFC 8252 (native apps use the browser and a loopback address). The listener binds to 127.0.0.1 only, on a port
that the system chooses, for one login and five minutes. A redirect with a foreign `state` is rejected, and we wait on.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Mapping
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.channels.registry import offered

if TYPE_CHECKING:
    from app.channels.base import SignIn

WAIT = 300.0
"""Seconds that the person has to sign in."""
_MAX_QUERY_CHARS = 8_192
_REQUEST_TIMEOUT_SECONDS = 10  # the socket timeout of a request
_NOT_CONNECTED = N_("Nothing was connected. You can close this tab and go back to Rapport.")
_RECEIVED = (N_("Rapport has received the sign-in"), N_("You can close this tab and go back to Rapport."))
_REFUSED = (N_("You are not signed in"), _NOT_CONNECTED)
_FOREIGN_STATE = (
    N_("This isn't the sign-in that Rapport is waiting for"),
    N_("Go back to Rapport and start signing in again."),
)
_NOT_FOUND = (N_("Nothing here"), N_("Go back to Rapport."))
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body{{font:16px/1.5 system-ui,sans-serif;margin:18vh auto;max-width:26em;padding:0 1em;color:#1b1a18;background:#fff}}
h1{{font-size:20px;font-weight:600}}p{{color:#57544d}}
@media(prefers-color-scheme:dark){{body{{background:#191c1b;color:#eceeec}}p{{color:#b3b9b6}}}}
</style><h1>{title}</h1><p>{words}</p></html>
"""


class NotSignedInError(UserError):
    """Nobody signed in; the sentence says whether it was cancelled or timed out."""


class Loopback:
    """Waits on 127.0.0.1 for the OAuth redirect of one login; `close` it, or use it in a `with`."""

    def __init__(self, seconds: float = WAIT) -> None:
        """Bind the port at once, so that `redirect` is known; requests are served only from `wait` on."""
        self._seconds = seconds
        self._state, self._may_forget = "", False
        self._answer: dict[str, str] | None = None
        self._stopped = False
        self._condition = threading.Condition()
        try:
            self._server = _Server(self)
        except OSError as why:
            msg = tr(
                "Rapport couldn't listen on this computer for the browser's answer. Close other programs and try again."
            )
            raise NotSignedInError(msg) from why
        self._thread: threading.Thread | None = None

    @property
    def redirect(self) -> str:
        """The redirect URI to register with the login."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def wait(self, url: str, *, forgetful: bool = False) -> dict[str, str]:
        """Return the query parameters of the redirect, after `url` was opened; they must carry the `state` of `url`.

        A `forgetful` server may leave the state out if the login used PKCE. Blocks. Raises NotSignedInError on timeout,
        or when `cancel` is called.
        """
        asked = parse_qs(urlsplit(url).query)
        self._state = asked.get("state", [""])[0]
        self._may_forget = forgetful and "code_challenge" in asked
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, name="sign-in", daemon=True
        )
        self._thread.start()
        with self._condition:
            self._condition.wait_for(lambda: self._answer is not None or self._stopped, self._seconds)
            if self._answer is not None:
                return self._answer
        minutes = max(1, round(self._seconds / 60))
        msg = tr("Stopped. Nothing was connected.")
        late = counted(
            minutes,
            "Nobody signed in within {count} minute. Start again when you can.",
            "Nobody signed in within {count} minutes. Start again when you can.",
        )
        raise NotSignedInError(msg if self._stopped else late)

    def take(self, query: str) -> tuple[int, tuple[str, str]]:
        """Handle a query that was received; returns the HTTP status and the (title, text) of the page to serve."""
        parameters = parse_qs(query[:_MAX_QUERY_CHARS], keep_blank_values=True)
        answer = {name: values[0] for name, values in parameters.items()}
        if "code" not in answer and "error" not in answer:
            return 404, _NOT_FOUND
        once = all(len(values) == 1 for values in parameters.values())
        if not once or not self._is_ours(answer):
            return 400, _FOREIGN_STATE
        with self._condition:
            if self._answer is None:
                self._answer = answer
            self._condition.notify_all()
        return 200, _REFUSED if "error" in answer else _RECEIVED

    def _is_ours(self, answer: Mapping[str, str]) -> bool:
        """Whether the query has our `state`; a missing one is accepted of a forgetful server if the login used PKCE.

        Some small servers drop the state (seen); PKCE protects against injected codes as well (RFC 9700, 2.1.1).
        """
        if "state" not in answer and self._may_forget:
            return True
        return hmac.compare_digest(answer.get("state", "").encode(), self._state.encode())

    def cancel(self) -> None:
        """Make `wait` give up; thread-safe."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()

    def close(self) -> None:
        """Stop listening."""
        self.cancel()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join(2)
        self._server.server_close()

    def __enter__(self) -> Self:
        """Return itself; it listens already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, where: TracebackType | None
    ) -> None:
        """Stop listening."""
        self.close()


def sign_in(
    kind: str, answers: Mapping[str, str], show: Callable[[str], object], listening: Loopback
) -> dict[str, str]:
    """Log in with the browser and return the secrets, by name. Blocks until the person has signed in there.

    `answers` are the form's values, secret ones too; `show` is called with the URL to open. Raises UserError if the
    login fails.
    """
    of = offered(kind)
    if not of.signs_in(answers):
        msg = tr("You can't sign in to {title} with the browser.").format(title=of.title)
        raise UserError(msg)
    begun: SignIn = import_module(f"app.channels.{kind}").sign_in(dict(answers), listening.redirect)
    if urlsplit(begun.url).scheme not in ("https", "http"):
        msg = tr("{title} didn't give a web address for signing in. Check what you typed.").format(title=of.title)
        raise UserError(msg)
    show(begun.url)
    return begun.finish(listening.wait(begun.url, forgetful=begun.forgetful))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False

    def __init__(self, owner: Loopback) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  as the base has it
        """Ignore it: a browser that closes the connection is not our error."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _REQUEST_TIMEOUT_SECONDS

    def do_GET(self) -> None:
        """Serve the redirect; 404 for any other path."""
        parts = urlsplit(self.path)
        port = self.server.server_address[1]
        ours = {f"127.0.0.1:{port}", f"localhost:{port}"}  # another Host means DNS rebinding
        status, (title, text) = 404, _NOT_FOUND
        if parts.path == "/" and self.headers.get("Host", "") in ours:
            status, (title, text) = self.server.owner.take(parts.query)
        body = _PAGE.format(title=escape(tr(title)), words=escape(tr(text))).encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Log nothing: the URL contains the authorization code."""
