"""The model of the inbox list: holds ids in order and reads rows in blocks as they become visible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.channels.windows import closes_at
from app.inbox import ConversationRow, Query, Ref
from app.search import Asked, Page, around
from ui.look.text import day_and_time, spoken_age, tr
from ui.pages.inbox.turn import promised
from ui.shared import channel_names

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.pages.inbox.list_search import Find

RowRole = Qt.ItemDataRole.UserRole
FoundRole = Qt.ItemDataRole.UserRole + 1
_BLOCK_ROWS = 40
_MAX_CACHED_ROWS = 4_000
_BESIDE_ROWS = ("draft_beside", "label", "conversation_label", "member")
"""Tables whose rows are shown within those of conversations."""
Index = QModelIndex | QPersistentModelIndex


class ConversationModel(QAbstractTableModel):
    """The conversations of a query, or those with search hits."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty, until `show` or `show_found`."""
        super().__init__()
        self._bench = bench
        self._query: Query | None = None
        self._refs: list[Ref] = []
        self._rows: dict[int, ConversationRow] = {}
        self._hits: dict[int, str] = {}
        self._excerpts: dict[int, str] = {}
        self._find: Find | None = None
        self._asked = Asked()
        self._last_hit: int | None = None
        self._more = False
        self.now = 0

    def show(self, query: Query) -> None:
        """Show the conversations of a query from the top."""
        self.beginResetModel()
        self._query, self._find, self._hits = query, None, {}
        self._rows.clear()
        self._refs = self._bench.inbox.refs(query)
        self._more = len(self._refs) >= _PAGE_ROWS
        self.endResetModel()

    def show_found(self, find: Find) -> None:
        """Show the conversations of the hits, each once, with an excerpt of the hit in place of the last message."""
        self.beginResetModel()
        self._query, self._find, self._asked = None, find, find.asked
        self._last_hit, self._hits, self._excerpts = None, {}, {}
        self._rows.clear()
        self._refs = self._next_found()
        self.endResetModel()

    def _next_found(self) -> list[Ref]:
        """Read the next page of hits; return their conversations that are not in the list yet."""
        page = self._find(self._last_hit) if self._find is not None else Page((), None)
        self._last_hit, self._more = page.next, page.next is not None
        before = len(self._hits)
        for hit in page.hits:
            self._hits.setdefault(hit.conversation_id, hit.text)
        return [Ref(number, 0) for number in list(self._hits)[before:]]

    def _excerpt(self, number: int) -> str:
        """The excerpt around a hit, or "". Cut lazily when a row is drawn: for all hits it took 6 ms a keystroke."""
        if number in self._hits and number not in self._excerpts:
            self._excerpts[number] = around(self._hits[number], self._asked)
        return self._excerpts.get(number, "")

    def refresh(self, changes: Changes) -> bool:
        """Reload what changed; True if the order or number of rows changed."""
        touched = changes.within("conversation")
        if changes.touches(*_BESIDE_ROWS):  # their ids are not those of conversations
            touched = frozenset()
        if self._query is None:
            self._drop_cached(touched)
            return False
        refs = self._bench.inbox.refs(self._query, max(_PAGE_ROWS, len(self._refs)))
        self._drop_cached(touched)
        if [ref.id for ref in refs] == [ref.id for ref in self._refs]:
            self._refs = refs
            if refs:
                self.dataChanged.emit(self.index(0, 0), self.index(len(refs) - 1, 0))
            return False
        self.beginResetModel()
        self._refs, self._more = refs, len(refs) >= _PAGE_ROWS
        self.endResetModel()
        return True

    def _drop_cached(self, touched: frozenset[int] | None) -> None:
        for number in touched or list(self._rows):
            self._rows.pop(number, None)

    def forget(self, numbers: frozenset[int] | None) -> None:
        """Read the rows of these conversations anew when they are drawn; of all for an empty set, of none for None."""
        if numbers is not None:
            self._drop_cached(numbers)
            if self._refs:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._refs) - 1, 0))

    def id_at(self, place: int) -> int | None:
        """The conversation's id in that row; None if out of range."""
        return self._refs[place].id if 0 <= place < len(self._refs) else None

    def place_of(self, number: int) -> int | None:
        """The row of a conversation among those fetched so far; None if it is not there."""
        return next((place for place, ref in enumerate(self._refs) if ref.id == number), None)

    def numbers(self) -> list[int]:
        """The ids of all conversations from the top, those that are fetched only when scrolled to as well."""
        while self.canFetchMore(QModelIndex()):
            self.fetchMore(QModelIndex())
        return [ref.id for ref in self._refs]

    def row_at(self, place: int) -> ConversationRow | None:
        """The row's contents, reading its block if it is not cached; None if out of range."""
        number = self.id_at(place)
        if number is None:
            return None
        if number not in self._rows:
            self._read(place)
        return self._rows.get(number)

    def _read(self, place: int) -> None:
        if len(self._rows) > _MAX_CACHED_ROWS:
            self._rows.clear()
        first = place // _BLOCK_ROWS * _BLOCK_ROWS
        wanted = [ref.id for ref in self._refs[first : first + _BLOCK_ROWS] if ref.id not in self._rows]
        self._rows.update((row.id, row) for row in self._bench.inbox.rows(wanted))

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of rows fetched so far."""
        return 0 if parent is not None and parent.isValid() else len(self._refs)

    def columnCount(self, parent: Index | None = None) -> int:
        """One: the delegate paints the row whole."""
        return 0 if parent is not None and parent.isValid() else 1

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether there are more pages."""
        return self._more

    def fetchMore(self, _parent: Index) -> None:
        """Fetch the next page, by keyset: after the last row."""
        if self._query is not None and not self._refs:
            return
        if self._query is None:  # of which the first pages may have no hit, and still go on
            refs: list[Ref] = []
            for _ in range(_PAGES_AT_ONCE):  # all hits of a page may be in conversations listed already
                refs = refs or (self._next_found() if self._more else [])
        else:
            refs = self._bench.inbox.refs(self._query, after=self._refs[-1])
            self._more = len(refs) >= _PAGE_ROWS
        if refs:
            self.beginInsertRows(QModelIndex(), len(self._refs), len(self._refs) + len(refs) - 1)
            self._refs += refs
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row object or excerpt for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == RowRole:
            return row
        if role == FoundRole:
            return self._excerpt(row.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row, self.now)
        return None


