"""Who answers for an account or a subject, and who stands in when they are away (the `responsible` table)."""

from __future__ import annotations

from typing import NamedTuple

from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import tr
from app.store.sqlite import Connection
from app.store.store import Store


class Responsible(NamedTuple):
    """Who answers for an account (`account_id`), or else a subject. `teammate_id` None: the manager."""

    id: int
    account_id: int | None
    account: str
    subject: str
    teammate_id: int | None
    teammate: str
    stand_in_id: int | None
    stand_in: str

    @property
    def what(self) -> str:
        """The account's name, or the subject."""
        return self.account or self.subject


_SELECT = """
SELECT r.id, r.account_id, coalesce(a.name, ''), r.subject, r.teammate_id, coalesce(t.name, ''), r.stand_in_id,
  coalesce(s.name, '')
FROM responsible r LEFT JOIN account a ON a.id = r.account_id LEFT JOIN teammate t ON t.id = r.teammate_id
LEFT JOIN teammate s ON s.id = r.stand_in_id
"""


class Responsibles:
    """Who's responsible for what."""

    def __init__(self, store: Store) -> None:
        """Every change is one undoable action."""
        self._store = store

    def all(self) -> list[Responsible]:
        """Accounts by name, then subjects by name."""
        found = [Responsible(*row) for row in self._store.read.execute(_SELECT)]
        return sorted(found, key=lambda one: (one.account_id is None, fold(one.what)))

    def of_account(self, account_id: int) -> Responsible | None:
        """Who answers for an account; None if nobody was named."""
        return next((one for one in self.all() if one.account_id == account_id), None)

    def of_subject(self, subject: str) -> Responsible | None:
        """Who's responsible for a subject, however it is spelled; None if nobody was named."""
        return next((one for one in self.all() if not one.account and fold(one.subject) == fold(subject)), None)

    def set_account(self, account_id: int, teammate_id: int | None, stand_in_id: int | None = None) -> None:
        """Say who answers for an account; `teammate_id` None is the manager. Raises UserError or NotFoundError."""
        row = self._store.read.execute("SELECT name FROM account WHERE id = ?", (account_id,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That account is no longer there."))
        _refuse_same(teammate_id, stand_in_id)
        with self._store.write(tr("Who's responsible for {what}").format(what=row["name"])) as conn:
            conn.execute("DELETE FROM responsible WHERE account_id = ?", (account_id,))
            _insert(conn, account_id, "", teammate_id, stand_in_id)

    def set_subject(self, subject: str, teammate_id: int | None, stand_in_id: int | None = None) -> None:
        """Say who answers for a subject; `teammate_id` None is the manager. Raises UserError for a blank one."""
        bare = " ".join(subject.split())
        if not bare:
            raise UserError(tr("Name the subject, such as invoices."))
        _refuse_same(teammate_id, stand_in_id)
        known = self.of_subject(bare)
        with self._store.write(tr("Who's responsible for {what}").format(what=bare)) as conn:
            if known is not None:
                conn.execute("DELETE FROM responsible WHERE id = ?", (known.id,))
            _insert(conn, None, bare, teammate_id, stand_in_id)

    def clear(self, number: int) -> None:
        """Let nobody in particular answer for it any more. Raises NotFoundError."""
        found = next((one for one in self.all() if one.id == number), None)
        if found is None:
            raise NotFoundError(tr("No one in particular is responsible for that."))
        with self._store.write(tr("No one in particular is responsible for {what}").format(what=found.what)) as conn:
            conn.execute("DELETE FROM responsible WHERE id = ?", (number,))


def _refuse_same(teammate_id: int | None, stand_in_id: int | None) -> None:
    if teammate_id is not None and teammate_id == stand_in_id:
        raise UserError(tr("The stand-in has to be somebody else."))


def _insert(
    conn: Connection, account_id: int | None, subject: str, teammate_id: int | None, stand_in_id: int | None
) -> None:
    conn.execute(
        "INSERT INTO responsible (account_id, subject, teammate_id, stand_in_id) VALUES (?, ?, ?, ?)",
        (account_id, subject, teammate_id, stand_in_id),
    )
