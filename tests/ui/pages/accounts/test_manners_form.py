"""The form for the manners of an account's place, and the note on its panel."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.pages.accounts.manners import MannersForm
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    demo.go("accounts")
    settle()
    return demo.page("accounts")


def _panel(page: Any, name: str) -> Any:
    return next(panel for panel in page.panels if panel.account.name == name)


def _form(page: Any, name: str) -> MannersForm:
    _panel(page, name).buttons["manners"].click()
    settle()
    found: MannersForm = next(form for form in page.window().findChildren(MannersForm) if form.isVisible())
    return found


@pytest.mark.slow
def test_the_note_is_written_shown_on_the_panel_and_undone(demo: Window, page: Any) -> None:
    form = _form(page, "Blog")
    form.note.setPlainText("We say du.\nNo links.")
    form.keep()
    settle()
    blog = _panel(page, "Blog").account.id
    assert demo.bench.accounts.notes.note(blog) == "We say du.\nNo links."
    assert "saved." in toast(demo).accessibleName()
    demo.run("undo")
    settle()
    assert demo.bench.accounts.notes.note(blog) == ""


def test_one_that_is_too_long_keeps_the_form_open_with_its_words(page: Any) -> None:
    form = _form(page, "Mastodon")
    assert form.note.toPlainText().startswith("Everybody is on first-name terms")
    form.note.setPlainText("x" * 2_001)
    form.keep()
    assert "at most 2,000 characters" in form.wrong.text()
    assert form.isVisible()
    assert len(form.note.toPlainText()) == 2_001
    form.reject()


@pytest.mark.slow
def test_who_speaks_is_chosen_where_there_is_a_choice(demo: Window, page: Any) -> None:
    form = _form(page, "Blog")
    assert not form.who_speaks.isVisibleTo(form)
    form.reject()
    form = _form(page, "E-mail")
    assert form.who_speaks.isVisibleTo(form)
    assert form.who_speaks.key() == ""
    form.who_speaks.set_key("marta@sitrona.example")
    form.keep()
    settle()
    mail = _panel(page, "E-mail").account.id
    assert demo.bench.accounts.notes.who_speaks(mail) == "marta@sitrona.example"
    form = _form(page, "E-mail")
    assert form.who_speaks.key() == "marta@sitrona.example"
    form.reject()


@pytest.mark.slow
def test_the_reply_target_is_set_in_working_time_and_let_go(demo: Window, page: Any) -> None:
    blog = _panel(page, "Blog").account.id
    form = _form(page, "Blog")
    assert form.target.placeholderText() == "2 h, as in Settings"
    form.target.setText("soon")
    form.keep()
    assert "isn't a length of time" in form.wrong.text()
    form.target.setText("90 min")
    form.keep()
    settle()
    assert demo.bench.accounts.notes.reply_target(blog) == 90
    form = _form(page, "Blog")
    assert form.target.text() == "1 h 30 min"
    form.target.clear()
    form.keep()
    assert demo.bench.accounts.notes.reply_target(blog) is None
