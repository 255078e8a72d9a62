"""Joining, parting and linking conversations in the window, and what is shown of it."""

from __future__ import annotations

from typing import Any

import pytest

from app.inbox import Query
from app.mail.parse import parse
from tests.app.intake.test_joins import FIRST, LAST, MIDDLE, OWN, PRIVATE_WORD, answering, letters, mail
from tests.app.saying import account
from tests.stories.hand import Hand
from tests.ui.parts import toast
from ui.pages.inbox.join_strips import JoinStrip, LinkStrip, PartStrip, UnlinkStrip
from ui.shell.window import Window


def take(window: Window, *mails: bytes) -> None:
    for raw in mails:
        window.bench.intake.take(1, [parse(raw, OWN)])
    Hand.rest(0.3)


@pytest.fixture
def page(window: Window) -> Any:
    """The inbox with three conversations: two halves of one, and somebody else's."""
    account(window.bench.store, "email", "Post", own=" ".join(OWN))
    take(window, FIRST, LAST, PRIVATE_WORD)
    window.go("inbox")
    found: Any = window.page("inbox")
    found.list.filter.show(Query("all"))
    Hand.rest(0.3)
    return found


@pytest.mark.slow
def test_marked_conversations_are_joined_and_who_is_in_it_is_said_before(window: Window, page: Any) -> None:
    hand = Hand(window)
    page.list.focus_rows()
    page.list.rows.choose(0)
    hand.keys("Shift+J", "Shift+J", "Shift+M")
    assert len(page.marks.ids()) == 3
    strip = page.talk.strip
    assert isinstance(strip, JoinStrip)
    assert "They become one conversation, C-1: " in strip.aside.text()
    assert "In it: Anna, Bela." in strip.aside.text()
    strip.act()
    hand.rest(0.3)
    assert page.opened.row.id == 1
    assert toast(window).accessibleName().startswith("Joined. In it: Anna, Bela. A reply")
    assert letters(window.bench) == {1: ["m0", "m5", "m20"]}
    hand.keys("Z")
    hand.rest(0.3)
    assert letters(window.bench) == {1: ["m0"], 2: ["m20"], 3: ["m5"]}


@pytest.mark.slow
def test_the_open_one_is_joined_with_one_of_those_it_may_belong_to(window: Window, page: Any) -> None:
    hand = Hand(window)
    page.open(2)
    hand.rest(0.2)
    hand.keys("Shift+M")
    strip = page.talk.strip
    assert isinstance(strip, JoinStrip)
    assert strip.other is not None
    assert strip.other.key() == "1"  # of the same title and member: the likeliest
    strip.act()
    hand.rest(0.3)
    assert page.opened.row.id == 1
    assert letters(window.bench)[1] == ["m0", "m20"]


@pytest.mark.parametrize(("keys", "kind"), [("Shift+M", JoinStrip), ("Shift+B", LinkStrip)])
def test_typing_leaves_what_matches_and_return_never_takes_what_does_not(
    window: Window, page: Any, keys: str, kind: type[Any]
) -> None:
    with window.bench.store.write() as conn:
        conn.execute("UPDATE member SET name = 'Béla Þór' WHERE name = 'Bela'")
    hand = Hand(window)
    page.open(2)
    hand.rest(0.2)
    hand.keys(keys)
    strip = page.talk.strip
    assert isinstance(strip, kind)
    shown = strip.other.list.itemText(strip.other.list.findData("3"))
    assert shown.endswith(" · C-3")
    assert "Béla Þór" in shown
    hand.types("nobody")
    hand.keys("Enter")
    assert page.talk.strip is strip
    assert "matches “" in strip.wrong.text()
    assert strip.other.key() == ""
    assert letters(window.bench) == {1: ["m0"], 2: ["m20"], 3: ["m5"]}
    strip.other.typed.clear()
    strip.other.list.setFocus()
    hand.types("BELA thor")
    assert strip.other.typed.text() == "BELA thor"
    assert strip.other.key() == "3"
    assert strip.other.list.count() == 1
    assert strip.wrong.isHidden()


@pytest.mark.slow
def test_what_is_being_written_goes_along_when_a_late_letter_joins_the_two(window: Window, page: Any) -> None:
    hand = Hand(window)
    page.open(2)
    hand.rest(0.2)
    hand.keys("R")
    page.composer.field.insertPlainText("Half a sentence")
    take(window, MIDDLE)
    hand.rest(0.3)
    assert page.opened.row.id == 1
    assert page.composer.field.toPlainText() == "Half a sentence"
    page.composer.keep()
    assert window.bench.inbox.open(1).draft == "Half a sentence"
    assert window.bench.store.read.execute("SELECT count(*) FROM draft").fetchone()[0] == 1


@pytest.mark.slow
def test_opening_one_that_was_joined_shows_the_whole_and_says_so(window: Window, page: Any) -> None:
    window.bench.intake.join([1, 2])
    page.open(3)
    page.open(2)
    Hand.rest(0.3)
    assert page.opened.row.id == 1
    assert toast(window).accessibleName() == "C-2 was joined into C-1."


@pytest.mark.slow
def test_a_letter_is_parted_and_put_back(window: Window, page: Any) -> None:
    hand = Hand(window)
    take(window, mail(25, answering(0), subject="Something else"))
    page.open(1)
    hand.rest(0.2)
    hand.keys("Shift+P")
    strip = page.talk.strip
    assert isinstance(strip, PartStrip)
    assert "Words of letter 25" in strip.letter.currentText()
    strip.act()
    hand.rest(0.3)
    assert page.opened.row.title == "Something else"
    hand.keys("Z")
    hand.rest(0.3)
    assert letters(window.bench)[1] == ["m0", "m25"]


@pytest.mark.slow
def test_a_changed_subject_stands_above_its_letter(window: Window, page: Any) -> None:
    take(window, mail(25, answering(0), subject="Something else"))
    page.open(1)
    Hand.rest(0.2)
    shown = page.talk.story.toPlainText()
    assert shown.index("Subject: \u2068Something else") < shown.index("Words of letter 25")
    assert shown.count("Subject:") == 1


@pytest.mark.slow
def test_linked_ones_lead_to_each_other_until_the_link_is_removed(window: Window, page: Any) -> None:
    hand = Hand(window)
    page.open(1)
    hand.rest(0.2)
    assert page.talk.links.isHidden()
    hand.keys("Shift+B")
    strip = page.talk.strip
    assert isinstance(strip, LinkStrip)
    strip.other.set_key("3")
    strip.act()
    hand.rest(0.3)
    (line,) = page.talk.links.buttons
    assert line.title().startswith("Linked: C-3 ")
    line.click()
    hand.rest(0.3)
    assert page.opened.row.id == 3
    assert [line.title()[:11] for line in page.talk.links.buttons] == ["Linked: C-1"]
    window.bench.inbox.link(3, 2)
    hand.rest(0.3)
    window.run("unlink")
    assert isinstance(page.talk.strip, UnlinkStrip)
    page.talk.strip.close_strip()
    window.bench.inbox.unlink(3, 2)
    hand.rest(0.3)
    window.run("unlink")
    hand.rest(0.3)
    assert page.talk.links.isHidden()
    hand.keys("Z")
    hand.rest(0.3)
    assert not page.talk.links.isHidden()
