"""Times to choose for a reply that goes out later: the same letters as for a snooze."""

from __future__ import annotations

from app.base.clock import Choice
from app.inbox.snooze import CHOICES as SNOOZES
from app.outbox.moments import CHOICES


def test_a_letter_means_the_same_for_a_snooze_and_for_sending_later() -> None:
    by_letter: dict[str, Choice] = {choice.letter: choice for choice in CHOICES}
    shared = [choice for choice in SNOOZES if choice.letter in by_letter]
    assert "".join(choice.letter for choice in shared) == "LTBMW"
    assert all(by_letter[choice.letter] == choice for choice in shared)
