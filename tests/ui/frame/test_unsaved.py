"""No form loses what was typed in it: Esc, another form and another row keep it, say so, and bring it back."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

import ui
from app.base.money import Money
from tests.stories.hand import Hand
from tests.ui.frame.strips import OTHER, STRIPS
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk
from ui.dialogs.write_down import WriteDown
from ui.pages.accounts.form import AccountForm
from ui.pages.accounts.manners import MannersForm
from ui.pages.accounts.register import RegisterForm
from ui.pages.accounts.signatures import SignaturesForm
from ui.pages.inbox.view_picker import NameDialog
from ui.pages.letter.later import LaterDialog, ask_time
from ui.pages.members.fields_form import FieldsForm
from ui.pages.members.list_picker import ListDialog
from ui.shared.label_editor import LabelEditor
from ui.shared.label_picker import LabelPicker
from ui.shell.window import Window
from ui.widgets.form_dialog import FormDialog
from ui.widgets.strip import Strip
from ui.widgets.unsaved import read

WORDS = "Typed words"
_WITHOUT_WORDS = {
    "UnlinkStrip", "PartStrip", "UnmergeStrip", "WithdrawalStrip", "FileStrip", "EraseStrip", "VoucherStrip",
    "ShipStrip", "ChoiceStrip", "CallOffStrip", "TellStrip", "CollectStrip",
}  # fmt: skip
_SECRET = {"_Asking", "SetPassphrase", "AskPassphrase"}
"""A passphrase is kept nowhere, not even until the dialog is opened again."""
_NEVER_SHOWN = {"ChangeStrip", "GiftForm", "HandoffForm", "GiveawayForm"}


def _leaves(of: type[QWidget]) -> set[str]:
    found = {of.__name__}
    return found.union(*(_leaves(under) for under in of.__subclasses__()))


def test_every_strip_and_dialog_stands_in_the_tables() -> None:
    top = Path(ui.__file__).parent
    for path in top.rglob("*.py"):
        if "Strip" in path.read_text("utf-8") or "FormDialog" in path.read_text("utf-8"):
            import_module(".".join(("ui", *path.relative_to(top).with_suffix("").parts)))
    known = {name.partition(" ")[0] for name in STRIPS} | _WITHOUT_WORDS | _NEVER_SHOWN | {"Strip"}
    assert {one for one in _leaves(Strip) if one[0] != "_"} == known
    assert _leaves(FormDialog) == {
        "FormDialog", "WriteDown", "LaterDialog", "LabelEditor", "NameDialog", "RegisterForm", "SignaturesForm",
        "MannersForm", "RuleForm", "FieldsForm", "ListDialog", *_SECRET,
    }  # fmt: skip


def _fields(form: Any) -> list[Any]:
    QApplication.processEvents()  # a form has no size before
    every: list[Any] = [
        field
        for field in form.findChildren(QWidget)
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)
        and not isinstance(field.parentWidget(), QAbstractSpinBox | QComboBox)
    ]
    return [one for one in every if one.isVisible() and one.isEnabled() and not one.isReadOnly()]


def type_in(form: Any) -> None:
    """Type words in the first field, as a person would: with keys; a date is another one."""
    fields = _fields(form)
    if not fields:
        form.when.day.setDate(form.when.day.date().addDays(40))
        return
    fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
    fields[0].selectAll()
    Hand(form.window()).types(WORDS)


def filled_in(form: Any) -> list[str]:
    fields = _fields(form)
    if not fields:
        return [str(form.when.day.date().toString("yyyy-MM-dd"))]
    return [one.text() if isinstance(one, QLineEdit) else one.toPlainText() for one in fields]


def _is_said(window: Window, title: str) -> bool:
    said, bare = toast(window).accessibleName(), title.replace("\u2068", "").replace("\u2069", "")
    return said.replace("\u2068", "").replace("\u2069", "").startswith(f"Kept, but not saved: “{bare}")


@pytest.mark.slow
@pytest.mark.parametrize("name", STRIPS)
def test_a_strip_closed_by_esc_is_there_again(demo: Window, name: str) -> None:
    strip = STRIPS[name](demo)
    assert isinstance(strip, Strip)
    assert type(strip).__name__ == name.partition(" ")[0]
    before = filled_in(strip)
    type_in(strip)
    typed, title = filled_in(strip), strip.accessibleName()
    assert typed != before
    demo.run("back")
    assert not strip.isVisible()
    assert _is_said(demo, title)
    again = STRIPS[name](demo)
    assert again is not strip
    assert filled_in(again) == typed
    Hand.rest(0.02)
    focused = QApplication.focusWidget()
    assert not isinstance(focused, QLineEdit) or not focused.hasSelectedText()  # the next letter replaces nothing
    assert again.unsaved.isVisible()
    again.unsaved.over.click()
    assert filled_in(again) == before
    assert not again.unsaved.isVisible()
    demo.run("back")
    third = STRIPS[name](demo)
    assert filled_in(third) == before
    assert not third.unsaved.isVisible()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["GiftStrip", "HandoffStrip", "NoteStrip", "ReasonStrip", "ModerationStrip"])
def test_a_strip_left_for_another_row_or_another_strip_is_there_again(demo: Window, name: str) -> None:
    strip = STRIPS[name](demo)
    type_in(strip)
    typed, title = filled_in(strip), strip.accessibleName()
    page = inbox(demo)
    open_talk(page, OTHER)
    assert not page.talk.strip
    assert _is_said(demo, title)
    demo.run("gift")
    assert not page.talk.strip.unsaved.isVisible()  # of another conversation
    again = STRIPS[name](demo)
    assert filled_in(again) == typed
    toast(demo).dismiss()
    demo.run("note" if name == "GiftStrip" else "gift")  # another strip in its place
    assert page.talk.strip is not again
    assert _is_said(demo, title)
    assert filled_in(STRIPS[name](demo)) == typed


@pytest.mark.slow
def test_what_is_saved_is_not_brought_back(demo: Window) -> None:
    strip = STRIPS["NoteStrip"](demo)
    type_in(strip)
    demo.run("back")
    again = STRIPS["NoteStrip"](demo)
    again.act()
    assert "logged" in toast(demo).accessibleName()
    third = STRIPS["NoteStrip"](demo)
    assert not third.unsaved.isVisible()
    assert third.words.toPlainText() == ""


def test_an_untouched_strip_closes_without_a_word(demo: Window) -> None:
    for name in ("GiftStrip", "ReasonStrip", "HandoffStrip"):
        STRIPS[name](demo)
        demo.run("back")
        assert demo._toast is None or not demo._toast.isVisible()


def test_a_failed_save_keeps_the_words(demo: Window) -> None:
    strip = STRIPS["CloseStrip"](demo)
    strip.act()  # without a reason
    assert not strip.wrong.isHidden()
    type_in(strip)
    demo.run("back")
    assert filled_in(STRIPS["CloseStrip"](demo)) == [WORDS]


def test_another_message_in_the_same_form(demo: Window) -> None:
    ours = "SELECT conversation_id FROM message WHERE out = 1 AND upstream = '' GROUP BY 1 HAVING count(*) > 1"
    page = inbox(demo)
    for (number,) in demo.bench.store.read.execute(ours).fetchall():
        page.open(number)
        demo.run("correct")
        if page.talk.strip is not None and page.talk.strip.message.count() > 1:
            break
    strip = page.talk.strip
    strip.words.setPlainText(WORDS)
    strip.message.setCurrentIndex(1)
    strip.message.activated.emit(1)
    assert strip.words.toPlainText() == strip.chosen().text
    assert _is_said(demo, "Correct this message")
    strip.message.setCurrentIndex(0)
    strip.message.activated.emit(0)
    assert strip.words.toPlainText() == WORDS


def test_choices_that_belong_to_the_words_come_back_too(demo: Window) -> None:
    strip = STRIPS["LogStrip"](demo)
    strip.whom.field.setText("Ele")
    strip.whom._typed("Ele")
    strip.whom._accept()
    member = strip.whom.member
    strip.state.set_key("to_ship")
    assert member is not None
    demo.run("back")
    again = STRIPS["LogStrip"](demo)
    assert again.whom.member == member
    assert again.state.key() == strip.state.key()


def test_the_form_of_a_member(demo: Window) -> None:
    number = demo.bench.members.find("")[0]
    demo.go("members", number)
    page: Any = demo.page("members")
    for command in ("edit_member", "add_member"):
        demo.run(command)
        before = page.form.lines["city"].text()
        page.form.lines["city"].setText("Typed words")
        demo.run("back")
        assert toast(demo).accessibleName().startswith("Kept, but not saved: “")
        demo.run(command)
        assert page.form.lines["city"].text() == "Typed words"
        assert page.form.unsaved.isVisible()
        page.form.unsaved.over.click()
        assert page.form.lines["city"].text() == before
        demo.run("back")
        demo.run(command)
        assert page.form.lines["city"].text() == before
        demo.run("back")


@pytest.mark.slow
@pytest.mark.parametrize("kind", [RegisterForm, SignaturesForm, MannersForm])
def test_the_dialogs_of_an_account(demo: Window, kind: type[Any]) -> None:
    demo.go("accounts")
    page: Any = demo.page("accounts")
    opens = {RegisterForm: page._note_register, SignaturesForm: page._edit_signatures, MannersForm: page._edit_manners}

    def opened() -> Any:
        opens[kind](next(one for one in demo.bench.accounts.all() if one.kind == "email"))
        return next(one for one in demo.findChildren(kind) if one.isVisible())

    form = opened()
    before = filled_in(form)
    type_in(form)
    typed, title = filled_in(form), form.windowTitle()
    form.reject()
    assert _is_said(demo, title)
    again = opened()
    assert filled_in(again) == typed
    assert again.unsaved.isVisible()
    again.keep()
    third = opened()
    assert not third.unsaved.isVisible()
    assert before != typed == filled_in(third)
    third.reject()


def _dialog(window: Window, kind: type[Any]) -> Any:
    QApplication.processEvents()
    return next(one for one in window.findChildren(kind) if one.isVisible())


def _labels(window: Window) -> None:
    picker = LabelPicker(window, window)
    picker.open()
    picker.edited.emit(str(window.bench.labels.every()[0].id))


def _save_view(window: Window) -> None:
    inbox(window).list.narrow("channel:Blog")
    window.run("save_view")


def _send_letter_later(window: Window) -> None:
    window.go("letter", "new")
    page: Any = window.page("letter")
    ask_time(page.frame, page._send)


def _keep_list(window: Window) -> None:
    window.go("members")
    page: Any = window.page("members")
    page.search.setText("city:Brno")
    window.run("save_member_list")


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "opens"), [
    (WriteDown, lambda window: window.run("write_down")), (LabelEditor, _labels), (NameDialog, _save_view),
    (LaterDialog, _send_letter_later), (ListDialog, _keep_list),
    (FieldsForm, lambda window: (window.go("members"), window.run("member_fields"))),
])  # fmt: skip
def test_the_other_dialogs(demo: Window, kind: type[Any], opens: Callable[[Window], object]) -> None:
    opens(demo)
    form = _dialog(demo, kind)
    if kind is LaterDialog:
        form.when.setText("Fri 10:00")
    else:
        type_in(form)
    typed = read(form)
    form.reject()
    assert _is_said(demo, form.windowTitle())
    opens(demo)
    again = _dialog(demo, kind)
    assert again is not form
    assert read(again) == typed
    assert again.unsaved.isVisible()
    again.unsaved.over.click()
    assert read(again) != typed
    again.reject()


@pytest.mark.slow
def test_the_budget_of_the_year(demo: Window) -> None:
    demo.go("delight")
    page: Any = demo.page("delight")
    budget = page.budget
    before = budget.amount.text()
    budget.change.click()
    Hand(demo).types("900")
    demo.bench.gifts.log(demo.bench.members.find("")[0], "Stickers", why="kind", worth=Money(100, "EUR"))
    Hand.rest(0.3)  # what comes in meanwhile
    assert budget.amount.text() == "900"
    assert budget.amount.isVisible()
    Hand(demo).keys("Escape")
    assert not budget.amount.isVisible()
    assert _is_said(demo, "This year's gift budget")
    budget.change.click()
    assert budget.amount.text() == "900"
    budget.unsaved.over.click()
    assert budget.amount.text() == before
    Hand(demo).keys("Escape")
    budget.change.click()
    budget.amount.setText("910")
    Hand(demo).keys("Enter")
    Hand.rest(0.3)
    assert not budget.amount.isVisible()
    budget.change.click()
    assert budget.amount.text() == "910"
    assert not budget.unsaved.isVisible()


def test_a_new_account_without_its_secret(demo: Window) -> None:
    demo.go("accounts")
    page: Any = demo.page("accounts")

    def opened() -> AccountForm:
        page.connect_account()
        form = page._form
        assert isinstance(form, AccountForm)
        form.choose("mastodon")
        return form

    form = opened()
    plain = next(one for one in form._inputs.values() if isinstance(one, QLineEdit) and one not in _secrets(form))
    secret = _secrets(form)[0]
    secret.setEchoMode(QLineEdit.EchoMode.Normal)  # as when it is looked at
    plain.setText("social.example")
    secret.setText("hush")
    form.reject()
    assert _is_said(demo, "Connect an account")
    again = opened()
    texts = [one.text() for one in again._inputs.values() if isinstance(one, QLineEdit)]
    assert "social.example" in texts
    assert "hush" not in texts
    again.reject()


def _secrets(form: AccountForm) -> list[QLineEdit]:
    found = [form._inputs[field.key] for field in form.channel.fields if field.secret]
    return [one for one in found if isinstance(one, QLineEdit)]
