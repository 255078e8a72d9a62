"""The table of commands holds together."""

from __future__ import annotations

from collections import Counter

import pytest

from app.channels.registry import known
from ui.commands.table import COMMANDS, EVERYWHERE, by_id, for_keys, on_page, shown_key
from ui.frame.registry import pages
from ui.look import icons

PAGES = [entry.id for entry in pages()]


def test_every_id_stands_once_and_every_place_is_a_page() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    assert {place for command in COMMANDS for place in command.where} <= {EVERYWHERE, *PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_a_key_means_one_thing_on_a_page(page: str) -> None:
    own = Counter(key for command in COMMANDS if page in command.where for key in command.keys)
    assert [key for key, times in own.items() if times > 1] == []


def test_every_icon_exists() -> None:
    for command in COMMANDS:
        assert not command.icon or icons.source(command.icon).startswith("<svg")
    for of in known():
        assert icons.for_channel(of.kind) == of.icon
        assert "<svg" in icons.source(of.icon)
    assert icons.for_channel("a kind of tomorrow") == "message-square"


def test_the_pages_own_commands_come_before_those_of_everywhere() -> None:
    assert on_page("delight")[0].where != (EVERYWHERE,)
    assert for_keys(["M"], "members")[0].id == "merge"
    assert for_keys(["M"], "inbox")[0].id == "labels"
    assert for_keys(["Ö"], "inbox") == []


def test_changed_keys_replace_those_of_the_table() -> None:
    assert for_keys(["D"], "inbox", {"done": ("D",)})[0].id == "done"
    assert for_keys(["E"], "inbox", {"done": ("D",)}) == []


def test_keys_are_written_as_on_the_keyboard() -> None:
    assert [shown_key(k) for k in ("E", "Ctrl+Enter", "Ctrl+Shift+X", "Enter", "Ctrl++", "Escape")] == [
        "E", "Ctrl ↵", "Ctrl Shift X", "Enter", "Ctrl +", "Esc",
    ]  # fmt: skip
    assert by_id("gift").icon == "gift"
