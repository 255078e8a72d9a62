"""What counts as a change of a message that is known already."""

from __future__ import annotations

import pytest

from app.intake.source import Source
from app.intake.taking import Stored, has_changed
from tests.app.saying import NOW, said

ITEM = said("1", NOW, "Where are my lemons?")
STORED = Stored("1", 7, 1, "Where are my lemons?", 0, "")


@pytest.mark.parametrize(
    ("item", "stored", "changed"),
    [
        (ITEM, STORED, False),
        (ITEM._replace(text="Where are my oranges?"), STORED, True),
        (ITEM._replace(upstream="hidden"), STORED, True),
        (ITEM, STORED._replace(upstream="held"), True),
        (ITEM._replace(gone=True), STORED, True),
        (ITEM, STORED._replace(gone=1), True),
        (ITEM._replace(gone=True, text="", upstream="spam"), STORED._replace(gone=1), False),
        (ITEM._replace(text=f"{ITEM.text}\n[a.png]"), STORED._replace(files=1), False),
        (ITEM._replace(text=f"{ITEM.text}\n\n[Picture: a]\n[Picture: b]"), STORED._replace(files=2), False),
        (ITEM._replace(text=f"{ITEM.text}\n[a.png]"), STORED, True),
        (ITEM._replace(text="Where are they?\n[a.png]"), STORED._replace(files=1), True),
        (ITEM._replace(kind="unreadable", text="It cannot be read."), STORED, False),
        (ITEM._replace(kind="unreadable", upstream="spam"), STORED, True),
    ],
)
def test_what_has_changed(item: object, stored: Stored, changed: bool) -> None:  # noqa: FBT001
    assert has_changed(item, stored) is changed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "batch", "tells"), [("blog", None, True), ("blog", 3, False), ("email", None, False), ("email", 3, False)]
)
def test_only_a_channel_that_edits_tells_changes(kind: str, batch: int | None, tells: bool) -> None:  # noqa: FBT001
    assert Source(1, kind, frozenset(), batch, NOW, 0).tells_changes is tells
