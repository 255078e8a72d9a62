"""Message ids: free, in the order of time, also when a minute is full."""

from __future__ import annotations

from app.intake.numbers import ROOM, Numbers, free
from app.store.sqlite import Connection
from app.store.store import Store
from tests.app.saying import NOW, account

MINUTE = NOW // 60 * ROOM


def write(conn: Connection, *numbers: int) -> None:
    """Messages of these ids, whatever they say."""
    conn.execute("INSERT OR IGNORE INTO conversation (id, account_id, first_at, last_at) VALUES (1, 1, 0, 0)")
    conn.executemany(
        "INSERT INTO message (id, conversation_id, account_id, out, at, text) VALUES (?, 1, 1, 0, 0, '')",
        [(number,) for number in numbers],
    )


def test_the_first_free_one_of_its_minute(store: Store) -> None:
    account(store)
    with store.write() as conn:
        assert free(conn, NOW) == MINUTE
        write(conn, MINUTE, MINUTE + 3)
        assert free(conn, NOW) == MINUTE + 4  # what was left free before stays so: order is that of arrival


def test_a_full_minute_overflows_into_the_next_that_has_room(store: Store) -> None:
    account(store)
    with store.write() as conn:
        write(conn, *range(MINUTE, MINUTE + 2 * ROOM))
        assert free(conn, NOW) == MINUTE + 2 * ROOM
        assert free(conn, NOW + 60) == MINUTE + 2 * ROOM
        assert free(conn, NOW - 60) == MINUTE - ROOM


def test_one_after_the_other_without_asking_the_file_again(store: Store) -> None:
    account(store)
    numbers = Numbers()
    with store.write() as conn:
        numbers.look_up(conn, [NOW, NOW + 60])
        write(conn, MINUTE)  # by another process: not seen before `forget`
        assert [numbers.take(conn, NOW) for _ in range(ROOM + 1)] == [*range(MINUTE, MINUTE + ROOM + 1)]
        numbers.clear_cache()
        assert numbers.take(conn, NOW - 60) == MINUTE - ROOM
        assert numbers.take(conn, NOW + 60) == MINUTE + ROOM


def test_times_before_1970_have_the_first_minute(store: Store) -> None:
    with store.write() as conn:
        assert free(conn, -5) == 0
