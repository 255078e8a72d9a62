"""The whole way through the window, with keys: a mail, its answer by template, a gift, a hand-off, the CSV."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.base.paths import Profile
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.stories.hand import Hand, is_gone
from ui.frame.files import READY
from ui.pages.accounts.form import IDLE, OFFERED, AccountForm
from ui.shell.application import Application, qt_application
from ui.shell.window import Window
from ui.widgets.fields import Choice

pytestmark = pytest.mark.servers("dovecot", "openssl")

_LETTER = """From: Guðrún Ásta Þórðardóttir <{name}@{domain}>\r
To: jana@{domain}\r
Date: Sat, 21 Nov 2026 10:11:12 +0000\r
Message-ID: <first.{name}@{domain}>\r
Subject: =?utf-8?Q?Tv=C3=A6r_fl=C3=B6skur_vantar?=\r
Content-Type: text/plain; charset=utf-8\r
\r
Hæ! Kassinn kom brotinn í dag og tvær flöskur vantar. Hvað get ég gert?\r
"""


@pytest.fixture
def application(profile: Profile) -> Iterator[Application]:
    qt_application(["rapport"])
    made = Application(profile)
    made.start()
    yield made
    made.close()
    QApplication.processEvents()


def _connect(window: Window, hand: Hand, post: MailServer, name: str) -> None:
    """Through the form, as the person fills it in; the check really logs in."""
    form = AccountForm(window.bench, window)
    form.show()
    form.choose("email")
    for key, value in {**post.fields(name), "password": PASSWORD, "folders": "INBOX"}.items():
        widget = form._inputs.get(key)
        if isinstance(widget, Choice):
            widget.set_key(value)
        elif isinstance(widget, QLineEdit):
            widget.setText(value)
    form.try_out()
    hand.until(lambda: form.step == OFFERED or is_gone(form) or form.busy == IDLE)
    if form.step == OFFERED:
        form.try_out()
    hand.until(lambda: is_gone(form))
    assert window.bench.accounts.all(), form.status.text()
    form.close()
    form.deleteLater()
    window.activateWindow()
    hand.until(window.isActiveWindow)


def _inbox(window: Window) -> Any:
    page = window.page("inbox")
    assert page is not None
    return page


@pytest.mark.slow
def test_a_mail_is_answered_a_gift_logged_work_handed_off(
    application: Application, post: MailServer, tmp_path: Path
) -> None:
    window, bench = application.window, application.bench
    assert window is not None
    assert bench is not None
    hand = Hand(window)
    jana, gudrun = f"jana{uuid.uuid4().hex[:8]}", f"gudrun{uuid.uuid4().hex[:8]}"
    post.deliver(jana, _LETTER.format(name=gudrun, domain=DOMAIN).encode())
    window.overlays.end_first_run()
    _connect(window, hand, post, jana)
    bench.teammates.add("Jón Einarsson", team="Support", email="jon@lemonade.test", subjects="flöskur kassi")
    window.go("inbox")
    hand.keys("F5")
    hand.until(lambda: bench.inbox.counts()["needs_me"] == 1)
    hand.until(lambda: _inbox(window).talk.opened is not None)
    opened = _inbox(window).talk.opened
    assert opened.row.member == "Guðrún Ásta Þórðardóttir"
    assert opened.row.title == "Tvær flöskur vantar"

    _answer(window, hand)
    hand.until(lambda: post.mails(gudrun))
    answer = message_from_bytes(post.mails(gudrun)[0], policy=policy.default)
    assert answer["In-Reply-To"] == f"<first.{gudrun}@{DOMAIN}>"
    assert f"<first.{gudrun}@{DOMAIN}>" in answer["References"]
    assert answer["Subject"] == "Re: Tvær flöskur vantar"
    assert "Guðrún" in answer.get_content()
    hand.until(lambda: bench.outbox.counts().get("sent", 0) == 1 or not bench.outbox.entries())
    assert bench.inbox.counts() == {"needs_me": 0, "waiting": 0, "snoozed": 0, "done": 1, "quiet": 0}
    assert len(post.mails(jana, "Sent")) == 1

    window.go("inbox", opened.row.id)
    _log_gift(window, hand)
    assert [gift.why for gift in bench.gifts.of_conversation(opened.row.id)] == ["Sorry for the broken box"]
    window.go("inbox", opened.row.id)
    _hand_off(window, hand)
    _export(window, hand, tmp_path)


def _answer(window: Window, hand: Hand) -> None:
    """T, letters, Enter, what is left to fill in, Ctrl+Enter."""
    page = _inbox(window)
    window.bench.settings.put("hold_seconds", 1)
    hand.keys("T")
    hand.rest(0.1)
    hand.types("solv")
    hand.rest(0.2)
    assert page.talk.composer.words.picker.current() is not None
    hand.keys("Enter")
    field = page.talk.composer.field
    assert "Guðrún" in field.toPlainText(), field.toPlainText()
    while field.next_blank():
        hand.types("á morgun")
    hand.keys("Ctrl+Enter")
    hand.rest(0.2)
    assert window.bench.outbox.entries() or window.bench.inbox.counts()["done"], field.toPlainText()


def _log_gift(window: Window, hand: Hand) -> None:
    hand.keys("G")
    hand.rest(0.1)
    strip = _inbox(window).talk.below.currentWidget()
    strip.item.setText("Delight box")
    strip.worth.setText("15")
    strip.why.setFocus()
    strip.why.selectAll()
    hand.types("Sorry for the broken box")
    hand.keys("Ctrl+Enter")
    hand.rest(0.1)


def _hand_off(window: Window, hand: Hand) -> None:
    hand.keys("H")
    hand.rest(0.1)
    _inbox(window).talk.below.currentWidget().ask.setFocus()
    hand.types("=Please send two bottles, and say when")
    hand.keys("Ctrl+Enter")
    hand.rest(0.1)
    assert [case.ask for case in window.bench.handoffs.listed()] == ["=Please send two bottles, and say when"]


def _export(window: Window, hand: Hand, folder: Path) -> None:
    """The CSV for the teammate: in LibreOffice it holds no formula."""
    out = folder / "out"
    out.mkdir()
    application = QApplication.instance()
    assert application is not None
    application.setProperty(READY, str(out))
    try:
        window.go("handoffs")
        hand.rest(0.1)
        hand.keys("Ctrl+Shift+E")
        hand.rest(0.2)
        hand.keys("Ctrl+Enter")
        hand.until(lambda: list(out.glob("*.csv")))
    finally:
        application.setProperty(READY, None)
    (path,) = out.glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = list(csv.DictReader(file))
    assert row["ask"] == "'=Please send two bottles, and say when"
    assert row["member"] == "Guðrún Ásta Þórðardóttir"
    assert formulas(path) == 0


def formulas(path: Path) -> int:
    """How many cells LibreOffice takes for formulas in this CSV."""
    if shutil.which("soffice") is None:
        assert not os.environ.get("CI"), "soffice must be installed under CI"
        pytest.skip("LibreOffice is not installed here")
    home = path.parent / "office"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "fods", "--outdir",
         str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return path.with_suffix(".fods").read_text("utf-8").count("table:formula=")
