"""How long a message may be where two limits hold at once: Bluesky counts 300 graphemes and 3,000 bytes."""

from __future__ import annotations

import pytest

from app.base.errors import UserError
from app.channels.registry import channel
from app.outbox.fitting import Room

FAMILY = "👩🏽‍👩🏽‍👧🏽‍👦🏽"  # one grapheme of 41 bytes
CAN = channel("bluesky").can


def room(*, threads: bool = True) -> Room:
    return Room("Bluesky", CAN.limit, CAN.counts, threads, CAN.most_bytes)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("ö" * 300, (300, 300, "graphemes")), ("a" * 301, (301, 300, "graphemes")),
        (FAMILY * 73, (2_993, 3_000, "bytes")), (FAMILY * 200, (8_200, 3_000, "bytes")), ("", (0, 300, "graphemes")),
    ],
)  # fmt: skip
def test_a_text_is_measured_by_the_limit_that_it_is_nearest_to(text: str, used: tuple[int, int, str]) -> None:
    assert room().used(text) == used


def test_too_many_bytes_are_refused_or_parted() -> None:
    with pytest.raises(UserError) as caught:
        room(threads=False).refuse([FAMILY * 100])
    assert str(caught.value) == "Bluesky allows 3,000 bytes, and this has 4,100: shorten it."
    with pytest.raises(UserError, match="3,000 bytes, and this has 4,100: shorten it, or send it as a thread"):
        room().refuse([FAMILY * 100])
    pieces = room().parts(" ".join([FAMILY] * 200))
    assert [len(piece.encode()) <= 3_000 for piece in pieces] == [True] * len(pieces)
    room().refuse(pieces)
    room(threads=False).refuse(["ö" * 300])


def test_without_a_limit_anything_fits() -> None:
    unlimited = Room("Mail", None, "characters", threads=False)
    assert unlimited.used("x" * 9_999) == (0, 0, "characters")
    unlimited.refuse(["x" * 9_999])
