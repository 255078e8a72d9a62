"""Dispatch of the links under a message or an unsent reply, and of the message's context menu."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from app.inbox import Line
from ui.frame.doing import announce, show_errors, undoable
from ui.look import languages, text
from ui.look.text import tr
from ui.shared.act import Act, What

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.answering import Answering
    from ui.pages.inbox.changing import Changing
    from ui.pages.inbox.moderating import Moderating
    from ui.pages.inbox.onward import Onward
    from ui.pages.inbox.pane import Pane
    from ui.pages.inbox.permission import Permission
    from ui.pages.inbox.reacting import Reacting


class Acting(QObject):
    """Dispatches each `Act` to the code that carries it out."""

    def __init__(self, pane: Pane, answering: Answering, onward: Onward) -> None:
        """Act on this page; replies go through `answering`, what is forwarded through `onward`."""
        super().__init__()
        self._pane, self._answering, self._onward = pane, answering, onward

    @cached_property
    def moderating(self) -> Moderating:
        """Moderation of members' messages, loaded at its first use."""
        from ui.pages.inbox.moderating import Moderating  # noqa: PLC0415  few conversations need it

        return Moderating(self._pane)

    @cached_property
    def changing(self) -> Changing:
        """Correcting and withdrawing our own messages, loaded at its first use."""
        from ui.pages.inbox.changing import Changing  # noqa: PLC0415  it knows the outbox

        return Changing(self._pane, self._answering)

    @cached_property
    def reacting(self) -> Reacting:
        """Reactions to members' messages, loaded at their first use."""
        from ui.pages.inbox.reacting import Reacting  # noqa: PLC0415  it knows the outbox

        return Reacting(self._pane)

    @cached_property
    def permission(self) -> Permission:
        """Permission for what members made, loaded at its first use."""
        from ui.pages.inbox.permission import Permission  # noqa: PLC0415  rarely needed

        return Permission(self._pane)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        commands: dict[str, Callable[[], object]] = {
            "moderate": self._moderate, "moderation_log": self._show_log, "solution": self._turn_solution,
            "correct": self._correct, "withdraw": self._withdraw, "react": self._react, "react_with": self._react_with,
            "permission": self._ask_permission, "take_address": self._take_address,
        }  # fmt: skip
        names: dict[str, Callable[[], object]] = {
            "same_person": self._same_person,
            "another_person": self._another_person,
        }
        return commands | (names if self._pane.here().names else {})

    def _correct(self) -> None:
        self.changing.ask("correct")

    def _withdraw(self) -> None:
        self.changing.ask("withdraw")

    def _ask_permission(self) -> None:
        self.permission.go_on()

    def _take_address(self) -> None:
        self._pane.composer.address.take()

    def _react(self) -> None:
        self.reacting.press()

    def _react_with(self) -> None:
        self.reacting.choose()

    def _same_person(self) -> None:
        self._answer_name(self._pane.here().names[0].message_id, same=True)

    def _another_person(self) -> None:
        self._answer_name(self._pane.here().names[0].message_id, same=False)

    def _answer_name(self, message: int, *, same: bool) -> None:
        """Answer whether a message's new name is its member's."""
        names = self._pane.here().names
        asked = next((one for one in names if one.message_id == message), names[0])
        yes, no = tr("Rapport remembers that {name} is the same person."), tr("{name} is a member of their own now.")
        with undoable(self._pane.frame, (yes if same else no).format(name=text.name(asked.name))):
            self._pane.bench.intake.same_person(message, same=same)

    def _read_otherwise(self, act: Act) -> None:
        """Read a letter in another character set, or say in which language a message is."""
        if act.what is What.READ_AS:
            self._pane.read_as(act.message, act.verb)
            return
        done = tr("The message is in {language}. Rapport remembers that.").format(language=languages.name(act.verb))
        with undoable(self._pane.frame, done):
            self._pane.bench.intake.set_language(act.message, act.verb)

    def _moderate(self) -> None:
        self.moderating.ask()

    def _turn_solution(self) -> None:
        self.moderating.turn_solution()

    def _show_log(self) -> None:
        self.moderating.log()

    def menu(self, line: Line | None, point: QPoint) -> None:
        """Show the context menu of a message at a screen position."""
        self.moderating.menu(line, point)

    def act(self, act: Act) -> None:
        """Carry out an `Act`."""
        match act.what:
            case What.REPLY | What.PART | What.FORWARD | What.SAVE_ORIGINAL:
                self._take_further(act)
            case What.MODERATE | What.UNDO_MODERATION | What.RETRY_MODERATION | What.SHOW_MODERATION_LOG:
                self._act_on_moderation(act)
            case What.HELPED:
                self._pane.mark_help(act.message)
            case What.CORRECT | What.WITHDRAW:
                self.changing.ask("correct" if act.what is What.CORRECT else "withdraw", act.message)
            case What.REACT:
                self.reacting.react(act.message, act.verb)
            case What.UNREACT:
                self.reacting.take_back(act.message, act.verb)
            case What.SAME_PERSON | What.ANOTHER_PERSON:
                self._answer_name(act.message, same=act.what is What.SAME_PERSON)
            case What.PERMISSION:
                self.permission.about(act.message)
            case What.READ_AS | What.LANGUAGE:
                self._read_otherwise(act)
            case _:
                self._act_on_reply(act.what, act.outbox)

    def _take_further(self, act: Act) -> None:
        match act.what:
            case What.REPLY:
                self._answering.answer(act.message)
            case What.PART:
                self._pane.part(act.message)
            case What.FORWARD:
                self._onward.forward(act.message)
            case _:
                self._pane.save_original(act.message)

    def _act_on_moderation(self, act: Act) -> None:
        match act.what:
            case What.MODERATE:
                self.moderating.press(act.message, act.verb)
            case What.UNDO_MODERATION:
                self.moderating.undo(act.deed)
            case What.RETRY_MODERATION:
                self.moderating.retry(act.deed)
            case _:
                self.moderating.log()

    def _act_on_reply(self, action: What, number: int) -> None:
        """Carry out an act on a reply in the outbox, by its outbox id."""
        match action:
            case What.SEND_NOW:
                self._answering.later.send_now(number)
            case What.POSTPONE:
                self._answering.later.ask_again(number)
            case What.UNDO_SEND:
                self._undo_send(number)
            case What.SHOW_IN_OUTBOX:
                self._pane.frame.go("outbox", number)
            case What.POST:
                self._pane.frame.post(number)
            case What.CANCEL_CHANGE | What.CANCEL_REACTION:
                (self.changing if action is What.CANCEL_CHANGE else self.reacting).cancel(number)
            case What.RETRY_CHANGE | What.RETRY_REACTION:
                (self.changing if action is What.RETRY_CHANGE else self.reacting).retry(number)
            case What.CONFIRM_POSTED | What.NOT_POSTED:
                from ui.pages.inbox.sending import decide  # noqa: PLC0415  it knows the outbox

                decide(self._pane, number, posted=action is What.CONFIRM_POSTED)

    def _undo_send(self, number: int) -> None:
        """Undo sending while the reply is still held or queued; otherwise show it in the outbox."""
        lines = self._pane.here().lines
        held = next((line for line in lines if line.kind == "outbox" and line.id == number), None)
        if held is not None and held.state in ("held", "queued"):
            with show_errors(self._pane.frame):
                before = self._pane.bench.store.last_action
                back = self._pane.bench.outbox.discard(held.id)
                words = tr("Send undone. Your draft is back.") if back else tr("Send undone. Your new draft stays.")
                announce(self._pane.frame, words, before)
        else:
            self._pane.frame.go("outbox", number)
