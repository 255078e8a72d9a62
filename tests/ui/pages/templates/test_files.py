"""Pictures and files with a template: kept in the editor, undone, and in the draft that begins with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.parts import toast
from tests.ui.settling import settle
from tests.ui.talking import inbox, open_talk
from ui.frame.files import READY
from ui.pages.templates.page import TemplatesPage
from ui.shell.window import Window

LETTER, COMMENT = "Szállítás: késik a csomag", "Το κουτί έφτασε σπασμένο"


@pytest.fixture
def picture(tmp_path: Path) -> Iterator[Path]:
    """A picture, which the dialog answers with."""
    path = tmp_path / "glass.png"
    path.write_bytes(b"picture")
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    qt.setProperty(READY, str(path))
    yield path
    qt.setProperty(READY, None)


@pytest.fixture
def page(demo: Window) -> TemplatesPage:
    demo.go("templates")
    found = demo.page("templates")
    assert isinstance(found, TemplatesPage)
    found.open(found.bench.templates.get("broken-parcel").id)
    return found


def names(page: TemplatesPage) -> list[str]:
    return [one.name for one in page.editor.files.files]


def test_a_file_is_kept_and_removed_and_both_are_undone(page: TemplatesPage, picture: Path) -> None:
    number = page.editor.number
    page.handlers()["attach"]()
    assert (names(page), page.editor.files.isHidden()) == ([picture.name], False)
    page.editor.files._remove(page.editor.files.files[0].id)
    assert page.editor.files.isHidden()
    page.bench.actions.undo()
    settle(lambda: names(page) == [picture.name], 20)
    assert names(page) == [picture.name]
    page.bench.actions.undo()
    settle(lambda: not names(page), 20)
    assert page.bench.template_files.attached(number) == ()


def test_another_template_shows_its_own(page: TemplatesPage, picture: Path) -> None:
    page.editor.clip.click()
    page.open(page.bench.templates.get("cannot-say-yet").id)
    assert (picture.exists(), names(page)) == (True, [])


def test_what_is_unsaved_stays_while_a_file_is_kept(page: TemplatesPage, picture: Path) -> None:
    page.editor.field.setPlainText("Half a word")
    page.editor.files.take([picture])
    settle()
    assert page.editor.field.toPlainText() == "Half a word"
    assert page.editor.unsaved()


def test_a_new_template_is_saved_first_and_without_a_text_takes_none(page: TemplatesPage, picture: Path) -> None:
    page.handlers()["new_template"]()
    page.editor.name.setText("Glass")
    page.editor.files.take([picture])
    assert page.editor.number == 0
    page.editor.field.setPlainText("Look at the glass.")
    page.editor.files.take([picture])
    template = page.bench.templates.get("glass")
    assert [one.name for one in page.bench.template_files.attached(template.id)] == [picture.name]


def test_a_draft_takes_them_along_and_says_what_it_cannot_carry(demo: Window, picture: Path, tmp_path: Path) -> None:
    paper = tmp_path / "claim.pdf"
    paper.write_bytes(b"%PDF")
    number = demo.bench.templates.get("broken-parcel").id
    demo.bench.template_files.add(number, [picture, paper])
    found = inbox(demo)
    open_talk(found, LETTER)
    composer = found.talk.composer
    composer.insert(number)
    assert {"glass.png", "claim.pdf"} <= {one.name for one in composer.files.files}
    said = toast(demo)
    assert said is not None
    assert "Attached: glass.png, claim.pdf." in said.accessibleName()
    open_talk(found, COMMENT)
    composer.insert(number)
    assert composer.files.files == ()
    said = toast(demo)
    assert said is not None
    assert "“claim.pdf” isn't attached." in said.accessibleName()
