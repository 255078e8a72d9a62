"""Files that come back when things have moved on: two teammates differ on the same rows, one is three weeks late."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from app.base import clock, ids
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.export import Options
from app.handoffs import Handoff
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.stories.hand import Hand
from tests.ui.opening import opened
from tests.ui.parts import toast
from ui.frame import files
from ui.pages.handoffs.returned_rows import ConflictCard
from ui.shell.window import Window
from ui.widgets.labels import Label

_DAY = 24 * 3600
_ASKS = (
    ("Ελένη Παπαδοπούλου", "Το κουτί έφτασε σπασμένο", "Send a new box"),
    ("Kocsis Bence", "Hol van a csomagom?", "Where is the parcel?"),
    ("Birna Ólafsdóttir", "Er sykur í þessu?", "How much sugar is in it?"),
    ("Jitka Němcová", "Můžu mít fakturu?", "Can she have an invoice?"),
)
Edits = Mapping[int, Mapping[str, str]]
"""What a teammate types: number of the hand-off -> column -> words."""


@pytest.fixture
def bench(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """Three weeks ago: four members wrote, and each matter was handed to Jón."""
    _days_ago(monkeypatch, 21)
    made = Workbench(profile)
    made.settings.put("community", "Sítróna")
    blog = made.accounts.add_demo("wordpress", "Blog", "Sítróna", at=0, ok_at=0)
    jon = made.teammates.add("Jón Einarsson", email="jon@sitrona.example", languages="is en")
    made.teammates.add("Dóra Farkas", email="dora@sitrona.example", languages="hu en")
    for place, (name, words, ask) in enumerate(_ASKS):
        who = Author(f"who{place}", f"who{place}", name)
        came = Incoming(f"m{place}", clock.now() - 900 + place, words, who, thread=f"t{place}", title=words)
        taken = made.intake.take(blog, [came])
        made.handoffs.add(next(iter(taken.conversation_ids)), jon, ask)
    yield made
    made.close()


def _days_ago(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: int(time.time()) - days * _DAY)


@pytest.fixture(autouse=True)
def _no_file_left() -> Iterator[None]:
    """No later test is given the file that was chosen here."""
    yield
    app = QApplication.instance()
    if app is not None:
        app.setProperty(files.READY, None)


def _typed(path: Path, out: Path, edits: Edits) -> Path:
    """A teammate opens the CSV, types into it, and saves it with semicolons, as Excel does in much of Europe."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        for column, words in edits.get(ids.number("H", row[header.index("handoff_id")]), {}).items():
            row[header.index(column)] = words
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return out


def _typed_in_excel(path: Path, out: Path, edits: Edits) -> Path:
    """A teammate opens the workbook, types into it, and saves it."""
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        number = ids.number("H", str(sheet.cell(row, columns["handoff_id"]).value))
        for column, words in edits.get(number, {}).items():
            sheet.cell(row, columns[column]).value = words
    book.save(out)
    return out


def _read_back(window: Window, hand: Hand, path: Path) -> Any:
    """Ctrl+Shift+I, and the file is chosen; its preview."""
    app = QApplication.instance()
    assert app is not None
    app.setProperty(files.READY, str(path))
    hand.keys("Ctrl+Shift+I")
    page: Any = window.page("handoffs")
    hand.until(lambda: page.returning.preview is not None and page.returning.preview.name == path.name)
    hand.rest(0.2)
    return page.returning


def _said(returning: Any) -> str:
    """All sentences that the preview shows."""
    return "\n".join(label.text() for label in returning.body.findChildren(Label))


def _cards(returning: Any) -> list[tuple[int, str]]:
    return [card.key for card in returning.findChildren(ConflictCard)]


def _actions(window: Window) -> int:
    return int(scalar(window.bench.store.read, "SELECT count(*) FROM action WHERE undone_at IS NULL"))


def _one(window: Window, number: int) -> Handoff:
    return window.bench.handoffs.get(number)


def _state(window: Window, number: int) -> str:
    talk = _one(window, number).conversation_id
    assert talk is not None
    return window.bench.inbox.row(talk).state


