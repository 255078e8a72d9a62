"""The reply target of an account, as it is typed and shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.target import understood, written
from app.base.errors import UserError
from app.workbench import Workbench
from tests.app.saying import account


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("4", 240), ("1.5", 90), ("1,5 h", 90), ("30 min", 30), ("4 h", 240), ("1 h 30 min", 90), ("1:30", 90),
        ("2h", 120), ("45m", 45),
        ("3 hod", 180), ("2 óra", 120), ("4 klst.", 240), ("2 ώρες", 120), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_length_of_time_is_understood(typed: str, minutes: int | None) -> None:
    assert understood(typed) == minutes


@pytest.mark.parametrize("typed", ["soon", "0", "0 min", "721 h", "4 parsecs", "-3", "h"])
def test_what_is_none_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        understood(typed)


@given(st.none() | st.integers(1, 720 * 60))
def test_what_is_written_is_understood_again(minutes: int | None) -> None:
    assert understood(written(minutes)) == minutes


def test_a_target_is_kept_with_its_account_and_undone(bench: Workbench) -> None:
    number = account(bench.store)
    notes = bench.accounts.notes
    assert notes.reply_target(number) is None
    notes.put_reply_target(number, 90, "Blog")
    assert notes.reply_target(number) == 90
    bench.actions.undo()
    assert notes.reply_target(number) is None
