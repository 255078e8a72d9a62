"""The filters of a member's timeline: what fits them is read on a thread of its own, everything is there at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.ui.settling import until
from ui.pages.members.history import HistoryPane
from ui.pages.members.page import MembersPage
from ui.shell.window import Window


@pytest.fixture
def pane(demo: Window) -> HistoryPane:
    """The timeline of the member with the most messages in the demo."""
    demo.go("members")
    page = demo.page("members")
    assert isinstance(page, MembersPage)
    busiest = (
        "SELECT i.member_id FROM identity i JOIN message m ON m.identity_id = i.id GROUP BY 1 ORDER BY count(*) DESC"
    )
    page.open(page.bench.store.read.execute(busiest).fetchone()[0])
    return page.profile.history


def test_words_are_looked_for_aside_and_the_rows_stay_until_they_are_found(
    pane: HistoryPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    history: Any = pane.model._history
    read, asked_on = history.page, list[threading.Thread]()

    def noted(*args: Any, **more: Any) -> Any:
        asked_on.append(threading.current_thread())
        return read(*args, **more)

    monkeypatch.setattr(history, "page", noted)
    before = list(pane.model.entries)
    word = next(entry.words for entry in before if entry.kind == "message").split()[0]
    pane.words.setText(word)
    pane.read()
    assert pane.model.is_looking
    assert pane.model.entries == before
    until(lambda: not pane.model.is_looking)
    assert pane.model.entries
    assert asked_on[-1] is not threading.main_thread()
    pane.words.clear()
    pane.read()
    assert pane.model.entries == before
    assert asked_on[-1] is threading.main_thread()


def test_a_kind_alone_is_read_aside_too(pane: HistoryPane) -> None:
    pane.what.set_key("said")
    pane.read()
    assert pane.model.is_looking
    until(lambda: not pane.model.is_looking)
    assert {entry.kind for entry in pane.model.entries} == {"message", "reply"}


def test_what_nobody_said_leads_to_a_sentence(pane: HistoryPane) -> None:
    pane.words.setText("xyzzyplugh")
    pane.read()
    until(lambda: not pane.model.is_looking)
    assert pane.model.entries == []
    assert pane.nothing.text() == "Nothing fits the filter."
    pane.words.setText("xyzzyplughs")
    pane.read()
    assert pane.nothing.text() == "Looking…"


def test_what_is_found_late_is_shown_to_nobody_else(pane: HistoryPane) -> None:
    pane.words.setText("a")
    pane.read()
    assert pane.model.is_looking
    other = pane.model._history._store.read.execute(
        "SELECT id FROM member WHERE id <> ? AND last_at IS NOT NULL AND merged_into IS NULL", (pane.member,)
    ).fetchone()[0]
    pane.show_member(other)  # whose timeline has no filter
    shown = list(pane.model.entries)
    for thread in threading.enumerate():
        if thread.name == "timeline":
            thread.join()
    until(lambda: True)
    assert pane.model.entries == shown
    assert not pane.model.is_looking
