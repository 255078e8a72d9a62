"""Keys under Greek, Czech and Hungarian layouts, and whose they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from app.commands.keymap import Keymap
from tests.ui.presses import press
from ui.commands import keys

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
E_KEY, G_KEY, Q_KEY, Y_PLACE, Z_PLACE, TWO, M_KEY = 26, 42, 24, 29, 52, 11, 58


@pytest.mark.parametrize(
    ("event", "first"),
    [
        (press(Qt.Key.Key_E, "e", E_KEY), "done"),
        (press(0x395, "ε", E_KEY), "done"),
        (press(0x393, "γ", G_KEY), "gift"),
        (press(Qt.Key.Key_Semicolon, ";", Q_KEY), "hard"),  # Greek: the Q key types the question mark
        (press(Qt.Key.Key_Z, "z", Y_PLACE), "undo"),  # Czech and Hungarian: Z stands where Y is
        (press(Qt.Key.Key_Slash, "/", 61), "search"),
        (press(Qt.Key.Key_Question, "?", 61, SHIFT), "keysheet"),
        (press(Qt.Key.Key_Question, "?", 59, SHIFT), "keysheet"),  # Hungarian: Shift and comma
        (press(Qt.Key.Key_F1), "keysheet"),
        (press(Qt.Key.Key_K, "\x0b", 45, CTRL), "palette"),
        (press(0x39A, "", 45, CTRL), "palette"),  # Greek: Ctrl and kappa
        (press(Qt.Key.Key_Return, "\r", 36, CTRL), "send_done"),
        (press(Qt.Key.Key_Return, "\r", 36, CTRL | SHIFT), "send_keep"),
        (press(Qt.Key.Key_J, "J", 44, SHIFT), "extend_down"),
        (press(Qt.Key.Key_Plus, "+", 21, CTRL | SHIFT), "larger"),
    ],
)
def test_a_press_means_the_command(event: object, first: str) -> None:
    found = Keymap().commands(keys.spellings(event), "inbox")  # type: ignore[arg-type]
    assert [command.id for command in found][:1] == [first]


def test_where_a_latin_letter_is_typed_its_place_does_not_count() -> None:
    assert keys.spellings(press(Qt.Key.Key_Y, "y", Z_PLACE)) == ["Y"]
    assert keys.spellings(press(Qt.Key.Key_Comma, ",", M_KEY)) == [","]  # AZERTY


def test_czech_digits_are_found_by_place() -> None:
    assert keys.spellings(press(0x11A, "ě", TWO)) == ["Ě", "2"]
    assert keys.spellings(press(0x11A, "", TWO, CTRL)) == ["Ctrl+Ě", "Ctrl+2"]


def test_a_lone_modifier_means_nothing() -> None:
    assert keys.spellings(press(Qt.Key.Key_Shift, "", 50, SHIFT)) == []


def test_letter_answers_a_small_menu() -> None:
    assert keys.letter(press(0x3A4, "τ", 28), "LTB") == "T"
    assert keys.letter(press(Qt.Key.Key_X, "x", 53), "LTB") == ""


@pytest.mark.parametrize(("kind", "spelling", "theirs"), [
    (QLineEdit, "E", True), (QLineEdit, "Enter", True), (QLineEdit, "Ctrl+K", False), (QLineEdit, "Ctrl+Z", True),
    (QPlainTextEdit, "Shift+J", True), (QPlainTextEdit, "F8", False), (QPlainTextEdit, "Alt+Enter", False),
    (QListView, "J", False), (QListView, "Down", True), (QListView, "Enter", False),
    (QPushButton, "Enter", True), (QPushButton, "E", False), (QWidget, "Down", False), (QWidget, "Tab", True),
    (QComboBox, "E", True), (QComboBox, "Ε", True), (QComboBox, "Shift+J", True), (QComboBox, "Delete", True),
    (QComboBox, "Escape", False), (QComboBox, "Ctrl+Enter", False), (QComboBox, "F8", False), (QSpinBox, "N", True),
    (QDateEdit, "Z", True), (QCheckBox, "E", True), (QCheckBox, "Down", True), (QRadioButton, "X", True),
])  # fmt: skip
def test_the_widget_with_the_focus_keeps_what_it_needs(kind: type[QWidget], spelling: str, *, theirs: bool) -> None:
    assert keys.belongs_to(spelling, kind()) is theirs


@pytest.mark.parametrize(("spelling", "theirs"), [
    ("E", True), ("Ε", True), ("Shift+J", True), ("/", True), ("?", True), ("Down", True), ("Enter", True),
    ("Delete", True), ("Escape", False), ("F1", False), ("Ctrl+Enter", False), ("Ctrl+K", False), ("Y", False),
])  # fmt: skip
@pytest.mark.parametrize("kind", [QPushButton, QListView, QWidget])
def test_a_form_keeps_every_key_but_chords_and_its_own(kind: type[QWidget], spelling: str, *, theirs: bool) -> None:
    form = QWidget()
    keys.make_form(form, "Y")
    assert keys.belongs_to(spelling, kind(QWidget(form))) is theirs


def test_a_text_that_is_only_read_keeps_no_letters() -> None:
    view = QPlainTextEdit()
    view.setReadOnly(True)
    assert not keys.belongs_to("E", view)


def test_a_widget_that_asks_for_a_key_gets_every_one() -> None:
    button = QPushButton()
    keys.set_recording(button, recording=True)
    assert all(keys.belongs_to(key, button) for key in ("E", "Ctrl+K", "Escape", "F8", "Tab", "Alt+Enter"))
    keys.set_recording(button, recording=False)
    assert not keys.belongs_to("Ctrl+K", button)


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        (press(0x395, "ε", E_KEY), "E"),  # Greek: by its place, so that every layout has it
        (press(0x11A, "ě", TWO), "2"),
        (press(Qt.Key.Key_Z, "z", Y_PLACE), "Z"),
        (press(Qt.Key.Key_J, "J", 44, SHIFT), "Shift+J"),
        (press(0x39A, "", 45, CTRL), "Ctrl+K"),
        (press(Qt.Key.Key_Shift, "", 50, SHIFT), ""),
    ],
)
def test_a_key_is_kept_as_a_latin_one(event: object, kept: str) -> None:
    assert keys.latin(event) == kept  # type: ignore[arg-type]
