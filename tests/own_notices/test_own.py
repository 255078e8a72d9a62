"""Notices written in structures that differ from each other: each is read right, with its stars."""

from __future__ import annotations

import pytest

from tests.blind_notices.building import Notice
from tests.blind_notices.test_blind import is_right, read
from tests.own_notices.reading import HERE, notices

ALL = [notice for path in sorted(HERE.glob("batch_*.txt")) for notice in notices(path.stem)]


@pytest.mark.parametrize("notice", ALL, ids=lambda notice: notice.name)
def test_who_said_what_and_where(notice: Notice) -> None:
    found = read(notice)
    assert [one.author.name.removeprefix("u/") for one in found] == [entry.author for entry in notice.entries]
    for said, entry in zip(found, notice.entries, strict=True):
        assert is_right(said, entry, notice.kind), (said.text, said.url)
        assert not entry.stars or said.title.count("★") == entry.stars
