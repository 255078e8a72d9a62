"""What the key for the usual reaction does with a message."""

from __future__ import annotations

import pytest

from app.inbox.reactions import GivenReaction, Pressed, pressed

OFFERED = ("like", "👍")


def _ours(what: str, state: str, purpose: str = "react") -> GivenReaction:
    return GivenReaction(ord(what[0]), purpose, state, what, "")


def test_where_there_is_none_it_is_given() -> None:
    assert pressed(OFFERED, ()) == (Pressed.GIVE, None)
    assert pressed((), ()) == (Pressed.GIVE, None)


@pytest.mark.parametrize(
    ("state", "does"),
    [
        ("sent", Pressed.TAKE_BACK), ("held", Pressed.CANCEL), ("queued", Pressed.CANCEL), ("sending", Pressed.LOOK),
        ("failed", Pressed.LOOK), ("undecided", Pressed.LOOK),
    ],
)  # fmt: skip
def test_what_is_there_goes_and_what_is_under_way_stops_or_is_shown(state: str, does: Pressed) -> None:
    ours = _ours("like", state)
    assert pressed(OFFERED, (ours,)) == (does, ours)


def test_the_usual_one_goes_before_the_last() -> None:
    usual, last = _ours("like", "sent"), _ours("👍", "held")
    assert pressed(OFFERED, (usual, last)) == (Pressed.TAKE_BACK, usual)
    assert pressed(OFFERED, (last,)) == (Pressed.CANCEL, last)
    assert pressed(("👍", "like"), (usual, last)) == (Pressed.CANCEL, last)
