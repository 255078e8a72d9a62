"""The head of the member's card."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics

from tests.ui.settling import settle, until
from tests.ui.talking import inbox
from ui.look import fonts
from ui.pages.inbox.name_link import NameLink
from ui.shell.window import Window


@pytest.mark.parametrize(
    "name", ["Ελένη Παπαδοπούλου", "Jana Malá", "Guðrún Ásta Þórðardóttir", "Papadopoulos-Wintermeyerová"]
)
def test_a_name_is_never_cut_short(demo: Window, name: str) -> None:
    page: Any = inbox(demo)
    member = demo.bench.store.read.execute("SELECT id FROM member WHERE name = 'Ελένη Παπαδοπούλου'").fetchone()[0]
    demo.bench.members.edit(member, {"name": name})
    title = "Το κουτί έφτασε σπασμένο"
    page.open(demo.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()[0])
    until(lambda: any(link.title() == name for link in page.card.findChildren(NameLink)))
    settle()  # the card comes after the messages, and is laid out then
    link = next(link for link in page.card.findChildren(NameLink) if link.title() == name)
    metrics = QFontMetrics(fonts.font("name", 600))
    widest = max(metrics.horizontalAdvance(word) for word in name.split())
    assert link.height() >= link.heightForWidth(link.width())
    lines = 1 if metrics.horizontalAdvance(name) <= link.width() else 2
    assert link.height() >= lines * metrics.height() - 2
    assert widest <= 2 * link.width()  # a longer word goes on in the second line