@pytest.mark.slow
def test_two_teammates_answer_the_same_rows_differently_and_one_chooses_row_by_row(
    profile: Profile, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _days_ago(monkeypatch, 0)
    plain, excel = tmp_path / "handoffs.csv", tmp_path / "handoffs.xlsx"
    bench.export.file("handoffs", plain)
    bench.export.file("handoffs", excel, Options(xlsx=True))
    bench.close()
    jons = _typed(plain, tmp_path / "jon.csv", {
        1: {"status": "leyst", "answer": "Nýr kassi fór í dag"},
        2: {"status": "leyst", "answer": "Pakkinn er á pósthúsinu"},
    })  # fmt: skip
    doras = _typed_in_excel(excel, tmp_path / "dora.xlsx", {
        1: {"status": "elutasítva", "answer": "Ez nem a mi hibánk"},
        2: {"status": "folyamatban", "answer": "A futárt keressük"},
        3: {"answer": "4 gramm decilitere"},
    })  # fmt: skip
    with opened(profile) as window:
        hand = Hand(window)
        _read_back(window, hand, jons)
        hand.keys("Ctrl+Enter")
        hand.until(lambda: _one(window, 1).answer == "Nýr kassi fór í dag")

        returning = _read_back(window, hand, doras)
        assert [tile.count.text() for tile in returning.tiles.values()] == ["1", "2", "0"]
        assert _cards(returning) == [(1, "status"), (1, "answer"), (2, "status"), (2, "answer")]
        hand.keys("1", "1")
        hand.rest(0.1)
        hand.keys("Escape")  # something else comes between: what was chosen is kept
        hand.until(lambda: not returning.active)
        assert "dora.xlsx" in toast(window).accessibleName()
        returning = _read_back(window, hand, doras)
        assert returning._decided.aside.text() == "2 of 4 decided"
        hand.keys("2", "2")
        assert returning._decided.aside.text() == "4 of 4 decided"
        before = _actions(window)
        hand.keys("Ctrl+Enter")
        hand.until(lambda: not returning.active)

        assert _actions(window) == before + 1
        assert [(_one(window, number).status, _one(window, number).answer) for number in (1, 2, 3)] == [
            ("solved", "Nýr kassi fór í dag"), ("in_work", "A futárt keressük"), ("sent", "4 gramm decilitere"),
        ]  # fmt: skip
        assert "dora.xlsx" in toast(window).accessibleName()
        hand.keys("Z")
        hand.until(lambda: _one(window, 2).status == "solved")
        assert [_one(window, number).answer for number in (1, 2, 3)] == [
            "Nýr kassi fór í dag", "Pakkinn er á pósthúsinu", "",
        ]  # fmt: skip
        assert len(_cards(_read_back(window, hand, doras))) == 4  # undone, it is asked again


@pytest.mark.slow
def test_a_file_comes_back_three_weeks_late_after_everything_moved_on(
    profile: Profile, bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    bench.export.file("handoffs", first)
    _days_ago(monkeypatch, 14)
    bench.handoffs.answer(1, "solved", "A new box left on Monday")  # by phone
    bench.handoffs.tell(1)
    bench.handoffs.close(2, "The parcel came by itself")
    bench.handoffs.add_to(3, "Per decilitre, please.")
    bench.export.file("handoffs", second)
    newer = _typed(second, tmp_path / "newer.csv", {3: {"status": "leyst", "answer": "4 g í desilítra"}})
    _days_ago(monkeypatch, 10)
    assert bench.returns.apply(bench.returns.read(newer)).rows == 1
    talk = bench.handoffs.get(4).conversation_id
    assert talk is not None
    bench.inbox.done([talk])
    bench.close()
    _days_ago(monkeypatch, 0)
    late = _typed(first, tmp_path / "late.csv", {
        1: {"status": "hafnað", "answer": "Kassinn var í lagi"},
        2: {"status": "leyst", "answer": "Pakkinn týndist"},
        3: {"status": "leyst", "answer": "5 g í desilítra"},
        4: {"status": "leyst", "answer": "Reikningurinn er tilbúinn"},
    })  # fmt: skip
    with opened(profile) as window:
        hand = Hand(window)
        assert [_state(window, number) for number in (2, 4)] == ["needs_me", "done"]
        returning = _read_back(window, hand, late)
        said, ago = _said(returning), clock.local(clock.now() - 14 * _DAY).date().isoformat()
        sent = clock.local(clock.now() - 21 * _DAY).date().isoformat()
        assert f"The file was written on {sent}; a newer one was read on" in said
        assert f"Ελένη Παπαδοπούλου was told on {ago}, and it's closed." in said
        assert f"You closed it on {ago}." in said
        assert "Its conversation is done. This answer brings it back." in said
        assert _cards(returning) == [(1, "status"), (1, "answer"), (2, "status"), (2, "answer"), (3, "answer")]
        hand.keys("1", "1", "2", "2", "1")
        before = _actions(window)
        hand.keys("Ctrl+Enter")
        hand.until(lambda: not returning.active)

        assert _actions(window) == before + 1
        one, two, three, four = (_one(window, number) for number in (1, 2, 3, 4))
        assert (one.answer, one.closed_at is None) == ("A new box left on Monday", False)
        assert (two.answer, two.closed_at, two.told_at) == ("Pakkinn týndist", None, None)
        assert (three.answer, four.answer) == ("4 g í desilítra", "Reikningurinn er tilbúinn")
        assert [_state(window, number) for number in (2, 4)] == ["needs_me", "needs_me"]

        hand.keys("Z")
        hand.until(lambda: _one(window, 2).closed_at is not None)
        assert (_one(window, 4).answer, _state(window, 4)) == ("", "done")
        assert window.bench.kept_forms.every() == []
