"""The parts of a mail's header, each in time that grows with its length alone."""

from __future__ import annotations

import pytest

from app.mail import headers
from app.mail.parse import parse
from tests.app.timing import grows_in_line


def dated(said: str) -> bytes:
    return f"From: ada@x.is\nDate: {said}\nMessage-ID: <1@x>\n\nHello".encode()


SPACED = [
    " " * 20_000,
    "\t" * 20_000,
    "\u00a0" * 20_000,
    "Mon," + " " * 20_000,
    "1 " * 10_000,
    "Mon, 1" + " " * 20_000 + "Ja",
]


@pytest.mark.parametrize("said", SPACED)
def test_dates_of_nothing_but_spaces_take_time_in_proportion(said: str) -> None:
    assert grows_in_line(lambda size: headers.date("x" + said[:size] + "x"), 5_000)
    assert grows_in_line(lambda size: parse(dated("x" + said[:size] + "x")), 5_000)


def test_a_date_may_have_any_space_in_it() -> None:
    assert headers.date("Mon,  6\t Jan   2025" + " " * 9_000 + "10:11:12 +0100 (CET)") == 1_736_154_672
