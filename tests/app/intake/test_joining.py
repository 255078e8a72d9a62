"""Which letters make one conversation: private answers of several do not, talk in which they name each other does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.message import Incoming
from app.hooks import HOOKS
from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, is_consistent, said

DESK = "desk@x"


def letter(
    number: str, at: int, who: str, refs: Iterable[str] = (), to: Sequence[str] = (DESK,), *, forwarded: bool = False
) -> Incoming:
    """A private letter; from DESK it is ours."""
    made = said(number, NOW + at, f"Words of {number}", who, refs=refs, out=who == DESK)
    parent = made.refs[-1] if made.refs else ""
    return made._replace(to=tuple(to), public=False, forwarded=forwarded, parent=parent)


def together(store: Store, *pages: Sequence[Incoming]) -> list[str]:
    """The letters of each conversation, in the order of their ids."""
    number, intake = account(store, "email", "Post", own=DESK), Intake(store)
    for page in pages:
        intake.take(number, page)
    is_consistent(store)
    found = store.read.execute(
        "SELECT group_concat(remote_id, ' ') FROM (SELECT * FROM message ORDER BY remote_id)"
        " GROUP BY conversation_id ORDER BY 1"
    )
    return [row[0] for row in found]


NEWS = letter("news", 0, DESK, to=())
FIVE = [letter(f"a{n}", 60 + n, who, ["news"]) for n, who in enumerate(("ann", "bob", "cid", "dan", "eve"))]


@pytest.mark.parametrize("order", ["sent first", "sent last", "one by one", "never sent from here"])
def test_private_answers_to_one_letter_are_as_many_conversations(store: Store, order: str) -> None:
    pages = {
        "sent first": [[NEWS], FIVE],
        "sent last": [FIVE, [NEWS]],
        "one by one": [*([one] for one in FIVE), [NEWS]],
        "never sent from here": [FIVE],
    }[order]
    found = together(store, *pages)
    assert len(found) == 5
    assert sorted(" ".join(found).split()) == ["a0", "a1", "a2", "a3", "a4", *(["news"] if len(pages) > 1 else [])]
    assert store.read.execute("SELECT count(*) FROM conversation WHERE state = 'needs_me'").fetchone()[0] == 5


@pytest.mark.parametrize("to", [(), ("ann", "bob"), (DESK,), ("list@x",)])
def test_so_it_is_whomever_the_letter_names(store: Store, to: tuple[str, ...]) -> None:
    news = NEWS._replace(to=to)
    assert together(store, [news, *FIVE[:2]]) == ["a0 news", "a1"]


def test_each_goes_on_in_their_own(store: Store) -> None:
    ours = letter("r1", 90, DESK, ["news", "a1"], to=("bob",))
    again = [
        letter("b2", 100, "bob", ["news", "a1", "r1"]),
        letter("b3", 110, "bob", ["news"]),  # a program that names only what it answered first
        letter("a5", 120, "ann", ["news"]),
        letter("a6", 130, "cid", ["news"]),
    ]
    assert together(store, [NEWS], FIVE[:3], [ours], again) == ["a0 a5 news", "a1 b2 b3 r1", "a2 a6"]


def test_what_we_add_for_one_of_them_goes_to_theirs(store: Store) -> None:
    more = letter("n2", 90, DESK, ["news"], to=("bob",))
    assert together(store, [NEWS], FIVE[:2], [more]) == ["a0 news", "a1 n2"]


ASKED = letter("o1", 0, "ann", to=(DESK, "bob"))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_people_who_name_each_other_talk_together(store: Store, order: tuple[int, ...]) -> None:
    mails = [
        ASKED,
        letter("o2", 60, "bob", ["o1"], to=("ann", DESK)),
        letter("o3", 120, "cid", ["o1", "o2"], to=("ann", "bob", DESK)),
    ]
    assert together(store, *([mails[n]] for n in order)) == ["o1 o2 o3"]


def test_an_answer_to_anothers_letter_belongs_to_it_although_it_names_only_us(store: Store) -> None:
    found = together(store, [letter("k1", 0, "anna")], [letter("k2", 60, "dan", ["k1"])])
    assert found == ["k1 k2"]


def test_somebody_who_has_a_letter_to_one_person_has_it_from_them(store: Store) -> None:
    asked, ours = letter("q1", 0, "ann"), letter("q2", 60, DESK, ["q1"], to=("ann",))
    other_address = letter("q3", 120, "ann@work", ["q2"])
    assert together(store, [asked], [ours], [other_address]) == ["q1 q2 q3"]


def test_so_it_is_when_they_answer_it_too(store: Store) -> None:
    ours = letter("q1", 0, DESK, to=("ann",))
    assert together(store, [ours], [letter("q2", 60, "ann@work", ["q1"])], [letter("q3", 120, "ann", ["q1"])]) == [
        "q1 q2 q3"
    ]


def test_what_we_write_to_the_next_receiver_begins_another(store: Store) -> None:
    more = letter("n2", 90, DESK, ["news"], to=("zoe",))
    answer = letter("z1", 120, "zoe", ["news", "n2"])
    assert together(store, [NEWS], FIVE[:1], [more], [answer]) == ["a0 news", "n2 z1"]


def test_several_who_forward_the_same_are_not_together(store: Store) -> None:
    forwards = [letter(f"f{n}", 60 + n, who, ["from elsewhere"], forwarded=True) for n, who in enumerate("abc")]
    assert together(store, forwards) == ["f0", "f1", "f2"]
    source = letter("from elsewhere", 0, "newspaper", to=())
    Intake(store).take(1, [source])
    assert store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 4


def test_what_is_public_stays_one_thread(store: Store) -> None:
    open_ = [one._replace(public=True) for one in (NEWS, *FIVE)]
    assert together(store, open_) == ["a0 a1 a2 a3 a4 news"]


def test_the_same_again_changes_nothing(store: Store) -> None:
    once = together(store, [NEWS, *FIVE])
    assert Intake(store).take(1, [*FIVE, NEWS]).new == 0
    found = store.read.execute(
        "SELECT group_concat(remote_id, ' ') FROM (SELECT * FROM message ORDER BY remote_id)"
        " GROUP BY conversation_id ORDER BY 1"
    )
    assert [row[0] for row in found] == once


CHAIN = [
    letter("l1", 0, "ann"),
    letter("l2", 60, DESK, ["l1"], to=("ann",)),
    letter("l3", 120, "ann", ["l2"]),
    letter("l4", 180, DESK, ["l3"], to=("ann",)),
    letter("l5", 240, "ann", ["l4"]),
]
"""Each names only what it answers (In-Reply-To alone), so that nothing but the middle holds the ends together."""


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[Incoming]]:
    """The first 3 to 5 letters of the chain in any order, cut into takes anywhere."""
    order = draw(st.permutations(CHAIN[: draw(st.integers(3, 5))]))
    ends = sorted(draw(st.sets(st.integers(1, len(order) - 1))))
    return [order[start:end] for start, end in zip([0, *ends], [*ends, len(order)], strict=True)]


@pytest.mark.slow
@given(arrivals())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_chain_is_one_conversation_in_whatever_order_it_arrives(
    tmp_path_factory: pytest.TempPathFactory, pages: list[list[Incoming]]
) -> None:
    store = Store(tmp_path_factory.mktemp("chain") / "community.rapport", HOOKS)
    try:
        found = together(store, *pages)
        assert found == [" ".join(sorted(one.remote_id for page in pages for one in page))]
        last = max((one for page in pages for one in page), key=lambda one: one.at)
        state, since, first = store.read.execute(
            "SELECT state, waiting_since, first_at FROM conversation WHERE joined_into IS NULL"
        ).fetchone()
        assert state == ("waiting" if last.out else "needs_me")
        assert since == (None if last.out else last.at)
        assert first == NOW
    finally:
        store.close()
