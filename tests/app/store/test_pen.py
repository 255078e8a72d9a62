"""The pen of a desk that is lent is asked for in every transaction, of whatever process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import DiskError
from app.settings import delete_value, store_value
from app.store import pen
from app.store.pen import Loan
from app.store.store import Store

LOAN = Loan("3f", "Κατερίνα", 1_796_300_000)


def put(key: str, loan: Loan) -> Callable[[Store], None]:
    def write(store: Store) -> None:
        with store.write(without_pen=True) as conn:
            store_value(conn, key, loan.packed())

    return write


@pytest.mark.parametrize(
    ("write", "title"),
    [
        (put(pen.AT_HOME, LOAN), "The desk is lent"),
        (put(pen.ON_LOAN, LOAN._replace(back_at=1_796_400_000)), "This copy was handed back"),
    ],
)
def test_the_file_without_the_pen_is_only_read(tmp_path: Path, write: Callable[[Store], None], title: str) -> None:
    with (
        closing(Store(tmp_path / "community.rapport")) as store,
        closing(Store(tmp_path / "community.rapport")) as other,
    ):
        assert other.obstacle() is None
        write(store)
        found = other.obstacle()
        assert found is not None
        assert found.title == title
        with pytest.raises(DiskError) as refused, other.write("Something") as conn:
            store_value(conn, "x", "1")
        assert str(refused.value) == found.sentence
        assert other.read.execute("SELECT count(*) FROM setting WHERE key = 'x'").fetchone()[0] == 0


def test_a_copy_that_is_worked_in_has_the_pen(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "community.rapport")) as store:
        put(pen.ON_LOAN, LOAN)(store)
        assert store.obstacle() is None
        assert pen.on_loan(store.read) == LOAN
        with store.write() as conn:
            store_value(conn, "x", "1")


def test_it_is_written_to_again_once_the_pen_is_here(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "community.rapport")) as store:
        put(pen.AT_HOME, LOAN)(store)
        with store.write(without_pen=True) as conn:
            delete_value(conn, pen.AT_HOME)
        assert store.obstacle() is None
        with store.write() as conn:
            store_value(conn, "x", "1")


def test_a_private_copy_is_written_to_whoever_has_the_pen(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "community.rapport")) as store:
        put(pen.AT_HOME, LOAN)(store)
    with closing(Store(tmp_path / "community.rapport", private=True)) as store, store.write() as conn:
        store_value(conn, "x", "1")
