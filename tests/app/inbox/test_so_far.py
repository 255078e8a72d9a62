"""What happened so far: every fact is a row, with its own words, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import gifts, handoffs
from app.base.paths import Profile
from app.inbox.asking import asks
from app.inbox.snooze import UNTIL_REPLY
from app.inbox.so_far import LONG, Fact, SoFar, asked, in_lines, question
from app.inbox.so_far_words import Shown, in_words
from app.workbench import Workbench

PLAIN = Shown(str, str, str)


@pytest.fixture
def bench(demo_profile: Profile) -> Iterator[Workbench]:
    opened = Workbench(demo_profile)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Hello. When does it leave? Thanks.", "en", "When does it leave?"),
        ("Το κουτί ήρθε. Πότε φεύγει το δεύτερο; Ευχαριστώ.", "el", "Πότε φεύγει το δεύτερο;"),
        ("Dobrý den,\nkdy to přijde\nDíky", "cs", "kdy to přijde"),
        ("Jó napot. Mikor jön meg? Köszi", "hu", "Mikor jön meg?"),
        ("Sæl. Hvenær fer kassinn? Takk", "is", "Hvenær fer kassinn?"),
        ("Thanks, all is well.", "en", ""),
        ("All is well.\n\nOn Monday Anna wrote:\n> When does it leave?", "en", ""),
        ("", "", ""),
    ],
)
def test_the_first_sentence_that_asks_is_told(text: str, language: str, found: str) -> None:
    assert question(text, language) == found


@given(st.lists(st.sampled_from(["Fine.", "When does it come?", "Is it sour? Yes.", "> Why?", "Kdy?"]), max_size=5))
def test_what_is_told_stands_in_the_text_and_asks(sentences: list[str]) -> None:
    text = "\n".join(sentences)
    told = question(text)
    assert bool(told) == any(asks(one) for one in sentences if not one.startswith(">"))
    assert told in text
    assert not told or asks(told)


def test_the_question_it_began_with_and_the_latest_of_each_are_told() -> None:
    heard = [
        (5, 50, "Really?", "en", "Ben", 2),
        (4, 40, "Thanks.", "en", "Anna", 1),
        (3, 30, "And the price?", "en", "Anna", 1),
        (2, 20, "Which one?", "en", "Anna", 1),
        (1, 10, "When? Soon?", "en", "Anna", 1),
    ]
    assert [(fact.id, fact.words, fact.who) for fact in asked(heard)] == [
        (1, "When?", "Anna"),
        (3, "And the price?", "Anna"),
        (5, "Really?", "Ben"),
    ]


def test_of_many_speakers_the_last_five_are_told() -> None:
    heard = [(number, number, "Why?", "en", f"P{number}", number) for number in range(9, 0, -1)]
    assert [fact.id for fact in asked(heard)] == [1, 5, 6, 7, 8, 9]


def test_every_row_of_the_demo_is_told_once(bench: Workbench) -> None:
    """Counted by other queries than those that tell."""
    conn, told = bench.store.read, dict[int, SoFar]()
    for (number,) in conn.execute("SELECT id FROM conversation WHERE joined_into IS NULL").fetchall():
        told[number] = bench.inbox.so_far(number)
    facts = [fact for one in told.values() for fact in one.every]

    def ids(kind: str) -> list[int]:
        return sorted(fact.id for fact in facts if fact.kind == kind)

    def rows(sql: str) -> list[int]:
        return sorted(row[0] for row in conn.execute(sql))

    assert ids("promise") == rows("SELECT id FROM promise WHERE conversation_id IS NOT NULL")
    assert ids("gift") == rows("SELECT id FROM gift WHERE conversation_id IS NOT NULL")
    assert ids("handoff") == rows("SELECT id FROM handoff WHERE conversation_id IS NOT NULL")
    assert ids("draft") == rows("SELECT conversation_id FROM draft")
    assert ids("file") == rows("SELECT id FROM attachment WHERE message_id IN (SELECT id FROM message WHERE out)")
    waiting = rows("SELECT id FROM conversation WHERE state = 'needs_me'")
    assert sorted(n for n, one in told.items() if any(fact.kind in ("waits", "owed") for fact in one.open)) == waiting
    assert all(ids(kind) for kind in ("promise", "gift", "handoff", "file", "waits", "answered", "message"))
    for fact in facts:
        assert in_words(fact, PLAIN).strip()
        if fact.kind == "message":
            row = conn.execute("SELECT out, text, at FROM message WHERE id = ?", (fact.id,)).fetchone()
            assert (row["out"], row["at"]) == (0, fact.at)
            assert fact.words in " ".join(row["text"].split())


def test_a_long_conversation_of_the_demo_has_something_to_tell(bench: Workbench) -> None:
    long = bench.store.read.execute("SELECT id FROM conversation WHERE messages > ?", (LONG,)).fetchall()
    assert any(len(in_lines(bench.inbox.so_far(number))) > 1 for (number,) in long)


def test_lines_hold_what_counts_most_and_say_how_much_more_there_is() -> None:
    def promise(number: int, state: str) -> Fact:
        return Fact("promise", number, number, "Write", state=state)

    told = SoFar(
        asked=tuple(Fact("message", number, number, "Why?", "Anna", message=number) for number in (1, 2, 3)),
        promised=(promise(1, "open"), promise(2, "kept")),
        sent=(Fact("gift", 7, 1, "Box", state="shipped"),),
    )
    first, second = in_lines(told)
    assert [fact.id for _, facts in first.shown for fact in facts] == [2, 3]
    assert (first.rest, second.rest) == (1, 1)
    assert [(name, facts[0].id) for name, facts in second.shown] == [("promised", 1), ("sent", 7)]
    assert [len(facts) for _, facts in in_lines(told, 1)[0].shown] == [1]
    assert in_lines(SoFar()) == ()


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (Fact("snoozed", 1, UNTIL_REPLY, ""), "Snoozed until they reply"),
        (Fact("snoozed", 1, 5, ""), "Snoozed until 5"),
        (Fact("outbox", 1, 5, "Hi", state="later"), "Reply scheduled for 5: Hi"),
        (Fact("outbox", 1, 5, "Hi", state="queued"), "Reply on its way: Hi"),
        (Fact("outbox", 1, 5, "Hi", state="failed"), "Reply not sent: Hi"),
        (Fact("promise", 1, 5, "Write", state="open", due="2026-12-01"), "Write, due 2026-12-01"),
        (Fact("promise", 1, 5, "Write", state="kept", due="2026-12-01"), "Write, kept"),
        (Fact("handoff", 1, 5, "Why?", "Jón", "in_work"), "To Jón, in progress: Why?"),
        (Fact("handoff", 1, 5, "Why?", "", "sent"), "Why?"),
        (Fact("waits", 1, 5, "Why?", ""), "Somebody has waited since 5: Why?"),
    ],
)
def test_a_fact_is_a_sentence(fact: Fact, sentence: str) -> None:
    assert in_words(fact, PLAIN) == sentence


def test_every_kind_and_state_has_a_sentence() -> None:
    states = {
        "promise": ("open", "kept", "dropped"),
        "gift": gifts.STATES,
        "handoff": ("to_send", *handoffs.STATUSES),
        "outbox": ("held", "later", "queued", "sending", "failed", "undecided"),
    }
    alone = ("message", "file", "waits", "answered", "snoozed", "draft")
    made = [(kind, state) for kind, each in states.items() for state in each] + [(kind, "") for kind in alone]
    for kind, state in made:
        sentence = in_words(Fact(kind, 1, 5, "Box", "Anna", state, "2026-12-01", 1), PLAIN)
        assert "{" not in sentence
        assert kind == "snoozed" or "Box" in sentence
    assert len({in_words(Fact("gift", 1, 5, "Box", state=state), PLAIN) for state in gifts.STATES}) == len(gifts.STATES)
