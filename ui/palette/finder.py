"""The palette's providers besides commands: pages, members and conversations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.base import clock
from app.base.text import folded_words
from app.inbox.addressing import in_words
from app.mail.quotes import first_words
from ui.commands.matching import match
from ui.frame.registry import Entry, page_cap
from ui.look import icons, text
from ui.palette.doing_for import gifts_for
from ui.palette.found import Found

if TYPE_CHECKING:
    from app.members import MemberRow
    from app.workbench import Workbench

_MIN_QUESTION_CHARS, _MAX_ROWS = 2, 8


class Finder:
    """Searches the workbench for the palette."""

    def __init__(self, bench: Workbench, pages: Sequence[Entry]) -> None:
        """`pages` are the pages that can be found by title."""
        self._bench, self._pages = bench, pages

    def pages(self, question: str) -> list[Found]:
        """Pages by title."""
        return [
            Found(text.tr(entry.title), text.tr("Go to"), icon=entry.icon, page=entry.id, cap=page_cap(entry.id))
            for entry in self._pages
            if match(question, text.tr(entry.title)) is not None
        ]

    def drafts(self, question: str) -> list[Found]:
        """New messages that are not sent yet, by whom they are for and their words."""
        found = []
        for draft in self._bench.letters.drafts():
            to = in_words(draft.receivers, text.name) or text.tr("nobody yet")
            about = draft.subject or draft.text.strip().partition("\n")[0]
            if match(question, f"{to} {about}") is not None:
                target = ("draft", draft.id)
                found.append(
                    Found(
                        text.plain(about)[:80] or to,
                        text.tr("Not sent yet"),
                        to,
                        "pencil",
                        page="letter",
                        target=target,
                    )
                )
        return found[:_MAX_ROWS]

    def views(self, question: str) -> list[Found]:
        """Saved views of the inbox by name."""
        return [
            Found(
                text.plain(view.name), text.tr("Views"), text.plain(view.words or view.query.label), "list-filter",
                page="inbox", target=("shelf", f"view-{view.id}"),
            )
            for view in self._bench.views.every()
            if match(question, view.name) is not None
        ][:_MAX_ROWS]  # fmt: skip

    def members(self, question: str) -> list[Found]:
        """Members by name or handle."""
        numbers = self._bench.members.find(question, limit=_MAX_ROWS)
        return [
            Found(
                row.name,
                text.tr("Members"),
                _about(row),
                avatar=row.name,
                key=str(row.id),
                page="members",
                target=row.id,
            )
            for row in self._bench.members.rows(numbers)
        ]

    def gifts(self, question: str) -> list[Found]:
        """Logging a gift for a member who is named."""
        return gifts_for(self._bench, question)

    def conversations(self, question: str) -> list[Found]:
        """Conversations whose messages have these words, newest first, each once; none for a single character."""
        if len(question) < _MIN_QUESTION_CHARS:
            return []
        now, seen, rows = clock.now(), set(), []
        asked = self._bench.search.understand(question)
        if asked.problem:
            return []
        for hit in self._bench.search.messages(asked, limit=_MAX_ROWS * 3):
            if hit.conversation_id not in seen:
                seen.add(hit.conversation_id)
                aside = ", ".join(
                    part for part in (text.isolate(hit.member), hit.account, text.age(hit.at, now)) if part
                )
                title = hit.title or text.plain(first_words(hit.text, 80))
                rows.append(
                    Found(
                        title,
                        text.tr("Conversations"),
                        aside,
                        icons.for_channel(hit.kind),
                        page="inbox",
                        target=hit.conversation_id,
                    )
                )
        words = folded_words(question).split()
        rows.sort(key=lambda row: not set(words) <= set(folded_words(row.title).split()))  # titles come first
        return rows[:_MAX_ROWS]


def _about(row: MemberRow) -> str:
    talks = (
        text.counted(row.conversations, "{count} conversation", "{count} conversations") if row.conversations else ""
    )
    return ", ".join(part for part in (row.city, talks, text.plain(row.note)) if part)
