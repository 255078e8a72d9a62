"""Two who may be one person: found, compared side by side, merged, parted again, or told apart for good."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.channels.registry import channel
from app.members import merging, parting, records
from app.members.belongings import Belonging, More, below, none
from app.members.comparing import Compared, Known, better_name, differing
from app.members.facts import checked
from app.members.merging import Chosen
from app.members.parting import Parting
from app.members.suggesting import Name, Person, Suggestion, suggestions
from app.settings import home_number
from app.store.sqlite import Connection, Row, scalar
from app.store.store import Store

_PEOPLE = "SELECT id, name, language, email, phone, website FROM member WHERE merged_into IS NULL ORDER BY id"
_NAMES = "SELECT id, kind, handle, key, url, member_id FROM identity"
# The index holds both columns, so no message is read; its order keeps each identity's conversations together.
_TALKS = """
SELECT DISTINCT m.conversation_id, m.identity_id FROM identity i
CROSS JOIN message m INDEXED BY message_identity ON m.identity_id = i.id
WHERE i.kind IN (SELECT value FROM json_each(?))
"""
_COUNTS = """
SELECT (SELECT count(*) FROM identity WHERE member_id = ?1),
  (SELECT count(*) FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = ?1)
"""


class _Member(Protocol):
    """What is needed of a member."""

    @property
    def id(self) -> int:
        """Their id, after all merges."""
        ...

    @property
    def name(self) -> str:
        """Their name."""
        ...


class _Members(Protocol):
    """What is needed of the members' desk."""

    def get(self, number: int) -> _Member:
        """One member, following merges. Raises NotFoundError if there is none."""
        ...

    def names(self, numbers: Sequence[int]) -> dict[int, str]:
        """The names of these members."""
        ...


class Pairs:
    """Decides about two members: one person, or two."""

    def __init__(self, store: Store, members: _Members, more: More = none) -> None:
        """`more` tells what nouns above the members keep of one."""
        self._store, self._members, self._more = store, members, more

    def _owned(self) -> tuple[Belonging, ...]:
        return (*below(), *self._more())

    # Suggestions

    def suggest(self) -> list[Suggestion]:
        """Pairs of members who may be one person, the likeliest first, without those told apart. Reads all members.

        Takes seconds in a large community: call it off the window's thread.
        """
        conn = self._store.read
        people = list(_people(conn))
        return suggestions(people, _talks(conn, people), self._apart(conn))

    def _apart(self, conn: Connection) -> set[tuple[int, int]]:
        """Who is not the same person, by the members that they belong to by now."""
        merged = dict(tuple(row) for row in conn.execute("SELECT id, merged_into FROM member WHERE merged_into > 0"))
        apart = set[tuple[int, int]]()
        for one, other in conn.execute("SELECT one_id, other_id FROM member_apart"):
            first, second = _top(one, merged), _top(other, merged)
            apart.add((min(first, second), max(first, second)))
        return apart

    def set_apart(self, one: int, other: int, why: str = "") -> bool:
        """Remember that two members are not one person, so that nobody asks again; False if that was known.

        Raises UserError if they are one member by now, NotFoundError if either does not exist.
        """
        (mine, name), (theirs, others) = self._who(one), self._who(other)
        if mine == theirs:
            msg = tr("{name} is one member. Part them first if they are two people.").format(name=name)
            raise UserError(msg)
        if (min(mine, theirs), max(mine, theirs)) in self._apart(self._store.read):
            return False
        title = tr("Not the same person: {name} and {other}").format(name=name, other=others)
        with self._store.write(title) as conn:
            records.set_apart(conn, mine, theirs, why, clock.now())
        return True

    # Merging

    def compare(self, keep: int, other: int) -> Compared:
        """Two members side by side, before they are merged. Raises as `merge` does."""
        kept, gone = self._two(keep, other)
        conn = self._store.read
        mine, theirs = merging.facts(conn, kept), merging.facts(conn, gone)
        name = better_name(_known(conn, kept, mine), _known(conn, gone, theirs))
        return Compared(kept, gone, tuple(differing(mine, theirs)), name)

    def merge(self, keep: int, other: int, theirs: Collection[str] = (), name: str = "") -> int:
        """Merge `other` into `keep`: the same person, with what was known of both; returns the id of the merge.

        `theirs` has the columns of which the value of `other` is kept, and that of `keep` goes into the note. `name` is
        what they are called from now on, "" for the name of `keep`; the other names go into the note. Raises UserError
        if they are the same member already, or for a name that nobody can have, NotFoundError if either does not exist.
        """
        kept, gone = self._two(keep, other)
        names = self._members.names([kept, gone])
        called = name.strip()
        if called and called not in names.values():
            called = str(checked({"name": called})["name"])
        title = tr("Merged {gone} into {kept}").format(gone=names[gone], kept=names[kept])
        owned = self._owned()
        with self._store.write(title) as conn:
            if _merged(conn, kept) or _merged(conn, gone):  # another program has merged one of them meanwhile
                raise UserError(tr("{name} was merged in the meantime. Look again at who is who.").format(
                    name=names[gone] if _merged(conn, gone) else names[kept]
                ))  # fmt: skip
            return merging.merge(
                conn, kept, gone, owned=owned, chosen=Chosen(frozenset(theirs), called), now=clock.now()
            )

    def _two(self, keep: int, other: int) -> tuple[int, int]:
        (into, name), (gone, _) = self._who(keep), self._who(other)
        if into == gone:
            msg = tr("{name} can't be merged: both are already the same member.").format(name=name)
            raise UserError(msg)
        return into, gone

    def _who(self, number: int) -> tuple[int, str]:
        """The id and name of a member after all merges; no message is read. Raises NotFoundError if there is none."""
        now = number
        while True:
            row = self._store.read.execute("SELECT name, merged_into FROM member WHERE id = ?", (now,)).fetchone()
            if row is None:
                member = self._members.get(number)  # which says that there is none
                return member.id, member.name
            if row["merged_into"] is None:
                return now, str(row["name"])
            now = row["merged_into"]

    # Parting

    def may_part(self, number: int) -> bool:
        """Whether a member holds a merge that can be taken apart."""
        return parting.last_open(self._store.read, self._who(number)[0]) is not None

    def plan(self, number: int) -> Parting:
        """What goes to whom if the last merge of a member is taken apart; nothing is changed.

        `number` may be that of the one who was merged last. Raises UserError if there is nothing to part, or if
        another was merged later; NotFoundError if there is no such member.
        """
        return parting.plan(self._store.read, self._last(number), self._owned())

    def _last(self, number: int) -> Row:
        """The merge that parting this member takes apart. Raises as `plan` does."""
        conn = self._store.read
        kept, name = self._who(number)
        merge = parting.last_open(conn, kept)
        if merge is None:
            raise UserError(_nothing_to_part(conn, kept, name))
        if number not in (kept, merge["gone_id"]) and _is_earlier(conn, kept, number):
            names = self._members.names([number, merge["gone_id"]])
            msg = tr("{name} can't be parted yet: {later} was merged into {kept} later. Part {later} first.").format(
                name=names[number], later=names[merge["gone_id"]], kept=name
            )
            raise UserError(msg)
        return merge

    def part(self, number: int) -> Parting:
        """Take the last merge of a member apart, as `plan` says; returns what went to whom. Raises as `plan` does."""
        merge = self._last(number)
        names = self._members.names([merge["kept_id"], merge["gone_id"]])
        title = tr("Parted {gone} from {kept}").format(gone=names[merge["gone_id"]], kept=names[merge["kept_id"]])
        owned = self._owned()
        with self._store.write(title) as conn:
            if not parting.is_open(conn, merge["id"]):  # another program has parted them meanwhile
                raise UserError(tr("{name} was parted in the meantime.").format(name=names[merge["gone_id"]]))
            planned = parting.plan(conn, merge, owned)
            parting.part(conn, planned, owned, clock.now())
        return planned

    def counted(self, planned: Parting) -> dict[str, int]:
        """How many rows go to who was merged, by the key of their table, and how many messages with the names."""
        counts = {key: len(numbers) for key, numbers in planned.rows.items()}
        names = json.dumps(planned.rows.get("identity", []))
        sql = "SELECT count(*) FROM message WHERE identity_id IN (SELECT value FROM json_each(?))"
        messages = int(scalar(self._store.read, sql, (names,)))
        return counts | ({"message": messages} if messages else {})


