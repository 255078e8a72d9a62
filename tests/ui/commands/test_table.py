"""The table of commands holds together: a key means the same everywhere, and what later nouns need is free."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from app.channels.registry import known
from app.commands.command import EVERYWHERE
from app.commands.key_names import is_single, parts
from app.commands.keymap import Keymap
from app.commands.table import COMMANDS, by_id, on_page
from ui.frame.registry import numbered, pages
from ui.look import icons

PAGES = [entry.id for entry in pages()]
LATER = {"P": "feedback to product"}
"""Letters for what is not there yet: nobody learns another meaning of theirs first."""
SETTLED = {
    "J": "next", "K": "previous", "N": "next_waiting", "Enter": "open", "O": "open", "Escape": "back", "R": "reply",
    "T": "template", "A": "seen_valued", "E": "done", "S": "snooze", "H": "handoff", "G": "gift", "U": "unhappy",
    "Q": "hard", "F": "all_from", "I": "card", "L": "note", "M": "labels", "V": "moderate", "X": "select",
    "Shift+J": "extend_down", "Shift+K": "extend_up", "Z": "undo", "Ctrl+Z": "undo", "/": "search", "Ctrl+F": "search",
    "Ctrl+K": "palette", "C": "new_message", "Shift+R": "reply_all", "Shift+F": "forward", ".": "quotations",
    "Shift+Y": "by_person", "Shift+A": "react", "Ctrl+Shift+Z": "redo", "F7": "next_slip", "?": "keysheet",
    "F1": "keysheet", "Ctrl+Enter": "send_done", "Ctrl+Shift+Enter": "send_keep", "Ctrl+T": "insert_template",
    "Alt+Enter": "take_hint", "F8": "next_hint", "F6": "next_pane", "Shift+F6": "previous_pane", "Ctrl+,": "settings",
    "Y": "kind_word", "D": "promise", "W": "introduce", "Alt+P": "take_promise",
}  # fmt: skip
"""What the house has settled on, by the sense of the command."""


def test_every_id_stands_once_and_every_place_is_a_page() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    assert {place for command in COMMANDS for place in command.where} <= {EVERYWHERE, *PAGES}


def test_a_key_means_the_same_on_every_page() -> None:
    senses = defaultdict[str, set[str]](set)
    for command in COMMANDS:
        for key in command.keys:
            senses[key].add(command.sense)
    assert {key: meant for key, meant in senses.items() if len(meant) > 1} == {}


def test_commands_share_a_meaning_only_where_they_share_a_key_and_never_on_one_page() -> None:
    together = defaultdict[str, list[str]](list)
    for command in COMMANDS:
        if command.meaning:
            together[command.meaning].append(command.id)
    assert all(len(ids) > 1 or ids[0] != meaning for meaning, ids in together.items())
    for page in PAGES:
        keys = Counter(key for command in on_page(page) for key in command.keys)
        assert [key for key, times in keys.items() if times > 1] == [], page


@pytest.mark.parametrize(("key", "sense"), SETTLED.items())
def test_settled_keys_do_what_was_settled(key: str, sense: str) -> None:
    assert {command.sense for command in COMMANDS if key in command.keys} == {sense}


@pytest.mark.parametrize("key", LATER)
def test_letters_of_what_comes_later_are_free(key: str) -> None:
    assert [command.id for command in COMMANDS if key in command.keys] == []


def test_letters_are_those_of_the_inbox_wherever_they_act() -> None:
    """Exceptions: none. A letter on another page is a command of the inbox, or shares the meaning of one."""
    inbox = {command.sense for command in on_page("inbox")}
    strange = [
        command.id
        for command in COMMANDS
        if any(is_single(key) and parts(key)[1].isalpha() for key in command.keys) and command.sense not in inbox
    ]
    assert strange == []


def test_the_pages_of_the_rail_have_a_key_each_by_their_place() -> None:
    assert [by_id(f"page_{place}").keys for place in range(1, 10)] == [(f"Ctrl+{place}",) for place in range(1, 10)]
    assert 5 < len(numbered()) <= 9


def test_every_icon_exists() -> None:
    for command in COMMANDS:
        assert not command.icon or icons.source(command.icon).startswith("<svg")
    for of in known():
        assert icons.for_channel(of.kind) == of.icon
        assert "<svg" in icons.source(of.icon)
    assert icons.for_channel("a kind of tomorrow") == "message-square"


def test_the_pages_own_commands_come_before_those_of_everywhere() -> None:
    assert on_page("delight")[0].where != (EVERYWHERE,)
    assert Keymap().commands(["Ctrl+N"], "members")[0].id == "add_member"
    assert Keymap().commands(["Ctrl+N"], "templates")[0].id == "new_template"
    assert Keymap().commands(["Ö"], "inbox") == []
