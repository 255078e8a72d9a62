"""The files beside the code are there and can be read."""

from __future__ import annotations

import pytest

from app.base import resources


def test_tables_of_several_files_come_in_the_order_of_their_names() -> None:
    members = resources.tables("demo", "members_*.toml", "member")
    firsts = [resources.table("demo", f"members_{one}.toml")["member"][0]["key"] for one in ("cs", "el", "en")]
    keys = [who["key"] for who in members]
    assert [keys.index(key) for key in firsts] == sorted(keys.index(key) for key in firsts)
    assert resources.tables("demo", "nothing_*.toml", "member") == []


def test_a_file_that_is_missing_is_our_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        resources.table("demo", "nowhere.toml")
