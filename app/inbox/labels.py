"""Labels of conversations and members: which there are, with colours and counts; giving, renaming, merging them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import N_, tr
from app.store.sqlite import Connection
from app.store.store import Store

COLOURS = {
    "": N_("grey"), "red": N_("red"), "amber": N_("amber"), "green": N_("green"), "teal": N_("teal"),
    "blue": N_("blue"), "violet": N_("violet"), "pink": N_("pink"),
}  # fmt: skip
"""What a label's colour may be, with its name; the shades are those of the window's appearance."""
_ORDER = ("blue", "amber", "green", "violet", "pink", "teal", "red")
"""In which new labels are coloured; red, which alarms, comes last."""
MOST_CHARS = 60
_EACH = """
SELECT l.id, l.name, l.colour, (SELECT count(*) FROM conversation_label cl CROSS JOIN conversation c
  ON c.id = cl.conversation_id AND c.state <> 'empty' WHERE cl.label_id = l.id) AS conversations,
  (SELECT count(*) FROM member_label ml JOIN member p ON p.id = ml.member_id
  WHERE ml.label_id = l.id AND p.merged_into IS NULL) AS members
FROM label l
"""


class Label(NamedTuple):
    """A label; `colour` is a key of COLOURS, `conversations` and `members` how many have it."""

    id: int
    name: str
    colour: str
    conversations: int
    members: int = 0


Follow = Callable[[Connection, int, int | None], None]
"""What a change of a label does to what else has it, in the same transaction: it is merged into another label, None if
it is deleted, itself if it is renamed."""


def give(conn: Connection, conversations: Iterable[int], name: str) -> None:
    """Give a label to conversations that do not have it; made in the open transaction if there is none of that name."""
    label = made(conn, name)
    conn.executemany(
        "INSERT OR IGNORE INTO conversation_label (conversation_id, label_id) VALUES (?, ?)",
        [(number, label) for number in conversations],
    )


def made(conn: Connection, name: str) -> int:
    """The id of the label of this name, which is made in the open transaction if there is none."""
    found = conn.execute("SELECT id FROM label WHERE name = ?", (name,)).fetchone()
    if found is not None:
        return int(found["id"])
    colours = [colour for (colour,) in conn.execute("SELECT colour FROM label")]
    new = conn.execute("INSERT INTO label (name, colour) VALUES (?, ?)", (name, next_colour(colours)))
    return int(new.lastrowid or 0)


def next_colour(taken: Iterable[str]) -> str:
    """The colour of a new label: the one that the fewest labels have."""
    counts = Counter(taken)
    return min(_ORDER, key=lambda colour: counts[colour])


def take_back(conn: Connection, given: Iterable[int], made: Iterable[int]) -> None:
    """Take labels from conversations (ids of `conversation_label`), and delete those of `made` that none has then."""
    conn.executemany("DELETE FROM conversation_label WHERE id = ?", [(number,) for number in given])
    conn.executemany(
        "DELETE FROM label WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM conversation_label WHERE label_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM view WHERE label_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM member_label WHERE label_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM keep_rule WHERE label_id = ?1)",
        [(number,) for number in made],
    )


def known(conn: Connection) -> dict[str, str]:
    """All labels by their folded names."""
    return {fold(name): name for (name,) in conn.execute("SELECT name FROM label ORDER BY id DESC")}


def tidy(typed: str) -> str:
    """A label's name as it is kept: on one line, without blanks around it. Raises UserError if it is none."""
    name = " ".join(typed.split())
    if not name:
        raise UserError(tr("Give the label a name."))
    if len(name) > MOST_CHARS:
        raise UserError(tr("A label's name has at most {count} characters.").format(count=MOST_CHARS))
    return name


