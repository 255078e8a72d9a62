"""Connecting: the list of channels, fields of every kind, the browser, what is read, and what goes wrong on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.base.errors import UserError
from app.channels.base import Found
from app.channels.signin import Loopback
from tests.servers.door import TOKEN, Browser, Door
from tests.stories.hand import is_gone
from tests.ui.pages.accounts.stands import Stand
from tests.ui.settling import settle, until
from tests.ui.widgets.test_fields import labels
from ui.look.theme import theme
from ui.pages.accounts.form import BROWSING, CHOOSING, FILLING, IDLE, KEEPING, OFFERED, TRYING, AccountForm
from ui.shell.window import Window
from ui.widgets.fields import CheckBox, Choice

KEYS = Qt.Key


def _fill(form: AccountForm, **answers: str) -> None:
    for key, value in answers.items():
        field = form._inputs[key]
        assert isinstance(field, QLineEdit)
        field.setText(value)


def _titles(form: AccountForm) -> list[str]:
    return [row.channel.title for row in form.chooser.rows if not row.isHidden()]


def _press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)
    QApplication.processEvents()


# --- choosing


def test_channels_stand_in_two_groups_and_say_what_they_are(form: AccountForm) -> None:
    assert form.step == CHOOSING
    rows = {row.channel.kind: row for row in form.chooser.rows}
    assert {"email", "wordpress", "mastodon", "facebook"} <= set(rows)
    assert all(row.accessibleName() and row.accessibleDescription() for row in rows.values())
    live = [row.channel.live for row in form.chooser.rows]
    assert live == sorted(live, reverse=True)


def test_typing_narrows_and_enter_takes_the_first(form: AccountForm) -> None:
    QTest.keyClicks(form.chooser.search, "word")
    assert _titles(form) == ["WordPress"]
    _press(KEYS.Key_Return)
    assert (form.step, form.channel.kind) == (FILLING, "wordpress")
    assert form.status.text() == ""  # the same Enter is no word about the fields
    assert form.focusWidget() is form._inputs["site"]


def test_the_list_is_walked_with_arrows(form: AccountForm) -> None:
    form.chooser.search.setFocus()
    _press(KEYS.Key_Down)
    _press(KEYS.Key_Down)
    assert form.focusWidget() is form.chooser.rows[1]
    _press(KEYS.Key_Up)
    _press(KEYS.Key_Up)
    assert form.focusWidget() is form.chooser.search
    _press(KEYS.Key_Down)
    _press(KEYS.Key_Return)
    assert form.channel is form.chooser.rows[0].channel


def test_nothing_found_is_said_and_enter_does_nothing(form: AccountForm) -> None:
    form.chooser.search.setText("zzzz")
    assert _titles(form) == []
    assert form.chooser._nothing.isVisible()
    _press(KEYS.Key_Return)
    assert form.step == CHOOSING


# --- the fields of every channel


def _every(form: AccountForm) -> list[str]:
    return list(form._channels)


@pytest.mark.slow
def test_every_channel_can_be_asked_about(form: AccountForm) -> None:
    for kind in _every(form):
        form.choose(kind)
        QApplication.processEvents()
        for field in form.channel.fields:
            widget = form._inputs[field.key]
            assert widget.accessibleName(), (kind, field.key)
            first = not form.channel.first or field.key in form.channel.first
            if isinstance(widget, Choice) and widget.isVisible():
                assert labels(widget), (kind, field.key)
            if field.required and not field.default:
                assert widget.isVisible() == first, (kind, field.key)
            if field.secret:
                assert isinstance(widget, QLineEdit)
                assert widget.echoMode() == QLineEdit.EchoMode.Password
        assert form.height() <= form.screen().availableGeometry().height()


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_words_are_cut_whatever_the_size_of_the_text(form: AccountForm, scale: float) -> None:
    theme().choose(scale=scale)
    for kind in _every(form):
        form.choose(kind)
        assert form._box is not None
        form._box.unfold()
        QApplication.processEvents()
        assert form.width() <= form.screen().availableGeometry().width()
        assert form.height() <= form.screen().availableGeometry().height()
        for button in (form.go, form._cancel):
            assert button.width() >= button.sizeHint().width(), (kind, button.title())
            assert button.geometry().bottom() < form.height()
        assert form._box.width() <= form._scroll.viewport().width(), kind


@pytest.mark.usefixtures("stand")
def test_tab_goes_from_above_to_below(window: Window) -> None:
    made = AccountForm(window.bench, window, kind="limonadi")
    made.show()
    QApplication.processEvents()
    seen: list[QWidget | None] = []
    for _ in range(5):
        seen.append(made.focusWidget())
        _press(KEYS.Key_Tab)
    assert made._box is not None
    assert seen[:4] == [made._inputs["site"], made._inputs["key"], made._inputs["rooms"], made._box.more]
    made.reject()
    made.deleteLater()


@pytest.mark.usefixtures("stand")
def test_ticks_and_choices_are_answers(window: Window) -> None:
    made = AccountForm(window.bench, window, kind="limonadi")
    assert made._box is not None
    tick, depth = made._inputs["own_server"], made._inputs["depth"]
    assert isinstance(tick, CheckBox)
    assert isinstance(depth, Choice)
    assert made._box.answers()[0]["own_server"] == ""
    tick.setChecked(True)
    depth.set_key("top")
    assert made._box.answers()[0] | {"site": "x"} == {
        "site": "x", "own_server": "yes", "depth": "top", "rooms": "", "folders": "Inbox",
    }  # fmt: skip
    made.deleteLater()


def test_a_field_left_empty_is_named_and_gets_the_focus(form: AccountForm) -> None:
    form.choose("wordpress")
    _fill(form, site="https://b.example")
    form.try_out()
    assert form.status.text() == "Fill in “User name”."
    assert form.focusWidget() is form._inputs["name"]
    assert form.busy == IDLE


def test_a_port_that_is_none_is_asked_for_where_it_stands(form: AccountForm) -> None:
    form.choose("email")
    _fill(form, address="a@b.example", password="x", imap_host="imap.b.example", imap_port="lots")
    assert not form._inputs["imap_port"].isVisible()
    form.try_out()
    until(lambda: form.busy == IDLE)
    assert "isn't a port" in form.status.text()
    assert form.focusWidget() is form._inputs["imap_port"]


# --- trying and keeping


def _stand_form(window: Window, **answers: str) -> AccountForm:
    made = AccountForm(window.bench, window, kind="limonadi")
    made.show()
    _fill(made, **answers)
    return made


def test_a_login_that_works_is_kept_and_its_secret_is_not_in_the_file(window: Window, stand: Stand) -> None:
    made = _stand_form(window, site="s.example", key="lemon")
    QTest.keyClick(made._inputs["key"], KEYS.Key_Return)
    until(lambda: is_gone(made))
    account = window.bench.accounts.named("Límonaði")
    assert (account.own, account.facts, account.state) == (("jana",), {"limit": "77"}, "on")
    assert "no keyring" in made.sentence
    assert "what you entered until you close it" in made.sentence
    window.bench.accounts.session(account.id).close()
    assert stand.opened[-1][1]["key"] == "lemon"
    files = b"".join(path.read_bytes() for path in window.bench.profile.folder.iterdir() if path.is_file())
    assert b"lemon" not in files
    made.deleteLater()


@pytest.mark.usefixtures("stand")
def test_after_a_failure_that_is_about_no_field_the_one_with_the_focus_has_it_again(window: Window) -> None:
    made = _stand_form(window, site="s.example", key="lemon")
    made._inputs["key"].setFocus()
    for busy in (TRYING, KEEPING):  # the second begins while nothing can have the focus
        made._begin(busy, "")
    made._fails(UserError("Can't reach s.example."))
    assert made.focusWidget() is made._inputs["key"]


@pytest.mark.usefixtures("stand")
def test_what_is_wrong_is_said_and_can_be_mended(window: Window) -> None:
    made = _stand_form(window, site="s.example", key="melon")
    made.try_out()
    until(lambda: made.busy == IDLE)
    assert made.status.text() == "The stand does not know this key: copy it again."
    assert made.focusWidget() is made._inputs["key"]
    assert window.bench.accounts.all() == []
    assert made._keep.isVisible()
    _fill(made, key="lemon")
    made.try_out()
    until(lambda: is_gone(made))
    assert [account.name for account in window.bench.accounts.all()] == ["Límonaði"]
    made.deleteLater()


@pytest.mark.usefixtures("stand")
def test_it_may_be_kept_without_a_check_and_that_is_said(window: Window) -> None:
    made = _stand_form(window, site="s.example", key="melon")
    made.try_out()
    until(lambda: made.busy == IDLE)
    made._keep.click()
    until(lambda: is_gone(made))
    assert window.bench.accounts.named("Límonaði").checked_at is None
    made.deleteLater()


def test_rooms_and_folders_found_are_ticked(window: Window, stand: Stand) -> None:
    stand.found = Found("In.", offers={"rooms": ("Eldhús & bar", "Κήπος", "Hall"), "folders": ("Sent", "INBOX")})
    made = _stand_form(window, site="s.example", key="lemon")
    made.try_out()
    until(lambda: made.step == OFFERED)
    assert made._offers is not None
    boxes = made._offers.boxes
    assert [(box.text(), box.isChecked()) for box in boxes["folders"]] == [("INBOX", True), ("Sent", False)]
    assert not any(box.isChecked() for box in boxes["rooms"])
    boxes["folders"][0].setChecked(False)
    made.try_out()
    assert made.status.text() == "Choose at least one under “Folders”."
    made._back.click()
    until(lambda: made.step == FILLING)
    assert made._inputs["site"].isVisible()
    made.try_out()
    until(lambda: made.step == OFFERED)
    boxes = made._offers.boxes
    boxes["folders"][0].setChecked(False)
    for box in (boxes["folders"][1], boxes["rooms"][0], boxes["rooms"][1]):
        box.setChecked(True)
    made.try_out()
    until(lambda: is_gone(made))
    fields = window.bench.accounts.named("Límonaði").fields
    assert (fields["rooms"], fields["folders"]) == ("Eldhús & bar\nΚήπος", "Sent")
    made.deleteLater()


def test_a_long_list_scrolls_and_the_buttons_stay_on_the_screen(window: Window, stand: Stand) -> None:
    many = tuple(f"Archive/{year}/{month:02}" for year in range(2015, 2027) for month in range(1, 13))
    stand.found = Found("In.", offers={"folders": (*many, "INBOX")})
    made = _stand_form(window, site="s.example", key="lemon")
    made.try_out()
    until(lambda: made.step == OFFERED)
    QApplication.processEvents()
    assert made._offers is not None
    assert made._offers.every[0].text() == "INBOX"
    assert made.frameGeometry().height() <= made.screen().availableGeometry().height()
    button = made.go.mapTo(made, made.go.rect().bottomRight())
    assert made.rect().contains(button)
    made.reject()
    made.deleteLater()


@pytest.mark.usefixtures("stand")
def test_a_name_that_is_taken_is_asked_for_where_it_stands(window: Window) -> None:
    window.bench.accounts.add("email", "Post", {"address": "a@b.is"}, {"password": "x"})
    made = _stand_form(window, site="s.example", key="lemon")
    assert made._box is not None
    made._box.name.setText("post")
    made.try_out()
    until(lambda: made.busy == IDLE)
    assert "Choose another name" in made.status.text()
    assert made.focusWidget() is made._box.name
    made.reject()
    made.deleteLater()


def test_a_change_keeps_the_secret_and_takes_a_new_name(window: Window, stand: Stand) -> None:
    desk = window.bench.accounts
    account = desk.add("limonadi", "", {"site": "s.example"}, {"key": "lemon"})[0]
    made = AccountForm(window.bench, window, account)
    made.show()
    assert made._box is not None
    key = made._inputs["key"]
    assert isinstance(key, QLineEdit)
    assert (key.text(), key.placeholderText()) == ("", "unchanged")
    made._box.name.setText("Torgið")
    made.try_out()
    until(lambda: is_gone(made))
    assert stand.opened[-1][1]["key"] == "lemon"
    assert desk.get(account.id).name == "Torgið"
    made.deleteLater()


@pytest.mark.slow
def test_closing_while_it_tries_breaks_nothing(window: Window, stand: Stand) -> None:
    stand.slow = 0.2
    made = _stand_form(window, site="s.example", key="lemon")
    made.try_out()
    made.reject()
    made.deleteLater()
    until(lambda: bool(stand.opened))
    QTest.qWait(400)
    assert window.bench.accounts.all() == []


# --- the browser


def _shown_in(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A browser in which nobody does anything; the addresses that it was given."""
    shown: list[str] = []

    def show(url: str) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr("ui.pages.accounts.form.open_in_browser", show)
    return shown


