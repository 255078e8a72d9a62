"""The page of the first week: six steps, each done or left out on its own. Nothing on it has to be done at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.base.words import N_
from app.first_week import OPEN, Overview
from ui.frame.page import Page
from ui.look.text import tr
from ui.pages.firstweek.line import LineSection
from ui.pages.firstweek.proposals import ProposalsSection, TeammatesSection, TemplatesSection, TraitsSection
from ui.pages.firstweek.section import Section
from ui.pages.firstweek.targets import BlocksSection, TargetsSection
from ui.shared.week_reader import WeekReader
from ui.widgets.buttons import ActionButton, CommandButton
from ui.widgets.labels import Rule
from ui.widgets.panels import EmptyState, PageHeader, Scroll

if TYPE_CHECKING:
    from app.store.changes import Changes

_TABLES = (
    "account", "conversation", "message", "identity", "member", "teammate", "template", "template_text", "voice_guide",
    "voice_trait", "block",
)  # fmt: skip
_WIDE = 720
_FIRST_OPEN = "first open"


class FirstweekPage(Page):
    """Six steps below each other; `open` shows one of them."""

    id: ClassVar[str] = "firstweek"
    title: ClassVar[str] = N_("First week")
    icon: ClassVar[str] = "list-checks"

    def build(self) -> None:
        """Build the sections, which are empty until the letters have been read."""
        self.made: Overview | None = None
        self._wanted = ""
        header = PageHeader(
            tr("First week"), tr("Saves you time later. You can start replying before doing any of it.")
        )
        self.toggle = ActionButton(tr("Show on Today"), "sun", kind="plain")
        self.toggle.clicked.connect(self._toggle)
        header.add(self.toggle)
        bench, frame = self.bench, self.frame
        self.line = LineSection(bench, frame)
        self.proposing: tuple[ProposalsSection, ...] = (
            TeammatesSection(bench, frame), TemplatesSection(bench, frame), TraitsSection(bench, frame),
        )  # fmt: skip
        self.others = (BlocksSection(bench, frame), TargetsSection(bench, frame))
        self.area = Scroll((24, 8, 20, 24), 0, most=_WIDE)
        for place, section in enumerate(self.sections()):
            if place:
                self.area.column.addWidget(Rule())
            section.left.connect(self._leave_out)
            section.hide()
            self.area.column.addWidget(section)
        self.area.column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        words, more = tr("Nothing is here yet."), tr("Connect an account or import a file first.")
        self.begin = [CommandButton("connect", frame, kind="primary"), CommandButton("bring_in", frame)]
        self.stack.addWidget(EmptyState("list-checks", words, more=more, buttons=self.begin))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.stack, 1)
        self.reader = WeekReader(bench, self)
        self.reader.told.connect(self._show)
        self._look()

    def sections(self) -> list[Section]:
        """All steps, in their order."""
        return [self.line, *self.others, *self.proposing]

    def section(self, step: str) -> Section:
        """The section of a step."""
        return next(section for section in self.sections() if section.step == step)

    def _look(self, *, now: bool = True) -> None:
        """Show where to begin while there is nothing, else read, at once or when it is time again."""
        self.stack.setCurrentIndex(1 if self.bench.is_empty else 0)
        self._name_toggle()
        self.toggle.setVisible(not self.bench.is_empty)
        if not self.bench.is_empty:
            self.reader.ask(now=now)

    def _show(self, made: object) -> None:
        if not isinstance(made, Overview):
            return
        self.made = made
        self._move_on(made)
        for section in self.sections():
            section.show_overview(made)
            section.show()
        self._name_toggle()
        if self._wanted:
            QTimer.singleShot(0, self, self._go_to)

    def _move_on(self, made: Overview) -> None:
        """Focus the next open step, where the one with the focus is done and about to be folded."""
        at, every = QApplication.focusWidget(), self.sections()
        here = next((place for place, one in enumerate(every) if at is not None and one.inner.isAncestorOf(at)), None)
        if here is None or every[here].has_body(made.step(every[here].step)):
            return
        following = [one for one in (*every[here + 1 :], *every[:here]) if made.step(one.step).state == OPEN]
        if following:  # its link, not its field: the key of Undo is a letter
            following[0].link.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._keep_in_sight)
        else:
            self.toggle.setFocus()

    def _keep_in_sight(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.area.isAncestorOf(focused):
            self.area.ensureWidgetVisible(focused)

    def _go_to(self) -> None:
        """Bring the wanted step into sight, with the focus on it."""
        wanted, self._wanted = self._wanted, ""
        if wanted == _FIRST_OPEN and self.made is not None:
            wanted = next((step.id for step in self.made.steps if step.state == OPEN), "")
        if wanted and self.made is not None:
            section = self.section(wanted)
            bar = self.area.verticalScrollBar()
            bar.setValue(min(bar.maximum(), section.y()))
            section.focus()

    def _leave_out(self, left: bool) -> None:  # noqa: FBT001  a signal's
        section = self.sender()
        if isinstance(section, Section):
            self.bench.first_week.leave_out(section.step, left=left)
            self.reader.ask(now=True)

    def _toggle(self) -> None:
        self.bench.first_week.show(shown=not self._is_listed())
        self._look()

    def _is_listed(self) -> bool:
        week = self.bench.first_week
        return week.is_shown() if self.made is None else week.is_listed(self.made)

    def _name_toggle(self) -> None:
        self.toggle.set_title(tr("Hide from Today") if self._is_listed() else tr("Show on Today"))

    # Page

    def open(self, target: object) -> None:
        """Show a step, by its id."""
        self._wanted = str(target)
        if self.made is not None:
            self._go_to()

    def activate(self) -> None:
        """Read again, and focus the first step that is open."""
        self._look()
        if self.stack.currentIndex() == 1:
            self.begin[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._wanted and self.focusWidget() is None:
            self._wanted = _FIRST_OPEN
            self.toggle.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again: at once what the person did, in its time what only came in."""
        if changes.touches(*_TABLES) and self.isVisible():
            self._look(now=changes.touches("action"))

    def panes(self) -> Sequence[QWidget]:
        """The first thing of each step that is shown."""
        return [section.link for section in self.sections() if section.link.isVisible()]

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        return {"back": self._back}

    def _back(self) -> None:
        self.frame.leave(by_link=True)

    def closing(self) -> None:
        """Read no more: the file is going to be closed."""
        self.reader.leave()
        self.line.leave()
