"""The members page: a table of all members, and the selected member's profile across all channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import N_
from app.members import KIND_NAMES
from app.members.saving import save
from ui.frame import unsaved
from ui.frame.doing import undoable
from ui.frame.listed import Listed
from ui.frame.page import Page
from ui.look import text
from ui.look.text import tr
from ui.pages.members.form import MemberForm, ask_fields
from ui.pages.members.helping import TABLES
from ui.pages.members.many import Many
from ui.pages.members.out import Export, show_receipts
from ui.pages.members.profile import ProfileView
from ui.pages.members.sides import PEOPLE, SIDES, Sides
from ui.pages.members.table import COLUMNS, MARGINS, MemberDelegate, MemberModel
from ui.shared.markable import MarkableRows
from ui.widgets.after_paint import AfterPaint
from ui.widgets.buttons import CommandButton
from ui.widgets.columns import TableHead
from ui.widgets.fields import Choice, SearchField
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.panes import Panes
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.pages.members.side import PairRow


_SEARCHED = N_("The search covers names, identities and notes, and conditions such as city:Brno or involvement:core.")
LIST = "list:"
"""What the key of a kept list begins with, among the kinds."""


def kinds_and_lists(bench: Workbench) -> list[tuple[str, str]]:
    """What can be chosen beside the search: everybody, the kinds, and the lists that are kept."""
    kinds = [(key, tr(title)) for key, title in KIND_NAMES.items()]
    return [("", tr("Everybody")), *kinds, *((f"{LIST}{one.id}", one.name) for one in bench.member_lists.every())]


_TABLES = (
    "member", "identity", "conversation", "message", "gift", "promise", "label", "member_label", "member_note",
    "member_field", "member_value", "member_list", "involvement", "handoff", "moderation", "work", "help",
    "introduction", "quarrel", "member_merge",
)  # fmt: skip
"""What stands in the table, the profile and the timeline."""


def _suggest(page: MembersPage, pairs: Sequence[PairRow]) -> None:
    """Let the profile know of the pairs that were found; it is made for it, where it is not there yet."""
    page.profile.suggested.take(pairs)


class MembersPage(Page):
    """Table, profile and edit form."""

    id, title, icon = "members", N_("Members"), "users"
    _profile: ProfileView | None = None

    def build(self) -> None:
        """Build the table at the left and the profile at the right."""
        self._by, self._upwards = "last", False
        self._wanted: int | None = None
        self._before: int | None = None  # who was shown before a search that finds nobody
        self.model = MemberModel(self.bench)
        self.model.whole.connect(self._whole)
        self.header = PageHeader(tr("Members"))
        self.header.add(CommandButton("bring_in", self.frame, title=tr("Import")))
        self.header.add(CommandButton("export_contacts", self.frame, title=tr("Export")))
        self.header.add(CommandButton("add_member", self.frame, title=tr("Add member")))
        self.split = Panes(self, self._left, self._right, (498, 574), (2, 3), (300, 430), 760)
        self.split.left.connect(self._to_list)
        self.export = Export(
            self.frame,
            self.model.numbers,
            lambda: self.many.targets(),  # noqa: PLW0108  made with the left pane
            lambda: bool(self.search.text() or self.kind.key()),
            lambda: self.member,
        )
        self.sides = Sides(self.frame, self.split, self)
        self.sides.turned.connect(self.activate)
        self.sides.found.connect(partial(_suggest, self))
        self.sides.member.connect(self.open)
        self.sides.left.connect(self._back)
        self.header.add_left(self.sides.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.sides.stack, 1)
        self._soon = AfterPaint(self, lambda: self.profile)
        self._ask()

    def _left(self, parent: QWidget) -> QWidget:
        left = QWidget(parent)
        self.search = SearchField(tr("Name, identity or note"), "search")
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self._to_list)
        self.search.below.connect(self._to_list)
        self.search.returnPressed.connect(self._to_list)
        self.kind = Choice(kinds_and_lists(self.bench), name=tr("Kind or list"))
        self.kind.picked.connect(lambda _kind: self._ask())
        self.delegate = MemberDelegate(self)
        self.list = MarkableRows(tr("Members"), self.model, self.model, self.delegate)
        self.list.moved.connect(self._moved)
        self.list.opened.connect(self._opened)
        self.list.menu_asked.connect(self.frame.show_menu)
        self.head = TableHead(COLUMNS, MARGINS, "last")
        self.head.stand_over(self.list)
        self.head.sorted.connect(self._sort)
        top = QHBoxLayout()
        top.setContentsMargins(24, 14, 16, 6)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.kind)
        self.nobody = EmptyState(
            "users", tr("No members match"), more=tr(_SEARCHED),
        )  # fmt: skip
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addWidget(self.nobody, 1)
        self.many = Many(self.frame, self.list, self.model, column, self.window)
        self.many.marks.changed.connect(self._marked)
        self.many.listed.connect(self._show_list)
        return left

    def _right(self, parent: QWidget) -> QWidget:
        self.right = Stack(parent)
        self.empty = EmptyState(
            "users",
            tr("Members appear with their first message"),
            more=tr("Connect an account, import a list of people, or add the first member yourself."),
            buttons=[CommandButton(command, self.frame) for command in ("connect", "bring_in", "add_member")],
        )
        self._blank = QWidget()
        for widget in (self._blank, self.empty):
            self.right.addWidget(widget)
        return self.right

    @property
    def profile(self) -> ProfileView:
        """The profile of the selected member, made once the table is painted or when it is first asked for."""
        if self._profile is None:
            self._soon.stop()
            profile = self._profile = ProfileView(self.frame, self.right)
            profile.edit.connect(self._edit)
            profile.paired.connect(self.sides.show_pair)
            self.right.addWidget(profile)
            self._moved(self.list.place())
            if self.right.currentWidget() is self._blank:
                self.right.setCurrentWidget(profile)
        return self._profile

    @cached_property
    def form(self) -> MemberForm:
        """The form, made at its first use."""
        form = MemberForm(self.right)
        form.saved.connect(self._saved)
        form.left.connect(self._back)
        form.fields_asked.connect(partial(ask_fields, self))
        self.right.addWidget(form)
        return form

    @property
    def open_form(self) -> MemberForm | None:
        """The form, while it is shown."""
        return form if isinstance(form := self.right.currentWidget(), MemberForm) else None

    def _is_writing(self) -> bool:
        """Whether the form is shown."""
        return self.open_form is not None

    # Reading

    @property
    def member(self) -> int | None:
        """The id of the member shown at the right, or None."""
        return self.profile.member

    @property
    def _here(self) -> int | None:
        """The same, or who is going to be shown there."""
        return self._profile.member if self._profile is not None else self.model.id_at(self.list.place())

    def _ask(self) -> None:
        """Run the search again, keeping the selection."""
        keep = self._wanted or self._here or self._before
        with self.many.marks.kept():
            self.model.show(*self._asked(), self._by, upwards=self._upwards)
        self.head.set_current(self._by, upwards=self._upwards)
        place = self.model.place_of(keep) if keep is not None else -1
        count = self.model.rowCount()
        self.list.setVisible(count > 0 or self._nobody_at_all())
        self.head.setVisible(count > 0)
        self.nobody.setVisible(count == 0 and not self._nobody_at_all())
        self.nobody.set_more(self.bench.members.problem(self._asked()[0]) or tr(_SEARCHED))
        self.list.choose(max(place, 0))
        self.header.line.setText(self._count_words(count))
        if self._nobody_at_all():
            self.split.to_right()
            self.right.setCurrentWidget(self.empty)
        elif count and self.right.currentWidget() is self.empty:
            self.right.setCurrentWidget(self.profile)
        elif not count:
            self._before = self._here or self._before
            if self._profile is not None:
                self._profile.show_nobody()

    def _nobody_at_all(self) -> bool:
        return self.model.rowCount() == 0 and not self.search.text() and not self.kind.key()

    def _count_words(self, count: int) -> str:
        if self.search.text() or self.kind.key():
            return tr("{count} of {total}").format(
                count=text.number(count), total=text.number(self.bench.members.count())
            )
        return tr("{count} people across all channels").format(count=text.number(count)) if count else ""

    def _whole(self) -> None:
        """All of many members are there: keep the one that is open, and say how many they are."""
        keep = self._wanted or self._here
        place = self.model.place_of(keep) if keep is not None else -1
        with QSignalBlocker(self.list) if place >= 0 and keep == self._here else nullcontext():
            self.list.choose(max(place, 0))
        self.header.line.setText(self._count_words(self.model.rowCount()))

    def _asked(self) -> tuple[str, str]:
        """What is looked for, and the kind of member: those of the list that is chosen, with what is typed besides."""
        typed, key = self.search.text(), self.kind.key()
        if not key.startswith(LIST):
            return typed, key
        kept = self.bench.member_lists.get(int(key.removeprefix(LIST)))
        return f"{kept.words} {typed}".strip(), kept.kind

    def _marked(self, count: int) -> None:
        self.delegate.marking = bool(count)

    def _show_list(self, number: int) -> None:
        self.kind.set_choices(kinds_and_lists(self.bench), f"{LIST}{number}")
        self.search.clear()
        self._ask()
        self.list.setFocus()

    def _keep_list(self) -> None:
        self.many.ask_name(*self._asked())

    def _typed(self, _typed: str) -> None:
        self._wanted = None
        self.many.marks.clear()  # another list: what was marked in this one would be out of sight
        self._ask()

    def _sort(self, key: str) -> None:
        self._upwards = not self._upwards if key == self._by else key == "name"
        self._by = key
        self._ask()

    def _moved(self, place: int) -> None:
        number = self.model.id_at(place)
        if number is not None:
            self._wanted = self._before = None
            if self._profile is None:
                self._soon.start()
                return
            self._profile.show_member(number)
            if self.right.currentWidget() is self.empty:
                self.right.setCurrentWidget(self._profile)

    # Page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        turning, side = self.sides.handlers(), self.sides.current
        if side is not None:
            return {
                "back": self._back, "add_member": self._add, "export_contacts": self.export, **turning,
                **side.handlers(),
            }  # fmt: skip
        handlers: dict[str, Callable[[], object]] = {
            "next": self.list.next, "previous": self.list.previous, "search": self._search, "filter": self._search,
            "add_member": self._add, "back": self._back, "open": self._open, "member_fields": partial(ask_fields, self),
            "export_contacts": self.export, "forgotten": partial(show_receipts, self.frame), **turning,
        }  # fmt: skip
        if self._is_writing():
            return handlers | {"save": self.form.send}
        handlers |= {**self.many.handlers(self.member), "save_member_list": self._keep_list}
        if self.member is not None:
            handlers |= {
                "edit_member": self._edit,
                "merge": self.profile.ask_merge,
                "gift": partial(self.frame.go, "delight", ("log", self.member)),
            }
            handlers |= {"note": self.profile.note_talk, "promise": self.profile.promise}
            handlers["handoff"] = self.profile.hand_off
            handlers |= {"introduce_to": self.profile.introduce, "introduction_outcome": self.profile.ask_outcome}
            handlers["save"] = self.profile.aside.keep_note
            # a message to this member says where it goes, and offers to reply where they wrote
            handlers["reply"] = partial(self.frame.go, "letter", ("member", self.member))
            handlers["member_note"] = self.profile.dated_note
            handlers |= self.profile.caring()
            if self.bench.pairs.may_part(self.member):
                handlers["part_member"] = self.profile.part
        return handlers

    def panes(self) -> Sequence[QWidget]:
        """The switch, the table, the timeline and the note; on another side what that has."""
        side = self.sides.current
        if side is not None:
            return (self.sides.switch, *side.panes())
        return (self.sides.switch, self.list, self.profile.timeline, self.profile.aside.note)

    def listed(self) -> Listed | None:
        """The members of the table, or those of the side that is shown."""
        side = self.sides.current
        if side is not None:
            return side.listed()
        return Listed("members", self.model.numbers, tr("Members"))

    def chosen_sheet(self) -> tuple[str, int] | None:
        """The member at the right, or the one that is selected on another side."""
        side = self.sides.current
        number = self.member if side is None else side.chosen()
        return ("member", number) if number is not None else None

    def activate(self) -> None:
        """Focus the table, or the list of the side that is shown."""
        self.sides.count_again()
        side = self.sides.current
        if side is not None:
            self.profile.aside.keep_note()
            side.activate()
        else:
            self.list.setFocus()

    def open(self, target: object) -> None:
        """Show a member by id, clearing the search if it hides them; a no-op while the form has unsaved changes.

        A side by its key, as in "quiet"; ("pair", id, id) shows two members side by side.
        """
        if isinstance(target, str) and target in SIDES:
            self.sides.turn(target)
        if isinstance(target, tuple) and target[0] == "pair":
            self.sides.show_pair(int(target[1]), int(target[2]))
        if not isinstance(target, int) or self._refuse_if_unsaved():
            return
        self.sides.turn(PEOPLE)
        number = self.bench.members.get(target).id
        self._wanted = number
        self.split.to_right()
        if self.model.place_of(number) < 0:
            self.search.clear()
            self.kind.set_key("")
        self._ask()
        self.right.setCurrentWidget(self.profile)

    def refresh(self, changes: Changes) -> None:
        """Reload what changed."""
        self.sides.refresh(changes)
        profile = self._profile
        if profile is not None and changes.touches(*TABLES) and profile.helping.member:
            profile.helping.show_member(profile.helping.member)
        if not changes.touches(*_TABLES):
            return
        if changes.touches("member_list"):
            self.kind.set_choices(kinds_and_lists(self.bench), self.kind.key())
        if changes.touches("member", "identity", "message", "member_list", "involvement"):
            self._ask()
        else:
            self.model.forget(frozenset())
        if profile is not None:
            profile.read_again()

    def may_leave(self) -> bool:
        """Save the note; always True."""
        if self._profile is not None:
            self._profile.aside.keep_note()
        return True

    # Commands

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_list(self) -> None:
        self.list.setFocus()

    def _open(self) -> None:
        if self.profile.timeline.hasFocus():
            self.profile.history.open_entry(self.profile.timeline.place())
        else:
            self._opened(self.list.place())

    def _opened(self, _place: int) -> None:
        self.split.to_right()
        self.profile.timeline.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.profile.timeline.place() < 0:
            self.profile.timeline.step(0)

    def _refuse_if_unsaved(self) -> bool:
        """Whether the form has unsaved changes; if so, say that in a toast and focus the form."""
        writing = self._is_writing() and bool(self.form.changed())
        if writing:
            self.frame.toast(tr("This form isn't saved yet. Press Enter to save it, or Esc to close it."))
            self.form.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        return writing

    def _edit(self) -> None:
        if self.member is not None and not self._refuse_if_unsaved():
            self._editing: int | None = self.member
            self.form.show_known(self.bench.members, self.member)
            self.form.unsaved.begin(self.frame.memory.forms, self.member)
            self._show_form()

    def _add(self) -> None:
        if self._refuse_if_unsaved():
            return
        self.sides.turn(PEOPLE)
        self._editing = None
        name = self.search.text().strip() if not self.model.rowCount() else ""
        self.form.show_member(None, name, fields=self.bench.members.own.fields())
        self.form.unsaved.begin(self.frame.memory.forms, None)
        self._show_form()

    def _reopen_form(self) -> None:
        """Undo closing the form: show it again with its unsaved changes."""
        self.frame.go(self.id)
        self._show_form()

    def _show_form(self) -> None:
        self.sides.turn(PEOPLE)
        self.split.to_right()
        self.right.setCurrentWidget(self.form)
        self.form.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        side = self.sides.current
        if side is not None:
            if not side.back() and not self.frame.leave(by_link=True):
                self.sides.turn(PEOPLE)
            return
        if self._is_writing():
            if self.form.unsaved.end():
                self.frame.toast(unsaved.kept_words(self.form.title.text()), self._reopen_form)
            self.right.setCurrentWidget(self.empty if self._nobody_at_all() else self.profile)
        elif self.many.marks.clear() or (not self.profile.is_busy() and self.frame.leave(by_link=True)):
            return
        self.profile.end_merge()
        self.profile.end_note()
        self.split.to_left()
        self.list.setFocus()

    def _saved(self, values: Mapping[str | int, Any]) -> None:
        if self._editing is None:
            with undoable(
                self.frame, tr("{name} is a member now.").format(name=text.name(str(values.get("name", ""))))
            ):
                self._wanted = save(self.bench.store, self.bench.members, None, values)
                self._done()
        elif not values:
            self._back()
        else:
            name = str(values.get("name") or self.bench.members.get(self._editing).name)
            with undoable(self.frame, tr("{name} saved.").format(name=text.name(name))):
                save(self.bench.store, self.bench.members, self._editing, values)
                self._done()

    def _done(self) -> None:
        self.form.unsaved.saved()
        if self._wanted is not None:
            self.search.clear()
            self.kind.set_key("")
        self.right.setCurrentWidget(self.profile)
        self._ask()
        self.profile.read_again()
        self.list.setFocus()
