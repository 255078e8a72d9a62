"""The search desk: messages by words, phrases and operators, newest first, a page at a time; and how many there are."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock
from app.base.errors import UserError
from app.search import conditions, slips
from app.search.asked import Asked
from app.search.choosing import Group, groups
from app.search.hints import Hint, hints
from app.search.people import People, identities
from app.search.understanding import Understanding
from app.search.walking import Walk
from app.store.sqlite import OperationalError, Row
from app.store.store import Store

if TYPE_CHECKING:
    from app.search.other_forms import OtherForms

PAGE = 50
COUNTED_MOST = 1_000
"""Messages that are counted; of more it is said that they are more."""


class Hit(NamedTuple):
    """A message that was found, with what its row shows. `member` is its author, or for our own the recipient."""

    message_id: int
    conversation_id: int
    at: int
    out: bool
    text: str
    title: str
    account: str
    kind: str
    state: str
    member: str
    member_id: int | None


class Page(NamedTuple):
    """Some hits, newest first. `next` is the message id to go on before; None when all has been searched.

    A page may have no hit and still go on: where a condition is met by few hits, it ends after a look at so many.
    """

    hits: tuple[Hit, ...]
    next: int | None


class Count(NamedTuple):
    """How much was found: each conversation with its state and how many of its messages.

    `more`: counting stopped after COUNTED_MOST messages. `next` is the message id to go on before. `over`: it is done.
    """

    talks: tuple[tuple[int, str, int], ...] = ()
    more: bool = False
    next: int | None = None
    over: bool = False

    def messages(self, state: str = "") -> int:
        """The number of messages, of all or in conversations with this state."""
        return sum(many for _, there, many in self.talks if not state or there == state)

    def conversations(self, state: str = "") -> int:
        """The number of conversations, all or with this state."""
        return sum(1 for _, there, _ in self.talks if not state or there == state)


class Filter(NamedTuple):
    """Conditions on hits besides what is typed; fields left at their default do not filter."""

    account_id: int | None = None
    state: str = ""
    member_id: int | None = None
    label: str = ""


class Search:
    """Queries on the message index."""

    def __init__(self, store: Store) -> None:
        """Read-only and thread-safe."""
        self._store = store
        self._people = People()
        self._understanding = Understanding(self._people)
        self._walk = Walk(store)

    @cached_property
    def other_forms(self) -> OtherForms:
        """Other forms of the words of a search, loaded with the first of them."""
        from app.search.other_forms import OtherForms  # noqa: PLC0415  see above

        return OtherForms(self._store)

    def understand(self, typed: str, today: date | None = None) -> Asked:
        """What is looked for; its `problem` is a sentence if it is not understood. `today` is the local day."""
        day = today or clock.local(clock.now()).date()
        return self._understanding.understand(self._store.read, typed, day)

    def hints(self, typed: str, cursor: int) -> list[Hint]:
        """What can be typed at the cursor: operators that begin so, or values of the operator there; [] for none."""
        return hints(self._store.read, self._people, typed, cursor)

    def choices(self, typed: str) -> list[Group]:
        """What can be chosen instead of typed, and what of it is in the search already; `toggled` changes it."""
        return groups(self._store.read, typed)

    def page(self, asked: Asked, wanted: Filter | None = None, limit: int = PAGE, before: int | None = None) -> Page:
        """A page of hits; `before` is the `next` of the page before. Takes a few milliseconds however few there are."""
        if asked.problem:
            return Page((), None)
        asked = self._narrowed(asked, wanted or Filter())
        try:
            rows, following = self._walk.page(asked, limit, before)
        except OperationalError:  # a token that FTS5 parses differently from us matches nothing
            return Page((), None)
        return Page(tuple(map(_hit, rows)), following)

    def messages(
        self, typed: str | Asked, wanted: Filter | None = None, limit: int = PAGE, before: int | None = None
    ) -> list[Hit]:
        """As many messages as asked for, newest first; `before` is a message id to page on from.

        [] if neither words nor a member are given. Raises UserError for what is not understood.
        """
        asked = self.understand(typed) if isinstance(typed, str) else typed
        if asked.problem:
            raise UserError(asked.problem)
        if asked.is_empty and (wanted is None or wanted.member_id is None):
            return []
        hits: list[Hit] = []
        while len(hits) < limit:
            page = self.page(asked, wanted, limit - len(hits), before)
            hits += page.hits
            before = page.next
            if before is None:
                break
        return hits

    def count(
        self, asked: Asked, wanted: Filter | None = None, so_far: Count | None = None, limit: int = PAGE
    ) -> Count:
        """Count on from what was counted `so_far`, by at most `limit` messages; it is done when it is `over`."""
        count = so_far or Count()
        left = COUNTED_MOST - count.messages()
        page = self.page(asked, wanted, min(limit, left + 1), count.next)
        talks = {talk: (state, many) for talk, state, many in count.talks}
        for hit in page.hits[:left]:
            talks[hit.conversation_id] = (hit.state, talks.get(hit.conversation_id, ("", 0))[1] + 1)
        more = len(page.hits) > left
        found = tuple((talk, state, many) for talk, (state, many) in talks.items())
        return Count(found, more, page.next, over=more or page.next is None)

    def count_all(self, asked: Asked, wanted: Filter | None = None) -> Count:
        """The whole count."""
        count = self.count(asked, wanted)
        while not count.over:
            count = self.count(asked, wanted, count, COUNTED_MOST)
        return count

    def forgiven(self, asked: Asked, wanted: Filter | None = None) -> Asked | None:
        """Where nothing was found: the same with one letter of a word that is nowhere put right, and something found.

        Its `instead` says what was searched for. None if no such slip helps. Takes up to 50 ms.
        """
        for other in slips.likely(self._store.read, asked):
            if self.messages(other, wanted, limit=1):
                return other
        return None

    def widened(self, asked: Asked) -> Asked:
        """The same, also in other forms of its words; loads the languages that are written here, if need be."""
        if not self.other_forms.is_ready:
            self.other_forms.learn()
        return self.other_forms.widened(asked) or asked

    def _narrowed(self, asked: Asked, wanted: Filter) -> Asked:
        more = [
            *([conditions.state(wanted.state)] if wanted.state else []),
            *([conditions.labels([wanted.label])] if wanted.label else []),
        ]
        theirs = identities(self._store.read, [wanted.member_id]) if wanted.member_id is not None else None
        account = None if wanted.account_id is None else frozenset([wanted.account_id])
        return asked.narrowed(more, None if theirs is None else frozenset(theirs), account)


def _hit(row: Row) -> Hit:
    number, talk, at, out, *rest = row
    return Hit(number, talk, at, bool(out), *rest[:7])
