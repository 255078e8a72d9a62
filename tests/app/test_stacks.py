"""Stacks: what asks much the same is found in any language, ordinary traffic makes none, no reply is given twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.stacks import DAYS, LEAST, Question, alike, find, pieces
from app.templates import Text, note_use
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.saying import account
from tests.examples import examples

DAY = 86_400
SHIRT = "Will there be a T-shirt with the lemon in glasses?"


def _asked(*texts: str) -> list[Question]:
    return [Question(at, at, text) for at, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHIRT, "will there be t-shirts with the lemon in glasses??"),
        (SHIRT, f"Hello! {SHIRT} 🍋"),
        ("Kde si můžu koupit tričko s citronem?", "kde si muzu koupit tricka s citronem"),
        ("Hol lehet citromos pólót kapni?", "Hol lehet kapni citromos pólót???"),
        ("Hvar fæst bolurinn með sítrónunni?", "hvar fæst sítrónubolurinn, bolurinn með sítrónunni"),
        ("Πού μπορώ να βρω το μπλουζάκι με το λεμόνι;", "που μπορω να βρω μπλουζακι με λεμονι"),
    ],
)
def test_alike_in_five_languages(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHIRT, "When will the lemon syrup with mint be back in the shop?"),
        ("Thank you so much!", "Thank you so much!"),  # too little to be a question
        ("🍋🍋🍋", "🍋🍋🍋"),
        ("", ""),
        ("https://sitrona.example/blog/tshirt-contest", "https://sitrona.example/blog/tshirt-contest"),
        ("Kde je moje objednávka z minulého týdne?", "Kde je moje faktura za dvě bedny ze září?"),
    ],
)
def test_what_is_not_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_three_people_make_a_stack_and_one_who_asks_thrice_does_not() -> None:
    texts = [SHIRT, SHIRT + "!", "will there be a t-shirt with a lemon in glasses", "Where is my parcel with the caps?"]
    (stack,) = find(_asked(*texts))
    assert stack.conversations == (1, 2, 3)
    assert stack.sample in texts[:3]
    assert find([Question(at, 7, text) for at, text in enumerate(texts)]) == []
    assert find(_asked(*texts[:2])) == []


@given(st.lists(st.tuples(st.integers(0, 4), st.text(max_size=60)), max_size=12))
@examples(100)
def test_a_conversation_is_in_one_stack_at_most_and_the_order_stays(drawn: list[tuple[int, str]]) -> None:
    questions = [Question(at, who, text) for at, (who, text) in enumerate(drawn)]
    stacks = find(questions)
    every = [number for stack in stacks for number in stack.conversations]
    assert len(every) == len(set(every))
    for stack in stacks:
        assert len(stack.conversations) >= LEAST
        assert list(stack.conversations) == sorted(stack.conversations)
    assert stacks == sorted(stacks, key=lambda stack: -len(stack.conversations))


@given(st.text(max_size=80), st.text(max_size=80))
@examples(200)
def test_alike_is_the_same_both_ways_and_every_question_is_like_itself(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == bool(pieces(one))


@given(st.text(alphabet="abcdefgh ", min_size=30, max_size=80), st.integers(3, 6))
@examples(50)
def test_the_same_words_of_several_are_one_stack_whatever_is_between(text: str, many: int) -> None:
    questions = _asked(*[text] * many, "Ποιος έχει το λεμόνι με τα γυαλιά;", "Wie lange hält sich der Sirup im Keller?")
    found = [stack.conversations for stack in find(questions)]
    assert found == ([tuple(range(1, many + 1))] if pieces(text) else [])


def test_the_planted_wave_is_the_only_stack_of_the_demo(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    try:
        (stack,) = bench.stacks.open()
        rows = bench.inbox.rows(stack.conversations)
        assert {row.account for row in rows} == {"Instagram", "Facebook", "Mastodon"}
        assert len({row.title for row in rows}) == 4
        assert bench.stacks.open(clock.now() + DAYS * DAY) == []  # a week later it is no wave any more
    finally:
        bench.close()


def _taken(bench: Workbench, number: int, text: str, thread: str, at: int) -> int:
    item = Incoming(str(number), at, text, Author(f"x/{number}", f"who{number}"), thread=thread)
    bench.intake.take(1, [item])
    found = bench.store.read.execute("SELECT conversation_id FROM message WHERE remote_id = ?", (str(number),))
    return int(found.fetchone()[0])


def test_a_templates_variants_take_turns_among_those_who_ask_the_same(bench: Workbench) -> None:
    account(bench.store, "wordpress")
    now = clock.now()
    texts = [Text("en", letter, f"{letter}: not yet.") for letter in "ABC"]
    bench.templates.add("shirts", "Shirts", "", texts)
    asked = [SHIRT, SHIRT + " Please!", "Hello, " + SHIRT, SHIRT + " 🍋", "Where can I return the six empty bottles?"]
    seen = []
    for at, question in enumerate(asked):
        talk = _taken(bench, at, question, f"t{at}", now - 90 + at)
        pick = bench.templates.pick("shirts", talk, "en")
        assert pick is not None
        seen.append(pick.text.variant)
        with bench.store.write() as conn:
            note_use(conn, pick.template.id, "en", pick.text.variant, None, talk)
    assert seen == ["A", "B", "C", "A", "A"]  # the last one asks for something else


def _reply(bench: Workbench, conversation: int, text: str) -> None:
    bench.outbox.submit(clear(Draft(text, "en"), ()), conversation)


def test_the_same_reply_is_stopped_where_they_ask_the_same_and_nowhere_else(bench: Workbench) -> None:
    account(bench.store, "wordpress")
    now = clock.now()
    first = _taken(bench, 1, SHIRT, "a", now - 90)
    second = _taken(bench, 2, SHIRT + " Please!", "b", now - 80)
    third = _taken(bench, 3, "Where can I return the six empty bottles?", "c", now - 70)
    _reply(bench, first, "Not yet, but we like the idea!")
    with pytest.raises(UserError, match="Change how it begins"):
        _reply(bench, second, "Not yet,  but we LIKE the idea")
    assert bench.inbox.row(second).state == "needs_me"
    _reply(bench, third, "Not yet, but we like the idea!")
    _reply(bench, second, "Good question: not yet, but we like the idea!")
