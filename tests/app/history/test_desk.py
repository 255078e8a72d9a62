"""A member's history: everything once, in the order of time, in pages of any size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.paths import Profile
from app.base.text import folded_words, words
from app.demo import build
from app.history import KINDS, Asked, Entry
from app.history.telling import title, under
from app.workbench import Workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The demo, with an entry of each kind for its busiest member."""
    profile = Profile(tmp_path_factory.mktemp("demo"))
    build(profile)
    made = Workbench(profile)
    busy, other = _busiest(made)
    with made.store.write() as conn:
        theirs, else_ = (
            conn.execute("SELECT id FROM identity WHERE member_id = ? ORDER BY id", (one,)).fetchone()[0]
            for one in (busy, other)
        )
        said = conn.execute(
            "SELECT id, at, conversation_id FROM message WHERE identity_id = ? ORDER BY id", (theirs,)
        ).fetchall()
        meeting = "(one_id, other_id, why, created_at, introduced_at, closed_at, outcome)"
        rows: list[tuple[str, tuple[Any, ...]]] = [
            ("member_note (member_id, at, text)", (busy, said[0]["at"] + 5, "Likes quinces")),
            ("help (id, identity_id, helped_identity_id, at)", (said[1]["id"], theirs, else_, said[1]["at"])),
            (f"introduction {meeting}", (busy, other, "Both bake", 1, 2, 3, "They bake together")),
            (
                "quarrel (id, conversation_id, found_at, heat, state, state_at)",
                (999, said[2]["conversation_id"], said[2]["at"], 9, "settled", said[2]["at"] + 9),
            ),
            ("quarrel_side (quarrel_id, identity_id)", (999, theirs)),
            ("quarrel_side (quarrel_id, identity_id)", (999, else_)),
            (
                "member_merge (kept_id, gone_id, at, before, after, moved, parted_at)",
                (busy, other, 5, "", "", "", 6),
            ),
        ]
        for columns, values in rows:
            marks = ", ".join("?" * len(values))
            conn.execute(f"INSERT OR REPLACE INTO {columns} VALUES ({marks})", values)
    yield made
    made.close()


def _busiest(bench: Workbench) -> tuple[int, int]:
    rows = bench.store.read.execute(
        "SELECT i.member_id FROM identity i JOIN message m ON m.identity_id = i.id GROUP BY 1 ORDER BY count(*) DESC, 1"
    ).fetchall()
    return int(rows[0][0]), int(rows[1][0])


def whole(bench: Workbench, member: int, asked: Asked = Asked(), limit: int = 100_000) -> list[Entry]:  # noqa: B008
    """All pages of that size, one after the other."""
    found: list[Entry] = []
    after = None
    while True:
        page = bench.history.page(member, asked, after, limit)
        found += page.entries
        assert len(page.entries) <= limit
        after = page.after
        if after is None:
            return found


def test_every_kind_is_there_once_and_the_latest_first(bench: Workbench) -> None:
    busy, _ = _busiest(bench)
    every = whole(bench, busy)
    assert [one.key for one in every] == sorted((one.key for one in every), reverse=True)
    assert len({(one.kind, one.stage, one.id) for one in every}) == len(every)
    there = Counter(one.kind for one in every)
    assert there.keys() >= {"message", "reply", "note", "help", "introduction", "quarrel", "merge"}
    stages = {(one.kind, one.stage) for one in every}
    assert stages >= {("introduction", "closed"), ("quarrel", "settled"), ("merge", "parted"), ("help", "gave")}


