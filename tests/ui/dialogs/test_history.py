"""Undo and redo by key, and the list of what was done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.base.errors import UserError
from app.voice import Draft
from tests.app.saying import NOW, account, said
from tests.stories.hand import Hand
from tests.ui.parts import toast
from ui.dialogs.history import WhatWasDone
from ui.shell.window import Window


@pytest.fixture
def hand(window: Window) -> Hand:
    """On the inbox, with two conversations, and the keys on the rail."""
    number = account(window.bench.store)
    window.bench.intake.take(number, [said("1", NOW, thread="t"), said("2", NOW + 60, who="béla", thread="u")])
    window.go("settings")
    window.rail.rows["settings"].setFocus()
    QApplication.processEvents()
    return Hand(window)


def state(window: Window, number: int = 1) -> str:
    return str(window.bench.inbox.row(number).state)


def words(window: Window) -> str:
    return str(toast(window).accessibleName())


def test_one_step_each_press_and_again_the_other_way(window: Window, hand: Hand) -> None:
    window.bench.inbox.done([1])
    window.bench.inbox.mark(2, "hard", on=True)
    hand.keys("Z")
    assert (state(window), window.bench.inbox.row(2).hard) == ("done", False)
    hand.keys("Ctrl+Z")
    assert state(window) == "needs_me"
    hand.keys("Ctrl+Shift+Z")
    assert (state(window), window.bench.inbox.row(2).hard) == ("done", False)
    hand.keys("Ctrl+Shift+Z")
    assert window.bench.inbox.row(2).hard
    hand.keys("Ctrl+Shift+Z")
    assert "Nothing to redo" in words(window)
    hand.keys("Z", "Z")
    assert (state(window), window.bench.inbox.row(2).hard) == ("needs_me", False)


def test_what_the_program_did_in_an_earlier_run_is_not_taken_back_by_key(window: Window, hand: Hand) -> None:
    window.bench.inbox.done([1])
    window.bench.store.own.clear()  # as after a restart
    hand.keys("Z")
    assert state(window) == "done"
    assert "last ten minutes" in words(window)


def test_after_ten_minutes_it_is_the_list_that_takes_back(
    window: Window, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.base import clock  # noqa: PLC0415

    window.bench.inbox.done([1])
    later = clock.now() + 601
    monkeypatch.setattr("app.base.clock.now", lambda: later)
    hand.keys("Z")
    assert state(window) == "done"
    window.bench.actions.undo()
    assert state(window) == "needs_me"


def test_a_merge_is_only_told_of_and_the_next_press_goes_on_before_it(window: Window, hand: Hand) -> None:
    bench = window.bench
    bench.inbox.done([1])
    keep, other = bench.members.find("anna")[0], bench.members.find("bela")[0]
    bench.members.merge(keep, other)
    hand.keys("Z")
    assert bench.members.find("bela") == [keep]
    assert state(window) == "done"
    assert "What was done" in words(window)
    hand.keys("Z")
    assert bench.members.find("bela") == [keep]
    assert state(window) == "needs_me"
    hand.keys("Z")
    assert bench.members.find("bela") == [keep]


def test_what_can_no_longer_be_undone_does_not_stand_in_the_way(window: Window, hand: Hand) -> None:
    bench = window.bench
    bench.inbox.done([2])
    number = bench.outbox.submit(bench.voice.clear(Draft(text="Thank you")), 1)
    with bench.store.write() as conn:  # as the courier leaves it
        conn.execute("UPDATE outbox SET state = 'sent', sent_at = 1, remote_id = 'there' WHERE id = ?", (number,))
    hand.keys("Z")
    assert "already been sent" in words(window)
    hand.keys("Z")
    assert state(window, 2) == "needs_me"


def test_the_toast_of_a_merge_leads_to_the_list_and_has_no_key(window: Window, hand: Hand) -> None:
    from ui.frame.doing import undoable  # noqa: PLC0415

    bench = window.bench
    keep, other = bench.members.find("anna")[0], bench.members.find("bela")[0]
    with undoable(window, "One now."):
        bench.members.merge(keep, other)
    assert not toast(window).undo()
    assert toast(window)._link.accessibleName() == "What was done"
    assert bench.members.find("bela") == [keep]
    with undoable(window, "Done."):
        bench.inbox.done([1])
    assert toast(window)._link.accessibleName() == "Undo"
    assert toast(window).undo()
    hand.keys("Ctrl+Shift+Z")
    assert state(window) == "done"


def test_the_list_says_what_each_would_touch_and_takes_it_back(window: Window, hand: Hand) -> None:
    bench = window.bench
    keep, other = bench.members.find("anna")[0], bench.members.find("bela")[0]
    bench.members.merge(keep, other)
    bench.inbox.done([1])
    listed = WhatWasDone(window)
    titles = [row._action.title for row in listed.rows]
    assert titles[0].startswith("Done")
    assert titles[1].startswith("Merged")
    merge = listed.rows[1].undo
    assert merge is not None
    assert merge.accessibleName().startswith("Undo: Merged")
    merge.click()
    assert bench.members.find("bela") == [other]
    assert "Undone: " in listed.status.text()
    assert not any(row._action.title.startswith("Merged") for row in listed.rows)
    hand.keys("Ctrl+Shift+Z")
    assert bench.members.find("bela") == [keep]


@pytest.mark.usefixtures("hand")
def test_what_cannot_be_undone_says_why(window: Window) -> None:
    bench = window.bench
    member = bench.members.add("Carla")
    bench.gifts.log(member, "Mug", "kind", "9")
    listed = WhatWasDone(window)
    made = next(row for row in listed.rows if row._action.title == "New member: Carla")
    assert made.undo is None
    with pytest.raises(UserError):
        bench.actions.undo(made._action.id)


@pytest.mark.usefixtures("hand")
def test_a_long_list_shows_older_on_demand(window: Window) -> None:
    for number in range(30):
        window.bench.members.add(f"Person {number}")
    listed = WhatWasDone(window)
    assert len(listed.rows) == 20
    listed.older.click()
    assert len(listed.rows) > 30
    assert listed.older.isHidden()


def test_a_reply_submitted_again_leaves_no_second_draft(window: Window, hand: Hand) -> None:
    bench = window.bench
    window.go("inbox", 1)
    page = window.page("inbox")
    assert page is not None
    bench.outbox.submit(bench.voice.clear(Draft(text="Thank you, Anna")), 1)
    QApplication.processEvents()
    window.go("settings")
    window.rail.rows["settings"].setFocus()
    hand.keys("Z")
    window.go("inbox", 1)
    hand.until(lambda: page.talk.composer.field.toPlainText() == "Thank you, Anna")  # type: ignore[attr-defined]
    window.rail.rows["inbox"].setFocus()
    hand.keys("Ctrl+Shift+Z")
    hand.until(lambda: page.talk.composer.field.toPlainText() == "")  # type: ignore[attr-defined]
    page.closing()
    assert bench.inbox.open(1).draft == ""
    assert [row.state for row in bench.outbox.entries(("held",))] == ["held"]


@pytest.mark.usefixtures("hand")
def close_the_list() -> None:
    shown = QApplication.activeModalWidget()
    assert shown is not None
    shown.close()


def test_words_typed_this_moment_are_kept_before_the_list_opens(window: Window, hand: Hand) -> None:
    window.go("inbox", 1)
    page = window.page("inbox")
    assert page is not None
    page.talk.composer.write()  # type: ignore[attr-defined]
    hand.types("Half an")
    QTimer.singleShot(50, close_the_list)
    window.run("what_was_done")
    assert window.bench.inbox.open(1).draft == "Half an"


def test_it_is_in_the_palette_and_in_the_menu(window: Window) -> None:
    from ui.palette.menus import community_menu  # noqa: PLC0415

    menu = community_menu(window, window.possible, window.run)
    assert "what_was_done" in [action.data() for action in menu.actions()]
    assert window.possible("what_was_done")
    assert window.possible("redo")
