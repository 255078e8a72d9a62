"""Spelling from the shell."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.app.cli.shell import Shell
from tests.app.spelling.small import write

pytest.importorskip("hunspell", reason="chunspell is an extra")


@pytest.fixture
def shell(demo: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Commands on the demo community, with small dictionaries of our own."""
    write(tmp_path / "shelf")
    (tmp_path / "shelf" / "cs_CZ.aff").unlink()
    monkeypatch.setenv("RAPPORT_DICTIONARIES", str(tmp_path / "shelf"))
    return Shell(demo.folder, dict(os.environ) if demo.environ else {})


def test_a_text_is_checked(shell: Shell, tmp_path: Path) -> None:
    said = shell.run("spelling", "check", "--text", "hello\nthier colour", "--language", "en", "--json")
    assert (said.status, json.loads(said.out)) == (
        1, [{"word": "thier", "start": 6, "end": 11, "line": 2, "suggestions": ["their"]}],
    )  # fmt: skip
    (tmp_path / "letter.txt").write_text("Καλημέρα, ευχαριστώ για το μήνυμα", "utf-8")
    said = shell.run("spelling", "check", tmp_path / "letter.txt", "--language", "el")
    assert (said.status, said.out) == (0, "No spelling mistakes found. Checked in: el.\n")
    said = shell.run("spelling", "check", "-", "--language", "is", given="Takk fyrirr")
    assert (said.status, said.out) == (1, "line 1  fyrirr  fyrir\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check", "--text", "a", "--language", "cs"], "lacks its second file, cs_CZ.aff"),
        (["check", "--text", "a", "--language", "xx"], "no “xx” dictionary"),
        (["check", "--text", "qq"], "Which language is the text in? Use --language."),
        (["check"], "Give either a file with the text or --text."),
        (["check", "nowhere.txt", "--language", "en"], "Can't read nowhere.txt"),
        (["words", "add", "two words"], "isn't a word"),
        (["words", "remove", "nothing"], "isn't one of your words"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(shell: Shell, words: list[str], sentence: str) -> None:
    said = shell.run("spelling", *words)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1


@pytest.mark.slow
def test_own_words(shell: Shell) -> None:
    theirs = [one["word"] for one in json.loads(shell.run("spelling", "words", "list", "--json").out)]
    shell.run("spelling", "words", "remove", *theirs)  # the demo community has some
    assert shell.run("spelling", "words", "list").out == "You haven't added any words yet.\n"
    assert shell.run("spelling", "words", "add", "thier", "Λιμονή", "--language", "en").out == "Added 2 words.\n"
    assert shell.run("spelling", "check", "--text", "thier", "--language", "en").status == 0
    assert shell.run("spelling", "words", "add", "thier", "--language", "en").out.startswith("Nothing to add")
    assert shell.run("spelling", "words", "list").out == "thier   en\nΛιμονή  en\n"
    assert shell.run("spelling", "words", "remove", "thier").out == "Removed 1 word.\n"
    assert [one["word"] for one in json.loads(shell.run("spelling", "words", "list", "--json").out)] == ["Λιμονή"]


def test_dictionaries_and_what_is_wrong_with_them(shell: Shell) -> None:
    told = json.loads(shell.run("spelling", "dictionaries", "--json").out)
    used = {one["language"]: one["used"] for one in told["dictionaries"]}
    assert used == {"cs-CZ": False, "el-GR": True, "en-GB": True, "en-US": False, "hu-HU": True, "is-IS": True}
    assert len(told["problems"]) == 1
    assert "cs_CZ.aff" in told["problems"][0]


def test_templates_are_checked_too(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("Hello {{first_name}}, thank you for thier recipe", "utf-8")
    shell.run("template", "add", "odd", "--name", "Odd", "--language", "en", "--text-file", tmp_path / "text")
    said = shell.run("template", "check", "odd")
    assert (said.status, said.out) == (0, "odd  en A  Note  thier: Not in the dictionary (en-GB).\n")


def test_how_many_emoji_is_shown_and_set(shell: Shell) -> None:
    assert json.loads(shell.run("voice", "emoji", "3", "--json").out) == {"emoji_most": 3}
    assert shell.run("voice", "emoji").out == "A message may have 3 emoji.\n"
    assert json.loads(shell.run("voice", "emoji", "any", "--json").out) == {"emoji_most": None}
    for typed in ("x", "-1", "100", "9" * 40):
        said = shell.run("voice", "emoji", "--", typed)
        assert (said.status, said.err.count("\n")) == (1, 1)
