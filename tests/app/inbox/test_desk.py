"""The inbox: states, decisions, lists by key; the counts are the real counts whatever is done."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import Actions
from app.base.errors import NotFoundError, UserError
from app.inbox import UNTIL_REPLY, Inbox, Query, Ref
from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, is_consistent, said
from tests.app.store.test_undo import DEEDS, act, base, opened
from tests.examples import examples

__all__ = ["base"]
STATES = ("needs_me", "waiting", "snoozed", "done", "quiet")


@pytest.fixture
def inbox(store: Store) -> Inbox:
    """Four conversations: two ask (the second waits longer), one waits for them, one we began."""
    Intake(store).take(
        account(store),
        [
            said("1", NOW + 60, "Where is my box?", thread="a", title="My box"),
            said("2", NOW, "I love it", "béla", thread="b", title="Praise"),
            said("3", NOW + 90, "A question", "eleni", thread="c", title="Question"),
            said("4", NOW + 120, "An answer", "us", thread="c"),
            said("5", NOW + 150, "News", "us", thread="d", title="News"),
        ],
    )
    return Inbox(store)


def titles(inbox: Inbox, query: Query | None = None) -> list[str]:
    return [row.title for row in inbox.rows([ref.id for ref in inbox.refs(query or Query())])]


def number(inbox: Inbox, title: str) -> int:
    return next(row.id for row in inbox.rows(list(range(1, 9))) if row.title == title)


def real_counts(store: Store) -> dict[str, int]:
    found = dict(store.read.execute("SELECT state, count(*) FROM conversation GROUP BY state").fetchall())
    return {state: found.get(state, 0) for state in STATES}


def test_who_waits_longest_comes_first_and_the_rest_newest_first(inbox: Inbox) -> None:
    assert titles(inbox) == ["Praise", "My box"]
    assert titles(inbox, Query("waiting")) == ["News", "Question"]
    assert titles(inbox, Query("all")) == ["News", "Question", "My box", "Praise"]
    assert inbox.counts() == {"needs_me": 2, "waiting": 2, "snoozed": 0, "done": 0, "quiet": 0}


def test_the_next_one_is_who_has_waited_longest_but_not_the_same_again(inbox: Inbox) -> None:
    praise, box = number(inbox, "Praise"), number(inbox, "My box")
    assert inbox.next_needing() == praise
    assert inbox.next_needing(praise) == box
    inbox.done([praise, box])
    assert inbox.next_needing() is None


def test_next_goes_down_the_order_of_waiting_and_round_again(inbox: Inbox, store: Store) -> None:
    with store.write() as conn:
        conn.execute("UPDATE conversation SET closed = 1")
    said_ = [said(f"w{place}", NOW - 400 + place // 2, thread=f"w{place}") for place in range(7)]  # two at one moment
    Intake(store).take(1, said_)
    order = [ref.id for ref in inbox.refs(Query("needs_me"))]
    assert len(order) == 7
    walked = [order[0]]
    for _ in range(13):
        walked.append(inbox.next_needing(walked[-1]) or 0)
    assert walked == order * 2


def test_next_goes_on_below_one_that_was_answered_meanwhile(inbox: Inbox, store: Store) -> None:
    Intake(store).take(1, [said(f"w{place}", NOW - 50 + place, thread=f"w{place}") for place in range(4)])
    order = [ref.id for ref in inbox.refs(Query("needs_me"))]
    since = inbox.row(order[2]).waiting_since
    inbox.done([order[2]])
    assert inbox.next_needing(order[2], since) == order[3]
    assert inbox.next_needing(order[2]) == order[0]
    inbox.done(order)
    assert inbox.next_needing(order[2], since) is None


def test_next_does_not_stay_with_the_only_one(inbox: Inbox) -> None:
    praise, box = number(inbox, "Praise"), number(inbox, "My box")
    inbox.done([box])
    assert inbox.next_needing(praise) is None


def test_a_row_says_all_that_the_list_shows(inbox: Inbox) -> None:
    row = inbox.row(number(inbox, "My box"))
    assert (row.member, row.account, row.kind, row.state, row.preview) == (
        "Anna", "Blog", "wordpress", "needs_me", "Where is my box?",
    )  # fmt: skip
    assert (row.unread, row.last_out, row.waiting_since, row.messages, row.public) == (1, False, NOW + 60, 1, True)
    assert inbox.rows([999, row.id]) == [row]
    with pytest.raises(NotFoundError, match="C-999"):
        inbox.row(999)


def test_a_row_names_who_wrote_last_if_it_is_somebody_else(inbox: Inbox, store: Store) -> None:
    box = number(inbox, "My box")
    writers = []
    for at, who in ((200, "béla"), (210, "us"), (220, "anna")):
        Intake(store).take(1, [said(f"w{at}", NOW + at, "More", who, thread="a")])
        writers.append(inbox.row(box).writer)
    assert inbox.row(box).member == "Anna"
    assert writers == ["Béla", "", ""]


def test_opening_tells_the_story_and_is_no_answer(inbox: Inbox, store: Store) -> None:
    talk = number(inbox, "Question")
    opened_one = inbox.open(talk)
    assert [(line.text, line.out) for line in opened_one.lines] == [("A question", False), ("An answer", True)]
    assert inbox.conversation_of(opened_one.lines[0].id) == talk
    box = number(inbox, "My box")
    inbox.seen(box)
    assert (inbox.row(box).unread, inbox.row(box).state) == (0, "needs_me")
    inbox.seen(box)
    assert store.read.execute("SELECT count(*) FROM action").fetchone()[0] == 0
    with pytest.raises(NotFoundError):
        inbox.open(999)
    with pytest.raises(NotFoundError, match="M-999"):
        inbox.conversation_of(999)


def test_an_answer_that_is_not_out_yet_is_ours(inbox: Inbox, store: Store) -> None:
    box = number(inbox, "My box")
    with store.write() as conn:
        conn.execute("UPDATE account SET speaks_as = 'Jana from Sítróna'")
        conn.execute(
            "INSERT INTO outbox (account_id, conversation_id, text, key, state, held_until, created_at)"
            " VALUES (1, ?, 'On its way', 'k', 'failed', 0, ?)",
            (box, NOW + 400),
        )
    line = inbox.open(box).lines[-1]
    assert (line.kind, line.out, line.author) == ("outbox", True, "Jana from Sítróna")


def test_a_long_story_is_told_from_its_end(store: Store) -> None:
    Intake(store).take(account(store), [said(f"{n}", NOW + n, f"{n}", thread="t") for n in range(30)])
    told = Inbox(store).open(1, most=10)
    assert [line.text for line in told.lines] == [str(n) for n in range(20, 30)]
    assert told.earlier == 20


# --- decisions


def test_done_snooze_and_reopen(inbox: Inbox) -> None:
    box = number(inbox, "My box")
    inbox.done([box])
    assert inbox.row(box).state == "done"
    inbox.reopen([box])
    assert inbox.row(box).state == "needs_me"
    inbox.snooze([box], NOW + 500)
    assert inbox.row(box).state == "snoozed"
    assert inbox.wake(NOW + 499) == 0
    assert inbox.wake(NOW + 500) == 1
    assert (inbox.row(box).state, inbox.row(box).unread) == ("needs_me", 1)
    inbox.snooze([box], UNTIL_REPLY)
    assert inbox.wake(NOW + 10**9) == 0
    inbox.done([box])
    assert inbox.row(box).snoozed_until is None


def test_their_word_wakes_it_and_opens_it(inbox: Inbox, store: Store) -> None:
    box, praise = number(inbox, "My box"), number(inbox, "Praise")
    inbox.snooze([box], UNTIL_REPLY)
    inbox.done([praise])
    Intake(store).take(1, [said("6", NOW + 300, thread="a"), said("7", NOW + 301, thread="b")])
    assert {inbox.row(box).state, inbox.row(praise).state} == {"needs_me"}


@pytest.mark.parametrize("mark", ["unhappy", "hard"])
def test_one_marked_wants_a_reason_to_be_done(inbox: Inbox, store: Store, mark: str) -> None:
    box, praise = number(inbox, "My box"), number(inbox, "Praise")
    shown = {"hard": "difficult"}.get(mark, mark)
    inbox.mark(box, mark, on=True)
    for reason in ("", "  "):
        with pytest.raises(UserError, match=f"“My box” is marked as {shown}.*say how it was solved"):
            inbox.done([praise, box], reason=reason)
    assert (inbox.row(box).state, inbox.row(praise).state) == ("needs_me", "needs_me")
    inbox.done([box], reason="A new box is on its way")
    row = inbox.row(box)
    assert (row.state, row.unhappy, row.hard) == ("done", False, False)
    title = store.read.execute("SELECT title FROM action ORDER BY id DESC LIMIT 1").fetchone()[0]
    assert title == "Done: My box (A new box is on its way)"


def test_one_marked_may_be_put_off_twice(inbox: Inbox) -> None:
    box = number(inbox, "My box")
    inbox.mark(box, "unhappy", on=True)
    inbox.snooze([box], NOW + 1)
    inbox.snooze([box], NOW + 2)
    with pytest.raises(UserError, match="already been snoozed twice"):
        inbox.snooze([number(inbox, "Praise"), box], NOW + 3)
    assert inbox.row(number(inbox, "Praise")).state == "needs_me"
    assert inbox.row(box).snoozed_until == NOW + 2
    inbox.mark(box, "unhappy", on=False)
    inbox.snooze([box], NOW + 3)


def test_there_are_two_marks(inbox: Inbox) -> None:
    with pytest.raises(UserError, match="isn't a mark"):
        inbox.mark(1, "closed", on=True)


def test_labels_are_put_on_taken_off_and_listed(inbox: Inbox) -> None:
    box = number(inbox, "My box")
    inbox.label(box, ["parcel", " stock ", "", "parcel"])
    assert inbox.labels(box) == ("parcel", "stock")
    inbox.label(box, ["tasting"], ["stock", "unheard of"])
    assert inbox.labels(box) == inbox.open(box).labels == ("parcel", "tasting")
    assert inbox.all_labels() == ["parcel", "stock", "tasting"]
    assert titles(inbox, Query("all", label="parcel")) == ["My box"]
    assert titles(inbox, Query("all", label="nowhere")) == []


def test_several_are_labelled_in_one_step(inbox: Inbox, store: Store) -> None:
    box, praise, news = number(inbox, "My box"), number(inbox, "Praise"), number(inbox, "News")
    inbox.label(box, ["parcel", "glass"])
    inbox.label(praise, ["parcel"])
    assert inbox.shared_labels([box, praise]) == (("parcel",), ("glass",))
    assert inbox.shared_labels([box, praise, news]) == ((), ("glass", "parcel"))
    before = store.read.execute("SELECT count(*) FROM action").fetchone()[0]
    inbox.label([box, praise, news, box], ["spring"], ["parcel"])
    assert store.read.execute("SELECT count(*) FROM action").fetchone()[0] == before + 1
    assert [inbox.labels(one) for one in (box, praise, news)] == [("glass", "spring"), ("spring",), ("spring",)]
    Actions(store).undo()
    assert [inbox.labels(one) for one in (box, praise, news)] == [("glass", "parcel"), ("parcel",), ()]


@pytest.mark.parametrize("mark", ["unhappy", "hard"])
def test_several_are_marked_in_one_step_and_unmarked_once_all_are(inbox: Inbox, store: Store, mark: str) -> None:
    three = [number(inbox, title) for title in ("My box", "Praise", "News")]
    inbox.mark(three[0], mark, on=True)
    assert inbox.toggle(three, mark) is True
    assert [getattr(inbox.row(one), mark) for one in three] == [True, True, True]
    Actions(store).undo()
    assert [getattr(inbox.row(one), mark) for one in three] == [True, False, False]
    inbox.toggle(three, mark)
    assert inbox.toggle(three, mark) is False
    assert [getattr(inbox.row(one), mark) for one in three] == [False, False, False]
    with pytest.raises(UserError, match="There's no conversation"):
        inbox.mark([three[0], 999], mark, on=True)
    assert not getattr(inbox.row(three[0]), mark)


def test_a_draft_is_kept_until_it_is_emptied(inbox: Inbox, store: Store) -> None:
    box = number(inbox, "My box")
    inbox.keep_draft(box, "Dear ", "en")
    inbox.keep_draft(box, "Dear Anna", "en")
    assert inbox.open(box).draft == "Dear Anna"
    inbox.keep_draft(box, "  ")
    assert inbox.open(box).draft == ""
    assert store.read.execute("SELECT count(*) FROM action").fetchone()[0] == 0


def test_lists_of_one_member_and_one_account(inbox: Inbox, store: Store) -> None:
    other = account(store, "discourse", "Forum")
    Intake(store).take(other, [said("9", NOW + 400, "Forum", "forumer", title="Forum talk")])
    assert titles(inbox, Query("all", account_id=other)) == ["Forum talk"]
    member = inbox.row(number(inbox, "Question")).member_id
    assert titles(inbox, Query("all", member_id=member)) == ["Question"]
    assert inbox.counts(other) == {"needs_me": 1, "waiting": 0, "snoozed": 0, "done": 0, "quiet": 0}
    assert [name for _, name in inbox.accounts()] == ["Blog", "Forum"]


# --- whatever is done


@pytest.mark.slow
@pytest.mark.parametrize("state", ["needs_me", "waiting", "done", "snoozed", "all"])
@examples(20)
@given(size=st.integers(1, 7), seed=st.integers(0, 999))
def test_pages_by_key_cover_every_conversation_once(
    tmp_path_factory: pytest.TempPathFactory, state: str, size: int, seed: int
) -> None:
    store, random = Store(tmp_path_factory.mktemp("pages") / "a.rapport"), Random(seed)
    items = [
        said(f"{n}", NOW + random.randrange(4), who=random.choice(["anna", "us"]), thread=f"{n}", title=f"{n}")
        for n in range(25)
    ]
    Intake(store).take(account(store), items)
    inbox = Inbox(store)
    inbox.done(random.sample(range(1, 26), 5))
    inbox.snooze(random.sample(range(1, 26), 5), NOW + 10**6)
    whole = inbox.refs(Query(state))
    paged: list[Ref] = []
    while page := inbox.refs(Query(state), size, paged[-1] if paged else None):
        paged += page
    assert paged == whole
    wanted = 25 if state == "all" else inbox.counts()[state]
    assert len({ref.id for ref in paged}) == len(paged) == wanted
    store.close()


@pytest.mark.slow
@examples(40)
@given(deeds=st.lists(st.sampled_from([*DEEDS, "undo", "message", "wake"]), max_size=15), seed=st.integers(0, 999))
def test_the_counts_are_the_real_counts_after_anything(
    base: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[str], seed: int
) -> None:
    with opened(base, tmp_path_factory.getbasetemp() / "counts") as bench:
        random = Random(seed)
        for place, deed in enumerate(deeds):
            if deed == "undo":
                with suppress(UserError):
                    bench.actions.undo()
            elif deed == "message":
                who = random.choice(["anna", "us", "new"])
                bench.intake.take(1, [said(f"x{place}", NOW + 50 + place, who=who, thread=f"t{random.randrange(6)}")])
            elif deed == "wake":
                bench.inbox.wake(NOW + 9)
            else:
                act(bench, deed, random)
            assert bench.inbox.counts() == real_counts(bench.store)
            assert len(bench.inbox.refs(Query("needs_me"))) == bench.inbox.counts()["needs_me"]
        is_consistent(bench.store)


def test_somebody_waits_for_us_only_while_a_reply_is_due(inbox: Inbox) -> None:
    row = inbox.row(number(inbox, "My box"))
    assert row.due_since == row.waiting_since
    assert row.due_since is not None
    assert row._replace(state="done").due_since is None
    assert row.account == dict(inbox.accounts())[row.account_id]
