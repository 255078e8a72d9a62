"""The selected member's profile: header, timeline, details, and merging two members that are one person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.members import Card
from ui.commands import keys
from ui.frame import unsaved
from ui.frame.doing import announce, show_errors, undoable
from ui.frame.page import Frame
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.members.aside import WIDE, Aside
from ui.pages.members.caring import FitsStrip, RhythmStrip, choose_level, involvement_line, unmark
from ui.pages.members.helping import Helping
from ui.pages.members.history import HistoryPane
from ui.pages.members.person import Person
from ui.pages.members.suggested import Suggested
from ui.shared.member_chooser import MemberChooser
from ui.shared.note import NoteStrip
from ui.shared.promise import DropStrip, PromiseStrip
from ui.shared.stopwatch import Stopwatch
from ui.widgets.buttons import CommandButton, IconButton
from ui.widgets.labels import Label
from ui.widgets.panels import Panel
from ui.widgets.rowview import RowView
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

_MIN_WIDTH_SIDE_BY_SIDE = 520
_MAX_COLUMN_WIDTH = 900

_LOW = 420
"""CSS pixels of height below which, in a narrow pane, only what is needed is shown."""
_TIMELINE_HEIGHT = 170
"""CSS pixels that a strip leaves to the timeline and the gaps around it."""
_WHOLE_ROW = 100
"""The stretch of a strip beside the empty room after it."""


class ProfileView(QWidget):
    """Shows one member; `edit` asks for the form, `paired` for this member and another side by side."""

    edit = Signal()
    paired = Signal(int, int)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Start empty, until `show_member`."""
        super().__init__(parent)
        self._frame, self._bench = frame, frame.bench
        self.member: int | None = None
        self.card: Card | None = None
        self.stopwatch = Stopwatch(self._bench, self)
        self.person = Person(frame)
        self.aside = Aside()
        self.aside.noted.connect(self._noted)
        self.aside.kept.connect(self._kept)
        self.aside.dropped.connect(self._drop)
        self.aside.edit.connect(self.edit)
        self.aside.merge.connect(self.ask_merge)
        self.aside.label.connect(self.labels)
        self.aside.note_asked.connect(self.dated_note)
        self.helping = Helping(frame)
        self.helping.outcome.connect(self.ask_outcome)
        self.aside.column.insertWidget(1, self.helping)
        self._shell = QWidget()
        scaled(self._shell, max_width=_MAX_COLUMN_WIDTH)
        column = QVBoxLayout(self._shell)
        column.setContentsMargins(20, 16, 20, 0)
        column.setSpacing(14)
        column.addWidget(self.person)
        self.suggested = Suggested(frame)
        self.suggested.compared.connect(self.paired)
        column.addWidget(self.suggested)
        self.involved = Label("", "meta", "text2", wrap=True)
        column.addWidget(self.involved)
        column.addWidget(self._merge_panel())
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(20)
        self.history = HistoryPane(frame)
        self._body.addWidget(self.history, 1)
        self._body.addWidget(self.aside)
        column.addLayout(self._body, 1)
        column.addLayout(self._note_row())
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._shell, 1)
        outer.addStretch(0)
        self._shell.hide()

    def _note_row(self) -> QHBoxLayout:
        """The button below the timeline that logs a conversation held in person; the strip takes its place."""
        self.strip: Strip | None = None
        self.hear = CommandButton("note", self._frame, title=tr("Log a conversation"))
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 16)
        self._foot.addWidget(self.hear)
        self._foot.addStretch(1)
        return self._foot

    def note_talk(self) -> None:
        """Open the strip that logs a conversation held in person."""
        if self.card is not None:
            self._show_strip(NoteStrip(self._bench, self.card.member.id, self.card.member.name))

    def promise(self) -> None:
        """Open the strip that notes a promise to this member."""
        if self.card is not None:
            self._show_strip(PromiseStrip(self._bench, [(self.card.member.id, self.card.member.name)]))

    def introduce(self) -> None:
        """Open the strip that introduces this member to another."""
        if self.card is not None:
            from ui.pages.members.introducing import IntroduceStrip  # noqa: PLC0415  loaded at first use

            self._show_strip(IntroduceStrip(self._bench, self.card.member.id, self.card.member.name))

    def ask_outcome(self, number: int = 0) -> None:
        """Open the strip that asks what came of an introduction, by default the latest of this member's."""
        from ui.pages.members.introducing import OutcomeStrip  # noqa: PLC0415  loaded at first use

        made = self._bench.introductions.get(number) if number else self.helping.first_open()
        if made is None:
            self._frame.toast(tr("{name} hasn't been introduced to anybody yet.").format(name=self._name()))
            return
        self._show_strip(OutcomeStrip(self._bench, made))

    def hand_off(self) -> None:
        """Open the strip that hands off a matter of this member which is in no conversation."""
        if self.card is not None:
            from ui.shared.handoff_matter import MemberHandoffStrip  # noqa: PLC0415  loaded at first use

            self._show_strip(MemberHandoffStrip(self._bench, self.card.member.id))

    def labels(self) -> None:
        """Open the picker of labels for this member."""
        if self.card is not None:
            from ui.shared.label_picker import LabelPicker  # noqa: PLC0415  loaded at first use
            from ui.shared.labelled import Members  # noqa: PLC0415  as above

            labelled = Members(self._bench, [self.card.member.id], self._name())
            LabelPicker(self.window(), self._frame, labelled).open()

    def dated_note(self, note: int | None = None) -> None:
        """Open the strip that writes a dated note on this member, or changes one."""
        if self.card is not None:
            from ui.shared.dated_note import DatedNoteStrip  # noqa: PLC0415  loaded at first use

            member = self.card.member
            self._show_strip(DatedNoteStrip(self._bench, member.id, member.name, note))

    def caring(self) -> dict[str, Callable[[], object]]:
        """The commands that set by hand how far this member takes part."""
        return {
            "pin_level": self._pin_level, "set_rhythm": self._set_rhythm, "mark_fits": self._mark_fits,
            "show_held": self._show_held, "forget_member": self._forget,
        }  # fmt: skip

    def _show_held(self) -> None:
        """Save everything that is held about this member."""
        if self.card is not None:
            from ui.dialogs.forgetting import save_all_about  # noqa: PLC0415  loaded at first use

            self.aside.keep_note()
            save_all_about(self._frame, self.card.member.id)

    def _forget(self) -> None:
        """Ask whether this member is to be forgotten for good; a note that is typed would be erased with them."""
        if self.card is not None:
            from ui.dialogs.forgetting import ForgetMember  # noqa: PLC0415  loaded at first use

            self.aside.keep_note()
            dialog = ForgetMember(self._frame, self.card.member.id)
            dialog.exec()
            dialog.deleteLater()

    def _pin_level(self) -> None:
        if self.member is not None:
            self.menu = choose_level(self._frame, self.member, self.person, self.read_again)

    def _set_rhythm(self) -> None:
        if self.member is not None:
            self._show_strip(RhythmStrip(self._bench, self.member))

    def _mark_fits(self) -> None:
        """Ask why they fit; who is marked loses the mark."""
        if self.card is None:
            return
        if self.card.member.fits:
            unmark(self._frame, self.card.member.id)
            self.read_again()
        else:
            self._show_strip(FitsStrip(self._bench, self.card.member.id))

    def _drop(self, promise: int) -> None:
        self._show_strip(DropStrip(self._bench, promise))

    def _show_strip(self, strip: Strip) -> None:
        """Show a strip below the timeline; an open one of the same goes on instead."""
        if self.strip is not None and self.strip.answers(strip):
            strip.deleteLater()
            self.strip.resume()
            return
        self.end_note()
        self.strip = strip
        strip.finished.connect(self._noted_talk)
        self.hear.hide()
        self._foot.insertWidget(0, strip, _WHOLE_ROW)
        unsaved.begin(self._frame, strip)
        self._make_room()
        strip.start()

    def end_note(self) -> None:
        """Close the strip; what was typed and not saved is kept, and said."""
        if self.strip is not None:
            unsaved.let_go(self._frame, self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
            self.hear.show()
            self._make_room()

    def _make_room(self) -> None:
        """Below each other, the details make way for an open strip, whose fields scroll where that isn't enough.

        In a low pane, as with large text, what can be done without makes way as well, and for who it is merged with.
        """
        below = self._body.direction() == QBoxLayout.Direction.TopToBottom
        self.aside.setHidden(self.strip is not None and below)
        low = self.height() < fonts.px(_LOW)
        tight = low or (below and (self.strip is not None or not self.merger.isHidden()))
        self.involved.setVisible(bool(self.involved.text()) and not tight)
        self.history.make_way(tight=tight)
        if self.strip is not None:
            self.strip.set_room(self.height() - self.person.height() - fonts.px(_TIMELINE_HEIGHT))

    def _noted_talk(self, done: str) -> None:
        self.end_note()
        if done:
            announce(self._frame, done)
            self.read_again()
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def timeline(self) -> RowView:
        """The entries of the timeline."""
        return self.history.view

    def _merge_panel(self) -> QWidget:
        self.merger = Panel(fill="accent_bg", edge="", margin=12)
        keys.make_form(self.merger)
        self.chooser = MemberChooser(self._bench, tr("Choose the member to merge with"))
        self.chooser.chosen.connect(self._chosen)
        self.chooser.left.connect(self.end_merge)
        head = QHBoxLayout()
        self._same = Label("", "strong", wrap=True)
        close = IconButton("x", tr("Close"), size=26, glyph=14)
        close.clicked.connect(self.end_merge)
        head.addWidget(self._same, 1)
        head.addWidget(close)
        self.merger.column.addLayout(head)
        self.merger.column.addWidget(self.chooser)
        self.merger.hide()
        return self.merger

    # Reading

    @property
    def latest(self) -> int | None:
        """The id of their latest conversation, or None."""
        return self.card.history[0].conversation_id if self.card is not None and self.card.history else None

    def show_member(self, number: int) -> None:
        """Show a member by id; the previous member's unsaved note is saved first."""
        same = number == self.member
        if not same:
            self.aside.keep_note()
            self.end_merge()
            self.end_note()
        self.stopwatch.begin(number)
        self.member = number
        self.card = self._bench.card(number)
        self.person.show_card(self.card)
        self.suggested.show_member(number)
        self.involved.setText(involvement_line(self._bench.involvement.of(self.card.member.id)))
        self.involved.setVisible(bool(self.involved.text()))
        self.aside.show_card(self.card, self._bench.works.listed(member_id=self.card.member.id), same=same)
        self.history.show_member(self.card.member.id)
        self.helping.show_member(self.card.member.id)
        self._shell.show()

    def show_nobody(self) -> None:
        """Show no member, as none is listed: keys are about nobody then. What was typed about the last one is kept."""
        if self.member is not None:
            self.aside.keep_note()
            self.end_merge()
            self.end_note()
        self.member = self.card = None
        self._shell.hide()

    def read_again(self) -> None:
        """Reload the member, following a merge; hide if they are gone."""
        if self.member is None:
            return
        members = self._bench.members
        self.member = members.get(self.member).id if members.rows([self.member]) else None
        if self.member is not None:
            self.show_member(self.member)
        else:
            self._shell.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the details below the timeline in a narrow pane."""
        super().resizeEvent(event)
        narrow = self.width() < fonts.px(_MIN_WIDTH_SIDE_BY_SIDE)
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._body.setStretch(1, 1 if narrow else 0)
        self.aside.setMinimumWidth(0 if narrow else fonts.px(WIDE))
        self.aside.setMaximumWidth(16_777_215 if narrow else fonts.px(WIDE if self.width() < fonts.px(700) else 248))
        self._make_room()

    # Commands

    def _noted(self, note: str) -> None:
        if self.member is not None:
            with undoable(self._frame, tr("Note on {name} saved.").format(name=self._name())):
                self._bench.members.edit(self.member, {"note": note})

    def _name(self) -> str:
        return text.name(self.card.member.name) if self.card is not None else tr("Unknown")

    def _kept(self, promise: int) -> None:
        kept = next((one for one in self.card.promises if one.id == promise), None) if self.card is not None else None
        with undoable(self._frame, tr("Promise to {name} kept.").format(name=self._name())):
            self._bench.promises.keep(promise)
            self.stopwatch.done("promise", kept.conversation_id if kept is not None else None)

    def ask_merge(self) -> None:
        """Ask which member to merge with."""
        if self.card is None:
            return
        self._same.setText(tr("Merge {name} with…").format(name=self.card.member.name))
        self.chooser.reset(self.member)
        self.merger.show()
        self._make_room()
        self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_busy(self) -> bool:
        """Whether the merge panel or a strip is open, which Esc closes first."""
        return self.merger.isVisible() or self.strip is not None

    def end_merge(self) -> None:
        """Close the merge panel."""
        if self.merger.isVisible():
            self.merger.hide()
            self._make_room()
            self.chooser.reset()

    def _chosen(self, other: int | None) -> None:
        """Show both side by side: what is kept of each is decided there."""
        if self.member is not None and other is not None:
            self.end_merge()
            self.paired.emit(self.member, other)

    def part(self) -> None:
        """Open the strip that parts the last merge and says what goes to whom."""
        if self.card is not None:
            from ui.pages.members.unmerge import UnmergeStrip  # noqa: PLC0415  loaded at first use

            with show_errors(self._frame):
                self._show_strip(UnmergeStrip(self._bench, self.card.member.id))
