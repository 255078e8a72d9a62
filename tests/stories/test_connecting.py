"""A new person's first minutes: a blog, a mailbox and a Mastodon account are connected from the window, with keys."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import ui.pages.accounts.form as form_module
from app.base.paths import Profile
from tests.servers import wordpress
from tests.servers.domains import Domains
from tests.servers.door import Browser, Door
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.servers.wordpress import WordPress
from tests.stories.hand import Hand, is_gone
from ui.pages.accounts.form import FILLING, OFFERED, AccountForm
from ui.shell.application import Application, qt_application
from ui.shell.window import Window

pytestmark = [pytest.mark.slow, pytest.mark.servers("dovecot", "openssl", *wordpress.PROGRAMS)]


@pytest.fixture
def window(profile: Profile) -> Iterator[Window]:
    """The window of a first start."""
    qt_application(["rapport"])
    made = Application(profile)
    yield made.start()
    made.close()
    QApplication.processEvents()


def _begun(window: Window, hand: Hand, typed: str) -> tuple[AccountForm, Hand]:
    """The form, opened by the palette's command, at the channel whose first letters were typed."""
    window.run("connect")
    hand.until(lambda: _form(window) is not None)
    form = _form(window)
    assert form is not None
    fingers = Hand(form)
    fingers.types(typed)
    fingers.keys("Enter")
    assert form.step == FILLING
    return form, fingers


def _form(window: Window) -> AccountForm | None:
    return next((one for one in window.findChildren(AccountForm) if one.isVisible()), None)


def _typed(fingers: Hand, *answers: str) -> None:
    for place, answer in enumerate(answers):
        if place:
            fingers.keys("Tab")
        fingers.types(answer)


def _over(form: QWidget, hand: Hand) -> None:
    hand.until(lambda: is_gone(form))


def test_three_accounts_one_after_the_other(
    window: Window, blog: WordPress, post: MailServer, door: Door, domains: Domains, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert domains
    monkeypatch.setattr(form_module, "open_in_browser", Browser())
    hand = Hand(window)
    window.overlays.end_first_run()

    form, fingers = _begun(window, hand, "wordp")
    _typed(fingers, blog.url, "manager", blog.passwords["manager"])
    fingers.keys("Enter")
    _over(form, hand)

    form, fingers = _begun(window, hand, "mail")
    jana = f"jana{uuid.uuid4().hex[:8]}"
    _typed(fingers, f"{jana}@{DOMAIN}")
    fingers.keys("Enter")
    assert form._box is not None
    box = form._box
    hand.until(lambda: not form.busy and not box.has_to_find())  # nobody publishes where this mail is: a guess
    known = post.fields(jana) | {"password": PASSWORD}
    for key in ("password", "login", "imap_host", "imap_port", "smtp_host", "smtp_port"):
        form._inputs[key].setFocus()
        fingers.keys("Ctrl+A")
        fingers.types(known[key])
    for key in ("imap_security", "smtp_security"):
        form._inputs[key].set_key("none")  # type: ignore[union-attr]
    form._inputs["smtp_port"].setFocus()
    fingers.keys("Enter")
    hand.until(lambda: form.step == OFFERED or is_gone(form))
    if not is_gone(form):
        fingers.keys("Enter")
    _over(form, hand)

    form, fingers = _begun(window, hand, "masto")
    _typed(fingers, door.url)
    fingers.keys("Enter")
    _over(form, hand)

    desk = window.bench.accounts
    assert sorted(account.kind for account in desk.all()) == ["email", "mastodon", "wordpress"]
    hand.until(lambda: all(account.ok_at and not account.error for account in desk.all()))
