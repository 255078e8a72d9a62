"""Writing down what was said where no program is let in: by key, from the accounts page, going on with a talk."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.base import clock
from tests.stories.hand import Hand
from tests.ui.parts import toast
from ui.dialogs.write_down import WriteDown
from ui.pages.accounts.page import AccountsPage
from ui.shell.application import Application
from ui.shell.window import Window

PAGE = "https://www.facebook.com/lemonade"
LINK = f"{PAGE}/posts/12?comment_id=3"


@pytest.fixture
def account(application: Application) -> int:
    bench = application.bench
    assert bench is not None
    QGuiApplication.clipboard().clear()
    return bench.accounts.add("facebook", "Facebook", {"page": PAGE}, {})[0].id


def _form(window: Window) -> WriteDown:
    (found,) = [one for one in window.findChildren(WriteDown) if one.isVisible()]
    return found


def _count(window: Window, table: str) -> int:
    return int(window.bench.store.read.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_without_such_a_place_it_is_said_where_to_get_one(window: Window) -> None:
    assert window.run("write_down")
    assert "Assisted" in toast(window).accessibleName()
    assert not window.findChildren(WriteDown)


def test_a_message_is_written_down_and_its_conversation_opens(window: Window, account: int) -> None:
    QGuiApplication.clipboard().setText(f" {LINK}\n")
    Hand(window).keys("Shift+L")
    form = _form(window)
    assert form.link.text() == LINK
    form.who._typed("ελενη")
    assert form.who._names.stringList() == ["Ελένη Παπαδοπούλου"]
    form.who.setText("Ελένη Παπαδοπούλου")
    form.words.setPlainText("Πού την πουλάτε;")
    form.post.setText("Νέα γεύση")
    members = _count(window, "member")
    form.keep()
    QApplication.processEvents()
    row = window.bench.store.read.execute(
        "SELECT c.id, c.post_title, m.text, m.url, c.account_id, i.member_id FROM message m"
        " JOIN conversation c ON c.id = m.conversation_id JOIN identity i ON i.id = m.identity_id"
    ).fetchone()
    assert tuple(row)[1:5] == ("Νέα γεύση", "Πού την πουλάτε;", LINK, account)
    assert _count(window, "member") == members  # she is the one who was known
    inbox: Any = window.page("inbox")
    assert inbox.talk.opened.row.id == row[0]
    window.run("undo")
    assert _count(window, "message") == 0


def test_what_is_missing_is_said_and_nothing_is_lost(window: Window, account: int) -> None:
    assert account
    window.run("write_down")
    form = _form(window)
    form.words.setPlainText("Halló?")
    form.keep()
    assert form.isVisible()
    assert form.wrong.text() == "Enter who said it."
    form.who.setText("Anna")
    form.when.setText("tomorrow")
    form.keep()
    assert "still to come" in form.wrong.text()
    assert form.words.toPlainText() == "Halló?"
    form.reject()


def test_it_may_have_been_said_earlier(window: Window, account: int) -> None:
    window.bench.written_down.take(account, "Anna", "Now")
    window.run("write_down")
    form = _form(window)
    form.who.setText("Béla")
    form.words.setPlainText("Then")
    form.when.setText("29.3.2026 12:30")
    form.keep()
    said = window.bench.store.read.execute("SELECT at FROM message WHERE text = 'Then'").fetchone()[0]
    assert clock.local(said).isoformat().startswith("2026-03-29T12:30:00")


def test_it_goes_on_with_the_conversation_that_is_open(window: Window, account: int) -> None:
    number = window.bench.written_down.take(account, "Anna Bell", "Hello?", link=LINK)
    window.go("inbox", number)
    window.run("write_down")
    form = _form(window)
    assert not form.goes_on.isHidden()
    assert form.who.text() == "Anna Bell"
    form.who.setText("Another member")
    assert not form.goes_on.isChecked()
    form.who.setText("Anna Bell")
    form.goes_on.setChecked(True)
    form.words.setPlainText("Anybody?")
    form.keep()
    assert [len(window.bench.inbox.open(number).lines), _count(window, "conversation")] == [2, 1]


def test_the_accounts_page_offers_it_and_says_what_came_in_last(window: Window, account: int) -> None:
    window.go("accounts")
    page = window.page("accounts")
    assert isinstance(page, AccountsPage)
    (panel,) = page.panels
    assert "No messages yet" in panel._heard
    panel.buttons["write_down"].click()
    form = _form(window)
    assert form.account.key() == str(account)
    form.who.setText("Anna")
    form.words.setPlainText("Hello?")
    form.keep()
    window.go("accounts")
    Hand.until(lambda: "(added by you)" in page.panels[0]._heard)


@pytest.mark.usefixtures("account")
def test_where_people_are_known_by_their_number_it_is_asked_for(window: Window) -> None:
    chats = window.bench.accounts.add("whatsapp", "WhatsApp", {"number": "+30 210 555 0000"}, {})[0].id
    Hand(window).keys("Shift+L")
    form = _form(window)
    assert form._phone_row.isHidden()
    form.account.set_key(str(chats))
    form._account_chosen()
    QApplication.processEvents()
    assert not form._phone_row.isHidden()
    assert form._post_row.isHidden()
    assert not form.public.isChecked()
    form.who.setText("Ελένη")
    form.phone.setText("στο σπίτι")
    form.words.setPlainText("Ανοιχτά την Κυριακή;")
    form.keep()
    assert "isn't a phone number" in form.wrong.text()
    form.phone.setText("691 555 0143")
    form.keep()
    QApplication.processEvents()
    row = window.bench.store.read.execute("SELECT handle, name FROM identity WHERE kind = 'whatsapp'").fetchone()
    assert tuple(row) == ("+306915550143", "Ελένη")


def test_a_pasted_chat_is_as_many_messages_as_it_holds(window: Window, account: int) -> None:
    del account
    Hand(window).keys("Shift+L")
    form = _form(window)
    form.words.setPlainText("[21:05, 28/11/2023] Anna: Open?\n[21:06, 28/11/2023] Stand: At nine.\nOr ten.")
    form.keep()
    assert "Who of them wrote to you: Anna, Stand?" in form.wrong.text()
    form.who.setText("Anna")
    form.keep()
    QApplication.processEvents()
    rows = window.bench.store.read.execute("SELECT text, out FROM message ORDER BY at").fetchall()
    assert [tuple(row) for row in rows] == [("Open?", 0), ("At nine.\nOr ten.", 1)]
    assert "2 messages added." in toast(window).accessibleName()
    window.run("undo")
    assert _count(window, "message") == 0
