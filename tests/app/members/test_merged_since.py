"""Who was merged while a page or another program had them open: what is written then goes to who they are now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.base.errors import UserError
from app.outbox import LetterDraft, letter_drafts
from app.promises import Drafted, Made, replying
from app.templates import Text, note_use
from app.workbench import Workbench

ANN, GONE, LATER, OTHER = 1, 2, 3, 4


@pytest.fixture
def merged(bench: Workbench) -> Workbench:
    """Ann, with whom somebody was merged who had been merged with another; and somebody else."""
    for name in ("Ann Lee", "A. Lee", "Annie", "Béla"):
        bench.members.add(name)
    bench.members.own.add_field("Cup")
    bench.pairs.merge(GONE, LATER)
    bench.pairs.merge(ANN, GONE)
    return bench


WRITES: dict[str, Callable[[Workbench], object]] = {
    "gift": lambda bench: bench.gifts.log(LATER, "mug", "helped", "5 EUR"),
    "promise": lambda bench: bench.promises.add(LATER, "a mug"),
    "member_note": lambda bench: bench.members.own.add_note(LATER, "likes tea"),
    "member_label": lambda bench: bench.members.own.label([LATER, GONE], ["regulars"]),
    "member_value": lambda bench: bench.members.own.set_values(LATER, {1: "blue"}),
    "work": lambda bench: bench.works.add_for(LATER, "photo", "Sun", url="https://a.example/sun"),
    "handoff": lambda bench: bench.handoffs.add(
        None, bench.teammates.add("Jon"), "Please call", details={"member_id": LATER}
    ),
}


@pytest.mark.parametrize("table", WRITES)
def test_what_is_written_goes_to_who_they_are_now(merged: Workbench, table: str) -> None:
    WRITES[table](merged)
    assert _owners(merged, table) == [ANN]


def test_a_promise_and_a_template_of_a_letter_that_was_begun_before(merged: Workbench) -> None:
    template = merged.templates.add("thanks", "Thanks", texts=[Text("en", "A", "Thank you!")])
    with merged.store.write() as conn:
        replying.submitted(conn, None, None, LATER, Drafted((Made("a mug", ""),), ()), 1_795_000_000)  # type: ignore[arg-type]
        note_use(conn, template, "en", "", LATER, None)
        kept = letter_drafts.save(conn, LetterDraft(text="Dear Annie", member_id=LATER))
        assert letter_drafts.get(conn, kept.id).member_id == ANN
        assert [draft.member_id for draft in letter_drafts.every(conn)] == [ANN]
    assert (_owners(merged, "promise"), _owners(merged, "template_use")) == ([ANN], [ANN])


def test_marks_of_several_go_to_who_they_are_now(merged: Workbench) -> None:
    merged.involvement.pin([LATER, ANN], "core")
    merged.involvement.keep_rhythm([GONE], 30)
    merged.involvement.mark_fits([LATER], "bakes", fits=True)
    ann = merged.members.get(ANN)
    assert (ann.pinned, ann.rhythm_days, ann.fits, ann.fits_why) == ("core", 30, True, "bakes")
    merged.pairs.part(ANN)
    assert merged.members.get(GONE).pinned == ""


def test_nobody_is_introduced_to_who_they_are_by_now(merged: Workbench) -> None:
    with pytest.raises(UserError, match="introduced to themselves"):
        merged.introductions.add(ANN, LATER, "both bake")
    made = merged.introductions.get(merged.introductions.add(LATER, OTHER, "both bake"))
    assert [person.member_id for person in made.people] == [ANN, OTHER]


def test_two_who_were_being_introduced_and_are_one_person_for_a_while(bench: Workbench) -> None:
    ann, bela = bench.members.add("Ann"), bench.members.add("Béla")
    number = bench.introductions.add(ann, bela, "both bake")
    before = bench.introductions.get(number)
    bench.pairs.merge(ann, bela)
    assert bench.introductions.listed() == []
    assert bench.introductions.get(number).closed_at is not None
    assert [entry.kind for entry in bench.history.page(ann).entries if entry.kind == "introduction"] == []
    bench.pairs.part(ann)
    assert bench.introductions.listed() == [before]


def _owners(bench: Workbench, table: str) -> list[Any]:
    return [row[0] for row in bench.store.read.execute(f"SELECT member_id FROM {table}")]