def account_name(row: ConversationRow) -> str:
    """The account's name, or the channel's title if the name is an e-mail address: too long for a row."""
    if "@" not in row.account:
        return row.account
    return channel_names.short(row.kind)


def headline(row: ConversationRow) -> tuple[str, bool]:
    """Return the row's second line, and whether it is the post's title.

    On channels without subjects a comment's title is its first words. While the preview line starts with the same
    words, the post's title says more.
    """
    first = row.title.rstrip("…").rstrip()
    repeated = not first or row.title == row.post_title or row.preview.startswith(first)
    return (row.post_title, True) if row.post_title and repeated else (row.title, False)


def spoken(row: ConversationRow, now: int) -> str:
    """The row as a sentence for screen readers: "Eleni, blog, The box arrived broken, waits 3 hours, handed off"."""
    parts = [row.member or tr("Unknown"), account_name(row), row.title]
    if row.post_title and row.post_title != row.title:
        parts.append(tr("on the post {title}").format(title=row.post_title))
    if row.note:
        parts.insert(1, tr("your note: {words}").format(words=row.note))
    if row.draft:
        parts.append(tr("draft: {words}").format(words=row.draft))
    if row.labels:
        parts.append(tr("labels: {names}").format(names=", ".join(name for name, _colour in row.labels)))
    if row.writer:
        parts.append(tr("last message from {name}").format(name=row.writer))
    if row.state == "needs_me" and row.waiting_since is not None:
        parts.append(tr("waits {age}").format(age=spoken_age(row.waiting_since, now)))
    else:
        whom = tr("waiting for the team") if row.waits_for == "team" else tr("waiting for them")
        theirs = "" if row.due or row.queued or row.asked else whom
        parts.append(
            {"waiting": theirs, "snoozed": tr("snoozed"), "done": tr("done"), "quiet": tr("quiet")}.get(row.state, "")
        )
    closes = closes_at(row, now)
    if closes is not None:
        parts.append(tr("closes {when}").format(when=day_and_time(closes, now)))
    parts += [word for on, word in (
        (row.unread, tr("unread")), (row.unsent, tr("a reply wasn't sent")), (row.unhappy, tr("unhappy")),
        (row.hard, tr("difficult question")), (row.held, tr("held for approval on the channel")),
        (row.reported, tr("reported to the moderators")), (row.locked, tr("closed on the channel")),
        (row.solved, tr("has a solution")),
        (row.due, tr("a reply is scheduled")), (row.queued, tr("a reply is waiting to be sent or posted")),
        (row.to_post, tr("a reply is ready for you to post")), (row.asked, tr("nobody answered your question")),
        (row.closed_itself, tr("closed by itself")), (row.promises, promised(row, now) if row.promises else ""),
        (row.handoffs, tr("handed off")), (row.gifts, tr("gift")),
        (row.flagged, tr("flagged in the mailbox")),
        (row.passed_on, tr("passed on by {name}").format(name=row.passed_on)),
    ) if on]  # fmt: skip
    return ", ".join(part for part in parts if part)


_PAGE_ROWS = 100
_PAGES_AT_ONCE = 3
