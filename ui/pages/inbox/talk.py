"""The conversation pane: action bar, subject, account, post, messages, and composer or strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.inbox import Opened
from app.inbox.moderated import CLOSED
from ui.commands.keys import make_form
from ui.frame import unsaved
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.pages.inbox.between_notice import BetweenNotices
from ui.pages.inbox.composer import Composer, Sender
from ui.pages.inbox.linked import LinkLines
from ui.pages.inbox.post import PostBlock
from ui.pages.inbox.ruled import RuleLines
from ui.pages.inbox.so_far import SoFarLines
from ui.pages.inbox.turn import in_head
from ui.shared.story import Story
from ui.widgets.avatar import Chip, Icon
from ui.widgets.buttons import ActionButton, CommandButton, IconButton
from ui.widgets.fitted import Fitted
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.paint import LABEL
from ui.widgets.panels import empty_layout, only_first
from ui.widgets.scaled import scaled
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.pictures import Pictures
    from ui.widgets.strip import Strip


_QWIDGETSIZE_MAX = 16_777_215
_LOW_PANE_HEIGHT = 680
"""Pixels; in a lower pane the post's excerpt and the audience line shrink to leave room for the messages."""
_MIN_HEAD_HEIGHT, _MAX_HEAD_SHARE, _MAX_LOW_HEAD_SHARE, _ROOMY_HEIGHT = 64, 0.35, 0.25, 600
_MIN_STORY_HEIGHT, _COMPOSER_SHARE, _OPEN_POST_SHARE = 76, 0.4, 0.15
"""Pixels, and a share of the pane's height: in a low pane, with large letters, or with hints below the words, head and
composer scroll so that all three are in sight."""
_MAX_COLUMN_WIDTH = 880
"""Pixels; longer lines are hard to read, so a wider pane centres the column."""


def _pictures(bench: Workbench) -> Pictures:
    from ui.shared.pictures import Pictures  # noqa: PLC0415  few conversations have any

    return Pictures(bench)