def test_a_mastodon_account_is_connected_by_the_browser(
    form: AccountForm, window: Window, door: Door, browser: Browser
) -> None:
    form.choose("mastodon")
    assert form.go.title() == "Sign in with the browser"
    assert not form._inputs["token"].isVisible()
    _fill(form, server=door.url)
    form.try_out()
    until(lambda: is_gone(form))
    (account,) = window.bench.accounts.all()
    assert account.own[0].startswith("jana@")
    assert window.bench.accounts.known(account.id, {})["token"] == TOKEN
    assert len(browser.opened) == 1
    files = b"".join(path.read_bytes() for path in window.bench.profile.folder.iterdir() if path.is_file())
    assert TOKEN.encode() not in files


def test_a_token_that_was_typed_needs_no_browser(form: AccountForm, window: Window, door: Door) -> None:
    form.choose("mastodon")
    _fill(form, server=door.url, token=TOKEN)
    form.try_out()
    until(lambda: is_gone(form))
    assert len(window.bench.accounts.all()) == 1
    assert not [call for call in door.calls if call.path == "/oauth/authorize"]


@pytest.mark.slow
def test_a_no_in_the_browser_is_said_and_one_may_begin_again(
    form: AccountForm, window: Window, door: Door, browser: Browser
) -> None:
    door.refuses = True
    form.choose("mastodon")
    _fill(form, server=door.url)
    form.try_out()
    until(lambda: form.busy == IDLE)
    assert "not to authorise Rapport" in form.status.text()
    assert window.bench.accounts.all() == []
    door.refuses = False
    form.try_out()
    until(lambda: is_gone(form))
    assert len(window.bench.accounts.all()) == 1
    assert len(browser.opened) == 2


