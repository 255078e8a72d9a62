"""H on the Delight and Members pages: a gift, and a member without a conversation, handed off by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint

from app.handoffs import Handoff
from tests.stories.hand import Hand
from tests.ui.layouts import GREEK
from tests.ui.parts import toast
from tests.ui.presses import send
from tests.ui.settling import settle
from ui.shared.handoff_matter import GiftHandoffStrip, MemberHandoffStrip
from ui.shell.window import Window


def _latest(window: Window) -> Handoff:
    return max(window.bench.handoffs.listed("all"), key=lambda one: one.id)


def _gift_page(window: Window, number: int) -> Any:
    window.go("delight", number)
    page: Any = window.page("delight")
    settle()
    assert page.gift().id == number
    page.list.setFocus()
    return page


def _new_gift(window: Window, conversation_id: int | None = None) -> int:
    bench = window.bench
    if conversation_id is None:
        member = bench.members.add("Ζωή Δούκα", language="el")
    else:
        member = bench.inbox.row(conversation_id).member_id or 0
    return bench.gifts.log(member, "Lemon tote", "Kind words", "12", state="to_ship", conversation_id=conversation_id)


def test_h_hands_off_what_a_gift_lacks_and_z_takes_it_back(demo: Window) -> None:
    bench, hand = demo.bench, Hand(demo)
    number = _new_gift(demo)
    page, before = _gift_page(demo, number), len(bench.handoffs.listed("all"))
    hand.keys("H")
    strip = page.strip
    assert isinstance(strip, GiftHandoffStrip)
    assert strip.ask.text() == "Where should “Lemon tote” for Ζωή Δούκα go?"
    assert strip.kind.key() == "question"
    assert strip.along is None
    strip.whom.set_key(str(bench.teammates.named("Jón").id))
    hand.keys("Ctrl+Enter")
    settle()
    made = _latest(demo)
    assert (made.gift_id, made.conversation_id, made.member_id) == (number, None, bench.gifts.get(number).member_id)
    assert made.teammate.startswith("Jón")
    assert "Jón" in toast(demo).accessibleName()
    assert "finds out from the next file" in toast(demo).accessibleName()
    assert not page.strip
    assert page.list.hasFocus()

    hand.keys("H")  # it is with somebody already: adding to that comes first
    again = page.strip
    assert again.whom.currentText().startswith("Add to Jón")
    assert not again.kind.isEnabled()
    again.ask.setText("Is it a flat?")
    hand.keys("Ctrl+Enter")
    settle()
    assert bench.handoffs.get(made.id).ask.endswith("go? Is it a flat?")
    assert len(bench.handoffs.listed("all")) == before + 1
    hand.keys("Z", "Z")
    settle()
    assert len(bench.handoffs.listed("all")) == before


def test_the_messages_of_a_gifts_conversation_go_along_if_they_are_ticked(demo: Window) -> None:
    bench = demo.bench
    title = "Το κουτί έφτασε σπασμένο"
    talk = bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()[0]
    number = _new_gift(demo, talk)
    page = _gift_page(demo, number)
    demo.run("handoff")
    strip = page.strip
    strip.whom.set_key(str(bench.teammates.named("Hildur").id))
    rows: Any = strip.along.messages.model()
    for place in range(1, rows.rowCount()):
        rows.item(place).setCheckState(rows.item(place).checkState().Unchecked)
    rows.item(0).setCheckState(rows.item(0).checkState().Checked)
    first = strip.along.ticked()
    assert len(first) == 1
    strip.act()
    made = _latest(demo)
    assert (made.gift_id, made.conversation_id, list(made.message_ids)) == (number, talk, first)


def test_h_hands_off_a_members_matter_without_any_messages(demo: Window) -> None:
    bench, hand = demo.bench, Hand(demo)
    member = bench.members.add("Ζωή Δούκα", language="el")
    demo.go("members", member)
    page: Any = demo.page("members")
    settle()
    page.list.setFocus()
    send(demo, GREEK.press("H"))
    strip = page.profile.strip
    assert isinstance(strip, MemberHandoffStrip)
    assert strip.ask.hasFocus()
    mate = bench.teammates.get(int(strip.whom.key()))
    assert "el" in mate.languages
    assert "language" in strip.aside.text()
    hand.keys("Ctrl+Enter")
    assert strip.wrong.text()  # a request has to be said
    hand.types("Θέλει να γίνει μεταπωλήτρια;")
    hand.keys("Ctrl+Enter")
    settle()
    made = _latest(demo)
    assert (made.member_id, made.conversation_id, made.gift_id) == (member, None, None)
    assert (made.ask, made.context, made.message_ids) == ("Θέλει να γίνει μεταπωλήτρια;", "", ())
    assert mate.name.split()[0] in toast(demo).accessibleName()
    assert page.profile.strip is None
    page.list.setFocus()
    hand.keys("Z")
    settle()
    assert bench.handoffs.of_member(member) == []


@pytest.mark.parametrize("page_id", ["delight", "members"])
def test_without_teammates_it_says_where_to_add_one(demo: Window, page_id: str) -> None:
    for mate in demo.bench.teammates.all():
        demo.bench.teammates.archive(mate.id)
    demo.go(page_id)
    page: Any = demo.page(page_id)
    page.list.choose(0)
    demo.run("handoff")
    strip = page.strip if page_id == "delight" else page.profile.strip
    assert "Hand-offs page" in strip.aside.text()
    strip.ask.setText("Who knows?")
    strip.act()
    assert "Add a teammate" in strip.wrong.text()


def test_in_a_narrow_window_the_details_make_way_for_the_strip_and_are_back_after_it(demo: Window) -> None:
    demo.resize(900, 700)
    demo.go("members", demo.bench.members.find("Ελένη")[0])
    page: Any = demo.page("members")
    settle()
    profile = page.profile
    assert profile.aside.isVisible()
    demo.run("handoff")
    settle()
    strip = profile.strip
    assert strip.ask.mapTo(strip, strip.ask.rect().bottomLeft()).y() < strip.go.mapTo(strip, QPoint()).y()
    assert strip.height() >= strip.minimumSizeHint().height()
    assert profile.timeline.isVisible()
    assert not profile.aside.isVisible()
    demo.run("back")
    assert profile.aside.isVisible()
