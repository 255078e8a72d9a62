"""What a colleague passed on: written down with their name, and said in row and head; the answer goes to who asked."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from app.inbox.passed import passed_on
from app.inbox.receivers import default, speakers
from tests.ui.parts import toast
from tests.ui.settling import settle
from tests.ui.talking import inbox
from ui.dialogs.write_down import WriteDown
from ui.shell.window import Window
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import ElidedLabel


@pytest.fixture
def form(demo: Window) -> WriteDown:
    QGuiApplication.clipboard().clear()
    inbox(demo)
    assert demo.run("write_down")
    (found,) = [one for one in demo.findChildren(WriteDown) if one.isVisible()]
    return found


def _mail(form: WriteDown) -> None:
    form.account.set_key(next(iter(form._by_mail)))
    form._account_chosen()


def _said(page: Any) -> str:
    return " ".join(label.toolTip() or label.text() for label in page.talk.links.findChildren(ElidedLabel))


def test_an_enquiry_by_mail_is_answered_to_whoever_asked_and_says_who_passed_it_on(
    demo: Window, form: WriteDown
) -> None:
    _mail(form)
    form.who.setText("Anna Kovács <anna@kovacs.example>")
    form.words.setPlainText("When do you open?")
    form.passed.setText("jón einarsson")
    form.note.setText("from the fair")
    form.keep()
    settle()
    page: Any = demo.page("inbox")
    opened = page.talk.opened
    found = passed_on(demo.bench.store.read, opened.row.id)
    assert found is not None
    assert (found.by, found.note, opened.row.passed_on) == ("Jón Einarsson", "from the fair", "Jón Einarsson")
    to = default(speakers(demo.bench.store.read, opened.row.id))
    assert to is not None
    assert to.address == "anna@kovacs.example"
    assert "Passed on by Jón Einarsson: from the fair" in _said(page)
    assert not page.talk.links.isHidden()


def test_by_mail_it_needs_a_colleague_and_an_address(demo: Window, form: WriteDown) -> None:
    _mail(form)
    form.who.setText("Anna")
    form.words.setPlainText("When do you open?")
    before = demo.bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
    form.keep()
    assert "colleague" in form.wrong.text()
    form.passed.setText("Jón Einarsson")
    form.keep()
    assert "address is needed" in form.wrong.text()
    assert demo.bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == before
    form.close()


def test_an_assisted_account_comes_first_and_needs_no_colleague(form: WriteDown) -> None:
    assert form.account.key() not in form._by_mail
    form.close()


def test_the_one_of_the_demo_says_it_in_its_row(demo: Window) -> None:
    page = inbox(demo)
    (number,) = demo.bench.store.read.execute("SELECT conversation_id FROM passed_on").fetchone()
    page.open(number)
    settle()
    assert "Tamás wrote to support" in _said(page)
    model = page.list.rows.model()
    spoken = [model.data(model.index(at, 0)) for at in range(model.rowCount())]
    assert sum("passed on by Jón Einarsson" in str(one) for one in spoken) == 1


def test_the_colleague_is_written_to_in_a_letter_of_its_own(demo: Window) -> None:
    page = inbox(demo)
    (number,) = demo.bench.store.read.execute("SELECT conversation_id FROM passed_on").fetchone()
    page.open(number)
    settle()
    (button,) = [link for link in page.talk.links.findChildren(LinkButton) if "Jón Einarsson" in link.title()]
    button.click()
    settle()
    assert demo.page_id == "letter"
    (draft,) = [one for one in demo.bench.letters.drafts() if one.subject == "Mikor lesz újra raktáron az üveges?"]
    assert [box.address for box in draft.receivers] == ["jon@sitrona.example"]
    assert draft.text == ""


def test_that_it_was_not_passed_on_is_said_by_a_command_and_undone(demo: Window) -> None:
    page = inbox(demo)
    (number,) = demo.bench.store.read.execute("SELECT conversation_id FROM passed_on").fetchone()
    page.open(number)
    settle()
    demo.run("not_passed_on")
    settle()
    assert passed_on(demo.bench.store.read, number) is None
    assert "Tamás wrote to support" not in _said(page)
    shown = toast(demo).accessibleName()
    assert "Tamás" in shown
    assert "no longer passed on by Jón Einarsson" in shown
    demo.run("not_passed_on")
    assert toast(demo).accessibleName() == "This conversation isn't marked as passed on."
    demo.run("undo")
    settle()
    assert "Tamás wrote to support" in _said(page)
