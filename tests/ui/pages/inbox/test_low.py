"""Large letters in a small window: composer and strips are squeezed nowhere, and all of them can be reached."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget

from app.templates.blanks import named
from tests.stories.hand import Hand
from tests.ui.settling import settle, until
from tests.ui.talking import inbox, open_talk
from ui.look.theme import theme
from ui.shell.window import Window

WORDS = {
    "Το κουτί έφτασε σπασμένο": "Λυπάμαι πολύ για τα σπασμένα μπουκάλια και η επιστροφή χρημάτων γίνεται σήμερα. " * 3,
    "Nem nyílik meg az ötödik recept": "Megszentségteleníthetetlenségeskedéseitekért garantált visszatérítést adunk. "
    * 3,
}
KINDS = QLabel, QAbstractButton, QLineEdit, QComboBox, QTextEdit


def squeezed(root: QWidget) -> list[str]:
    """What stands in less height than it needs."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, KINDS):
            continue
        wraps = widget.hasHeightForWidth()
        needs = widget.heightForWidth(widget.width()) if wraps else widget.minimumSizeHint().height()
        if widget.height() < min(needs, widget.maximumHeight()):
            found.append(f"{type(widget).__name__} {widget.accessibleName()}: {widget.height()} of {needs}")
    return found


def out_of_reach(root: QWidget) -> list[str]:
    """What takes the focus and is then not wholly in sight."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and isinstance(widget, KINDS):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            QApplication.processEvents()
            seen = widget.visibleRegion().boundingRect().height()
            if seen < min(widget.height(), 100):  # a field of many lines scrolls by itself
                found.append(f"{type(widget).__name__} {widget.accessibleName()}: {seen} of {widget.height()}")
    return found


@pytest.fixture
def page(demo: Window) -> Any:
    demo.resize(900, 700)
    demo.appearance._set_text_size(200)
    settle()
    return inbox(demo)


def in_front(window: Window) -> None:
    """Have the keys go to this window: it lost them with the pane that had the focus."""
    window.activateWindow()
    settle()
    assert window.isActiveWindow()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("title", WORDS)
def test_the_composer_scrolls_above_its_buttons(demo: Window, page: Any, title: str, scheme: str) -> None:
    theme().choose(scheme)
    open_talk(page, title)
    page.answering.reply()
    composer = page.composer
    composer.field.setPlainText(WORDS[title])
    composer.words.check()
    in_front(demo)
    assert composer.words.voice.strip.isVisible() or "Nem" in title  # what the voice guide says takes room too
    assert squeezed(page.talk.below) == []
    assert squeezed(page.talk.head) == []
    assert out_of_reach(page.talk.below) == []
    for button in composer.buttons.parentWidget().findChildren(QAbstractButton):
        if button.isVisible() and not composer.inner.isAncestorOf(button):
            assert button.visibleRegion().boundingRect().height() == button.height()
    assert page.talk.story.height() >= 2 * composer.field.line_height()  # something of the messages is in sight


@pytest.mark.slow
def test_typing_brings_the_words_into_sight(demo: Window, page: Any) -> None:
    open_talk(page, next(iter(WORDS)))
    page.answering.reply()
    in_front(demo)
    field = page.composer.field
    page.composer.inner.verticalScrollBar().setValue(0)
    field.setFocus()

    def is_in_sight() -> bool:
        caret = field.caret().translated(field.mapTo(page.composer.inner, field.rect().topLeft()))
        return bool(page.composer.inner.rect().contains(caret.center()))

    for _ in range(3):
        Hand(demo).types("Καλημέρα! " * 12)
        settle()
        until(is_in_sight)  # what is found in the words may take room a moment later


@pytest.mark.parametrize("command", ["handoff", "gift", "note", "moderate"])
def test_a_strip_scrolls_between_its_title_and_its_button(demo: Window, page: Any, command: str) -> None:
    open_talk(page, next(iter(WORDS)))
    demo.run(command)
    in_front(demo)
    strip = page.talk.strip
    assert strip is not None
    assert squeezed(strip) == []
    assert out_of_reach(strip) == []
    assert strip.height() <= page.talk.below.height()
    assert page.talk.below.geometry().bottom() <= page.talk.below.parentWidget().rect().bottom()


@pytest.mark.slow
def test_in_a_roomy_window_nothing_scrolls(demo: Window) -> None:
    page = inbox(demo)
    demo.resize(1280, 900)
    open_talk(page, next(iter(WORDS)))
    page.answering.reply()
    settle()
    for area in (page.composer.inner, page.talk.head):
        assert area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    demo.run("handoff")
    settle()
    assert page.talk.strip.sheet.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


@pytest.mark.parametrize("title", WORDS)
def test_the_page_of_a_new_message_scrolls_above_send(demo: Window, page: Any, title: str) -> None:
    assert page.isVisible()
    demo.run("new_message")
    letter: Any = demo.page("letter")
    letter.subject.setText(WORDS[title])
    letter.field.setPlainText(WORDS[title])
    in_front(demo)
    assert squeezed(letter) == []
    assert letter.sending.visibleRegion().boundingRect().height() == letter.sending.height()


@pytest.mark.slow
@pytest.mark.parametrize("title", WORDS)
def test_where_a_reply_goes_is_in_sight_whatever_is_typed(page: Any, title: str) -> None:
    open_talk(page, title)
    page.answering.reply()
    settle()
    page.composer.manners.dismiss()
    page.composer.field.setPlainText(WORDS[title] * 4)
    page.composer.words.check()
    settle()
    target = page.composer.head.target
    assert target.visibleRegion().boundingRect().size() == target.size()
    where = page.composer.head.where
    assert where.height() >= where.heightForWidth(where.width())
    assert page.composer.height() <= 0.55 * page.talk._column.height()


@pytest.mark.slow
def test_the_composer_takes_two_fifths_at_most_and_a_little_more_with_a_hint(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, next(iter(WORDS)))
    page.answering.reply()
    settle()
    page.composer.manners.dismiss()
    page.composer.field.setPlainText(WORDS[next(iter(WORDS))] * 4)
    page.composer.words.check()
    settle()
    strip = page.composer.words.voice.strip
    assert strip.visibleRegion().boundingRect().height() == strip.height()
    assert page.composer.height() <= 0.45 * page.talk._column.height() + 1
    page.composer.field.setPlainText("λέξη " * 300)
    page.composer.words.check()
    settle()
    assert strip.isHidden()
    assert page.composer.height() <= 0.4 * page.talk._column.height() + 1


@pytest.mark.slow
def test_the_list_of_templates_shows_the_very_words_and_leaves_the_question_in_sight(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, next(iter(WORDS)))
    page.answering.reply()
    settle()
    page.composer.manners.dismiss()
    shown: Any = None
    for size in ((1280, 800), (900, 700)):
        demo.resize(*size)
        settle()
        page.composer.ask_template()
        settle()
        shown = page.composer.words.picker._list
        story = page.talk.story
        seen = QRect(story.mapTo(demo, QPoint(0, 0)), story.size())
        assert shown.isVisible()
        assert not shown.geometry().intersects(seen)
        page.composer.words.picker.hide()
    page.composer.ask_template()
    offered = next(one for one in page.composer.words.picker._list._items if one.language == "el")
    page.composer.insert(offered.template.id)
    inserted = " ".join(named(page.composer.field.toPlainText()).split())
    assert inserted.startswith(offered.words.rstrip("…"))
    assert "{{" not in offered.words


@pytest.mark.slow
def test_a_toast_on_the_composer_squeezes_nothing(demo: Window) -> None:
    page = inbox(demo)
    demo.resize(1280, 760)
    settle()
    open_talk(page, "Label in Portuguese")
    page.answering.reply()
    demo.fail("Search or filter the list first: then it can be saved as a view.")
    settle()
    composer, story = page.composer, page.talk.story
    free = composer.mapTo(demo, QPoint(0, 0)).y() - story.mapTo(demo, QPoint(0, story.height())).y()
    asks = "SELECT id FROM template WHERE name = 'Ask for an address'"
    composer.insert(page.bench.store.read.execute(asks).fetchone()[0])
    settle()
    assert composer.words.voice.strip.isVisible()
    assert composer.manners.strip.isVisible()
    buttons = composer.buttons.geometry()
    assert composer.inner.geometry().bottom() < buttons.top()
    assert buttons.bottom() < composer.inner.parentWidget().height()
    assert squeezed(page.talk.below) == []
    assert free > 0


@pytest.mark.slow
def test_lines_end_in_sight_however_tall_the_messages_are(demo: Window) -> None:
    page = inbox(demo)
    demo.resize(1280, 760)
    story = page.talk.story
    for title in ("Wooden crates for Sunday’s swap", "Label in Portuguese"):
        open_talk(page, title)
        settle()
        needs = story.document().size().height()
        lengths = set()
        for height in range(int(needs) - 6, int(needs) + 7):  # around where the scroll bar comes and goes
            story.setFixedHeight(height)
            settle(seconds=0.01)
            lengths.add(story.document().size().width())
            assert story.document().size().width() <= story.viewport().width()
            assert story.document().size().height() == needs
        assert len(lengths) == 1
        story.setMinimumHeight(0)
        story.setMaximumHeight(16_777_215)


@pytest.mark.slow
def test_the_current_row_stays_in_sight_at_another_size_of_the_text(demo: Window) -> None:
    page = inbox(demo)
    rows = page.list.rows
    rows.select(10)
    settle()
    for go, percent in (("inbox", 200), ("settings", 100), ("settings", 200), ("settings", 100)):
        demo.go(go)
        demo.appearance._set_text_size(percent)
        settle()
        demo.go("inbox")
        settle()
        assert rows.place() == 10
        assert rows.viewport().rect().intersects(rows.visualRect(rows.currentIndex()))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1280, 800), (900, 700), (900, 560), (1280, 600)])
def test_where_nothing_can_be_sent_the_words_stay_in_sight(demo: Window, size: tuple[int, int]) -> None:
    """The notice says so above them, and no other receivers are offered meanwhile."""
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'file' WHERE kind = 'email'")
    page = inbox(demo)
    demo.resize(*size)
    settle()
    open_talk(page, "Label in Portuguese")
    settle()
    composer = page.composer
    field, notice = composer.field, composer.whom.hindrance
    assert notice.isVisible()
    assert field.visibleRegion().boundingRect().height() == field.height() >= 2 * field.line_height()
    assert notice.visibleRegion().boundingRect().height() == notice.height()
    assert not composer.whom.receiving.isVisible()
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'demo' WHERE kind = 'email'")
    Hand.until(lambda: not notice.isVisible())
    assert composer.whom.receiving.isVisible()
