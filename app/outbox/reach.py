"""Decides where somebody can be written to in private, and which of these ways is the likeliest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from app.accounts import channel
from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee
from app.base.text import fold
from app.base.words import counted, tr
from app.inbox import addressing
from app.outbox.entry import Entry
from app.store.sqlite import Connection

_DAY_SECONDS = 86_400
_MAX_CANDIDATES = 5  # that an error names
_ACCOUNTS = """
SELECT id, name, kind FROM account WHERE mode IN ('live', 'demo') AND state <> 'removed' ORDER BY state <> 'on', id
"""
_ALIKE = (
    "lower(ltrim(i.handle, '@')) <> lower(ltrim(i.key, '@')) AND EXISTS (SELECT 1 FROM identity other"
    " WHERE other.kind = i.kind AND other.id <> i.id AND lower(other.handle) = lower(i.handle))"
)
"""SQL on an identity `i`: whether another on such channels is called the same, as people on Slack may be.

Where the handle is the key no other has it, and none is looked for.
"""
# With max(), the bare columns are taken from the row that has the maximum (SQLite manual, "Bare columns in an aggregate
# query").
_IDENTITIES = f"""
SELECT i.id, i.kind, i.handle, i.key, coalesce(nullif(p.name, ''), i.name), m.account_id, max(m.at), c.public, {_ALIKE}
FROM identity i JOIN member p ON p.id = i.member_id
LEFT JOIN message m ON m.identity_id = i.id AND m.out = 0 LEFT JOIN conversation c ON c.id = m.conversation_id
WHERE i.member_id = ? GROUP BY i.id, m.account_id, c.public
"""
_AT = """
SELECT coalesce(nullif(p.name, ''), i.name) AS name, i.id AS identity_id, i.member_id, i.key IN (?2, ?3) AS is_key
FROM identity i JOIN member p ON p.id = i.member_id
WHERE i.kind = ?1 AND (i.key IN (?2, ?3) OR (?4 AND (i.handle = ?2 OR lower(i.handle) = ?3)))
"""


class Reach(NamedTuple):
    """One way to write to somebody in private: through which account of ours, and at which address or handle.

    `last_at` is when they last wrote under it (Unix seconds), None if never; `private`: whether they have written there
    in private. `identity_id` and `member_id` are None for somebody whom we do not know.
    """

    account_id: int
    account: str
    kind: str
    name: str
    address: str
    identity_id: int | None = None
    member_id: int | None = None
    last_at: int | None = None
    private: bool = False

    @property
    def label(self) -> str:
        """The address, and through which account."""
        return tr("{address} via {account}").format(address=self.address, account=self.account)


class Account(NamedTuple):
    """An account of ours through which a private conversation can be begun."""

    id: int
    name: str
    kind: str


def accounts(conn: Connection) -> list[Account]:
    """The accounts through which a private conversation can be begun; those that work come first."""
    every = [Account(*row) for row in conn.execute(_ACCOUNTS)]
    return [account for account in every if channel(account.kind).can.begin]


def reaches(conn: Connection, member_id: int) -> list[Reach]:
    """The ways to write to a member in private, the likeliest first; [] if there is none."""
    ours = accounts(conn)
    ways: dict[tuple[int, int], Reach] = {}
    for number, kind, handle, key, name, account, at, public, alike in conn.execute(_IDENTITIES, (member_id,)):
        address = _address(kind, handle, key, alike=bool(alike))
        own = [one for one in ours if one.kind == kind]
        through = next((one for one in own if one.id == account), own[0] if own else None)
        if through is None or (channel(kind).by_address and not _is_address(address)):
            continue
        way = Reach(through.id, through.name, kind, name, address, number, member_id, at, at is not None and not public)
        known = ways.get((number, through.id))
        ways[number, through.id] = way if known is None else _merged(known, way)
    found = [*ways.values(), *_by_mail(conn, member_id, ours, {way.address.lower() for way in ways.values()})]
    return sorted(found, key=_likelihood, reverse=True)


def _address(kind: str, handle: str, key: str, *, alike: bool) -> str:
    return key if channel(kind).by_address or alike else handle or key


def box_of(conn: Connection, outgoing: Entry) -> Addressee:
    """The receiver of a row of the outbox that names only an identity, told from all others on such channels."""
    asked = f"SELECT i.kind, i.handle, i.key, {_ALIKE} AS alike FROM identity i WHERE i.id = ?"
    row = conn.execute(asked, (outgoing.identity_id,)).fetchone()
    address = (
        outgoing.address if row is None else _address(row["kind"], row["handle"], row["key"], alike=bool(row["alike"]))
    )
    return Addressee(addressing.TO, outgoing.member, address)


def _merged(known: Reach, way: Reach) -> Reach:
    """One way for both: what was said there in public and in private."""
    private = max((one.last_at or 0 for one in (known, way) if one.private), default=None)
    last = private if private is not None else max(known.last_at or 0, way.last_at or 0) or None
    return known._replace(last_at=last, private=private is not None)


def _by_mail(conn: Connection, member_id: int, ours: Sequence[Account], known: set[str]) -> list[Reach]:
    """The way by the e-mail address on the member's card, if it is none of their identities."""
    row = conn.execute("SELECT name, email FROM member WHERE id = ?", (member_id,)).fetchone()
    through = next((one for one in ours if channel(one.kind).by_address), None)
    if row is None or through is None or not _is_address(row["email"]) or row["email"].lower() in known:
        return []
    return [Reach(through.id, through.name, through.kind, row["name"], row["email"], None, member_id)]


