"""What leads on from a conversation: forwarding a message, writing to its member, and moving the matter to private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.words import form, forms
from ui.frame.doing import TakeBack, show_errors
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.destination import in_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.voice import Cleared, Draft
    from ui.pages.inbox.pane import Pane


_MAX_NAMED, _SOME_NAMED, _NAME_CHARS = 4, 2, 60


class Onward(QObject):
    """The inbox page's commands that open the page of a new message."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        handlers: dict[str, Callable[[], object]] = {
            "forward": self.forward, "attach": self._pane.composer.files.ask,
        }  # fmt: skip
        opened = self._pane.opened
        if opened is not None and opened.row.member_id is not None:
            handlers["write_member"] = self.write_member
        if opened is not None and opened.row.public:
            handlers["to_private"] = self.to_private
        return handlers

    def forward(self, message: int = 0) -> None:
        """Forward a message by its id; for 0 the last one that somebody else wrote, else the last of all."""
        said = [line for line in self._pane.here().lines if line.kind in ("said", "offline")]
        theirs = [line for line in said if not line.out and not line.quiet]
        if message or said:
            number = message or (theirs or said)[-1].id
            with show_errors(self._pane.frame):
                self._pane.frame.go("letter", ("forward", number))
                self._say_left_behind(number)

    def _say_left_behind(self, message: int) -> None:
        """Say which files of a forwarded message do not go along, as they are too large to be in our file."""
        left = self._pane.bench.attachments.left_behind(message)
        if left:
            self._pane.frame.toast(left_behind_words([file.name for file in left]))

    def write_member(self) -> None:
        """Write a new message to whom a reply would go to, else to the member of the conversation."""
        opened, to = self._pane.here(), self._pane.composer.whom.choice.to
        member = to.member_id if to is not None and to.member_id is not None else opened.row.member_id
        if member is not None:
            self._pane.frame.go("letter", ("member", member))

    def to_private(self) -> None:
        """Post the offer to go on in private, and open the private draft; both in one action."""
        from app.outbox import offer  # noqa: PLC0415  few conversations need it
        from app.voice import Stopped  # noqa: PLC0415  as above
        from ui.pages.inbox.offering import OfferStrip  # noqa: PLC0415  as above

        bench, opened = self._pane.bench, self._pane.here()
        waiting = bench.letters.waiting_for(opened.row.id)
        if waiting is not None:  # it was offered already
            self._pane.frame.go("letter", ("draft", waiting.id))
            return
        with show_errors(self._pane.frame):
            answers = self._pane.composer.whom.answers
            draft = bench.outbox.read_by(offer(bench.templates, opened.row.id, answers), opened.row.id, answers)
            try:
                self._post_offer(draft, bench.voice.clear(draft))
            except Stopped as why:
                if not why.findings or any(finding.level != "ask" for finding in why.findings):
                    raise
                self._pane.show_strip(OfferStrip(bench, opened, draft, why, self._post_offer))

    def _post_offer(self, draft: Draft, cleared: Cleared) -> None:
        """Post the offer, and show the private draft that is begun. Raises UserError if it can't be sent."""
        from app.outbox.by_hand import is_by_hand  # noqa: PLC0415  as above

        bench, opened = self._pane.bench, self._pane.here()
        answers = self._pane.composer.whom.answers
        mine = is_by_hand(opened.row.kind, opened.account_mode)
        hold = 0 if mine else bench.settings.number("hold_seconds")
        self._pane.composer.keep()
        _, begun = bench.letters.move_to_private(cleared, opened.row.id, answers=answers, hold_seconds=hold)
        back = TakeBack(self._pane.frame, bench.store.last_action or 0, "", self._show_again)
        self._pane.frame.go("letter", ("draft", begun.id))
        self._pane.frame.toast(_offered_words(draft.text, hold, mine=mine), back)

    def _show_again(self) -> None:
        """After Undo: the draft is gone, so back to the conversation."""
        opened = self._pane.opened
        self._pane.frame.go("inbox", opened.row.id if opened is not None else None)


def left_behind_words(names: Sequence[str]) -> str:
    """What is said of the files that stay behind: all of them by name, of more than a few their number and some."""
    few = len(names) <= _MAX_NAMED
    shown = in_names([f"“{text.embed(name, _NAME_CHARS)}”" for name in names[: _MAX_NAMED if few else _SOME_NAMED]])
    if not few:
        words = tr(
            "{count} files aren't attached, among them {names}: they're too large to be in Rapport's file. "
            "Save them, and attach them."
        )
        return words.format(count=text.number(len(names)), names=shown)
    return form(
        len(names),
        *forms(
            "{names} isn't attached: it's too large to be in Rapport's file. Save it, and attach it.",
            "{names} aren't attached: they're too large to be in Rapport's file. Save them, and attach them.",
        ),
    ).format(names=shown)


def _offered_words(offer: str, hold: int, *, mine: bool) -> str:
    """The toast for an offer: what is going to stand in public, and when. `hold` is in seconds.

    `mine`: the person posts it by hand.
    """
    from app.outbox.offers import MAX_WORDS_SHOWN  # noqa: PLC0415  as above

    words = text.embed(" ".join(offer.split()), MAX_WORDS_SHOWN)
    if mine:
        return tr("Not posted yet. Post it yourself from the outbox: “{words}”").format(words=words)
    return text.counted(
        hold,
        "Posted in public in {count} second: “{words}”",
        "Posted in public in {count} seconds: “{words}”",
        words=words,
    )
