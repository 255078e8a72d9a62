"""Three hundred letters: of each its author, words and conversation, its state, and whom a reply goes to."""

from __future__ import annotations

import random

import pytest

from app.inbox.receivers import receiver
from app.intake import Intake
from app.mail.parse import parse
from app.store.store import Store
from tests.app.intake.made_letters import OWN, Talk, by_number, talks
from tests.app.saying import account

ALL = list(talks())
LETTERS = by_number(ALL)


def test_there_are_three_hundred() -> None:
    assert len(LETTERS) >= 300
    assert len(LETTERS) == sum(len(talk.letters) for talk in ALL)


def taken(store: Store, order: list[str], pages: random.Random) -> None:
    """Take the letters in, in this order, in pages of one to forty."""
    place = account(store, "email", own=" ".join(OWN))
    intake = Intake(store)
    while order:
        size = pages.randint(1, 40)
        page, order = order[:size], order[size:]
        items = [parse(LETTERS[number].raw, frozenset(OWN)) for number in page]
        items = [item._replace(out=True) if LETTERS[item.remote_id].ours else item for item in items]
        intake.take(place, items)


def reply_address(store: Store, conversation: int) -> str:
    to = receiver(store.read, conversation)
    return to.address.lower() if to is not None else ""


def check(store: Store, talk: Talk) -> list[str]:
    """What is wrong with a conversation; [] where all of it is right."""
    rows = {
        row["remote_id"]: row
        for row in store.read.execute(
            "SELECT m.remote_id, m.conversation_id, m.out, m.text, m.quiet, coalesce(i.key, '') AS author, c.state"
            " FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " LEFT JOIN identity i ON i.id = m.identity_id"
        )
    }
    wrong = []
    conversations = {rows[letter.number]["conversation_id"] for letter in talk.letters}
    if len(conversations) != 1:
        return [f"{talk.scenario}: {len(conversations)} conversations"]
    (conversation,) = conversations
    here = {number for number, row in rows.items() if row["conversation_id"] == conversation}
    if here != {letter.number for letter in talk.letters}:
        wrong.append(f"{talk.scenario}: together with {sorted(here)}")
    for letter in talk.letters:
        row = rows[letter.number]
        known = {letter.author, "" if row["quiet"] else letter.author}  # a machine's letter makes nobody known
        if row["author"] not in known or bool(row["out"]) != letter.ours:
            wrong.append(f"{talk.scenario}: {letter.number} is by {row['author']!r}, out {row['out']}")
        if not row["text"].strip().startswith(letter.text.strip()[:60]):
            wrong.append(f"{talk.scenario}: {letter.number} reads {row['text'][:60]!r}")
    state = rows[talk.letters[0].number]["state"]
    if state != talk.state:
        wrong.append(f"{talk.scenario}: {state}, not {talk.state}")
    if reply_address(store, conversation) != talk.reply_to:
        wrong.append(f"{talk.scenario}: a reply goes to {reply_address(store, conversation)!r}, not {talk.reply_to!r}")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("seed", [None, *range(1, 9)])
def test_all_are_right_in_the_order_of_their_dates_and_in_any_other(store: Store, seed: int | None) -> None:
    order = sorted(LETTERS)
    pages = random.Random(seed or 0)
    if seed is not None:
        pages.shuffle(order)
    taken(store, order, pages)
    assert [problem for talk in ALL for problem in check(store, talk)] == []