def _is_address(text: str) -> bool:
    with suppress(UserError):
        addressing.refuse_unusable(text)
        return True
    return False


def _likelihood(way: Reach) -> tuple[bool, bool, int, bool]:
    """Where they have written in private comes first, then where they have written at all, the latest first."""
    return way.private, way.last_at is not None, way.last_at or 0, channel(way.kind).by_address


def why_likeliest(way: Reach, now: int) -> str:
    """One sentence on why a way is the likeliest: "They wrote last by e-mail, 12 days ago."."""
    title = tr(channel(way.kind).title)
    if way.last_at is None:
        return tr("Their {channel} address is known, but they have never written from it.").format(channel=title)
    days = (now - way.last_at) // _DAY_SECONDS
    if days <= 0:
        sentence = tr("They last wrote to you on {channel} in private, today.")
        if not way.private:
            sentence = tr("They last wrote on {channel} in public, today.")
        return sentence.format(channel=title)
    if way.private:
        return counted(
            days,
            "They last wrote to you on {channel} in private, {count} day ago.",
            "They last wrote to you on {channel} in private, {count} days ago.",
            channel=title,
        )
    return counted(
        days,
        "They last wrote on {channel} in public, {count} day ago.",
        "They last wrote on {channel} in public, {count} days ago.",
        channel=title,
    )


def find(conn: Connection, whom: str, account_id: int | None = None) -> Reach:
    """The likeliest way to somebody named by an address, a handle, a name or P-...; through that account if given.

    Raises UserError if nobody or several are meant, NotFoundError if there is no way to write to them.
    """
    bare = whom.strip()
    _refuse_account(conn, account_id)
    _refuse_unless_one(bare)
    member = _member(conn, bare)
    if member is not None:
        return _likeliest(conn, member, account_id, bare)
    ours = [one for one in accounts(conn) if account_id in (None, one.id)]
    handle = _by_handle(ours, bare)
    if handle is not None:
        return handle
    boxes = addressing.typed(bare) if "@" in bare else ()
    through = next((one for one in ours if channel(one.kind).by_address), None)
    if boxes and through is not None:
        (name, address), identity = boxes[0][1:], identity_at(conn, through.kind, boxes[0].address)
        return Reach(through.id, through.name, through.kind, name or identity.name, address, *identity[1:])
    if boxes and account_id is not None:
        msg = tr("“{account}” doesn't send e-mail, so {address} can't be reached through it.").format(
            account=", ".join(account.name for account in ours), address=boxes[0].address
        )
        raise UserError(msg)
    if boxes:
        raise UserError(tr("No account here can send e-mail. Connect one first."))
    msg = tr("There's nobody called “{whom}” here. Give an address, a handle or P-...").format(whom=bare)
    raise NotFoundError(msg)


def _refuse_unless_one(whom: str) -> None:
    """Raise UserError if nobody is named, or several are: the others would get nothing, and no word would say so.

    Blank is not looked up either: members without an e-mail address have a blank one.
    """
    if not whom:
        raise UserError(tr("Say who it goes to: an address, a handle, a name or P-..."))
    several = addressing.begun(whom) if "@" in whom else ()
    if sum("@" in box.address for box in several) > 1:
        msg = tr("“{whom}” are several receivers. Name each on its own.").format(whom=whom)
        raise UserError(msg)


