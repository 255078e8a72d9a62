"""`desk` and `restore --add`: a desk that is lent goes out and comes back, and a copy adds what only it has."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.shell import Shell


def waiting(shell: Shell) -> str:
    return str(shell.told("list", "--state", "needs-me", "--channel", "Swap board")[0]["id"])


def test_out_and_back(demo: Shell, tmp_path: Path) -> None:
    assert demo.told("desk", "show")["lent_to"] is None
    lent = demo.told("desk", "lend", tmp_path / "stick", "--to", "Κατερίνα")
    assert lent["to"] == "Κατερίνα"
    assert demo.told("desk", "show")["lent_to"] == "Κατερίνα"
    talk = waiting(demo)
    refused = demo.run("label", talk, "+later")
    assert (refused.status, "lent to Κατερίνα" in refused.err) == (1, True)
    fetched = demo.run("sync")
    assert (fetched.status, fetched.out, "lent to Κατερίνα" in fetched.err) == (1, "", True)
    copy = Shell(tmp_path / "stick")
    assert "it has the pen" in copy.run("desk", "show").out
    copy.told("label", talk, "+later")
    early = demo.run("desk", "take-back", copy.folder)
    assert (early.status, "hasn't been handed back yet" in early.err) == (1, True)
    assert copy.told("desk", "hand-back")["handed_back_at"]
    assert "can only be read" in copy.run("desk", "show").out
    assert copy.run("label", talk, "-later").status == 1
    seen = demo.told("desk", "take-back", copy.folder)
    assert (seen["dry_run"], seen["new"]["label"], seen["new"]["conversation_label"]) == (True, 1, 1)
    assert demo.told("show", talk)["labels"] == []
    assert demo.told("desk", "take-back", copy.folder, "--yes")["done"] == 1
    assert demo.told("show", talk)["labels"] == ["later"]
    (action, *_) = demo.told("undo", "--list")
    assert (action["kind"], action["undoable"]) == ("copy", True)
    bare = demo.run("undo")
    assert (bare.status, "What came from another copy" in bare.err) == (1, True)
    demo.told("undo", str(action["id"]))
    assert demo.told("show", talk)["labels"] == []


def test_the_pen_is_taken_back_alone_only_when_one_is_sure(demo: Shell, tmp_path: Path) -> None:
    demo.told("desk", "lend", tmp_path / "stick", "--to", "my other laptop")
    assert demo.told("desk", "take-back", "--without-work") == {"taken_back": False}
    assert demo.told("desk", "show")["lent_to"] == "my other laptop"
    assert demo.told("desk", "take-back", "--without-work", "--yes")["taken_back"]
    assert demo.told("desk", "show")["lent_to"] is None
    assert demo.run("desk", "take-back").status == 2


def test_bad_input_gets_a_sentence(demo: Shell, tmp_path: Path) -> None:
    for words, told in (
        (("desk", "lend", demo.folder, "--to", "Jana"), "is in use by a community"),
        (("desk", "lend", tmp_path / "stick", "--to", " "), "To whom is the desk lent?"),
        (("desk", "hand-back"), "wasn't lent by another one"),
        (("desk", "take-back", tmp_path), "There's no file"),
        (("restore", tmp_path / "none.rapport", "--add", "--yes"), "There's no file"),
    ):
        said = demo.run(*words)
        assert (said.status, told in said.err, said.err.count("\n")) == (1, True, 1), words


def test_a_copy_adds_what_only_it_has(demo: Shell, tmp_path: Path) -> None:
    made = demo.told("backup")
    copy = Shell(tmp_path / "laptop")
    copy.told("restore", made["file"], "--yes")
    copy.told("go")
    talk = waiting(copy)
    copy.told("reply", talk, "--text-file", "-", "--now", "--override", "a test", given="Sent from the laptop.")
    file = copy.folder / "community.rapport"
    seen = demo.told("restore", file, "--add")
    assert (seen["dry_run"], seen["would_bring_back"]["sent"]) == (True, 1)
    assert "With --add --yes only what comes back is brought in" in demo.run("restore", file, "--add").out
    assert demo.told("restore", file, "--add", "--yes")["added"]["sent"] == 1
    assert "Sent from the laptop." in demo.run("show", talk).out
    assert "nothing that this file hasn't" in demo.run("restore", file, "--add", "--yes").out
