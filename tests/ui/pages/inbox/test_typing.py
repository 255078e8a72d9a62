"""What is typed in a form stays in the form: no letter of any layout runs a command or takes the form away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.stories.hand import Hand
from tests.ui.parts import palette
from tests.ui.presses import held_down, press, send
from tests.ui.talking import inbox, open_talk
from ui.commands import keys
from ui.dialogs.bring_in import BringIn
from ui.dialogs.write_down import WriteDown
from ui.pages.accounts.form import AccountForm
from ui.pages.accounts.register import RegisterForm
from ui.shared.gift import GiftItemChoice
from ui.shell.strips.posting import PostedStrip
from ui.shell.window import Window
from ui.widgets.strip import Strip

_CODES = {letter: code for code, letter in keys.LINUX.items()}
_GREEK = dict(zip("ERTYUIOPASDFGHJKLZXCVBNM", "ερτυθιοπασδφγηξκλζχψωβνμ", strict=True)) | {"Q": ";", "W": "ς"}
_UNHAPPY = "Το κουτί έφτασε σπασμένο"


def _presses() -> Iterator[QKeyEvent]:
    """Every letter as a US and as a Greek keyboard sends it, with Shift too, and the signs that are commands."""
    shift = Qt.KeyboardModifier.ShiftModifier
    for letter, greek in _GREEK.items():
        code = _CODES[letter]
        yield press(ord(letter), letter.lower(), code)
        yield press(ord(greek.upper()[0]), greek, code)
        yield press(ord(letter), letter, code, shift)
    yield press(Qt.Key.Key_Slash, "/", _CODES["/"])
    yield press(Qt.Key.Key_Question, "?", _CODES["/"], shift)


@contextmanager
def _nothing_runs(window: Window) -> Iterator[None]:
    """No command is run by what is pressed meanwhile."""
    ran: list[str] = []
    usual = window.run

    def run(command_id: str) -> bool:
        ran.append(command_id)
        return usual(command_id)

    window.run = run  # type: ignore[method-assign]  # commands are only listened to, and done all the same
    yield
    del window.run
    assert ran == []


def _filled_in(form: QWidget) -> list[tuple[QWidget, object]]:
    """The fields of a form with what stands in them; what only shows follows the typing, after a pause."""
    found: list[tuple[QWidget, object]] = [(one, one.text()) for one in form.findChildren(QLineEdit)]
    found += [(one, one.currentText()) for one in form.findChildren(QComboBox)]
    found += [(one, one.toPlainText()) for one in form.findChildren(QPlainTextEdit) if not one.isReadOnly()]
    found += [(one, one.toPlainText()) for one in form.findChildren(QTextEdit) if not one.isReadOnly()]
    found += [(one, one.isChecked()) for one in form.findChildren(QCheckBox)]
    return [(one, value) for one, value in found if one.isVisible()]


def _reached(form: QWidget) -> list[QWidget]:
    """What Tab reaches in a form."""
    every = [form, *form.findChildren(QWidget)]
    return [
        one for one in every
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    ]  # fmt: skip


def _type_everywhere(window: Window, form: QWidget) -> None:
    """Type every letter into everything in the form: it stays, what stands elsewhere in it too, and nothing is run."""
    page = window.page_id
    form.window().activateWindow()
    Hand.until(lambda: form.window().isActiveWindow() and form.isVisible())
    reached = _reached(form)
    assert reached
    for one in reached:
        one.setFocus()
        elsewhere = [  # the list of items follows the name that is typed beside it
            (field, value)
            for field, value in _filled_in(form)
            if field is not one and not isinstance(field, GiftItemChoice)
        ]
        with _nothing_runs(window):
            for event in _presses():
                send(form, event)
        named = f"{type(one).__name__} {one.accessibleName()}"
        assert form.isVisible(), named
        assert window.page_id == page, named
        if not isinstance(one, QComboBox):  # another choice there may fill the fields beside it
            assert [field for field, value in elsewhere if field.isVisible() and _value(field) != value] == [], named
        if isinstance(one, QComboBox) and not one.isEditable():
            _choose_by_letter(one)


def _value(field: QWidget) -> object:
    return next(value for one, value in _filled_in(field.window()) if one is field)


def _choose_by_letter(box: QComboBox) -> None:
    """The letter that a row begins with chooses a row that begins with it, closed and dropped down."""
    titles = [box.itemText(place) for place in range(box.count())]
    for place, title in enumerate(titles):
        if not title[:1].isalpha() or len(titles) == 1:
            continue
        box.setCurrentIndex((place + 1) % len(titles))
        QApplication.processEvents()
        if not box.isVisible() or box.itemText(place) != title:
            return  # what was chosen is another form
        _rest_of_type_ahead(box)
        send(box, press(ord(title[0].upper()), title[0].lower(), 0))
        assert box.currentText()[:1].casefold() == title[:1].casefold()
        return


def _rest_of_type_ahead(box: QComboBox) -> None:
    """Letters typed within a moment are one word to Qt: wait until a new one begins."""
    Hand.rest(QApplication.keyboardInputInterval() / 1000 + 0.05)
    box.setFocus()


def _popup() -> QWidget:
    """The menu that is open."""
    Hand.until(QApplication.activePopupWidget)
    found = QApplication.activePopupWidget()
    assert found is not None
    return found


def _strip(page: Any) -> Any:
    """The strip that is open on a page."""
    found = page.talk.below.currentWidget() if page.id == "inbox" else page.strip
    assert isinstance(found, Strip)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("opens", ["H", "G", "L", "V", "E", "Ctrl+L", "R"])
def test_over_a_conversation(demo: Window, opens: str) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = open_talk(page, _UNHAPPY)
    before = demo.bench.inbox.row(number)
    page.talk.composer.field.setPlainText("A reply that is being written.")
    hand.keys(opens)
    if opens == "Ctrl+L":
        send(_popup(), press(Qt.Key.Key_D, "d", _CODES["D"]))
    form = page.talk.composer if opens == "R" else _strip(page)
    _type_everywhere(demo, form)
    assert page.talk.opened.row.id == number
    assert demo.bench.inbox.row(number).state == before.state
    form.setFocus()
    _reached(form)[0].setFocus()
    hand.keys("Escape")
    hand.until(lambda: page.talk.strip is None)


@pytest.mark.slow
@pytest.mark.parametrize("opens", ["Ctrl+E", "Ctrl+N", "Ctrl+M", "L"])
def test_over_a_member(demo: Window, opens: str) -> None:
    demo.go("members")
    page: Any = demo.page("members")
    hand = Hand(demo)
    page.list.setFocus()
    hand.keys(opens)
    forms = {"Ctrl+E": page.form, "Ctrl+N": page.form, "Ctrl+M": page.profile.merger, "L": page.profile.strip}
    _type_everywhere(demo, forms[opens])
    hand.keys("Escape", "Escape")  # a search that holds something is emptied first
    hand.until(lambda: not page.profile.merger.isVisible() and page.profile.strip is None and not page.form.isVisible())


@pytest.mark.slow
def test_in_the_members_list_box(demo: Window) -> None:
    demo.go("members")
    page: Any = demo.page("members")
    page.kind.setFocus()
    with _nothing_runs(demo):
        Hand(demo).keys("E", "M", "J")
    assert not page.form.isVisible()
    _choose_by_letter(page.kind)
    Hand(demo).keys("Escape")
    assert demo.focusWidget() is page.list


@pytest.mark.slow
@pytest.mark.parametrize("opens", ["G", "Ctrl+E", "Ctrl+Shift+D"])
def test_over_a_gift(demo: Window, opens: str) -> None:
    demo.go("delight")
    page: Any = demo.page("delight")
    hand = Hand(demo)
    page.list.setFocus()
    hand.keys(opens)
    _type_everywhere(demo, _strip(page))
    hand.keys("Escape")
    hand.until(lambda: page.strip is None)


def test_over_the_budget(demo: Window) -> None:
    demo.go("delight")
    page: Any = demo.page("delight")
    page.budget.ask()
    _type_everywhere(demo, page.budget.pages.currentWidget())


@pytest.mark.slow
@pytest.mark.parametrize("opens", ["Ctrl+N", "Ctrl+E", "E", "Ctrl+Shift+E"])
def test_over_a_hand_off(demo: Window, opens: str) -> None:
    demo.go("handoffs")
    page: Any = demo.page("handoffs")
    hand = Hand(demo)
    page.list.setFocus()
    hand.keys(opens)
    _type_everywhere(demo, _strip(page))
    hand.keys("Escape")
    hand.until(lambda: page.strip is None)


@pytest.mark.slow
@pytest.mark.parametrize("view", ["templates", "voice", "rules"])
def test_over_a_template_a_trait_and_a_rule(demo: Window, view: str) -> None:
    demo.resize(1600, 900)
    demo.go("templates", view)
    page: Any = demo.page("templates")
    if view != "templates":
        demo.run("new_template")
        _type_everywhere(demo, _strip(page))
    else:
        for form in (page.editor, page.side):
            _type_everywhere(demo, form)


@pytest.mark.slow
def test_over_the_settings(demo: Window) -> None:
    demo.go("settings")
    page: Any = demo.page("settings")
    rows = [row.focusProxy() for row, _ in page._rows if row.focusProxy() is not None]
    _type_everywhere(demo, rows[0].parentWidget().parentWidget())


@pytest.mark.slow
def test_over_what_comes_over_every_page(demo: Window) -> None:
    demo.go("inbox")
    hand = Hand(demo)
    hand.keys("Ctrl+K")
    with _nothing_runs(demo):
        for event in _presses():
            send(demo, event)
    assert palette(demo).isVisible()
    hand.keys("Escape")
    hand.keys("?")
    assert demo.findChild(QWidget, "overlay") is not None
    inbox(demo).list.rows.setFocus()  # as Tab does under it
    with _nothing_runs(demo):
        hand.keys("E")
    hand.until(lambda: demo.findChild(QWidget, "overlay") is None)


@pytest.mark.slow
def test_in_dialogs(demo: Window, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name;E-mail\nJana;jana@example.org\n")
    asked = BringIn(demo)
    asked.look(table)
    asked.show()
    written = WriteDown(demo, demo.bench.accounts.all(), None, None)
    written.show()
    _type_everywhere(demo, written)
    written.close()
    asked.activateWindow()
    named = asked._choices[0].accessibleName()
    asked._choices[0].setFocus()
    with _nothing_runs(demo):
        for letter in "TE":
            Hand.rest(QApplication.keyboardInputInterval() / 1000 + 0.05)
            send(asked, press(ord(letter), letter.lower(), _CODES[letter]))
    box = asked.focusWidget()
    assert isinstance(box, QComboBox)
    assert (box.accessibleName(), box.currentText()[0]) == (named, "E")
    asked.close()


@pytest.mark.slow
def test_in_the_forms_of_accounts(demo: Window) -> None:
    demo.go("accounts")
    account = demo.bench.accounts.all()[0]
    for dialog in (AccountForm(demo.bench, demo, account), RegisterForm(demo.bench, demo, account)):
        dialog.show()
        _type_everywhere(demo, dialog)
        dialog.close()


def test_in_the_question_that_stands_over_every_page(demo: Window) -> None:
    inbox(demo)
    strip = PostedStrip()
    demo.strips._column.insertWidget(0, strip)
    strip.show()
    Hand.until(strip.isVisible)
    strip.buttons["copy_again"].setFocus()
    with _nothing_runs(demo):
        for letter in "EJHGMU":
            send(strip, press(ord(letter), letter.lower(), _CODES[letter]))
    assert keys.belongs_to("E", strip.buttons["posted"])
    assert not keys.belongs_to("Alt+Y", strip.buttons["posted"])


def test_in_menus(demo: Window) -> None:
    page = inbox(demo)
    number = page.talk.opened.row.id
    for command in ("snooze", ""):
        page.list.focus_rows()
        if command:
            demo.run(command)
        else:
            demo._open_menu()
        menu = _popup()
        with _nothing_runs(demo):
            for letter in "EJXNGHUQF":
                send(menu, press(ord(letter), letter.lower(), _CODES[letter]))
        assert menu.isVisible()
        menu.close()
    assert page.talk.opened.row.id == number
    assert demo.bench.inbox.row(number).state == "needs_me"


def test_a_list_that_is_dropped_down_takes_its_letters(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("G")
    box = _strip(page).state
    box.setFocus()
    box.showPopup()
    _popup()
    with _nothing_runs(demo):
        send(box.view(), press(Qt.Key.Key_T, "t", _CODES["T"]))
        send(box.view(), press(Qt.Key.Key_Return, "\r", 36))
    assert box.currentText() in ("To ship", "Thanked")
    assert page.talk.opened.row.id == number
    assert _strip(page).isVisible()


def test_what_was_typed_in_a_list_box_chooses_and_the_hand_off_goes_to_whom_it_names(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    number = open_talk(page, _UNHAPPY)
    hand.keys("H")
    strip: Any = _strip(page)
    names = [strip.whom.itemText(place) for place in range(strip.whom.count())]
    wanted = next(name for name in names if name[0] != strip.whom.currentText()[0])
    strip.whom.setFocus()
    hand.keys(wanted[0].upper())
    assert strip.whom.currentText()[0] == wanted[0]
    strip.ask.setFocus()
    hand.types("Where is it?")
    chosen = strip.whom.currentText()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: any(line.kind == "handoff" for line in page.talk.opened.lines))
    assert page.talk.opened.row.id == number
    assert chosen.split(",")[0] in " ".join(one.teammate for one in demo.bench.handoffs.of_conversation(number))


@pytest.mark.slow
def test_a_key_that_is_held_down_closes_one_conversation(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    page.list.focus_rows()
    before = demo.bench.inbox.counts()["done"]
    send(demo, press(Qt.Key.Key_E, "e", _CODES["E"]))
    for _ in range(5):
        send(demo, held_down(Qt.Key.Key_E, "e", _CODES["E"]))
    assert demo.bench.inbox.counts()["done"] == before + 1
    hand.until(lambda: page.talk.opened.row.id == page.list.current_id())
    hand.rest(0.3)
    first = page.list.opening.place()
    send(demo, held_down(Qt.Key.Key_J, "j", _CODES["J"]))
    assert page.list.opening.place() == first + 1


@pytest.mark.slow
def test_enter_in_a_field_of_a_page_opens_nothing_else(demo: Window) -> None:
    hand = Hand(demo)
    demo.go("members")
    members: Any = demo.page("members")
    members.search.setFocus()
    hand.types("petr")
    hand.keys("Enter")
    assert demo.page_id == "members"
    assert members.list.hasFocus()
    hand.keys("R")
    assert demo.page_id == "letter"  # the next letter is a command again, not the fifth of the search
    demo.go("templates")
    hand.rest()  # without a screen a page that is built takes the window out of front for a moment
    templates: Any = demo.page("templates")
    for field in (templates.editor.name, templates.editor.key, templates.editor.use):
        field.setFocus()
        with _nothing_runs(demo):
            hand.keys("Enter")
        assert (demo.page_id, field.hasFocus()) == ("templates", True)
    demo.go("settings")
    settings: Any = demo.page("settings")
    settings._search.setFocus()
    hand.keys("Enter")
    assert demo.page_id == "settings"
    page = inbox(demo)
    page.list.focus_search()
    hand.types("λεμοναδα")
    hand.until(page.list.model.rowCount)
    hand.keys("Enter")
    assert demo.focusWidget() is page.list.rows
    assert not page.talk.composer.field.hasFocus()
