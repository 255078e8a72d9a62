"""Asks Slack's Web API, within its limits: every method has its own, for each app in each workspace.

https://docs.slack.dev/apis/web-api/rate-limits; the tiers are on the methods' own pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.base.words import tr
from app.channels.base import TryLater, UnknownOutcome
from app.channels.http.pace import PATIENCE, Limit, Pace
from app.channels.http.parts import as_dict
from app.channels.http.shape import unreadable
from app.channels.slack.answers import LIMIT_SECONDS, failure

if TYPE_CHECKING:
    from app.channels.http import Http

CALLED = "Slack"
HISTORY, REPLIES, PERSON, PEOPLE = "conversations.history", "conversations.replies", "users.info", "users.list"
LIMITS = {
    "users.conversations": 50, HISTORY: 50, REPLIES: 50, PERSON: 100, PEOPLE: 20, "chat.update": 50, "chat.delete": 50,
    "reactions.add": 50, "reactions.remove": 20, "reactions.get": 50,
    "conversations.open": 50, "files.getUploadURLExternal": 100, "files.completeUploadExternal": 100,
    "files.delete": 50,
}  # fmt: skip
"""How often a method can be asked for in a minute: the least that its tier promises."""
POST, OPEN = "chat.postMessage", "conversations.open"
_ONE_A_SECOND = Limit(60, 60, apart=1.0)  # for each channel
_RESERVE = 5  # requests a minute of each kind that reading leaves to what the person does meanwhile
_MAX_PAGES = 200  # maximum pages of a list
ROWS = 200
"""Messages on a page; Slack advises against more."""


class Wire:
    """The requests of one login; `granted` are the app's scopes by the last response, None if it named none."""

    def __init__(self, server: str, token: str, workspace: str) -> None:
        """`workspace` is its address, "" before the first check: all of our accounts there share one pace."""
        self._server, self._token = server, token
        self._made: Http | None = None
        self.granted: frozenset[str] | None = None
        self.site = urlsplit(workspace).hostname or urlsplit(server).hostname or CALLED
        self.place = f"{server} {workspace or sha256(token.encode()).hexdigest()[:16]}"
        """What counts together at this server."""

    def ask(
        self,
        name: str,
        asked: Mapping[str, object] | None = None,
        *,
        writing: bool = False,
        patient: bool = True,
        form: bool = False,
    ) -> dict[str, Any]:
        """Return the response to a method. Without patience, a limit that is reached is TryLater at once.

        `form`: it is asked for by POST, and nothing that anybody sees comes of it.
        """
        self._take(name, asked or {}, patient=patient)
        try:
            return self._ask(name, asked or {}, writing=writing, form=form)
        except TryLater as why:
            if why.limited and not writing and (pace := self._pace(name, asked or {})) is not None:
                pace.hold(why.after or LIMIT_SECONDS)
            raise

    def _take(self, name: str, asked: Mapping[str, object], *, patient: bool) -> None:
        pace = self._pace(name, asked, 0 if patient else _RESERVE)
        if pace is not None:
            pace.take(PATIENCE if patient else 0.0)

    def _pace(self, name: str, asked: Mapping[str, object], reserve: int = 0) -> Pace | None:
        if name == POST:
            return Pace(self.site, f"{self.place} {name} {asked.get('channel')}", _ONE_A_SECOND)
        if name not in LIMITS:
            return None
        return Pace(self.site, f"{self.place} {name}", Limit(max(1, LIMITS[name] - reserve), 60))

    def left(self, name: str) -> int:
        """How often reading can still ask for a method now."""
        pace = self._pace(name, {}, _RESERVE)
        return max(0, pace.left()) if pace is not None else _MAX_PAGES

    def put(self, address: str, content: bytes) -> None:
        """Upload a file's bytes to the address that was given out for it, which is told no token."""
        headers = {"Content-Type": "application/octet-stream", "Authorization": ""}
        self._http().raw("POST", address, data=content, headers=headers).raise_for_status(writing=False)

    def _http(self) -> Http:
        from app.channels.http import Http  # noqa: PLC0415  the form needs no network

        if self._made is None:
            self._made = Http(self._server, {"Authorization": f"Bearer {self._token}"})
        return self._made

    def _ask(self, name: str, asked: Mapping[str, object], *, writing: bool, form: bool) -> dict[str, Any]:
        if writing:
            answer = self._http().raw("POST", name, writing=True, json=dict(asked))
        elif form:
            answer = self._http().raw("POST", name, data=asked)
        else:
            answer = self._http().raw("GET", name, params=asked)
        answer.raise_for_status(writing=writing)
        if (scopes := answer.headers.get("x-oauth-scopes")) is not None:
            self.granted = frozenset(scope.strip() for scope in scopes.split(",")) - {""}
        try:
            body = as_dict(answer.json())
        except TryLater:
            if writing:
                msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
                raise UnknownOutcome(msg) from None
            raise
        if not body.get("ok"):
            raise failure(body, writing=writing)
        return body

    def walk(
        self, name: str, part: str, asked: Mapping[str, object] | None = None, *, patient: bool = True
    ) -> Iterator[dict[str, Any]]:
        """Yield all rows that a method lists, following its cursor."""
        cursor = ""
        for _ in range(_MAX_PAGES):
            more = {"cursor": cursor} if cursor else {}
            page = self.ask(name, {"limit": ROWS, **(asked or {}), **more}, patient=patient)
            yield from page.get(part) or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        raise unreadable(CALLED)  # endless

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()
