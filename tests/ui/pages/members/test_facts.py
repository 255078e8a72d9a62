"""What is known of a member, in the window: the form, the profile, labels, dated notes and own fields."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.pages.members.facts import facts, warnings
from ui.pages.members.fields_form import FieldsForm
from ui.shared.label_picker import LabelPicker
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    demo.go("members", demo.bench.members.find("Jitka")[0])
    settle()
    return demo.page("members")


def _only(window: Window, kind: type[Any]) -> Any:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def test_the_form_takes_what_people_type_and_the_profile_tells_it(demo: Window, page: Any) -> None:
    demo.run("edit_member")
    form = page.form
    for key, typed in (
        ("birthday", "5. března"), ("languages", "English, Magyar"), ("time_zone", "prague"), ("met_on", "May 2024"),
        ("met_how", "at the fair"), ("met_through", "Kocsis Bence"), ("do_not_why", "she asked"),
    ):  # fmt: skip
        form.lines[key].setText(typed)
    form.ticks["do_not_gift"].setChecked(True)
    form.choices["form_of_address"].set_key("familiar")
    form.send()
    settle()
    card = page.profile.card
    told = dict(facts(card))
    assert told["Birthday"] == "5 March"
    assert told["Other languages"] == "English, Hungarian"
    assert told["Form of address"] == "familiar"
    assert told["Time zone"].startswith("Europe/Prague, ")
    assert told["How you met"].startswith("at the fair, May 2024, through ")
    assert "Kocsis Bence" in told["How you met"]
    assert warnings(card.member) == ["Don't send them gifts: she asked"]
    demo.run("edit_member")
    assert form.lines["birthday"].text() == "5 March"
    assert form.lines["languages"].text() == "English, Hungarian"
    assert form.lines["met_through"].text() == "Kocsis Bence"
    assert form.changed() == {}


def test_what_is_refused_is_said_and_stays_in_the_form(demo: Window, page: Any) -> None:
    demo.run("edit_member")
    page.form.lines["birthday"].setText("5/3")
    page.form.send()
    settle()
    assert page.form.isVisible()
    assert page.form.lines["birthday"].text() == "5/3"
    assert "could be 5 March or 3 May" in toast(demo).accessibleName()


def test_own_fields_are_named_in_a_dialog_and_filled_in_the_form(demo: Window, page: Any) -> None:
    demo.run("edit_member")
    page.form.lines["city"].setText("Brno")
    page.form.edit_fields.click()
    dialog = _only(demo, FieldsForm)
    dialog.rows[1].gone.emit(dialog.rows[1])
    dialog.rows[0].name.setText("Favourite tea")
    dialog.more.click()
    dialog.rows[1].name.setText("T-shirt")
    dialog.rows[1].up.emit(dialog.rows[1])
    dialog.keep()
    settle()
    assert [one.name for one in demo.bench.members.own.fields()] == ["T-shirt", "Favourite tea"]
    assert page.form.lines["city"].text() == "Brno"
    shirt, tea = page.form.own.values()
    tea.setText("Earl Grey")
    assert shirt.text() == ""
    page.form.send()
    settle()
    assert dict(page.profile.card.fields) == {"Favourite tea": "Earl Grey"}
    assert page.profile.card.member.city == "Brno"
    demo.run("undo")
    settle()
    assert dict(page.profile.card.fields) == {}


def test_labels_are_put_on_from_the_picker_by_keyboard(demo: Window, page: Any) -> None:
    demo.run("labels")
    picker = _only(demo, LabelPicker)
    QTest.keyClicks(picker.field, "Regulars in Brno")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    settle()
    assert demo.bench.members.own.labels(page.member) == ("Regulars in Brno",)
    assert "put on" in toast(demo).accessibleName()
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    settle()
    assert page.profile.card.labels == ("Regulars in Brno",)


def test_a_dated_note_is_written_changed_and_deleted(demo: Window, page: Any) -> None:
    demo.run("member_note")
    strip = page.profile.strip
    strip.words.setPlainText("Her mother is ill")
    strip.act()
    settle()
    (note,) = page.profile.card.notes
    assert note.text == "Her mother is ill"
    page.profile.dated_note(note.id)
    strip = page.profile.strip
    assert strip.words.toPlainText() == "Her mother is ill"
    strip.words.setPlainText("Her mother is well")
    strip.act()
    settle()
    assert [(one.text, one.at) for one in page.profile.card.notes] == [("Her mother is well", note.at)]
    page.profile.dated_note(note.id)
    page.profile.strip.drop.click()
    settle()
    assert page.profile.card.notes == ()


def test_a_new_message_to_who_asked_for_none_is_sent_at_the_second_send(demo: Window, page: Any) -> None:
    bench = demo.bench
    bench.members.edit(page.member, {"do_not_contact": True, "do_not_why": "too much mail"})
    demo.go("letter", ("member", page.member))
    letter: Any = demo.page("letter")
    assert letter.careful.isVisible()
    assert "asked not to be written to: too much mail" in letter.careful.words.text()
    letter.subject.setText("Ahoj")
    letter.field.setPlainText("Dobrý den, Jitko, děkujeme za vzkaz.")
    before = bench.store.read.execute("SELECT count(*) FROM outbox").fetchone()[0]
    letter._send()
    assert "Send again to send it all the same." in toast(demo).accessibleName()
    assert bench.store.read.execute("SELECT count(*) FROM outbox").fetchone()[0] == before
    letter._send()
    assert bench.store.read.execute("SELECT count(*) FROM outbox").fetchone()[0] == before + 1


def test_a_reply_to_them_has_a_note_and_goes_out_as_any(demo: Window, page: Any) -> None:
    demo.bench.members.edit(page.member, {"do_not_contact": True})
    number = page.profile.latest
    inbox: Any = demo.page("inbox")
    demo.go("inbox", number)
    settle()
    careful = inbox.talk.composer.careful
    assert not careful.isHidden()
    assert "Answer what they asked, and no more." in careful.words.text()


def test_a_gift_to_who_wants_none_is_logged_at_the_second_press(demo: Window, page: Any) -> None:
    demo.bench.members.edit(page.member, {"do_not_gift": True})
    demo.go("inbox", page.profile.latest)
    settle()
    demo.run("gift")
    inbox: Any = demo.page("inbox")
    strip = inbox.talk.strip
    for field, words in ((strip.item, "Mug"), (strip.worth, "1"), (strip.currency, "EUR"), (strip.why, "kind words")):
        field.setText(words)
    strip.act()
    assert "asked for no gifts. Press again to log it all the same." in strip.wrong.text()
    assert strip.made is None
    strip.act()
    assert strip.made is not None
