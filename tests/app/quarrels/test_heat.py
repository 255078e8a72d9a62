"""Which threads are quarrels: sets of threads in five languages, the demo's traffic, and each rule by itself."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.base import resources
from app.helping.deciding import helps
from app.inbox.exchange import Exchange, Utterance
from app.quarrels.heat import HOT, quarrel, sharpness
from tests.app.exchanges import Thread, exchange, threads
from tests.examples import examples

HERE = Path(__file__).parent
THREADS = list(threads(HERE / "threads.txt"))
LATER = list(threads(HERE / "later.txt"))
LIVELY = list(threads(HERE.parent / "helping" / "threads.txt"))


def told(thread: Thread) -> str:
    return "\n".join(f"{sharpness(one.text, one.language)} {one.name}: {one.text}" for one in thread.talk.said)


@pytest.mark.parametrize("several", [THREADS, LATER], ids=["threads", "later"])
def test_most_quarrels_are_found_and_no_lively_thread_is_called_one(several: list[Thread]) -> None:
    hot = [thread for thread in several if not thread.no]
    missed = [thread for thread in hot if quarrel(thread.talk) is None]
    called = [thread for thread in several if thread.no and quarrel(thread.talk) is not None]
    assert len(missed) <= 0.15 * len(hot), "\n\n".join(map(told, missed))
    assert called == [], "\n\n".join(map(told, called))


def test_the_set_has_forty_quarrels_in_five_languages() -> None:
    for language in ("en", "is", "hu", "cs", "el"):
        assert sum(thread.language == language and not thread.no for thread in THREADS) >= 8


def test_a_quarrel_is_said_before_its_last_word() -> None:
    """Half of them, at least, are called while one message is still to come."""
    hot = [thread for thread in THREADS if not thread.no]
    early = [thread for thread in hot if quarrel(thread.talk._replace(said=thread.talk.said[:-1])) is not None]
    assert len(early) >= len(hot) // 2


def ordinary() -> list[Exchange]:
    """The conversations of the demo in which members speak, but for those that are planted as quarrels."""
    people = {who["key"]: who for who in resources.tables("demo", "members_*.toml", "member")}
    numbers = {key: number for number, key in enumerate(people, 1)}
    found = []
    for talk in resources.tables("demo", "conversations_*.toml", "conversation"):
        said = [
            Utterance(
                number, numbers.get(entry["from"], 0), people.get(entry["from"], {}).get("name", ""), entry["text"],
                number * 600, entry["from"] == "us", people.get(entry["from"], {}).get("language", ""),
                identity_id=numbers.get(entry["from"]),
            )
            for number, entry in enumerate(talk["message"], 1)
        ]  # fmt: skip
        if not talk.get("quarrel"):
            found.append(Exchange(1, public=True, title=talk["title"], said=tuple(said)))
    return found


def test_two_hundred_ordinary_threads_call_one_at_most() -> None:
    talks = ordinary() + [thread.talk for thread in LIVELY]
    assert len(talks) >= 300
    called = [talk.title or talk.said[0].text for talk in talks if quarrel(talk) is not None]
    assert len(called) == 0, called


def test_ordinary_threads_read_one_after_the_other_call_none() -> None:
    """As where one long chat holds all that people say."""
    talks = ordinary()
    for one, other in pairwise(talks):
        joined = tuple(said._replace(id=number) for number, said in enumerate(one.said + other.said, 1))
        assert quarrel(Exchange(1, public=True, title="", said=joined)) is None


def test_it_takes_two() -> None:
    insult = "Ann: You’re an idiot and a liar."
    assert quarrel(exchange("Petr: It fits.", insult).talk) is None
    assert quarrel(exchange("Petr: It fits.", insult, "us: Please don’t.").talk) is None
    found = quarrel(exchange("Petr: It fits.", insult, "Petr: Shut up, Ann.").talk)
    assert found is not None
    assert [side.name for side in found.sides] == ["Petr", "Ann"]
    assert found.messages == (2, 3)
    assert found.points >= HOT


def test_anger_at_us_is_no_quarrel_between_members() -> None:
    lines = ("Ann: You are liars, all of you.", "us: I’m sorry.", "Ann: Shut up, you idiots.", "us: I hear you.")
    assert quarrel(exchange(*lines).talk) is None


def test_peace_ends_it_and_new_sharpness_begins_it_again() -> None:
    hot = ("Ann: You’re a liar.", "Petr: Shut up, idiot.")
    assert quarrel(exchange("Petr: It fits.", *hot, "Petr: I’m sorry, Ann, I was wrong.").talk) is None
    assert quarrel(exchange("Petr: It fits.", *hot, "Petr: I’m sorry.", *hot).talk) is not None


def test_who_is_spoken_to_is_told_by_mark_name_and_quotation() -> None:
    lines = ("Ann: It fits.", "Bea: I like it.", "Petr: Ann, you’re a liar.", "Ann: Petr, shut up.")
    found = quarrel(exchange(*lines).talk)
    assert found is not None
    assert {side.name for side in found.sides} == {"Ann", "Petr"}
    quoted = ("Ann: It fits everywhere.", "Bea: I like it.", "Petr: > It fits everywhere.\n\nYou liar.", "Ann: Idiot.")
    found = quarrel(exchange(*(line for line in quoted)).talk)
    assert found is not None
    assert {side.name for side in found.sides} == {"Ann", "Petr"}


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("You’re an idiot.", 4),
        ("I’m an idiot.", 0),
        ("Stupid question, but how?", 0),
        ("The cap is stupid.", 0),
        ("You’re an idiot 😂", 2),
        ("You always do this.", 2),
        ("You always do this, haha.", 0),
        ("SITRONA BASIL 0,5 L IS SOLD OUT!!", 0),
        ("You’re an idiot!!", 5),
    ],
)
def test_points_of_one_text(text: str, points: int) -> None:
    assert sharpness(text, "en") == points


@given(some.lists(some.tuples(some.sampled_from(["Ann", "Petr", "us"]), some.text(max_size=60)), max_size=8))
@examples(60)
def test_whatever_is_said_is_judged(lines: list[tuple[str, str]]) -> None:
    talk = exchange(*(f"{who}: {' '.join(words.split())}" for who, words in lines)).talk
    found = quarrel(talk)
    assert found is None or found.points >= HOT
    assert all(one.helper != one.helped for one in helps(talk))


@pytest.mark.parametrize(
    ("words", "meant", "language"),
    [
        ("Στύψε τα πιο μαλακά.", "Στύψε τα, μαλάκα.", "el"),
        ("Το είπε χωρίς κακία, μη φοβάσαι.", "Είσαι κακιά.", "el"),
        ("Σκάσε ένα χαμόγελο!", "Σκάσε!", "el"),
        ("Άσε με να δω.", "Άσε με ήσυχη.", "el"),
        ("Te is örültél neki?", "Te őrült vagy.", "hu"),
        ("Hogy méred a cukrot?", "Hogy mered ezt mondani?", "hu"),
        ("Láttu mig endilega vita.", "Láttu mig í friði.", "is"),
    ],
)
def test_a_word_that_is_sharp_only_without_its_accents_is_none(words: str, meant: str, language: str) -> None:
    assert (sharpness(words, language), sharpness(words, "")) == (0, 0)
    assert sharpness(meant, language) > 0


def test_capitals_have_no_accents_so_the_insult_stays_one() -> None:
    assert sharpness("ΜΑΛΑΚΑ", "el") > 0
