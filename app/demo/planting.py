"""The demo as it is being planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.store.sqlite import Connection

Plant = dict[str, Any]


@dataclass(slots=True)
class Planting:
    """What has been planted so far, by the keys of the files."""

    conn: Connection
    now: datetime
    accounts: dict[str, int] = field(default_factory=dict)
    people: dict[str, Plant] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    posts: dict[str, Plant] = field(default_factory=dict)
    conversations: dict[str, int] = field(default_factory=dict)
    templates: dict[str, int] = field(default_factory=dict)
    teammates: dict[str, int] = field(default_factory=dict)
