"""A file that came back, in a real window: shown, decided by keyboard, applied, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication

from app.base import ids
from app.base.message import Attached
from app.returns import Preview
from tests.app.returns.returning import Copy, letter_of_jon, opened
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import key, settle, until
from tests.ui.shell.test_dropping import drop, mime
from tests.ui.talking import anchors
from ui.frame import files
from ui.pages.handoffs.how_read import ColumnsForm
from ui.pages.handoffs.letter_strip import LetterStrip
from ui.pages.handoffs.page import HandoffsPage
from ui.pages.handoffs.returned_rows import RejectedLine
from ui.pages.inbox.page import InboxPage
from ui.shell.window import Window
from ui.widgets.buttons import ActionButton, LinkButton

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def copy(demo: Window, tmp_path: Path) -> Copy:
    """What is open, in one file, as a teammate opens it."""
    path = tmp_path / "out.csv"
    demo.bench.export.file("handoffs", path)
    found = opened(path)
    found.name = "jon.csv"
    return found


def number(copy: Copy, row: int) -> int:
    return ids.number("H", copy.cell(row, "handoff_id"))


def shown(demo: Window, path: Path) -> tuple[HandoffsPage, Preview]:
    """The page with that file."""
    demo.go("handoffs", [path])
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    until(lambda: page.returning.preview is not None)
    settle()
    assert page.returning.preview is not None
    return page, page.returning.preview


@pytest.mark.slow
def test_a_file_is_applied_by_keyboard_and_taken_back(demo: Window, tmp_path: Path, copy: Copy) -> None:
    path = copy.edit(0, status="solved", answer="New box").save(tmp_path)
    before = demo.bench.handoffs.get(number(copy, 0)).status
    page, _found = shown(demo, path)
    assert page.middle.currentWidget() is page.returning
    assert page.returning.tiles["applied"].count.text() == "1"
    send(demo, press(Qt.Key.Key_Return, "\r", 36, CTRL))
    settle()
    assert demo.bench.handoffs.get(number(copy, 0)).answer == "New box"
    assert "jon.csv" in toast(demo).accessibleName()
    assert "settled" not in toast(demo).accessibleName()
    assert page.middle.currentWidget() is not page.returning
    key(demo, "Z")
    settle()
    assert demo.bench.handoffs.get(number(copy, 0)).status == before


@pytest.mark.slow
def test_conflicts_are_decided_by_1_and_2(demo: Window, tmp_path: Path, copy: Copy) -> None:
    path = copy.edit(0, answer="Theirs").edit(1, answer="Theirs too").save(tmp_path)
    for row in (0, 1):
        demo.bench.handoffs.edit(number(copy, row), {"answer": "Mine"})
    page, _found = shown(demo, path)
    assert page.returning.tiles["both"].count.text() == "2"
    key(demo, "2")
    key(demo, "1")
    settle()
    send(demo, press(Qt.Key.Key_Return, "\r", 36, CTRL))
    settle()
    assert [demo.bench.handoffs.get(number(copy, row)).answer for row in (0, 1)] == ["Theirs", "Mine"]


@pytest.mark.slow
def test_an_unclear_word_is_answered_and_then_applied(demo: Window, tmp_path: Path, copy: Copy) -> None:
    page, _found = shown(demo, copy.edit(0, status="Sovled").save(tmp_path))
    assert not page.returning.go.isEnabled()
    line = page.returning.findChild(RejectedLine)
    assert line is not None
    line.buttons[0].click()
    until(lambda: page.returning.tiles["applied"].count.text() == "1")
    page.returning.apply()
    settle()
    assert demo.bench.handoffs.get(number(copy, 0)).status == "solved"


@pytest.mark.slow
def test_not_now_writes_nothing_and_esc_does_the_same(demo: Window, tmp_path: Path, copy: Copy) -> None:
    path = copy.edit(0, status="solved").save(tmp_path)
    before = demo.bench.handoffs.get(number(copy, 0)).rev
    page, _found = shown(demo, path)
    send(demo, press(Qt.Key.Key_Escape, "\x1b", 9))
    settle()
    assert not page.returning.active
    assert page.middle.currentWidget() is not page.returning
    assert demo.bench.handoffs.get(number(copy, 0)).rev == before


@pytest.mark.slow
def test_what_is_changed_here_meanwhile_becomes_a_choice(demo: Window, tmp_path: Path, copy: Copy) -> None:
    page, _found = shown(demo, copy.edit(0, answer="Theirs").save(tmp_path))
    demo.bench.handoffs.edit(number(copy, 0), {"answer": "Mine"})
    until(lambda: page.returning.tiles["both"].count.text() == "1")


@pytest.mark.slow
def test_a_file_is_chosen_by_key_from_any_page(demo: Window, tmp_path: Path, copy: Copy) -> None:
    QApplication.instance().setProperty(files.READY, str(copy.edit(0, status="solved").save(tmp_path)))  # type: ignore[union-attr]
    demo.go("members")
    key(demo, "I", CTRL | SHIFT)
    settle()
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    until(lambda: page.returning.preview is not None)


@pytest.mark.slow
def test_a_file_dropped_anywhere_on_the_window_is_read_back(demo: Window, tmp_path: Path, copy: Copy) -> None:
    path = copy.edit(0, status="solved").save(tmp_path)
    assert drop(demo, mime(path))
    settle()
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    until(lambda: page.returning.preview is not None)


@pytest.mark.slow
def test_a_wrong_file_says_so_and_leaves_the_page_as_it_was(demo: Window, tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    demo.bench.export.write("members", path)
    demo.go("handoffs", [path])
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    until(lambda: not page.returning.active)
    settle()
    assert "members.csv" in toast(demo).accessibleName()


@pytest.mark.slow
def test_a_file_in_a_letter_is_read_back_by_its_link_and_by_key(demo: Window, copy: Copy) -> None:
    content = copy.edit(0, status="solved", answer="By letter").content()
    message = letter_of_jon(demo.bench, "Here it is", Attached("jon.csv", "text/csv", content))
    talk = demo.bench.store.read.execute("SELECT conversation_id FROM message WHERE id = ?", (message,)).fetchone()[0]
    demo.go("inbox", talk)
    settle()
    inbox = demo.page("inbox")
    assert isinstance(inbox, InboxPage)
    assert "Read it back" in inbox.talk.story.toPlainText()
    address = anchors(inbox.talk.story)["Read it back"]
    key(demo, "I", CTRL | SHIFT)
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    until(lambda: page.returning.preview is not None)
    page.returning.apply()
    settle()
    assert demo.bench.handoffs.get(number(copy, 0)).answer_message_id == message
    inbox.talk.story._pressed(QUrl(address))
    until(lambda: page.returning.preview is not None)
    assert page.returning.preview is not None
    assert page.returning.preview.read_before


@pytest.mark.slow
def test_a_teammates_plain_letter_is_put_to_its_hand_off_by_one_key(demo: Window, copy: Copy) -> None:
    shown = next(copy.cell(row, "handoff_id") for row in range(9) if copy.cell(row, "member") == "Kocsis Bence")
    message = letter_of_jon(demo.bench, f"Done. {shown} left today.\n\n> Where is it?")
    talk = demo.bench.store.read.execute("SELECT conversation_id FROM message WHERE id = ?", (message,)).fetchone()[0]
    demo.go("inbox", talk)
    settle()
    key(demo, "J", CTRL | SHIFT)
    settle()
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    strip = page.strip
    assert isinstance(strip, LetterStrip)
    assert (int(strip.which.key()), strip.status.key()) == (ids.number("H", shown), "solved")
    strip.act()
    settle()
    one = demo.bench.handoffs.get(ids.number("H", shown))
    assert (one.status, one.answer, one.answer_message_id) == ("solved", f"Done. {shown} left today.", message)
    assert "Kocsis Bence" in toast(demo).accessibleName()


@pytest.mark.slow
def test_the_demos_edited_file_is_offered_until_it_is_read(demo: Window) -> None:
    demo.go("handoffs")
    page = demo.page("handoffs")
    assert isinstance(page, HandoffsPage)
    assert page.waiting.isVisible()
    _his, hers = demo.bench.returns.waiting(demo.bench.profile.folder)
    page.waiting.click()
    until(lambda: page.returning.preview is not None)
    page.returning.apply()
    settle()
    assert page.waiting.title() == f"An edited file is waiting: {hers.name}"
    said = toast(demo).accessibleName()
    assert "1 row applied." in said
    assert "2 rows aren't settled yet" in said  # one was changed by both and is undecided, one is rejected


@pytest.mark.slow
def test_the_teammate_is_asked_by_a_letter_that_is_opened_and_not_sent(
    demo: Window, tmp_path: Path, copy: Copy
) -> None:
    page, found = shown(demo, copy.edit(0, status="Sovled").save(tmp_path))
    line = page.returning.findChild(RejectedLine)
    assert line is not None
    line.asked.emit(found.rejected[0].teammate)
    settle()
    draft = max(demo.bench.letters.drafts(), key=lambda one: one.id)
    assert "Sovled" in draft.text
    assert demo.page("letter") is not None
    assert demo.page("letter").isVisible()  # type: ignore[union-attr]


@pytest.mark.slow
def test_an_old_encoding_is_chosen_where_the_file_does_not_tell(demo: Window, tmp_path: Path, copy: Copy) -> None:
    row = next(place for place in range(len(copy.rows)) if copy.cell(place, "member") == "Tóth Emese")
    copy.rows = [copy.rows[row]]
    for column in ("message", "context", "ask", "channel"):
        copy.edit(0, **{column: ""})
    copy.encoding = "cp1250"
    page, found = shown(demo, copy.edit(0, answer="Megkérdeztem: őrizzük meg").save(tmp_path))
    assert not found.certain
    assert not page.returning.go.isEnabled()
    button = page.returning.findChild(ActionButton, "cp1250")
    assert button is not None
    button.click()
    until(page.returning.go.isEnabled)
    page.returning.apply()
    settle()
    assert demo.bench.handoffs.get(number(copy, 0)).answer == "Megkérdeztem: őrizzük meg"


@pytest.mark.slow
def test_a_form_over_the_preview_keeps_ctrl_enter_for_itself(demo: Window, tmp_path: Path, copy: Copy) -> None:
    page, _found = shown(demo, copy.edit(0, status="solved", answer="New box").save(tmp_path))
    demo.run("send_file")
    settle()
    assert page.strip is not None
    assert not {"apply_return", "choose_1", "close_handoff"} & page.handlers().keys()
    demo.run("back")
    settle()
    assert getattr(page, "strip", None) is None
    assert page.returning.active
    assert "apply_return" in page.handlers()


def strange(copy: Copy) -> Copy:
    """The file with titles that nobody knows, its columns the other way round."""
    copy.header = [f"Στήλη {place}" for place in range(len(copy.header))][::-1]
    copy.rows = [row[::-1] for row in copy.rows]
    return copy


@pytest.mark.slow
def test_unknown_columns_are_named_by_keyboard_and_the_next_file_is_read_by_itself(
    demo: Window, tmp_path: Path, copy: Copy
) -> None:
    numbers = [number(copy, row) for row in (0, 1)]
    strange(copy.edit(0, status="solved", answer="A new box went out by courier this morning"))
    page, found = shown(demo, copy.save(tmp_path))
    assert not found.settled
    assert not page.returning.tiles["applied"].isVisible()
    form = page.returning.findChild(ColumnsForm)
    assert form is not None
    assert form.isAncestorOf(page.returning.focusWidget())
    assert {name for name, choice in form.choices.items() if choice.key()} >= {"handoff_id", "rev", "status", "answer"}
    send(demo, press(Qt.Key.Key_Return, "\r", 36, CTRL))
    until(lambda: page.returning.tiles["applied"].count.text() == "1")
    send(demo, press(Qt.Key.Key_Return, "\r", 36, CTRL))
    settle()
    assert demo.bench.handoffs.get(numbers[0]).answer == "A new box went out by courier this morning"
    copy.rows[1][copy.header.index("Στήλη 14")] = "declined"
    copy.name = "second.csv"
    page, found = shown(demo, copy.save(tmp_path))
    assert [row.number for row in found.applied] == [numbers[1]]


@pytest.mark.slow
def test_a_column_cannot_be_two_of_ours(demo: Window, tmp_path: Path, copy: Copy) -> None:
    page, found = shown(demo, strange(copy).save(tmp_path))
    form = page.returning.findChild(ColumnsForm)
    assert form is not None
    form.choices["answer"].set_key(found.proposed["status"])
    page.returning.apply()
    settle()
    assert "can't be both Status and Answer" in toast(demo).accessibleName()
    assert page.returning.preview is found


@pytest.mark.slow
def test_choices_are_there_again_when_the_file_is_opened_again_until_one_starts_over(
    demo: Window, tmp_path: Path, copy: Copy
) -> None:
    path = copy.edit(0, answer="Theirs").edit(1, answer="Theirs too").save(tmp_path)
    for row in (0, 1):
        demo.bench.handoffs.edit(number(copy, row), {"answer": "Mine"})
    page, _found = shown(demo, path)
    key(demo, "2")
    settle()
    send(demo, press(Qt.Key.Key_Escape, "\x1b", 9))
    settle()
    assert "What you chose for" in toast(demo).accessibleName()
    assert "jon.csv" in toast(demo).accessibleName()
    page, found = shown(demo, path)
    assert found.choices == {(number(copy, 0), "answer"): "Theirs"}
    assert page.returning.go.isEnabled()
    over = next(link for link in page.returning.findChildren(LinkButton) if link.title() == "Start over")
    over.click()
    until(lambda: page.returning.preview is not None and not page.returning.preview.choices)
    assert demo.bench.kept_forms.every() == []


@pytest.mark.slow
def test_a_column_that_is_left_out_can_be_named_after_all(demo: Window, tmp_path: Path, copy: Copy) -> None:
    copy.edit(0, answer="The label was wrong, a new one is on its way").retitle({"answer": "What I found out"})
    page, found = shown(demo, copy.save(tmp_path))
    assert not found.applied
    link = next(one for one in page.returning.findChildren(LinkButton) if "which column" in one.title())
    link.click()
    settle()
    form = page.returning.findChild(ColumnsForm)
    assert form is not None
    assert form.choices["answer"].key() == "What I found out"
    page.returning.apply()
    until(lambda: page.returning.tiles["applied"].count.text() == "1")
