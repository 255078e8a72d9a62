"""The table of messages, as others have it written."""

from __future__ import annotations

import pytest

from app.base.message import Attached
from app.intake import Intake, messages
from app.store.store import Store
from tests.app.saying import NOW, account, indexed, is_consistent, said, to_index

FILE = Attached("a.txt", "text/plain", b"hello")


@pytest.fixture
def two(store: Store) -> list[int]:
    """Two messages of one conversation with the same file; their ids."""
    items = [said(str(n), NOW + 60 * n, f"Words {n}", thread="t")._replace(attached=(FILE,)) for n in range(2)]
    Intake(store).take(account(store), items)
    return [row["id"] for row in store.read.execute("SELECT id FROM message ORDER BY id")]


def column(store: Store, name: str, number: int) -> object:
    return store.read.execute(f"SELECT {name} FROM message WHERE id = ?", (number,)).fetchone()[0]


def test_what_was_deleted_by_us_is_there_again_once_it_is_shown(store: Store, two: list[int]) -> None:
    steps = [("hidden", 5, None), ("deleted", 6, 6), ("", 7, None)]
    for upstream, at, gone_at in steps:
        with store.write() as conn:
            messages.note_moderated(conn, two[0], upstream, at)
        assert (column(store, "upstream", two[0]), column(store, "gone_at", two[0])) == (upstream, gone_at)


def test_what_its_author_took_away_stays_gone_when_we_hide_it(store: Store, two: list[int]) -> None:
    with store.write() as conn:
        messages.note_gone(conn, two[0], 4)
        messages.note_moderated(conn, two[0], "hidden", 5)
        messages.note_moderated(conn, two[0], "", 6)
    assert column(store, "gone_at", two[0]) == 4


def test_content_goes_with_the_last_message_that_has_it(store: Store, two: list[int]) -> None:
    for number, left in zip(two, (1, 0), strict=True):
        with store.write() as conn:
            messages.remove(conn, [number])
        assert store.read.execute("SELECT count(*) FROM attachment_bytes").fetchone()[0] == left
        assert indexed(store) == to_index(store)


def test_a_template_that_is_gone_is_not_named(store: Store, two: list[int]) -> None:
    new = messages.NewMessage(9, 1, 1, None, None, None, True, NOW, "said", "Ours", "en", "")  # noqa: FBT003
    with store.write() as conn:
        messages.insert_own(conn, new, 77)
        conn.execute("UPDATE conversation SET messages = messages + 1")
    assert (len(two), column(store, "template_id", 9)) == (2, None)
    is_consistent(store)
