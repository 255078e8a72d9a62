"""What the inbox page shows of verbs on people, conversations and solutions, and what it asks before it does one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.channels.demo.session import DemoSession
from app.moderation import VERBS
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import anchors, inbox, open_talk, press_anchor
from ui.look import icons
from ui.pages.inbox.conversation_model import spoken
from ui.pages.inbox.moderation_log import title_of
from ui.pages.inbox.moderation_strip import ModerationStrip
from ui.shared.act import Act, What
from ui.shared.moderated import ICONS
from ui.shell.window import Window
from ui.widgets.avatar import Chip
from ui.widgets.buttons import LinkButton

REPORTED, CLOSED = "Wooden crates for Sunday’s swap", "The label vote: has it been counted twice?"
SOLVED = "Why does my elderflower syrup turn cloudy?"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _strip(page: Any, message: int, verb: str) -> ModerationStrip:
    page.acting.moderating.ask(message, verb)
    strip = page.talk.strip
    assert isinstance(strip, ModerationStrip)
    return strip


def _shown(strip: ModerationStrip) -> list[str]:
    """The titles of the fields that are asked for."""
    return [
        label.text() for label in strip.sheet.findChildren(QLabel) if label.buddy() is not None and not label.isHidden()
    ]


def _stands(page: Any, words: str) -> bool:
    return words in page.talk.story.toPlainText()


def test_every_verb_has_an_icon_that_is_there() -> None:
    assert set(ICONS) == set(VERBS)
    assert all(not icons.icon(name, "#000000").isNull() for name in ICONS.values())


def test_the_head_the_row_and_the_line_say_what_stands_there(page: Any) -> None:
    open_talk(page, CLOSED)
    (chip,) = [one for one in page.talk.head.findChildren(Chip) if "Closed on" in one.accessibleName()]
    assert chip.accessibleName().endswith(": only moderators can write there")
    assert _stands(page, "Author muted until")
    assert "closed on the channel" in spoken(page.opened.row, 0)
    open_talk(page, SOLVED)
    assert _stands(page, "Marked as the solution")
    assert "has a solution" in spoken(page.opened.row, 0)
    open_talk(page, REPORTED)
    assert "reported to the moderators" in spoken(page.opened.row, 0)
    assert {"Keep it", "Hide", "Delete there"} <= set(anchors(page.talk.story))


def test_a_guideline_is_asked_only_where_a_word_is_taken(page: Any) -> None:
    open_talk(page, REPORTED)
    message = page.opened.lines[0].id
    strip = _strip(page, message, "ban")
    assert _shown(strip) == ["What", "Guideline", "Message", "Reason", "Evidence"]
    assert "unless you lift the ban" in strip.aside.text()
    strip.verb.set_key("mute")
    strip.verb.activated.emit(0)
    assert _shown(strip) == ["What", "Guideline", "Message", "For how long", "Reason", "Evidence"]
    strip.verb.set_key("lock")
    strip.verb.activated.emit(0)
    assert _shown(strip) == ["What", "Message"]
    assert "Only moderators can write in this conversation on" in strip.aside.text()
    strip.act()
    (deed,) = page.bench.moderation.entries(page.opened.row.id)
    assert (deed.verb, deed.guideline, deed.seconds) == ("lock", "", 0)


def test_a_mute_lasts_as_long_as_was_chosen(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), open_talk(page, REPORTED)
    strip = _strip(page, page.opened.lines[-1].id, "mute")
    assert [strip.lasts.itemText(at) for at in range(strip.lasts.count())] == ["1 hour", "1 day", "1 week"]
    assert strip.lasts.currentText() == "1 day"
    hand.types("1. Be kind")
    strip.lasts.setFocus()
    hand.keys("Down", "Ctrl+Enter")
    (deed,) = page.bench.moderation.entries(number)
    assert (deed.verb, deed.seconds, deed.state) == ("mute", 604_800, "held")
    assert title_of(replace(deed, state="done")).endswith("for 7 days")
    hand.until(lambda: _stands(page, "Its author is waiting to be muted"))


def test_the_card_says_who_is_muted_and_lets_them_write_again(page: Any) -> None:
    number = open_talk(page, CLOSED)
    line = page.opened.lines[1]
    page.card.show_card(page.bench.card(line.member_id), line.bar.until - 60)
    told = " ".join(label.text() for label in page.card.findChildren(QLabel))
    assert "Muted on \u2068Swap board\u2069 until" in told
    (undo,) = [one for one in page.card.findChildren(LinkButton) if one.title() == "Undo"]
    undo.click()
    latest = page.bench.moderation.entries(number)[0]
    assert (latest.verb, latest.undoes_id) == ("unmute", line.bar.deed)
    Hand.until(lambda: not _stands(page, "Author muted until"))


def test_links_go_at_once_where_nothing_is_asked_and_wait_for_one_another(demo: Window, page: Any) -> None:
    number = open_talk(page, REPORTED)
    message = page.opened.lines[-1].id
    page.act(Act(What.MODERATE, message=message, verb="solve"))
    assert not isinstance(page.talk.strip, ModerationStrip)
    assert "Will be marked as the solution" in toast(demo).accessibleName()
    Hand.until(lambda: _stands(page, "Waiting to be marked as the solution"))
    assert "Hide" not in anchors(page.talk.story)  # one thing after the other
    press_anchor(page, "Undo")
    Hand.until(lambda: "Hide" in anchors(page.talk.story))
    press_anchor(page, "Hide")
    assert isinstance(page.talk.strip, ModerationStrip)
    assert [deed.verb for deed in page.bench.moderation.entries(number)] == ["solve"]


def test_the_menu_of_a_message_has_every_verb_in_words(page: Any) -> None:
    open_talk(page, REPORTED)
    theirs = page.acting.moderating.offer(page.opened.lines[-1])
    told = [action.text() for action in theirs.actions()]
    for words in ("Keep it…", "Hide…", "Mark as the solution", "Close the conversation there", "Mute the author…"):
        assert words in told
    theirs.deleteLater()
    open_talk(page, SOLVED)
    ours = page.acting.moderating.offer(page.opened.lines[-1])
    assert "Mark as the solution" in [action.text() for action in ours.actions()]
    ours.deleteLater()


def test_where_nothing_is_a_solution_it_is_said(demo: Window, page: Any) -> None:
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    Hand(demo).keys("Shift+S")
    assert "knows no solutions" in toast(demo).accessibleName()


def test_a_right_that_the_account_lacks_is_said(demo: Window, page: Any) -> None:
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET facts = '{\"may\": \"hide show\"}' WHERE kind = 'demo'")
    open_talk(page, REPORTED)
    page._show(page.opened.row.id, again=True)
    Hand(demo).keys("Shift+S")
    assert "no right to mark solutions" in toast(demo).accessibleName()
    assert "Delete there" not in anchors(page.talk.story)
    assert "Hide" in anchors(page.talk.story)


def test_the_solution_of_the_question_is_given_up_from_anywhere_in_it(demo: Window, page: Any) -> None:
    """Where the message that is read cannot be marked, its conversation's solution is meant."""
    number = open_talk(page, SOLVED)
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET facts = '{\"may\": \"unsolve\"}' WHERE kind = 'demo'")
    page._show(number, again=True)
    Hand(demo).keys("Shift+S")
    assert page.bench.moderation.entries(number)[0].verb == "unsolve"


def test_a_mute_is_told_once_in_a_conversation_under_the_last_word(page: Any) -> None:
    number = open_talk(page, SOLVED)
    desk, first = page.bench.moderation, page.opened.lines[0]
    desk.carry(desk.do(first.id, "mute", "1. Be kind", hold_seconds=0, seconds=3_600), DemoSession())
    page._show(number, again=True)
    shown = page.talk.story.toPlainText()
    assert shown.count("Author muted until") == 1
    assert shown.index("clear as a window") < shown.index("Author muted until") < shown.index("Priya’s answer is")