def test_it_counts_what_sql_counts(bench: Workbench) -> None:
    conn = bench.store.read
    for (member,) in conn.execute("SELECT id FROM member WHERE merged_into IS NULL").fetchall():
        there = Counter(one.kind for one in whole(bench, member))
        theirs = conn.execute(
            "SELECT count(*) FROM message WHERE kind <> 'offline' AND NOT out AND identity_id IN"
            " (SELECT id FROM identity WHERE member_id = ?)", (member,),
        ).fetchone()[0]  # fmt: skip
        assert there["message"] == theirs
        gifts = conn.execute(
            "SELECT count(*) + sum(state <> 'idea') FROM gift WHERE member_id = ?", (member,)
        ).fetchone()[0]
        assert there["gift"] == (gifts or 0)
        promises = conn.execute(
            "SELECT count(*) + count(kept_at) FROM promise WHERE member_id = ?", (member,)
        ).fetchone()[0]
        assert there["promise"] == promises


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 40), member=st.integers(1, 66), kinds=st.frozensets(st.sampled_from(KINDS), max_size=3))
def test_pages_of_any_size_make_the_same_whole(
    bench: Workbench, limit: int, member: int, kinds: frozenset[str]
) -> None:
    asked = Asked(kinds)
    assert whole(bench, member, asked, limit) == whole(bench, member, asked)


@pytest.mark.parametrize("kind", KINDS)
def test_a_filter_by_kind_leaves_that_kind_alone(bench: Workbench, kind: str) -> None:
    busy, _ = _busiest(bench)
    assert whole(bench, busy, Asked(frozenset((kind,)))) == [one for one in whole(bench, busy) if one.kind == kind]


def test_a_filter_by_channel_and_by_words_finds_without_accents(bench: Workbench) -> None:
    row = bench.store.read.execute("SELECT id FROM member WHERE name = 'Žofie Dvořáková'").fetchone()
    kinds = set(bench.history.channels(row["id"]))
    assert {"discourse", "email"} <= kinds
    on_forum = whole(bench, row["id"], Asked(channel="discourse"))
    assert {one.channel for one in on_forum} == {"discourse"}
    assert on_forum == [one for one in whole(bench, row["id"]) if one.channel == "discourse"]
    found = whole(bench, row["id"], Asked(words="slibeny RECEPT"))
    assert found
    assert all("recept" in f"{one.title} {one.words}".casefold() for one in found)
    assert whole(bench, row["id"], Asked(words="nowhere to be found")) == []


def test_ours_to_others_in_the_same_thread_are_not_theirs(bench: Workbench) -> None:
    conn = bench.store.read
    for (member,) in conn.execute("SELECT id FROM member WHERE merged_into IS NULL").fetchall():
        for one in whole(bench, member, Asked(frozenset(("reply",)))):
            row = conn.execute(
                "SELECT i.member_id AS of_talk, (SELECT j.member_id FROM outbox o JOIN identity j ON j.id ="
                " o.identity_id WHERE o.message_id = ?1) AS receiver FROM message m JOIN conversation c"
                " ON c.id = m.conversation_id LEFT JOIN identity i ON i.id = c.identity_id WHERE m.id = ?1",
                (one.id,),
            ).fetchone()
            assert member in (row["of_talk"], row["receiver"])


def test_every_entry_has_a_title_and_leads_somewhere(bench: Workbench) -> None:
    for (member,) in bench.store.read.execute("SELECT id FROM member WHERE merged_into IS NULL").fetchall():
        for one in whole(bench, member):
            assert title(one), one
            assert "{" not in title(one) + under(one)
            if one.kind in ("message", "reply"):
                assert one.message_id is not None
                assert one.conversation_id is not None


def test_nobody_has_no_history(bench: Workbench) -> None:
    made = bench.members.add("Nobody yet")
    assert whole(bench, made) == []


@pytest.mark.parametrize("typed", ["recept", "b", "zofie", "limonada bazalka", "=?", "mátou. A mám"])
def test_words_find_what_a_walk_through_all_of_it_finds(bench: Workbench, typed: str) -> None:
    row = bench.store.read.execute("SELECT id FROM member WHERE name = 'Žofie Dvořáková'").fetchone()
    wanted = words(typed)
    texts = dict(bench.store.read.execute("SELECT id, text FROM message").fetchall())

    def said(one: Entry) -> str:
        own = texts[one.message_id] if one.kind in ("message", "reply", "met") else one.words
        return f" {folded_words(f'{one.title} {own} {one.who}')}"

    by_hand = [one for one in whole(bench, row["id"]) if all(f" {word}" in said(one) for word in wanted)]
    found = whole(bench, row["id"], Asked(words=typed))
    assert [one.key for one in found] == [one.key for one in by_hand]
