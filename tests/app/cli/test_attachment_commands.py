"""`attachment list` and `attachment save`, and what `show` says of files."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.shell import Shell


def test_files_are_listed_and_saved(demo: Shell, tmp_path: Path) -> None:
    files = demo.told("attachment", "list")
    assert [(file["name"], file["number"]) for file in files if file["type"] == "image/jpeg"] == [
        ("lemon-tree.jpg", 1), ("bottles.jpg", 2),
    ]  # fmt: skip
    message = next(file["message"] for file in files if file["name"] == "bottles.jpg")
    assert [file["name"] for file in demo.told("attachment", "list", message)] == ["lemon-tree.jpg", "bottles.jpg"]
    shown = demo.run("show", message).out
    assert message in shown
    assert "[2: bottles.jpg, " in shown
    assert "wasn't fetched" in shown
    saved = demo.told("attachment", "save", message, "--to", tmp_path)
    assert [Path(one["file"]).name for one in saved] == ["lemon-tree.jpg", "bottles.jpg"]
    assert (tmp_path / "bottles.jpg").read_bytes()[:2] == b"\xff\xd8"
    again = demo.told("attachment", "save", message, "--to", tmp_path)
    assert [Path(one["file"]).name for one in again] == ["lemon-tree (2).jpg", "bottles (2).jpg"]
    (one,) = demo.told("attachment", "save", message, "bottles.jpg", "--to", tmp_path / "own.jpg")
    assert Path(one["file"]).name == "own.jpg"


def test_what_cannot_be_saved_says_why(demo: Shell, tmp_path: Path) -> None:
    files = demo.told("attachment", "list")
    message = next(file["message"] for file in files if file["name"] == "bottles.jpg")
    (tmp_path / "bottles.jpg").write_bytes(b"mine")
    refused = demo.told("attachment", "save", message, "2", "--to", tmp_path, status=1)["error"]
    assert refused.endswith("already exists. Choose another name, or overwrite it with --force.")
    assert (tmp_path / "bottles.jpg").read_bytes() == b"mine"
    demo.told("attachment", "save", message, "2", "--to", tmp_path, "--force")
    assert (tmp_path / "bottles.jpg").read_bytes() != b"mine"
    refused = demo.told("attachment", "save", message, "--to", tmp_path / "one.jpg", status=1)["error"]
    assert "isn't a folder" in refused
    assert demo.told("attachment", "save", message, "9", status=1)["error"] == (
        "There's no file “9”. There are: 1 lemon-tree.jpg, 2 bottles.jpg."
    )
    assert demo.told("attachment", "save", "M-1", status=1)["error"].startswith("There's no message")
