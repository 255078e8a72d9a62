"""Handing off and hearing back in the inbox: the introduction, what goes along, and the answer above the reply."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.settling import until
from ui.shared.handoff import HandoffStrip
from ui.shell.window import Window

_PARTY, _BOX = "Street party verdict", "Το κουτί έφτασε σπασμένο"


@pytest.fixture
def page(demo: Window) -> Any:
    demo.go("inbox")
    return demo.page("inbox")


def _open(page: Any, title: str) -> int:
    row = page.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()
    page.open(row[0])
    return int(row[0])


def _strip(demo: Window, page: Any, command: str) -> HandoffStrip:
    demo.run(command)
    strip = page.talk.strip
    assert isinstance(strip, HandoffStrip)
    return strip


def test_w_names_the_helper_to_the_member_and_hands_off_in_one_step(demo: Window, page: Any) -> None:
    number = _open(page, _PARTY)
    strip = _strip(demo, page, "introduce")
    assert strip.tell.on
    strip.whom.set_key(str(demo.bench.teammates.named("Jón").id))
    assert "Jón" in strip.tell.words.toPlainText()
    strip.whom.set_key(str(demo.bench.teammates.named("Hildur").id))
    assert "Hildur" in strip.tell.words.toPlainText()  # the words follow until somebody changes them
    strip.ask.setText("Which date?")
    said = strip.do()
    assert "finds out from the next file" in said
    assert "gets your reply in" in said
    (made,) = [one for one in demo.bench.handoffs.of_conversation(number) if one.ask == "Which date?"]
    assert made.introduced_outbox_id is not None
    assert "Hildur" in demo.bench.outbox.get(made.introduced_outbox_id).text
    demo.bench.actions.undo()
    assert [one for one in demo.bench.handoffs.of_conversation(number) if one.ask == "Which date?"] == []
    assert demo.bench.outbox.entries(("held",), number) == []


def test_words_of_ones_own_stay_and_blanks_are_asked_for(demo: Window, page: Any) -> None:
    _open(page, _PARTY)
    strip = _strip(demo, page, "introduce")
    strip.tell.words.setPlainText("My own words {{when}}")
    strip.whom.set_key(str(demo.bench.teammates.named("Jón").id))
    assert strip.tell.words.toPlainText() == "My own words {{when}}"
    strip.ask.setText("Which date?")
    strip.act()
    assert "blanks" in strip.wrong.text()
    assert demo.bench.handoffs.listed("all", demo.bench.teammates.named("Jón").id)[0].ask != "Which date?"


def test_only_the_messages_that_are_ticked_go_along(demo: Window, page: Any) -> None:
    number = _open(page, _BOX)
    strip = _strip(demo, page, "handoff")
    strip.whom.set_key(str(demo.bench.teammates.named("Hildur").id))
    along = strip.along
    assert len(along.ticked()) == 3
    rows: Any = along.messages.model()
    for place in range(rows.rowCount()):
        rows.item(place).setCheckState(Qt.CheckState.Unchecked)
    rows.item(0).setCheckState(Qt.CheckState.Checked)
    assert along.more.title() == "1 message goes along"
    along.private.setChecked(True)
    along.translation.setText("The box came broken.")
    strip.ask.setText("A new label")
    strip.do()
    made = demo.bench.handoffs.of_conversation(number)[-1]
    assert (made.message_ids, made.private_words) == (tuple(along.ticked()), True)
    assert made.translation == "The box came broken."
    assert len(made.context.splitlines()) == 1


def test_the_answer_is_at_hand_above_the_reply_and_drafted_by_one_key(demo: Window, page: Any) -> None:
    number = _open(page, _BOX)
    composer = page.talk.composer
    assert not composer.came_back.isHidden()
    assert "New box left today" in composer.came_back.words.text()
    demo.run("tell_answer")
    assert "New box left today" in composer.field.toPlainText()
    assert composer.came_back.words.text().startswith("Your reply tells ")  # the words need the room
    assert "New box left today" in composer.came_back.toolTip()
    composer.came_back.pressed.emit("other")
    assert composer.came_back.tells == []
    composer.came_back.pressed.emit("this")
    assert composer.came_back.tells == [one.handoff_id for one in demo.bench.inbox.several.owed([number])]
    composer.came_back.pressed.emit("told")
    assert demo.bench.inbox.several.owed([number]) == []


def test_a_finding_takes_the_room_of_what_came_back_and_gives_it_back(demo: Window, page: Any) -> None:
    number = _open(page, _BOX)
    composer = page.talk.composer
    composer.field.setPlainText("Λυπάμαι, η επιστροφή χρημάτων γίνεται σήμερα.")
    until(lambda: not composer.words.voice.strip.isHidden())
    until(composer.came_back.isHidden)
    assert composer.came_back.tells == [one.handoff_id for one in demo.bench.inbox.several.owed([number])]
    composer.field.setPlainText("Λυπάμαι πολύ!")
    until(composer.words.voice.strip.isHidden)
    until(lambda: not composer.came_back.isHidden())
    composer.field.clear()
    assert "New box left today" in composer.came_back.words.text()


def test_words_that_need_a_reason_are_given_one_in_the_strip_and_it_is_logged(demo: Window, page: Any) -> None:
    number = _open(page, _PARTY)
    strip = _strip(demo, page, "introduce")
    strip.ask.setText("Which date?")
    strip.tell.words.setPlainText("Hildur looks into your refund today.")
    assert strip.tell.reason.isHidden()
    strip.act()
    assert "needs a reason" in strip.wrong.text()
    assert not strip.tell.reason.isHidden()
    assert demo.bench.outbox.entries(("held",), number) == []
    strip.tell.reason.setText("Dóra said yes")
    strip.act()
    (entry,) = demo.bench.outbox.entries(("held",), number)
    (passed,) = json.loads(entry.overrides)
    assert (passed["words"], passed["reason"]) == ("refund", "Dóra said yes")


def test_blocked_words_cannot_be_reasoned_away_in_the_strip(demo: Window, page: Any) -> None:
    _open(page, _PARTY)
    strip = _strip(demo, page, "introduce")
    strip.ask.setText("Which date?")
    strip.tell.words.setPlainText("Hildur reads Project Pith today.")
    strip.act()
    assert "can't be sent" in strip.wrong.text()
    assert strip.tell.reason.isHidden()
