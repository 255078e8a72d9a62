"""What a new message promises is offered above Send, kept with its draft, and promised when it is sent."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.base.message import Addressee
from tests.ui.settling import settle
from ui.shell.window import Window

SENTENCE = "I'll send you the price list tomorrow."


def _member(window: Window) -> int:
    return window.bench.members.find("Marcus Bell")[0]


def _typed(window: Window, words: str = SENTENCE) -> Any:
    window.go("letter", ("member", _member(window)))
    page: Any = window.page("letter")
    page.language.set_language("en")
    page.subject.setText("Prices")
    page.field.setPlainText(words)
    page._check()
    QApplication.processEvents()
    return page


def test_a_promise_is_offered_taken_with_a_key_and_kept_with_the_draft(demo: Window) -> None:
    page = _typed(demo)
    (chip,) = page.promising.chips
    assert chip.accessibleName() == f"Promise by tomorrow? “\u2068{SENTENCE}\u2069”"
    demo.run("take_promise")
    assert page.promising.chips[0].isChecked()
    page._leave()
    (draft,) = [one for one in demo.bench.letters.drafts() if one.subject == "Prices"]
    demo.go("letter", ("draft", draft.id))
    assert page.promising.chips[0].isChecked()


def test_it_is_promised_when_the_message_is_sent_and_undo_gives_it_back(demo: Window) -> None:
    page = _typed(demo)
    demo.run("take_promise")
    before = {one.id for one in demo.bench.promises.open()}
    demo.run("send_letter")
    (made,) = [one for one in demo.bench.promises.open() if one.id not in before]
    assert (made.what, made.member_id) == (SENTENCE, _member(demo))
    demo.run("undo")
    settle()
    assert {one.id for one in demo.bench.promises.open()} == before
    (draft,) = [one for one in demo.bench.letters.drafts() if one.subject == "Prices"]
    demo.go("letter", ("draft", draft.id))
    assert page.promising.chips[0].isChecked()


def test_it_keeps_an_open_promise_to_whom_it_goes_by_choice(demo: Window) -> None:
    promise = demo.bench.promises.add(_member(demo), "send the price list")
    page = _typed(demo, "Here is the price list.")
    (chip,) = page.promising.chips
    assert chip.accessibleName() == "Does this keep your promise? “\u2068send the price list\u2069”"
    demo.run("keeps_promise")
    demo.run("send_letter")
    assert demo.bench.promises.get(promise).kept_outbox_id is not None


def test_sending_without_taking_it_promises_nothing_and_a_stranger_is_promised_nothing(demo: Window) -> None:
    before = len(demo.bench.promises.open())
    _typed(demo)
    demo.run("send_letter")
    assert len(demo.bench.promises.open()) == before
    to = (Addressee("to", "", "nobody@elsewhere.example"),)
    begun = demo.bench.letters.save(demo.bench.letters.new()._replace(receivers=to, text=SENTENCE, language="en"))
    demo.go("letter", ("draft", begun.id))
    page: Any = demo.page("letter")
    assert page.promising.chips == []
