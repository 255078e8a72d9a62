"""The composer's head: whom a reply goes to, another chosen, somebody new announced, and what cannot be sent."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming
from app.base.money import Money
from app.base.paths import Profile
from app.cli import replies
from app.workbench import Workbench
from tests.app.saying import said
from tests.stories.hand import Hand
from ui.shell.application import Application, qt_application
from ui.shell.window import Window

DESK = "desk@lemonade.test"
NAMES = {"anna": "Anna Þórðardóttir", "dan": "Dan", "eleni": "Ελένη Παπαδοπούλου-Κωνσταντινοπούλου"}


def letter(number: str, ago: int, who: str, parent: str = "", *, to: tuple[str, ...] = (DESK,)) -> Incoming:
    address = DESK if who == "us" else f"{who}@example.org"
    made = said(number, clock.now() - ago, f"Words of {number}", address, name=NAMES.get(who, "We"))
    return made._replace(
        public=False, parent=parent, refs=(parent,) if parent else (), to=to, out=who == "us", title="Lykill"
    )


@pytest.fixture
def opened(profile: Profile, request: pytest.FixtureRequest) -> Iterator[tuple[Window, Workbench]]:
    """A window on a mailbox with a thread of two people; `mode` file: it cannot send."""
    qt_application(["rapport"])
    bench = Workbench(profile)
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, mode, state, created_at)"
            " VALUES (1, 'email', 'Post', ?, ?, 'on', 0)",
            (DESK, getattr(request, "param", "demo")),
        )
    bench.intake.take(1, [letter("k1", 900, "anna"), letter("k2", 600, "dan", "k1"), letter("e1", 300, "eleni")])
    bench.close()
    made = Application(profile)
    window = made.start()
    assert made.bench is not None
    yield window, made.bench
    made.close()
    QApplication.processEvents()


def page_of(window: Window, talk: int = 1) -> Any:
    window.go("inbox", talk)
    page: Any = window.page("inbox")
    Hand.until(lambda: page.talk.opened.row.id == talk)
    return page


def head(page: Any) -> str:
    return bare(page.talk.composer.head.where.text())


def bare(words: str) -> str:
    """Without the marks that isolate names."""
    return words.replace("\u2068", "").replace("\u2069", "")


def test_it_names_the_last_one_who_waits_and_another_can_be_chosen(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    page = page_of(window)
    assert head(page) == "E-mail to Dan (dan@example.org)"
    Hand.until(page.talk.composer.head.audience.accessibleName)
    assert "Visible to \u2068Dan\u2069 only." in page.talk.composer.head.audience.accessibleName()
    window.run("choose_receiver")
    (menu,) = [one for one in page.talk.composer.findChildren(QMenu) if one.isVisible()]
    rows = [one.text() for one in menu.actions()]
    assert [bare(row) for row in rows] == [
        "Dan, waiting for a reply", "Anna Þórðardóttir, waiting for a reply", "", "Add receivers…",
    ]  # fmt: skip
    hand = Hand(window)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert head(page) == "E-mail to Anna Þórðardóttir (anna@example.org)"
    page.talk.composer.write()
    hand.types("1234")
    hand.keys("Ctrl+Enter")
    Hand.until(bench.outbox.entries)
    (entry,) = bench.outbox.entries()
    assert (entry.to_whom, entry.address) == ("Anna Þórðardóttir", "anna@example.org")
    assert bench.inbox.row(1).state == "needs_me"
    said_then = bare(window._toaster()._words.text())
    assert "Anna Þórðardóttir" in said_then
    assert "You still owe Dan a reply." in said_then


def test_the_next_draft_keeps_whom_it_is_for_and_its_files_when_one_is_sent_and_done(
    opened: tuple[Window, Workbench], tmp_path: Path
) -> None:
    window, bench = opened
    page = page_of(window)
    page.talk.composer.whom.answer(bench.inbox.message_from(1, "anna@example.org"))
    page.talk.composer.field.setPlainText("Kæra Anna")
    page.talk.composer.keep()
    page = page_of(window, 2)
    page.talk.composer.field.setPlainText("Dear Eleni")
    page.talk.composer.send(then_done=True, at=clock.now() + 3600)  # scheduled: the next one is open at once
    assert page.talk.opened.row.id == 1
    assert "You still owe" not in window._toaster()._words.text()
    assert head(page) == "E-mail to Anna Þórðardóttir (anna@example.org)"
    plan = tmp_path / "plan.txt"
    plan.write_text("for Anna", encoding="utf-8")
    page.talk.composer.files.take([plan])
    Hand.until(lambda: bench.inbox.open(1).files)
    assert bench.inbox.open(2).files == 0
    window.run("send_keep")
    Hand.until(lambda: len(bench.outbox.entries()) == 2)
    assert {(entry.address, entry.text) for entry in bench.outbox.entries()} == {
        ("eleni@example.org", "Dear Eleni"), ("anna@example.org", "Kæra Anna"),
    }  # fmt: skip


def test_a_draft_keeps_whom_it_was_written_to_over_a_restart(
    opened: tuple[Window, Workbench], profile: Profile
) -> None:
    window, bench = opened
    page = page_of(window)
    page.talk.composer.whom.answer(bench.inbox.message_from(1, "anna@example.org"))
    page.talk.composer.field.setPlainText("Kóðinn er")
    page.talk.composer.keep()
    bench.intake.take(1, [letter("k3", 0, "eleni", "k2", to=(DESK, "dan@example.org"))])
    Hand.until(lambda: not page.talk.composer.whom.arrived.isHidden())
    notice = page.talk.composer.whom.arrived
    assert "has written too. Your reply still goes to \u2068Anna Þórðardóttir\u2069." in notice.words.text()
    page_of(window, 2)
    page = page_of(window)
    assert head(page).startswith("E-mail to Anna")
    assert page.talk.composer.field.toPlainText() == "Kóðinn er"
    assert not page.talk.composer.whom.arrived.isHidden()
    page.talk.composer.whom.arrived.buttons["new"].click()
    assert head(page).startswith("E-mail to Ελένη")
    assert page.talk.composer.whom.arrived.isHidden()
    again = bench.inbox.open(1).answering
    assert again is not None
    assert again.address == "eleni@example.org"
    assert profile.file.exists()


def test_who_writes_first_while_the_draft_is_put_away_does_not_get_it(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    page = page_of(window, 2)
    page.talk.composer.field.setPlainText("Only for you")
    page_of(window, 1)
    bench.intake.take(1, [letter("e2", 0, "dan", "e1", to=(DESK, "eleni@example.org"))])
    page = page_of(window, 2)
    Hand.until(lambda: len(page.talk.opened.speakers) == 2)
    assert page.talk.composer.field.toPlainText() == "Only for you"
    assert head(page) == f"E-mail to {NAMES['eleni']} (eleni@example.org)"
    assert not page.talk.composer.whom.arrived.isHidden()


@pytest.mark.slow
def test_a_reply_begun_on_another_page_goes_to_the_member_who_is_shown_there(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    anna = bench.store.read.execute("SELECT member_id FROM identity WHERE key = 'anna@example.org'").fetchone()[0]
    bench.handoffs.add(1, bench.teammates.add("Jón"), "What about her key?")
    bench.gifts.log(anna, "A box", "She waited", Money(1500, "EUR"), conversation_id=1, state="approved")
    page = page_of(window)
    assert head(page).startswith("E-mail to Dan")
    for way in (("handoffs", 1, "_tell"), ("delight", 1, "_ask")):
        window.go(*way[:2])
        there: Any = window.page(way[0])
        getattr(there, way[2])()
        assert window.page_id == "inbox", way
        assert head(page).startswith("E-mail to Anna"), way
        page.talk.composer.field.clear()  # the question about an address begins a draft, which would stay hers
        page_of(window, 2)
    window.go("members", anna)
    window.run("reply")  # a new message, which offers to reply where they wrote
    sheet: Any = window.page("letter")
    sheet.reply_there.click()
    assert head(page).startswith("E-mail to Anna")
    page_of(window, 2)
    page = page_of(window)
    page.talk.composer.field.setPlainText("For Dan, begun before")
    window.go("letter", ("member", anna))
    sheet.reply_there.click()
    assert head(page).startswith("E-mail to Dan")


def test_a_draft_begun_while_only_one_had_written_stays_theirs(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    page = page_of(window, 2)
    page.talk.composer.field.setPlainText("Þinn lykill er 1234")
    page = page_of(window, 1)
    bench.intake.take(1, [letter("e2", 0, "dan", "e1", to=(DESK, "eleni@example.org"))])
    Hand.rest(0.1)
    page = page_of(window, 2)
    assert head(page).startswith("E-mail to Ελένη")
    assert not page.talk.composer.whom.arrived.isHidden()
    assert page.talk.composer.field.toPlainText() == "Þinn lykill er 1234"


@pytest.mark.slow
@pytest.mark.parametrize("rest", [0, 0.7])
def test_words_taken_back_stand_before_those_begun_to_another(opened: tuple[Window, Workbench], rest: float) -> None:
    window, bench = opened
    page, hand = page_of(window), Hand(window)
    page.talk.composer.write()
    hand.types("To Dan")
    hand.keys("Ctrl+Shift+Enter")
    Hand.until(lambda: head(page).startswith("E-mail to Anna"))
    page.talk.composer.write()
    hand.types("To Anna")
    Hand.rest(rest)  # with or without it the draft has been kept
    bench.outbox.undo_send(bench.outbox.entries()[0].id)
    Hand.until(lambda: page.talk.composer.field.toPlainText() == "To Dan\n\nTo Anna")
    assert head(page).startswith("E-mail to Anna")
    page_of(window, 2)
    assert bench.inbox.open(1).draft == "To Dan\n\nTo Anna"


def test_a_reply_from_the_shell_leaves_what_is_being_written(opened: tuple[Window, Workbench], tmp_path: Path) -> None:
    window, bench = opened
    page = page_of(window)
    page.talk.composer.whom.answer(bench.inbox.message_from(1, "anna@example.org"))
    page.talk.composer.field.setPlainText("Kæra Anna")
    page.talk.composer.keep()
    words = tmp_path / "words.txt"
    words.write_text("To Dan", encoding="utf-8")
    asked = Namespace(
        id="C-1", to=None, text_file=str(words), template=None, language="en", fill=[], override="", done=False,
        now=False, at=None, thread=False, all=False, list=False, cc=[], bcc=[], sender="", attach=[], keep_held=False,
        solved="", promise=False, keeps=[], cool_off=False,
    )  # fmt: skip
    assert replies.reply(bench, asked).data["to"] == "Dan"  # type: ignore[index]
    Hand.rest(0.2)
    assert page.talk.composer.field.toPlainText() == "Kæra Anna"
    assert head(page).startswith("E-mail to Anna")
    left = bench.inbox.open(1)
    assert left.draft == "Kæra Anna"
    assert left.answering is not None
    assert left.answering.address == "anna@example.org"


def test_two_of_one_name_are_told_apart(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    other = letter("k4", 30, "dan2", "k2", to=(DESK, "anna@example.org"))
    bench.intake.take(1, [other._replace(author=other.author._replace(name="Dan"))])
    page = page_of(window)
    Hand.until(lambda: len(page.talk.opened.speakers) == 3)
    whom = page.talk.composer.whom
    assert [bare(whom._line(one)) for one in page.talk.opened.speakers] == [
        "Dan (dan2@example.org), waiting for a reply",
        "Dan (dan@example.org), waiting for a reply",
        "Anna Þórðardóttir, waiting for a reply",
    ]
    with pytest.raises(UserError, match=r"any of Dan \(dan2@example.org\) \(M-"):
        bench.inbox.message_from(1, "Dan")


def test_who_still_waits_is_counted_where_there_are_too_many_to_name(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    bench.intake.take(1, [letter(f"p{n}", 500 - n, f"p{n}", "k2") for n in range(4)])  # all of them called "We"
    page, hand = page_of(window), Hand(window)
    Hand.until(lambda: len(page.talk.opened.speakers) == 6)
    page.talk.composer.write()
    hand.types("Já")
    hand.keys("Ctrl+Shift+Enter")
    Hand.until(bench.outbox.entries)
    told = bare(window._toaster()._words.text())
    assert told.startswith("To We (p3@example.org).")
    assert "You still owe We (p2@example.org), We (p1@example.org), We (p0@example.org) and 2 more a reply." in told


def test_where_one_has_written_only_receivers_can_be_added(opened: tuple[Window, Workbench]) -> None:
    page = page_of(opened[0], 2)
    assert list(page.talk.composer.whom.receiving.offers) == []
    assert head(page) == f"E-mail to {NAMES['eleni']} (eleni@example.org)"


@pytest.mark.parametrize("opened", ["file"], indirect=True)
def test_what_cannot_be_sent_says_so_before_the_first_letter(
    opened: tuple[Window, Workbench], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = opened
    page = page_of(window)
    notice = page.talk.composer.whom.hindrance
    Hand.until(lambda: not notice.isHidden())
    assert "came from a file" in notice.words.text()
    assert list(notice.buttons) == ["connect", "copy", "mail"]
    assert page.talk.composer.field.toPlainText() == ""
    page.talk.composer.field.setPlainText("Góðan daginn")
    notice.buttons["copy"].click()
    assert QGuiApplication.clipboard().text() == "Góðan daginn"
    addresses: list[QUrl] = []
    monkeypatch.setattr(
        "ui.pages.inbox.whom.QDesktopServices.openUrl",
        addresses.append,
    )
    notice.buttons["mail"].click()
    assert addresses[0].toEncoded().startsWith(b"mailto:dan@example.org?subject=Re%3A%20Lykill&body=G%C3%B3")
    Hand(window).keys("Ctrl+Enter")
    assert page.talk.composer.field.toPlainText() == "Góðan daginn"


@pytest.mark.slow
def test_what_is_opened_from_outside_the_list_stays_open(opened: tuple[Window, Workbench]) -> None:
    window, bench = opened
    window.go("inbox")
    bench.inbox.done([1])
    shown: Any = window.page("inbox")
    Hand.until(lambda: shown.list.model.place_of(1) is None)
    page = page_of(window, 1)
    bench.intake.take(1, [letter("e2", 10, "eleni", "e1")])
    Hand.rest(0.2)
    assert page.talk.opened.row.id == 1
    Hand(window).keys("J")
    Hand.until(lambda: page.talk.opened.row.id == 2)
