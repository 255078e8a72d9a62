"""Where posts of our own can be published: the venues of each account, and the one that is meant."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

from app.accounts import channel
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee
from app.base.text import fold
from app.base.words import N_, tr
from app.channels.base import Posting
from app.inbox.addressing import VENUE
from app.store.sqlite import Connection

_BY_HAND = Posting(
    N_("You post it yourself: the words are copied, the page opens. Visible to everyone who can see it there."),
    venue_word=N_("Page"),
)
"""Of a place that lets no program in: its venue is our page there."""
_PAGE = "page"
_MAX_NAMED = 8  # venues that an error lists
_LATEST = """
SELECT receivers ->> '$[0][2]' FROM outbox WHERE account_id = ? AND purpose = 'new' AND state <> 'discarded'
AND receivers ->> '$[0][0]' = ? ORDER BY id DESC LIMIT 1
"""


class Venue(NamedTuple):
    """Where a post can go: its key at the channel, and its name."""

    key: str
    name: str

    @property
    def box(self) -> Addressee:
        """The same as what stands in place of a receiver."""
        return Addressee(VENUE, self.name, self.key)


NOWHERE = Venue("", "")
"""Of a post whose venue has not been chosen yet."""


def posting(kind: str, mode: str) -> Posting | None:
    """How a post is published on such an account; None where none can be."""
    of = channel(kind)
    if mode == "assisted":
        return None if of.reviews or of.private_by_default else _BY_HAND  # reviews are theirs, chats are private
    return of.can.post if mode in ("live", "demo") else None


def venues(conn: Connection, account_id: int) -> list[Venue]:
    """Where posts can go on an account, in the channel's order; [] where none can, or none are known.

    Those that differ by account are as they were when it was last checked.
    """
    row = conn.execute("SELECT kind, mode, name, facts FROM account WHERE id = ?", (account_id,)).fetchone()
    how = posting(row["kind"], row["mode"]) if row is not None else None
    if how is None:
        return []
    if how is _BY_HAND:
        return [Venue(_PAGE, row["name"])]
    if how.venues:
        return [Venue(key, tr(name)) for key, name in how.venues]
    found: list[Venue] = []
    with suppress(ValueError, TypeError):  # what a server said long ago
        for key, name in json.loads(json.loads(row["facts"]).get("venues") or "[]"):
            found.append(Venue(str(key), str(name)))
    return found


def word(conn: Connection, account_id: int) -> str:
    """What a venue is called on an account: "Channel"; "Place" where its channel does not say."""
    row = conn.execute("SELECT kind, mode FROM account WHERE id = ?", (account_id,)).fetchone()
    how = posting(row["kind"], row["mode"]) if row is not None else None
    return tr(how.venue_word) if how is not None and how.venue_word else tr("Place")


def are_asked(conn: Connection, account_id: int) -> bool:
    """Whether a check of the account brings its venues, which differ by account."""
    row = conn.execute("SELECT kind, mode FROM account WHERE id = ?", (account_id,)).fetchone()
    how = posting(row["kind"], row["mode"]) if row is not None and row["mode"] == "live" else None
    return how is not None and not how.venues


def latest(conn: Connection, account_id: int) -> Venue:
    """Where the last post on this account went; the only venue where there is one; else NOWHERE."""
    known = venues(conn, account_id)
    row = conn.execute(_LATEST, (account_id, VENUE)).fetchone()
    used = next((venue for venue in known if row is not None and venue.key == row[0]), None)
    return used or (known[0] if len(known) == 1 else NOWHERE)


def matching(known: list[Venue], typed: str) -> list[Venue]:
    """Those that the typed words may mean: a key, a whole name, else all names that have these words."""
    wanted = fold(typed).strip().lstrip("#")
    if not wanted:
        return []
    for exact in (
        [venue for venue in known if venue.key == typed.strip()],
        [venue for venue in known if fold(venue.name).lstrip("#") == wanted],
        [venue for venue in known if fold(venue.key) == wanted],
    ):
        if exact:
            return exact
    return [venue for venue in known if wanted in fold(venue.name)]


def find(conn: Connection, account_id: int, typed: str) -> Venue:
    """The venue that the typed words mean. Raises NotFoundError if none has this name, UserError if several have."""
    known = venues(conn, account_id)
    hits = matching(known, typed)
    if len(hits) == 1:
        return hits[0]
    (account,) = conn.execute("SELECT name FROM account WHERE id = ?", (account_id,)).fetchone()
    if len(hits) > 1:
        names = ", ".join(f"{venue.name} ({venue.key})" for venue in hits[:_MAX_NAMED])
        msg = tr("“{typed}” could be any of {names}. Write more of it.").format(typed=typed.strip(), names=names)
        raise UserError(msg)
    raise NotFoundError(_unknown(account, typed.strip(), known))


def _unknown(account: str, typed: str, known: list[Venue]) -> str:
    """The sentence for a venue that is not there, or is not known yet."""
    if not known:
        return tr("Rapport doesn't know yet where “{account}” can post. Check the account, and try again.").format(
            account=account
        )
    names = ", ".join(venue.name for venue in known[:_MAX_NAMED])
    more = len(known) > _MAX_NAMED
    sentence = (
        tr("“{account}” can't post to “{typed}”. It can post to: {names}.")
        if not more
        else tr("“{account}” can't post to “{typed}”. It can post to: {names} and more.")
    )
    return sentence.format(account=account, typed=typed, names=names)
