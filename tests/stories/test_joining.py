"""A conversation whose middle comes late, parted and joined with the keys, and taken back after a new start."""

from __future__ import annotations

import pytest

from app.base.paths import Profile
from app.workbench import Workbench
from tests.stories.hand import Hand
from tests.stories.test_receivers import Desk, desk
from tests.ui.parts import toast

__all__ = ["desk"]

pytestmark = pytest.mark.servers("dovecot", "openssl")


def words_in(desk: Desk) -> list[str]:
    """What each message of the open conversation says."""
    return [line.text.strip() for line in desk.page.opened.lines if line.kind == "said"]


@pytest.mark.slow
def test_our_answer_from_the_telephone_joins_what_was_two(desk: Desk) -> None:
    hand = Hand(desk.window)
    desk.gets("l1", "ann", ago=900)
    desk.gets("l3", "ann", refs="l2", ago=300)
    desk.fetch(3)
    first, last = desk.talk_of("l1"), desk.talk_of("l3")
    assert first != last
    desk.shows(last)
    hand.keys("R")
    hand.types("Ég svara ")
    desk.bench.inbox.label([last], ["order"])

    desk.gets("l2", "us", refs="l1", to=f"ann@{desk.address.partition('@')[2]}", ago=600)  # sent from a telephone
    desk.fetch(4)
    hand.until(lambda: desk.page.opened is not None and desk.page.opened.row.id == min(first, last))
    assert words_in(desk) == ["Words of l1", "Words of l2", "Words of l3"]
    assert desk.page.opened.labels == ("order",)
    assert desk.page.composer.field.toPlainText() == "Ég svara "
    assert f"C-{max(first, last)} was joined into C-{min(first, last)}." in toast(desk.window).accessibleName()

    desk.page.composer.left.emit()
    hand.keys("Shift+P", "Ctrl+Enter")  # the letter that a reply would answer
    hand.until(lambda: words_in(desk) == ["Words of l3"])
    hand.keys("Z")
    hand.until(lambda: len(words_in(desk)) == 3)


@pytest.mark.slow
def test_joined_by_keys_and_taken_back_after_a_new_start(desk: Desk, profile: Profile) -> None:
    hand = Hand(desk.window)
    desk.gets("one", "ann", ago=900)
    desk.gets("two", "bob", ago=600)
    desk.fetch(3)
    desk.shows(desk.talk_of("two"))
    desk.page.list.focus_rows()
    hand.keys("X", "K", "X") if desk.page.list.rows.place() else hand.keys("X", "J", "X")
    assert len(desk.page.marks.ids()) == 2
    joined = set(desk.page.marks.ids())
    hand.keys("Shift+M")
    hand.until(lambda: desk.page.talk.strip is not None)
    assert "A reply still goes only to the one whom it answers." in desk.page.talk.strip.aside.text()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: desk.page.talk.strip is None)
    assert desk.page.opened.row.id == min(joined)
    assert desk.page.marks.ids() == []
    desk.bench.close()

    again = Workbench(profile)
    try:
        assert [row.messages for row in again.inbox.rows(sorted(joined))] == [2, 0]
        again.actions.undo()
        assert [row.messages for row in again.inbox.rows(sorted(joined))] == [1, 1]
    finally:
        again.close()
