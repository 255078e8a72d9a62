"""Every page, and all that opens over it, at the sizes of the design: nothing is cut, outside its place, or on another.

The people, teammates and templates have names as long as Greek and Hungarian ones get, since a narrow place is narrow
only for long words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.base.paths import Profile
from app.workbench import Workbench
from tests.ui import spoken
from tests.ui.faults import faults
from tests.ui.walking import live, settled, walk
from ui.frame import files
from ui.shell.application import Application
from ui.shell.window import Window
from ui.widgets.labels import Label

LONG = ("Παπαχριστοδουλοπούλου-Κωνσταντινίδη Ελισσάβετ", "Szentgyörgyi-Megyeri Krisztina Erzsébet Özvegyné")
NAMED = (
    ("member", "name"), ("member", "city"), ("teammate", "name"), ("template", "name"), ("template", "use"),
    ("conversation", "title"), ("gift", "item"), ("account", "name"),
)  # fmt: skip


@pytest.fixture
def long_names(demo_profile: Profile, qt: QApplication) -> Iterator[Window]:
    """A window over the demo, in which everything is called something long."""
    bench = Workbench(demo_profile)
    with bench.store.write() as conn:
        for table, column in NAMED:
            for (number,) in conn.execute(f"SELECT id FROM {table}").fetchall():
                name = f"{LONG[number % 2]} {number}"
                conn.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (name, number))
    bench.close()
    made = Application(demo_profile)
    made.start()
    assert made.window is not None
    made.window.activateWindow()
    qt.setProperty(files.READY, "")
    live()
    yield made.window
    qt.setProperty(files.READY, None)
    qt.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.close()
    live()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "percent", "mirrored"),
    [((900, 700), 100, False), ((960, 700), 130, False), ((1920, 1080), 100, False), ((1280, 800), 200, False),
     ((1280, 800), 100, True)],
)  # fmt: skip
def test_nothing_is_cut_outside_or_overlapping(
    long_names: Window, size: tuple[int, int], percent: int, *, mirrored: bool
) -> None:
    if mirrored:
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    long_names.appearance._set_text_size(percent)
    long_names.resize(*size)
    live()
    found: dict[str, str] = {}
    visited: list[str] = []

    def visit(place: str, root: QWidget) -> None:
        visited.append(place)
        for fault in settled(partial(faults, root)):
            found.setdefault(fault, place)

    walk(long_names, visit)
    assert len(visited) > 80, visited
    assert "\n".join(f"{place}: {fault}" for fault, place in found.items()) == ""


@pytest.mark.slow
def test_everything_is_spoken_and_reached_by_tab_as_it_is_read(demo: Window, qt: QApplication) -> None:
    qt.setProperty(files.READY, "")
    found: dict[str, str] = {}
    visited: list[str] = []

    def visit(place: str, root: QWidget) -> None:
        visited.append(place)
        for fault in settled(partial(_all, root)):
            found.setdefault(fault, place)

    walk(demo, visit)
    assert len(visited) > 80, visited
    assert "\n".join(f"{place}: {fault}" for fault, place in found.items()) == ""


def _all(root: QWidget) -> list[str]:
    return [*faults(root), *spoken.unspoken(root), *spoken.out_of_order(root)]


def test_the_measure_finds_what_is_cut_outside_and_overlapping(qt: QApplication) -> None:
    """It would be no use if it never found anything."""
    root = QWidget()
    row = QHBoxLayout(root)
    cut, field = Label("These words are far too long for it"), QLineEdit()
    cut.setFixedWidth(40)
    row.addWidget(cut)
    row.addWidget(field)
    root.resize(300, 80)
    root.show()
    live()
    assert [fault for fault in faults(root) if "40 of" in fault]
    field.move(280, 10)
    assert [fault for fault in faults(root) if "out of QWidget" in fault]
    field.move(cut.x() + 5, cut.y())
    assert [fault for fault in faults(root) if "overlap" in fault]
    assert qt is QApplication.instance()


def test_the_measure_lets_be_what_can_be_scrolled_to(qt: QApplication) -> None:
    area, inner = QScrollArea(), QWidget()
    column = QVBoxLayout(inner)
    for number in range(30):
        column.addWidget(QLabel(f"Line {number}"))
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.resize(200, 120)
    area.show()
    live()
    assert faults(area) == []
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    live()
    assert len(faults(area)) > 20
    assert qt is QApplication.instance()


def test_the_measure_hears_what_is_not_spoken(qt: QApplication) -> None:
    root = QWidget()
    row = QHBoxLayout(root)
    first, second = QLineEdit(), QLineEdit()
    row.addWidget(second)
    row.addWidget(first)
    second.setAccessibleName("Named")
    root.show()
    live()
    assert [words for words in spoken.unspoken(root) if words.endswith("no name")] == [
        "QLineEdit '' in QWidget: no name"
    ]
    second.setAccessibleName("")
    assert len(list(spoken.unspoken(root))) == 2
    assert qt is QApplication.instance()
