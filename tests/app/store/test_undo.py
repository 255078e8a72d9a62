"""Undo: taken back in reverse, every row is as it was; taken back in any order, the end is the start."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.base.paths import Profile
from app.members.records import reindex
from app.store.store import Store
from app.store.undo import SHARED, UNDOABLE, WRITTEN_ON
from app.templates import Text
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import NOW, account, differences, is_consistent, rows, said
from tests.examples import examples

Deed = Callable[[Workbench, Random], object]


def conversation(random: Random) -> int:
    return random.randint(1, 6)


def member(bench: Workbench, random: Random) -> int:
    return random.choice(bench.members.find())


def row_of(bench: Workbench, table: str, random: Random) -> int:
    found = [row[0] for row in bench.store.read.execute(f"SELECT id FROM {table}")]
    return random.choice(found) if found else 0


def reply(bench: Workbench, random: Random) -> None:
    number = conversation(random)
    if random.random() < 0.5:
        bench.inbox.keep_draft(number, "begun earlier")
    cleared = bench.voice.clear(Draft(text=f"Thank you {random.random()}"))
    bench.outbox.submit(cleared, number, then_done=random.random() < 0.5)


DEEDS: dict[str, Deed] = {
    "done": lambda b, r: b.inbox.done([conversation(r)], reason=r.choice(["", "solved"])),
    "done many": lambda b, _: b.inbox.done([1, 2, 3], reason="solved"),
    "reopen": lambda b, r: b.inbox.reopen([conversation(r)]),
    "snooze": lambda b, r: b.inbox.snooze([conversation(r)], NOW + r.randint(1, 9)),
    "mark": lambda b, r: b.inbox.mark(conversation(r), r.choice(["unhappy", "hard"]), on=r.random() < 0.6),
    "label": lambda b, r: b.inbox.label(conversation(r), [r.choice("abc")], [r.choice("abc")]),
    "add": lambda b, r: b.members.add(f"Person {r.randint(1, 9)}", city="Brno"),
    "edit": lambda b, r: b.members.edit(
        member(b, r), {"name": f"New {r.randint(1, 9)}", "note": r.choice(["", "salt"])}
    ),
    "merge": lambda b, r: b.members.merge(member(b, r), member(b, r)),
    "part": lambda b, r: b.pairs.part(member(b, r)),
    "apart": lambda b, r: b.pairs.set_apart(member(b, r), member(b, r)),
    "heard": lambda b, r: b.in_person.note(member(b, r), f"I like {r.randint(1, 9)} lemons", "Market"),
    "promise": lambda b, r: b.promises.add(member(b, r), "write back", "2026-12-01", conversation(r)),
    "keep": lambda b, r: b.promises.keep(row_of(b, "promise", r)),
    "drop promise": lambda b, r: b.promises.drop(row_of(b, "promise", r), "sold out"),
    "gift": lambda b, r: b.gifts.log(
        member(b, r), "Delight box", "a thank-you", "15.00", conversation_id=conversation(r)
    ),
    "gift goes on": lambda b, r: b.gifts.advance(row_of(b, "gift", r)),
    "gift edited": lambda b, r: b.gifts.edit(row_of(b, "gift", r), {"item": f"Box {r.randint(1, 9)}"}),
    "gift dropped": lambda b, r: b.gifts.drop(row_of(b, "gift", r)),
    "stock": lambda b, r: b.gifts.count_stock("Delight box", r.randint(0, 9)),
    "teammate": lambda b, r: b.teammates.add(f"Jón {r.randint(1, 999)}"),
    "hand-off": lambda b, r: b.handoffs.add(conversation(r), row_of(b, "teammate", r), "please look"),
    "answered": lambda b, r: b.handoffs.answer(row_of(b, "handoff", r), "solved", "sent a new one"),
    "hand-off closed": lambda b, r: b.handoffs.close(row_of(b, "handoff", r), "no longer needed"),
    "template": lambda b, r: b.templates.add(f"t{r.randint(1, 9)}", "Thanks", texts=[Text("en", "A", "Thanks")]),
    "text": lambda b, r: b.templates.put_text(row_of(b, "template", r), "en", "A", f"Hello {r.randint(1, 9)}"),
    "text dropped": lambda b, r: b.templates.drop_text(row_of(b, "template", r), "en", "A"),
    "who we are": lambda b, r: b.voice.say_who_we_are(f"We are {r.randint(1, 9)}"),
    "reply": reply,
}


BEFORE = {"reopen": ["done many"], "part": ["merge"] * 4}
"""What has to be done before a deed can be."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small community: six conversations of five members on two accounts."""
    bench = Workbench(Profile(tmp_path_factory.mktemp("base")))
    blog, mail = account(bench.store), account(bench.store, "email", "E-mail")
    people = ["anna", "béla", "čeněk", "eleni", "guðrún"]
    bench.intake.take(
        blog,
        [said(f"b{n}", NOW + n, f"Question {n}", people[n % 5], thread=f"t{n % 4}") for n in range(12)]
        + [said("own", NOW + 20, "Our answer", "us", thread="t1")],
    )
    bench.intake.take(mail, [said("m1", NOW + 30, "A mail"), said("m2", NOW + 31, "Another", "eleni")])
    bench.teammates.add("Jón")
    bench.promises.add(1, "write back")
    bench.templates.add("thanks", "Thanks", texts=[Text("en", "A", "Thanks")])
    bench.gifts.log(1, "Delight box", "a thank-you", "15.00")
    bench.close()
    return bench.profile.file


