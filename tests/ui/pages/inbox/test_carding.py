"""The card beside a conversation comes after the messages; until then nobody else's is shown."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.stories.hand import Hand
from tests.ui.talking import inbox
from ui.pages.inbox.card import Note
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    found = inbox(demo)
    Hand.until(lambda: _shown(found) == found.opened.row.member_id)
    return found


def _shown(page: Any) -> int | None:
    """Whose card is in sight; None for nobody's."""
    card = page.card
    return card._shown.member.id if card._shown is not None and card.body.inner.isVisible() else None


def _other(page: Any) -> Any:
    """A listed conversation of somebody else."""
    rows = page.bench.inbox.rows(page.list.model.numbers())
    here = page.opened.row.member_id
    return next(row for row in rows if row.member_id not in (None, here))


def test_no_card_is_shown_beside_somebody_elses_conversation(page: Any) -> None:
    other = _other(page)
    page.open(other.id)
    assert page.opened.row.id == other.id
    assert _shown(page) is None
    Hand.until(lambda: _shown(page) == other.member_id)


class Paintings(QObject):
    """Notes when a widget is painted."""

    def __init__(self, painted: QWidget, done: list[str]) -> None:
        super().__init__(painted)
        self._done = done
        painted.installEventFilter(self)

    def eventFilter(self, _painted: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint:
            self._done.append("messages")
        return False


def test_the_messages_are_painted_before_the_card_is_read(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    card = type(page.bench).card

    def noted(bench: Any, member: int) -> Any:
        done.append("card")
        return card(bench, member)

    monkeypatch.setattr(type(page.bench), "card", noted)
    paintings = Paintings(page.talk.story.viewport(), done)
    page.open(_other(page).id)
    Hand.until(lambda: "card" in done)
    assert done[0] == "messages"
    paintings.deleteLater()


def test_another_conversation_of_the_same_member_leaves_the_card_in_sight(page: Any) -> None:
    member = page.opened.row.member_id
    page.carding.show(member, at_once=False)
    assert _shown(page) == member


def test_the_card_of_the_same_member_is_read_again_only_after_a_change(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    card = type(page.bench).card

    def noted(bench: Any, member: int) -> Any:
        read.append(member)
        return card(bench, member)

    monkeypatch.setattr(type(page.bench), "card", noted)
    member = page.opened.row.member_id
    page.carding.show(member, at_once=False)
    page.talk.story.viewport().update()
    Hand.rest(0.02)
    assert read == []
    page.bench.promises.add(member, "Send the recipe", conversation_id=page.opened.row.id)
    Hand.until(lambda: read == [member])
    page.carding.changed()
    page.carding.show(member, at_once=False)
    Hand.until(lambda: len(read) == 2)


def test_a_note_being_typed_is_saved_for_its_own_member_when_another_is_opened(page: Any) -> None:
    member, bench = page.opened.row.member_id, page.bench
    note = page.card.findChildren(Note)[-1]
    note.setPlainText("Likes lemons")
    page.open(_other(page).id)
    assert bench.members.get(member).note == "Likes lemons"


def test_back_within_the_same_moment_the_card_is_there_and_its_note_is_kept(page: Any) -> None:
    number, member = page.opened.row.id, page.opened.row.member_id
    page.open(_other(page).id)
    page.open(number)
    Hand.until(lambda: _shown(page) == member)
    note = page.card.findChildren(Note)[-1]
    note.setPlainText("Prefers letters")
    page.keep()
    assert page.bench.members.get(member).note == "Prefers letters"


def test_a_card_is_read_no_more_once_the_page_closes(page: Any) -> None:
    page.open(_other(page).id)
    page.carding.leave()
    Hand.rest(0.22)
    assert _shown(page) is None


def test_a_member_who_is_gone_by_then_has_no_card(page: Any) -> None:
    page.carding.show(987_654_321, at_once=False)
    page.talk.story.viewport().update()
    Hand.until(lambda: not page.carding._painted.waits)
    QApplication.processEvents()
    assert page.card._shown is None
