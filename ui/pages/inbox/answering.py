"""Replying from the inbox: starting a reply, inserting a template, and the ways to send."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox.addressing import Addressing
    from app.voice import Cleared
    from ui.pages.inbox.later import Later
    from ui.pages.inbox.pane import Pane
    from ui.pages.inbox.strips import SolvedStrip


class Answering(QObject):
    """The inbox page's reply commands; the composer's `Sender`."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    @cached_property
    def later(self) -> Later:
        """Scheduled sending and threads, loaded at first use."""
        from ui.pages.inbox.later import Later  # noqa: PLC0415  it knows the outbox, which the first paint does without

        return Later(self._pane)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        return {
            "open": self.reply, "reply": self.reply, "reply_all": self._reply_to_all, "reply_list": self._reply_to_list,
            "template": self._template, "insert_template": self._template,
            "seen_valued": self._seen_valued, "send_done": self._send_done, "send_keep": self._send_keep,
            "manners": self._manners, "send_later": self.send_later, "send_thread": self.send_thread,
            "cool_off": self._cool_off,
        } | self._pane.composer.handlers()  # fmt: skip

    def reply(self) -> None:
        """Focus the composer; a no-op if no conversation is open."""
        if self._pane.opened is not None:
            self._pane.close_strip()
            self._pane.composer.write()
            self._pane.arrange()

    def _reply_to_all(self) -> None:
        self._pane.composer.reply_to_all()
        self.reply()

    def _reply_to_list(self) -> None:
        self._pane.composer.reply_to_list()
        self.reply()

    def answer(self, message: int) -> None:
        """Address the reply to the author of that message (an id in the open conversation) and focus the composer."""
        self.reply()
        self._pane.composer.answer(message)

    def _template(self) -> None:
        self.reply()
        self._pane.composer.ask_template()

    def use_template(self, key: str) -> None:
        """Put the words of the template with this key into the draft."""
        self.reply()
        self._pane.composer.insert(self._pane.bench.templates.get(key).id)

    def _seen_valued(self) -> None:
        numbers = self._pane.bench.templates.find("seen-and-valued", 1)
        if not numbers:
            words = tr("There's no template “seen-and-valued” yet. Create one under Templates & Voice.")
            self._pane.frame.fail(words)
            return
        self.reply()
        self._pane.composer.insert(numbers[0])

    def _manners(self) -> None:
        """Show or hide the manners of the place above the composer."""
        self._pane.close_strip()
        self._pane.composer.manners.toggle()

    def _send_done(self) -> None:
        self._submit(then_done=True)

    def _send_keep(self) -> None:
        self._submit(then_done=False)

    def _submit(self, *, then_done: bool) -> None:
        """Ctrl+Enter submits the strip if one is open, otherwise the composer."""
        strip = self._pane.talk.strip
        if strip is not None:
            strip.act()
        else:
            self._pane.composer.send(then_done=then_done)

    def send_later(self) -> None:
        """Ask when to send the reply."""
        self.later.ask()

    def _cool_off(self) -> None:
        from app.cooling import BY_CHOICE  # noqa: PLC0415  it knows the outbox

        self._pane.composer.send(then_done=True, at=BY_CHOICE)

    def send_thread(self) -> None:
        """Send the draft as a thread if it is too long for one message."""
        self.later.as_thread()

    def send(
        self,
        cleared: Cleared,
        *,
        then_done: bool,
        at: int | None = None,
        parts: int = 1,
        answers: int | None = None,
        addressing: Addressing | None = None,
        keep_held: bool = False,
        solved: str = "",
    ) -> None:
        """Submit a cleared reply to the outbox; if the person posts there by hand, start that at once."""
        from ui.pages.inbox.sending import hand_over  # noqa: PLC0415  it knows the outbox

        pane = self._pane
        hand_over(
            pane, pane.here(), cleared, then_done=then_done, at=at, parts=parts, answers=answers,
            addressing=addressing, keep_held=keep_held, solved=solved,
        )  # fmt: skip

    def ask_solved(self, send: Callable[[bool, str], None]) -> None:
        """Ask how the open conversation was solved, before a reply closes it; Esc leaves the draft as it is."""
        from ui.pages.inbox.strips import SolvedStrip  # noqa: PLC0415  loaded at first use

        strip = SolvedStrip(self._pane.here().row)
        self._pane.show_strip(strip)
        if self._pane.talk.strip is strip:  # else one that was open goes on
            strip.finished.connect(partial(self._solved, strip, send))

    def _solved(self, strip: SolvedStrip, send: Callable[[bool, str], None], _words: str) -> None:
        if strip.answer is None:
            self._pane.composer.write()
        else:
            send(*strip.answer)
