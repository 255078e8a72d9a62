"""Looks for what we have sent among our own statuses: how a reply that may be there is not sent twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.base import clock
from app.base.message import Reply
from app.base.words import N_, tr
from app.channels.base import Refused, Sent, UnknownOutcome
from app.channels.http.parts import as_dict, dicts
from app.channels.mastodon.reading import link, moment, same_letters, same_words, sent, text_of
from app.channels.mastodon.server import Server
from app.channels.mastodon.visibility import has_audience

_PAGE_ROWS, _MAX_PAGES = 40, 5
_CLOCK_SLACK_SECONDS = 600  # seconds by which the server's time of a reply may precede ours
_PUBLIC = ("public", "unlisted")
_CANNOT_TELL = N_(
    "Rapport can't read everything posted since, so it can't tell whether this is there. Check on Mastodon."
)
_OTHER_WORDS = N_("{host} has a post of yours with almost these words. Check there whether it's this one.")


class Lookup:
    """Our statuses on a server. Mastodon knows our keys for an hour: there, what is not found may be sent again.

    Without `keys` (snac, GoToSocial, Pixelfed, Pleroma) nothing but this look-up keeps a reply from being sent twice:
    words that only look alike, and lists that may lack what is private, leave it to the person.
    """

    def __init__(self, server: Server, me: str, *, keys: bool) -> None:
        """`me` is our account's id there."""
        self._server, self._me, self._keys = server, me, keys

    def find(self, reply: Reply) -> Sent | None:
        """The status that a reply became; None if there is certainly none. Raises UnknownOutcome where it is not."""
        older: dict[str, object] = {}
        path = f"/api/v1/accounts/{self._me}/statuses"
        has_private = self._keys
        for _ in range(_MAX_PAGES):
            rows, answer = self._server.rows(path, limit=_PAGE_ROWS, exclude_reblogs="true", **older)
            since = reply.at - _CLOCK_SLACK_SECONDS + answer.ahead(clock.now())
            mark = link(answer, "next", "max_id")
            try:
                found = self._among(rows, reply, since)
                if found is not None:
                    return found
                has_private = has_private or any(row.get("visibility") not in _PUBLIC for row in rows)
                if not rows or moment(rows[-1]["created_at"]) < since or (not mark and len(rows) < _PAGE_ROWS):
                    return self._below(reply, since) if not (has_private or self._is_listed(reply)) else None
            except (KeyError, TypeError, ValueError, AttributeError):
                break
            if not mark or mark == older.get("max_id"):  # there is more, and the server does not say where
                break
            older = {"max_id": mark}
        raise UnknownOutcome(tr(_CANNOT_TELL))

    def _among(self, rows: Iterable[Mapping[str, Any]], reply: Reply, since: int) -> Sent | None:
        ours = [row for row in rows if _may_be(row, reply, since)]
        status = next((row for row in ours if same_words(text_of(row, set()), reply.text)), None)
        if status is not None:
            there = sent(status)
            return there if reply.parent else replace(there, thread=there.remote_id)
        if not self._keys and any(same_letters(text_of(row, set()), reply.text) for row in ours):
            raise UnknownOutcome(tr(_OTHER_WORDS).format(host=self._server.host))
        return None

    def _is_listed(self, reply: Reply) -> bool:
        """Whether everybody may see what was sent, so that every list of ours has it."""
        if not reply.public or reply.venue:
            return reply.public and reply.venue in _PUBLIC
        number = reply.parent or reply.thread
        above = self._server.status(number)[0] if number else {}
        return above.get("visibility") in _PUBLIC

    def _below(self, reply: Reply, since: int) -> Sent | None:
        """The same, for what not everybody may see, on a server that lists none of it: below what it answers."""
        if not reply.parent:
            raise UnknownOutcome(tr(_CANNOT_TELL))
        try:
            context = as_dict(self._server.ask(f"/api/v1/statuses/{reply.parent}/context"))
        except Refused:
            raise UnknownOutcome(tr(_CANNOT_TELL)) from None
        rows = [
            row for row in dicts(context.get("descendants"), "id") if as_dict(row.get("account")).get("id") == self._me
        ]
        return self._among(rows, reply, since)


def _may_be(status: Mapping[str, Any], reply: Reply, since: int) -> bool:
    """Whether a status of ours has that reply's place and is not older than `since`; a missing parent is accepted."""
    there = str(status.get("in_reply_to_id") or reply.parent) == reply.parent and has_audience(status, reply)
    return there and moment(status["created_at"]) >= since
