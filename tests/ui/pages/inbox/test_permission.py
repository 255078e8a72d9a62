"""Permission for what members made, in the inbox: asked by key, noted from the answer, and heeded by the composer."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.intake import Intake
from app.works.desk import Said
from tests.app.saying import said
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

RECIPE, TREE, SILL = "Limonáda mojí maminky", "Η λεμονιά μου μεγάλωσε", "Φως στο περβάζι"
PARTY = "Street party verdict"


def _plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def _toast(window: Window) -> str:
    return _plain(toast(window).accessibleName())


def _work(window: Window, title: str) -> Any:
    return next(one for one in window.bench.works.listed() if one.title == title)


def _answer(window: Window, talk: int, words: str) -> None:
    """Somebody writes in a conversation by mail."""
    row = window.bench.store.read.execute(
        "SELECT m.account_id, m.remote_id, i.key, i.name FROM message m JOIN identity i ON i.id = m.identity_id"
        " WHERE m.conversation_id = ? AND NOT m.out ORDER BY m.id DESC LIMIT 1",
        (talk,),
    ).fetchone()
    message = said("answer@x", clock.now() - 60, words, row["key"], refs=(row["remote_id"],), name=row["name"])
    Intake(window.bench.store).take(row["account_id"], [message._replace(public=False)])
    QApplication.processEvents()


def test_a_work_stands_in_its_conversation_with_where_its_permission_stands(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, SILL)
    assert f"Photo: {SILL} · permission until" in _plain(page.talk.story.toPlainText())
    open_talk(page, RECIPE)
    assert f"Recipe: {RECIPE} · refused" in _plain(page.talk.story.toPlainText())


def test_the_question_is_asked_by_key_and_is_in_the_draft_in_their_language(demo: Window) -> None:
    page = inbox(demo)
    talk = open_talk(page, PARTY)
    Hand(demo).keys("Alt+U")
    strip = page.talk.strip
    strip.title.setText("The street party")
    strip.what.setText("our newsletter")
    Hand(demo).keys("Ctrl+Enter")
    Hand.until(lambda: "our newsletter" in page.composer.field.toPlainText())
    assert "“The street party”" in page.composer.field.toPlainText()
    assert "{{" not in page.composer.field.toPlainText()
    assert "is in your draft. Nothing is sent yet." in _toast(demo)
    work = _work(demo, "The street party")
    assert (work.state, work.conversation_id) == ("noted", talk)
    page.composer.send(then_done=False)
    assert _work(demo, "The street party").state == "asked"


def test_it_can_be_noted_and_asked_later(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, PARTY)
    demo.run("permission")
    page.talk.strip.title.setText("The street party")
    page.talk.strip.only_note.click()
    assert page.talk.strip is None
    assert "it isn't used before they say yes" in _toast(demo)
    assert _work(demo, "The street party").state == "noted"
    assert page.composer.field.toPlainText() == ""


def test_an_answer_is_noted_with_one_key_and_ctrl_enter(demo: Window) -> None:
    page = inbox(demo)
    talk = open_talk(page, TREE)
    assert page.composer.answered.isHidden()
    _answer(demo, talk, "Ναι, με χαρά! Γράψτε μόνο «Φωτογραφία: Δέσποινα Ρ.» από κάτω.")
    open_talk(page, TREE)
    assert "Δέσποινα" in page.composer.answered.words.text()
    Hand(demo).keys("Alt+U")
    strip = page.talk.strip
    assert (strip.answer.key(), strip.credit.text()) == ("granted", "Φωτογραφία: Δέσποινα Ρ.")
    strip.until.setText("31.12.2099")
    Hand(demo).keys("Ctrl+Enter")
    work = _work(demo, "Η λεμονιά από το κουκούτσι")
    assert (work.state, work.credit, work.until_on) == ("granted", "Φωτογραφία: Δέσποινα Ρ.", "2099-12-31")
    assert work.said_message_id is not None
    assert page.composer.answered.isHidden()
    demo.run("undo")
    assert _work(demo, "Η λεμονιά από το κουκούτσι").state == "asked"


def test_what_was_given_can_be_taken_back_and_what_is_refused_has_no_terms(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, SILL)
    page.acting.permission.about(_work(demo, SILL).message_id)
    strip = page.talk.strip
    strip.answer.set_key("withdrawn")
    strip._chosen(1)
    assert not strip.credit.isEnabled()
    strip.act()
    assert (_work(demo, SILL).state, _work(demo, SILL).credit) == ("withdrawn", "Φωτογραφία: sofia.se.fos")
    assert "took back permission" in _toast(demo)


@pytest.mark.parametrize("title", [PARTY])
def test_a_public_reply_that_quotes_a_refused_recipe_is_stopped(demo: Window, title: str) -> None:
    page = inbox(demo)
    open_talk(page, title)
    words = " ".join(_work(demo, RECIPE).excerpt.split()[:30])
    page.composer.field.setPlainText(words)
    page.composer.words.check()
    strip = page.composer.words.voice.strip
    assert "doesn't want “Limonáda mojí maminky” to be used" in strip._advice.text()
    before = demo.bench.store.last_action
    page.composer.send(then_done=False)
    assert demo.bench.store.last_action == before
    assert page.composer.field.toPlainText() == words


def test_a_missing_credit_line_is_put_in_with_one_key(demo: Window) -> None:
    recipe = _work(demo, RECIPE)
    demo.bench.works.grant(recipe.id, Said(credit="Recept: Alena Š."))
    page = inbox(demo)
    open_talk(page, PARTY)
    words = " ".join(recipe.excerpt.split()[:30])
    page.composer.field.setPlainText(words)
    page.composer.words.check()
    assert "Add: Recept: Alena Š." in _plain(page.composer.words.voice.strip._advice.text())
    page.composer.words.voice.take()
    assert page.composer.field.toPlainText() == f"{words}\n\nRecept: Alena Š."
    page.composer.send(then_done=False)
    assert page.composer.field.toPlainText() == ""
