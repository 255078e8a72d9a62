"""The figures about members, each counted a second time by plain questions: over the demo and over made communities."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.paths import Profile
from app.cli.member_card import card_lines
from app.intake import Intake
from app.members import Card, Members, card
from app.members.desk import _ROWS
from app.members.talks import COUNT_ALL
from app.promises import Promises
from app.store.store import Store
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

HOUSE = Path(__file__).parents[3]
THEIRS = "SELECT m.* FROM message m JOIN identity i ON i.id = m.identity_id WHERE i.member_id = ? AND NOT m.out"


@pytest.fixture(scope="module")
def demo(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo community, for tests that only read."""
    bench = Workbench(Profile(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile")))
    yield bench
    bench.close()


def counted(store: Store, member: int) -> tuple[int, int, float | None, int]:
    """Conversations, answered ones, the median answer in seconds, and messages of a member, row by row in Python."""
    messages = [dict(row) for row in store.read.execute("SELECT * FROM message ORDER BY at, id")]
    mine = {dict(row)["id"] for row in store.read.execute(THEIRS, (member,))}
    identities = [row[0] for row in store.read.execute("SELECT id FROM identity WHERE member_id = ?", (member,))]
    talks = {one["conversation_id"] for one in messages if one["id"] in mine}
    answered: set[int] = set()
    took: list[tuple[int, int]] = []
    for one in messages:
        if one["id"] not in mine:
            continue
        later = [
            other["at"] - one["at"]
            for other in messages
            if other["out"] and not other["failed"] and other["conversation_id"] == one["conversation_id"]
            and (other["at"], other["id"]) > (one["at"], one["id"])
        ]  # fmt: skip
        if later:
            answered.add(one["conversation_id"])
            took.append((one["id"], min(later)))
    latest = [seconds for _, seconds in sorted(took)[-50:]]
    with_them = {
        row[0]
        for row in store.read.execute(
            f"SELECT id FROM conversation WHERE identity_id IN ({', '.join(map(str, identities)) or 'NULL'})"
        )
    }
    return len(talks | with_them), len(answered), median(latest) if latest else None, len(mine)


def agree(store: Store, members: Members, found: Card) -> None:
    """The card, the table's row, the order by conversations and the shell's words say what was counted."""
    number = found.member.id
    talks, answered, typical, heard = counted(store, number)
    assert (found.conversations, found.answered, found.heard) == (talks, answered, heard)
    assert found.typical_reply == (None if typical is None else int(typical))
    assert members.rows([number])[0].conversations == talks
    if heard:
        assert f"Wrote {heard} time{'' if heard == 1 else 's'} from" in "\n".join(card_lines(found))
    assert len(found.history) == min(talks, 100)


def order_holds(members: Members) -> None:
    """Sorted by conversations, nobody with more stands below; a limit cuts the end off."""
    rows = members.rows(members.find("", 1_000, by="conversations"))
    counts = [row.conversations for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert members.find("", 2, by="conversations") == [row.id for row in rows[:2]]


@pytest.mark.slow
def test_the_figures_of_everybody_in_the_demo(demo: Workbench) -> None:
    for number in demo.members.find("", 1_000):
        agree(demo.store, demo.members, demo.card(number))
    order_holds(demo.members)


@pytest.mark.parametrize("question", [_ROWS, COUNT_ALL])
def test_talks_are_counted_without_a_look_at_the_messages(demo: Workbench, question: str) -> None:
    given = ("[1, 2]",) if "?" in question else ()
    plan = [row["detail"] for row in demo.store.read.execute(f"EXPLAIN QUERY PLAN {question}", given)]
    of_messages = [step for step in plan if re.match(r"(SEARCH|SCAN) m\b", step)]
    assert of_messages
    assert all("USING COVERING INDEX message_identity" in step for step in of_messages)


SAID = st.lists(
    st.tuples(st.sampled_from("abcd"), st.booleans(), st.integers(0, 3), st.integers(0, 4_000)), min_size=1, max_size=40
)
"""Who, whether it was us instead, in which thread, when."""


@pytest.mark.slow
@given(SAID, st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=2))
def test_the_figures_of_a_made_community(
    tmp_path_factory: pytest.TempPathFactory, talk: list[tuple[str, bool, int, int]], merges: list[tuple[str, str]]
) -> None:
    store = Store(tmp_path_factory.mktemp("made") / "community.rapport")
    try:
        _made(store, talk, merges)
    finally:
        store.close()


def _made(store: Store, talk: list[tuple[str, bool, int, int]], merges: list[tuple[str, str]]) -> None:
    place, members = account(store), Members(store)
    Intake(store).take(
        place,
        [
            said(str(number), NOW + at, f"Words {number}", "us" if ours else who, thread=f"t{thread}")
            for number, (who, ours, thread, at) in enumerate(talk)
        ],
    )
    for keep, other in merges:
        found = [_called(store, name) for name in (keep, other)]
        if None not in found and found[0] != found[1]:
            members.merge(*map(int, filter(None, found)))
            order_holds(members)  # asked before and after: what is kept in between must not grow old
    for number in members.find("", 100):
        agree(store, members, card(store, members, Promises(store), number, 2026))
    order_holds(members)


def _called(store: Store, handle: str) -> int | None:
    row = store.read.execute("SELECT member_id FROM identity WHERE key = ?", (handle,)).fetchone()
    return None if row is None else int(row[0])


@pytest.mark.parametrize(("count", "typical"), [(1, 60), (2, 90), (3, 120), (4, 150), (51, 1_590), (60, 2_130)])
def test_the_typical_reply_is_the_middle_of_the_latest_fifty(store: Store, count: int, typical: int) -> None:
    place = account(store)
    answers = list(range(1, count + 1))
    random.Random(7).shuffle(answers)
    answers = answers if count <= 50 else sorted(answers)
    talk = []
    for number, minutes in enumerate(answers):
        at = NOW + number * 10_000
        talk += [
            said(f"q{number}", at, "And?", "ann", thread=f"t{number}"),
            said(f"a{number}", at + 60 * minutes, "So.", "us", thread=f"t{number}"),
            said(f"u{number}", at + 60 * minutes + 5, "Thanks", "ann", thread=f"t{number}"),
        ]
    Intake(store).take(place, talk)
    assert card(store, Members(store), Promises(store), 1, 2026).typical_reply == typical


def test_what_we_wrote_before_them_is_no_answer(store: Store) -> None:
    Intake(store).take(account(store), [
        said("1", NOW, "Good morning, all", "us", thread="a"),
        said("2", NOW + 60, "Good morning", "ann", thread="a"),
        said("3", NOW + 90, "A question", "ann", thread="b"),
        said("4", NOW + 95, "An answer", "us", thread="b"),
    ])  # fmt: skip
    found = card(store, Members(store), Promises(store), 1, 2026)
    assert (found.conversations, found.answered, found.heard) == (2, 1, 2)


def test_the_readme_counts_the_people_of_the_demo(demo: Workbench) -> None:
    words = {71: "seventy-one"}
    there = demo.store.read.execute("SELECT count(*) FROM member WHERE merged_into IS NULL").fetchone()[0]
    said_there = re.search(r"brand, ([\w-]+) people, (\w+) languages", (HOUSE / "README.md").read_text("utf-8"))
    assert said_there is not None
    assert said_there[1] == words[there]
    spoken = demo.store.read.execute("SELECT count(DISTINCT language) FROM template_text").fetchone()[0]
    assert (said_there[2], spoken) == ("five", 5)
