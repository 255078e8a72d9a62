"""What was edited and what was taken away, of young messages that are asked for again."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from app.base.message import Author, Incoming
from app.channels import again
from app.channels.base import taken_away


class Place(NamedTuple):
    """What a channel remembers of a message."""

    root: str
    at: int = 0


def _said(row: dict[str, Any]) -> Incoming | None:
    return Incoming(row["id"], 5, row["text"], Author("anna", "anna")) if row["text"] else None


def _changes(rows: object, *asked: str) -> list[tuple[str, str, bool]]:
    found = again.current_rows(rows, again.by("id")).changes(
        asked, edited=lambda row: bool(row.get("edited")), incoming=_said, away=taken_away
    )
    return [(item.remote_id, item.text, item.gone) for item in found]


def test_what_was_edited_and_what_is_gone_are_told_apart() -> None:
    rows = [{"id": "1", "text": "as it was"}, {"id": "2", "text": "new words", "edited": True}]
    assert _changes(rows, "1", "2", "3") == [("2", "new words", False), ("3", "", True)]


def test_an_edit_that_says_nothing_is_left_out() -> None:
    assert _changes([{"id": "2", "text": "", "edited": True}], "2") == []


@pytest.mark.parametrize(
    "rows",
    [
        [{"id": "1", "text": "a"}, {"no": "name"}],
        [{"id": "1", "text": "a"}, {"id": 2}],
        [{"id": "1", "text": "a"}, {"id": ""}],
        [{"id": "1", "text": "a"}, "2"],
        [{"id": "1", "text": "a"}, {"id": "1", "text": "in place of another"}],
        {"error": "no list"},
        None,
    ],
)
def test_of_an_answer_that_cannot_be_read_whole_nothing_is_gone(rows: object) -> None:
    found = again.current_rows(rows, again.by("id"))
    assert not found.complete
    assert found.gone(["1", "2"]) == []


def test_one_that_is_there_is_known_even_so() -> None:
    found = again.current_rows([{"id": "1", "text": "a"}, {}], again.by("id"))
    assert list(found.each(["1", "2"])) == [("1", {"id": "1", "text": "a"})]


def test_an_empty_answer_says_that_all_are_gone() -> None:
    assert again.current_rows([], again.by("id")).gone(["1", "2"]) == ["1", "2"]


def test_young_is_what_is_near_the_newest_or_the_hour() -> None:
    times = {"a": 100, "b": 190, "c": 200}
    assert again.young(times, 50) == ["b", "c"]
    assert again.young(times, 50, 245) == ["c"]
    assert again.young({}, 50) == []


def test_what_is_written_for_a_later_pull_is_read_there() -> None:
    places = {"þ1": Place("r", 1), "2": Place("r", 2), "3": Place("r", 3)}
    assert again.remembered(again.written(places, 2), Place) == {"2": Place("r", 2), "3": Place("r", 3)}


@pytest.mark.parametrize("written", ["", "{", "[]", '{"1": 5}', '{"1": ["a", 1, 2]}', "null"])
def test_what_cannot_be_read_is_nothing(written: str) -> None:
    assert again.remembered(written, Place) == {}
