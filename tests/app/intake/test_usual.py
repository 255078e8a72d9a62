"""A message that doesn't tell its language has its author's usual one, unless its conversation tells it."""

from __future__ import annotations

import pytest

from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, said

_TOLD = {"Mikor jön meg a csomagom?": "hu", "When will my parcel get here?": "en", "Hvenær kemur pakkinn?": "is"}
ASKED, ENGLISH, ICELANDIC = _TOLD


@pytest.fixture
def intake(store: Store) -> Intake:
    """An intake that tells three sentences' language, and no other's."""
    return Intake(store, lambda words: _TOLD.get(words, ""))


def _take(store: Store, intake: Intake, *messages: tuple[str, str, str], at: int = NOW, out: bool = False) -> None:
    """Take messages in order: thread, author, words."""
    known = store.read.execute("SELECT id FROM account").fetchone()
    intake.take(known[0] if known else account(store), [
        said(f"{thread}-{at + place}", at + place, words, author, thread=thread, out=out)._replace(language="")
        for place, (thread, author, words) in enumerate(messages)
    ])  # fmt: skip


def _languages(store: Store) -> list[tuple[str, str]]:
    """Of each message: its language, and its conversation's."""
    rows = store.read.execute(
        "SELECT m.language, c.language FROM message m JOIN conversation c ON c.id = m.conversation_id ORDER BY m.at"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("together", [True, False])
def test_what_somebody_wrote_before_tells_it(store: Store, intake: Intake, *, together: bool) -> None:
    first, second = ("a", "béla", ASKED), ("b", "béla", "OK!")
    if together:
        _take(store, intake, first, second)
    else:
        _take(store, intake, first)
        _take(store, intake, second, at=NOW + 100)
    assert _languages(store) == [("hu", "hu"), ("hu", "hu")]


@pytest.mark.parametrize("together", [True, False])
def test_the_conversation_goes_before_it(store: Store, intake: Intake, *, together: bool) -> None:
    _take(store, intake, ("a", "béla", ASKED))
    if together:
        _take(store, intake, ("b", "ann", ENGLISH), ("b", "béla", "OK!"), at=NOW + 100)
    else:
        _take(store, intake, ("b", "ann", ENGLISH), at=NOW + 100)
        _take(store, intake, ("b", "béla", "OK!"), at=NOW + 200)
    assert _languages(store)[1:] == [("en", "en"), ("", "en")]


def test_nobody_elses_language_is_taken(store: Store, intake: Intake) -> None:
    _take(store, intake, ("a", "béla", ASKED), ("b", "jón", "OK!"))
    assert _languages(store)[1:] == [("", "")]


def test_our_own_words_have_nobodys_usual_language(store: Store, intake: Intake) -> None:
    _take(store, intake, ("a", "béla", ASKED))
    _take(store, intake, ("b", "béla", "OK!"), at=NOW + 100, out=True)
    assert _languages(store)[1:] == [("", "")]


def test_what_is_noted_on_the_member_goes_before_what_they_wrote(store: Store, intake: Intake) -> None:
    _take(store, intake, ("a", "jón", ICELANDIC))
    with store.write() as conn:
        conn.execute("UPDATE member SET language = 'en'")
    _take(store, intake, ("b", "jón", "OK!"), at=NOW + 100)
    assert _languages(store)[1:] == [("en", "en")]


def test_whose_language_was_never_noted_has_that_of_most_they_wrote(store: Store, intake: Intake) -> None:
    _take(store, intake, ("a", "jón", "OK!"))
    later = ("a", "jón", ENGLISH), ("b", "jón", ICELANDIC), ("c", "jón", ICELANDIC)
    _take(store, intake, *later, at=NOW + 50)
    assert store.read.execute("SELECT language FROM member").fetchone()[0] == ""
    _take(store, intake, ("d", "jón", "👍"), at=NOW + 100)
    assert _languages(store)[-1] == ("is", "is")
