"""Connecting a mailbox in the window, by keyboard: the address first, what is found and where, the browser, again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.channels.email import oauth
from tests.servers.certificates import Certificates
from tests.servers.domains import Domains, configuration
from tests.servers.door import Browser
from tests.servers.identity import CLIENT, Identity
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.played import Reply
from tests.stories.hand import is_gone
from tests.ui.settling import until
from ui.look.theme import theme
from ui.pages.accounts.form import FINDING, IDLE, AccountForm
from ui.pages.accounts.panel import AccountPanel
from ui.shell.window import Window
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.labels import Label

KEYS = Qt.Key
DOMAIN = "lemonade.test"


pytestmark = pytest.mark.usefixtures("domains")


@pytest.fixture
def mail(window: Window) -> Iterator[AccountForm]:
    """The form of a new mailbox, shown."""
    made = AccountForm(window.bench, window, kind="email")
    made.show()
    QApplication.processEvents()
    yield made
    made.reject()
    made.deleteLater()
    QApplication.processEvents()


def _type(words: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    QTest.keyClicks(focus, words)


def _press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    QApplication.processEvents()


def _answered(form: AccountForm) -> None:
    until(lambda: form.busy == IDLE)
    QApplication.processEvents()


def _text(form: AccountForm, key: str) -> str:
    field = form._inputs[key]
    return field.key() if isinstance(field, Choice) else field.text()


def _seen(form: AccountForm) -> list[str]:
    return [key for key, field in form._inputs.items() if field.isVisible()]


def _find(form: AccountForm, address: str) -> None:
    form._inputs["address"].setFocus()
    _type(address)
    _press(KEYS.Key_Return)
    _answered(form)


def test_only_the_address_is_asked_first(mail: AccountForm) -> None:
    assert _seen(mail) == ["address"]
    assert mail.go.title() == "Continue"
    _press(KEYS.Key_Return)
    assert mail.status.text() == "Fill in “E-mail address”."
    _find(mail, "not an address")
    assert "isn't an e-mail address" in mail.status.text()
    assert mail.focusWidget() is mail._inputs["address"]


def test_what_is_known_is_filled_in_and_the_password_asked_for(mail: AccountForm) -> None:
    _find(mail, "jana@gmail.com")
    assert mail._box is not None
    assert mail._box.found.words.startswith("Rapport knows the servers of Gmail: imap.gmail.com and smtp.gmail.com.")
    assert mail.focusWidget() is mail._inputs["password"]
    assert _seen(mail) == ["address", "password", "name", "sign_in"]
    assert mail.go.title() == "Check and connect"
    hint = next(label for label in mail._box.found.findChildren(Label) if "app password" in label.text())
    assert hint.isVisible()
    sign_in = mail._inputs["sign_in"]
    assert isinstance(sign_in, Choice)
    sign_in.setFocus()
    _press(KEYS.Key_Down)
    assert mail.go.title() == "Sign in with Google"
    assert not hint.isVisible()
    _press(KEYS.Key_Up)
    assert hint.isVisible()
    mail._box.unfold()
    assert (_text(mail, "imap_host"), _text(mail, "smtp_host")) == ("imap.gmail.com", "smtp.gmail.com")


def test_only_the_provider_that_was_found_is_offered(mail: AccountForm) -> None:
    sign_in = mail._inputs["sign_in"]
    assert isinstance(sign_in, Choice)

    def offered() -> list[str]:
        return [sign_in.itemText(place) for place in range(sign_in.count())]

    both = ["With a password", "Sign in with Google", "Sign in with Microsoft"]
    assert offered() == both
    _find(mail, "jana@gmail.com")
    assert offered() == both[:2]
    _find(mail, "jana@outlook.cz")
    assert offered() == [both[0], both[2]]
    assert mail.go.title() == "Sign in with Microsoft"
    _find(mail, "jana@seznam.cz")
    assert offered() == both


def test_where_no_password_is_taken_none_is_asked_for(mail: AccountForm) -> None:
    _find(mail, "jana@outlook.cz")
    assert _seen(mail) == ["address", "name", "sign_in", "client_id"]
    assert mail.go.title() == "Sign in with Microsoft"
    assert mail.focusWidget() is mail._inputs["client_id"]
    _press(KEYS.Key_Return)
    _answered(mail)
    assert "needs a client ID" in mail.status.text()
    assert mail.focusWidget() is mail._inputs["client_id"]
    sign_in = mail._inputs["sign_in"]
    assert isinstance(sign_in, Choice)
    sign_in.setFocus()
    _press(KEYS.Key_Home)
    assert _seen(mail) == ["address", "password", "name", "sign_in"]
    assert mail.go.title() == "Check and connect"


def test_a_guess_is_called_one_and_shown_before_anything_is_sent(mail: AccountForm) -> None:
    _find(mail, f"jana@{DOMAIN}")
    assert mail._box is not None
    assert mail._box.found.words == f"Guessed from the address; check it: imap.{DOMAIN} and smtp.{DOMAIN}."
    assert {"imap_host", "smtp_host"} <= set(_seen(mail))
    assert mail.isVisible()


def test_what_a_domain_publishes_can_be_edited_and_another_address_is_looked_up_anew(
    mail: AccountForm, domains: Domains
) -> None:
    domains.web.page = configuration(f"post.{DOMAIN}", f"send.{DOMAIN}", 10993)
    _find(mail, f"jana@{DOMAIN}")
    assert (_text(mail, "imap_host"), _text(mail, "imap_port")) == (f"post.{DOMAIN}", "10993")
    assert mail._box is not None
    mail._box.unfold()
    own = mail._inputs["smtp_host"]
    assert isinstance(own, QLineEdit)
    own.setText("relay.own.example")
    domains.web.page = configuration("imap.other.example", "smtp.other.example")
    mail._inputs["address"].setFocus()
    _type("jana@other.example")
    assert mail.go.title() == "Continue"
    _press(KEYS.Key_Return)
    _answered(mail)
    assert (_text(mail, "imap_host"), _text(mail, "imap_port")) == ("imap.other.example", "993")
    assert _text(mail, "smtp_host") == "relay.own.example"


def test_html_where_a_configuration_was_promised_is_a_sentence_in_the_form(mail: AccountForm, domains: Domains) -> None:
    domains.web.page = Reply(b"<!DOCTYPE html><h1>Parked</h1>", headers={"Content-Type": "text/html"})
    _find(mail, f"jana@{DOMAIN}")
    assert mail._box is not None
    assert "answered with something that isn't a mail configuration." in mail._box.found.words
    assert _text(mail, "imap_host") == f"imap.{DOMAIN}"


def test_one_may_stop_while_it_looks(mail: AccountForm, domains: Domains, monkeypatch: pytest.MonkeyPatch) -> None:
    domains.web.moods, domains.web.hang = ["hang before"], 1.0
    monkeypatch.setattr(domains.web, "writes", lambda _call: True)
    mail._inputs["address"].setFocus()
    _type(f"jana@{DOMAIN}")
    _press(KEYS.Key_Return)
    assert mail.busy == FINDING
    assert f"jana@{DOMAIN}" in mail.status.text()
    _press(KEYS.Key_Escape)
    assert not mail.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("address", ["jana@gmail.com", "jana@proton.me", "jana@simnet.is"])
def test_nothing_found_is_cut_and_the_buttons_stay_on_the_screen(mail: AccountForm, address: str, scale: float) -> None:
    theme().choose(scale=scale)
    _find(mail, address)
    assert mail._box is not None
    room = mail.screen().availableGeometry()
    assert mail.width() <= room.width()
    assert mail.height() <= room.height()
    assert mail._box.width() <= mail._scroll.viewport().width()
    for label in mail._box.found.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in (mail.go, mail._cancel):
        assert button.width() >= button.sizeHint().width()
        assert mail.rect().contains(button.mapTo(mail, button.rect().bottomRight()))


def test_an_account_whose_server_is_taken_out_is_looked_up_again(window: Window, domains: Domains) -> None:
    desk = window.bench.accounts
    account = desk.add("email", "Post", {"address": f"jana@{DOMAIN}", "imap_host": "old.example"}, {"password": "x"})[0]
    made = AccountForm(window.bench, window, account)
    made.show()
    assert made.go.title() == "Check and save"
    host = made._inputs["imap_host"]
    assert isinstance(host, QLineEdit)
    host.clear()
    assert made.go.title() == "Continue"
    domains.web.page = configuration(f"post.{DOMAIN}", f"send.{DOMAIN}")
    made.try_out()
    _answered(made)
    assert made.go.title() == "Check and save"
    assert (host.text(), _text(made, "smtp_host")) == (f"post.{DOMAIN}", f"send.{DOMAIN}")
    made.reject()
    made.deleteLater()


def test_a_mailbox_whose_domain_names_google_may_sign_in_there(mail: AccountForm, domains: Domains) -> None:
    domains.web.page = configuration("imap.gmail.com", "smtp.gmail.com")
    _find(mail, f"jana@{DOMAIN}")
    assert "sign_in" in _seen(mail)
    assert mail._box is not None
    assert "app password" in mail._box.found.words
    assert mail._box.found.findChildren(LinkButton)


@pytest.mark.servers("dovecot", "openssl")
def test_a_mailbox_is_connected_with_address_and_password_alone(
    mail: AccountForm, window: Window, domains: Domains, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _trust(monkeypatch, post.tls)
    domains.web.page = configuration("localhost", "localhost", post.imaps, post.smtps)
    address = f"jana{uuid.uuid4().hex[:8]}@{DOMAIN}"
    _find(mail, address)
    assert mail.focusWidget() is mail._inputs["password"]
    _type(PASSWORD)
    _press(KEYS.Key_Return)
    until(lambda: mail.step == "offered" or is_gone(mail))
    _press(KEYS.Key_Return)
    until(lambda: is_gone(mail))
    account = window.bench.accounts.named(address)
    assert (account.fields["imap_host"], account.fields["imap_port"]) == ("localhost", str(post.imaps))
    assert account.own == (address,)


def _trust(monkeypatch: pytest.MonkeyPatch, tls: Certificates) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.ca))


@pytest.mark.slow
@pytest.mark.servers("dovecot", "openssl")
def test_signing_in_and_when_the_permission_is_withdrawn_again(
    mail: AccountForm,
    window: Window,
    domains: Domains,
    signing: tuple[Identity, MailServer],
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    identity, server = signing
    identity.begin()
    oauth._kept.clear()
    _trust(monkeypatch, server.tls)
    address = f"jana{uuid.uuid4().hex[:8]}@{DOMAIN}"
    identity.who = address
    domains.web.page = configuration("localhost", "localhost", server.imaps, server.smtps)
    _find(mail, address)
    assert mail._box is not None
    mail._box.unfold()
    mail._inputs["sign_in"].setFocus()
    _press(KEYS.Key_Down)
    assert "password" not in _seen(mail)
    for key, value in (("client_id", CLIENT), ("sign_in_server", identity.url)):
        mail._inputs[key].setFocus()
        _type(value)
    assert mail.go.title() == "Sign in with Google"
    _press(KEYS.Key_Return)
    until(lambda: mail.step == "offered" or is_gone(mail))
    mail.try_out()
    until(lambda: is_gone(mail))
    assert len(browser.opened) == 1
    desk = window.bench.accounts
    account = desk.named(address)
    assert account.state == "on"
    files = b"".join(path.read_bytes() for path in window.bench.profile.folder.iterdir() if path.is_file())
    assert not [token for token in (*identity.refreshing, *identity.tokens) if token.encode() in files]
    assert window.bench.sync.pull(address).error == ""

    identity.withdraw()
    oauth._kept.clear()
    assert window.bench.sync.pull(address).error == "Google no longer accepts this sign-in. Sign in again."
    account = desk.named(address)
    assert account.state == "needs_login"
    window.go("accounts")
    page: Any = window.page("accounts")
    page._fill()
    (panel,) = [one for one in page.panels if isinstance(one, AccountPanel) and one.account.id == account.id]
    assert panel.buttons["change"].title() == "Sign in again"
    again = AccountForm(window.bench, window, account)
    again.show()
    QApplication.processEvents()
    assert again.go.title() == "Sign in with Google"
    assert "password" not in _seen(again)
    assert "client_id" in _seen(again)
    again.try_out()
    until(lambda: again.step == "offered" or is_gone(again))
    again.try_out()
    until(lambda: is_gone(again))
    assert desk.named(address).state == "on"
    assert window.bench.sync.pull(address).error == ""
    again.deleteLater()
