"""Who deserves a gift and fair shares in the side panel of Delight, in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.fairness import telling
from tests.ui.parts import toast
from tests.ui.settling import key, settle, until
from ui.pages.delight.deserving import DeservingPart, ProposalLine
from ui.pages.delight.page import DelightPage
from ui.pages.delight.sharing import SharePart, group_name
from ui.pages.delight.strips import LogStrip
from ui.shell.window import Window
from ui.widgets.labels import Label


@pytest.fixture
def page(demo: Window) -> DelightPage:
    demo.resize(1280, 860)
    demo.go("delight")
    found = demo.page("delight")
    assert isinstance(found, DelightPage)
    until(lambda: found.side.deserving is not None and not found.finding.busy)
    settle()
    return found


def part(page: DelightPage) -> DeservingPart:
    assert page.side.deserving is not None
    return page.side.deserving


def shares(page: DelightPage) -> SharePart:
    assert page.side.sharing is not None
    return page.side.sharing


def names(page: DelightPage) -> list[str]:
    return [line.proposal.person.name for line in part(page).lines]


def tom(page: DelightPage) -> ProposalLine:
    return next(line for line in part(page).lines if line.proposal.person.name == "Tom Okafor")


def test_the_panel_says_what_the_desk_says(page: DelightPage) -> None:
    found = page.bench.deserving.proposals()
    assert names(page) == [one.person.name for one in found.proposed][: len(part(page).lines)]
    assert len(part(page).lines) == 4
    first = tom(page)
    assert first.accessibleName().startswith("Tom Okafor, Sorry: Locked out after the update, No gift so far")
    assert first.height() >= first.sizeHint().height()  # nothing is squeezed
    assert page.side.body.inner.height() >= page.side.body.inner.minimumSizeHint().height()


def test_a_key_fills_in_the_gift_with_its_reason_and_conversation(page: DelightPage, demo: Window) -> None:
    line = tom(page)
    line.setFocus()
    key(demo, "G")
    strip = page.strip
    assert isinstance(strip, LogStrip)
    assert strip.whom.member == line.proposal.person.id
    assert (strip.why.text(), strip.occasion.key()) == ("Sorry: Locked out after the update", "made_right")
    assert line.proposal.item is not None
    assert strip.item.text() == line.proposal.item.name
    strip.act()
    settle()
    gift = page.gift()
    assert gift is not None
    assert (gift.member, gift.conversation_id) == ("Tom Okafor", line.proposal.deeds[0].conversation_id)
    until(lambda: not page.finding.busy and "Tom Okafor" not in names(page))


def test_not_now_is_one_key_and_z_takes_it_back(page: DelightPage, demo: Window) -> None:
    assert "not_now" not in page.handlers()
    tom(page).setFocus()
    assert "not_now" in page.handlers()
    key(demo, "S")
    until(lambda: not page.finding.busy and "Tom Okafor" not in names(page))
    assert toast(demo).accessibleName() == "Tom Okafor: not proposed for 90 days."
    page.list.setFocus()
    key(demo, "Z")
    until(lambda: not page.finding.busy and "Tom Okafor" in names(page))


def test_who_is_left_out_is_shown_when_asked_for(page: DelightPage, qt: QApplication) -> None:
    before = qt.focusWidget()
    count = len(page.bench.deserving.proposals().left_out)
    assert part(page).out.title() == f"{count} left out"
    part(page).out.click()
    settle()
    assert part(page).out.title() == "Hide who is left out"
    assert qt.focusWidget() is before


def test_shares_have_their_numbers_for_screen_readers(page: DelightPage) -> None:
    said = [line.accessibleName() for line in shares(page).lines]
    found = page.bench.fairness.shares()
    greek = next(one for one in found.by["language"] if one.key == "el")
    assert f"Ελληνικά: {greek.gifts} of {found.gifts} gifts, {greek.active} of {found.active} active members" in said
    assert any(line.endswith("far below their share") for line in said)


def test_the_table_says_what_the_drawing_says(page: DelightPage) -> None:
    drawn = [(line.name.text(), line.number.text()) for line in shares(page).lines]
    said = [line.accessibleName() for line in shares(page).lines]
    shares(page).switch.click()
    settle()
    table = shares(page)
    assert table.lines == []
    assert [row.cells[0].text() for row in table.rows][:6] == [number for _, number in drawn][:6]
    assert set(said) <= {row.accessibleName() for row in table.rows}
    found = page.bench.fairness.shares()
    assert len(table.rows) == sum(len(groups) for groups in found.by.values())
    for dimension, groups in found.by.items():
        mine = [
            row
            for row in table.rows
            if row.accessibleName() in {telling.share(one, group_name(dimension, one.key)) for one in groups}
        ]
        assert [row.cells[1].text() for row in mine] == [f"{one.active} of {one.all_active}" for one in groups]
    table.switch.click()
    settle()
    assert [line.accessibleName() for line in shares(page).lines] == said


def test_what_came_of_the_gifts_is_said_when_asked_for(page: DelightPage) -> None:
    shares(page).effect.click()
    until(lambda: not page.finding.busy and shares(page).effect.isHidden())
    words = [label.text() for label in shares(page).findChildren(Label)]
    expected = page.bench.fairness.effect()
    assert {telling.period(expected), *telling.verdict(expected)} <= set(words)
