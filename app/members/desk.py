"""The members desk: queries and edits; the tables are written by `records` and `identities`."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.name_forms import names_of
from app.base.text import preview, words
from app.base.words import tr
from app.members import records
from app.members.belongings import More, none
from app.members.facts import EDITABLE, KIND_NAMES, KINDS, MARKS, by_hand, checked, with_consent
from app.members.filtering import LEVEL, understood
from app.members.mail import MOST_LOOKED_AT, Mailbox, matching
from app.members.own import Own
from app.members.records import reindex
from app.members.sorting import sort_name
from app.members.talks import COUNT, COUNT_ALL, COUNT_OF, FEW_COUNTED, took_part
from app.store.sqlite import Connection, OperationalError, scalar
from app.store.store import Store
from app.store.undo import Step

if TYPE_CHECKING:
    from app.members.pairs import Pairs

__all__ = [
    "EDITABLE", "KINDS", "KIND_NAMES", "Identity", "Member", "MemberRow", "Members", "reindex", "reindex_after",
    "took_part",
]  # fmt: skip


class Identity(NamedTuple):
    """A member's name on a channel; `first_at` is their first message under it, in Unix seconds."""

    id: int
    kind: str
    handle: str
    name: str
    url: str
    first_at: int | None


class Member(NamedTuple):
    """A person with all their data; times are Unix seconds, and what each column holds is said in `app.members.facts`.

    `birthday` is MM-DD, `name_day` as well, or "none", or "" for what the calendar of their language says. `met_on` and
    `consent_on` are dates as far as they are known. `by_hand` names the columns that were written by hand.
    """

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
    consent_on: str
    consent_how: str
    languages: str
    form_of_address: str
    pronouns: str
    time_zone: str
    birthday: str
    name_day: str
    interests: str
    met_how: str
    met_on: str
    met_through: str
    met_through_id: int | None
    do_not_contact: bool
    do_not_gift: bool
    do_not_why: str
    minor: bool
    public_servant: bool
    sort_name: str
    rhythm_days: int
    pinned: str
    name_forms: str
    by_hand: str
    first_at: int | None
    last_at: int | None
    identities: tuple[Identity, ...]


class MemberRow(NamedTuple):
    """What a row of the member table shows; `kinds` are the channels they are known on.

    `conversations` counts those they took part in, as on their card; `note` is how ours on them begins; `level` is how
    far they take part, a key of LEVELS, "" where that is not known.
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
    level: str = ""


_ROWS = f"""
SELECT p.id, p.name,
  (SELECT group_concat(kind) FROM (SELECT DISTINCT kind FROM identity WHERE member_id = p.id ORDER BY kind)),
  {COUNT}, p.last_at, p.language, p.kind, p.fits, p.city, substr(p.note, 1, 200), {LEVEL}
