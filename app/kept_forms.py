"""What was typed in forms and not saved: kept in the file until the form is saved, so that it outlives the program."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.base import clock
from app.base.errors import NotFoundError
from app.base.words import tr
from app.store.store import Store


class KeptForm(NamedTuple):
    """Unsaved words of one form: `title` is the form's, `typed` are its fields of words with their names.

    `at` is when something was last typed (Unix seconds).
    """

    id: int
    title: str
    typed: tuple[tuple[str, str], ...]
    at: int


class KeptForms:
    """The `kept_form` table. Nothing here can be undone: what was typed is no row of anything yet.

    `form` is the kind of a form and `subject` what it is about, both by codes of the window; `fields` is JSON: the
    form's "title", and "fields", each as [kind, name, place, value].
    """

    def __init__(self, store: Store) -> None:
        """Thread-safe, as the store is."""
        self._store = store

    def keep(self, form: str, subject: str, fields: str) -> None:
        """Keep what is typed in a form about a subject, in place of what was kept. Never give it a secret."""
        with self._store.write() as conn:
            conn.execute(
                "INSERT INTO kept_form (form, subject, fields, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (form, subject) DO UPDATE SET fields = excluded.fields, at = excluded.at",
                (form, subject, fields, clock.now()),
            )

    def forget(self, form: str, subject: str) -> None:
        """Forget what was kept of a form about a subject; writes nothing where there is none."""
        if self.kept(form, subject):
            with self._store.write() as conn:
                conn.execute("DELETE FROM kept_form WHERE form = ? AND subject = ?", (form, subject))

    def kept(self, form: str, subject: str) -> str:
        """The fields that were kept of a form about a subject; "" if there are none."""
        row = self._store.read.execute(
            "SELECT fields FROM kept_form WHERE form = ? AND subject = ?", (form, subject)
        ).fetchone()
        return "" if row is None else str(row["fields"])

    def every(self) -> list[KeptForm]:
        """All kept forms, the one typed in last first."""
        rows = self._store.read.execute("SELECT id, fields, at FROM kept_form ORDER BY at DESC, id DESC")
        return [KeptForm(number, *_in_words(fields), at) for number, fields, at in rows]

    def remove(self, typed: str) -> KeptForm:
        """Forget a kept form by its id, as it is typed; returns what it was. Raises NotFoundError if there is none."""
        found = next((kept for kept in self.every() if str(kept.id) == typed.strip()), None)
        if found is None:
            raise NotFoundError(tr("There's no unsaved form {id}. List them with: rapport forms list").format(id=typed))
        with self._store.write() as conn:
            conn.execute("DELETE FROM kept_form WHERE id = ?", (found.id,))
        return found


def _in_words(fields: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The title of a form, and the names and words of its fields; a later version may have written others."""
    try:
        kept = json.loads(fields)
        typed = tuple((str(name), value) for _kind, name, _place, value in kept["fields"] if _is_words(value))
        return str(kept["title"]), typed
    except (ValueError, TypeError, KeyError):
        return "", ()


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
