"""How far a history has been read, by the cursor."""

from __future__ import annotations

import pytest

from app.accounts.reading import History, history, in_words, left_in_words, progress_in_words


@pytest.mark.parametrize(
    ("cursor", "known"),
    [
        ({}, None),
        ({"history": "1200:20000"}, History(1200, 20_000, stopped=False)),
        ({"history": "1200:20000", "history stopped": "yes"}, History(1200, 20_000, stopped=True)),
        ({"history": "20000:20000"}, None),
        ({"history": "soon"}, None),
    ],
)
def test_it_is_known_while_something_is_left(cursor: dict[str, str], known: History | None) -> None:
    assert history(cursor) == known


def test_it_is_said_in_words() -> None:
    known = History(1200, 20_000, stopped=True)
    assert in_words(1200, 20_000) == "1,200 of 20,000 letters"
    assert progress_in_words(known) == "1,200 of 20,000 letters read, stopped"
    assert left_in_words(known.left) == "18,800 older letters not read yet"
