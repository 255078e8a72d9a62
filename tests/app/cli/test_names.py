"""Names, guessed dates and character sets in the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.shell import Shell


def letter(number: int, name: str, body: bytes = b"Hi", date: str = "Sat, 28 Nov 2026 10:00:00 +0000") -> bytes:
    return (
        f"From - Sat Nov 28 10:00:00 2026\nFrom: {name} <nagy@example.net>\nTo: desk@example.org\nSubject: {number}\n"
        f"Message-ID: <{number}@x.is>\nDate: {date}\nReceived: from a by b; Sat, 28 Nov 2026 11:00:00 +0000\n\n"
    ).encode() + body + b"\n\n"  # fmt: skip


@pytest.mark.slow
def test_a_new_name_is_shown_asked_about_and_answered(empty: Shell, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(letter(1, "Nagy Péter") + letter(2, "Nagy Júlia"))
    empty.told("import", tmp_path / "box", "--own", "desk@example.org")
    second = empty.told("show", "C-2")
    assert second["lines"][0]["author"] == second["member"]["name"] == "Nagy Júlia"
    (asked,) = second["names"]
    assert (asked["name"], asked["known_as"], asked["address"]) == ("Nagy Júlia", "Nagy Péter", "nagy@example.net")
    assert empty.told("same-person", asked["message"])["same"]
    assert empty.told("show", "C-2")["names"] == []
    empty.told("undo")
    answered = empty.told("another-person", asked["message"])
    assert answered["conversation"]["member"] == {"id": "P-2", "name": "Nagy Júlia"}
    assert "no question" in empty.told("another-person", asked["message"], status=1)["error"]


def test_a_guess_is_told_and_another_character_set_chosen(empty: Shell, tmp_path: Path) -> None:
    text = "Příliš žluťoučký"
    (tmp_path / "box").write_bytes(letter(1, "Petr", text.encode("cp852"), "Sat, 32 Nov 2026 10:00:00 +0000"))
    empty.told("import", tmp_path / "box", "--own", "desk@example.org")
    (line,) = empty.told("show", "C-1")["lines"]
    assert line["date_guessed"]
    assert line["charset_guessed"]
    assert line["text"] != text
    (line,) = empty.told("read-as", line["id"], "cp852")["lines"]
    assert (line["text"], line["charset_guessed"]) == (text, "cp852")
    assert "doesn't know" in empty.told("read-as", line["id"], "klingon", status=1)["error"]
