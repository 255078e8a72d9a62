"""The `introduction` table: what was asked of both, what they said, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.introductions import standing
from app.introductions.standing import NO, YES, Introduction, Person, state
from app.store.merged import current_member
from app.store.sqlite import Connection, Row
from app.store.store import Store

_SELECT = """
SELECT n.id, n.one_id, p.name AS one_name, n.one_asked_at, n.one_said, n.one_outbox_id,
  (SELECT id FROM letter_draft WHERE id = n.one_draft_id) AS one_draft,
  n.other_id, q.name AS other_name, n.other_asked_at, n.other_said, n.other_outbox_id,
  (SELECT id FROM letter_draft WHERE id = n.other_draft_id) AS other_draft,
  n.why, n.created_at, n.introduced_at, n.outcome,
  iif(n.one_id = n.other_id, coalesce(n.closed_at, n.created_at), n.closed_at) AS closed_at,
  n.introduced_outbox_id, n.introducing_drafts
FROM introduction n JOIN member p ON p.id = n.one_id JOIN member q ON q.id = n.other_id
"""
_COLUMNS = ("one", "other")


class Introductions:
    """The introductions of members to each other."""

    def __init__(self, store: Store) -> None:
        """Every change is one undoable action."""
        self._store = store

    def listed(self, wanted: str = "open", limit: int = -1, now: int | None = None) -> list[Introduction]:
        """Those in a state, "open" for all that want something, "all" for all; the latest first."""
        moment = clock.now() if now is None else now
        states = standing.STATES if wanted == "all" else standing.UNDER_WAY if wanted == "open" else (wanted,)
        rows = self._store.read.execute(f"{_SELECT} ORDER BY n.created_at DESC, n.id DESC")
        found = [made for made in map(_introduction, rows) if state(made, moment) in states]
        return found if limit < 0 else found[:limit]

    def get(self, number: int) -> Introduction:
        """The introduction with this id. Raises NotFoundError if there is none."""
        row = self._store.read.execute(f"{_SELECT} WHERE n.id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("There's no introduction {number}. `introduce list` has them.")
            raise NotFoundError(msg.format(number=number))
        return _introduction(row)

    def of_member(self, member_id: int) -> list[Introduction]:
        """A member's introductions, the latest first."""
        rows = self._store.read.execute(
            f"{_SELECT} WHERE ?1 IN (n.one_id, n.other_id) ORDER BY n.created_at DESC, n.id DESC", (member_id,)
        )
        return [_introduction(row) for row in rows]

    def between(self, one_id: int, other_id: int) -> Introduction | None:
        """The latest introduction of these two to each other; None if there is none."""
        return next((made for made in self.of_member(one_id) if made.person(other_id) is not None), None)

    def awaited(self, member_id: int) -> Introduction | None:
        """The introduction about which a member was asked and has said nothing yet; None if there is none."""
        for made in self.of_member(member_id):
            person = made.person(member_id)
            if state(made, clock.now()) in (standing.TO_ASK, standing.ASKED) and person and not person.said:
                return made if person.asked_at is not None else None
        return None

    def add(self, one_id: int, other_id: int, why: str, at: int | None = None) -> int:
        """Begin to introduce two members for the reason `why`; returns the id. The letters are begun by the caller.

        `at` is when, in Unix seconds, by default now.

        Raises UserError if they are one person, one of them asked not to be contacted or is under age, or it is under
        way already.
        """
        one_id, other_id = refuse_pair(self._store.read, one_id, other_id)
        known = self.between(one_id, other_id)
        if known is not None and state(known, clock.now()) in standing.UNDER_WAY:
            msg = tr("{name} and {other} are being introduced already.")
            raise UserError(msg.format(name=known.one.name, other=known.other.name))
        names = [_name(self._store.read, number) for number in (one_id, other_id)]
        with self._store.write(tr("Introducing {name} and {other}").format(name=names[0], other=names[1])) as conn:
            made = conn.execute(
                "INSERT INTO introduction (one_id, other_id, why, created_at) VALUES (?, ?, ?, ?)",
                (one_id, other_id, why.strip(), clock.now() if at is None else at),
            )
            return int(made.lastrowid or 0)

    def note_word(self, number: int, member_id: int, *, yes: bool) -> Introduction:
        """Note what one of the two said to it; a no ends it. Raises UserError if it is over, or they are neither."""
        made = self._open(number)
        column, person = _column(made, member_id)
        title = (tr("{name} would like to meet {other}") if yes else tr("{name} would rather not meet {other}")).format(
            name=person.name, other=made.partner(member_id).name
        )
        with self._store.write(title) as conn:
            conn.execute(
                f"UPDATE introduction SET {column}_said = ?1, {column}_asked_at = coalesce({column}_asked_at, ?2)"
                " WHERE id = ?3",
                (YES if yes else NO, clock.now(), number),
            )
        return self.get(number)

    def asked(self, number: int, member_id: int, at: int | None = None) -> None:
        """Note that one of the two was asked in another way than by a letter from here. Raises as `note_word`."""
        made = self._open(number)
        column, person = _column(made, member_id)
        with self._store.write(tr("Asked {name} about meeting somebody").format(name=person.name)) as conn:
            conn.execute(
                f"UPDATE introduction SET {column}_asked_at = ? WHERE id = ?",
                (clock.now() if at is None else at, number),
            )

    def introduced(self, number: int, at: int | None = None) -> None:
        """Note that they were introduced in another way than by a letter from here, at `at` (Unix seconds).

        Raises UserError unless both said yes.
        """
        made = self._open(number)
        if state(made, clock.now()) != standing.TO_INTRODUCE:
            raise UserError(tr("Both have to say yes first."))
        title = tr("Introduced {name} and {other}").format(name=made.one.name, other=made.other.name)
        with self._store.write(title) as conn:
            conn.execute(
                "UPDATE introduction SET introduced_at = ? WHERE id = ?", (clock.now() if at is None else at, number)
            )

    def outcome(self, number: int, words: str) -> Introduction:
        """Note what came of it. Raises UserError for no words, or while they are not introduced."""
        made = self.get(number)
        if not words.strip():
            raise UserError(tr("Say what came of it, in a few words."))
        if made.introduced_at is None:
            msg = tr("{name} and {other} haven't been introduced yet.")
            raise UserError(msg.format(name=made.one.name, other=made.other.name))
        title = tr("What came of it: {name} and {other}").format(name=made.one.name, other=made.other.name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE introduction SET outcome = ? WHERE id = ?", (words.strip(), number))
        return self.get(number)

    def close(self, number: int) -> Introduction:
        """End it without an introduction, or without a word on what came of it. Raises UserError if it is over."""
        made = self._open(number)
        title = tr("No longer introducing {name} and {other}").format(name=made.one.name, other=made.other.name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE introduction SET closed_at = ? WHERE id = ?", (clock.now(), number))
        return self.get(number)

    def note_draft(self, number: int, column: str, draft_id: int) -> None:
        """Note the letter that is being written to ask `one` or the `other`; within the caller's action."""
        with self._store.write() as conn:
            conn.execute(f"UPDATE introduction SET {column}_draft_id = ? WHERE id = ?", (draft_id, number))

    def note_introducing(self, number: int, drafts: Sequence[int]) -> None:
        """Note the letters that are being written to introduce them; within the caller's action."""
        with self._store.write() as conn:
            conn.execute(
                "UPDATE introduction SET introducing_drafts = ? WHERE id = ?", (" ".join(map(str, drafts)), number)
            )

    def _open(self, number: int) -> Introduction:
        made = self.get(number)
        if made.closed_at is not None:
            msg = tr("The introduction of {name} and {other} is over.")
            raise UserError(msg.format(name=made.one.name, other=made.other.name))
        return made


def refuse_pair(conn: Connection, one_id: int, other_id: int) -> tuple[int, int]:
    """The two as they are after all merges. Raises UserError where these two cannot be introduced."""
    one_id, other_id = current_member(conn, one_id), current_member(conn, other_id)
    if one_id == other_id:
        raise UserError(tr("A member can't be introduced to themselves. Choose somebody else."))
    for number in (one_id, other_id):
        row = conn.execute("SELECT name, do_not_contact, minor FROM member WHERE id = ?", (number,)).fetchone()
        if row is not None and row["do_not_contact"]:
            msg = tr("{name} asked not to be contacted, so they can't be asked about an introduction.")
            raise UserError(msg.format(name=row["name"]))
        if row is not None and row["minor"]:
            msg = tr(
                "{name} is under age, so they aren't introduced from here. Ask a parent, then write to both yourself."
            )
            raise UserError(msg.format(name=row["name"]))
    return one_id, other_id


def submitted(conn: Connection, draft_id: int, outbox_id: int, at: int) -> None:
    """A letter is on its way that asks one of the two, or introduces them; in the caller's transaction."""
    for column in _COLUMNS:
        conn.execute(
            f"UPDATE introduction SET {column}_outbox_id = ?1, {column}_asked_at = ?2 WHERE {column}_draft_id = ?3",
            (outbox_id, at, draft_id),
        )
    for number, drafts in _introducing(conn, draft_id):
        left = " ".join(each for each in drafts.split() if each != str(draft_id))
        conn.execute(
            "UPDATE introduction SET introducing_drafts = ?1, introduced_outbox_id = ?2,"
            " introduced_at = iif(?1 = '', ?3, introduced_at) WHERE id = ?4",
            (left, outbox_id, at, number),
        )


def written_again(conn: Connection, outbox_id: int, draft_id: int) -> None:
    """A letter that was on its way is a draft again: nobody was asked, or introduced, by it."""
    for column in _COLUMNS:
        conn.execute(
            f"UPDATE introduction SET {column}_outbox_id = NULL, {column}_asked_at = NULL, {column}_draft_id = ?1"
            f" WHERE {column}_outbox_id = ?2 AND {column}_said = ''",
            (draft_id, outbox_id),
        )
    conn.execute(
        "UPDATE introduction SET introduced_outbox_id = NULL, introduced_at = NULL,"
        " introducing_drafts = trim(introducing_drafts || ' ' || ?1) WHERE introduced_outbox_id = ?2",
        (draft_id, outbox_id),
    )


def hand_over_first(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give the introductions whose first member is `gone` to `into`; with `rows`, only those of these ids.

    One of these two to each other is over for as long as they are one.
    """
    conn.execute(f"UPDATE introduction SET one_id = ?2 WHERE one_id = ?1 AND {_AMONG}", (gone, into, _ids(rows)))


def hand_over_second(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """The same of those whose second member is `gone`."""
    conn.execute(f"UPDATE introduction SET other_id = ?2 WHERE other_id = ?1 AND {_AMONG}", (gone, into, _ids(rows)))


_AMONG = "(?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))"


def _ids(rows: Collection[int] | None) -> str | None:
    return None if rows is None else json.dumps(sorted(rows))


def _introducing(conn: Connection, draft_id: int) -> list[tuple[int, str]]:
    rows = conn.execute(
        "SELECT id, introducing_drafts FROM introduction WHERE ' ' || introducing_drafts || ' ' LIKE ?",
        (f"% {draft_id} %",),
    )
    return [(row["id"], row["introducing_drafts"]) for row in rows]


def _column(made: Introduction, member_id: int) -> tuple[str, Person]:
    for column, person in zip(_COLUMNS, made.people, strict=True):
        if person.member_id == member_id:
            return column, person
    msg = tr("They are neither {name} nor {other}.")
    raise UserError(msg.format(name=made.one.name, other=made.other.name))


def _name(conn: Connection, member_id: int) -> str:
    row = conn.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
    if row is None:
        raise NotFoundError(tr("That member is no longer there."))
    return str(row["name"])


def _introduction(row: Row) -> Introduction:
    one, other = (
        Person(
            row[f"{column}_id"], row[f"{column}_name"], row[f"{column}_asked_at"], row[f"{column}_said"],
            row[f"{column}_draft"], row[f"{column}_outbox_id"],
        )
        for column in _COLUMNS
    )  # fmt: skip
    return Introduction(
        row["id"], one, other, row["why"], row["created_at"], row["introduced_at"], row["outcome"], row["closed_at"],
        row["introduced_outbox_id"], tuple(map(int, row["introducing_drafts"].split())),
    )  # fmt: skip
