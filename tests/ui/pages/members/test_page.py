"""The members page in a real window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.workbench import Workbench
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import key, settle, until
from ui.dialogs.history import WhatWasDone
from ui.pages.members import table
from ui.pages.members.page import MembersPage
from ui.pages.members.person import figures
from ui.pages.members.profile import ProfileView
from ui.pages.members.table import MemberModel, collation
from ui.shared.note import NoteStrip
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(demo: Window) -> MembersPage:
    demo.go("members")
    found = demo.page("members")
    assert isinstance(found, MembersPage)
    return found


def number(page: MembersPage, typed: str) -> int:
    return int(page.bench.members.find(typed)[0])


def test_typing_without_accents_finds_a_name_in_any_script(page: MembersPage) -> None:
    page.search.setText("ελενη")
    assert page.model.row_at(0).name == "Ελένη Παπαδοπούλου"  # type: ignore[union-attr]
    assert page.member == page.model.id_at(0)
    page.search.setText("thordardottir")
    assert page.model.row_at(0).name == "Guðrún Ásta Þórðardóttir"  # type: ignore[union-attr]


def test_nobody_found_is_said_and_the_search_can_be_left(page: MembersPage) -> None:
    page.search.setText("qqqq")
    assert page.nobody.isVisible()
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.model.rowCount() == page.bench.members.count()
    assert not page.nobody.isVisible()


def test_where_nobody_is_found_no_key_is_about_anybody(page: MembersPage) -> None:
    who = number(page, "zofie")
    page.open(who)
    page.profile.aside.note.setPlainText("Asks about bottles.")
    page.search.setText("qqqq")
    assert not page.member
    assert not {"gift", "labels", "edit_member", "promise", "reply", "handoff"} & set(page.handlers())
    assert not page.profile.person.isVisible()
    assert page.bench.members.get(who).note == "Asks about bottles."
    page.search.clear()
    assert page.member == who
    assert page.profile.person.isVisible()


def test_a_promise_is_read_whole(page: MembersPage) -> None:
    page.open(number(page, "zofie"))
    words = "Tell her about the large glass bottles"
    label = next(label for label in page.profile.aside.findChildren(QLabel) if label.text() == words)
    until(lambda: label.height() >= label.heightForWidth(label.width()) > 0)
    assert label.wordWrap()


def test_whom_they_helped_is_said_in_one_line(page: MembersPage) -> None:
    page.open(number(page, "zofie"))
    figures = [label.text() for label in page.profile.person.findChildren(QLabel)]
    assert sum("helped" in line for line in figures) == 1
    assert "helped" not in page.profile.involved.text()


def test_names_are_sorted_as_the_language_does_and_back(page: MembersPage) -> None:
    page.head.sorted.emit("name")
    names = [page.model.row_at(place).name for place in range(page.model.rowCount())]  # type: ignore[union-attr]
    listed = list(page.bench.members.sort_names(page.model.numbers()).values())
    assert listed == sorted(listed, key=collation().sortKey)
    assert names != sorted(names)
    assert names.index("Žofie Dvořáková") < names.index("Guðrún Ásta Þórðardóttir")
    at = listed.index("Dvořáková Žofie")
    assert names[at] == "Žofie Dvořáková"
    page.head.sorted.emit("name")
    assert page.model.row_at(0).name == names[-1]  # type: ignore[union-attr]


def test_a_row_reads_as_a_sentence(page: MembersPage) -> None:
    page.open(number(page, "zofie"))
    said = page.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Žofie Dvořáková, ")
    assert ", known on Forum, E-mail, In person, Instagram, " in said


def test_the_caption_of_the_conversations_is_singular_for_one(page: MembersPage) -> None:
    card = page.bench.card(page.bench.store.read.execute("SELECT id FROM member").fetchone()[0])
    assert figures(card._replace(conversations=1))[0] == ("1", "conversation")
    assert figures(card._replace(conversations=2))[0] == ("2", "conversations")


def test_j_goes_on_also_under_a_greek_layout(page: MembersPage, demo: Window) -> None:
    page.list.setFocus()
    before = page.list.place()
    key(demo, "J")
    assert page.list.place() == before + 1
    send(demo, press(0x3BE, "ξ", 44))
    assert page.list.place() == before + 2


def test_enter_opens_the_timeline_and_its_entry_the_conversation(page: MembersPage, demo: Window) -> None:
    page.open(number(page, "zofie"))
    page.list.setFocus()
    QApplication.processEvents()
    send(demo, press(Qt.Key.Key_Return, "\r"))
    assert demo.focusWidget() is page.profile.timeline
    entry = page.profile.history.model.entries[page.profile.timeline.place()]
    page.profile.history.open_entry(page.profile.timeline.place())
    assert demo.page_id == "inbox"
    inbox: Any = demo.page("inbox")
    assert inbox.opened.row.id == entry.conversation_id
    assert inbox.talk.story.being_read().id == entry.message_id


@pytest.mark.slow
def test_a_note_is_kept_when_left_and_taken_back_by_z(page: MembersPage, demo: Window) -> None:
    who = number(page, "zofie")
    page.open(who)
    before = page.bench.members.get(who).note
    page.profile.aside.note.setPlainText("Asked for a larger bottle.")
    page.profile.aside.keep_note()
    settle()
    assert page.bench.members.get(who).note == "Asked for a larger bottle."
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert page.bench.members.get(who).note == before
    assert page.profile.aside.note.toPlainText() == before


def test_another_member_keeps_the_note_first(page: MembersPage) -> None:
    who = number(page, "zofie")
    page.open(who)
    page.profile.aside.note.setPlainText("Half a thought")
    page.list.step(1)
    assert page.bench.members.get(who).note == "Half a thought"


@pytest.mark.slow
def test_merge_by_keys_and_what_was_done_parts_them_again(page: MembersPage, demo: Window) -> None:
    keep, other = number(page, "zofie"), number(page, "vankova")
    identities = len(page.bench.members.get(keep).identities)
    page.open(keep)
    page.list.setFocus()
    key(demo, "M", Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.profile.chooser.field, "vank")
    QTest.keyClick(page.profile.chooser.field, Qt.Key.Key_Return)
    send(demo, press(Qt.Key.Key_Return, "", 0, CTRL))
    settle()
    assert page.bench.members.get(other).id == keep
    assert len(page.bench.members.get(keep).identities) > identities
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert page.bench.members.get(other).id == keep
    listed = WhatWasDone(demo)
    assert listed.rows[0].undo is not None
    listed.rows[0].undo.click()
    settle()
    assert page.bench.members.get(other).id == other
    assert len(page.bench.members.get(keep).identities) == identities


def test_a_member_by_hand_and_an_empty_name_is_refused_in_words(page: MembersPage, demo: Window) -> None:
    demo.run("add_member")
    page.form.send()
    assert page.right.currentWidget() is page.form
    page.form.lines["name"].setText("Kovács Anna")
    page.form.language.set_key("hu")
    page.form.send()
    settle()
    assert page.member is not None
    made = page.bench.members.get(page.member)
    assert (made.name, made.language) == ("Kovács Anna", "hu")
    assert page.right.currentWidget() is page.profile


@pytest.mark.slow
def test_editing_saves_only_what_changed(page: MembersPage, demo: Window) -> None:
    who = number(page, "zofie")
    page.open(who)
    page.list.setFocus()
    key(demo, "E", Qt.KeyboardModifier.ControlModifier)
    page.form.lines["city"].setText("Brno")
    assert page.form.changed() == {"city": "Brno"}
    send(demo, press(Qt.Key.Key_S, "\x13", 0, CTRL))
    settle()
    assert page.bench.members.get(who).city == "Brno"


def test_what_was_said_in_person_joins_the_timeline(page: MembersPage, demo: Window) -> None:
    page.open(number(page, "zofie"))
    before = len(page.profile.history.model.entries)
    page.list.setFocus()
    key(demo, "L")
    assert isinstance(page.profile.strip, NoteStrip)
    page.profile.strip.words.setPlainText("Likes the new label.")
    page.profile.strip.act()
    settle()
    assert len(page.profile.history.model.entries) == before + 1
    assert page.profile.strip is None


def test_text_from_outside_stays_text(page: MembersPage) -> None:
    number_ = page.bench.members.add("<b>Mallory</b> <img src=x>", note="<h1>x</h1>")
    page.open(number_)
    assert page.profile.person._name.text() == "<b>Mallory</b> <img src=x>"
    assert page.profile.person._name.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.slow
def test_fifty_thousand_members_are_read_block_by_block(window: Window) -> None:
    bench: Workbench = window.bench
    with bench.store.write() as conn:
        conn.executemany(
            "INSERT INTO member (name, created_at, last_at) VALUES (?, 0, ?)",
            ((f"Member {n}", n) for n in range(50_000)),
        )
    model = MemberModel(bench)
    model.show("", "", "last", upwards=False)
    until(lambda: model.rowCount() == 50_002)
    assert model.row_at(49_000) is not None
    assert len(model._rows) <= 64


def test_what_is_typed_in_the_form_is_not_lost_by_another_form(page: MembersPage, demo: Window) -> None:
    demo.run("add_member")
    page.form.lines["name"].setText("Zofka")
    for again in ("add_member", "edit_member"):
        demo.run(again)
        assert page.form.isVisible()
        assert page.form.lines["name"].text() == "Zofka"
    page._edit()
    demo.go("inbox")
    demo.go("members", number(page, "zofie"))
    assert page.form.isVisible()
    assert page.form.lines["name"].text() == "Zofka"
    assert "isn't saved yet" in toast(demo).accessibleName()
    page.form.lines["name"].clear()
    demo.go("members", number(page, "zofie"))  # nothing would be lost now
    assert page.profile.isVisible()


def test_a_form_that_was_closed_comes_back_by_undo(page: MembersPage, demo: Window) -> None:
    before = page.bench.members.count()
    demo.run("add_member")
    page.form.lines["name"].setText("Zofka")
    QTest.keyClick(page.form.lines["name"], Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    key(demo, "Z")
    assert page.form.isVisible()
    assert page.form.lines["name"].text() == "Zofka"
    QTest.keyClick(page.form.lines["city"], Qt.Key.Key_Return, CTRL)
    settle(lambda: page.bench.members.count() == before + 1)
    assert page.bench.members.count() == before + 1
    assert not page.form.isVisible()


def test_an_untouched_form_closes_without_a_word(page: MembersPage, demo: Window) -> None:
    page.open(number(page, "zofie"))
    demo.run("edit_member")
    demo.run("back")
    assert demo._toast is None or toast(demo).isHidden()


def test_what_they_made_stands_on_a_shelf_with_its_permission(page: MembersPage) -> None:
    (work,) = page.bench.works.listed("granted")
    page.open(work.member_id)
    said = " ".join(part.accessibleName() for part in page.profile.aside.findChildren(QWidget))
    assert "Φως στο περβάζι" in said
    assert "permission until" in said
    page.bench.works.withdraw(work.id)
    settle()
    said = " ".join(part.accessibleName() for part in page.profile.aside.findChildren(QWidget))
    assert "withdrawn" in said


def test_the_timeline_is_filtered_by_what_and_by_words(page: MembersPage) -> None:
    page.open(number(page, "zofie"))
    pane = page.profile.history
    every = len(pane.model.entries)
    pane.what.set_key("gift")
    pane.read()
    until(lambda: {entry.kind for entry in pane.model.entries} == {"gift"})
    pane.what.set_key("")
    pane.words.setText("bazalk")
    settle(lambda: len(pane.model.entries) < every, 5)
    assert pane.model.entries
    pane.words.setText("nowhere to be found")
    settle(lambda: not pane.model.entries, 5)
    assert pane.nothing.text() == "Nothing fits the filter."
    page.open(number(page, "eleni"))
    assert (pane.words.text(), pane.what.key()) == ("", "")
    assert pane.model.entries


def test_a_long_timeline_is_read_as_one_scrolls(page: MembersPage) -> None:
    who = number(page, "zofie")
    noted = len(page.bench.members.own.notes(who))
    with page.bench.store.write() as conn:
        conn.executemany(
            "INSERT INTO member_note (member_id, at, text) VALUES (?, ?, 'Seen')", [(who, at) for at in range(250)]
        )
    settle()
    page.open(who)
    pane = page.profile.history
    assert len(pane.model.entries) == 100
    while pane.model.canFetchMore(QModelIndex()):
        pane.model.fetchMore(QModelIndex())
    assert sum(entry.kind == "note" for entry in pane.model.entries) == 250 + noted
    assert len({entry.key for entry in pane.model.entries}) == len(pane.model.entries)


def shown_members(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The members whom the profile shows from now on, one after the other."""
    read, show = list[int](), ProfileView.show_member

    def noted(profile: ProfileView, member: int) -> None:
        read.append(member)
        show(profile, member)

    monkeypatch.setattr(ProfileView, "show_member", noted)
    return read