def _refuse_account(conn: Connection, account_id: int | None) -> None:
    """Raise UserError for an account through which no conversation can be begun."""
    ours = accounts(conn)
    if account_id is None or any(account.id == account_id for account in ours):
        return
    row = conn.execute("SELECT name FROM account WHERE id = ?", (account_id,)).fetchone()
    names = ", ".join(account.name for account in ours) or tr("none")
    msg = tr("“{account}” can't begin a conversation. Those that can: {names}.").format(
        account=row["name"] if row is not None else account_id, names=names
    )
    raise UserError(msg)


class Known(NamedTuple):
    """Whose an address is; all but the name None for somebody whom we do not know."""

    name: str = ""
    identity_id: int | None = None
    member_id: int | None = None


def identity_at(conn: Connection, kind: str, address: str) -> Known:
    """Whose this address or handle is on such channels; their key there counts before what others are called.

    Raises UserError if several have it, as people on Slack may: none of them is guessed.
    """
    rows = conn.execute(_AT, (kind, address, address.lower(), not channel(kind).by_address)).fetchall()
    found = [
        Known(row["name"], row["identity_id"], row["member_id"])
        for row in sorted(rows, key=lambda row: not row["is_key"])
    ]
    if len(found) > 1 and not any(row["is_key"] for row in rows):
        raise UserError(_several(address, [known.member_id or 0 for known in found]))
    return found[0] if found else Known()


def _several(whom: str, members: Sequence[int]) -> str:
    names = ", ".join(ids.display(ids.MEMBER, number) for number in members[:_MAX_CANDIDATES])
    return tr("“{whom}” could be any of {names}. Give the member (P-...).").format(whom=whom, names=names)


def _likeliest(conn: Connection, member_id: int, account_id: int | None, whom: str) -> Reach:
    ways = [way for way in reaches(conn, member_id) if account_id in (None, way.account_id)]
    for way in ways:
        if fold(whom).strip("@") == fold(way.address).strip("@"):
            return way
    if ways:
        return ways[0]
    name = conn.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()["name"]
    raise NotFoundError(no_way(name))


def no_way(name: str) -> str:
    """The sentence for a member who cannot be written to in private."""
    return tr(
        "There's no way to write to {name} in private yet: no address or handle of theirs is known on an account "
        "that can begin a conversation."
    ).format(name=name)


def _member(conn: Connection, whom: str) -> int | None:
    """The member whom an id, a handle, an address or a name stands for; None if nobody. UserError for several."""
    with suppress(NotFoundError):
        kind, number = ids.parse(whom)
        row = conn.execute(
            "SELECT coalesce(merged_into, id) AS id FROM member WHERE id = ?", (number if kind == ids.MEMBER else None,)
        ).fetchone()
        if row is None:
            msg = tr("There's no member {id}.").format(id=whom)
            raise UserError(msg)
        return int(row["id"])
    boxes = addressing.typed(whom) if "@" in whom and not whom.startswith("@") and " " in whom else ()
    address = boxes[0].address if boxes else whom
    rows = conn.execute(
        "SELECT DISTINCT member_id FROM identity WHERE key = ?1 OR lower(handle) = ?1 OR lower(handle) = '@' || ?1",
        (address.lower(),),
    ).fetchall()
    rows = (
        rows
        or conn.execute(
            "SELECT id FROM member WHERE lower(email) = ? AND merged_into IS NULL", (address.lower(),)
        ).fetchall()
    )
    if not rows and "@" not in whom:
        folded = fold(whom)
        named = conn.execute("SELECT id, name FROM member WHERE merged_into IS NULL AND name <> ''").fetchall()
        rows = [(number,) for number, name in named if fold(name) == folded]
    if len(rows) > 1:
        raise UserError(_several(whom, [int(row[0]) for row in rows]))
    return int(rows[0][0]) if rows else None


def _by_handle(ours: Sequence[Account], whom: str) -> Reach | None:
    """The way to a handle of somebody whom we do not know, through the first account that has such; None if none."""
    shapes = [(account, channel(account.kind).handle) for account in ours]
    through = next((account for account, shape in shapes if shape and re.fullmatch(shape, whom)), None)
    return None if through is None else Reach(through.id, through.name, through.kind, "", whom)
