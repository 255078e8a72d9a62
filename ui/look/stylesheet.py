"""The application's stylesheet, generated from tokens. Fonts are not set here; see `ui.look.fonts`.

Most of our widgets paint themselves; this styles Qt's own fields, buttons, lists, menus, splitters and scroll bars.
"""

from __future__ import annotations

from ui.look.tokens import Tokens

BUTTON_EDGE = {"light": "#D9D5CC", "dark": "#353B38", "light_high": "#57544D", "dark_high": "#B3B9B6"}
"""Borders of buttons; a button is recognised by its text, so these need not reach 3.5:1 unless more was asked for."""

_SHEET = """
QToolTip {{ background: {text}; color: {surface}; border: 0; padding: 4px 8px; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QDateTimeEdit, QTimeEdit {{
  background: {surface}; color: {text}; border: 1px solid {control}; border-radius: 6px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {h_field}px; padding: 0 7px; }}
QPlainTextEdit, QTextEdit {{ padding: 5px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border: 2px solid {accent}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ padding: 0 6px; min-height: {h_focus}px; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {{
  border: 0; min-height: 0; padding: 0 7px; background: transparent; }}
QAbstractSpinBox {{ min-height: {h_spin}px; padding: 0; }}
QAbstractSpinBox:focus {{ min-height: {h_spin}px; padding: 0; }}
QAbstractSpinBox:focus QLineEdit {{ padding: 0 6px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 4px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {text3}; background: {subtle}; }}
QLineEdit[bare="true"], QPlainTextEdit[bare="true"], QTextEdit[bare="true"] {{
  border: 0; background: transparent; padding: 0; min-height: 0; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: none; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox QAbstractItemView {{ background: {surface}; color: {text}; border: 1px solid {border}; outline: 0;
  selection-background-color: {selected}; selection-color: {text}; padding: 4px; }}
QPushButton {{ background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 6px;
  min-height: {h_button}px; padding: 0 11px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 10px; min-height: {h_press}px; }}
QPushButton:disabled {{ color: {text3}; background: {subtle}; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QCheckBox, QRadioButton {{ spacing: 8px; min-height: {h_small}px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {control}; border-radius: 4px;
  background: {surface}; }}
QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {control}; border-radius: 8px;
  background: {surface}; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {accent}; border: 1px solid {accent}; }}
QCheckBox:focus, QRadioButton:focus {{ outline: 2px solid {accent}; }}
QAbstractItemView {{ background: {surface}; color: {text}; border: 0; outline: 0; show-decoration-selected: 0;
  selection-background-color: {selected}; selection-color: {text}; }}
QAbstractItemView[painted="true"] {{ selection-background-color: transparent; }}
QHeaderView {{ background: {surface}; border: 0; }}
QHeaderView::section {{ background: {surface}; color: {text3}; border: 0; border-bottom: 1px solid {border};
  padding: 0 10px; min-height: {h_head}px; }}
QTableView {{ gridline-color: {border}; }}
QScrollArea {{ border: 0; background: transparent; }}
QMenu {{ background: {surface}; color: {text}; border: 1px solid {border}; border-radius: {r_menu}px; padding: 5px;
  icon-size: {menu_icon}px; }}
QMenu::item {{ padding: 6px 24px 6px 10px; border-radius: 6px; }}
QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu::item:disabled {{ color: {text3}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 5px 8px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QSplitter::handle {{ background: {border}; }}
QSplitter::handle:hover {{ background: {control}; }}
QProgressBar {{ background: {track}; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {thumb}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {control}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: transparent; width: 0; height: 0; }}
"""


def stylesheet(tokens: Tokens, scale: float, *, rounded: bool = True) -> str:
    """The stylesheet for a set of tokens and a text size (1.0 = 100 %); `rounded` if menus may have round corners."""
    thumb = {"light": "#CFCBC2", "dark": "#3C4340"}.get(tokens.name, tokens.control)
    names = {name: value for name, value in tokens._asdict().items() if name not in {"name", "avatars", "labels"}}
    return _SHEET.format(
        **names,
        edge=BUTTON_EDGE[tokens.name],
        r_menu=8 if rounded else 0,
        thumb=thumb,
        menu_icon=round(16 * scale),
        h_field=round(30 * scale),
        h_spin=round(30 * scale) - 4,
        h_focus=round(30 * scale) - 2,
        h_press=round(28 * scale) - 2,
        h_button=round(28 * scale),
        h_small=round(26 * scale),
        h_head=round(29 * scale),
    )
