"""What is written stands where it can be read: nothing cut, nothing over another, nothing said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.base import ids
from app.outbox import QUEUED
from tests.stories.hand import Hand
from tests.ui.settling import settle
from tests.ui.talking import inbox, open_talk
from ui.look.theme import theme
from ui.shell.window import Window
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import ElidedLabel, Heading, Label

SIZES = [(1280, 800), (900, 700)]
_UNHAPPY = "Το κουτί έφτασε σπασμένο"


@pytest.fixture
def large() -> Iterator[None]:
    """Letters of 150 %, and the usual ones after it."""
    theme().choose("light", 1.5, "system")
    yield
    theme().choose("light", 1.0, "system")


def at(widget: QWidget) -> QRect:
    """Its place in the window."""
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def first_ink(widget: QWidget) -> int:
    """The x in the window at which the first letter of a widget begins."""
    place = at(widget)
    image = widget.window().grab(place).toImage()
    ground = image.pixelColor(image.width() - 1, 0).lightness()
    columns = range(image.width())
    inked = (
        x for x in columns if any(abs(image.pixelColor(x, y).lightness() - ground) > 90 for y in range(image.height()))
    )
    return place.left() + next(inked)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Hannah Brandt", "Ελένη Παπα", "דוד לוי", "محمد علي", "Hannah Brandt of a long name"])
def test_name_and_handle_of_the_card_begin_at_the_same_place(demo: Window, name: str) -> None:
    page = inbox(demo)
    row = demo.bench.inbox.row(page.list.current_id())
    demo.bench.members.edit(row.member_id, {"name": name})  # type: ignore[arg-type]
    Hand.until(lambda: page.card._shown.member.name == name)
    settle()
    named = [one for one in page.card.findChildren(LinkButton) if one._role == "name"]
    named += [one for one in page.card.findChildren(Label) if one._role == "name"]
    handle = next(one for one in page.card.findChildren(ElidedLabel) if one._role == "meta")
    assert abs(first_ink(named[0]) - first_ink(handle)) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_reason_stands_below_the_hint(demo: Window, size: tuple[int, int]) -> None:
    demo.resize(*size)
    page = inbox(demo)
    open_talk(page, _UNHAPPY)
    page.composer.field.setPlainText("Γεια σου, η επιστροφή χρημάτων γίνεται σήμερα.")
    page.composer.words.check()
    demo.run("send_keep")
    settle()
    strip = page.composer.words.voice.strip
    assert strip._reason.isVisible()
    assert at(strip._reason).top() - at(strip._advice).bottom() >= 6
    assert strip._advice.height() >= strip._advice.heightForWidth(strip._advice.width())


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_accounts_of_one_sort_are_as_high_as_each_other_and_the_sort_is_said_once(
    demo: Window, size: tuple[int, int]
) -> None:
    demo.resize(*size)
    demo.go("accounts")
    settle()
    page: Any = demo.page("accounts")
    Hand.until(lambda: page.panels and page.panels[-1].isVisible() and page.panels[-1].height() > 1)
    settle(seconds=0.5)
    modes = [panel.account.mode for panel in page.panels]
    assert modes == sorted(modes, key=["live", "assisted", "demo", "file"].index)
    assert len(set(modes)) > 1
    for mode in set(modes):
        assert len({panel.height() for panel in page.panels if panel.account.mode == mode}) == 1
    said = Counter(
        word
        for one in page.findChildren(QWidget)
        if isinstance(one, Label | ElidedLabel) and one.isVisible()
        for word in one.text().split(":")[:1]
    )
    assert said["Demo"] == 1
    assert said["Assisted"] == 1
    headings = [one.title.text() for one in page.findChildren(Heading)]
    assert headings[0].startswith("Assisted")


@pytest.mark.slow
def test_the_lines_of_the_voice_guide_are_whole(demo: Window) -> None:
    demo.go("templates")
    settle()
    page: Any = demo.page("templates")
    shown = [one for one in page.side.traits.findChildren(Label) if one.isVisible() and one.text()]
    traits = demo.bench.voice.traits()
    words = {one.text() for one in shown}
    assert {trait.name for trait in traits} <= words
    assert {trait.why for trait in traits if trait.why} <= words
    assert all(one.height() >= one.heightForWidth(one.width()) for one in shown if one.wordWrap())


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_a_shortcut_is_whole_in_its_field(demo: Window, size: tuple[int, int]) -> None:
    demo.resize(*size)
    demo.go("templates")
    page: Any = demo.page("templates")
    for template in demo.bench.templates.all():
        page.open(template.id)
        settle()
        field = page.editor.key
        assert field.text() == template.key
        assert field.fontMetrics().horizontalAdvance(template.key) <= field.width() - 20, template.key


@pytest.mark.slow
@pytest.mark.usefixtures("large")
def test_a_shortcut_is_whole_with_large_letters(demo: Window) -> None:
    test_a_shortcut_is_whole_in_its_field(demo, (1280, 800))


@pytest.mark.slow
def test_a_hand_off_says_once_that_it_is_late(demo: Window) -> None:
    demo.go("handoffs")
    page: Any = demo.page("handoffs")
    settle()
    late = page.current()
    day = demo.bench.handoffs.get(late.id).needed_by
    assert day < page.model.today.isoformat()
    words = [
        one.text()
        for one in page.case.findChildren(QWidget)
        if isinstance(one, Label | ElidedLabel) and one.isVisible()
    ]
    assert not page.case.chip.isVisible()
    assert sum("late" in one.lower().split() or one.endswith("late") for one in words) == 1
    days = (page.model.today - page.model.today.fromisoformat(day)).days
    assert page.case.needed.text().endswith(f", {days} day late" if days == 1 else f", {days} days late")
    assert "–" not in words
    assert "Ticket" not in words
    number = ids.display(ids.HANDOFF, late.id)
    assert number not in page.case.line.text()
    assert number in page.case.hint.text()
    demo.bench.handoffs.edit(late.id, {"ticket": "LEG-12"})
    Hand.until(page.case.ticket.isVisible)
    assert page.case.ticket.text() == "LEG-12"


def test_what_came_back_is_said_in_the_head(demo: Window) -> None:
    demo.go("handoffs")
    page: Any = demo.page("handoffs")
    came = next(one for one in demo.bench.handoffs.listed("needs_me") if one.status == "solved")
    page.open(came.id)
    settle()
    assert page.case.chip.isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_the_buttons_of_an_assisted_account_are_whole(demo: Window, size: tuple[int, int]) -> None:
    demo.resize(*size)
    page = inbox(demo)
    row = demo.bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id"
        " WHERE a.mode = 'assisted' AND c.state = 'needs_me'"
    ).fetchone()
    page.open(row[0])
    settle()
    for button in (page.composer.buttons.keeping, page.composer.buttons.sending):
        assert "post" in button.title()
        assert not button.title().endswith("…")
        assert button.width() >= button.minimumSizeHint().width() >= button._words_width(button.title())


@pytest.mark.slow
@pytest.mark.parametrize(("size", "most"), [((1280, 800), 44), ((900, 700), 44), ((560, 600), 100)])
def test_the_question_whether_it_is_posted_is_one_line_where_there_is_room(
    demo: Window, size: tuple[int, int], most: int
) -> None:
    demo.resize(*size)
    demo.go("members")
    demo.post(next(one for one in demo.bench.outbox.entries((QUEUED,))).id)
    Hand.until(lambda: demo.possible("posted"))
    settle()
    strip = demo.strips.posting.strip  # type: ignore[union-attr]
    assert strip.isVisible()
    assert strip.height() <= most
    assert strip.title.width() >= strip.title.fontMetrics().horizontalAdvance(strip.title.text())
    shown = [strip.title, strip.line, *strip.buttons.values()]
    for one in shown:
        assert strip.rect().contains(QRect(one.mapTo(strip, QPoint()), one.size()))
        assert not any(at(one).intersects(at(other)) for other in shown if other is not one)
    for button in strip.buttons.values():
        assert button.width() >= button.sizeHint().width()
