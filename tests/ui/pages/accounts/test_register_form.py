"""The register's form: what is noted stands there, what is wrong is said, what is right is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.accounts.account import Account, Register
from ui.look.theme import theme
from ui.pages.accounts.register import RegisterForm
from ui.shared.date_field import DateField
from ui.shell.window import Window


def _account(window: Window) -> Account:
    desk = window.bench.accounts
    made: Account = desk.add("email", "Post", {"address": "a@b.is"}, {"password": "x"})[0]
    desk.register(made.id, Register("Sítróna ehf.", "Birna", "", "2027-03-31", "Samningur"))
    return desk.get(made.id)


def test_it_is_kept_by_the_keyboard(window: Window) -> None:
    account = _account(window)
    form = RegisterForm(window.bench, window, account)
    form.show()
    assert form.focusWidget() is form.lines["owner"]
    assert form.lines["ends_on"].text() == "2027-03-31"
    form.lines["recovery"].setText(" birna@sitrona.example ")
    QTest.keyClick(form.lines["recovery"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.result() == QDialog.DialogCode.Accepted
    noted = window.bench.accounts.get(account.id).register
    assert (noted.owner, noted.recovery) == ("Sítróna ehf.", "birna@sitrona.example")
    form.deleteLater()


def test_a_day_that_is_none_is_said_and_nothing_is_lost(window: Window) -> None:
    account = _account(window)
    form = RegisterForm(window.bench, window, account)
    form.show()
    form.lines["ends_on"].setText("31.4.2027")
    form.lines["others"].setText("Birna, Jón")
    form.keep()
    assert form.isVisible()
    assert "isn't a date" in form.wrong.text()
    assert form.focusWidget() is form.lines["ends_on"].focusProxy()
    assert window.bench.accounts.get(account.id).register.others == "Birna"
    ends = form.lines["ends_on"]
    assert isinstance(ends, DateField)
    assert "isn't a date" in ends.reading.text()
    ends.setText("31. března 2027")
    assert ends.reading.text() == "Wed 31 March 2027"
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    form.deleteLater()


def test_it_fits_the_screen_at_twice_the_size(window: Window) -> None:
    theme().choose(scale=2.0)
    form = RegisterForm(window.bench, window, _account(window))
    form.show()
    room = form.screen().availableGeometry()
    assert form.height() <= room.height()
    assert form.width() <= room.width()
    form.reject()
    form.deleteLater()
