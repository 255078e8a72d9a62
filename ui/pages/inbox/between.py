"""What is done about what goes on between members: help marked, a quarrel settled, an answer noted, letters begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.frame.doing import announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.between_notice import BetweenNotices
    from ui.pages.inbox.pane import Pane


class Between(QObject):
    """The inbox page's commands between members."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    @property
    def _notices(self) -> BetweenNotices:
        return self._pane.talk.between

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        found: dict[str, Callable[[], object]] = {"helped": self.mark_help}
        if self._notices.quarrel is not None:
            found |= {
                "both_sides": self.show_sides, "write_first": self._write_first, "write_second": self._write_second,
                "settle_quarrel": self.settle, "no_quarrel": self.dismiss,
            }  # fmt: skip
        else:
            found["raise_quarrel"] = self.raise_case
        if "said_yes" in self._notices.buttons:
            found |= {"said_yes": self._said_yes, "said_no": self._said_no}
        if "write_both" in self._notices.buttons:
            found["write_both"] = self.introduce
        return found

    def press(self, command_id: str) -> None:
        """Do what a button of the notices is for."""
        do = self.handlers().get(command_id)
        if do is not None:
            do()

    # --- help

    def mark_help(self, message: int = 0) -> None:
        """Mark a message as help, by default the one that is read; again takes the mark off."""
        pane = self._pane
        line = pane.talk.story.being_read()
        with show_errors(pane.frame):
            number = message or (line.id if line is not None and line.kind == "said" else 0)
            if not number:
                pane.frame.toast(tr("There's no message here."))
                return
            before = pane.bench.store.last_action
            one, on = pane.bench.helps.toggle(number)
            words = (
                tr("{helper} helped {name}.") if on else tr("{helper} no longer counts as having helped {name} here.")
            )
            words = words.format(helper=text.name(one.helper), name=text.name(one.helped))
            announce(pane.frame, words, before)

    # --- a quarrel

    def show_sides(self) -> None:
        """Show what both said and what is known of them."""
        case = self._notices.quarrel
        if case is not None:
            from ui.pages.inbox.both_sides import BothSides  # noqa: PLC0415  seldom needed

            BothSides(self._pane.window(), case, self._pane.bench.quarrels.pasts(case.id))

    def _write_first(self) -> None:
        self._write(0)

    def _write_second(self) -> None:
        self._write(-1)

    def _write(self, place: int) -> None:
        """Begin a private message to one side, and open it."""
        case, pane = self._notices.quarrel, self._pane
        if case is None:
            return
        with show_errors(pane.frame):
            word = pane.bench.quarrels.write_to(case.id, case.sides[place].member_id)
            if word.draft is not None:
                pane.frame.go("letter", ("draft", word.draft.id))
            else:
                pane.open(word.conversation_id)
                pane.composer.write()

    def settle(self) -> None:
        """Say that it is settled."""
        case, pane = self._notices.quarrel, self._pane
        if case is not None:
            with undoable(pane.frame, tr("Settled: {names}.").format(names=_names(case.names))):
                pane.bench.quarrels.settle(case.id)

    def dismiss(self) -> None:
        """Say that it never was one."""
        case, pane = self._notices.quarrel, self._pane
        if case is not None:
            words = tr("Not a quarrel: {names}. Rapport won't report one here again.").format(names=_names(case.names))
            with undoable(pane.frame, words):
                pane.bench.quarrels.dismiss(case.id)

    def raise_case(self) -> None:
        """Say that the last two who wrote here quarrel."""
        pane = self._pane
        with show_errors(pane.frame):
            before = pane.bench.store.last_action
            case = pane.bench.quarrels.raise_case(pane.here().row.id)
            announce(pane.frame, tr("A quarrel: {names}.").format(names=_names(case.names)), before)

    # --- an introduction

    def _said_yes(self) -> None:
        self._note(yes=True)

    def _said_no(self) -> None:
        self._note(yes=False)

    def _note(self, *, yes: bool) -> None:
        made, member, pane = self._notices.introduction, self._notices.member, self._pane
        person = made.person(member) if made is not None else None
        if made is None or person is None:
            return
        words = tr("{name} would like to meet {other}.") if yes else tr("{name} would rather not meet {other}.")
        words = words.format(name=text.name(person.name), other=text.name(made.partner(member).name))
        with undoable(pane.frame, words):
            pane.bench.introductions.note_word(made.id, member, yes=yes)

    def introduce(self) -> None:
        """Begin the message to both, and open it."""
        made, pane = self._notices.introduction, self._pane
        if made is None:
            return
        with show_errors(pane.frame):
            begun = pane.bench.introducing.introduce(made.id)
            pane.frame.go("letter", ("draft", begun.drafts[0].id))


def _names(names: tuple[str, ...]) -> str:
    return text.sentence(" · ".join(text.name(name) for name in names))
