"""The state of the demo while it is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.demo.times import day, moment
from app.workbench import Workbench

Plant = dict[str, Any]


@dataclass(slots=True)
class Planting:
    """The ids of what was created so far, by the keys in the files; demo times are relative to the local `now`."""

    bench: Workbench
    now: datetime
    talks: list[Plant]
    people: dict[str, Plant]
    accounts: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    conversations: dict[str, int] = field(default_factory=dict)
    messages: dict[str, int] = field(default_factory=dict)
    teammates: dict[str, int] = field(default_factory=dict)
    handoffs: list[tuple[int, Plant]] = field(default_factory=list)
    promises: list[tuple[int, Plant]] = field(default_factory=list)
    choices: list[tuple[int, str, list[str]]] = field(default_factory=list)
    """Gifts that were chosen: the gift's id, what was chosen, and among which items."""
    works: list[tuple[int, Plant]] = field(default_factory=list)
    deeds: list[tuple[int, Plant]] = field(default_factory=list)

    def moment(self, text: str) -> int:
        """Return the Unix seconds of a demo time (see `app.demo.times`)."""
        return moment(text, self.now)

    def day(self, text: str) -> str:
        """Return the local date of a demo time as YYYY-MM-DD; "" for ""."""
        return day(text, self.now) if text else ""


def message_key(talk: Plant, index: int) -> str:
    """Return the remote id of the message at that index of a conversation."""
    return f"{talk['key']}-{index}"


def first_speaker(talk: Plant) -> str | None:
    """Return the key of the first author other than us; None if there is none."""
    return next((entry["from"] for entry in talk["message"] if entry["from"] != "us"), None)
