"""Many at once by keys: labels with the picker, closing with a question, handing over; and marks that stay."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.app.saying import differences, rows
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox
from ui.pages.inbox.handing_over import HandOverStrip
from ui.pages.inbox.strips import ReasonStrip
from ui.shared.label_editor import LabelEditor
from ui.shared.label_picker import LabelPicker
from ui.shell.window import Window
from ui.widgets.pick_list import ALL, NONE, SOME


@pytest.fixture
def page(demo: Window) -> Any:
    """The inbox with three conversations marked, of which none asks for anything."""
    found = inbox(demo)
    found.list.focus_rows()
    places = [at for at in range(found.list.model.rowCount())
              if not ((row := found.list.model.row_at(at)).unhappy or row.hard)][:3]  # fmt: skip
    found.list.opening.select_place(0)
    hand = Hand(demo)
    for place in places:
        while found.list.opening.place() < place:
            hand.keys("J")
        hand.keys("X")
    return found


def _picker(window: Window) -> LabelPicker:
    picker = next((one for one in window.findChildren(LabelPicker) if one.isVisible()), None)
    assert picker is not None
    return picker


def _marks(picker: LabelPicker) -> dict[str, str]:
    return {row.title: row.mark for row in picker.rows()}


def test_m_filters_without_accents_toggles_for_all_and_one_undo_takes_it_back(demo: Window, page: Any) -> None:
    hand, marked, desk = Hand(demo), page.list.marks.ids(), demo.bench.inbox
    desk.label(marked[0], ["Επιστροφή"])
    before = rows(demo.bench.store, ("label", "conversation_label"))
    hand.keys("M")
    picker = _picker(demo)
    assert picker.accessibleName() == "Labels of 3 conversations"
    assert _marks(picker)["Επιστροφή"] == SOME
    hand.types("επιστροφη")
    assert [row.title for row in picker.rows()] == ["Επιστροφή"]  # and nothing to be created beside it
    hand.keys("Enter")
    assert [("Επιστροφή" in desk.labels(one)) for one in marked] == [True] * 3
    assert _marks(picker)["Επιστροφή"] == ALL
    hand.keys("Escape")
    assert not demo.overlays.are_shown()
    assert page.list.rows.hasFocus()
    assert page.list.marks.ids() == marked
    assert toast(demo).accessibleName() == "“Επιστροφή” put on 3 conversations."
    hand.keys("Z")
    assert differences(before, rows(demo.bench.store, ("label", "conversation_label"))) == {}


def test_a_new_label_is_made_only_by_its_own_row(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), page.list.marks.ids()
    hand.keys("M")
    picker = _picker(demo)
    hand.types("par")
    titles = [row.title for row in picker.rows()]
    assert titles[0] == "parcel"
    assert "Create" in titles[-1]
    hand.keys("Enter", "Enter")  # on, and off again: the row that matches, not the new one
    assert "par" not in demo.bench.inbox.all_labels()
    hand.types("par")
    hand.keys(*["Down"] * (len(picker.rows()) - 1), "Enter")
    assert "par" in demo.bench.inbox.labels(marked[2])
    assert [label.conversations for label in demo.bench.labels.every() if label.name == "par"] == [3]


@pytest.mark.usefixtures("page")
def test_tab_renames_colours_and_merges_in_the_same_place(demo: Window) -> None:
    hand, labels = Hand(demo), demo.bench.labels
    wanted, kept = labels.named("press"), labels.named("wholesale")
    assert wanted is not None
    assert kept is not None
    hand.keys("M")
    hand.types("press")
    hand.keys("Tab")
    hand.until(lambda: isinstance(QApplication.activeModalWidget(), LabelEditor))
    editor: Any = QApplication.activeModalWidget()
    editor.name.setText("Press & radio")
    editor.colour.set_key("violet")
    editor.keep()
    changed = labels.get(wanted.id)
    assert (changed.name, changed.colour, changed.conversations) == ("Press & radio", "violet", wanted.conversations)
    picker = _picker(demo)
    hand.until(lambda: demo.focusWidget() is picker.field)
    picker._edit(str(wanted.id))
    editor = QApplication.activeModalWidget()
    assert isinstance(editor, LabelEditor)
    assert str(wanted.conversations) in editor.drop.title()
    editor.into.set_key(str(kept.id))
    editor.keep()
    assert labels.named("Press & radio") is None
    assert labels.get(kept.id).conversations >= kept.conversations
    demo.bench.actions.undo()
    assert labels.get(wanted.id).conversations == wanted.conversations


def test_marks_stay_while_one_searches_and_the_bar_says_how_many_are_out_of_sight(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), page.list.marks.ids()
    bar = page.list._bar
    assert (bar.isVisible(), bar.words.text()) == (True, "3 conversations selected")
    hand.keys("/")
    hand.types("xyzzyq")
    hand.until(lambda: page.list.model.rowCount() == 0)
    assert sorted(page.list.marks.ids()) == sorted(marked)
    assert bar.words.text() == "3 conversations selected, 3 not in this list"
    page.list.search.field.clear()
    hand.until(lambda: page.list.model.rowCount() > 3)
    assert sorted(page.list.marks.ids()) == sorted(marked)
    assert page.list.marks.away == 0
    page.list.focus_rows()
    hand.keys("Escape")
    assert page.list.marks.ids() == []
    assert not bar.isVisible()


def test_what_is_marked_out_of_sight_is_closed_with_the_rest(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), page.list.marks.ids()
    hand.keys("/")
    hand.types("lemon")
    hand.until(lambda: page.list.model.rowCount() and page.list.search.words() == "lemon")
    page.list.focus_rows()
    hand.keys("E")
    assert [demo.bench.inbox.row(one).state for one in marked] == ["done"] * 3
    assert toast(demo).accessibleName() == "3 done."
    assert page.list.marks.ids() == []
    hand.keys("Z")
    assert [demo.bench.inbox.row(one).state for one in marked] == ["needs_me"] * 3


def test_an_unhappy_one_among_them_is_asked_about_and_all_are_one_step(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), page.list.marks.ids()
    demo.bench.inbox.mark(marked[1], "unhappy", on=True)
    demo.bench.inbox.keep_draft(marked[0], "Dear")
    for one in marked:
        demo.bench.inbox.seen(one)
    before = rows(demo.bench.store)
    hand.keys("E")
    strip = page.talk.strip
    assert isinstance(strip, ReasonStrip)
    assert strip.accessibleName() == "Is it solved? 1 of 3 is marked unhappy or difficult"
    assert [demo.bench.inbox.row(one).state for one in marked] == ["needs_me"] * 3
    hand.keys("Ctrl+Enter")
    hand.until(lambda: page.talk.strip is None)
    assert [demo.bench.inbox.row(one).state for one in marked] == ["done"] * 3
    assert toast(demo).accessibleName() == "3 done. 1 of them has a draft, which is kept."
    hand.keys("Z")
    assert differences(before, rows(demo.bench.store)) == {}


def test_only_the_others_can_be_closed_and_the_unhappy_one_stays_marked(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), page.list.marks.ids()
    demo.bench.inbox.mark(marked[1], "hard", on=True)
    hand.keys("E")
    strip = page.talk.strip
    assert isinstance(strip, ReasonStrip)
    assert strip.rest.title() == "Close only the other 2"
    strip.rest.click()
    hand.until(lambda: page.list.marks.ids() == [marked[1]])
    assert [demo.bench.inbox.row(one).state for one in marked] == ["done", "needs_me", "done"]


def test_h_hands_all_of_them_to_one_teammate_as_one_step(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), page.list.marks.ids()
    before = rows(demo.bench.store, ("handoff", "label", "draft"))
    hand.keys("H")
    strip = page.talk.strip
    assert isinstance(strip, HandOverStrip)
    hand.until(strip.ask.hasFocus)
    hand.types("πότε φεύγει;")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: page.talk.strip is None)
    for one in marked:
        assert demo.bench.handoffs.of_conversation(one)[-1].ask == "πότε φεύγει;"
    assert toast(demo).accessibleName().startswith("3 handed off to ")
    hand.keys("Z")
    assert differences(before, rows(demo.bench.store, ("handoff", "label", "draft"))) == {}


@pytest.mark.usefixtures("page")
def test_one_that_nothing_is_put_on_has_an_empty_box(demo: Window) -> None:
    Hand(demo).keys("M")
    assert NONE in _marks(_picker(demo)).values()
