"""The way back along links."""

from __future__ import annotations

from ui.shell.trail import Trail


def walked(*steps: tuple[str, str, bool]) -> Trail:
    trail = Trail()
    for here, there, by_link in steps:
        trail.went(here, there, by_link=by_link)
    return trail


def test_links_are_gone_back_along_one_by_one() -> None:
    trail = walked(("inbox", "members", True), ("members", "delight", True))
    assert trail.previous() == "members"
    trail.went("delight", "members", by_link=True)
    assert trail.previous() == "inbox"
    trail.went("members", "inbox", by_link=True)
    assert trail.previous() == ""


def test_by_the_rail_one_begins_anew() -> None:
    assert walked(("inbox", "members", True), ("members", "settings", False)).previous() == ""
    assert walked(("", "inbox", True)).previous() == ""


def test_a_link_to_the_same_page_is_no_step() -> None:
    assert walked(("inbox", "members", True), ("members", "members", True)).previous() == "inbox"
