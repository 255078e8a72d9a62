"""The steps of the first week: what they are called, which are done, left out, or have nothing to offer."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import NamedTuple

from app import settings
from app.base.words import N_
from app.store.sqlite import Connection

LINE, BLOCKS, TARGETS, TEAMMATES, TEMPLATES, TRAITS = "line", "blocks", "targets", "teammates", "templates", "traits"
STEPS = (LINE, BLOCKS, TARGETS, TEAMMATES, TEMPLATES, TRAITS)
"""In the order in which they are shown."""
TITLES = {
    LINE: N_("Start line"), BLOCKS: N_("Working blocks"), TARGETS: N_("Reply targets"), TEAMMATES: N_("Teammates"),
    TEMPLATES: N_("Templates"), TRAITS: N_("How you write"),
}  # fmt: skip
OPEN, DONE, LEFT, NOTHING = "open", "done", "left", "nothing"
"""A step's state: to be done, done, left out by the person, or with nothing to offer yet."""
KEY = "first_week"
"""The key in the table `setting`; see `Kept`."""


class Step(NamedTuple):
    """A step and its state. `many` is how much it offers: conversations to close, or proposals."""

    id: str
    state: str
    many: int = 0

    @property
    def title(self) -> str:
        """Its name, not translated yet."""
        return TITLES[self.id]


class Kept(NamedTuple):
    """What is remembered: the last action of each step that was done here, and the steps left out.

    `shown` is whether the person wants the list on Today, None until they say so; `over`, that every step was done or
    left out when it was last looked at.
    """

    actions: Mapping[str, int]
    left: frozenset[str]
    shown: bool | None = None
    over: bool = False


def kept(conn: Connection) -> Kept:
    """What is remembered of the first week."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (KEY,)).fetchone()
    try:
        told = json.loads(row["value"]) if row is not None else {}
        return Kept(
            {step: int(action) for step, action in dict(told.get("actions", {})).items() if step in STEPS},
            frozenset(told.get("left", ())) & frozenset(STEPS),
            told.get("shown"),
            told.get("over") is True,
        )
    except (ValueError, TypeError, AttributeError):  # somebody has edited it by hand
        return Kept({}, frozenset())


def keep(conn: Connection, what: Kept) -> None:
    """Remember it, in the open transaction."""
    told = {"actions": dict(what.actions), "left": sorted(what.left), "shown": what.shown, "over": what.over}
    settings.store_value(conn, KEY, json.dumps(told))


def standing(conn: Connection, actions: Collection[int]) -> set[int]:
    """Those of the actions that are not undone; 0 stands for one that changed nothing."""
    rows = conn.execute(
        "SELECT id FROM action WHERE undone_at IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(actions)),),
    )
    return set(actions) - {row["id"] for row in rows}
