"""The figures of each name and the level of each member, kept up with every message, merge, import and undo."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import UserError
from app.base.paths import Profile
from app.imports.removal import remove
from app.intake import messages
from app.involvement import upkeep
from app.store.sqlite import IntegrityError
from app.store.store import Store
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

DAY = 86_400
WHO = ("anna", "bela", "cyril", "us")


def kept(store: Store) -> tuple[object, ...]:
    """Both tables as they stand; since when a level holds follows from the order of events."""
    activity = store.read.execute("SELECT * FROM activity ORDER BY id").fetchall()
    return [tuple(row) for row in activity], store.read.execute(
        "SELECT id, level FROM involvement ORDER BY id"
    ).fetchall()


def recounted(store: Store) -> tuple[object, ...]:
    """Both tables after they were emptied and counted anew."""
    with store.write() as conn:
        conn.execute("DELETE FROM activity")
        conn.execute("DELETE FROM involvement")
        upkeep.count_all_anew(conn)
    return kept(store)


@contextmanager
def opened() -> Iterator[Workbench]:
    """A workbench on a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(Profile(Path(folder)))
        try:
            yield bench
        finally:
            bench.close()


def activity(bench: Workbench, key: str) -> dict[str, object]:
    """The figures of a name."""
    row = bench.store.read.execute(
        "SELECT a.* FROM activity a JOIN identity i ON i.id = a.id WHERE i.key = ?", (key,)
    ).fetchone()
    return {name: row[name] for name in row.keys()} if row is not None else {}  # noqa: SIM118  a Row has no iterator


def test_what_somebody_wrote_is_counted_by_messages_days_and_beginnings(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW - 2 * DAY, thread="a"), said("2", NOW - 2 * DAY + 60, thread="a")])
    bench.intake.take(number, [said("3", NOW, thread="b", who="us", out=True), said("4", NOW + 60, thread="b")])
    found = activity(bench, "anna")
    assert (found["messages"], found["days"], found["started"]) == (3, 2, 1)
    assert (found["first_at"], found["last_at"]) == (NOW - 2 * DAY, NOW + 60)
    assert found["came_back_at"] is None


def test_an_older_message_that_comes_late_is_counted_in_its_place(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW - 60 * DAY), said("2", NOW)])
    assert activity(bench, "anna")["was_away_days"] == 60
    bench.intake.take(number, [said("3", NOW - 30 * DAY)])
    found = activity(bench, "anna")
    assert (found["messages"], found["days"], found["came_back_at"], found["was_away_days"]) == (3, 3, NOW, 30)


def test_nobodys_automatic_reply_is_a_deed(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW)])
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET quiet = 'away'")
    assert activity(bench, "anna") == {}
    assert kept(bench.store) == recounted(bench.store) == ([], [])


def test_a_thanks_and_a_kind_word_cheer(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW, thread="a"), said("2", NOW + 60, thread="a", who="us", out=True)])
    bench.intake.take(number, [said("3", NOW + 120, "Thanks!", thread="a")])
    assert activity(bench, "anna")["cheered"] == 1
    first = bench.store.read.execute("SELECT min(id) FROM message").fetchone()[0]
    bench.kind_words.keep(first)
    assert activity(bench, "anna")["cheered"] == 2
    bench.actions.undo()
    assert activity(bench, "anna")["cheered"] == 1


def test_help_is_counted_for_whoever_gave_it(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW, thread="a"), said("2", NOW + 60, thread="a", who="bela")])
    one, other = (row["id"] for row in bench.store.read.execute("SELECT id FROM identity ORDER BY id"))
    (answer,) = bench.store.read.execute("SELECT max(id) FROM message").fetchone()
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO help (id, identity_id, helped_identity_id, at) VALUES (?, ?, ?, ?)", (answer, other, one, NOW)
        )
    assert activity(bench, "bela")["helped"] == 1
    with bench.store.write() as conn:
        conn.execute("DELETE FROM help")
    assert activity(bench, "bela")["helped"] == 0


def test_an_import_that_is_taken_back_leaves_the_figures_as_they_were(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW), said("2", NOW + 30 * DAY)])
    before = kept(bench.store)
    with bench.store.write() as conn:
        batch = conn.execute(
            "INSERT INTO import_batch (at, file, kind, account_id) VALUES (?, 'f', 'mbox', ?)", (NOW, number)
        ).lastrowid
    bench.intake.take(number, [said("3", NOW + 10 * DAY), said("4", NOW + DAY, who="bela")], batch_id=batch)
    assert kept(bench.store) != before
    with bench.store.write() as conn:
        remove(conn, int(batch or 0))
    assert kept(bench.store) == before


