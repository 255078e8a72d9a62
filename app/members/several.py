"""One change for several members at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.base.words import counted, tr

if TYPE_CHECKING:
    from app.members.desk import Members
    from app.store.store import Store

TOGETHER = ("kind", "language", "city", "rhythm_days", "pinned")
"""What makes sense to be set for several members at once; names, addresses and notes are each one's own."""


def edit_all(store: Store, members: Members, numbers: Sequence[int], values: Mapping[str, object]) -> list[int]:
    """Set the same for several members, as one action; returns the ids of those that change.

    `values` as in `Members.edit`, keys out of TOGETHER. Whoever has them already is left alone, and without anybody
    to change no action is made. Raises as `Members.edit`, and then changes nobody.
    """
    assert set(values) <= set(TOGETHER)  # noqa: S101  the callers offer nothing else
    before = {number: members.get(number)._asdict() for number in dict.fromkeys(numbers)}
    changing = [number for number, has in before.items() if any(has[key] != value for key, value in values.items())]
    if not changing:
        return []
    first = str(before[changing[0]]["name"])
    title = counted(len(changing), "Changed member: {who}", "Changed {count} members: {who} and others", who=first)
    with store.write(title):
        for number in changing:
            members.edit(number, values)
    return changing


def sentence_of(count: int, who: str, what: str, value: str) -> str:
    """What is said once something was set: "Kind of 3 members: Press."; `who` is ready to be shown."""
    if count == 1:
        return tr("{what} of {who}: {value}.").format(what=what, who=who, value=value)
    return counted(count, "{what}: {value}.", "{what} of {count} members: {value}.", what=what, value=value)
