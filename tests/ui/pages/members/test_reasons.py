"""The sides Quiet and New: who is there and why, and what one key does; levels, rhythm and audience set by hand."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.parts import toast
from tests.ui.settling import key, settle
from ui.pages.members.caring import FitsStrip, RhythmStrip, involvement_line
from ui.pages.members.page import MembersPage
from ui.pages.members.reasons import ReasonRow, Section
from ui.shell.window import Window

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(demo: Window) -> MembersPage:
    demo.go("members")
    found = demo.page("members")
    assert isinstance(found, MembersPage)
    return found


def side(page: MembersPage, which: str) -> Any:
    page.open(which)
    settle()
    return page.sides.current


def names(shown: Any) -> list[str]:
    return [row.name for row in shown.model.rows if isinstance(row, ReasonRow)]


def test_quiet_lists_the_three_with_reasons_and_who_is_due(page: MembersPage) -> None:
    shown = side(page, "quiet")
    keenest, *others, due = names(shown)  # of the others the order goes by whole days, which the time of day shifts
    assert (keenest, due) == ("Szabó Réka", "Sölvi Már Ragnarsson")
    assert sorted(others) == ["Páll Oddgeirsson", "Αντώνης Βλάχος"]
    assert [one for one in shown.model.rows if isinstance(one, Section)] == [
        Section("Gone quiet", 3), Section("Time to be in touch", 1),
    ]  # fmt: skip
    first = shown.model.row_at(1)
    weeks = (shown.model.now - first.at) // (7 * 86_400)  # four, or late in the evening five
    assert weeks in (4, 5)
    assert first.reason == f"Wrote every 6 days, silent {weeks} weeks"
    assert page.sides.switch.accessibleName()


def test_new_lists_the_four_the_second_visit_and_who_is_back(page: MembersPage) -> None:
    shown = side(page, "new")
    assert len(names(shown)) == 6
    assert [(one.title, one.count) for one in shown.model.rows if isinstance(one, Section)] == [
        ("First time here", 4), ("Back a second time", 1), ("Came back", 1),
    ]  # fmt: skip
    last = shown.model.row_at(len(shown.model.rows) - 1).reason
    assert last in ("Silent for 10 weeks", "Silent for 11 weeks")  # by the time of day and by when clocks changed
    assert "with your ideal audience" in shown.line.text()


def test_one_key_begins_a_personal_note_to_who_is_silent(page: MembersPage, demo: Window) -> None:
    who = side(page, "quiet").chosen()
    key(demo, "R")
    settle()
    assert demo.page_id == "letter"
    assert demo.bench.members.get(who).name == "Szabó Réka"


def test_one_key_welcomes_a_newcomer_where_they_wrote(page: MembersPage, demo: Window) -> None:
    row = side(page, "new").row()
    key(demo, "R")
    settle()
    shown: Any = demo.page("inbox")
    assert (demo.page_id, shown.talk.opened.row.id) == ("inbox", row.conversation_id)


def test_not_today_and_let_be_take_a_row_away_and_undo_brings_it_back(page: MembersPage, demo: Window) -> None:
    shown = side(page, "quiet")
    key(demo, "S")
    settle(lambda: len(names(shown)) == 3)
    assert "Not today: Szabó Réka. It's back tomorrow." in toast(demo).accessibleName()
    first = names(shown)[0]
    demo.run("let_be")
    settle(lambda: len(names(shown)) == 2)
    assert first in toast(demo).accessibleName()
    assert first not in names(shown)
    demo.run("undo")
    demo.run("undo")
    settle(lambda: len(names(shown)) == 4)
    assert len(names(shown)) == 4


def test_who_is_due_is_not_let_be_but_put_off(page: MembersPage) -> None:
    shown = side(page, "quiet")
    shown.list.choose(len(shown.model.rows) - 1)
    assert shown.row().name == "Sölvi Már Ragnarsson"
    assert "let_be" not in shown.handlers()
    assert "pair_later" in shown.handlers()


def test_enter_shows_the_member_among_the_people(page: MembersPage, demo: Window) -> None:
    who = side(page, "quiet").chosen()
    demo.run("open")
    settle()
    assert (page.sides.key, page.member) == ("people", who)


def test_an_empty_side_leads_somewhere(page: MembersPage, demo: Window) -> None:
    shown = side(page, "quiet")
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE member SET do_not_contact = 1")
    shown.reload()
    assert not shown.nobody.isHidden()
    assert shown.list.isHidden()
    assert shown.listed() is None
    assert (shown.handlers().keys() & {"reply", "open"}) == set()


def test_a_level_is_pinned_by_a_key_and_a_letter(page: MembersPage, demo: Window) -> None:
    who = page.bench.members.find("hrafnkell")[0]
    page.open(who)
    settle()
    assert page.profile.involved.text().lstrip("\u200e").startswith("Participant · wrote on 5 days")
    key(demo, "W", CTRL_SHIFT)
    settle()
    page.profile.menu.chosen.emit("O")
    settle()
    assert page.profile.involved.text().lstrip("\u200e").startswith("Core, pinned")
    demo.run("undo")
    settle()
    assert page.profile.involved.text().lstrip("\u200e").startswith("Participant · ")


def test_a_rhythm_is_typed_in_a_strip(page: MembersPage, demo: Window) -> None:
    who = page.bench.members.find("hrafnkell")[0]
    page.open(who)
    key(demo, "B", CTRL_SHIFT)
    strip = page.profile.strip
    assert isinstance(strip, RhythmStrip)
    strip.every.setText("minden héten")
    strip.act()
    settle()
    assert involvement_line(demo.bench.involvement.of(who)).endswith("in touch every week")
    assert "Hrafnkell Ingi Steinarsson: in touch every week." in toast(demo).accessibleName()


def test_one_key_marks_who_fits_with_the_reason_and_takes_the_mark_away(page: MembersPage, demo: Window) -> None:
    who = page.bench.members.find("hrafnkell")[0]
    page.open(who)
    key(demo, "Q", CTRL_SHIFT)
    strip = page.profile.strip
    assert isinstance(strip, FitsStrip)
    strip.why.setText("Brews ginger beer")
    strip.act()
    settle()
    assert demo.bench.members.get(who).fits_why == "Brews ginger beer"
    key(demo, "Q", CTRL_SHIFT)
    settle()
    assert not demo.bench.members.get(who).fits
