"""Moderation from the conversation: the strip that asks for the guideline, the context menu, undo and retry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSizePolicy

from app.base import clock
from app.base.words import forms
from app.channels.channel import FAVOURITE, LIKE
from app.inbox import Line, Opened
from app.inbox.reactions import title
from app.mail.quotes import first_words
from ui.frame.doing import show_errors
from ui.look import icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared.act import Act, What
from ui.shared.standing import VERBS, verb_words
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.pane import Pane

_MAX_MESSAGES_OFFERED = 40
"""Only the latest messages are offered in the strip; older ones have the context menu."""
_MAX_EXCERPT_CHARS = 40
_HOLD_TOASTS = {
    "show": forms(
        "Will be shown on the channel in {count} second.", "Will be shown on the channel in {count} seconds."
    ),
    "hide": forms(
        "Will be hidden on the channel in {count} second.", "Will be hidden on the channel in {count} seconds."
    ),
    "spam": forms(
        "Will be marked as spam on the channel in {count} second.",
        "Will be marked as spam on the channel in {count} seconds.",
    ),
    "delete": forms(
        "Will be deleted on the channel in {count} second.", "Will be deleted on the channel in {count} seconds."
    ),
}


class ModerationStrip(Strip):
    """Asks for the action, the message, the guideline, the reason and evidence."""

    def __init__(self, moderating: Moderating, opened: Opened, offered: list[Line], message: int, verb: str) -> None:
        """Preselect that message id and verb; 0 and "" select the first offered."""
        super().__init__(tr("Moderation"), "shield", tr("Apply on the channel"))
        self._moderating, self._bench = moderating, moderating.bench
        self._lines = {line.id: line for line in offered}
        self.message = Choice([(str(line.id), _one_line(line)) for line in offered], str(message or ""))
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.verb = Choice()
        self.guideline = Choice([("", name) for name in self._bench.moderation.guidelines()])
        self._typed = QLineEdit()
        self.guideline.setLineEdit(self._typed)
        self.guideline.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.guideline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.guideline.setCurrentIndex(-1)
        self.why, self.evidence = QLineEdit(), QLineEdit()
        self._account = text.isolate(opened.row.account)
        self._lay_out()
        self._fit_verbs(verb)
        self.message.activated.connect(self._message_chosen)
        self.verb.activated.connect(self._verb_chosen)

    def _lay_out(self) -> None:
        self._typed.setTextMargins(-8, 0, 0, 0)  # the combo box adds its own
        self._typed.setPlaceholderText(tr("Used before (↓), or a new one"))
        self._typed.setAccessibleName(tr("Guideline"))
        self.why.setPlaceholderText(tr("Optional"))
        self.evidence.setPlaceholderText(tr("Optional: a link, or where a picture is kept"))
        self.field(tr("What"), self.verb, 0, 0)
        self.field(tr("Guideline"), self.guideline, 0, 1, 2)
        self.field(tr("Message"), self.message, 1, 0, 3)
        self.field(tr("Reason"), self.why, 2, 0)
        self.field(tr("Evidence"), self.evidence, 2, 1, 2)
        for column, stretch in enumerate((2, 2, 1)):
            self.form.setColumnStretch(column, stretch)

    def _chosen(self) -> Line:
        return self._lines[int(self.message.key())]

    def _fit_verbs(self, verb: str = "") -> None:
        """List the verbs of the chosen message in the channel's order; for a held one "show" (approve) comes first."""
        line = self._chosen()
        able = list(self._bench.moderation.verbs(line.id))
        if line.upstream == "held" and "show" in able:
            able.insert(0, able.pop(able.index("show")))
        self.verb.set_choices([(key, verb_words(key, line.upstream)) for key in able], verb)
        self._verb_chosen()

    def _message_chosen(self, _place: int) -> None:
        self._fit_verbs(self.verb.key())

    def _verb_chosen(self, _place: int = 0) -> None:
        usual = tr("No guideline broken")
        if self.verb.key() == "show" and not self.guideline.currentText():
            self.guideline.setEditText(usual)
        elif self.verb.key() != "show" and self.guideline.currentText() == usual:
            self.guideline.setEditText("")
        self.aside.setText(
            tr("This happens on {channel}. You have a few seconds to undo it, and it is kept in the log.").format(
                channel=self._account
            )
        )

    def start(self) -> None:
        """Focus the first empty field."""
        self.guideline.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed.selectAll()

    def do(self) -> str:
        """Log the action and start its hold; returns "", since the inbox shows its own toast with Undo."""
        self._moderating.do(
            self._chosen().id, self.verb.key(), self.guideline.currentText(), self.why.text(), self.evidence.text()
        )
        return ""


