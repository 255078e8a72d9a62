"""Files of letters in the window: pictures are shown when asked for, files are saved by key, and nothing is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.mail.parse import parse
from tests.app.mail.packing import base64, multi
from tests.ui.settling import key, settle, until
from tests.ui.shared.test_pictures import SVG, encoded
from ui.frame import files
from ui.pages.inbox.onward import left_behind_words
from ui.shell.window import Window
from ui.widgets.lettermenu import LetterMenu

PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nHæ\r\n"
PAGE = 'Content-Type: text/html\r\n\r\n<p>Hæ</p><img src="cid:p@x"><img src="https://x.example/spy.gif">'


def shown(window: Window, *parts: str) -> Any:
    """The inbox page with a letter of these parts open."""
    account = window.bench.store.read.execute("SELECT id FROM account WHERE kind = 'email'").fetchone()["id"]
    taken = window.bench.intake.take(account, [parse(multi("mixed", PLAIN, *parts))._replace(remote_id="files@x")])
    window.go("inbox")
    page: Any = window.page("inbox")
    page.open(next(iter(taken.conversation_ids)))
    settle()
    return page


SHIFT = Qt.KeyboardModifier.ShiftModifier


def picture(name: str, content: bytes, kind: str = "image/png") -> str:
    return f"Content-Type: {kind}; name={name}\r\nContent-ID: <{name}@x>\r\n{base64(content)}"


def test_pictures_are_shown_when_asked_for_and_hidden_again(demo: Window) -> None:
    dot = picture("p", encoded("png"))
    related = f"Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n{PAGE}\r\n--r\r\n{dot}--r--"
    story = shown(demo, related, picture("drawing.svg", SVG, "image/svg+xml")).talk.story
    words = story.toPlainText()
    assert "Show 2 pictures" in words
    assert "drawing.svg" in words
    assert "1 picture is on the internet, not in the letter, and wasn't fetched." in words
    assert "\u2068p\u2069" not in words  # a picture among the words is no file in the way
    key(demo, "i", SHIFT)
    until(lambda: "being opened" not in story.toPlainText())
    words = story.toPlainText()
    assert "\ufffc" in words
    assert "An SVG file may contain a program, so it isn't shown here. It can be saved." in words
    assert "Hide the pictures" in words
    key(demo, "i", SHIFT)
    assert "Hide the pictures" not in story.toPlainText()


def test_the_first_picture_comes_in_sight_once_it_is_decoded(demo: Window) -> None:
    words = "Content-Type: text/plain\r\n\r\n" + "A line.\r\n" * 60
    story = shown(demo, words, *(picture(name, encoded("png", 400, 900)) for name in ("one.png", "two.png"))).talk.story
    for _ in range(2):  # the second time both are in the cache
        story.verticalScrollBar().setValue(story.verticalScrollBar().maximum())
        key(demo, "i", SHIFT)
        until(lambda: story.files.pending() == 0)
        first = story.document().find("\ufffc")
        top = story.document().documentLayout().blockBoundingRect(first.block()).top()
        assert 0 <= top - story.verticalScrollBar().value() < story.viewport().height() / 2
        key(demo, "i", SHIFT)


def test_the_only_file_is_saved_by_one_key(demo: Window, tmp_path: Path) -> None:
    shown(demo, f"Content-Type: application/pdf; name=CON.pdf\r\n{base64(b'plan')}")
    QApplication.instance().setProperty(files.READY, str(tmp_path))  # type: ignore[union-attr]
    key(demo, "g", SHIFT)
    until((tmp_path / "_CON.pdf").exists)
    assert (tmp_path / "_CON.pdf").read_bytes() == b"plan"


def test_of_several_files_one_or_all_are_saved(demo: Window, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"mine")
    shown(demo, *(f"Content-Type: application/pdf; name=a.pdf\r\n{base64(content)}" for content in (b"one", b"two")))
    QApplication.instance().setProperty(files.READY, str(tmp_path))  # type: ignore[union-attr]
    key(demo, "g", SHIFT)
    (menu,) = demo.findChildren(LetterMenu)
    menu.chosen.emit("Z")
    until((tmp_path / "a (3).pdf").exists)
    assert [path.read_bytes() for path in sorted(tmp_path.glob("a*.pdf"))] == [b"one", b"two", b"mine"]
    menu.close()


def test_what_cannot_be_saved_is_said(demo: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(demo, f"Content-Type: application/pdf; name=a.pdf\r\n{base64(b'plan')}")
    said: list[str] = []
    monkeypatch.setattr(page.frame, "fail", said.append)
    QApplication.instance().setProperty(files.READY, str(tmp_path / "nowhere" / "a.pdf"))  # type: ignore[union-attr]
    key(demo, "g", SHIFT)
    until(lambda: said)
    assert said[0].startswith("There's no folder")


def test_every_file_that_stays_behind_is_named() -> None:
    def words(*names: str) -> str:
        return left_behind_words(names).replace("\u2068", "").replace("\u2069", "")

    assert words("film.mp4").startswith("“film.mp4” isn't attached: it's too large")
    assert words("a.mp4", "b.iso", "c.zip").startswith(
        "“a.mp4”, “b.iso” and “c.zip” aren't attached: they're too large"
    )
    many = words(*(f"{number}.mp4" for number in range(7)))
    assert many.startswith("7 files aren't attached, among them “0.mp4” and “1.mp4”: they're too large")
    assert many.endswith("Save them, and attach them.")
