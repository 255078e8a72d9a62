"""The keys in use, and how a key is written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.commands.key_names import NAMED, is_single, parts, shown_key, spelled
from app.commands.keymap import Keymap
from app.commands.table import COMMANDS


def test_changed_keys_replace_those_of_the_table() -> None:
    changed = Keymap({"done": ("D",)})
    assert changed.commands(["D"], "inbox")[0].id == "done"
    assert changed.commands(["E"], "inbox") == []
    assert changed.cap("done") == "D"
    assert Keymap({"done": ()}).cap("done") == ""


def test_without_single_letters_only_chords_and_function_keys_act() -> None:
    off = Keymap(single=False)
    assert off.commands(["E"], "inbox") == []
    assert off.commands(["?"], "inbox") == []
    assert off.commands(["Shift+J"], "inbox") == []
    assert off.keys("undo") == ("Ctrl+Z",)
    assert off.keys("keysheet") == ("F1",)
    assert off.commands(["Ctrl+Enter"], "inbox")[0].id == "send_done"
    assert [key for command in COMMANDS for key in off.keys(command.id) if is_single(key)] == []


def test_keys_are_written_as_on_the_keyboard() -> None:
    assert [shown_key(k) for k in ("E", "Ctrl+Enter", "Ctrl+Shift+X", "Enter", "Ctrl++", "Escape")] == [
        "E", "Ctrl ↵", "Ctrl Shift X", "Enter", "Ctrl +", "Esc",
    ]  # fmt: skip


def test_single_letter_keys_are_those_of_wcag() -> None:
    assert [key for key in ("E", "Shift+J", "?", "F1", "Ctrl+K", "Enter") if is_single(key)] == ["E", "Shift+J", "?"]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("e", "E"), ("shift+j", "Shift+J"), ("ctrl+shift+e", "Ctrl+Shift+E"), ("Shift+Ctrl+e", "Ctrl+Shift+E"),
        ("esc", "Escape"), ("alt+return", "Alt+Enter"), ("f8", "F8"), ("ctrl++", "Ctrl++"), ("+", "+"), ("?", "?"),
        ("ctrl+plus", "Ctrl++"), ("Ctrl K", "Ctrl+K"), ("shift+?", "?"), ("cmd+k", "Ctrl+K"),
        ("η", "Η"), ("ctrl+,", "Ctrl+,"),
    ],
)  # fmt: skip
def test_a_typed_key_is_spelled_as_in_the_table(typed: str, key: str) -> None:
    assert spelled(typed) == key


@pytest.mark.parametrize("typed", ["", "ctrl", "ctrl+", "foo", "F13", "ctrl+foo", "hyper+e", "shift+", "ab", "\x07"])
def test_what_is_no_key_is_refused_by_its_name(typed: str) -> None:
    with pytest.raises(UserError, match="isn't a key"):
        spelled(typed)


def test_every_key_of_the_table_is_spelled_as_it_would_be_read() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert spelled(key) == key
            assert parts(key)[1]


@given(
    st.sets(st.sampled_from(["Ctrl", "Alt", "Shift"])),
    st.sampled_from([*NAMED, *"ABCXYZ0189?/.,+-", "Ά", "Ő"]),
)
def test_spelling_twice_changes_nothing(held: set[str], last: str) -> None:
    once = spelled("+".join([*sorted(held), last]))
    assert spelled(once) == once
    assert spelled(once.lower()) == once
