"""Keys from the shell: listed, changed, taken, given back."""

from __future__ import annotations

import json

from tests.app.cli.shell import Shell


def test_keys_are_listed_changed_and_reset(demo: Shell) -> None:
    every = json.loads(demo.run("keys", "list", "--json").out)
    assert {"command": "done", "keys": ["E"], "usual": ["E"]}.items() <= next(
        one for one in every if one["command"] == "done"
    ).items()
    refused = demo.run("keys", "set", "hard", "e")
    assert (refused.status, refused.err) == (
        1,
        "E is the key of “Done” now, which would have none: it stays in Find or do. Add --take to take it.\n",
    )
    assert (
        demo.run("keys", "set", "hard", "e", "--take").out == "“Difficult question” is E now.\n“Done” has no key now.\n"
    )
    changed = json.loads(demo.run("keys", "list", "--changed", "--json").out)
    assert [(one["command"], one["keys"]) for one in changed] == [("done", []), ("hard", ["E"])]
    assert "“Hand off” has its usual key" in demo.run("keys", "reset", "handoff").out
    assert demo.run("keys", "reset").status == 0
    assert json.loads(demo.run("keys", "list", "--changed", "--json").out) == []


def test_what_cannot_be_is_one_sentence(demo: Shell) -> None:
    for words, sentence in (
        (["set", "done", "Ctrl+C"], "Text fields need Ctrl C to copy."),
        (["set", "send-done", "Shift+S"], "types a sign in a text field"),
        (["set", "back", "B"], "keeps its keys"),
        (["set", "dance", "B"], "no command “dance”"),
        (["set", "done", "hyper+x"], "isn't a key"),
        (["list", "--page", "kitchen"], "no page “kitchen”"),
    ):
        said = demo.run("keys", *words)
        assert (said.status, said.out) == (1, "")
        assert sentence in said.err
        assert said.err.count("\n") == 1


def test_a_page_lists_what_can_be_pressed_there(demo: Shell) -> None:
    listed = json.loads(demo.run("keys", "list", "--page", "delight", "--json").out)
    names = {one["command"] for one in listed}
    assert {"next-stage", "gift", "undo"} <= names
    assert "labels" not in names
    keys = [key for one in listed for key in one["keys"]]
    assert len(keys) == len(set(keys))
