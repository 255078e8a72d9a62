"""Saved views and how many conversations each lists now: the inbox keeps them, the search counts those with words.

The words of a search are kept as they were typed, and read anew each time.
"""

from __future__ import annotations

from app.inbox import Inbox, Query
from app.inbox.views import SavedViews, View
from app.search import COUNTED_MOST, Asked, Filter, Page, Search
from app.store.store import Store

MOST_COUNTED = 199
"""Conversations; of a view with more it is only said that there are more."""
_HITS_A_TURN = 200


def search_filter(query: Query) -> Filter:
    """The conditions on a search's hits within a list."""
    state = "" if query.state == "all" else query.state
    return Filter(account_id=query.account_id, state=state, member_id=query.member_id, label=query.label)


class Views(SavedViews):
    """The saved views with their counts."""

    def __init__(self, store: Store, inbox: Inbox, search: Search) -> None:
        """Thread-safe for reading and counting."""
        super().__init__(store)
        self._inbox, self._search = inbox, search

    def count(self, view: View, most: int = MOST_COUNTED) -> int:
        """How many conversations it lists now; `most` + 1 if there are more than `most`. Not for the window's thread.

        A view without words is counted on an index; one with words by its hits, each conversation once.
        """
        if not view.words.strip():
            return self._inbox.count(view.query, most + 1)
        return len(self.listed(view, most + 1))

    def page(self, asked: Asked, query: Query, before: int | None = None) -> Page:
        """A page of hits in a list, newest first; `before` is the `next` of the page before.

        Where nothing but operators narrow the list of those who wait for us, it is the whole, of each conversation one
        hit, and whoever has waited longest comes first as in that list; with more than COUNTED_MOST messages it is not.
        """
        wanted = search_filter(query)
        if before is None and query.state == "needs_me" and not (asked.words or asked.without or asked.problem):
            hits = self._search.messages(asked, wanted, COUNTED_MOST + 1)
            if len(hits) <= COUNTED_MOST:
                first = {hit.conversation_id: hit for hit in reversed(hits)}
                waiting = sorted(self._inbox.rows(list(first)), key=lambda row: (row.waiting_since or 0, row.id))
                return Page(tuple(first[row.id] for row in waiting), None)
        return self._search.page(asked, wanted, before=before)

    def listed(self, view: View, most: int) -> list[int]:
        """The ids of the conversations that it lists now, in the list's order, at most `most`.

        None where its words are no longer understood, as those of a label that was removed.
        """
        if not view.words.strip():
            return [ref.id for ref in self._inbox.refs(view.query, most)]
        asked = self._search.understand(view.words)
        if asked.problem:
            return []
        found: dict[int, None] = {}
        before: int | None = None
        while len(found) < most:
            hits = self._search.messages(asked, search_filter(view.query), _HITS_A_TURN, before)
            found.update((hit.conversation_id, None) for hit in hits)
            if not hits:
                break
            before = hits[-1].message_id
        return list(found)[:most]
