"""Gifts that leave us by what a file says of them: what is taken from the stock, and what is asked before, row by row.

The rows are looked at in the file's order, so that two of them can't both take the last piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.base.errors import UserError
from app.base.words import tr
from app.gifts import returned
from app.returns.rows import LEAVING, Preview, Question, Row
from app.store.sqlite import Connection

Answers = Mapping[tuple[int, str], str]
"""What was answered: (line, column) -> value; for LEAVING it is the sentence that was agreed to."""


def looked_at(conn: Connection, rows: Iterable[Row], answers: Answers, stops: returned.Stops) -> tuple[Row, ...]:
    """The rows, each with what its gift takes from the stock; one that asks something waits for the answer, whole."""
    taken: dict[tuple[int, str], int] = {}
    made = []
    for row in rows:
        states = _states(row)
        if row.number is None or row.rejected or not states:
            made.append(row)
            continue
        looked = returned.look(conn, row.number, states[0], taken, stops)
        if looked.asks and looked.asks not in answers.get((row.line, LEAVING), ""):
            question = Question(LEAVING, "", looked.asks, (looked.asks,))
            made.append(replace(row, questions=(question,)))
            continue
        taken = looked.taken
        made.append(replace(row, reason=" ".join(filter(None, (row.reason, looked.gives)))))
    return tuple(made)


def _states(row: Row) -> list[str]:
    """The states that a row may put its gift in."""
    said = [change.now for change in row.changes if change.column == "status"]
    return said + [value for one in row.conflicts if one.column == "status" for _line, value in one.theirs]


def refuse_unasked(conn: Connection, preview: Preview, row: Row, state: str, stops: returned.Stops) -> None:
    """Raise UserError if a row asks something by now that was not answered, just before it is written."""
    if row.number is None:
        return
    asks = returned.look(conn, row.number, state, {}, stops).asks
    if asks and asks not in preview.answers.get((row.line, LEAVING), ""):
        raise UserError(tr("{id}: {question} Read the file again to answer that.").format(id=row.id, question=asks))


def agreed(preview: Preview) -> dict[tuple[int, str], str]:
    """The answers of a preview, with a yes to all that its gifts ask before they leave us."""
    sentences = {
        (row.line, LEAVING): one.reason for row in preview.rows for one in row.questions if one.column == LEAVING
    }
    return {**preview.answers, **sentences}
