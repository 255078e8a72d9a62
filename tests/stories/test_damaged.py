"""A file is damaged while the window is closed: it is repaired, goes on, and nothing goes out twice.

With a real mailbox. The page of replies is lost, and the newest backup is of a time when one that has gone out since
still waited; its channel knows better.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.base.errors import UserError
from app.base.paths import Profile
from app.safety import backup
from app.store.sqlite import scalar
from app.voice import Draft
from app.workbench import Workbench
from tests.app.repair.damaging import page_of
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.stories.mail_desk import MARIA, letter
from tests.ui.settling import until
from ui.shell.application import Application
from ui.shell.recovery import Recovery, recover

pytestmark = pytest.mark.servers("dovecot", "openssl")
_PAGE = 8192


@pytest.fixture
def application(tmp_path: Path) -> Iterator[Application]:
    made = Application(Profile(tmp_path / "home"))
    yield made
    made.close()
    made.qt.processEvents()


def _talk(bench: Workbench, number: str) -> int:
    found = "SELECT conversation_id FROM message WHERE remote_id = ?"
    return int(scalar(bench.store.read, found, (f"{number}@{DOMAIN}",)))


def _repair() -> None:
    """In the recovery window press "Repair it", and "Open it" once it has come so far."""
    asked = QApplication.activeModalWidget()
    if isinstance(asked, Recovery) and asked.open_button.isVisible():
        asked.open_button.click()
        return
    if isinstance(asked, Recovery) and asked.buttons["repair"].isEnabled():
        asked.buttons["repair"].click()
    QTimer.singleShot(50, _repair)


def test_a_damaged_file_goes_on_and_sends_nothing_twice(
    post: MailServer, application: Application, tmp_path: Path
) -> None:
    name, profile = f"desk{uuid4().hex[:8]}", Profile(tmp_path / "home")
    first, second = (f"{one}{uuid4().hex}" for one in "ab")
    bench = Workbench(profile)
    account, _ = bench.accounts.add("email", "Post", post.fields(name), {"password": PASSWORD})
    post.deliver(name, letter(first, MARIA, name, "Where is my parcel?", ago=600))
    post.deliver(name, letter(second, MARIA, name, "And where is the other one?", ago=500))
    assert not bench.sync.pull("Post").error
    known = len(post.envelopes(f"{name}@{DOMAIN}"))

    def answer(number: str, words: str) -> int:
        cleared = bench.voice.clear(Draft(words, "en"), reason="as written")
        return bench.outbox.submit(cleared, _talk(bench, number), hold_seconds=0)

    early = answer(first, "It left today.")
    bench.sync.send(account.id)
    late = answer(second, "It comes on Friday.")
    backup.make(bench.store, profile)
    bench.sync.send(account.id)
    assert [bench.outbox.get(one).state for one in (early, late)] == ["sent", "sent"]
    bench.store.empty_log()
    bench.close()
    assert len(post.envelopes(f"{name}@{DOMAIN}")) - known == 2

    content, at = bytearray(profile.file.read_bytes()), page_of(profile.file, "outbox")
    content[at : at + _PAGE] = bytes(_PAGE)
    content[:40] = bytes(40)
    profile.file.write_bytes(content)
    with pytest.raises(UserError) as why:
        application.start()
    QTimer.singleShot(50, _repair)
    assert recover(application, why.value)

    window = application.window
    assert window is not None
    until(lambda: window.strips.standstill is not None)
    strip = window.strips.standstill
    assert strip is not None
    assert strip.title.text() == "This file was repaired. It is on hold."
    again = window.bench
    assert again.outbox.get(late).state != "sent"  # as in the backup
    assert {"Where is my parcel?", "And where is the other one?", "It left today."} <= {
        str(row["text"]).strip() for row in again.store.read.execute("SELECT text FROM message")
    }
    again.accounts.give(account.id, {"password": PASSWORD})  # no keyring keeps it here
    strip.go.click()
    strip.sure.click()
    until(lambda: again.outbox.get(late).state == "sent")
    until(lambda: again.outbox.get(early).state == "sent")
    assert len(post.envelopes(f"{name}@{DOMAIN}")) - known == 2