def _people(conn: Connection) -> Iterator[Person]:
    names = defaultdict[int, list[Name]](list)
    known_by: dict[str, tuple[bool, bool]] = {}
    home = home_number(conn)
    for number, kind, handle, key, url, member in conn.execute(_NAMES):
        if kind not in known_by:
            of = channel(kind)
            known_by[kind] = (of.by_address, of.by_phone)
        names[member].append(Name(number, kind, handle, key, url, *known_by[kind]))
    for number, name, language, email, phone, website in conn.execute(_PEOPLE).fetchall():
        yield Person(number, name, language, email, phone, website, tuple(names.get(number, ())), home)


def _talks(conn: Connection, people: list[Person]) -> Mapping[int, Collection[int]]:
    """The identities that wrote by mail in each conversation where several did."""
    kinds = sorted({name.kind for person in people for name in person.names if name.by_address})
    writers = defaultdict[int, set[int]](set)
    for conversation, identity in conn.execute(_TALKS, (json.dumps(kinds),)):
        writers[conversation].add(identity)
    return {conversation: numbers for conversation, numbers in writers.items() if len(numbers) > 1}


def _top(number: int, merged: Mapping[int, int]) -> int:
    while number in merged:
        number = merged[number]
    return number


def _known(conn: Connection, number: int, facts: Mapping[str, object]) -> Known:
    names, messages = conn.execute(_COUNTS, (number,)).fetchone()
    filled = sum(1 for value in facts.values() if value not in ("", 0, None))
    return Known(str(facts["name"]), filled + names, messages)


def _merged(conn: Connection, number: int) -> bool:
    """Whether a member is part of another by now."""
    row = conn.execute("SELECT 1 FROM member WHERE id = ? AND merged_into IS NOT NULL", (number,)).fetchone()
    return row is not None


def _is_earlier(conn: Connection, kept: int, gone: int) -> bool:
    row = conn.execute(
        "SELECT 1 FROM member_merge WHERE kept_id = ? AND gone_id = ? AND parted_at IS NULL", (kept, gone)
    ).fetchone()
    return row is not None


def _nothing_to_part(conn: Connection, number: int, name: str) -> str:
    before = conn.execute("SELECT name FROM member WHERE merged_into = ? ORDER BY id DESC", (number,)).fetchone()
    if before is None:
        return tr("{name} can't be parted: nobody has been merged into them.").format(name=name)
    return tr(
        "{gone} was merged into {name} by an older Rapport, which didn't keep what belongs to whom. "
        "Undo that merge in What was done instead."
    ).format(gone=before["name"], name=name)
