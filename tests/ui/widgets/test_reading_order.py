"""Tab goes as one reads, and asking for the order leaves nothing behind."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.reading_order import placed_in, stops

HOUSE = Path(__file__).resolve().parents[3]


def _form() -> tuple[QWidget, dict[str, QLineEdit]]:
    """A column with a line and a grid in it, made in another order than they are read in."""
    root = QWidget()
    fields = {name: QLineEdit() for name in ("last", "right", "left", "below", "above", "first")}
    column, line, grid = QVBoxLayout(root), QHBoxLayout(), QGridLayout()
    grid.addWidget(fields["below"], 1, 0)
    grid.addWidget(fields["above"], 0, 0)
    line.addWidget(fields["left"])
    line.addWidget(fields["right"])
    column.addWidget(fields["first"])
    column.addLayout(line)
    column.addLayout(grid)
    column.addWidget(fields["last"])
    root.show()
    return root, fields


@pytest.mark.usefixtures("qt")
def test_the_order_is_that_of_the_layouts_and_not_that_in_which_it_was_made() -> None:
    root, fields = _form()
    names = {field: name for name, field in fields.items()}
    found = [names[field] for field in stops(root) if isinstance(field, QLineEdit)]
    assert found == ["first", "left", "right", "above", "below", "last"]
    root.deleteLater()


@pytest.mark.usefixtures("qt")
def test_what_is_in_no_layout_comes_after_what_is_as_it_lies_on_the_screen() -> None:
    root, fields = _form()
    low, high = QPushButton("low", root), QPushButton("high", root)
    low.move(0, 90)
    high.move(0, 40)
    low.show()
    high.show()
    layout = root.layout()
    assert layout is not None
    assert set(placed_in(layout, [*fields.values(), low, high])) == set(fields.values())
    assert stops(root)[-2:] == [high, low]
    root.deleteLater()


def _items() -> list[object]:
    return [one for one in shiboken6.getAllValidWrappers()
            if isinstance(one, QLayoutItem) and not isinstance(one, QLayout)]  # fmt: skip


@pytest.mark.usefixtures("qt")
def test_no_item_of_a_layout_is_kept() -> None:
    """PySide keeps one for as long as its layout lives, also once Qt has deleted it, and then the window crashes."""
    root, _fields = _form()
    before = len(_items())
    assert len(stops(root)) == 6
    assert len(_items()) == before
    layout = root.layout()
    assert layout is not None
    layout.itemAt(0)
    assert len(_items()) == before + 1, "the test would not find it"
    root.deleteLater()
    QApplication.processEvents()


def test_nobody_asks_a_layout_for_its_items() -> None:
    for folder in ("ui", "tests/ui"):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            if path == Path(__file__).resolve() or path.name == "test_flow.py":
                continue  # its layout is written in Python, and keeps its items itself
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    assert node.func.attr != "itemAt", f"{path}:{node.lineno}"