class Moderating(QObject):
    """The inbox page's moderation commands."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self.bench: Workbench = pane.bench

    def ask(self, message: int = 0, verb: str = "") -> None:
        """Open the strip for a message id; for 0, the latest message that can be moderated, held ones first."""
        opened = self._pane.opened
        if opened is None:
            return
        offered = self._offered(opened, message)
        if not offered:
            self._pane.frame.toast(_why_not(opened))
            return
        strip = ModerationStrip(self, opened, offered, message, verb)
        strip.about = (message, verb) if message else None
        self._pane.show_strip(strip)

    def _offered(self, opened: Opened, message: int) -> list[Line]:
        """The members' messages that can be moderated, latest first, but those held for approval before all others."""
        theirs = [line for line in opened.lines if line.kind == "said" and not line.out]
        near = [line for line in theirs if line.id == message] + theirs[::-1][:_MAX_MESSAGES_OFFERED]
        offered = {line.id: line for line in near if self.bench.moderation.verbs(line.id)}
        return sorted(offered.values(), key=lambda line: line.upstream != "held")

    def do(self, message: int, verb: str, guideline: str, why: str, evidence: str) -> None:
        """Log the action and show a toast with Undo. Raises UserError if the guideline is missing."""
        hold = self.bench.settings.number("hold_seconds")
        number = self.bench.moderation.do(message, verb, guideline, why, evidence, hold)
        self._pane.close_strip()
        self._pane.list.focus_rows()
        self._pane.frame.toast(text.counted(hold, *_HOLD_TOASTS[verb]), _NotDone(self._pane.frame, number))

    def undo(self, deed: int) -> None:
        """Undo an entry of the moderation log, by its id."""
        _NotDone(self._pane.frame, deed)()

    def retry(self, deed: int) -> None:
        """Retry a failed entry of the moderation log, by its id."""
        with show_errors(self._pane.frame):
            self.bench.moderation.retry(deed)
            self._pane.frame.toast(tr("Rapport will try again."))

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
                self._add_reactions(menu, line.id)
            if self._pane.here().is_of_letters:
                self._add(menu, "split", tr("Part this letter…"), Act(What.PART, message=line.id))
            self._add(menu, "forward", tr("Forward this message"), Act(What.FORWARD, message=line.id))
            for verb in self.bench.moderation.verbs(line.id):
                act = Act(What.MODERATE, message=line.id, verb=verb)
                self._add(menu, VERBS[verb][1], verb_words(verb, line.upstream), act)
        if line is not None and line.kind in ("said", "unreadable") and self._pane.here().is_of_letters:
            self._add(menu, "save", tr("Save the original…"), Act(What.SAVE_ORIGINAL, message=line.id))
        if line is not None and line.kind == "outbox" and line.state in ("held", "queued"):
            menu.addSeparator()
            self._add(menu, "pencil", tr("Edit it in the draft"), Act(What.UNDO_SEND, outbox=line.id))
        if line is not None and (line.charset or line.kind == "unreadable"):
            self._add_charsets(menu, line.id)
        self._add(menu, "scroll-text", tr("Moderation log"), Act(What.SHOW_MODERATION_LOG))
        return menu

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

    def _add_charsets(self, menu: QMenu, message: int) -> None:
        """Add the character sets that a letter may be in, where it does not say so itself."""
        from app.mail.charsets import OFFERED  # noqa: PLC0415  few letters need it

        others = menu.addMenu(tr("Read with another character set"))
        for charset in OFFERED:
            self._add(others, "type", charset, Act(What.READ_AS, message=message, verb=charset))

    def _add(self, menu: QMenu, icon: str, words: str, act: Act) -> None:
        action = QAction(icons.icon(icon, theme().hex("text2")), words, menu)
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
            waits = entry != self._number
            self._frame.show_again((desk.get(self._number).conversation_id,))
            self._frame.toast(
                tr("It will be undone on the channel.") if waits else tr("Undone: nothing happened on the channel.")
            )


def _one_line(line: Line) -> str:
    """A message as one line of a list box."""
    body = text.plain(first_words(line.text, 2 * _MAX_EXCERPT_CHARS))
    words = f"{body[:_MAX_EXCERPT_CHARS].rstrip()}…" if len(body) > _MAX_EXCERPT_CHARS else body
    state = {
        "held": tr("held for approval"),
        "hidden": tr("hidden on the channel"),
        "spam": tr("marked as spam on the channel"),
    }.get(line.upstream)
    parts = [text.embed(line.author), text.stamp(line.at, clock.now()), state, text.isolate(words)]
    return text.sentence(" · ".join(part for part in parts if part))


def _why_not(opened: Opened) -> str:
    from app.accounts import channel  # noqa: PLC0415  known by now

    theirs = any(line.kind == "said" and not line.out for line in opened.lines)
    account = text.isolate(opened.row.account)
    if not theirs:
        return tr("Nobody but us has written here yet.")
    if opened.account_mode == "file" or not channel(opened.row.kind).can.moderate:
        return tr("{channel} can't be moderated from here.").format(channel=account)
    return tr("These messages are already being moderated.")
