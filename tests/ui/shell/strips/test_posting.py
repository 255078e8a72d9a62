"""Replies that the person posts: words copied, page opened, and the question that stands until it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.voice import Draft
from tests.stories.hand import Hand
from tests.ui.parts import posting
from ui.pages.outbox.page import OutboxPage
from ui.pages.outbox.panel import EntryPanel
from ui.shell.application import Application
from ui.shell.window import Window

PAGE = "https://www.facebook.com/lemonade"


class Browser(QObject):
    """Stands in for the system's browser: it notes what is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def opens(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qt: QApplication) -> Iterator[Browser]:
    assert qt is not None
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "opens")  # type: ignore[arg-type]  # its stub is wrong
    yield made
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def place(application: Application) -> int:
    """An assisted account with two who ask; the first one's conversation."""
    bench = application.bench
    assert bench is not None
    account = bench.accounts.add("facebook", "Facebook", {"page": PAGE}, {})[0].id
    bench.written_down.take(account, "Béla Kis", "Vegán?", link=f"{PAGE}/posts/11")
    link = f"{PAGE}/posts/12?comment_id=3"
    return bench.written_down.take(account, "Anna Bell", "Where do you sell it?", link=link, post="New taste")


@pytest.fixture
def page(window: Window, place: int) -> Any:
    window.go("inbox")
    window.activateWindow()
    found: Any = window.page("inbox")
    Hand.until(lambda: found.list.model.rowCount() == 2)
    found.open(place)
    Hand.until(lambda: found.talk.composer.buttons.sending.title() == "Copy, post & done")
    return found


def _write(page: Any, words: str = "At the market on Saturday.") -> None:
    page.talk.composer.write()
    page.talk.composer.field.setPlainText(words)
    QApplication.processEvents()


def _comes_back(window: Window) -> None:
    """The window loses the focus and gets it again, as when one looks into a browser."""
    for kind in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowActivate):
        QApplication.sendEvent(window, QEvent(kind))
    QApplication.processEvents()


def test_the_composer_says_that_the_person_posts(page: Any) -> None:
    assert page.talk.composer.buttons.keeping.title() == "Copy and post"
    assert "You post it yourself" in page.talk.composer.head.audience.toolTip()


def test_the_words_are_copied_the_page_opens_and_the_question_comes_with_the_focus(
    window: Window, page: Any, browser: Browser, place: int
) -> None:
    hand = Hand(window)
    _write(page)
    hand.keys("Ctrl+Enter")
    assert QGuiApplication.clipboard().text() == "At the market on Saturday."
    assert browser.opened == [f"{PAGE}/posts/12?comment_id=3"]
    strip = posting(window).strip
    assert strip.isHidden()
    _comes_back(window)
    assert strip.isVisible()
    assert strip.title.text().replace("\u2068", "").replace("\u2069", "") == "Posted on Facebook?"
    hand.keys("Alt+Y")
    Hand.until(strip.isHidden)
    assert window.bench.outbox.counts()["undecided"] == 0
    assert window.bench.inbox.row(place).state == "done"
    assert not window.possible("posted")


def test_not_yet_leaves_it_in_the_outbox_to_be_posted(window: Window, page: Any, browser: Browser) -> None:
    hand = Hand(window)
    _write(page)
    hand.keys("Ctrl+Enter")
    _comes_back(window)
    hand.keys("Alt+N")
    assert posting(window).strip.isHidden()
    assert len(window.bench.outbox.by_hand()) == window.bench.outbox.needing_me() == 1
    window.go("outbox")
    outbox = window.page("outbox")
    assert isinstance(outbox, OutboxPage)
    (panel,) = outbox.findChildren(EntryPanel)
    assert panel.standing == "by_hand"
    outbox.act(panel, "take")
    assert len(browser.opened) == 2
    _comes_back(window)
    posting(window).strip.buttons["posted"].click()
    assert window.bench.outbox.needing_me() == 0


@pytest.mark.slow
def test_without_a_browser_the_question_comes_by_itself(window: Window, page: Any, browser: Browser) -> None:
    assert browser.opened == []
    _write(page)
    window.run("send_done")
    strip = posting(window).strip
    Hand.until(strip.isVisible)
    window.bench.outbox.confirm(window.bench.outbox.entries()[0].id)
    Hand.until(strip.isHidden)


def test_who_is_writing_keeps_the_keys(window: Window, page: Any, browser: Browser) -> None:
    assert browser.opened == []
    _write(page)
    window.run("send_done")
    page.talk.composer.write()
    _comes_back(window)
    assert posting(window).strip.isVisible()
    assert window.focusWidget() is page.talk.composer.field


def test_of_several_the_latest_is_asked_about_first(window: Window, page: Any, browser: Browser) -> None:
    first = page.talk.opened.row.id
    _write(page, "Yes.")
    window.run("send_done")
    Hand.until(lambda: page.talk.opened is not None and page.talk.opened.row.id != first)
    _write(page, "No.")
    window.run("send_done")
    Hand.until(lambda: len(browser.opened) == 2)
    _comes_back(window)
    strip = posting(window).strip
    assert "No." in strip.line.text()
    window.run("posted")
    assert strip.isVisible()
    assert "Yes." in strip.line.text()
    window.run("posted")
    assert strip.isHidden()


def test_what_is_read_only_is_posted_by_hand_too(window: Window, browser: Browser) -> None:
    with window.bench.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, mode, created_at) VALUES (9, 'feed', 'F', 'assisted', 0)")
    talk = window.bench.written_down.take(9, "Anna Bell", "Where?", link="https://blog.example/1#c2")
    with window.bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'live', state = 'paused' WHERE id = 9")
    bench = window.bench
    number = bench.outbox.submit(bench.voice.clear(Draft("There.", "en")), talk, hold_seconds=0)
    window.post(number)
    assert browser.opened == ["https://blog.example/1#c2"]