class Labels:
    """The labels themselves. Each change is one undoable action; who has which is `Inbox.label`'s and `Own.label`'s."""

    def __init__(self, store: Store, follow: Follow | None = None) -> None:
        """Thread-safe for reading. `follow` sees to what has labels and is no conversation: the members."""
        self._store = store
        self._follow = follow

    def every(self) -> list[Label]:
        """All labels by name, accents and case aside."""
        found = [Label(*row) for row in self._store.read.execute(_EACH)]
        return sorted(found, key=lambda label: (fold(label.name), label.name))

    def get(self, number: int) -> Label:
        """The label with this id. Raises NotFoundError."""
        row = self._store.read.execute(f"{_EACH} WHERE l.id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That label is no longer there."))
        return Label(*row)

    def named(self, name: str) -> Label | None:
        """The label of this name, else the only one that differs just in case or accents; None if there is none."""
        every = self.every()
        exact = [label for label in every if label.name == name]
        alike = exact or [label for label in every if fold(label.name) == fold(name)]
        return alike[0] if len(alike) == 1 else None

    def spread(self, conversations: Sequence[int]) -> dict[str, int]:
        """Of these conversations, how many have each label; labels that none has are left out."""
        marks = ", ".join("?" * len(conversations))
        rows = self._store.read.execute(
            "SELECT l.name, count(*) AS n FROM conversation_label cl JOIN label l ON l.id = cl.label_id"
            f" WHERE cl.conversation_id IN ({marks}) GROUP BY l.id",
            tuple(conversations),
        )
        return {row["name"]: row["n"] for row in rows}

    def views_of(self, number: int) -> list[str]:
        """The names of the saved views that list what has this label; they go with it."""
        rows = self._store.read.execute("SELECT name FROM view WHERE label_id = ? ORDER BY place, id", (number,))
        return [name for (name,) in rows]

    def add(self, typed: str, colour: str | None = None) -> int:
        """Make a label that no conversation has yet; its id. Raises UserError if there is one of that name."""
        name = tidy(typed)
        self._refuse_twin(name)
        taken = [label.colour for label in self.every()]
        chosen = next_colour(taken) if colour is None else _checked(colour)
        with self._store.write(tr("New label: {name}").format(name=name)) as conn:
            made = conn.execute("INSERT INTO label (name, colour) VALUES (?, ?)", (name, chosen))
            return int(made.lastrowid or 0)

    def rename(self, number: int, typed: str) -> None:
        """Call a label something else. Raises UserError if another has that name: those two can be merged."""
        label, name = self.get(number), tidy(typed)
        self._refuse_twin(name, but=number)
        title = tr("Renamed the label {before} to {after}").format(before=label.name, after=name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE label SET name = ? WHERE id = ?", (name, number))
            self._tell(conn, number, number)

    def colour(self, number: int, colour: str) -> None:
        """Give a label another colour. Raises UserError for one that there is not."""
        label, chosen = self.get(number), _checked(colour)
        with self._store.write(tr("Changed the colour of the label {name}").format(name=label.name)) as conn:
            conn.execute("UPDATE label SET colour = ? WHERE id = ?", (chosen, number))

    def edit(self, number: int, typed: str, colour: str) -> None:
        """Give a label another name and colour, as one action. Raises UserError as `rename` and `colour` do."""
        label, name, chosen = self.get(number), tidy(typed), _checked(colour)
        self._refuse_twin(name, but=number)
        if (name, chosen) == (label.name, label.colour):
            return
        with self._store.write(tr("Changed the label {name}").format(name=label.name)):
            if name != label.name:
                self.rename(number, name)
            if chosen != label.colour:
                self.colour(number, chosen)

    def merge(self, number: int, into: int) -> int:
        """Give another label to all that has this one, which goes; how many conversations had it.

        Views of it show the other. Raises UserError for a label and itself.
        """
        gone, kept = self.get(number), self.get(into)
        if number == into:
            raise UserError(tr("Choose another label to merge “{name}” into.").format(name=gone.name))
        title = tr("Merged the label {before} into {after}").format(before=gone.name, after=kept.name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE OR IGNORE conversation_label SET label_id = ? WHERE label_id = ?", (into, number))
            conn.execute("DELETE FROM conversation_label WHERE label_id = ?", (number,))
            follow_label(conn, number, into)
            self._tell(conn, number, into)
            conn.execute("DELETE FROM label WHERE id = ?", (number,))
        return gone.conversations

    def delete(self, number: int) -> Label:
        """Delete a label, take it from all conversations, and delete the views of it; returns what it was."""
        label = self.get(number)
        with self._store.write(tr("Deleted the label {name}").format(name=label.name)) as conn:
            conn.execute("DELETE FROM conversation_label WHERE label_id = ?", (number,))
            follow_label(conn, number, None)
            self._tell(conn, number, None)
            conn.execute("DELETE FROM label WHERE id = ?", (number,))  # last, so that an undo makes it first
        return label

    def _tell(self, conn: Connection, number: int, into: int | None) -> None:
        if self._follow is not None:
            self._follow(conn, number, into)

    def _refuse_twin(self, name: str, but: int = 0) -> None:
        twin = next((one for one in self.every() if one.id != but and fold(one.name) == fold(name)), None)
        if twin is not None:
            msg = tr("There's already a label “{name}”. To make two labels one, merge them.").format(name=twin.name)
            raise UserError(msg)


def follow_label(conn: Connection, number: int, into: int | None) -> None:
    """Let saved views of a label that goes list another one; without one they go too."""
    if into is None:
        conn.execute("DELETE FROM view WHERE label_id = ?", (number,))
    else:
        conn.execute("UPDATE view SET label_id = ? WHERE label_id = ?", (into, number))


def _checked(colour: str) -> str:
    """The key of COLOURS that was typed, by key or by its name in the language in use. Raises UserError."""
    typed = fold(colour.strip())
    for key, name in COLOURS.items():
        if typed in (key, fold(name), fold(tr(name))):
            return key
    names = ", ".join(tr(name) for name in COLOURS.values())
    raise UserError(tr("“{colour}” isn't a colour of labels. Choose from: {names}.").format(colour=colour, names=names))
