"""Quarrels, help and introductions in the inbox: what is said over a conversation, and each done by one key."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.base import clock
from tests.ui.parts import toast
from tests.ui.settling import settle, until
from tests.ui.talking import inbox
from ui.look import text
from ui.pages.inbox.both_sides import BothSides
from ui.shared.act import Act, What
from ui.shared.standing import standing
from ui.shell.window import Window


def quarrel(demo: Window) -> Any:
    page: Any = inbox(demo)
    page.open(demo.bench.quarrels.listed()[0].conversation_id)
    settle()
    return page


def asked(demo: Window) -> tuple[Any, Any]:
    """The page with a conversation of whoever was asked about an introduction, and that introduction."""
    page: Any = inbox(demo)
    made = demo.bench.introductions.listed("asked")[0]
    row = demo.bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id"
        " WHERE i.member_id = ? AND messages > 0",
        (made.other.member_id,),
    ).fetchone()
    page.open(row[0])
    settle()
    return page, made


def test_a_quarrel_is_said_over_its_conversation_and_settled_by_a_key(demo: Window) -> None:
    page = quarrel(demo)
    assert page.talk.between.isVisible()
    assert "Balogh Dániel" in page.talk.between._heat.words.text()
    assert list(page.talk.between.buttons) == [
        "both_sides", "write_first", "write_second", "settle_quarrel", "no_quarrel",
    ]  # fmt: skip
    demo.run("settle_quarrel")
    settle()
    assert not page.talk.between.isVisible()
    assert "Balogh Dániel" in toast(demo).accessibleName()
    assert demo.bench.quarrels.listed() == []
    demo.run("undo")
    settle()
    assert page.talk.between.isVisible()


def test_what_is_no_quarrel_can_be_raised_again_by_hand(demo: Window) -> None:
    page = quarrel(demo)
    page.talk.between.buttons["no_quarrel"].click()
    settle()
    assert not page.talk.between.isVisible()
    assert not demo.possible("settle_quarrel")
    demo.run("raise_quarrel")
    settle()
    assert page.talk.between.isVisible()


def test_one_side_is_written_to_in_private_with_words_in_their_language(demo: Window) -> None:
    page = quarrel(demo)
    case = demo.bench.quarrels.listed()[0]
    demo.run("write_first")
    settle()
    assert page.opened.row.id != case.conversation_id
    assert not page.opened.row.public
    assert "Doboz vagy üveg?" in page.composer.field.toPlainText()
    assert page.opened.row.member == case.sides[0].name


def test_both_sides_stand_beside_each_other(demo: Window) -> None:
    quarrel(demo)
    demo.run("both_sides")
    settle()
    sheets = [one for one in QApplication.allWidgets() if isinstance(one, BothSides)]
    assert len(sheets) == 1
    sheets[0].close()


def test_a_yes_is_noted_by_one_key_and_the_letter_to_both_begins_by_another(demo: Window) -> None:
    page, made = asked(demo)
    assert list(page.talk.between.buttons) == ["said_yes", "said_no"]
    demo.run("said_yes")
    settle()
    assert demo.bench.introductions.get(made.id).other.said == "yes"
    assert made.other.name in toast(demo).accessibleName()
    assert list(page.talk.between.buttons) == ["write_both"]
    demo.run("write_both")
    settle()
    assert demo.bench.introductions.get(made.id).drafts


def test_a_no_ends_it(demo: Window) -> None:
    page, made = asked(demo)
    demo.run("said_no")
    settle()
    assert demo.bench.introductions.get(made.id).other.said == "no"
    assert not page.talk.between.isVisible()


def said_under(page: Any, message: int) -> list[str]:
    """The words of the status lines under a message."""
    line = next(line for line in page.opened.lines if line.id == message)
    return [text.plain(piece.words) for one in standing(line, page.opened, clock.now()) for piece in one.pieces]


def test_the_message_that_is_read_is_marked_as_help_and_again_unmarked(demo: Window) -> None:
    page: Any = inbox(demo)
    one = demo.bench.helps.listed()[0]
    page.open(one.conversation_id)
    settle()
    assert f"Helped {one.helped}" in said_under(page, one.message_id)
    page.between.mark_help(one.message_id)
    assert demo.bench.helps.of_message(one.message_id) is None
    assert one.helper in toast(demo).accessibleName()
    until(lambda: not said_under(page, one.message_id))
    page.between.mark_help(one.message_id)
    assert demo.bench.helps.of_message(one.message_id) is not None
    until(lambda: said_under(page, one.message_id))
    page.acting.act(Act(What.HELPED, message=one.message_id))
    assert demo.bench.helps.of_message(one.message_id) is None
    demo.run("undo")
    until(lambda: said_under(page, one.message_id))
    line = next(line for line in page.opened.lines if line.id == one.message_id)
    menu = page.acting.moderating.offer(line)
    words = [action.text() for action in menu.actions()]
    assert any(one.helped in each for each in words)
    menu.deleteLater()


def test_an_ordinary_conversation_says_nothing(demo: Window) -> None:
    page: Any = inbox(demo)
    assert page.talk.between.isHidden()
