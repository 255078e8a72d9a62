"""A post of our own through the window, with keys: its audience is typed, people answer it, and they are answered.

The server plays Mastodon's documented API; the account is connected as the form does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.app.channels.test_mastodon import said_in
from tests.app.channels.test_mastodon_posting import Posting
from tests.servers.clientapi import ClientApi
from tests.stories.hand import Hand
from ui.shell.application import Application, qt_application

WORDS = "Νέο βιβλίο με συνταγές! Θα σας αρέσει."


@pytest.fixture
def server() -> Iterator[ClientApi]:
    made = ClientApi()
    yield made
    made.stop()


@pytest.fixture
def application(profile: Profile, server: ClientApi) -> Iterator[Application]:
    qt_application(["rapport"])
    made = Application(profile)
    made.start()
    assert made.bench is not None
    peer, secrets = Posting(server), {"token": server.token}
    found = made.bench.accounts.try_out(peer.kind, peer.fields, secrets)
    made.bench.accounts.add(peer.kind, "There", peer.fields, secrets, found)
    yield made
    made.close()
    QApplication.processEvents()


@pytest.mark.slow
def test_a_post_is_published_answered_and_answered_again(application: Application, server: ClientApi) -> None:
    window, bench = application.window, application.bench
    assert window is not None
    assert bench is not None
    hand, peer = Hand(window), Posting(server)
    before = len(peer.posts())
    window.overlays.end_first_run()
    window.activateWindow()
    hand.until(window.isActiveWindow)
    hand.keys("Shift+C")
    page: Any = window.page("letter")
    hand.until(page.whom.venue.field.hasFocus)
    hand.types("followers")
    hand.keys("Enter", "Enter")
    assert page.field.hasFocus()  # there are no titles
    hand.types(WORDS)
    hand.until(lambda: "Who can see it: Followers only." in page.whom.where.text())
    hand.keys("Ctrl+Enter")
    (entry,) = bench.outbox.entries()
    assert len(peer.posts()) == before  # there is time to undo
    bench.outbox.send_now(entry.id)
    hand.keys("F5")
    hand.until(lambda: bench.outbox.get(entry.id).state == "sent")
    assert peer.posts()[before:] == [(WORDS, "private")]

    peer.server.say("anna", "Μπράβο!", str(bench.outbox.get(entry.id).remote_id), visibility="private")
    hand.keys("F5")
    hand.until(lambda: bench.inbox.counts()["needs_me"] == 1)
    window.go("inbox", entry.conversation_id)
    inbox: Any = window.page("inbox")
    hand.until(lambda: inbox.talk.opened is not None and inbox.talk.opened.row.id == entry.conversation_id)
    assert [line.text for line in inbox.talk.opened.lines] == [WORDS, "Μπράβο!"]
    hand.keys("R")
    hand.types("Ευχαριστώ, Άννα!")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: len(bench.outbox.entries()) == 1)
    bench.outbox.send_now(bench.outbox.entries()[0].id)
    hand.keys("F5")
    hand.until(lambda: not bench.outbox.entries())
    answer = list(server.statuses.values())[-1]
    assert said_in(answer).endswith("Ευχαριστώ, Άννα!")
    assert answer["in_reply_to_id"] != entry.remote_id
    assert len(peer.posts()) == before + 1

    hand.keys("Shift+C")  # the last audience is offered again, and nothing is left of the post
    assert (page.whom.venue.field.text(), page.field.toPlainText()) == ("Followers only", "")