def test_the_profile_is_made_once_the_table_is_painted(demo: Window) -> None:
    demo.go("members")
    page: Any = demo.page("members")
    assert page._profile is None
    until(lambda: page._profile is not None)
    assert page.right.currentWidget() is page.profile
    assert page.profile.isVisible()
    assert page.profile.member == page.model.id_at(page.list.place())


def test_a_key_that_is_pressed_before_the_profile_is_made_finds_the_member_who_is_selected(demo: Window) -> None:
    demo.go("members")
    page: Any = demo.page("members")
    page.list.next()
    assert page._profile is None
    assert page.member == page.model.id_at(1)
    assert "edit_member" in page.handlers()
    assert page.profile.card.member.id == page.member


def test_a_member_who_is_opened_by_a_link_is_the_first_whose_profile_is_read(
    demo: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = shown_members(monkeypatch)
    who = int(demo.bench.members.find("zofie")[0])
    demo.go("members", who)
    page: Any = demo.page("members")
    assert page.member == who
    assert page.right.currentWidget() is page.profile
    assert read == [who]
    settle()
    assert read == [who]


def test_the_profile_is_read_once_though_the_table_is_filled_twice(
    demo: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "FEW", 20)
    read = shown_members(monkeypatch)
    demo.go("members")
    page: Any = demo.page("members")
    assert page.model.rowCount() == 20
    shown = page.member
    until(lambda: page.model.rowCount() > 20)
    settle()
    assert page.member == shown == page.model.id_at(page.list.place())
    assert read == [shown]
