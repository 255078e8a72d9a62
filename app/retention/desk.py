"""The tables `keep_rule` and `keep_run`: rules of keeping, what is due by each, and their runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import NotFoundError
from app.base.words import tr
from app.channels.registry import channel
from app.retention import due
from app.retention.due import Trial
from app.retention.rule import FILES, Names, Rule, checked, in_words
from app.store.sqlite import Connection, Row
from app.store.store import Store

if TYPE_CHECKING:
    from app.forgetting import Chosen, Done, Forgetting
    from app.retention.runs import Run

_COLUMNS = "id, what, months, bigger, channel, account_id, members, label_id"


class Retention:
    """Rules of keeping. To add or to remove one is an action that can be undone; a run of one can't be."""

    def __init__(self, store: Store, forgetting: Callable[[], Forgetting]) -> None:
        """Nothing ever runs by itself; `forgetting` gives the desk that erases, for a trial's last lines and a run."""
        self._store, self._forgetting = store, forgetting

    def every(self) -> list[Rule]:
        """All rules, in the order in which they were added."""
        return [_rule(row) for row in self._store.read.execute(f"SELECT {_COLUMNS} FROM keep_rule ORDER BY id")]

    def get(self, number: int) -> Rule:
        """The rule with this id. Raises NotFoundError."""
        row = self._store.read.execute(f"SELECT {_COLUMNS} FROM keep_rule WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no keeping rule {number}.").format(number=number))
        return _rule(row)

    def check(self, rule: Rule) -> None:
        """Raise UserError if the rule can't be kept to, or clashes with another."""
        checked(rule, self.every())

    def add(self, rule: Rule) -> int:
        """Keep a rule; its id. Erases nothing. Raises UserError if it can't be kept to, or clashes with another."""
        self.check(rule)
        with self._store.write(tr("New keeping rule")) as conn:
            made = conn.execute(
                "INSERT INTO keep_rule (what, months, bigger, channel, account_id, members, label_id, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*rule[1:], clock.now()),
            )
        return int(made.lastrowid or 0)

    def remove(self, number: int) -> None:
        """Keep to this rule no more; what it erased stays erased. Raises NotFoundError."""
        self.get(number)
        with self._store.write(tr("Removed a keeping rule")) as conn:
            conn.execute("DELETE FROM keep_rule WHERE id = ?", (number,))

    def sentence(self, rule: Rule) -> str:
        """What a rule does, with the names of its place and label."""
        return in_words(rule, self._names(rule))

    def _names(self, rule: Rule) -> Names:
        read = self._store.read
        place = channel(rule.channel).title if rule.channel else ""
        if rule.account_id is not None:
            row = read.execute("SELECT name FROM account WHERE id = ?", (rule.account_id,)).fetchone()
            place = "" if row is None else str(row["name"])
        row = read.execute("SELECT name FROM label WHERE id = ?", (rule.label_id,)).fetchone()
        return Names(tr(place) if place else "", "" if row is None else str(row["name"]))

    def trial(self, rule: Rule) -> Trial:
        """What a rule would erase now, kept or not; changes nothing. Raises UserError if it can't be kept to."""
        checked(rule, ())
        return due.trial(self._store.read, rule, clock.now())

    def due(self) -> dict[int, int]:
        """How many conversations are due by each rule, by its id."""
        now = clock.now()
        return {rule.id: len(due.numbers(self._store.read, rule, now)) for rule in self.every()}

    def due_by_any(self) -> int:
        """How many conversations are due by any rule, each counted once."""
        now = clock.now()
        return len({number for rule in self.every() for number in due.numbers(self._store.read, rule, now)})

    def copies(self) -> tuple[list[str], list[str]]:
        """The copies of the file that a run rewrites, by their names, and those that it can't get at."""
        ready, stuck, away = self._forgetting().copies()
        return [file.name for file in ready], [*(file.name for file in stuck), *away]

    def run(self, seen: Trial, progress: Callable[[], object] = lambda: None) -> Run:
        """Erase what a trial has shown, as far as it is still due. Can't be undone.

        Raises NotFoundError if the rule was removed meanwhile, UserError if the disk fails.
        """
        from app.forgetting import Done  # noqa: PLC0415  loaded by a run alone
        from app.retention import runs  # noqa: PLC0415  as above
        from app.retention.runs import Run  # noqa: PLC0415  as above

        rule = self.get(seen.rule.id)
        run, left = Run(0, clock.now(), self.sentence(rule), seen.members, seen.octets, Done(0, 0, 0, 0, 0)), seen

        def still(conn: Connection) -> Chosen:
            nonlocal run, left
            left = due.trial(conn, rule, clock.now(), left)
            run = run._replace(members=left.members, octets=left.octets)
            return _chosen(left)

        def keep(conn: Connection, done: Done) -> None:
            nonlocal run
            run = runs.put(conn, run._replace(done=done, at=done.at))

        self._forgetting().by_rule(still, keep, progress)
        return run

    def runs(self) -> list[Run]:
        """The receipts of all runs, the latest first."""
        from app.retention import runs  # noqa: PLC0415  as above

        return runs.every(self._store.read)


def _chosen(seen: Trial) -> Chosen:
    from app.forgetting import Chosen  # noqa: PLC0415  as above

    return Chosen((), seen.files) if seen.rule.what == FILES else Chosen(seen.conversations, ())


def _rule(row: Row) -> Rule:
    return Rule(*row)
