"""Private messages on a forum: ours, those of our groups, and nobody else's; after a weekend as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from app.channels.base import TryLater
from app.channels.http import pace
from tests.app.channels.forum import checked, counted, everything, raised, session
from tests.servers.discourse import Forum


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from raised(monkeypatch)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from counted(monkeypatch)


def letters(rows: list[Any]) -> list[str]:
    return [row.text for row in rows if not row.public]


def test_a_group_s_inbox_is_read_too(server: Forum) -> None:
    server.groups = ["support"]
    server.write("dora", "My parcel came broken", group="support")
    server.write("ella", "Not for you", group="finance")
    assert letters(everything(server)[0]) == ["My parcel came broken"]


def test_an_administrator_gets_only_what_is_to_them_or_their_groups(server: Forum) -> None:
    server.admin, server.groups = True, ["support"]
    server.write("dora", "To you")
    server.write("ella", "To support", group="support")
    strange = server.write("anna", "To bela alone", to=("bela",))
    rows, cursor = everything(server)
    assert letters(rows) == ["To you", "To support"]
    server.post("bela", "Still between us", strange)
    rows, cursor = everything(server, cursor)
    assert "Still between us" not in letters(rows)
    server.topics[strange]["allowed"].append("lemonade")  # they ask us to join
    server.post("anna", "What do you think?", strange)
    assert letters(everything(server, cursor)[0])[-1] == "What do you think?"


def test_an_account_of_before_shows_no_stranger_s_letters_either(server: Forum) -> None:
    server.admin = True
    server.write("anna", "To bela alone", to=("bela",))
    server.write("dora", "To you")
    with closing(session(server, me="1", staff="yes", limit="32000")) as there:
        assert letters([row for page in there.pull({}) for row in page.items]) == ["To you"]


def test_a_weekend_of_letters_is_read_whole_and_in_order(server: Forum) -> None:
    topic = server.write("dora", "The first")
    _, cursor = everything(server)
    for number in range(170):
        server.post("dora", f"More {number}", topic)
    rows, cursor = everything(server, cursor)
    assert letters(rows)[-170:] == [f"More {number}" for number in range(170)]


def test_more_letters_than_fit_in_a_pull_come_with_the_next_ones(server: Forum) -> None:
    topic = server.write("dora", "The first")
    _, cursor = everything(server)
    for number in range(730):
        server.post("dora", f"More {number}", topic)
    seen: list[str] = []
    for _ in range(3):
        rows, cursor = everything(server, cursor)
        seen += letters(rows)
    assert set(seen) - {"The first"} == {f"More {number}" for number in range(730)}


def test_letters_that_a_limit_cut_short_come_once_it_is_over(slow: Forum) -> None:
    topic = slow.write("dora", "The first")
    with closing(checked(slow)) as there:
        cursor: dict[str, str] = {}
        for page in there.pull(cursor):
            cursor |= page.cursor
    for number in range(400):
        slow.post("dora", f"More {number}", topic)
    slow.user_key, seen = False, list[str]()
    for _ in range(4):
        slow.minute = [0.0] * 55  # others use the forum's limit as well
        with closing(checked(slow)) as there, suppress(TryLater):
            for page in there.pull(dict(cursor)):
                cursor |= page.cursor
                seen += letters(list(page.items))
        slow.next_minute()
        pace.forget()
    with closing(checked(slow)) as there:
        for page in there.pull(dict(cursor)):
            seen += letters(list(page.items))
    assert set(seen) - {"The first"} == {f"More {number}" for number in range(400)}


def test_a_key_that_cannot_read_them_says_so_and_the_rest_comes_in(server: Forum) -> None:
    server.closed_routes = ("/private-posts",)
    server.say("anna", "In public")
    with closing(checked(server)) as there:
        assert "doesn't let this key read private messages" in there.check().sentence
        pages = list(there.pull({}))
    assert [row.text for page in pages for row in page.items if not row.out] == ["In public"]
    said = "127.0.0.1 doesn't let this key read private messages, so Rapport can't show them."
    (trouble,) = [page.trouble for page in pages if page.trouble]
    assert trouble.startswith(said)


def test_an_answer_to_an_old_letter_comes_in_with_what_it_answers(server: Forum) -> None:
    topic = server.write("dora", "The first")
    first = str(server.opening(topic)["id"])
    _, cursor = everything(server)
    for number in range(60):
        server.write("ella", f"Another {number}")
    _, cursor = everything(server, cursor)
    server.post("dora", "Any news?", topic, 1)
    (answer,) = [row for row in everything(server, cursor)[0] if row.text == "Any news?"]
    assert (answer.thread, answer.parent, answer.public) == (str(topic), first, False)


def test_a_letter_that_was_edited_is_read_again(server: Forum) -> None:
    topic = server.write("dora", "My parcel came brocken")
    _, cursor = everything(server)
    server.opening(topic)["raw"] = "My parcel came broken"
    assert letters(everything(server, cursor)[0]) == ["My parcel came broken"]
