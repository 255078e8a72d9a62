"""The members desk: queries and edits; the tables are written by `records` and `identities`."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.base import clock, ids
from app.base.addresses import address_key
from app.base.errors import NotFoundError, UserError
from app.base.name_forms import names_of
from app.base.text import preview, words
from app.base.words import N_, tr
from app.members import identities, records
from app.members.mail import MOST_LOOKED_AT, Mailbox, matching
from app.members.records import reindex
from app.members.uniting import UNITED, united
from app.store.sqlite import Connection, OperationalError, scalar
from app.store.store import Store
from app.store.undo import Step

__all__ = [
    "EDITABLE", "KINDS", "KIND_NAMES", "Identity", "Member", "MemberRow", "Members", "reindex", "reindex_after",
    "took_part",
]  # fmt: skip

KIND_NAMES = {
    "customer": N_("Customer"), "partner": N_("Partner"), "staff": N_("Staff"), "former_staff": N_("Former staff"),
    "applicant": N_("Applicant"), "vendor": N_("Vendor"), "press": N_("Press"), "peer": N_("Peer"),
}  # fmt: skip
KINDS = tuple(KIND_NAMES)
EDITABLE = (
    "name", "language", "kind", "greeting", "fits", "fits_why", "note", "city", "recipient", "address_1", "address_2",
    "address_3", "postal_code", "country", "email", "phone", "company", "job_title", "website", "consent",
)  # fmt: skip


class Identity(NamedTuple):
    """A member's name on a channel; `first_at` is their first message under it, in Unix seconds."""

    id: int
    kind: str
    handle: str
    name: str
    url: str
    first_at: int | None


class Member(NamedTuple):
    """A person with all their data; times are Unix seconds."""

    id: int
    name: str
    language: str
    kind: str
    greeting: str
    fits: bool
    fits_why: str
    note: str
    city: str
    recipient: str
    address_1: str
    address_2: str
    address_3: str
    postal_code: str
    country: str
    email: str
    phone: str
    company: str
    job_title: str
    website: str
    consent: str
    first_at: int | None
    last_at: int | None
    identities: tuple[Identity, ...]


class MemberRow(NamedTuple):
    """What a row of the member table shows; `kinds` are the channels they are known on.

    `conversations` counts those they took part in, as on their card; `note` is how ours on them begins.
    """

    id: int
    name: str
    kinds: tuple[str, ...]
    conversations: int
    last_at: int | None
    language: str
    kind: str
    fits: bool
    city: str
    note: str = ""


def took_part(member: str) -> str:
    """SQL for the ids of a member's conversations: those they wrote in, and those that are with them.

    `member` is an SQL expression for the member's id. Used by card and history; table and sorting count the same set by
    `_WITH` and `_ELSEWHERE`, which together contain each of these conversations once.
    """
    return (
        f"SELECT m.conversation_id FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = {member}"
        f" UNION SELECT c.id FROM identity i JOIN conversation c ON c.identity_id = i.id WHERE i.member_id = {member}"
    )


_WITH = "FROM identity i CROSS JOIN conversation c ON c.identity_id = i.id"
"""The conversations `c` that are with somebody, joined to their identity `i`."""
# This join order reads no row of `message`, as its index by identity contains the conversation id. And nearly every
# message is in a conversation that is with its author, so the second join drops it at once.
_ELSEWHERE = """
FROM identity i CROSS JOIN message m ON m.identity_id = i.id
CROSS JOIN conversation c ON c.id = m.conversation_id AND c.identity_id IS NOT i.id
LEFT JOIN identity o ON o.id = c.identity_id WHERE o.member_id IS NOT i.member_id
"""
"""Messages `m` in conversations `c` that are not with their author, joined to the author's identity `i`."""

_ROWS = f"""
SELECT p.id, p.name,
  (SELECT group_concat(kind) FROM (SELECT DISTINCT kind FROM identity WHERE member_id = p.id ORDER BY kind)),
  (SELECT count(*) {_WITH} WHERE i.member_id = p.id)
    + (SELECT count(DISTINCT c.id) {_ELSEWHERE} AND i.member_id = p.id),
  p.last_at, p.language, p.kind, p.fits, p.city, substr(p.note, 1, 200)
FROM json_each(?) j CROSS JOIN member p ON p.id = j.value
"""

