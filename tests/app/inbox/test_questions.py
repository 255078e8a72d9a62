"""Questions of ours that nobody answered: which come back, when, how they are let go, and how that is undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming
from app.base.paths import Profile
from app.inbox.asking import is_question
from app.inbox.rows import Query
from app.workbench import Workbench
from tests.app.saying import NOW, account, differences, is_consistent, rows, said

DAY = 86_400
ASKED = (("anna", "My crate is broken."), ("us", "Which crate is it?"))


@pytest.fixture
def bench(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = Workbench(profile)
    yield made
    made.close()


def thread(words: Sequence[tuple[str, str]], days: float = 8, *, public: bool = True) -> list[Incoming]:
    at = NOW - int(days * DAY)
    return [
        said(f"m{n}", at + n, text, who, thread="t1")._replace(public=public) for n, (who, text) in enumerate(words)
    ]


def take(bench: Workbench, items: Sequence[Incoming]) -> int:
    place = account(bench.store)
    taken = bench.intake.take(place, items, at=NOW)
    return min(taken.conversation_ids)


@pytest.mark.parametrize(
    "text",
    [
        "Which crate is it?", "Did it arrive? I hope so.", "Ποιο κιβώτιο είναι;", "Ήρθε; Πείτε μου.", "Melyik láda az?",
        "Která bedna to je?", "Hvaða kassi er það?", "Is it the crate of https://sitrona.example/?a=1 or not?",
    ],
)  # fmt: skip
def test_these_ask(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "It goes out on Monday.", "See https://sitrona.example/?a=1", "> Which crate is it?\nThe blue one.",
        "I'm sorry; it is late.", "It left today. Anything else?", "How are you? It left today.", "Χαίρομαι ;)",
    ],
)  # fmt: skip
def test_these_ask_nothing(text: str) -> None:
    assert not is_question(text)


def test_what_nobody_answered_comes_back_once(bench: Workbench) -> None:
    number = take(bench, thread(ASKED))
    assert bench.inbox.questions.due(NOW) == []
    assert bench.inbox.questions.come_back(NOW) == 1
    (one,) = bench.inbox.questions.due(NOW)
    assert (one.row.id, one.question, one.came_back_at, one.lets_go_at) == (
        number,
        "Which crate is it?",
        NOW,
        bench.blocks.working(NOW).next_block(NOW).ends,
    )
    assert bench.inbox.row(number).asked
    assert [ref.id for ref in bench.inbox.refs(Query("asked"))] == [number]
    assert bench.inbox.questions.come_back(NOW + 60) == 0


def test_it_is_let_go_by_itself_at_the_end_of_the_block(bench: Workbench) -> None:
    number = take(bench, thread(ASKED))
    bench.inbox.wake(NOW)
    bench.inbox.questions.block_end = lambda at: at + 7_200
    bench.inbox.wake(NOW + 7_199)
    assert bench.inbox.row(number).state == "waiting"
    bench.inbox.wake(NOW + 7_200)
    row = bench.inbox.row(number)
    assert (row.state, row.closed_itself, row.asked) == ("done", True, False)
    assert bench.inbox.questions.due(NOW + 7_200) == []
    is_consistent(bench.store)
    bench.intake.bring_back([number])
    assert bench.inbox.row(number).state == "waiting"
    bench.inbox.wake(NOW + 9 * DAY)
    assert bench.inbox.row(number).state == "waiting"


@pytest.mark.parametrize("days", [6.9, 29])
def test_neither_too_soon_nor_what_is_long_forgotten(bench: Workbench, days: float) -> None:
    take(bench, thread(ASKED, days))
    assert bench.inbox.questions.come_back(NOW) == 0


def test_the_days_can_be_set(bench: Workbench) -> None:
    take(bench, thread(ASKED, 4))
    bench.settings.put("question_days", 3)
    assert bench.inbox.questions.come_back(NOW) == 1


@pytest.mark.parametrize(
    "words",
    [
        [*ASKED, ("anna", "The blue one.")],
        [("anna", "My crate is broken."), ("us", "I am sorry.")],
        [("anna", "My crate is broken."), ("bela", "Mine too."), ("us", "Which crate is it?")],
        [("us", "What shall we brew next?")],
    ],
)
def test_not_what_was_answered_asks_nothing_or_asks_everybody(
    bench: Workbench, words: Sequence[tuple[str, str]]
) -> None:
    take(bench, thread(words))
    assert bench.inbox.questions.come_back(NOW) == 0


def test_a_private_question_to_somebody_who_never_wrote_comes_back(bench: Workbench) -> None:
    take(bench, thread([("us", "Would you come to the tasting?")], public=False))
    assert bench.inbox.questions.come_back(NOW) == 1


@pytest.mark.parametrize("how", ["done", "snoozed", "handed off"])
def test_what_rests_does_not_come_back(bench: Workbench, how: str) -> None:
    number = take(bench, thread(ASKED))
    if how == "done":
        bench.inbox.done([number])
    elif how == "snoozed":
        bench.inbox.snooze([number], NOW + DAY)
    else:
        bench.handoffs.add(number, bench.teammates.add("Jón"), "Ask her")
    assert bench.inbox.questions.come_back(NOW) == 0


@pytest.mark.parametrize("mark", ["unhappy", "promise", "draft"])
def test_what_is_marked_promised_or_written_on_goes_on_waiting(bench: Workbench, mark: str) -> None:
    number = take(bench, thread(ASKED))
    bench.inbox.wake(NOW)
    if mark == "promise":
        bench.promises.add(bench.inbox.row(number).member_id or 0, "a new crate", conversation_id=number)
    elif mark == "draft":
        bench.inbox.keep_draft(number, "Hello again")
    else:
        bench.inbox.mark(number, mark, on=True)
    bench.inbox.wake(NOW + 2 * DAY)
    assert bench.inbox.row(number).state == "waiting"
    assert bench.inbox.questions.due(NOW + 2 * DAY) == []


def test_an_answer_ends_it(bench: Workbench) -> None:
    number = take(bench, thread(ASKED))
    bench.inbox.wake(NOW)
    bench.intake.take(1, [said("a", NOW, "The blue one.", thread="t1")], at=NOW)
    assert bench.inbox.questions.due(NOW) == []
    bench.inbox.wake(NOW + 2 * DAY)
    assert bench.inbox.row(number).state == "needs_me"


def test_the_person_lets_it_go_and_can_undo_that(bench: Workbench) -> None:
    number = take(bench, thread(ASKED))
    bench.inbox.wake(NOW)
    before = rows(bench.store)
    bench.inbox.questions.let_go([number], NOW)
    assert (bench.inbox.row(number).state, bench.inbox.row(number).closed_itself) == ("done", False)
    bench.actions.undo()
    assert differences(before, rows(bench.store)) == {}
    assert len(bench.inbox.questions.due(NOW)) == 1
    bench.inbox.mark(number, "unhappy", on=True)
    with pytest.raises(UserError, match="Say how it was solved"):
        bench.inbox.questions.let_go([number], NOW)
    with pytest.raises(UserError, match="has come back"):
        bench.inbox.questions.let_go([number + 1], NOW)


def test_it_asks_once_more_in_the_language_of_the_talk(bench: Workbench) -> None:
    assert all(is_question(bench.inbox.questions.again(code)) for code in ("en", "cs", "hu", "is", "el"))
    assert bench.inbox.questions.again("fr") == bench.inbox.questions.again("en")
