"""What goes on between members, on a member's page: help with its list, introductions with the next step, quarrels."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.pages.members.helping import HelpSheet
from ui.shell.window import Window


def member(demo: Window, name: str) -> Any:
    number = demo.bench.store.read.execute("SELECT id FROM member WHERE name = ?", (name,)).fetchone()[0]
    demo.go("members", number)
    settle()
    page: Any = demo.page("members")
    return page


def test_help_is_counted_with_the_list_behind_it(demo: Window) -> None:
    page = member(demo, "Žofie Dvořáková")
    (link,) = page.profile.helping.links
    assert link.title() == "Helped 2 others"
    link.click()
    settle()
    (sheet,) = (one for one in QApplication.allWidgets() if isinstance(one, HelpSheet))
    assert len(sheet.links) == 2
    sheet.links[0].click()
    settle()
    inbox: Any = demo.page("inbox")
    assert inbox.opened.row.id == demo.bench.helps.listed(member_id=page.profile.member)[0].conversation_id


def test_who_was_helped_and_who_quarrels_is_told_too(demo: Window) -> None:
    titles = [link.title() for link in member(demo, "Oskar Lindqvist").profile.helping.links]
    assert titles == ["Was helped 2 times"]
    titles = [link.title() for link in member(demo, "Papp Gergő").profile.helping.links]
    assert titles == ["Heating up: \u2068Balogh Dániel\u2069 and \u2068Papp Gergő\u2069"]
    assert member(demo, "Marcus Bell").profile.helping.isHidden()


def test_what_came_of_an_introduction_is_noted(demo: Window) -> None:
    page = member(demo, "Priya Nair")
    page.profile.helping.buttons["outcome"].click()
    settle()
    page.profile.strip.words.setText("They wrote a leaflet together.")
    page.profile.strip.act()
    settle()
    assert "Priya Nair" in toast(demo).accessibleName()
    assert demo.bench.introductions.listed("to_look_after") == []
    assert page.profile.helping.buttons == {}


def test_two_are_introduced_from_a_member_by_two_drafts(demo: Window) -> None:
    page = member(demo, "Alena Šimková")
    demo.run("introduce_to")
    strip = page.profile.strip
    strip.act()
    assert not strip.wrong.isHidden()  # nobody is chosen
    marcus = demo.bench.members.find("Marcus Bell")[0]
    strip.other.set_member(marcus)
    strip.why.setText("Both bake for a whole street.")
    strip.act()
    settle()
    made = demo.bench.introductions.between(page.profile.member, marcus)
    assert made is not None
    assert made.why == "Both bake for a whole street."
    assert None not in (made.one.draft_id, made.other.draft_id)
    assert "2 drafts" in toast(demo).accessibleName()
    assert {"yes", "no"} == set(page.profile.helping.buttons)
    page.profile.helping.buttons["no"].click()
    settle()
    page.profile.helping.buttons["close"].click()
    settle()
    assert demo.bench.introductions.get(made.id).closed_at is not None
