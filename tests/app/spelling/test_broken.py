"""A dictionary that is broken costs one sentence; the others work."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.spelling import Spelling, process
from tests.app.spelling.small import WORDS, write

AFF = b"SET UTF-8\nTRY aeiou\n"


def lay(folder: Path, aff: bytes | None, dic: bytes, name: str = "cs_CZ") -> Path:
    """A dictionary of these bytes; without an affix file if that is None."""
    folder.mkdir()
    if aff is not None:
        (folder / f"{name}.aff").write_bytes(aff)
    (folder / f"{name}.dic").write_bytes(dic)
    return folder


@pytest.mark.parametrize(
    ("aff", "dic", "said"),
    [
        (None, b"1\nden\n", "lacks its second file, cs_CZ.aff"),
        (b"SET UTF-8\n", "1\nprávo\n".encode("iso8859-2"), "isn't in the encoding that it names, UTF-8"),
        (b"SET ISO8859-2\n", "1\nprávo\n".encode(), "isn't in the encoding that it names, ISO8859-2"),
        (b"TRY a\n", "1\nprávo\n".encode(), "isn't in the encoding that it names, ISO8859-1"),
        (b"SET KLINGON-7\n", b"1\nden\n", "isn't in the encoding that it names, KLINGON-7"),
        (AFF, b"", "has no words"),
        (AFF, b"0\n\n", "has no words"),
        (AFF, b"1\nd\0en\n", "has no words"),
        (AFF, b"2000000000\nden\n", "can't be read"),
        (AFF, b"99999999999999999999999\nden\n", "can't be read"),
    ],
)
def test_each_fault_is_one_sentence(
    made: Callable[..., Spelling], shelf: Path, tmp_path: Path, aff: bytes | None, dic: bytes, said: str
) -> None:
    bad = lay(tmp_path / "bad", aff, dic)
    spelling = made(bad)
    assert said in spelling.problem("cs")
    assert spelling.check("cokoliv", "cs") == ()
    spelling = made(bad, shelf)  # another of the language takes its place
    assert [slip.word for slip in spelling.check("děkujeme za spravu", "cs")] == ["spravu"]
    assert spelling.problem("cs") == ""
    assert [said in why for why in spelling.left_out()] == [True]
    assert [slip.word for slip in spelling.check("thier", "en")] == ["thier"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_one_that_never_ends(made: Callable[..., Spelling], tmp_path: Path) -> None:
    folder = lay(tmp_path / "pipe", AFF, b"")
    (folder / "cs_CZ.dic").unlink()
    os.mkfifo(folder / "cs_CZ.dic")
    (folder / "el_GR.dic").symlink_to("/dev/zero")
    (folder / "el_GR.aff").write_bytes(AFF)
    spelling = made(folder)
    assert "can't be read" in spelling.problem("cs")
    assert "can't be read" in spelling.problem("el")


def test_one_that_is_huge(made: Callable[..., Spelling], tmp_path: Path) -> None:
    folder = lay(tmp_path / "huge", AFF, b"1\nden\n")
    with (folder / "cs_CZ.dic").open("r+b") as file:
        file.truncate(200 * 1024 * 1024)  # a hole: it takes no room
    assert "more than 128 MB" in made(folder).problem("cs")


@pytest.mark.slow
def test_one_that_ends_the_process_or_is_silent(
    made: Callable[..., Spelling], shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, body in (("dies", "import os; input(); os._exit(3)"), ("silent", "import time; time.sleep(60)")):
        script = tmp_path / f"{name}.py"
        script.write_text(body, "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(process, "_SCRIPT", script)
            patch.setattr(process, "LOAD_SECONDS", 0.3)
            spelling = made(shelf)
            assert "makes the spelling checker fail" in spelling.problem("cs")
            assert spelling.check("spravu", "cs") == ()
    assert made(shelf).problem("cs") == ""


def test_a_process_that_is_ended_in_the_midst_is_no_error(spelling: Spelling) -> None:
    assert [slip.word for slip in spelling.check("thier", "en")] == ["thier"]
    spelling._shelf._processes["en-GB"]._process.kill()  # type: ignore[union-attr]
    assert spelling.check("wierd", "en") == ()
    assert "makes the spelling checker fail" in spelling.problem("en")


def test_without_chunspell_it_says_how_to_get_it(
    made: Callable[..., Spelling], shelf: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "hunspell.py").write_text("raise ImportError", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "chunspell" in made(shelf).problem("cs")


def test_a_folder_with_a_greek_name_and_an_add_on(made: Callable[..., Spelling], tmp_path: Path) -> None:
    plain = tmp_path / "Λεξικά φάκελος"
    write(plain, ("el_GR",))
    packed = tmp_path / "Profiles"
    packed.mkdir()
    write(tmp_path / "inner", ("cs_CZ",))
    with zipfile.ZipFile(packed / "cs@dictionaries.xpi", "w") as file:
        for part in ("aff", "dic"):
            file.write(tmp_path / "inner" / f"cs_CZ.{part}", f"dictionaries/cs-CZ.{part}")
    (packed / "broken.xpi").write_bytes(b"PK\x03\x04nothing")
    spelling = made(plain, packed)
    assert [slip.word for slip in spelling.check("ειναι λόγος", "el")] == ["ειναι"]
    assert [slip.word for slip in spelling.check("zprávu spravu", "cs")] == ["spravu"]


def test_an_encoding_by_the_name_that_windows_has_for_it(made: Callable[..., Spelling], tmp_path: Path) -> None:
    lay(tmp_path / "old", b"SET microsoft-cp1250\n", f"9\n{WORDS['cs_CZ']}".replace(" ", "\n").encode("cp1250"))
    assert [slip.word for slip in made(tmp_path / "old").check("zprávu spravu", "cs")] == ["spravu"]


def test_processes_end_with_the_desk(spelling: Spelling) -> None:
    spelling.check("thier", "en")
    child = spelling._shelf._processes["en-GB"]._process
    assert child is not None
    spelling.close()
    assert child.poll() is not None
    assert spelling.check("spravu", "cs") == ()  # nor is one begun again
    assert sys.is_finalizing() is False