@contextmanager
def opened(base: Path, folder: Path) -> Iterator[Workbench]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(base, folder / base.name)
    bench = Workbench(Profile(folder))
    try:
        yield bench
    finally:
        bench.close()


def latest(bench: Workbench) -> int:
    return max((action.id for action in bench.actions.last()), default=0)


def act(bench: Workbench, name: str, random: Random) -> int | None:
    """The action that came of it, if it could be done."""
    before = latest(bench)
    with suppress(UserError):
        DEEDS[name](bench, random)
    return latest(bench) if latest(bench) > before else None


def do(bench: Workbench, deeds: list[str], seed: int) -> list[int]:
    """Do what can be done; the actions that came of it."""
    random = Random(seed)
    found = [act(bench, name, random) for name in deeds]
    return [action for action in found if action is not None]


def members_found(store: Store) -> dict[int, set[str]]:
    """The words by which each member can be found."""
    found = store.read.execute(
        "SELECT f.rowid, f.words FROM member_index f JOIN member p ON p.id = f.rowid WHERE p.merged_into IS NULL"
    )
    return {row[0]: set(row[1].split()) for row in found}


def members_to_find(store: Store) -> dict[int, set[str]]:
    """The words by which each member should be found: those of an index that is made afresh."""
    numbers = [row[0] for row in store.read.execute("SELECT id FROM member WHERE merged_into IS NULL")]
    found: dict[int, set[str]] = {}
    with suppress(InterruptedError), store.write() as conn:
        for number in numbers:
            reindex(conn, number)
        found.update((row[0], set(row[1].split())) for row in conn.execute("SELECT rowid, words FROM member_index"))
        raise InterruptedError  # so that nothing of it stays
    return {number: found[number] for number in numbers}


ACTED_ON = [table for table in UNDOABLE if table not in WRITTEN_ON]
SEQUENCES = st.lists(st.sampled_from(sorted(DEEDS)), min_size=1, max_size=12)


@pytest.mark.slow
@examples(40)
@given(deeds=SEQUENCES, seed=st.integers(0, 999))
def test_undone_in_reverse_every_row_is_as_it_was(
    base: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[str], seed: int
) -> None:
    with opened(base, tmp_path_factory.getbasetemp() / "reverse") as bench:
        random, stood = Random(seed), []
        for name in deeds:
            before = rows(bench.store, ACTED_ON)
            action = act(bench, name, random)
            if action is not None:
                stood.append((name, action, before))
        for name, action, before in reversed(stood):
            bench.actions.undo(action)
            assert differences(rows(bench.store, ACTED_ON), before) == {}, name
        is_consistent(bench.store)
        assert members_found(bench.store) == members_to_find(bench.store)


@pytest.mark.slow
@examples(40)
@given(deeds=SEQUENCES, seed=st.integers(0, 999))
def test_undone_in_any_order_the_end_is_the_start(
    base: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[str], seed: int
) -> None:
    with opened(base, tmp_path_factory.getbasetemp() / "any") as bench:
        start = rows(bench.store, ACTED_ON)
        waiting = do(bench, deeds, seed)
        Random(seed).shuffle(waiting)
        while waiting:
            left = []
            for action in waiting:
                try:
                    bench.actions.undo(action)
                except UserError:
                    left.append(action)  # something newer rests on it: that has to be undone first
            assert len(left) < len(waiting)
            waiting = left
        found = differences(rows(bench.store, ACTED_ON), start)
        assert [table for table in found if table not in SHARED] == []
        is_consistent(bench.store)
        assert members_found(bench.store) == members_to_find(bench.store)


@pytest.mark.slow
def test_every_deed_can_be_done(base: Path, tmp_path: Path) -> None:
    for name in DEEDS:
        with opened(base, tmp_path / "deed") as bench:
            do(
                bench,
                [
                    *BEFORE.get(name, []),
                    "label",
                    "template",
                    "text",
                    "gift",
                    "hand-off",
                ],
                1,
            )
            assert any(do(bench, [name], seed) for seed in range(30)), name
