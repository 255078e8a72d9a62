"""The form of an account's signatures: by address and language, shown as letters will end, saved as one action."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.accounts.account import Account
from tests.ui.parts import toast
from ui.look.theme import theme
from ui.pages.accounts.panel import actions
from ui.pages.accounts.signatures import SignaturesForm
from ui.shell.window import Window

FIELDS = {"address": "desk@example.org", "aliases": "Jana <jana@example.org>", "name": "Sítróna"}


def _account(window: Window) -> Account:
    made: Account = window.bench.accounts.add("email", "Post", FIELDS, {"password": "x"})[0]
    return made


def _opened(window: Window, account: Account) -> SignaturesForm:
    form = SignaturesForm(window.bench, window, account)
    form.show()
    return form


def _choose(form: SignaturesForm, address: str, language: str) -> None:
    for choice, key in ((form.address, address), (form.language, language)):
        choice.set_key(key)
        choice.activated.emit(choice.currentIndex())


def _bare(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def test_what_is_typed_for_each_is_kept_and_saved_at_once(window: Window) -> None:
    account = _account(window)
    form = _opened(window, account)
    assert form.focusWidget() is form.text
    assert _bare(form._preview.text()) == "Without a signature."
    QTest.keyClicks(form.text, "Best,")
    _choose(form, "jana@example.org", "hu")
    assert form.text.toPlainText() == ""
    assert _bare(form._preview.text()) == "--\nBest,"  # the nearest one
    form.text.setPlainText("Üdv,\nJana")
    assert _bare(form._preview.text()) == "--\nÜdv,\nJana"
    _choose(form, "", "")
    assert form.text.toPlainText() == "Best,"
    QTest.keyClick(form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.result() == QDialog.DialogCode.Accepted
    kept = window.bench.accounts.signatures.all(account.id)
    assert [(one.address, one.language, one.text) for one in kept] == [
        ("", "", "Best,"), ("jana@example.org", "hu", "Üdv,\nJana"),
    ]  # fmt: skip


def test_one_too_long_is_said_and_nothing_is_lost(window: Window) -> None:
    form = _opened(window, _account(window))
    form.text.setPlainText("x" * 2_001)
    form.keep()
    assert "at most 2000 characters; this one has 2001" in form.wrong.text()
    assert form.isVisible()
    assert len(form.text.toPlainText()) == 2_001
    form.reject()


def test_saving_can_be_undone_from_the_page(window: Window) -> None:
    account = _account(window)
    assert "signatures" in [key for key, _, _ in actions(account)]
    window.go("accounts")
    page: Any = window.page("accounts")
    page.act(account, "signatures")
    (form,) = window.findChildren(SignaturesForm)
    form.text.setPlainText("Best,")
    form.keep()
    assert toast(window)._words.text().startswith("Signatures of ")
    window.run("undo")
    assert window.bench.accounts.signatures.all(account.id) == []


def test_it_fits_at_twice_the_size(window: Window) -> None:
    theme().choose("dark", 2.0)
    form = _opened(window, _account(window))
    for one in (form.text, form.language, form.address):
        assert one.width() <= form.width()
    form.reject()
