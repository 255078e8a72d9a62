"""Change notices: each commit names exactly the rows that it touched, and says when they are too many to name."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.changes import MANY, WATCHED, Changes
from app.store.store import Store
from app.store.undo import UNDOABLE
from tests.app.saying import NOW, account, said
from tests.app.store.test_undo import DEEDS, act, base, opened
from tests.examples import examples

__all__ = ["base"]


def test_what_is_undoable_is_watched() -> None:
    assert set(UNDOABLE) <= set(WATCHED)


def test_every_table_with_numbered_rows_is_watched_or_known_not_to_be(store: Store) -> None:
    tables = {
        row[0]
        for row in store.read.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    }
    unseen = {"setting", "cursor", "import_mapping", "thread_ref", "raw", "attachment_bytes", "exported_row",
              "outgoing_bytes", "letter_place", "activity", "tombstone", "seal",
              "action_step", "tally", "sqlite_schema", "sqlite_sequence", "_sqlite_migrations"}  # fmt: skip
    assert tables - set(WATCHED) == unseen & tables


def test_insert_update_delete_and_replace_each_name_their_row(store: Store, heard: list[Changes]) -> None:
    for sql in (
        "INSERT INTO label (id, name) VALUES (1, 'a'), (2, 'b')",
        "UPDATE label SET name = 'c' WHERE id = 2",
        "INSERT OR REPLACE INTO label (id, name) VALUES (7, 'c')",
        "DELETE FROM label WHERE id = 1",
    ):
        with store.write() as conn:
            conn.execute(sql)
    assert [set(change.ids["label"]) for change in heard] == [{1, 2}, {2}, {2, 7}, {1}]
    assert all(set(change.ids) == {"label"} for change in heard)


def test_what_goes_with_its_parent_is_named_too(store: Store, heard: list[Changes]) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO template (id, key, name, created_at) VALUES (1, 'a', 'A', 0)")
        conn.execute(
            "INSERT INTO template_text (id, template_id, language, body, updated_at) VALUES (5, 1, 'en', 'Hi', 0)"
        )
    with store.write() as conn:
        conn.execute("DELETE FROM template")
    assert heard[-1].ids == {"template": {1}, "template_text": {5}}


def test_a_write_that_changes_nothing_or_fails_is_not_heard_of(store: Store, heard: list[Changes]) -> None:
    with store.write() as conn:
        conn.execute("UPDATE label SET name = 'x'")
    with pytest.raises(ZeroDivisionError), store.write() as conn:
        conn.execute("INSERT INTO label (name) VALUES (?)", (1 // 0,))
    assert heard == []
    with store.write() as conn:
        conn.execute("INSERT INTO label (id, name) VALUES (4, 'x')")
    assert heard[0].ids == {"label": {4}}


@pytest.mark.parametrize(("count", "named"), [(MANY, MANY), (MANY + 1, 0)])
def test_too_many_to_name_is_said_as_such(store: Store, heard: list[Changes], count: int, named: int) -> None:
    with store.write() as conn:
        conn.executemany("INSERT INTO label (name) VALUES (?)", ((str(number),) for number in range(count)))
    found = heard[0].within("label")
    assert found is not None
    assert len(found) == named
    assert heard[0].touches("gift", "label")
    assert not heard[0].touches("gift")


IDS = st.dictionaries(st.sampled_from("abc"), st.frozensets(st.integers(1, 9), max_size=4))


@given(st.lists(IDS, min_size=1, max_size=4))
def test_notices_merged_name_what_each_named_and_much_stays_much(notices: list[dict[str, frozenset[int]]]) -> None:
    merged = Changes({})
    for ids in notices:
        merged = merged.merged(Changes(ids))
    for table in "abc":
        parts = [ids[table] for ids in notices if table in ids]
        if not parts:
            assert merged.within(table) is None
        else:
            assert merged.within(table) == (frozenset().union(*parts) if all(parts) else frozenset())


def everything(store: Store) -> dict[tuple[str, int], tuple[object, ...]]:
    return {
        (table, row[0]): tuple(row) for table in WATCHED for row in store.read.execute(f"SELECT rowid, * FROM {table}")
    }


@pytest.mark.slow
@examples(40)
@given(deeds=st.lists(st.sampled_from(sorted(DEEDS)), min_size=1, max_size=6), seed=st.integers(0, 999))
def test_no_row_changes_unnamed_whatever_is_done_and_undone(
    base: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[str], seed: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "changes"
    with opened(base, folder) as bench:
        named: set[tuple[str, int]] = set()
        bench.store.listen(lambda found: named.update((table, one) for table, ids in found.ids.items() for one in ids))
        random = Random(seed)
        for step in [*deeds, *("undo" for _ in deeds)]:
            before = everything(bench.store)
            named.clear()
            if step != "undo":
                act(bench, step, random)
            elif bench.actions.last():
                bench.actions.undo()
            after = everything(bench.store)
            changed = {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}
            assert changed <= named
            assert {row for row in named if row not in before and row not in after} <= {
                row for row in named if row[0] in ("conversation_label", "draft")
            }
    shutil.rmtree(folder, ignore_errors=True)


def test_a_page_of_messages_names_what_it_touched(store: Store, heard: list[Changes]) -> None:
    from app.intake import Intake  # noqa: PLC0415

    number = account(store)
    heard.clear()
    taken = Intake(store).take(number, [said("1", NOW, thread="t"), said("2", NOW + 1, thread="t")])
    ids = heard[0].ids
    assert ids["conversation"] == taken.conversation_ids
    assert {table: len(found) for table, found in ids.items()} == {
        "conversation": 1, "message": 2, "member": 1, "identity": 1, "involvement": 1,
    }  # fmt: skip


def test_a_row_that_is_written_over_twice_in_one_transaction_is_named_once(store: Store, heard: list[Changes]) -> None:
    with store.write() as conn:
        for name in "ab":
            conn.execute(
                "INSERT INTO label (id, name) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                (name,),
            )
    assert heard[-1].ids == {"label": {1}}
