"""The one stylesheet of the application, written from tokens. Fonts are never set here: `ui.look.fonts` says why.

Most widgets of ours paint themselves; this is for Qt's own fields, buttons, lists, menus, splitters and scroll bars.
"""

from __future__ import annotations

from app.base.words import N_
from ui.look.tokens import Tokens

BUTTON_EDGE = {"light": "#D9D5CC", "dark": "#353B38"}
"""Edges of buttons; a button is known by its words, so these need no 3.5:1."""

_SHEET = N_(
    "\nQToolTip {{ background: {text}; color: {surface}; border: 0; padding: 4px 8px; }}\n"
    "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, "
    "QDateEdit, QDateTimeEdit, QTimeEdit {{\n  background: {surface}; color: {text}; "
    "border: 1px solid {control}; border-radius: 6px;\n  selection-background-color: "
    "{accent}; selection-color: {on_accent}; }}\nQLineEdit, QComboBox, QAbstractSpinBox "
    "{{ min-height: {h_field}px; padding: 0 7px; }}\nQPlainTextEdit, QTextEdit {{ "
    "padding: 5px; }}\nQLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, "
    "QComboBox:focus, QAbstractSpinBox:focus {{\n  border: 2px solid {accent}; }}\n"
    "QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ padding: 0 6px; "
    "min-height: {h_focus}px; }}\nQAbstractSpinBox QLineEdit, QComboBox QLineEdit, "
    "QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {{\n  border: 0; "
    "min-height: 0; padding: 0 7px; background: transparent; }}\nQAbstractSpinBox {{ "
    "min-height: {h_spin}px; padding: 0; }}\nQAbstractSpinBox:focus {{ min-height: "
    "{h_spin}px; padding: 0; }}\nQAbstractSpinBox:focus QLineEdit {{ padding: 0 6px; }}\n"
    "QPlainTextEdit:focus, QTextEdit:focus {{ padding: 4px; }}\nQLineEdit:disabled, "
    "QComboBox:disabled {{ color: {text3}; background: {subtle}; }}\n"
    'QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QTextEdit[bare="true"] {{\n  '
    "border: 0; background: transparent; padding: 0; min-height: 0; }}\n"
    "QComboBox::drop-down {{ border: 0; width: 24px; }}\nQComboBox::down-arrow {{ image: "
    "none; }}\nQAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; "
    "border: 0; }}\nQComboBox QAbstractItemView {{ background: {surface}; color: {text}; "
    "border: 1px solid {border}; outline: 0;\n  selection-background-color: {selected}; "
    "selection-color: {text}; padding: 4px; }}\nQPushButton {{ background: {surface}; "
    "color: {text}; border: 1px solid {edge}; border-radius: 6px;\n  min-height: "
    "{h_button}px; padding: 0 11px; }}\nQPushButton:hover {{ background: {hover}; }}\n"
    "QPushButton:focus {{ border: 2px solid {accent}; padding: 0 10px; min-height: "
    "{h_press}px; }}\nQPushButton:disabled {{ color: {text3}; background: {subtle}; }}\n"
    "QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: "
    "{accent}; }}\nQCheckBox, QRadioButton {{ spacing: 8px; min-height: {h_small}px; }}\n"
    "QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {control}; "
    "border-radius: 4px;\n  background: {surface}; }}\nQRadioButton::indicator {{ width: "
    "16px; height: 16px; border: 1px solid {control}; border-radius: 8px;\n  background: "
    "{surface}; }}\nQCheckBox::indicator:checked, QRadioButton::indicator:checked {{ "
    "background: {accent}; border: 1px solid {accent}; }}\nQCheckBox:focus, "
    "QRadioButton:focus {{ outline: 2px solid {accent}; }}\nQAbstractItemView {{ "
    "background: {surface}; color: {text}; border: 0; outline: 0; "
    "show-decoration-selected: 0;\n  selection-background-color: {selected}; "
    'selection-color: {text}; }}\nQAbstractItemView[painted="true"] {{ '
    "selection-background-color: transparent; }}\nQHeaderView {{ background: {surface}; "
    "border: 0; }}\nQHeaderView::section {{ background: {surface}; color: {text3}; "
    "border: 0; border-bottom: 1px solid {border};\n  padding: 0 10px; min-height: "
    "{h_head}px; }}\nQTableView {{ gridline-color: {border}; }}\nQScrollArea {{ border: 0; "
    "background: transparent; }}\nQMenu {{ background: {surface}; color: {text}; border: "
    "1px solid {border}; border-radius: {r_menu}px; padding: 5px; }}\nQMenu::item {{ "
    "padding: 6px 24px 6px 10px; border-radius: 6px; }}\nQMenu::item:selected {{ "
    "background: {selected}; color: {text}; }}\nQMenu::item:disabled {{ color: {text3}; "
    "}}\nQMenu::separator {{ height: 1px; background: {border}; margin: 5px 8px; }}\n"
    "QSplitter::handle {{ background: {border}; }}\nQSplitter::handle:hover {{ "
    "background: {control}; }}\nQProgressBar {{ background: {track}; border: 0; "
    "border-radius: 2px; max-height: 4px; min-height: 4px; }}\nQProgressBar::chunk {{ "
    "background: {accent}; border-radius: 2px; }}\nQScrollBar:vertical {{ background: "
    "transparent; width: 10px; margin: 0; }}\nQScrollBar:horizontal {{ background: "
    "transparent; height: 10px; margin: 0; }}\nQScrollBar::handle {{ background: {thumb}; "
    "border-radius: 3px; margin: 2px; }}\nQScrollBar::handle:vertical {{ min-height: "
    "32px; }}\nQScrollBar::handle:horizontal {{ min-width: 32px; }}\n"
    "QScrollBar::handle:hover {{ background: {control}; }}\nQScrollBar::add-line, "
    "QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{\n  background: "
    "transparent; width: 0; height: 0; }}\n"
)


def stylesheet(tokens: Tokens, scale: float, *, rounded: bool = True) -> str:
    """The sheet for one appearance at one text size (1.0 = 100 %); `rounded`: menus may have round corners."""
    light = tokens.name == "light"
    names = {name: getattr(tokens, name) for name in Tokens.__slots__ if name not in {"name", "avatars"}}
    return _SHEET.format(
        **names,
        edge=BUTTON_EDGE[tokens.name],
        r_menu=8 if rounded else 0,
        thumb="#CFCBC2" if light else "#3C4340",
        h_field=round(30 * scale),
        h_spin=round(30 * scale) - 4,
        h_focus=round(30 * scale) - 2,
        h_press=round(28 * scale) - 2,
        h_button=round(28 * scale),
        h_small=round(26 * scale),
        h_head=round(29 * scale),
    )
