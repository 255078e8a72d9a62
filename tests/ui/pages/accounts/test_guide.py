"""How to connect, beside the form: the channel's own part, by key and by pointer, with its pictures, off line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument, QTextImageFormat
from PySide6.QtTest import QTest

from tests.ui.settling import settle
from ui.look.theme import theme
from ui.pages.accounts.form import AccountForm
from ui.pages.accounts.guide import GuideDialog, GuidePage

IMAGE = QTextDocument.ResourceType.ImageResource.value


def guide_of(form: AccountForm) -> GuideDialog:
    assert form.guiding.dialog is not None
    return form.guiding.dialog


def pictures(page: GuidePage) -> dict[str, int]:
    """The pictures in the text, with their width as they are drawn; 0 for one that is not there."""
    found = {}
    block = page.document().begin()
    while block.isValid():
        for part in block.textFormats():
            if part.format.isImageFormat():
                name = QTextImageFormat(part.format.toImageFormat()).name()
                image = page.document().resource(IMAGE, QUrl(name))
                found[name] = image.width() if image is not None else 0
        block = block.next()
    return found


@pytest.mark.slow
def test_f1_opens_the_part_of_the_chosen_channel_with_its_picture(form: AccountForm) -> None:
    form.choose("mastodon")
    QTest.keyClick(form, Qt.Key.Key_F1)
    settle()
    page = guide_of(form).page
    assert page.isVisible()
    assert page.toPlainText().startswith("Mastodon")
    assert "What goes wrong:" in page.toPlainText()
    assert "Bluesky" not in page.toPlainText()
    assert [(name, wide > 100) for name, wide in pictures(page).items()] == [("screenshots/connect_mastodon.png", True)]
    form.choose("facebook")
    QTest.mouseClick(form.guide, Qt.MouseButton.LeftButton)
    settle()
    assert guide_of(form).page is page  # one window, whatever is asked
    assert page.toPlainText().startswith("Facebook")
    assert "Assisted channels" in page.toPlainText()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    settle()
    assert guide_of(form).isHidden()
    assert form.isVisible()


def test_before_a_channel_is_chosen_it_says_how_connecting_goes(form: AccountForm) -> None:
    form.guiding.show()
    settle()
    assert guide_of(form).page.toPlainText().startswith("Connecting")


@pytest.mark.slow
def test_pictures_are_no_wider_than_the_page_and_dark_ones_are_taken_in_the_dark(form: AccountForm) -> None:
    form.choose("email")
    form.guiding.show()
    dialog = guide_of(form)
    settle()
    name = "screenshots/connect_email_light.png"
    light = dialog.page.document().resource(IMAGE, QUrl(name))
    dialog.resize(380, 500)
    settle()
    assert 0 < pictures(dialog.page)[name] <= dialog.page.viewport().width()
    theme().choose("dark")
    form.guiding.show()
    settle()
    dark = dialog.page.document().resource(IMAGE, QUrl(name))
    assert dark.pixelColor(2, 2).lightness() < 100 < light.pixelColor(2, 2).lightness()


def test_nothing_outside_its_folder_is_read_and_nothing_is_fetched(form: AccountForm, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    QTest.qWait(0)
    page = GuidePage(tmp_path / "docs")
    theme()
    form.grab().save(str(tmp_path / "secret.png"))
    form.grab().save(str(tmp_path / "docs" / "in.png"))
    page.show_words("![a](../secret.png) ![b](in.png) ![c](https://pictures.example/x.png) [there](file:///etc/passwd)")
    assert [bool(wide) for wide in pictures(page).values()] == [False, True, False]
    opened: list[str] = []
    page.sourceChanged.connect(lambda url: opened.append(url.toString()))
    page.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == []


@pytest.mark.parametrize("kind", ["email", "wordpress"])
def test_a_program_without_the_page_says_so(form: AccountForm, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("app.accounts.guide.DOCS", Path("/nowhere"))
    form.choose(kind)
    form.guiding.show()
    assert guide_of(form).missing.isVisible()
    assert guide_of(form).page.isHidden()
