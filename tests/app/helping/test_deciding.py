"""Which messages help another member: sets of threads in five languages, and each rule by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.helping.deciding import helps, seeks
from tests.app.exchanges import Thread, exchange, threads

THREADS = list(threads(Path(__file__).parent / "threads.txt"))
LATER = list(threads(Path(__file__).parent / "later.txt"))
LANGUAGES = ("en", "is", "hu", "cs", "el")


def found(thread: Thread) -> tuple[int, ...]:
    return tuple(one.message_id for one in helps(thread.talk))


def told(thread: Thread) -> str:
    return "\n".join(f"{'*' if one.id in thread.starred else ' '}{one.name}: {one.text}" for one in thread.talk.said)


def test_the_set_has_forty_threads_with_help_and_thirty_without() -> None:
    for language in LANGUAGES:
        own = [thread for thread in THREADS if thread.language == language]
        assert sum(not thread.no for thread in own) >= 8
        assert sum(thread.no for thread in own) >= 6


@pytest.mark.parametrize("several", [THREADS, LATER], ids=["threads", "later"])
def test_nine_of_ten_are_found_and_one_in_twenty_is_wrong_at_most(several: list[Thread]) -> None:
    right = sum(len(set(found(thread)) & set(thread.starred)) for thread in several)
    called = sum(len(found(thread)) for thread in several)
    planted = sum(len(thread.starred) for thread in several)
    odd = "\n\n".join(f"{found(thread)}\n{told(thread)}" for thread in several if found(thread) != thread.starred)
    assert right >= 0.9 * planted, odd
    assert called - right <= 0.05 * called, odd


def test_the_helper_and_whoever_asked_are_named() -> None:
    made = exchange("Bill: Does it fit?", "*Ines: It does if you take the ring off.")
    (one,) = helps(made.talk)
    assert (one.message_id, one.helper, one.helped) == (2, 2, 1)


@pytest.mark.parametrize(
    "lines",
    [
        ("Bill: Does it fit?", "Ines: Same question here, I’d like to know."),
        ("Bill: Does it fit?", "Ines: Did you try it?"),
        ("Bill: Does it fit?", "Ines: Thanks!"),
        ("Bill: Does it fit?", "us: It does.", "Ines: I love that bottle, it’s the best."),
        ("Bill: Does it fit the cage?", "Ines: It does if you push.", "Bill: No, but that’s not what I asked."),
        ("Bill: Who’s coming on Sunday?", "Ines: My sister and I, with two crates."),
        ("Bill: It fits.", "Ines: Good to hear that it does."),
        ("Bill: Does it fit?", "Bill: Found out, it does if I push."),
        ("us: Does it fit into your cage?", "Ines: It does if you take the ring off."),
    ],
)
def test_what_answers_nobody_is_no_help(lines: tuple[str, ...]) -> None:
    assert helps(exchange(*lines).talk) == []


def test_our_answer_ends_it_unless_whoever_asked_thanks_the_member() -> None:
    lines = ("Bill: Does it fit?", "us: Not sure.", "Ines: It does if you take the ring off.")
    assert helps(exchange(*lines).talk) == []
    assert len(helps(exchange(*lines, "Bill: It fits now, thank you!").talk)) == 1


def test_thanks_that_name_another_are_not_for_the_first() -> None:
    lines = (
        "Bill: Does it fit?", "Ines: No idea, mine is in the shed.", "Ada: Take the ring off and it does.",
        "Bill: Thank you, Ada!",
    )  # fmt: skip
    assert found(exchange(*lines)) == (3,)


def test_in_private_only_what_is_marked_as_an_answer_counts() -> None:
    lines = ("Bill: Does it fit?", "Ines: It does if you take the ring off.")
    talk = exchange(*lines, public=False).talk
    assert helps(talk) == []
    said = (talk.said[0], talk.said[1]._replace(answers=1))
    assert len(helps(talk._replace(said=said))) == 1


@pytest.mark.parametrize("kind", ["staff", "former_staff", "vendor", "press"])
def test_whoever_answers_for_their_work_is_no_member_who_helps(kind: str) -> None:
    talk = exchange("Bill: Does it fit?", "Ines: It does if you take the ring off.").talk
    said = (talk.said[0], talk.said[1]._replace(kind=kind))
    assert helps(talk._replace(said=said)) == []


def test_a_solution_is_help_whatever_it_says() -> None:
    talk = exchange("Bill: Does it fit?", "us: No.", "Ines: Yes.").talk
    said = (*talk.said[:2], talk.said[2]._replace(solution=True))
    assert len(helps(talk._replace(said=said))) == 1


def test_two_messages_to_the_same_within_a_day_are_one_help() -> None:
    lines = ("Bill: Does it fit?", "Ines: Take the ring off first.", "Ines: And push it hard, it does fit.")
    assert found(exchange(*lines)) == (2,)


def test_a_title_that_asks_is_the_first_message_asking() -> None:
    assert seeks("See above. It is the green one.", "Does the green bottle fit?")
    assert not seeks("See above. It is the green one.", "The green bottle")
    lines = ("Bill: It’s the green one.", "Ines: Take the ring off first.")
    assert helps(exchange(*lines, title="Does it fit?").talk) == []
    assert len(helps(exchange(*lines, "Bill: It fits, thanks.", title="Does it fit?").talk)) == 1
