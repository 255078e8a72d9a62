"""List boxes: what a screen reader is told of them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.widgets.fields import Choice
from ui.widgets.form_dialog import labelled


def labels(widget: QWidget) -> list[str]:
    """What a screen reader finds as the label of a widget."""
    face = QAccessible.queryAccessibleInterface(widget)
    found = [
        other.text(QAccessible.Text.Name)
        for other, relation in face.relations()
        if relation & QAccessible.RelationFlag.Label
    ]
    return [name.replace("&&", "&") for name in found]


@pytest.mark.parametrize(("name", "has_label"), [("Security", True), ("Security", False), ("Ports & hosts", False)])
def test_a_list_box_is_known_by_its_label_whatever_is_chosen(qt: QApplication, name: str, *, has_label: bool) -> None:
    choice = Choice([("tls", "TLS"), ("", "None")], name="" if has_label else name)
    owner = QWidget()
    column = QVBoxLayout(owner)
    column.addWidget(labelled(choice, name) if has_label else choice)
    for _ in range(2):
        owner.show()
        qt.processEvents()
        assert [told.replace("&&", "&") for told in labels(choice)] == [name]
        owner.hide()
