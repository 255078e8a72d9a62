"""What the person adds about members: labels, dated notes, and fields of their own. Writes those tables.

Labels are the inbox's: here is which members have which. All of it is found by the search of members and goes along
when two members become one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import counted, tr
from app.inbox import labels
from app.members.records import reindex
from app.store.merged import current_member
from app.store.sqlite import Connection, scalar

if TYPE_CHECKING:
    from app.store.store import Store
    from app.store.undo import Step

MOST_FIELDS = 12
"""Fields of one's own: more than these and nobody fills them in."""
_MAX_NAME_CHARS, _MAX_VALUE_CHARS, _MAX_NOTE_CHARS = 40, 1000, 20_000


class Note(NamedTuple):
    """A dated note on a member; `at` is in Unix seconds."""

    id: int
    at: int
    text: str


class Field(NamedTuple):
    """A field of one's own; `members` is how many have something in it."""

    id: int
    name: str
    members: int


class Own:
    """Labels, dated notes and own fields of members. Each change is one undoable action."""

    def __init__(self, store: Store) -> None:
        """Thread-safe for reading."""
        self._store = store

    # Labels

    def labels(self, member: int) -> tuple[str, ...]:
        """A member's labels, sorted by name, accents and case aside."""
        rows = self._store.read.execute(
            "SELECT l.name FROM member_label m JOIN label l ON l.id = m.label_id WHERE m.member_id = ?", (member,)
        )
        return tuple(sorted((name for (name,) in rows), key=fold))

    def spread(self, members: Sequence[int]) -> dict[str, int]:
        """Of these members, how many have each label; labels that none has are left out."""
        rows = self._store.read.execute(
            "SELECT l.name, count(*) FROM json_each(?) j CROSS JOIN member_label m ON m.member_id = j.value"
            " JOIN label l ON l.id = m.label_id GROUP BY l.id",
            (json.dumps(list(members)),),
        )
        return dict(tuple(row) for row in rows)

    def label(self, members: int | Iterable[int], add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Give labels to one or several members and take others from them, as one action; new names make labels.

        Raises UserError for a name that is none, NotFoundError if a member is not there.
        """
        numbers = [members] if isinstance(members, int) else list(dict.fromkeys(members))
        given = [labels.tidy(name) for name in add]
        names = [self._name(number) for number in numbers]
        numbers = list(dict.fromkeys(current_member(self._store.read, number) for number in numbers))
        if not numbers:
            return
        title = counted(
            len(numbers), "Changed labels: {who}", "Changed labels: {who} and {count} members in all", who=names[0]
        )
        with self._store.write(title) as conn:
            for name in given:
                label = labels.made(conn, name)
                conn.executemany(
                    "INSERT OR IGNORE INTO member_label (member_id, label_id) VALUES (?, ?)",
                    [(number, label) for number in numbers],
                )
            for name in remove:
                conn.executemany(
                    "DELETE FROM member_label WHERE member_id = ? AND label_id = (SELECT id FROM label WHERE name = ?)",
                    [(number, name) for number in numbers],
                )
            for number in numbers:
                reindex(conn, number)

    # Notes

    def notes(self, member: int) -> tuple[Note, ...]:
        """A member's dated notes, the latest first."""
        rows = self._store.read.execute(
            "SELECT id, at, text FROM member_note WHERE member_id = ? ORDER BY at DESC, id DESC", (member,)
        )
        return tuple(Note(*row) for row in rows)

    def note(self, number: int) -> tuple[int, Note]:
        """A dated note, and whom it is on. Raises NotFoundError."""
        row = self._store.read.execute("SELECT member_id, id, at, text FROM member_note WHERE id = ?", (number,))
        found = row.fetchone()
        if found is None:
            raise NotFoundError(tr("That note is no longer there."))
        return int(found["member_id"]), Note(found["id"], found["at"], found["text"])

    def add_note(self, member: int, text: str, at: int | None = None) -> int:
        """Note something about a member, dated now or `at` (Unix seconds); its id. Raises UserError for no words."""
        words, name = _words(text), self._name(member)
        with self._store.write(tr("Note on {name}").format(name=name)) as conn:
            member = current_member(conn, member)
            made = conn.execute(
                "INSERT INTO member_note (member_id, at, text) VALUES (?, ?, ?)",
                (member, clock.now() if at is None else at, words),
            )
            reindex(conn, member)
            return int(made.lastrowid or 0)

    def edit_note(self, number: int, text: str, at: int | None = None) -> None:
        """Change a note's words, and with `at` its date (Unix seconds). Raises UserError, NotFoundError."""
        member, before = self.note(number)
        words = _words(text)
        with self._store.write(tr("Changed a note on {name}").format(name=self._name(member))) as conn:
            conn.execute(
                "UPDATE member_note SET text = ?, at = ? WHERE id = ?", (words, before.at if at is None else at, number)
            )
            reindex(conn, member)

    def remove_note(self, number: int) -> None:
        """Delete a note. Raises NotFoundError."""
        member, _ = self.note(number)
        with self._store.write(tr("Deleted a note on {name}").format(name=self._name(member))) as conn:
            conn.execute("DELETE FROM member_note WHERE id = ?", (number,))
            reindex(conn, member)

    # Fields

    def fields(self) -> tuple[Field, ...]:
        """The fields, in the order in which they are shown."""
        rows = self._store.read.execute(
            "SELECT f.id, f.name, (SELECT count(*) FROM member_value v JOIN member p ON p.id = v.member_id"
            " WHERE v.field_id = f.id AND p.merged_into IS NULL) FROM member_field f ORDER BY f.position, f.id"
        )
        return tuple(Field(*row) for row in rows)

    def field(self, number: int) -> Field:
        """One field. Raises NotFoundError."""
        found = next((one for one in self.fields() if one.id == number), None)
        if found is None:
            raise NotFoundError(tr("That field is no longer there."))
        return found

    def add_field(self, typed: str) -> int:
        """Add a field, shown last; its id. Raises UserError for a name that is none or taken, or for one too many."""
        name = self._free(typed)
        if len(self.fields()) >= MOST_FIELDS:
            raise UserError(_too_many())
        with self._store.write(tr("New field: {name}").format(name=name)) as conn:
            place = int(scalar(conn, "SELECT coalesce(max(position), 0) + 1 FROM member_field"))
            made = conn.execute("INSERT INTO member_field (name, position) VALUES (?, ?)", (name, place))
            return int(made.lastrowid or 0)

    def rename_field(self, number: int, typed: str) -> None:
        """Call a field something else. Raises UserError, NotFoundError."""
        before, name = self.field(number), self._free(typed, but=number)
        title = tr("Renamed the field {before} to {after}").format(before=before.name, after=name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE member_field SET name = ? WHERE id = ?", (name, number))

    def move_field(self, number: int, place: int) -> None:
        """Show a field at another place among all, 0 for the first. Raises NotFoundError."""
        moved = self.field(number)
        order = [one.id for one in self.fields() if one.id != number]
        order.insert(max(0, place), number)
        with self._store.write(tr("Moved the field {name}").format(name=moved.name)) as conn:
            conn.executemany(
                "UPDATE member_field SET position = ?1 WHERE id = ?2 AND position <> ?1", enumerate(order, 1)
            )

    def remove_field(self, number: int) -> Field:
        """Delete a field with all that members have in it; returns what it was. Raises NotFoundError."""
        gone = self.field(number)
        with self._store.write(tr("Deleted the field {name}").format(name=gone.name)) as conn:
            members = conn.execute("SELECT member_id FROM member_value WHERE field_id = ?", (number,)).fetchall()
            conn.execute("DELETE FROM member_value WHERE field_id = ?", (number,))
            conn.execute("DELETE FROM member_field WHERE id = ?", (number,))  # last, so that an undo makes it first
            for (member,) in members:
                reindex(conn, member)
        return gone

    def arrange(self, wanted: Sequence[tuple[int | None, str]]) -> None:
        """Have these fields in this order, as one action: (id, name), without an id for a new one; others are deleted.

        Raises UserError for a name that is none or is there twice, or for too many, NotFoundError.
        """
        names = [_field_name(name) for _, name in wanted]
        twice = next((name for place, name in enumerate(names) if fold(name) in map(fold, names[:place])), None)
        if twice is not None:
            raise UserError(tr("There's already a field “{name}”.").format(name=twice))
        if len(names) > MOST_FIELDS:
            raise UserError(_too_many())
        kept = [number for number, _ in wanted if number is not None]
        before = {one.id: one for one in self.fields()}
        for number in kept:
            self.field(number)
        if [(one.id, one.name) for one in before.values()] == list(zip(kept, names, strict=False)) and len(kept) == len(
            names
        ):
            return
        with self._store.write(tr("Changed the fields of members")) as conn:
            for number in before.keys() - set(kept):
                self.remove_field(number)
            for number in kept:  # so that two can change their names
                conn.execute("UPDATE member_field SET name = ? WHERE id = ?", (f"\0{number}", number))
            for place, ((given, _), name) in enumerate(zip(wanted, names, strict=True), 1):
                if given is None:
                    conn.execute("INSERT INTO member_field (name, position) VALUES (?, ?)", (name, place))
                else:
                    conn.execute("UPDATE member_field SET name = ?, position = ? WHERE id = ?", (name, place, given))

    def values(self, member: int) -> dict[str, str]:
        """What a member has in each field that is filled, by its name, in the order of the fields."""
        rows = self._store.read.execute(
            "SELECT f.name, v.value FROM member_value v JOIN member_field f ON f.id = v.field_id WHERE v.member_id = ?"
            " ORDER BY f.position, f.id",
            (member,),
        )
        return dict(tuple(row) for row in rows)

    def set_values(self, member: int, values: Mapping[int, str]) -> None:
        """Write what a member has in fields, by their id; "" empties one. Raises UserError, NotFoundError."""
        name, kept = self._name(member), self.checked(values)
        if not kept:
            return
        with self._store.write(tr("Changed member: {name}").format(name=name)) as conn:
            fill(conn, member, kept)

    def checked(self, values: Mapping[int, str]) -> dict[int, str]:
        """What is to stand in fields, by their id, as it is kept: on one line. Raises UserError, NotFoundError."""
        kept: dict[int, str] = {}
        for number, typed in values.items():
            field, text = self.field(number), " ".join(typed.split())
            if len(text) > _MAX_VALUE_CHARS:
                msg = tr("“{field}” has at most {most} characters; this text has {count}.")
                raise UserError(msg.format(field=field.name, most=_MAX_VALUE_CHARS, count=len(text)))
            kept[number] = text
        return kept

    def _free(self, typed: str, but: int = 0) -> str:
        """A field's name as it is kept. Raises UserError if it is none, too long, or taken."""
        name = _field_name(typed)
        if any(fold(one.name) == fold(name) and one.id != but for one in self.fields()):
            raise UserError(tr("There's already a field “{name}”.").format(name=name))
        return name

    def _name(self, member: int) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That member is no longer there."))
        return str(row["name"])


def fill(conn: Connection, member: int, values: Mapping[int, str]) -> None:
    """Write what a member has in fields, by their id, in the caller's transaction; "" empties one."""
    member = current_member(conn, member)
    for field, text in values.items():
        _write(conn, member, field, text)
    reindex(conn, member)


def follow_label(conn: Connection, label: int, into: int | None) -> None:
    """What a change of a label does to members: `into` is the label that it is merged into, itself if only renamed.

    Without one, it is about to be deleted. Called by the labels' desk, in its transaction.
    """
    members = [number for (number,) in conn.execute("SELECT member_id FROM member_label WHERE label_id = ?", (label,))]
    if into is not None and into != label:
        conn.execute("UPDATE OR IGNORE member_label SET label_id = ? WHERE label_id = ?", (into, label))
    if into != label:
        conn.execute("DELETE FROM member_label WHERE label_id = ?", (label,))
    for number in members:
        reindex(conn, number)


def give(conn: Connection, member: int, names: Iterable[str]) -> list[str]:
    """Give labels to a member in the open transaction; those that they lacked. The caller reindexes them."""
    new = []
    for name in names:
        made = conn.execute(
            "INSERT OR IGNORE INTO member_label (member_id, label_id) VALUES (?, ?)", (member, labels.made(conn, name))
        )
        if made.rowcount:
            new.append(name)
    return new


def take_back(conn: Connection, given: Iterable[int]) -> list[int]:
    """Take labels (ids of `member_label`) from members in the open transaction; the members who had them."""
    had = []
    for number in given:
        row = conn.execute("DELETE FROM member_label WHERE id = ? RETURNING member_id", (number,)).fetchone()
        if row is not None:
            had.append(int(row["member_id"]))
    return had


def before_undo(conn: Connection, step: Step) -> None:
    """Undo hook: remember whose words a step touches, while its row is still there to say so."""
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS stale_member (id INTEGER PRIMARY KEY)")
    column = "label_id" if step.table == "label" else "id"
    table = "member_label" if step.table == "label" else step.table
    conn.execute(
        f"INSERT OR IGNORE INTO temp.stale_member SELECT member_id FROM {table} WHERE {column} = ?", (step.row_id,)
    )


def after_undo(conn: Connection, step: Step) -> None:
    """Undo hook: what is added about a member is searched for as it is after the undo or redo."""
    before_undo(conn, step)
    told = (step.before.get("member_id"), step.after.get("member_id"))  # a redo knows the rows that it deletes
    conn.executemany(
        "INSERT OR IGNORE INTO temp.stale_member VALUES (?)", [(number,) for number in told if number is not None]
    )
    for (number,) in conn.execute("SELECT id FROM temp.stale_member").fetchall():
        reindex(conn, number)
    conn.execute("DELETE FROM temp.stale_member")


def _field_name(typed: str) -> str:
    """A field's name as it is kept, on one line. Raises UserError if it is none, or too long."""
    name = " ".join(typed.split())
    if not name:
        raise UserError(tr("Give the field a name."))
    if len(name) > _MAX_NAME_CHARS:
        raise UserError(tr("A field's name has at most {count} characters.").format(count=_MAX_NAME_CHARS))
    return name


def _too_many() -> str:
    return tr("There are {count} fields at most. Remove one first.").format(count=MOST_FIELDS)


def _words(typed: str) -> str:
    words = typed.strip()
    if not words:
        raise UserError(tr("Write something in the note."))
    if len(words) > _MAX_NOTE_CHARS:
        msg = tr("A note has at most {most} characters; this one has {count}.")
        raise UserError(msg.format(most=_MAX_NOTE_CHARS, count=len(words)))
    return words


def _write(conn: Connection, member: int, field: int, text: str) -> None:
    if not text:
        conn.execute("DELETE FROM member_value WHERE member_id = ? AND field_id = ?", (member, field))
        return
    kept = conn.execute(
        "SELECT value FROM member_value WHERE member_id = ? AND field_id = ?", (member, field)
    ).fetchone()
    if kept is None:  # an upsert would make the triggers that watch the table refuse a row that they know
        conn.execute("INSERT INTO member_value (member_id, field_id, value) VALUES (?, ?, ?)", (member, field, text))
    elif kept["value"] != text:
        conn.execute("UPDATE member_value SET value = ? WHERE member_id = ? AND field_id = ?", (text, member, field))