class Talk(QWidget):
    """Shows the open conversation; strips for a gift or a hand-off take the composer's place."""

    more = Signal()
    link = Signal(str)
    beside = Signal()
    private = Signal(int)
    """The private message that takes this conversation further is wanted; carries its draft's id."""

    def __init__(self, bench: Workbench, frame: Frame, sender: Sender, parent: QWidget | None = None) -> None:
        """Start empty, until `show_conversation`."""
        super().__init__(parent)
        self.setMinimumWidth(420)
        self._bench, self._frame = bench, frame
        self.opened: Opened | None = None
        self.whole = 0  # the conversation of which more than the latest messages are shown
        self.strip: Strip | None = None  # shown in the composer's place
        self.done, self.menu = CommandButton("done", frame), IconButton("ellipsis", tr("More actions"))
        self.snooze = CommandButton("snooze", frame, kind="plain")
        self.title = Label("", "conversation", wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.sign, self.where = Icon("message-square", "text2", 14), ElidedLabel("", "meta", "text2")
        self.private_draft = ActionButton(
            tr("A private message to them is begun. Go on"), "lock", kind="chip", height=24
        )
        self.private_draft.hide()
        self.private_draft.clicked.connect(self._go_private)
        self.marks = QHBoxLayout()
        self.marks.setSpacing(6)
        # Containers get their final parent at once: reparenting a finished subtree would polish all of it again.
        self._pages = Stack(self)
        self._whole = QWidget(self._pages)
        self._column = QWidget(self._whole)
        self.post, self.links = PostBlock(bench, self._column), LinkLines(self._column)
        self.so_far, self.rules = SoFarLines(bench, self._column), RuleLines(bench, frame, self._column)
        self.between = BetweenNotices(bench, self._column)
        self.story = Story(bench.inbox.letters.left_out)
        self.below = Stack(self._column)
        self.composer = Composer(bench, frame, sender, self.below)
        self.composer.words.picker.keep = self.story
        make_form(self.composer)
        self.below.addWidget(self.composer)
        self.head = Fitted(self._head(), self._column)
        self._lay_out(frame)
        self.head.fitted.connect(self._make_room)
        self._column.installEventFilter(self)
        self.menu.clicked.connect(self.more)
        self.links.colleague.connect(self._write_to_colleague)
        self.post.link.connect(self.link)
        self.post.beside.connect(self.beside)
        self.post.whole.turned.connect(self._make_room)
        self.post.whole.failed.connect(frame.fail)
        self.story.link.connect(self.link)
        self.story.files.show_pictures_of(lambda: _pictures(bench))

    def _lay_out(self, frame: Frame) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(frame))
        column.addWidget(Rule())
        centred = QHBoxLayout()
        centred.addStretch(1)
        self._lay_out_column()
        centred.addWidget(self._column, 1000)
        centred.addStretch(1)
        column.addLayout(centred, 1)
        self._pages.addWidget(self._whole)

    def _lay_out_column(self) -> None:
        """Put head, messages and composer in one column of readable width."""
        scaled(self._column, max_width=_MAX_COLUMN_WIDTH)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        self._around = QHBoxLayout()
        self._around.addWidget(self.story)
        policy = QSizePolicy.Policy
        self.story.setSizePolicy(policy.Expanding, policy.Ignored)  # what it keeps is `_room_below`'s to say
        self._free_above = 0
        self._end_messages()
        column.addLayout(self._around, 1)
        column.addWidget(self.below)

    def make_room(self, height: int) -> None:
        """Leave so many pixels free between the messages and the composer, as far as nothing is squeezed by it."""
        self._free_above = height
        self._end_messages()

    def _end_messages(self) -> None:
        """End the messages above what stands below; were that squeezed, its buttons would lie on its words."""
        below = self.below
        needs = below.heightForWidth(below.width()) if below.hasHeightForWidth() else below.minimumSizeHint().height()
        spare = self._room_below() - max(needs, below.minimumHeight())
        margins = QMargins(20, 10, 14, 8 + max(0, min(self._free_above, spare)))
        if margins != self._around.contentsMargins():
            self._around.setContentsMargins(margins)

    def _head(self) -> QWidget:
        """Subject, account, post, marks and labels."""
        whole = QWidget()
        head = QVBoxLayout(whole)
        head.setContentsMargins(20, 14, 20, 4)
        head.setSpacing(4)
        head.addWidget(self.title)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.sign)
        line.addWidget(self.where, 1)
        head.addLayout(line)
        head.addWidget(self.post)
        head.addWidget(self.links)
        head.addWidget(self.private_draft, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(self.marks)
        head.addWidget(self.rules)
        head.addWidget(self.so_far)
        head.addWidget(self.between)
        return whole

    def _bar(self, frame: Frame) -> QWidget:
        bar = QWidget(self._whole)
        scaled(bar, height=52)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(2)
        row.addWidget(self.done)
        row.addWidget(self.snooze)
        row.addWidget(CommandButton("handoff", frame, kind="plain"))
        row.addWidget(CommandButton("gift", frame, kind="plain", tone="delight"))
        row.addStretch(1)
        row.addWidget(self.menu)
        return bar

    def menu_corner(self) -> QPoint:
        """The screen position at which the "More actions" menu opens."""
        return self.menu.mapToGlobal(self.menu.rect().bottomLeft())

    def nothing(self) -> None:
        """Save the draft and show the empty state: no conversation is open."""
        self.composer.draft.save()
        self.opened = None
        self.story.empty()
        from ui.pages.inbox.nothing import nothing_open  # noqa: PLC0415  seldom shown at first

        only_first(self._pages)
        self._pages.addWidget(nothing_open(self._bench, self._frame))
        self._pages.setCurrentIndex(1)

    def forget(self) -> None:
        """Let the open conversation go: it was joined into another, which is shown next."""
        self.composer.forget()
        self.opened = None

    def show_conversation(self, opened: Opened, now: int) -> None:
        """Show a conversation; a reload of the same one keeps the text being typed. `now` is Unix UTC."""
        same = self.opened is not None and self.opened.row.id == opened.row.id
        if same and self.opened == opened and self.composer.shows(opened):
            return
        self.opened = opened
        row = opened.row
        self.title.setText(text.plain(row.title))
        self.done.set_title(
            tr("Reopen") if row.state == "done" else tr("Done"), "rotate-ccw" if row.state == "done" else "check"
        )
        self._show_where(opened)
        self._show_marks(opened)
        self._pages.setCurrentWidget(self._whole)
        if same:
            self.composer.refresh(opened)
        else:
            self.close_strip()
            self.composer.show_conversation(opened)
        self.story.show_conversation(opened, now)

    def _show_where(self, opened: Opened) -> None:
        row = opened.row
        self.sign.set(icons.for_channel(row.kind))
        seen = tr("public") if row.public else tr("private")
        if any(line.letter.mailing_list for line in opened.lines):
            seen = tr("mailing list")
        also = [tr("also in {account}").format(account=text.plain(name)) for name in opened.also_in]
        turn = in_head(row, clock.now())
        self.where.setText(" · ".join([row.account, seen, *also, *([turn] if turn else [])]))
        self.post.show_post(opened)
        passed = opened.passed
        colleague = passed.by if passed is not None and passed.teammate_id is not None else ""
        self.links.show_links(opened.links, passed.sentence if passed is not None else "", colleague)
        self.so_far.show_conversation(row.id, row.messages)
        self.rules.show_conversation(row.id)
        self.between.show_conversation(row.id, row.member_id)
        self.private_draft.setVisible(bool(opened.private_draft))

    def _go_private(self) -> None:
        if self.opened is not None and self.opened.private_draft:
            self.private.emit(self.opened.private_draft)

    def _write_to_colleague(self) -> None:
        """Begin a letter to whoever passed it on: a reply goes to whoever asked."""
        from app.outbox.to_colleague import to_colleague  # noqa: PLC0415  few conversations were passed on

        if self.opened is not None:
            bench = self._bench
            try:
                draft = to_colleague(bench.store, bench.letters, self.opened.row.id)
            except UserError as why:
                self._frame.fail(str(why))
                return
            self._frame.go("letter", ("draft", draft.id))

    def _show_marks(self, opened: Opened) -> None:
        empty_layout(self.marks)
        row = opened.row
        closed = tr(CLOSED).format(account=text.isolate(text.plain(row.account)))
        for on, chip in (
            (row.locked, (closed, "warn", "lock")),
            (row.unhappy, (tr("Unhappy"), "danger", "frown")),
            (row.hard, (tr("Difficult question"), "warn", "circle-question-mark")),
            (row.flagged, (tr("Flagged in the mailbox"), "warn", "flag")),
        ):
            if on:
                self.marks.addWidget(Chip(*chip))
        for name, colour in row.labels[:4]:
            self.marks.addWidget(Chip(text.plain(name), f"{LABEL}{colour}", "tag"))
        for command in ("ask_again", "let_go") if row.asked else ("by_person",) if row.closed_itself else ():
            self.marks.addWidget(CommandButton(command, self._frame, kind="plain"))
        if self.marks.count():
            self.marks.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shrink the post and the audience line in a low pane."""
        super().resizeEvent(event)
        low = self.height() < fonts.px(_LOW_PANE_HEIGHT)
        self.post.set_low(low=low)
        self.composer.set_low(low=low)

    def _make_room(self) -> None:
        """Share the height out: a few lines of the messages stay in sight, and what has no room scrolls."""
        tall = self._column.height()
        share = _MAX_HEAD_SHARE if tall >= fonts.px(_ROOMY_HEIGHT) else _MAX_LOW_HEAD_SHARE
        share += _OPEN_POST_SHARE if self.post.whole.is_open else 0.0
        self.head.set_most(max(fonts.px(_MIN_HEAD_HEIGHT), int(tall * share)))
        self._fit_below()

    def _room_below(self) -> int:
        """The height in pixels that composer or strip may take."""
        return max(0, self._column.height() - self.head.height() - fonts.px(_MIN_STORY_HEIGHT))

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in the composer's place."""
        self.close_strip()
        self.strip = strip
        unsaved.begin(self._frame, strip)
        strip.installEventFilter(self)
        self.below.addWidget(strip)
        self.below.setCurrentWidget(strip)
        self._fit_below()

    def close_strip(self) -> None:
        """Close the strip; the composer is back. What was typed and not saved is kept, and said."""
        strip, self.strip = self.strip, None
        if strip is not None:
            unsaved.let_go(self._frame, strip)
        only_first(self.below)
        self.below.setCurrentWidget(self.composer)
        self._fit_below()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refit when the strip's content changes, or the column has another height; never filters."""
        if event.type() == QEvent.Type.Resize and watched is self._column:
            self._make_room()
        elif event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and watched is self.below.currentWidget():
            self._fit_below()
        return False

    def _fit_below(self) -> None:
        """Fit the height to the strip at the current width, as far as there is room."""
        strip, room = self.strip, self._room_below()
        if strip is None:
            self.below.setMinimumHeight(0)
            self.below.setMaximumHeight(_QWIDGETSIZE_MAX)
            self.composer.set_room(room, int(self._column.height() * _COMPOSER_SHARE))
            self._end_messages()
            return
        strip.set_room(room)
        wide = self.below.width()
        high = strip.heightForWidth(wide) if strip.hasHeightForWidth() else strip.sizeHint().height()
        self.below.setFixedHeight(max(high, 40))
        self._end_messages()
