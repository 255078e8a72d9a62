"""Statuses of the last three days, asked for again: Mastodon tells of no edits and deletions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.base.message import Author, Incoming
from app.channels import again
from app.channels.http.parts import dicts
from app.channels.mastodon.reading import Place
from app.channels.mastodon.server import Server
from app.channels.mastodon.threads import BATCH_ROWS

# Statuses asked for again: at most; at most one by one; for how many seconds.
_MAX, _MAX_SINGLY, _SECONDS = 200, 20, 3 * 86_400
_SPARE = 60  # requests that are left for what is new, and for answers
_GONE = (404, 410)
_NOT_FOUND = 404
_UNSEEN_ON_MASTODON = ("blocked_by",)  # by app/policies/status_policy.rb
_UNSEEN = ("muting", "blocking", "blocked_by", "domain_blocking")


class Recheck:
    """What has become of the statuses in `places`."""

    def __init__(self, server: Server, places: dict[str, Place], acct: str, *, batches: bool) -> None:
        """`acct` is our own full address; `batches`: several can be asked for at once."""
        self._server, self._places, self._acct, self._batches = server, places, acct, batches
        self.turn = ""  # the last that was asked for alone; it goes into the cursor

    def current(self) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """Yield (id, status or None if it was deleted) for the statuses of the last three days."""
        names = again.young({number: known.at for number, known in self._places.items()}, _SECONDS)
        kept = [number for number in names if self._places[number].edited is not None]
        kept.sort(key=lambda number: not self._places[number].aside)  # what is cut off first: posts of ours
        if not self._batches:
            yield from self._one_by_one(kept[-_MAX_SINGLY:])
            return
        missing: list[str] = []
        kept = kept[-_MAX:]
        for begin in range(0, len(kept), BATCH_ROWS):
            asked = kept[begin : begin + BATCH_ROWS]
            rows, _ = self._server.rows("/api/v1/statuses", **{"id[]": asked})
            for number, status in again.current_rows(rows, again.by("id")).each(asked):
                if status is None:
                    missing.append(number)
                else:
                    yield number, status
        # what is not among several may be by somebody whom we mute: asked for alone, it is there
        yield from self._one_by_one(self._next(missing))

    def _next(self, numbers: list[str]) -> list[str]:
        """As many as are asked for alone in one pull, from where the last one ended, so that all have their turn."""
        begin = numbers.index(self.turn) + 1 if self.turn in numbers else 0
        some = (numbers[begin:] + numbers[:begin])[:_MAX_SINGLY]
        self.turn = some[-1] if len(numbers) > _MAX_SINGLY else ""
        return some

    def _one_by_one(self, numbers: Sequence[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
        for number in numbers:
            if self._server.left() < _SPARE:
                return
            status, answer = self._server.status(number)
            if answer.status in _GONE:
                if not self._may_be_unseen(self._places[number].account):
                    yield number, None
            elif str(status.get("id")) == number:
                yield number, status

    def _may_be_unseen(self, account: str) -> bool:
        """Whether it may be that nothing by that author is shown to us: we mute or block them, or they block us.

        Theirs are not found then, either: on Mastodon for those who block us, on snac for those whom we mute. A server
        that does not say just now, or not to this token, leaves it open; one that knows no relationships has none.
        """
        if not account:
            return False
        ways = _UNSEEN_ON_MASTODON if self._batches else _UNSEEN
        asked = {"id[]": [account]}
        answer = self._server.raw("GET", "/api/v1/accounts/relationships", scoped=True, params=asked)
        if answer.status == _NOT_FOUND:
            return False
        if not answer.ok:
            return True
        rows = dicts(answer.json(), "id")
        return any(row["id"] == account and row.get(how) is True for row in rows for how in ways)

    def gone(self, number: str) -> Incoming:
        """The record that a status was deleted."""
        known = self._places[number]
        self._places[number] = known._replace(edited=None)
        return Incoming(
            number, known.at, "", Author(known.who, f"@{known.who}"), out=known.who == self._acct, gone=True
        )
