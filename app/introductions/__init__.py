"""Two members made known to each other, both asked first. The letters are begun in `app.introducing`."""

from app.introductions.desk import (
    Introductions,
    hand_over_first,
    hand_over_second,
    refuse_pair,
    submitted,
    written_again,
)
from app.introductions.standing import Introduction, Person

__all__ = [
    "Introduction", "Introductions", "Person", "hand_over_first", "hand_over_second", "refuse_pair", "submitted",
    "written_again",
]  # fmt: skip
