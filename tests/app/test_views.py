"""Saved views: they count what the file holds, and are ordered, renamed and removed, all of which can be undone."""

from __future__ import annotations

import pytest

from app.actions import Actions
from app.base.errors import UserError
from app.inbox import Inbox, Query
from app.intake import Intake
from app.search import Search
from app.store.sqlite import scalar
from app.store.store import Store
from app.views import Views
from tests.app.saying import NOW, account, said


@pytest.fixture
def views(store: Store) -> Views:
    """Twelve conversations, each third with broken glass and two messages; the even ones are labelled."""
    items = []
    for n in range(12):
        items.append(said(f"{n}-a", NOW + n, "Το κουτί έφτασε σπασμένο" if n % 3 == 0 else "Thank you", thread=str(n)))
        if n % 3 == 0:
            items.append(said(f"{n}-b", NOW + 100 + n, "σπασμένο, again", thread=str(n)))
    Intake(store).take(account(store), items)
    inbox = Inbox(store)
    inbox.label([n for n in range(1, 13) if n % 2 == 0], ["even"])
    return Views(store, inbox, Search(store))


def test_counts_are_those_of_the_rows(views: Views, store: Store) -> None:
    broken = views.get(views.add("Broken", "σπασ", Query("all")))
    even = views.get(views.add("Even", "", Query("all", label="even")))
    both = views.get(views.add("Both", "σπασ", Query("all", label="even")))
    sql = "SELECT count(DISTINCT conversation_id) FROM message WHERE text LIKE '%σπασμένο%'"
    labelled = " AND conversation_id IN (SELECT conversation_id FROM conversation_label)"
    assert views.count(broken) == scalar(store.read, sql) == 4
    assert views.count(even) == scalar(store.read, "SELECT count(*) FROM conversation_label") == 6
    assert views.count(both) == scalar(store.read, sql + labelled)
    ids = store.read.execute(sql.replace("count(DISTINCT conversation_id)", "DISTINCT conversation_id"))
    assert sorted(views.listed(broken, 99)) == sorted(number for (number,) in ids)


@pytest.mark.parametrize("words", ["", "σπασ"])
def test_a_count_stops_one_above_the_most(views: Views, words: str) -> None:
    view = views.get(views.add("All", words, Query("all")))
    assert views.count(view, 3) == 4
    assert views.count(view, 4) == (4 if words else 5)
    assert len(views.listed(view, 2)) == 2


def test_one_follows_what_happens_to_what_it_lists(views: Views) -> None:
    view = views.get(views.add("Done", "", Query("done")))
    assert views.count(view) == 0
    views._inbox.done([1, 2])
    assert views.count(view) == 2


def test_they_are_moved_renamed_and_removed_and_that_is_undone(views: Views, store: Store) -> None:
    first, second, third = (views.add(name, name, Query("all")) for name in ("one", "two", "three"))
    actions = Actions(store)

    def order() -> list[str]:
        return [view.name for view in views.every()]

    assert views.move(third, -5)
    assert order() == ["three", "one", "two"]
    assert not views.move(third, -1)
    actions.undo()
    assert order() == ["one", "two", "three"]
    views.rename(second, "Ζωή")
    views.remove(first)
    assert order() == ["Ζωή", "three"]
    actions.undo()
    actions.undo()
    assert order() == ["one", "two", "three"]


def test_what_cannot_be_saved_says_why(views: Views) -> None:
    views.add("Broken", "σπασ", Query("all"))
    for name, query, why in (
        ("broken", Query("all"), "already a view"), ("  ", Query("all"), "Give the view a name"),
        ("x" * 41, Query("all"), "at most 40"), ("Post", Query("all", beside=1), "under one post"),
        ("One", Query("all", member_id=1), "One member's"), ("Inbox", Query(), "Search or filter"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=why):
            views.add(name, "", query)
