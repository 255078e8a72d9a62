"""What the demo asked about two replies that a rule stops: the guard finds the same in them, and heeds the answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.base import resources
from app.base.paths import Profile
from app.inbox import drafts
from app.store.sqlite import scalar
from app.voice.asked import WAITING, YES
from app.voice.clearing import Draft
from app.voice.rule import BLOCK, NOTE, Finding
from app.workbench import Workbench

ASKED: list[dict[str, Any]] = resources.table("demo", "asked.toml")["asked"]


@pytest.fixture(scope="module")
def bench(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    yield made
    made.close()


def look(bench: Workbench, text: str) -> tuple[drafts.Draft, list[Finding]]:
    """The draft that lies in its conversation, and what the guard finds of rules in it."""
    number = int(scalar(bench.store.read, f"SELECT conversation_id FROM draft WHERE text = '{text}'"))
    row = bench.inbox.row(number)
    draft = bench.outbox.read_by(Draft(text, row.language), number)
    kept = drafts.get(bench.store.read, number)
    assert kept is not None
    return kept, [one for one in bench.voice.look(draft) if one.rule_id is not None]


def test_one_question_waits_and_one_was_answered_with_yes(bench: Workbench) -> None:
    assert {one.draft: one.asked.state for one in bench.approvals.listed()} == {
        ASKED[0]["draft"]: WAITING,
        ASKED[1]["draft"]: YES,
    }


def test_the_guard_holds_the_first_and_lets_the_second_go(bench: Workbench) -> None:
    kept, (held,) = look(bench, ASKED[0]["draft"])
    assert (held.words, held.level, held.asked) == (ASKED[0]["words"], BLOCK, WAITING)
    assert "Alžběta" in held.why
    assert kept.text == ASKED[0]["draft"]
    _, (free,) = look(bench, ASKED[1]["draft"])
    assert (free.words, free.level, free.asked) == (ASKED[1]["words"], NOTE, YES)
    assert free.why.endswith(": “Yes, as long as they aren’t named”.")


def test_other_words_are_stopped_again(bench: Workbench) -> None:
    number = int(scalar(bench.store.read, "SELECT id FROM conversation WHERE title = 'I print shirts for a living'"))
    draft = bench.outbox.read_by(Draft(f"{ASKED[1]['draft']} Or now?", "en"), number)
    (found,) = (one for one in bench.voice.look(draft) if one.rule_id is not None)
    assert (found.level, found.asked) == ("ask", "")


def test_both_questions_were_given_out_in_a_file(bench: Workbench) -> None:
    numbers = {one.asked.handoff_id for one in bench.approvals.listed()}
    assert all(bench.handoffs.get(number).exported_at for number in numbers)
