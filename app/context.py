"""A message in its context: the post that it stands under, whole, fetched when the person asks for it.

It is kept in memory alone, for this run: the file has of a post what came with its comments. Where the post itself came
as a message, as from a feed, that is shown if its channel can't be asked, or has it no more.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from app.base.errors import NotFoundError, UserError
from app.base.words import N_, tr
from app.channels.registry import channel
from app.inbox.whereabouts import current
from app.safety import standstill
from app.store.sqlite import Row
from app.store.store import Store

if TYPE_CHECKING:
    from app.accounts import Accounts
    from app.channels.base import Contextual, PostAbove

NO_POST = N_("This conversation isn't about a post.")
_MAX_KEPT = 8
_MAX_WORDS_CHARS = 20_000
_ROW = """
SELECT c.account_id, coalesce(c.remote_id, '') AS thread, c.post_url, c.post_title, a.kind, a.name, a.mode, a.fields,
  a.facts FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?
"""
_POST = """
SELECT m.text FROM conversation c JOIN message m ON m.conversation_id = c.id
WHERE c.account_id = ?1 AND c.post_url = ?2 AND m.url = ?2 AND m.text <> '' ORDER BY m.at LIMIT 1
"""
_NOT_CONNECTED = N_("“{account}” isn't connected, so the post can't be fetched. Its link opens it in the browser.")
_NOT_GIVEN = N_("{channel} doesn't give Rapport the post. The link opens it in the browser.")
_GONE = N_("The post is no longer there, or “{account}” may not see it.")


class Offer(NamedTuple):
    """What can be fetched of a conversation's post: who is asked for it, or the sentence that says why it can't be.

    `hosts` are the servers; () in the demo, which has it already.
    """

    hosts: tuple[str, ...] = ()
    why_not: str = ""


class Context:
    """The posts that comments stand under."""

    def __init__(self, store: Store, accounts: Callable[[], Accounts]) -> None:
        """`accounts` gives the desk of accounts; it is asked only when a post is fetched."""
        self._store, self._accounts = store, accounts
        self._kept: OrderedDict[tuple[int, str, str], PostAbove] = OrderedDict()

    def offer(self, number: int) -> Offer | None:
        """What can be fetched of the post that a conversation stands under; None if it stands under none."""
        row = self._row(number)
        if not (row["post_url"] or row["post_title"]):
            return None
        if row["mode"] == "demo":
            return Offer()
        of = channel(row["kind"])
        if not _can_ask(row) and self._in_file(row) is not None:
            return Offer()
        if not of.above:
            return Offer(why_not=tr(_NOT_GIVEN).format(channel=tr(of.title)))
        if row["mode"] != "live":
            return Offer(why_not=tr(_NOT_CONNECTED).format(account=row["name"]))
        return Offer(of.above_hosts(json.loads(row["facts"] or "{}") | json.loads(row["fields"] or "{}")))

    def here(self, number: int) -> PostAbove | None:
        """The post, if it was fetched in this run; None else. Asks nobody."""
        return self._kept.get(_key(self._row(number)))

    def fetch(self, number: int) -> PostAbove:
        """Fetch the post, once in a run, with its picture where that is on the account's own servers.

        Takes seconds. Raises UserError where there is none, or it can't be had; NotFoundError if it is gone.
        """
        row, offer = self._row(number), self.offer(number)
        if offer is None:
            raise UserError(tr(NO_POST))
        if offer.why_not:
            raise UserError(offer.why_not)
        standstill.refuse(self._store.read)
        kept = self._kept.get(_key(row))
        if kept is not None:
            return kept
        found = (self._asked(row, offer.hosts) if _can_ask(row) else None) or self._in_file(row)
        if found is None:
            raise NotFoundError(tr(_GONE).format(account=row["name"]))
        self._kept[_key(row)] = found
        while len(self._kept) > _MAX_KEPT:
            self._kept.popitem(last=False)
        return found

    def _asked(self, row: Row, hosts: tuple[str, ...]) -> PostAbove | None:
        from dataclasses import replace  # noqa: PLC0415  with the channel's code, which the first paint does without

        from app.channels.base import Above  # noqa: PLC0415  as above

        session = cast("Contextual", self._accounts().session(row["account_id"]))
        try:
            found = session.post_above(Above(row["thread"], row["post_url"], row["post_title"], hosts))
        finally:
            session.close()
        return None if found is None else replace(found, text=found.text[:_MAX_WORDS_CHARS])

    def _in_file(self, row: Row) -> PostAbove | None:
        """The post as it came itself, as a message of its account with its address; None if it did not."""
        from app.channels.base import PostAbove  # noqa: PLC0415  as above

        found = self._store.read.execute(_POST, (row["account_id"], row["post_url"])).fetchone()
        return None if found is None else PostAbove(row["post_title"], found["text"], row["post_url"])

    def _row(self, number: int) -> Row:
        conn = self._store.read
        row: Row | None = conn.execute(_ROW, (current(conn, number),)).fetchone()
        if row is None:
            raise NotFoundError(tr("That conversation is no longer there."))
        return row


def _can_ask(row: Row) -> bool:
    """Whether the account's channel can be asked for a post."""
    return row["mode"] == "demo" or (row["mode"] == "live" and bool(channel(row["kind"]).above))


def _key(row: Row) -> tuple[int, str, str]:
    """What a post is known by: comments under one have the same address, and where they have none, the same thread."""
    return row["account_id"], row["post_url"], "" if row["post_url"] else row["thread"]