def test_waiting_for_the_browser_can_be_stopped(form: AccountForm, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown_in(monkeypatch)
    form.choose("mastodon")
    _fill(form, server=door.url)
    form.try_out()
    until(lambda: bool(shown))
    assert form.busy == BROWSING
    assert form._cancel.title() == "Stop waiting"
    assert not form.go.isEnabled()
    form._copy.click()
    assert QApplication.clipboard().text() == shown[0]
    form._cancel.click()
    until(lambda: form.busy == IDLE)
    assert form.status.text() == "Stopped. Nothing was connected."
    assert form.isVisible()
    assert form._cancel.title() == "Cancel"


def test_without_a_browser_the_address_can_be_copied(
    form: AccountForm, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.accounts.form.open_in_browser", lambda _url: False)
    form.choose("mastodon")
    _fill(form, server=door.url)
    form.try_out()
    until(lambda: form.status.text().startswith("No browser opened"))
    assert form._copy.isVisible()


def test_closing_the_form_ends_the_waiting(window: Window, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, ended, close = _shown_in(monkeypatch), [], Loopback.close

    def closed(listening: Loopback) -> None:
        ended.append(listening)
        close(listening)

    monkeypatch.setattr(Loopback, "close", closed)
    made = AccountForm(window.bench, window, kind="mastodon")
    made.show()
    _fill(made, server=door.url)
    made.try_out()
    until(lambda: bool(shown))
    QTest.keyClick(made, KEYS.Key_Escape)
    until(lambda: bool(ended))
    assert not made.isVisible()
    assert window.bench.accounts.all() == []
    made.deleteLater()


def test_a_server_that_is_none_is_said_before_a_browser_opens(form: AccountForm, browser: Browser) -> None:
    form.choose("mastodon")
    _fill(form, server="http://127.0.0.1:9")
    form.try_out()
    until(lambda: form.busy == IDLE)
    assert "127.0.0.1" in form.status.text()
    assert browser.opened == []


@pytest.mark.slow
def test_no_step_makes_the_form_lower(form: AccountForm) -> None:
    """Its buttons stay where they are: a step that needs less leaves room."""
    heights = []
    for kind in ("", "mastodon", "email", "slack"):
        if kind:
            form.choose(kind)
        settle()
        heights.append(form.height())
    assert heights == sorted(heights)
