"""What a letter of ours says that it answers."""

from __future__ import annotations

from app.base import clock
from app.base.message import Incoming
from app.outbox.composing import reply
from tests.app.outbox.conftest import ANNA, Place


def comes(place: Place, *letters: tuple[str, str]) -> None:
    """Letters of Anna's, each with the one that it answers, a minute apart."""
    begun = clock.now() - 3600
    place.intake.take(
        1,
        [
            Incoming(number, begun + step * 60, f"Words of {number}", ANNA, thread="t1", parent=parent)
            for step, (number, parent) in enumerate(letters)
        ],
    )


def refs(place: Place, number: str) -> tuple[str, ...]:
    """The ids that an answer to this letter names."""
    message = place.one("SELECT id FROM message WHERE remote_id = ?", number)
    row = place.outbox.submit(place.cleared(f"To {number}"), place.talk, answers=message)
    return reply(place.store.read, place.outbox.get(row)).refs


def test_only_the_letters_above_the_answered_one_are_named(place: Place) -> None:
    comes(place, ("a1", "m1"), ("b1", "m1"), ("a2", "a1"), ("b2", "b1"))
    assert refs(place, "a2") == ("m1", "a1", "a2")
    assert refs(place, "b1") == ("m1", "b1")


def test_one_that_never_arrived_is_named_and_ends_it(place: Place) -> None:
    comes(place, ("a1", "lost"))
    assert refs(place, "a1") == ("lost", "a1")


def test_letters_that_answer_each_other_are_named_once(place: Place) -> None:
    comes(place, ("a1", "a2"), ("a2", "a1"))
    assert refs(place, "a2") == ("a1", "a2")


def test_of_a_long_thread_the_first_and_the_latest_are_named(place: Place) -> None:
    comes(place, ("a0", ""), *((f"a{step}", f"a{step - 1}") for step in range(1, 31)))
    assert refs(place, "a30") == ("a0", *(f"a{step}" for step in range(12, 31)))