# Number of conversations per member, in one pass; querying each member separately is slower.
_ALL_TALKS = f"""
SELECT i.member_id, count(*) {_WITH} GROUP BY 1
UNION ALL SELECT i.member_id, count(DISTINCT c.id) {_ELSEWHERE} GROUP BY 1
"""


class Members:
    """People, and the names they go by."""

    def __init__(self, store: Store) -> None:
        """Use this store. Every change is one undoable action."""
        self._store = store
        self._kept = threading.local()

    def count(self) -> int:
        """Number of members, without merged ones."""
        return int(scalar(self._store.read, "SELECT count(*) FROM member WHERE merged_into IS NULL"))

    def find(self, typed: str = "", limit: int = 200, kind: str = "", by: str = "last") -> list[int]:
        """Ids of members with all words (as prefixes) in name, handle, note, city, e-mail or company; all if none.

        A word may also be a name in a form of its language: "Petře" and "Petra" find Petr too (`app.base.name_forms`).

        `by` is "last" (heard from most recently first) or "conversations" (most first). Names are sorted by the caller.
        """
        asked = " AND ".join(_or_its_names(word) for word in words(typed))
        tests = ["p.merged_into IS NULL", *(["p.kind = :kind"] if kind else [])]
        source = "member p"
        if asked:
            source = "member_index f CROSS JOIN member p ON p.id = f.rowid"
            tests.append("f.member_index MATCH :asked")
        sql = f"SELECT p.id FROM {source} WHERE {' AND '.join(tests)} ORDER BY p.last_at DESC, p.id DESC LIMIT :limit"
        most = -1 if by == "conversations" else limit
        try:
            rows = self._store.read.execute(sql, {"asked": asked, "kind": kind, "limit": most}).fetchall()
        except OperationalError:  # a token that FTS5 parses differently from us matches nobody
            return []
        numbers = [number for (number,) in rows]
        if by == "conversations":
            talks = self._talks()
            numbers.sort(key=lambda number: -talks.get(number, 0))
        return numbers[:limit]

    def _talks(self) -> dict[int, int]:
        """Number of conversations per member, cached per thread, as it is needed for every keystroke.

        The cache is valid until `data_version` changes, that is until another connection commits; writers have their
        own.
        """
        conn = self._store.read
        version = scalar(conn, "PRAGMA data_version")
        if getattr(self._kept, "version", None) != version:
            sums: dict[int, int] = {}
            for number, count in conn.execute(_ALL_TALKS):
                sums[number] = sums.get(number, 0) + count
            self._kept.version, self._kept.talks = version, sums
        talks: dict[int, int] = self._kept.talks
        return talks

    def names(self, numbers: Sequence[int]) -> dict[int, str]:
        """The names of these members, to be sorted by the window's locale."""
        rows = self._store.read.execute(
            "SELECT p.id, p.name FROM json_each(?) j CROSS JOIN member p ON p.id = j.value",
            (json.dumps(list(numbers)),),
        )
        return dict(tuple(row) for row in rows)

    def rows(self, numbers: Sequence[int]) -> list[MemberRow]:
        """The rows of these members, in the given order."""
        rows = self._store.read.execute(_ROWS, (json.dumps(list(numbers)),))
        return [
            MemberRow(
                number,
                name,
                tuple(kinds.split(",")) if kinds else (),
                talks,
                last,
                language,
                kind,
                bool(fits),
                city,
                preview(note),
            )
            for number, name, kinds, talks, last, language, kind, fits, city, note in rows
        ]

    def mailboxes(self, typed: str, limit: int = 6) -> list[Mailbox]:
        """The e-mail addresses of members whose name or address begins with the typed words; see `app.members.mail`."""
        return matching(self._store.read, self.find(typed, MOST_LOOKED_AT), typed, limit)

    def get(self, number: int) -> Member:
        """One member, following merges. Raises NotFoundError if there is none."""
        columns = ", ".join(EDITABLE)
        row = self._store.read.execute(
            f"SELECT id, {columns}, first_at, last_at, merged_into FROM member WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            msg = tr("There's no member {id}.").format(id=ids.display("P", number))
            raise NotFoundError(msg)
        if row["merged_into"] is not None:
            return self.get(row["merged_into"])
        values = {name: row[name] for name in EDITABLE} | {"fits": bool(row["fits"])}
        return Member(
            id=row["id"],
            **values,
            first_at=row["first_at"],
            last_at=row["last_at"],
            identities=self._identities(number),
        )

    def _identities(self, number: int) -> tuple[Identity, ...]:
        rows = self._store.read.execute(
            "SELECT id, kind, handle, name, url, (SELECT min(at) FROM message"
            " WHERE identity_id = identity.id) FROM identity WHERE member_id = ? ORDER BY id",
            (number,),
        )
        return tuple(Identity(*row) for row in rows)

    def of_conversation(self, conversation_id: int) -> int | None:
        """The member that a conversation is with; None if only we have written, or there is no such conversation."""
        row = self._store.read.execute(
            "SELECT i.member_id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE c.id = ?",
            (conversation_id,),
        ).fetchone()
        return None if row is None else int(row["member_id"])

    def add(self, name: str, **values: object) -> int:
        """Add a member by hand; returns the id. `values` and errors as in `edit`."""
        _validate({"name": name, **values})
        with self._store.write(tr("New member: {name}").format(name=name.strip())) as conn:
            number = records.insert(conn, {"name": name.strip(), "created_at": clock.now(), **values})
            reindex(conn, number)
            return number

    def edit(self, number: int, values: Mapping[str, Any]) -> None:
        """Change fields of a member; keys are those of EDITABLE.

        Raises UserError for an empty name, an unknown kind or an unknown field; NotFoundError if there is no such
        member.
        """
        _validate(values)
        member = self.get(number)
        if not values:
            return
        with self._store.write(tr("Changed member: {name}").format(name=member.name)) as conn:
            records.change(conn, member.id, values)
            reindex(conn, member.id)

    def merge(self, keep: int, other: int) -> None:
        """Merge `other` into `keep`: the same person, with what was known of both. Undo separates them exactly.

        Raises UserError if they are the same member already, NotFoundError if either does not exist.
        """
        into, gone = self.get(keep), self.get(other)
        if into.id == gone.id:
            msg = tr("{name} can't be merged: both are already the same member.").format(name=into.name)
            raise UserError(msg)
        with self._store.write(tr("Merged {gone} into {kept}").format(gone=gone.name, kept=into.name)) as conn:
            _hand_over(conn, gone.id, into.id)
            theirs = _facts(conn, gone.id)
            if identities.has(conn, into.id, "email", address_key(theirs["email"])):
                theirs["email"] = ""  # it stands among the names that they go by
            if new := united(_facts(conn, into.id), theirs):
                records.change(conn, into.id, new)
            records.merge(conn, gone.id, into.id)
            reindex(conn, into.id)


def _validate(values: Mapping[str, object]) -> None:
    for key in values:
        if key not in EDITABLE:
            msg = tr("“{key}” isn't a member's field. Choose from: {fields}.").format(
                key=key, fields=", ".join(EDITABLE)
            )
            raise UserError(msg)
    if not str(values.get("name", "x")).strip():
        msg = tr("A member needs a name.")
        raise UserError(msg)
    if values.get("kind", KINDS[0]) not in KINDS:
        msg = tr("“{kind}” isn't a kind of member. Choose from: {kinds}.").format(
            kind=values["kind"], kinds=", ".join(KINDS)
        )
        raise UserError(msg)


def _facts(conn: Connection, number: int) -> dict[str, Any]:
    return dict(conn.execute(f"SELECT {', '.join(UNITED)} FROM member WHERE id = ?", (number,)).fetchone())


def _hand_over(conn: Connection, gone: int, into: int) -> None:
    """Move everything that belongs to one member to another."""
    from app import gifts, handoffs, introductions, promises, templates  # noqa: PLC0415  not needed for the first paint

    identities.hand_over(conn, gone, into)
    promises.hand_over(conn, gone, into)
    handoffs.hand_over(conn, gone, into)
    gifts.hand_over(conn, gone, into)
    templates.hand_over(conn, gone, into)
    introductions.hand_over(conn, gone, into)


def reindex_after(conn: Connection, step: Step) -> None:
    """Undo hook: reindex the members whose row or identities were touched; a deleted one leaves the index."""
    touched = {step.row_id} if step.table == "member" else {step.before.get("member_id"), step.after.get("member_id")}
    for number in touched:
        if number is not None:
            reindex(conn, int(number))


def _or_its_names(word: str) -> str:
    """The expression for a folded word: what begins with it, or is called by a name that it is a form of."""
    return "(" + " OR ".join([f'"{word}"*', *(f'"{name}"' for name in names_of(word))]) + ")"
