"""Which keys a command can have, what has them by now, and that they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import NotFoundError, UserError
from app.commands import binding
from app.commands.command import EVERYWHERE
from app.commands.desk import changed_words
from app.commands.keymap import Keymap
from app.commands.table import COMMANDS, by_id, on_page
from app.settings import store_value
from app.workbench import Workbench


@pytest.mark.parametrize(
    ("command", "key", "why"),
    [
        ("done", "D", ""), ("done", "Shift+D", ""), ("done", "Ctrl+D", ""), ("done", "F9", ""), ("done", "Alt+D", ""),
        ("done", "E", ""), ("undo", "Ctrl+Z", ""), ("send_done", "Ctrl+Enter", ""), ("hard", "Delete", ""),
        ("send_done", "Alt+S", ""), ("send_done", "Shift+S", "types a sign"), ("insert_template", "T", "types a sign"),
        ("take_hint", "/", "types a sign"), ("palette", "K", "types a sign"),
        ("done", "Ctrl+C", "to copy"), ("done", "Ctrl+V", "to paste"), ("done", "Ctrl+Z", "to undo"),
        ("done", "Ctrl+Left", "by words"), ("done", "Ctrl+Shift+End", "by words"),
        ("done", "Ctrl+Backspace", "by words"),
        ("done", "Enter", "confirms"), ("done", "Space", "confirms"), ("done", "Shift+Down", "moves"),
        ("done", "Tab", "moves"), ("attach", "Delete", "moves"), ("done", "Ctrl+Tab", "system"),
        ("done", "Alt+F4", "system"), ("done", "Shift+F10", "system"), ("done", "Ctrl+Alt+E", "AltGr"),
        ("done", "Ctrl+Enter", "sends"), ("back", "B", "keeps its keys"), ("next", "J", "keeps its keys"),
    ],
)  # fmt: skip
def test_what_a_command_can_have(command: str, key: str, why: str) -> None:
    said = binding.refusal(by_id(command), key)
    assert why in said
    assert bool(said) == bool(why)
    assert "{" not in said


def test_no_key_of_the_table_would_be_refused_to_its_neighbour_in_silence() -> None:
    """Keys that fields and the system need are on no command but those that mean the same in a field."""
    by_key = {key: command for command in COMMANDS for key in command.keys if command.id not in binding.FIXED}
    stranger = by_id("unlink")
    refused = {key for key in by_key if binding.refusal(stranger, key)}
    assert refused == {
        "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Enter", "Ctrl+Shift+Enter", "Shift+Down", "Shift+Up", "Shift+F10",
    }  # fmt: skip


def test_what_has_the_key_is_named_with_what_is_left_to_it() -> None:
    change = binding.plan(by_id("hard"), ("E",), {})
    assert change.question() == "E is the key of “Done” now, which would have none: it stays in Find or do."
    change = binding.plan(by_id("hard"), ("Z",), {})
    assert change.question() == "Z is the key of “Undo” now, which would keep Ctrl Z."
    after = binding.carry_out(change, {})
    assert after == {"hard": ("Z",), "undo": ("Ctrl+Z",)}


def test_pages_that_never_meet_may_have_the_same_key() -> None:
    assert binding.plan(by_id("merge"), ("E",), {}).takes == ()
    assert [other.id for other, _left in binding.plan(by_id("merge"), ("N",), {}).takes] == ["next_waiting"]


def test_giving_everything_back_leaves_nothing_changed() -> None:
    once = binding.carry_out(binding.plan(by_id("hard"), ("E",), {}), {})
    assert once == {"hard": ("E",), "done": ()}
    again = binding.reset(by_id("done"), once)
    assert again == {"hard": ()}
    assert binding.reset(by_id("hard"), again) == {}


_FREE = [command.id for command in COMMANDS if command.id not in binding.FIXED]


@given(
    st.lists(
        st.tuples(st.sampled_from(_FREE), st.sampled_from([key for one in COMMANDS for key in one.keys] + ["F9", ""])),
        max_size=12,
    )
)
def test_whatever_is_changed_no_page_has_two_commands_on_a_key(changes: list[tuple[str, str]]) -> None:
    changed: binding.Keys = {}
    for command_id, key in changes:
        command = by_id(command_id)
        if key and binding.refusal(command, key):
            continue
        change = binding.plan(command, (key,) if key else (), changed)
        if binding.fixed_holder(change) is None:
            changed = binding.carry_out(change, changed)
    keymap = Keymap(changed)
    for page in {place for command in COMMANDS for place in command.where} - {EVERYWHERE}:
        keys = [key for command in on_page(page) for key in keymap.keys(command.id)]
        assert len(keys) == len(set(keys))
    assert all(keymap.keys(number) == by_id(number).keys for number in binding.FIXED)


def test_changes_are_kept_reset_and_brought_back(bench: Workbench) -> None:
    change = bench.keys.plan("hard", ["E"])
    before = bench.keys.carry_out(change)
    assert before == {}
    assert changed_words(change) == "“Difficult question” is E now."
    assert bench.keys.keymap().commands(["E"], "inbox")[0].id == "hard"
    assert bench.keys.keymap().keys("done") == ()
    now = bench.keys.changed()
    earlier = bench.keys.reset_all()
    assert earlier == now
    assert bench.keys.changed() == {}
    bench.keys.restore(earlier)
    assert bench.keys.changed() == {"hard": ("E",), "done": ()}
    bench.keys.reset("done")
    assert bench.keys.keymap().keys("done") == ("E",)
    assert bench.store.read.execute("SELECT count(*) FROM setting WHERE key = 'keys'").fetchone()[0] == 1
    bench.keys.reset("hard")
    assert bench.store.read.execute("SELECT count(*) FROM setting WHERE key = 'keys'").fetchone()[0] == 0


def test_a_key_that_cannot_be_had_changes_nothing(bench: Workbench) -> None:
    for command, key in (("done", "Ctrl+C"), ("back", "B"), ("hard", "J")):
        with pytest.raises(UserError):
            bench.keys.plan(command, [key])
    with pytest.raises(NotFoundError, match="dance"):
        bench.keys.plan("dance", ["B"])
    assert bench.keys.changed() == {}


@pytest.mark.parametrize("stored", ["", "{", "[]", '"x"', '{"dance": ["X"], "done": "D"}', "null"])
def test_a_damaged_or_later_value_leaves_the_usual_keys(bench: Workbench, stored: str) -> None:
    with bench.store.write() as conn:
        store_value(conn, "keys", stored)
    assert bench.keys.changed() == {}
    assert bench.keys.keymap().keys("done") == ("E",)


def test_single_letters_are_off_as_a_whole(bench: Workbench) -> None:
    bench.settings.put("single_keys", value=False)
    assert bench.keys.keymap().keys("done") == ()
    assert bench.keys.keymap().keys("undo") == ("Ctrl+Z",)


def test_commands_without_a_page_of_their_own_meet_all_others() -> None:
    everywhere = next(command for command in COMMANDS if command.where == (EVERYWHERE,))
    assert all(binding.meet(everywhere, other) for other in COMMANDS)
    assert not binding.meet(by_id("merge"), by_id("unhappy"))
