"""A window with a mailbox of its own, to which Maria writes: Dovecot's, and a real SMTP server."""

from __future__ import annotations

import time
from email import message_from_bytes, policy
from email.utils import formatdate
from typing import Any

from app.gifts import Gift
from app.store.sqlite import scalar
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.stories.hand import Hand
from ui.shell.window import Window

MARIA = f"Maria Papadopoulou <maria@{DOMAIN}>"


def letter(number: str, sender: str, to: str, words: str, *, refs: str = "", ago: int = 60) -> bytes:
    lines = [
        f"From: {sender}", f"To: {to}@{DOMAIN}", f"Subject: {'Re: ' if refs else ''}My parcel",
        f"Date: {formatdate(time.time() - ago)}", f"Message-ID: <{number}@{DOMAIN}>",
        *([f"In-Reply-To: {refs}", f"References: {refs}"] if refs else []),
        "Content-Type: text/plain; charset=utf-8", "", words, "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


class MailDesk:
    """The window with its mailbox, and a hand."""

    def __init__(self, window: Window, post: MailServer, name: str) -> None:
        self.window, self.bench, self.post, self.name = window, window.bench, post, name
        self.hand = Hand(window)
        window.overlays.end_first_run()
        self.bench.accounts.add("email", "Post", post.fields(name), {"password": PASSWORD})

    def page(self, name: str) -> Any:
        return self.window.page(name)

    def comes(self, letter: bytes) -> None:
        """A letter is delivered and fetched by F5."""
        before = self._messages()
        self.post.deliver(self.name, letter)
        self.window.run("sync")
        self.hand.until(lambda: self._messages() > before)
        self.hand.rest(0.2)

    def _messages(self) -> int:
        return int(scalar(self.bench.store.read, "SELECT count(*) FROM message"))

    def opens(self, talk: int) -> Any:
        """The conversation in the inbox, with the focus in its list."""
        self.window.go("inbox", talk)
        page = self.page("inbox")
        self.hand.until(lambda: page.talk.opened is not None and page.talk.opened.row.id == talk)
        page.list.focus_rows()
        return page

    def sends(self, talk: int) -> str:
        """Ctrl+Shift+Enter, the end of Undo, and the letter as the receiver's server has it: its words."""
        known = len(self.post.envelopes(f"{self.name}@{DOMAIN}"))
        self.hand.keys("Ctrl+Shift+Enter")  # sent, and the matter stays open
        self.hand.until(lambda: self.bench.outbox.entries(("held",)))
        entry = self.bench.outbox.entries(("held",))[-1]
        assert entry.conversation_id == talk
        self.bench.outbox.send_now(entry.id)
        self.hand.until(lambda: self.bench.outbox.get(entry.id).state == "sent")
        (envelope,) = self.post.envelopes(f"{self.name}@{DOMAIN}")[known:]
        assert envelope == [f"maria@{DOMAIN}"]
        self.hand.rest(0.2)
        wanted = f"<{self.bench.outbox.get(entry.id).remote_id}>"
        read = [message_from_bytes(one, policy=policy.default) for one in self.post.mails("maria")]
        (letter,) = [one for one in read if one["Message-ID"] == wanted]
        return str(letter.get_content()).replace("\r\n", "\n")

    def talk(self, number: str) -> int:
        found = "SELECT conversation_id FROM message WHERE remote_id = ?"
        return int(scalar(self.bench.store.read, found, (f"{number}@{DOMAIN}",)))

    def gift(self) -> Gift:
        (one,) = self.bench.gifts.listed("all")
        return one

    def step(self, state: str) -> None:
        """Ctrl+Shift+N on the Delight page, until the gift is at that stage."""
        self.at_delight()
        self.hand.keys("Ctrl+Shift+N")
        self.hand.until(lambda: self.gift().state == state)

    def at_delight(self) -> Any:
        self.window.go("delight", self.gift().id)
        page = self.page("delight")
        self.hand.rest(0.1)
        page.list.setFocus()
        return page
