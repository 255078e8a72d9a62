"""Moderation from the conversation: the strip that asks for the guideline, the context menu, undo and retry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.base import clock
from app.channels.channel import FAVOURITE, LIKE
from app.inbox import Line, Opened
from app.inbox.reactions import title
from app.moderation.verbs import NEED_NO_GUIDELINE
from app.moderation.words import soon
from app.moderation.words import title as title_of
from ui.frame.doing import show_errors
from ui.look import fonts, icons, languages, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.inbox.moderation_strip import ModerationStrip, to_be_decided_first
from ui.shared.act import Act, What
from ui.shared.moderated import ICONS

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.pane import Pane

_MAX_MESSAGES_OFFERED = 40
"""Only the latest messages are offered in the strip; older ones have the context menu."""


class Moderating(QObject):
    """The inbox page's moderation commands."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self.bench: Workbench = pane.bench

    def ask(self, message: int = 0, verb: str = "") -> None:
        """Open the strip for a message id; for 0, the latest message that can be moderated, reported ones first."""
        opened = self._pane.opened
        if opened is None:
            return
        offered = self._offered(opened, message)
        if not offered:
            self._pane.frame.toast(_why_not(opened))
            return
        strip = ModerationStrip(self, self.bench.moderation, opened, offered, message, verb)
        strip.about = (message, verb) if message else None
        self._pane.show_strip(strip)

    def _offered(self, opened: Opened, message: int) -> list[Line]:
        """The messages that can be moderated: reported and held ones first, then theirs, then ours, latest first."""
        said = [line for line in opened.lines if line.kind == "said"]
        latest = sorted(said[::-1][:_MAX_MESSAGES_OFFERED], key=lambda line: line.out)
        near = [line for line in said if line.id == message] + latest
        offered = {line.id: line for line in near if self.bench.moderation.verbs(line.id)}
        return to_be_decided_first(list(offered.values()))

    def press(self, message: int, verb: str) -> None:
        """Do a verb to a message: at once where no guideline is needed, else the strip asks for it."""
        if verb not in NEED_NO_GUIDELINE:
            self.ask(message, verb)
            return
        with show_errors(self._pane.frame):
            self.do(message, verb)

    def turn_solution(self) -> None:
        """Mark the message that is read as the solution, or remove the mark where the conversation has one."""
        opened, read = self._pane.here(), self._pane.talk.story.being_read()
        if read is not None and self._turn(read):
            return
        marked = [line for line in opened.lines if line.solution]
        if not any(map(self._turn, marked)):
            self._pane.frame.toast(self._why_no_solution(opened, read))

    def _turn(self, line: Line) -> bool:
        """Give a message the mark as the solution, or remove it; whether that can be done now."""
        able = self.bench.moderation.verbs(line.id)
        verb = "unsolve" if line.solution else "solve"
        if verb in able:
            self.press(line.id, verb)
        return verb in able

    def _why_no_solution(self, opened: Opened, read: Line | None) -> str:
        from app.accounts import channel  # noqa: PLC0415  known by now

        if read is None:
            return tr("There's no message here.")
        if opened.account_mode == "file" or "solve" not in channel(opened.row.kind).can.moderate:
            return tr("{channel} knows no solutions.").format(channel=text.isolate(opened.row.account))
        if opened.may is not None and "solve" not in opened.may:
            return tr("Your account has no right to mark solutions on {channel}.").format(
                channel=text.isolate(opened.row.account)
            )
        return tr("This message is already being moderated.")

    def do(
        self, message: int, verb: str, guideline: str = "", why: str = "", evidence: str = "", seconds: int = 0
    ) -> None:
        """Log the action and show a toast with Undo. Raises UserError if a guideline is missing."""
        hold = self.bench.settings.number("hold_seconds")
        number = self.bench.moderation.do(message, verb, guideline, why, evidence, hold, seconds=seconds)
        self._pane.close_strip()
        self._pane.list.focus_rows()
        deed = self.bench.moderation.get(number)
        words = partial(soon, verb, deed.before, deed.kind)
        self._pane.frame.count_down(words, hold, _NotDone(self._pane.frame, number))

    def undo(self, deed: int) -> None:
        """Undo an entry of the moderation log, by its id."""
        _NotDone(self._pane.frame, deed)()

    def retry(self, deed: int) -> None:
        """Retry a failed entry of the moderation log, by its id."""
        with show_errors(self._pane.frame):
            self.bench.moderation.retry(deed)
            name = text.name(self.bench.moderation.get(deed).author or tr("Unknown"))
            self._pane.frame.toast(tr("{name}: Rapport will try again.").format(name=name))

    def menu(self, line: Line | None, point: QPoint) -> None:
        """Show the context menu of a message at a screen position."""
        menu = self.offer(line)
        menu.exec(point)
        menu.deleteLater()

    def offer(self, line: Line | None) -> QMenu:
        """Make the context menu: copy, reply, moderate or correct, and the log."""
        menu = self._pane.talk.story.createStandardContextMenu()
        if line is not None and line.kind == "said":
            menu.addSeparator()
            if line.out and not line.gone:
                self._add(menu, "pencil", tr("Correct…"), Act(What.CORRECT, message=line.id))
                self._add(menu, "trash-2", tr("Withdraw…"), Act(What.WITHDRAW, message=line.id))
            if not line.out and not line.gone:
                self._add(menu, "reply", tr("Reply to this message"), Act(What.REPLY, message=line.id))
                self._add(menu, "camera", tr("Permission to use this…"), Act(What.PERMISSION, message=line.id))
                self._add_reactions(menu, line.id)
                self._add_help(menu, line.id)
            if self._pane.here().is_of_letters:
                self._add(menu, "split", tr("Part this letter…"), Act(What.PART, message=line.id))
            self._add(menu, "forward", tr("Forward this message"), Act(What.FORWARD, message=line.id))
            kind = self._pane.here().row.kind
            for verb in self.bench.moderation.verbs(line.id):
                act = Act(What.MODERATE, message=line.id, verb=verb)
                asks = tr("{action}…") if verb not in NEED_NO_GUIDELINE else "{action}"
                self._add(
                    menu,
                    ICONS[verb],
                    asks.format(action=title_of(verb, line.upstream, kind)),
                    act,
                )
        if line is not None and line.kind in ("said", "unreadable") and self._pane.here().is_of_letters:
            self._add(menu, "save", tr("Save the original…"), Act(What.SAVE_ORIGINAL, message=line.id))
        if line is not None and line.kind == "outbox" and line.state in ("held", "queued"):
            menu.addSeparator()
            self._add(menu, "pencil", tr("Edit it in the draft"), Act(What.UNDO_SEND, outbox=line.id))
        if line is not None and line.kind in ("said", "offline"):
            self._add_languages(menu, line.id)
        if line is not None and (line.charset or line.kind == "unreadable"):
            self._add_charsets(menu, line.id)
        self._add(menu, "scroll-text", tr("Moderation log"), Act(What.SHOW_MODERATION_LOG))
        return menu

    def _add_help(self, menu: QMenu, message: int) -> None:
        """Offer to mark a member's message as help, or to take the mark off."""
        known = self.bench.helps.of_message(message)
        words = tr("This helped another member")
        if known is not None:
            words = tr("Didn't help {name} after all").format(name=text.name(known.helped))
        self._add(menu, "hand", words, Act(What.HELPED, message=message))

    def _add_reactions(self, menu: QMenu, message: int) -> None:
        """Add the reactions that can be given to a message, and those that can be taken back."""
        from ui.pages.inbox.reacting import Reacting  # noqa: PLC0415  it knows the outbox

        able, given = Reacting(self._pane).offered(message)
        holder = menu.addMenu(tr("React")) if len(able) > 1 else menu
        for what in able:
            words = title(what) if holder is not menu or what in (LIKE, FAVOURITE) else tr("React")
            self._add(holder, "thumbs-up", words, Act(What.REACT, message=message, verb=what))
        for what in given:
            words = tr("Take back {reaction}").format(reaction=title(what))
            self._add(menu, "undo-2", words, Act(What.UNREACT, message=message, verb=what))

    def _add_languages(self, menu: QMenu, message: int) -> None:
        """Show in which language a message is, and offer the others."""
        known = self.bench.intake.language_of(message)
        title = tr("Language: {name}").format(name=languages.name(known)) if known else tr("Language: not known")
        others = menu.addMenu(title)
        for code in languages.HOUSE:
            if code != known:
                self._add(others, "languages", languages.own_name(code), Act(What.LANGUAGE, message=message, verb=code))

    def _add_charsets(self, menu: QMenu, message: int) -> None:
        """Add the character sets that a letter may be in, where it does not say so itself."""
        from app.mail.charsets import OFFERED  # noqa: PLC0415  few letters need it

        others = menu.addMenu(tr("Read with another character set"))
        for charset in OFFERED:
            self._add(others, "type", charset, Act(What.READ_AS, message=message, verb=charset))

    def _add(self, menu: QMenu, icon: str, words: str, act: Act) -> None:
        action = QAction(icons.icon(icon, theme().hex("text2"), fonts.px(16)), words, menu)
        action.setData(act)
        action.triggered.connect(self._menu_chosen)
        menu.addAction(action)

    def _menu_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self._pane.act(sender.data())

    def log(self) -> None:
        """Show the moderation log of the open conversation."""
        opened = self._pane.opened
        if opened is None:
            return
        from ui.pages.inbox.moderation_log import ModerationLog  # noqa: PLC0415  rarely opened

        deeds = self.bench.moderation.entries(opened.row.id)
        if not deeds:
            self._pane.frame.toast(tr("No moderation actions yet."))
            return
        ModerationLog(self._pane.window(), text.plain(opened.row.title), deeds, clock.now())


class _NotDone:
    """Undoes an entry of the moderation log: at once while it is held, otherwise by an action on the channel."""

    def __init__(self, frame: Frame, number: int) -> None:
        self._frame, self._number = frame, number

    def __call__(self) -> None:
        """Undo it and show a toast; a UserError, as when the channel cannot undo it, is shown too."""
        with show_errors(self._frame):
            desk = self._frame.bench.moderation
            entry = desk.undo(self._number)
            deed = desk.get(self._number)
            self._frame.show_again((deed.conversation_id,))
            done = tr("Undone: nothing happened on the channel.")
            if entry != self._number:
                done = tr("It will be undone on the channel.")
            elif deed.state == "failed":  # it may have happened
                done = deed.error
            self._frame.toast(done)


def _why_not(opened: Opened) -> str:
    from app.accounts import channel  # noqa: PLC0415  known by now

    theirs = any(line.kind == "said" and not line.out for line in opened.lines)
    account = text.isolate(opened.row.account)
    if not theirs:
        return tr("Nobody but us has written here yet.")
    if opened.account_mode == "file" or not channel(opened.row.kind).can.moderate:
        return tr("{channel} can't be moderated from here.").format(channel=account)
    return tr("These messages are already being moderated.")
