"""Files for teammates in a real window: a round, letters, and the register of what was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base import clock
from tests.ui.parts import toast
from tests.ui.settling import key, settle
from ui.frame import files
from ui.pages.handoffs.given import GivenSheet
from ui.pages.handoffs.giving import EACH, FileStrip
from ui.pages.handoffs.page import HandoffsPage
from ui.shell.window import Window
from ui.widgets.labels import Label

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(demo: Window) -> HandoffsPage:
    """The page, with two teammates who are to be given something new: one has an address, one has not."""
    jon = demo.bench.teammates.add("Jón Bergsson", email="jon.b@limonade.example", languages=["is"])
    sofia = demo.bench.teammates.add("Σοφία Δούκα", languages=["el"])
    for mate, ask in ((jon, "Hvað kostar þetta?"), (sofia, "Ποιος πληρώνει;"), (jon, "Hvenær kemur þetta?")):
        demo.bench.handoffs.add(None, mate, ask)
    for due in demo.bench.giving.due():
        if due.teammate.id not in (jon, sofia):
            with demo.bench.store.write() as conn:
                demo.bench.handoffs.mark_exported(conn, due.news, clock.now())
    demo.go("handoffs")
    found = demo.page("handoffs")
    assert isinstance(found, HandoffsPage)
    found.list.setFocus()
    settle()
    return found


def opened(page: HandoffsPage) -> FileStrip:
    assert isinstance(page.strip, FileStrip)
    return page.strip


@pytest.mark.slow
def test_one_key_lists_who_gets_what_and_makes_the_files(
    page: HandoffsPage, demo: Window, tmp_path: Path, qt: QApplication
) -> None:
    qt.setProperty(files.READY, str(tmp_path))
    key(demo, "G", CONTROL | SHIFT)
    strip = opened(page)
    assert strip.whom.key() == EACH
    told = strip.listed.text().replace("\u2068", "").replace("\u2069", "")
    assert "Jón Bergsson: 2 new of 2, in handoffs-Jon-" in told
    assert "Σοφία Δούκα: 1 new of 1" in told
    QTest.keyClick(strip, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    made = sorted(path.name for path in tmp_path.glob("handoffs-*.csv"))
    assert len(made) == 2
    assert demo.bench.giving.due() == []
    assert all(name in toast(demo).accessibleName() for name in ("Jón Bergsson", "Σοφία Δούκα"))
    toast(demo).hide()
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert len(demo.bench.giving.due()) == 2
    assert "files themselves stay" in toast(demo).accessibleName()


@pytest.mark.slow
def test_a_letter_is_drafted_and_opened_to_be_read(page: HandoffsPage, demo: Window) -> None:
    key(demo, "G", CONTROL | SHIFT)
    strip = opened(page)
    mate = demo.bench.teammates.named("Jón Bergsson")
    strip.whom.set_key(str(mate.id))
    strip.way.set_key("letter")
    strip._changed()
    assert not strip.separator.isEnabled()
    strip.act()
    settle()
    assert demo.page_id == "letter"
    (draft,) = (one for one in demo.bench.letters.drafts() if one.receivers and one.receivers[0].name == mate.name)
    assert draft.language == "is"
    demo.go("handoffs")
    settle()
    page.open(demo.bench.giving.given(mate.id)[0].rows[0])
    assert "isn't sent yet" in page.case.hint.text()


def test_who_has_no_address_is_named_and_nothing_is_drafted(page: HandoffsPage, demo: Window) -> None:
    before = len(demo.bench.letters.drafts())
    demo.run("make_files")
    strip = opened(page)
    strip.way.set_key("letter")
    strip.act()
    assert "Σοφία Δούκα" in strip.wrong.text()
    assert len(demo.bench.letters.drafts()) == before


def test_the_register_names_whom_and_what_and_leads_to_the_letter(page: HandoffsPage, demo: Window) -> None:
    mate = demo.bench.teammates.named("Jón Bergsson")
    demo.bench.giving.letters([mate.id])
    key(demo, "V", SHIFT)
    settle()
    sheet = demo.findChild(GivenSheet)
    assert sheet is not None
    said = " ".join(label.text() for label in sheet.findChildren(Label))
    assert "Jón Bergsson" in said
    assert "Letter not sent yet · H-" in said
    link = next(link for link in sheet.findChildren(type(page.case.member)) if "letter" in link.title())
    link.click()
    settle()
    assert demo.page_id == "letter"


def test_the_case_says_in_which_file_it_went_out_and_that_it_was_changed_since(
    page: HandoffsPage, demo: Window, tmp_path: Path
) -> None:
    mate = demo.bench.teammates.named("Jón Bergsson")
    demo.bench.giving.save(mate.id, tmp_path / "asked.csv")
    (given,) = demo.bench.giving.given(mate.id)
    page.open(given.rows[0])
    assert "asked.csv" in page.case.line.text()
    demo.bench.handoffs.add_to(given.rows[0], "And by when?")
    settle()
    assert page.case.hint.text().endswith("Changed since it was sent.")
