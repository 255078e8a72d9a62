"""The inbox page: list, conversation, member card, composer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from app.base import clock
from app.inbox import Line, Opened
from ui.frame.doing import TakeBack, doing, told
from ui.frame.page import Page
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.inbox.card import MemberCard
from ui.pages.inbox.conversations import LIST_WIDE, ConversationList
from ui.pages.inbox.deciding import Deciding
from ui.pages.inbox.drawer import Drawer, ListWidth
from ui.pages.inbox.talk import Talk

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.voice import Cleared
    from ui.pages.inbox.later import Later
    from ui.pages.inbox.moderating import Moderating
    from ui.widgets.strip import Strip

_ONE_PANE = 640
"""Width of the page below which there is room for one pane; it grows with the text size."""
_MINUTE_MS = 60_000
_NOTICED = (
    "conversation", "message", "outbox", "moderation", "handoff", "gift", "promise", "member", "identity", "label",
    "conversation_label",
)  # fmt: skip
MENU = (
    ("unhappy", "hard", "labels", "note", "write_down"),
    ("moderate", "moderation_log"),
    ("beside", "all_from", "card"),
)


class InboxPage(Page):
    """Everything that was said, and answering it."""

    id: ClassVar[str] = "inbox"
    title: ClassVar[str] = "Inbox"
    icon: ClassVar[str] = "inbox"

    @classmethod
    def count(cls, bench: Any) -> int:  # noqa: ANN401  as the base says
        """Who needs me."""
        return int(bench.inbox.counts()["needs_me"])

    def build(self) -> None:
        """Three panes."""
        # Each pane is made inside what will hold it: moved there whole, all its widgets would be polished once more.
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self._waited: dict[int, int] = {}  # since when the open one waited, though it may be answered meanwhile
        self.deciding = Deciding(self)
        self.list = ConversationList(self.bench, self.split)
        self.talk = Talk(self.bench, self.frame, self, self.split)
        self.card = MemberCard(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(260)
        self.split.addWidget(self.list)
        self.split.addWidget(self.talk)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([fonts.px(LIST_WIDE), 1000])
        row.addWidget(self.split, 1)
        self.drawer = Drawer(self, row, self.card)
        self._list_width = ListWidth(self.split, LIST_WIDE)
        self._connect()
        self._show(self.list.current_id())

    def _connect(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.rows.doubleClicked.connect(self._reply)
        self.talk.more.connect(self._open_menu)
        self.talk.link.connect(self._open_link)
        self.talk.post.beside.connect(self._beside)
        self.talk.story.file.connect(self._save_file)
        self.talk.story.sending.connect(self._open_sending)
        self.talk.story.acted.connect(self._act)
        self.talk.story.asked.connect(self._message_menu)
        self.talk.composer.left.connect(self.list.focus_rows)
        self.talk.composer.later.clicked.connect(self._send_later)
        self.talk.composer.length.threaded.connect(self._send_thread)
        self.card.conversation.connect(self._open_conversation)
        self.card.member.connect(self._open_member)
        self.card.kept.connect(self._keep_promise)
        self.card.noted.connect(self._keep_note)
        theme().changed.connect(self._arrange)  # another text size
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.list.tick)
        self._minute.start()
        self._seeing = QTimer(self)
        self._seeing.setSingleShot(True)
        self._seeing.setInterval(800)
        self._seeing.timeout.connect(self._seen)

    # --- Page

    def panes(self) -> Sequence[QWidget]:
        """List, conversation, composer, card."""
        return (self.list.rows, self.talk.story, self.talk.composer.field, self.card)

    def shown(self) -> None:
        """The list has the keys."""
        self.list.settle()
        self.list.focus_rows()

    def open(self, target: object) -> None:
        """Show a conversation, wherever in the lists it is.

        ("search", words) shows what holds these words; ("answer", conversation, member) is for a reply to that member.
        """
        if isinstance(target, tuple) and target[0] == "search":
            self.list.search_for(target[1])
            return
        if isinstance(target, tuple):
            self.open(target[1])
            self.talk.composer.whom.prefer(target[2])
            return
        number = int(str(target))
        if not self.list.select_id(number) and not self.list.catch_up(number):
            self._show(number)
            self.list.open_outside(number)

    def refresh(self, changes: Changes) -> None:
        """Read again what is on the screen."""
        if not changes.touches(*_NOTICED):
            return
        self.list.refresh(changes)
        if self.talk.opened is not None:
            self._show(self.talk.opened.row.id, again=True)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What can be done now; most of it needs an open conversation."""
        always: dict[str, Callable[[], object]] = {
            "search": self.list.focus_search, "next": self._next, "previous": self._previous, "back": self._back,
            "next_waiting": self._next_waiting, "select": self.list.marks.toggle, "extend_down": self._extend_down,
            "extend_up": self._extend_up, "card": self.drawer.toggle, "write_down": self._write_down,
        }  # fmt: skip
        if self.talk.opened is None:
            return always
        decide = self.deciding
        return always | {
            "open": self._reply, "done": decide.done, "snooze": decide.snooze, "handoff": self._handoff,
            "gift": self._gift, "labels": decide.labels, "unhappy": decide.unhappy, "hard": decide.hard,
            "all_from": self._all_from, "beside": self._beside,
            "note": self._note, "reply": self._reply, "template": self._template, "insert_template": self._template,
            "seen_valued": self._seen_valued, "send_done": self._send_done, "send_keep": self._send_keep,
            "choose_receiver": self.talk.composer.whom.offer,
            "send_later": self._send_later, "send_thread": self._send_thread,
            "moderate": self._moderate, "moderation_log": self._moderation_log,
            "take_hint": self.talk.composer.take_hint, "next_hint": self.talk.composer.next_hint,
            **decide.for_one(),
        }  # fmt: skip

    def closing(self) -> None:
        """Keep the draft and the note; no timer may ask a file that is closed."""
        self._seeing.stop()
        self._minute.stop()
        self.keep()

    def keep(self) -> None:
        """Keep the draft and the note."""
        self.talk.composer.keep()
        self.card.keep_note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow: the card is a drawer, then only one pane fits."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width()
        self.drawer.arrange()
        one = wide < fonts.px(_ONE_PANE)
        self.talk.setMinimumWidth(0 if one else fonts.px(420))
        reading = self.talk.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.list.setVisible(not one or not reading)
        self.talk.setVisible(not one or reading)

    # --- what is shown

    def _chosen(self, number: str) -> None:
        self._show(int(number) if number else None)

    def _show(self, number: int | None, *, again: bool = False) -> None:
        if number is None:
            self.talk.nothing()
            self.card.nothing()
            return
        now = clock.now()
        opened = self.bench.inbox.open(number)
        if opened.row.state == "needs_me" and opened.row.waiting_since is not None:
            self._waited = {number: opened.row.waiting_since}
        self.talk.show_conversation(opened, now)
        if opened.row.member_id is None:
            self.card.nothing()
        else:
            self.card.show_card(self.bench.card(opened.row.member_id), now)
        if not again:
            self._seeing.start()

    def _seen(self) -> None:
        """The person has looked long enough to have read: the dot goes."""
        opened = self.talk.opened
        if opened is not None and opened.row.unread and self.isVisible() and self.window().isActiveWindow():
            self.bench.inbox.seen(opened.row.id)

    def _here(self) -> Opened:
        opened = self.talk.opened
        assert opened is not None  # noqa: S101  handlers() offers these commands only with a conversation open
        return opened

    # --- moving

    def _next(self) -> None:
        self.list.step(1)

    def _previous(self) -> None:
        self.list.step(-1)

    def _extend_down(self) -> None:
        self.list.marks.extend(1)

    def _extend_up(self) -> None:
        self.list.marks.extend(-1)

    def _back(self) -> None:
        if self.talk.has_strip():
            self.talk.close_strip()
        elif self.list.rows.hasFocus():
            self.list.marks.clear()
        self.drawer.close()
        self.list.focus_rows()
        self._arrange()

    def _next_waiting(self) -> None:
        row = self.talk.opened.row if self.talk.opened is not None else None
        number = self.bench.inbox.next_needing(row.id if row else None, self._waited.get(row.id) if row else None)
        if number is None:
            self.frame.toast(tr("Nobody else is waiting for you."))
        else:
            self.list.show_waiting(number)

    def _open_conversation(self, number: str) -> None:
        self.open(int(number))

    def _open_member(self, number: str) -> None:
        self.frame.go("members", int(number))

    def _all_from(self) -> None:
        member = self._here().row.member_id
        if member is not None:
            self.frame.go("members", member)

    def _beside(self) -> None:
        opened = self._here()
        if not opened.beside:
            alone = tr("Nobody else has written under this post.")
            self.frame.toast(alone if opened.post_title else tr("This conversation isn't under a post."))
            return
        self.list.show_beside(opened.row.id, opened.post_title)

    # --- deciding

    def _did(self, words: str) -> None:
        """Say what was done, with Undo for it."""
        action = self.bench.store.last_action
        self.frame.toast(words, TakeBack(self.frame, action) if action is not None else None)

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in the composer's place, with the keys in its first field."""
        strip.finished.connect(self._strip_finished)
        self.talk.strip(strip)
        strip.nextInFocusChain()
        first = next(
            (child for child in strip.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.ClickFocus), strip
        )
        first.setFocus()

    def _strip_finished(self, words: str) -> None:
        self.talk.close_strip()
        self.list.focus_rows()
        if words:
            self._did(f"{words}.")

    def _gift(self) -> None:
        from ui.shared.gift import GiftStrip  # noqa: PLC0415

        strip = GiftStrip(self.bench, self._here())
        self.show_strip(strip)
        strip.start()

    def _handoff(self) -> None:
        from ui.shared.handoff import HandoffStrip  # noqa: PLC0415

        self.show_strip(HandoffStrip(self.bench, self._here()))

    def _note(self) -> None:
        from ui.shared.note import NoteStrip  # noqa: PLC0415

        row = self._here().row
        if row.member_id is None:
            self.frame.fail(tr("Nobody but us has written here yet."))
            return
        self.show_strip(NoteStrip(self.bench, row.member_id, row.member))

    def _write_down(self) -> None:
        from ui.dialogs.write_down import ask  # noqa: PLC0415  only where no program is let in

        ask(self.frame, opened=self.talk.opened)

    # --- answering

    def _reply(self) -> None:
        if self.talk.opened is not None:
            self.talk.close_strip()
            self.talk.composer.write()
            self._arrange()

    def answer(self, message: int) -> None:
        """Reply to the author of that message of the open conversation."""
        self._reply()
        self.talk.composer.whom.answer(message)

    def _template(self) -> None:
        self._reply()
        self.talk.composer.ask_template()

    def _seen_valued(self) -> None:
        found = self.bench.templates.find("seen-and-valued", 1)
        if not found:
            self.frame.fail(tr("There's no template “seen-and-valued” yet. Create one under Templates & Voice."))
            return
        self._reply()
        self.talk.composer.insert(str(found[0]))

    def _send_done(self) -> None:
        self._act_or_send(then_done=True)

    def _send_keep(self) -> None:
        self._act_or_send(then_done=False)

    @cached_property
    def _later(self) -> Later:
        from ui.pages.inbox.later import Later  # noqa: PLC0415  it knows the outbox, which the first paint does without

        return Later(self)

    def _send_later(self) -> None:
        self._later.ask()

    @cached_property
    def _moderating(self) -> Moderating:
        from ui.pages.inbox.moderating import Moderating  # noqa: PLC0415  few conversations need it

        return Moderating(self)

    def _moderate(self) -> None:
        self._moderating.ask()

    def _moderation_log(self) -> None:
        self._moderating.log()

    def _message_menu(self, line: Line | None, place: QPoint) -> None:
        self._moderating.menu(line, place)

    def _act(self, what: str, rest: str) -> None:
        """Something was pressed under a message, or under a reply that goes out later."""
        if what in ("now", "when"):
            self._later.act(what, int(rest))
        elif what in ("post", "posted", "not_posted"):
            from ui.pages.inbox.sending import decide  # noqa: PLC0415  as in `send`

            decide(self, what, int(rest))
        else:
            self._moderating.act(what, rest)

    def _send_thread(self) -> None:
        self._later.as_thread()

    def _act_or_send(self, *, then_done: bool) -> None:
        """Ctrl+Enter belongs to the strip while one is open, else to the composer."""
        from ui.widgets.strip import Strip  # noqa: PLC0415

        current = self.talk.below.currentWidget()
        if isinstance(current, Strip):
            current.act()
        else:
            self.talk.composer.send(then_done=then_done)

    def send(
        self, cleared: Cleared, *, then_done: bool, at: int | None = None, parts: int = 1, answers: int | None = None
    ) -> None:
        """Hand a cleared reply to the outbox, or to the person who posts it."""
        from ui.pages.inbox.sending import hand_over  # noqa: PLC0415  it knows the outbox

        hand_over(self, self._here(), cleared, then_done=then_done, at=at, parts=parts, answers=answers)

    # --- the rest

    def _open_menu(self) -> None:
        from ui.palette.menus import command_menu  # noqa: PLC0415  at its first use

        menu = command_menu(self, MENU, self.handlers().__contains__, self.frame.run)
        menu.exec(self.talk.menu.mapToGlobal(self.talk.menu.rect().bottomLeft()))
        menu.deleteLater()

    def _open_link(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)

    def _open_sending(self, _number: str) -> None:
        """A reply that is not out yet: take this one back while it is held, else show the outbox."""
        held = next((line for line in self._here().lines if line.kind == "outbox" and str(line.id) == _number), None)
        if held is not None and held.state in ("held", "queued"):
            with doing(self.frame, tr("Send undone. Your draft is back.")):
                self.bench.outbox.discard(held.id)
        else:
            self.frame.go("outbox", int(_number))

    def _save_file(self, number: str) -> None:
        from ui.frame.files import save_path  # noqa: PLC0415  needed rarely

        with told(self.frame):
            name, _ = self.bench.inbox.attachment(int(number))
            path = save_path(self, tr("Save attachment"), text.file_name(name), "")
            if path is not None:
                self.bench.inbox.save_attachment(int(number), path)
                self.frame.toast(tr("Saved as {0}.").format(text.isolate(path.name)))

    def _keep_promise(self, number: str) -> None:
        with doing(self.frame, tr("Promise kept.")):
            self.bench.promises.keep(int(number))

    def _keep_note(self, member: str, words: str) -> None:
        with doing(self.frame, tr("Note saved.")):
            self.bench.members.edit(int(member), {"note": words})
