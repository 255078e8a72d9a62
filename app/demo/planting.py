"""The demo as it is being planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.demo.times import day, moment
from app.workbench import Workbench

Plant = dict[str, Any]


@dataclass(slots=True)
class Planting:
    """What has been planted so far, by the keys of the files; `now` is the local time from which all is told."""

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
    deeds: list[tuple[int, Plant]] = field(default_factory=list)

    def moment(self, text: str) -> int:
        """Unix seconds of a demo time (see `app.demo.times`)."""
        return moment(text, self.now)

    def day(self, text: str) -> str:
        """The local date of a demo time as YYYY-MM-DD; "" for ""."""
        return day(text, self.now) if text else ""


def message_key(talk: Plant, place: int) -> str:
    """The name under which the message at that place of a conversation is stored."""
    return f"{talk['key']}-{place}"


def first_speaker(talk: Plant) -> str | None:
    """The key of the first who speaks in it and is not us; None where only we do."""
    return next((said["from"] for said in talk["message"] if said["from"] != "us"), None)
