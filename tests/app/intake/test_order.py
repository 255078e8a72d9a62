"""Newest pages first make the same conversations, in the same states, as oldest first; and no others, not even empty
ones of which nothing was left."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from app.base.message import Incoming
from app.base.paths import Profile
from app.mail.parse import parse
from app.workbench import Workbench
from tests.app.saying import account
from tests.bench.community import OWN
from tests.bench.mails import raws

_PAGE = 50


def taken(folder: Path, pages: list[list[Incoming]]) -> tuple[frozenset[frozenset[str]], Counter[tuple[object, ...]]]:
    """The letters of each conversation, and how many conversations there are of each kind."""
    bench = Workbench(Profile(folder))
    place = account(bench.store, "email", own=OWN)
    for page in pages:
        bench.intake.take(place, page)
    talks = defaultdict[int, set[str]](set)
    for remote_id, talk in bench.store.read.execute("SELECT remote_id, conversation_id FROM message"):
        talks[talk].add(remote_id)
    kinds = bench.store.read.execute(
        "SELECT state, waiting_since, unread, last_out, messages, last_at FROM conversation"
    )
    states = Counter(tuple(row) for row in kinds)
    bench.close()
    return frozenset(map(frozenset, talks.values())), states


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_pages_changes_nothing(tmp_path: Path, seed: int) -> None:
    letters = sorted((parse(raw, {OWN}) for raw in raws(600, seed)), key=lambda letter: letter.at)
    pages = [letters[at : at + _PAGE] for at in range(0, len(letters), _PAGE)]
    forwards, backwards = taken(tmp_path / "forwards", pages), taken(tmp_path / "backwards", pages[::-1])
    assert backwards[0] == forwards[0]
    assert backwards[1] == forwards[1]