FROM json_each(?) j CROSS JOIN member p ON p.id = j.value
"""

_LATEST = "p.last_at DESC, p.id DESC"
ORDERS = {
    "last": _LATEST,
    "conversations": _LATEST,
    "involvement": f"CASE {LEVEL} WHEN 'core' THEN 0 WHEN 'contributor' THEN 1 WHEN 'participant' THEN 2"
    f" WHEN 'visitor' THEN 3 ELSE 4 END, {_LATEST}",
    "quiet": "p.last_at ASC NULLS LAST, p.id",
}
"""What members can be sorted by, as SQL: heard from most recently first, with most conversations, most involved, and
silent for longest. Whoever never wrote comes last."""


class Members:
    """People, and the names they go by."""

    def __init__(self, store: Store, more: More = none) -> None:
        """Use this store. Every change is one undoable action. `more`: see `app.members.belongings`."""
        self._store, self._more = store, more
        self._kept = threading.local()
        self.own = Own(store)
        """Labels, dated notes, and fields of one's own."""

    def count(self) -> int:
        """Number of members, without merged ones."""
        return int(scalar(self._store.read, "SELECT count(*) FROM member WHERE merged_into IS NULL"))

    def find(self, typed: str = "", limit: int = 200, kind: str = "", by: str = "last") -> list[int]:
        """Ids of members with all words (as prefixes) in name, handle, note, city, e-mail or company; all if none.

        A word may also be a name in a form of its language: "Petře" and "Petra" find Petr too (`app.base.name_forms`).
        Conditions such as `city:Brno` narrow it (`app.members.filtering`); one that is not understood finds nobody,
        and `problem` says why.

        `by` is one of ORDERS. Names are sorted by the caller.
        """
        wanted = understood(self._store.read, typed, KIND_NAMES)
        if wanted.problem:
            return []
        asked = " AND ".join(_or_its_names(word) for word in words(wanted.words))
        tests = ["p.merged_into IS NULL", *(["p.kind = ?"] if kind else [])]
        values: list[object] = [kind] if kind else []
        source = "member p"
        if asked:
            source = "member_index f CROSS JOIN member p ON p.id = f.rowid"
            tests.append("f.member_index MATCH ?")
            values.append(asked)
        for condition in wanted.conditions:
            tests.append(condition.sql)
            values += condition.values
        sql = f"SELECT p.id FROM {source} WHERE {' AND '.join(tests)} ORDER BY {ORDERS[by]} LIMIT ?"
        most = -1 if by == "conversations" else limit
        try:
            rows = self._store.read.execute(sql, (*values, most)).fetchall()
        except OperationalError:  # a token that FTS5 parses differently from us matches nobody
            return []
        numbers = [number for (number,) in rows]
        if by == "conversations":
            talks = self._talks_of(numbers) if len(numbers) <= FEW_COUNTED else self._talks()
            numbers.sort(key=lambda number: -talks.get(number, 0))
        return numbers[:limit]

    def problem(self, typed: str) -> str:
        """Why nobody is found by what was typed, in a sentence; "" where it is understood."""
        return understood(self._store.read, typed, KIND_NAMES).problem

    def _talks_of(self, numbers: Sequence[int]) -> dict[int, int]:
        """Number of conversations of each of these members."""
        return dict(tuple(row) for row in self._store.read.execute(COUNT_OF, (json.dumps(list(numbers)),)))

    def _talks(self) -> dict[int, int]:
        """Number of conversations per member, cached per thread, as it is needed for every keystroke.

        The cache is valid until `data_version` changes, that is until another connection commits; writers have their
        own.
        """
        conn = self._store.read
        version = scalar(conn, "PRAGMA data_version")
        if getattr(self._kept, "version", None) != version:
            sums: dict[int, int] = {}
            for number, count in conn.execute(COUNT_ALL):
                sums[number] = sums.get(number, 0) + count
            self._kept.version, self._kept.talks = version, sums
        talks: dict[int, int] = self._kept.talks
        return talks

    def languages(self) -> list[str]:
        """The codes of the languages that members write in, sorted."""
        rows = self._store.read.execute("SELECT DISTINCT language FROM member WHERE language <> '' ORDER BY language")
        return [str(code) for (code,) in rows]

    def names(self, numbers: Sequence[int]) -> dict[int, str]:
        """The names of these members, to be sorted by the window's locale."""
        rows = self._store.read.execute(
            "SELECT p.id, p.name FROM json_each(?) j CROSS JOIN member p ON p.id = j.value",
            (json.dumps(list(numbers)),),
        )
        return dict(tuple(row) for row in rows)

    def unmerged(self, numbers: Sequence[int]) -> set[int]:
        """Those of these ids whose members are there, and not merged into another."""
        rows = self._store.read.execute(
            "SELECT p.id FROM json_each(?) j CROSS JOIN member p ON p.id = j.value WHERE p.merged_into IS NULL",
            (json.dumps(list(numbers)),),
        )
        return {int(row[0]) for row in rows}

    def sort_names(self, numbers: Sequence[int]) -> dict[int, str]:
        """The names of these members in the order of words by which they are sorted: see `app.members.sorting`."""
        rows = self._store.read.execute(
            "SELECT p.id, p.name, p.language, p.sort_name FROM json_each(?) j CROSS JOIN member p ON p.id = j.value",
            (json.dumps(list(numbers)),),
        )
        return {number: sort_name(name, language, ours) for number, name, language, ours in rows}

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
                level,
            )
            for number, name, kinds, talks, last, language, kind, fits, city, note, level in rows
        ]

    def mailboxes(self, typed: str, limit: int = 6) -> list[Mailbox]:
        """The e-mail addresses of members whose name or address begins with the typed words; see `app.members.mail`."""
        return matching(self._store.read, self.find(typed, MOST_LOOKED_AT), typed, limit)

    def get(self, number: int) -> Member:
        """One member, following merges. Raises NotFoundError if there is none."""
        columns = ", ".join(EDITABLE)
        row = self._store.read.execute(
            f"SELECT id, {columns}, by_hand, first_at, last_at, merged_into FROM member WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            msg = tr("There's no member {id}.").format(id=ids.display("P", number))
            raise NotFoundError(msg)
        if row["merged_into"] is not None:
            return self.get(row["merged_into"])
        values = {name: row[name] for name in EDITABLE} | {name: bool(row[name]) for name in MARKS}
        return Member(
            id=row["id"],
            **values,
            by_hand=row["by_hand"],
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
        kept = self._checked({"name": name, **values}, {}, None)
        marked = by_hand("", {column: value for column, value in kept.items() if value})
        with self._store.write(tr("New member: {name}").format(name=kept["name"])) as conn:
            number = records.insert(conn, {"created_at": clock.now(), **kept, "by_hand": marked})
            reindex(conn, number)
            return number

    def edit(self, number: int, values: Mapping[str, Any]) -> None:
        """Change fields of a member; keys are those of EDITABLE. What is written is theirs by hand from then on.

        Raises UserError as `app.members.facts.checked` does; NotFoundError if there is no such member.
        """
        member = self.get(number)
        kept = self._checked(values, member._asdict(), member.id)
        if not kept:
            return
        with self._store.write(tr("Changed member: {name}").format(name=member.name)) as conn:
            records.change(conn, member.id, {**kept, "by_hand": by_hand(member.by_hand, kept)})
            reindex(conn, member.id)

    def _checked(self, values: Mapping[str, Any], before: Mapping[str, Any], number: int | None) -> dict[str, Any]:
        """The values as they are kept, with what follows from them; `before` has the columns as they were."""
        kept = checked(values, str(before.get("language", "")))
        kept = with_consent(kept, before, clock.local(clock.now()).date().isoformat())
        return kept | self._through(kept, number)

    def _through(self, values: Mapping[str, Any], number: int | None) -> dict[str, Any]:
        """Whom somebody was met through: a member by id or by a name that is theirs alone, else a name.

        Raises UserError for themselves, NotFoundError for a member that is not there.
        """
        through, name = values.get("met_through_id"), str(values.get("met_through", ""))
        if through is None and "met_through" not in values:
            return {"met_through_id": None} if "met_through_id" in values else {}
        if through is None and name:
            through = self._called(name)
        if through is None:
            return {"met_through_id": None}
        through = self.get(int(through)).id
        if through == number:
            raise UserError(tr("Nobody is met through themselves. Choose another member, or write a name."))
        return {"met_through_id": through, "met_through": ""}

    def _called(self, name: str) -> int | None:
        """The member of that id or of exactly that name; None where none or several have it."""
        with suppress(NotFoundError):
            return ids.number("P", name)
        rows = self._store.read.execute(
            "SELECT id FROM member WHERE name = ? AND merged_into IS NULL LIMIT 2", (name,)
        ).fetchall()
        return int(rows[0]["id"]) if len(rows) == 1 else None

    def through(self, member: Member) -> str:
        """Whom somebody was met through, by name; "" for nobody."""
        return self.get(member.met_through_id).name if member.met_through_id is not None else member.met_through

    @cached_property
    def pairs(self) -> Pairs:
        """Two who may be one person: found, compared, merged, parted, told apart."""
        from app.members.pairs import Pairs  # noqa: PLC0415  not needed for the first paint

        return Pairs(self._store, self, self._more)

    def merge(self, keep: int, other: int) -> None:
        """Merge `other` into `keep`: the same person, with what was known of both; see `Pairs.merge`.

        Undo separates them exactly, and `Pairs.part` at any time. Raises UserError if they are the same member
        already, NotFoundError if either does not exist.
        """
        self.pairs.merge(keep, other)


def reindex_after(conn: Connection, step: Step) -> None:
    """Undo hook: reindex the members whose row or identities were touched; a deleted one leaves the index."""
    touched = {step.row_id} if step.table == "member" else {step.before.get("member_id"), step.after.get("member_id")}
    for number in touched:
        if number is not None:
            reindex(conn, int(number))


def _or_its_names(word: str) -> str:
    """The expression for a folded word: what begins with it, or is called by a name that it is a form of."""
    return "(" + " OR ".join([f'"{word}"*', *(f'"{name}"' for name in names_of(word))]) + ")"
