"""Whom and where a text is for, its folder, its earlier versions, and the page's menu, in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from tests.app.templates.people import reply, talk
from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.frame.files import READY
from ui.pages.templates.page import TemplatesPage
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> TemplatesPage:
    demo.go("templates")
    found = demo.page("templates")
    assert isinstance(found, TemplatesPage)
    found.open(found.bench.templates.get("broken-parcel").id)
    found.editor.tabs._tabs["cs"].click()
    return found


@pytest.fixture
def dialogs() -> Iterator[QApplication]:
    """The application, whose file dialogs answer with what is prepared."""
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    yield qt
    qt.setProperty(READY, None)


def choose(page: TemplatesPage, name: str, key: str) -> None:
    """Choose in a list box as a person does."""
    box = getattr(page.editor.suits, name)
    box.set_key(key)
    box.activated.emit(box.currentIndex())


def test_a_choice_is_kept_at_once_and_undone(page: TemplatesPage) -> None:
    suits = page.editor.suits
    assert suits.address.currentText() == "By its words: formal"
    choose(page, "address", "formal")
    choose(page, "channel", "short")
    text = page.bench.templates.get("broken-parcel").in_language("cs")[0]
    assert (text.address, text.channel) == ("formal", "short")
    page.bench.actions.undo()
    page.bench.actions.undo()
    settle(lambda: suits.address.key() == "", 20)
    text = page.bench.templates.get("broken-parcel").in_language("cs")[0]
    assert (text.address, text.channel) == ("", "")


def test_what_is_being_written_stays_while_a_choice_is_kept(page: TemplatesPage) -> None:
    page.editor.field.setPlainText("Dobrý den, {{what_broke}}.")
    choose(page, "address", "formal")
    settle()
    assert page.editor.field.toPlainText() == "Dobrý den, {{what_broke}}."
    assert page.editor.unsaved()
    page.save()
    text = page.bench.templates.get("broken-parcel").in_language("cs")[0]
    assert (text.body, text.address) == ("Dobrý den, {{what_broke}}.", "formal")


def test_a_text_that_is_not_saved_has_no_choice_yet(page: TemplatesPage) -> None:
    page.editor.add_variant.click()
    assert not page.editor.suits.address.isEnabled()
    page.editor.tabs._tabs["cs"].click()


def test_a_long_text_is_no_short_one(page: TemplatesPage) -> None:
    page.editor.field.setPlainText("x" * 400)
    page.save()
    choose(page, "channel", "short")
    assert "at most 300 characters" in toast(page.window()).accessibleName()  # type: ignore[arg-type]
    settle(lambda: page.editor.suits.channel.key() == "", 20)
    assert page.editor.suits.channel.key() == ""


def test_the_folder_is_kept_and_found(page: TemplatesPage) -> None:
    suits = page.editor.suits
    suits.folder.setText("Glass / broken")
    suits.folder.editingFinished.emit()
    assert page.bench.templates.get("broken-parcel").folder == "Glass/broken"
    page.search.setText("glass")
    assert page.model.rows[0].key == "broken-parcel"


def test_an_earlier_version_comes_back(page: TemplatesPage) -> None:
    suits, before = page.editor.suits, page.editor.field.toPlainText()
    assert suits.versions.isHidden()
    page.editor.field.setPlainText("Jinak.")
    page.save()
    settle(lambda: not suits.versions.isHidden(), 20)
    ((number, title),) = suits._versions()
    assert "Dobrý den" in title or "greeting" in title
    action = QAction(title, suits)
    action.setData(number)
    suits._restore(action)
    assert page.bench.templates.get("broken-parcel").in_language("cs")[0].body == before
    settle(lambda: page.editor.field.toPlainText() == before, 20)
    assert page.editor.field.toPlainText() == before


def test_templates_go_out_and_come_in_by_the_menu(page: TemplatesPage, dialogs: QApplication, tmp_path: Path) -> None:
    dialogs.setProperty(READY, str(tmp_path))
    page.more.send_folder()
    assert (tmp_path / "Parcels" / "broken-parcel.cs.md").read_text("utf-8").startswith("---\nkey: broken-parcel\n")
    page.more.send_table()
    assert (tmp_path / "templates.csv").exists()
    (tmp_path / "Parcels" / "broken-parcel.cs.md").unlink()
    page.more.bring_folder()
    assert "were there already" in toast(page.window()).accessibleName()  # type: ignore[arg-type]
    (tmp_path / "wrong.md").write_text("Hello", "utf-8")
    page.more.bring_folder()
    assert "wrong.md doesn't begin" in toast(page.window()).accessibleName()  # type: ignore[arg-type]


def test_what_was_written_three_times_becomes_a_template(page: TemplatesPage) -> None:
    store = page.bench.store
    for name, day in (("Tom Hill", "Monday"), ("Ann Reed", "Tuesday"), ("Bo Lake", "Friday")):
        there, _ = talk(store, name, "en")
        reply(
            store, there,
            f"Hi {name.split()[0]}! The cellar tour begins at the green gate, and rubber boots are waiting there."
            f" Your place is kept until {day} evening.",
            "en", at=0,
        )  # fmt: skip
    (repeat,) = [one for one in page.bench.first_week.repeated() if "cellar tour" in one.body]
    page.more.make(repeat)
    template = page.bench.templates.get(repeat.key)
    assert "until {{details}} evening" in template.texts[0].body
    settle()
    assert page.editor.number == template.id