_ONE = st.tuples(st.sampled_from(WHO), st.integers(0, 200), st.integers(0, 5), st.booleans())
_EVENT = st.one_of(
    st.tuples(st.just("take"), st.lists(_ONE, min_size=1, max_size=4)),
    st.tuples(st.just("merge"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("pin"), st.integers(0, 9), st.sampled_from(("", "core", "visitor"))),
    st.tuples(st.just("kind"), st.integers(0, 9), st.sampled_from(("staff", "customer"))),
    st.tuples(st.just("join"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("from"), st.integers(2, 6)),
)  # fmt: skip


@pytest.mark.slow
@given(st.lists(_EVENT, max_size=12))
@settings(max_examples=60, deadline=None)
def test_kept_up_by_increments_the_figures_are_those_of_a_recount(events: list[tuple[object, ...]]) -> None:
    with opened() as bench:
        number, taken = account(bench.store), 0
        for event in events:
            taken += _happen(bench, number, taken, event)
        as_kept = kept(bench.store)
        assert as_kept == recounted(bench.store)
        assert not bench.store.read.execute("PRAGMA foreign_key_check").fetchall()


def _happen(bench: Workbench, number: int, taken: int, event: tuple[object, ...]) -> int:
    what, *rest = event
    members = [row["id"] for row in bench.store.read.execute("SELECT id FROM member ORDER BY id")]
    talks = [row["id"] for row in bench.store.read.execute("SELECT id FROM conversation ORDER BY id")]
    if what == "take":
        items = [
            said(
                f"{taken}-{n}",
                NOW - DAY * day,
                "Thanks!" if thanks else "Hello",
                who,
                thread=f"t{thread}",
                out=who == "us",
            )
            for n, (who, day, thread, thanks) in enumerate(_spoken(rest[0]))
        ]
        bench.intake.take(number, items)
        return 1
    try:
        if what == "undo":
            bench.actions.undo()
        elif what == "from":
            bench.settings.put("involved_participant_days", rest[0])  # type: ignore[arg-type]
        elif what == "remove":
            _remove(bench, int(rest[0]))  # type: ignore[call-overload]
        elif what == "join" and talks:
            bench.intake.join([talks[int(one) % len(talks)] for one in rest])  # type: ignore[call-overload]
        elif members:
            _about(bench, members, str(what), rest)
    except UserError:
        pass
    return 0


def _spoken(drawn: object) -> list[tuple[str, int, int, bool]]:
    assert isinstance(drawn, list)
    return drawn


def _remove(bench: Workbench, which: int) -> None:
    found = [row["id"] for row in bench.store.read.execute("SELECT id FROM message ORDER BY id")]
    if found:
        with bench.store.write() as conn:
            conn.execute("UPDATE conversation SET last_message_id = NULL")
            messages.remove(conn, [found[which % len(found)]])


def _about(bench: Workbench, members: list[int], what: str, rest: list[object]) -> None:
    one = members[int(str(rest[0])) % len(members)]
    if what == "merge":
        bench.members.merge(one, members[int(str(rest[1])) % len(members)])
    elif what == "kind":
        bench.members.edit(one, {"kind": rest[1]})
    else:
        with bench.store.write("Pinned") as conn:
            conn.execute("UPDATE member SET pinned = ? WHERE id = ?", (rest[1], one))


def test_help_that_is_written_over_is_counted_all_the_same(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW, thread="a"), said("2", NOW + 60, thread="a", who="bela")])
    one, other = (row["id"] for row in bench.store.read.execute("SELECT id FROM identity ORDER BY id"))
    (answer,) = bench.store.read.execute("SELECT max(id) FROM message").fetchone()
    with bench.store.write() as conn:
        for _ in range(2):
            conn.execute(
                "INSERT INTO help (id, identity_id, helped_identity_id, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET at = excluded.at",
                (answer, other, one, NOW),
            )
    assert activity(bench, "bela")["helped"] == 1


def test_what_is_rolled_back_counts_for_nothing(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW)])
    before = kept(bench.store)
    with pytest.raises(IntegrityError), bench.store.write() as conn:
        conn.execute("UPDATE message SET quiet = 'spam', conversation_id = NULL")
    bench.intake.take(number, [said("2", NOW, who="bela")])
    assert kept(bench.store)[0][:1] == before[0]  # type: ignore[index]
    assert kept(bench.store) == recounted(bench.store)


def test_an_identity_that_an_action_made_goes_with_its_undo(bench: Workbench) -> None:
    made = bench.members.add("Anna")
    bench.involvement.pin([made], "core")
    bench.actions.undo()
    bench.actions.undo()
    assert bench.members.count() == 0
    assert kept(bench.store) == ([], [])
