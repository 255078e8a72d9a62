"""A forum's limits, 60 requests a minute for all keys together and 20 for a User API key: what is new comes first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest

from app.channels.base import TryLater
from app.channels.http import pace
from tests.app.channels.forum import counted, everything, raised, reply, session
from tests.servers.discourse import Forum
from tests.servers.played import Reply


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from counted(monkeypatch)


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from raised(monkeypatch)


def pull(server: Forum, cursor: dict[str, str], **more: str) -> list[Any]:
    """One pull of an account that was checked when it was connected, as far as the limits let it go."""
    rows: list[Any] = []
    facts = {"me": "1", "staff": "yes" if server.staff else "", "admin": "", **more}
    with closing(session(server, **facts)) as there, suppress(TryLater):
        for page in there.pull(dict(cursor)):
            cursor |= page.cursor
            rows += page.items
    return rows


def a_minute_passes(server: Forum) -> None:
    server.next_minute()
    pace.forget()


@pytest.mark.parametrize("staff", [True, False])
def test_fifty_removed_posts_keep_nothing_new_back(server: Forum, *, staff: bool) -> None:
    server.user_key, server.staff = True, staff
    posts = [server.say("anna", f"Oranges {number}") for number in range(50)]
    cursor: dict[str, str] = {}
    pull(server, cursor, login="")
    a_minute_passes(server)
    for post in posts:
        server.posts[int(post)]["deleted_at"] = server.posts[int(post)]["created_at"]
    new = [server.say("bela", f"Is it vegan? {number}") for number in range(3)]
    letter = server.write("dora", "My parcel came broken")
    seen = pull(server, cursor, login="")
    assert {row.remote_id for row in seen} >= {*new, str(server.opening(letter)["id"])}, "all that is new, in one round"
    gone = {row.remote_id for row in seen if row.gone}
    rounds = 1
    while len(gone) < 50 and rounds < 60:
        a_minute_passes(server)
        rounds += 1
        asked = len(server.calls)
        gone |= {row.remote_id for row in pull(server, cursor, login="") if row.gone}
        assert len(server.calls) - asked <= 20, "within a minute's limit"
    assert gone == set(posts)
    assert rounds <= (3 if staff else 20)


def test_a_limit_in_the_middle_is_no_reason_to_lose_what_came_before(server: Forum) -> None:
    server.say("anna", "One")
    cursor: dict[str, str] = {}
    pull(server, cursor)
    server.say("anna", "Two")
    a_minute_passes(server)
    server.minute = [0.0] * 59  # others have asked for that much
    rows: list[Any] = []
    with closing(session(server)) as there:
        pages = there.pull(dict(cursor))
        rows += next(pages).items
        with pytest.raises(TryLater) as caught:
            list(pages)
    assert "Two" in [row.text for row in rows]
    assert caught.value.limited
    assert caught.value.after == 33


def test_a_forum_that_asks_for_a_pause_gets_it_from_all_its_accounts(server: Forum) -> None:
    server.say("anna", "One")
    server.limited = 1
    with closing(session(server)) as there, pytest.raises(TryLater):
        list(there.pull({}))
    asked = len(server.calls)
    with closing(session(server)) as other, pytest.raises(TryLater) as caught:
        list(other.pull({}))
    assert len(server.calls) == asked
    assert 5 <= (caught.value.after or 0) <= 7


def test_too_many_posts_in_a_day_do_not_keep_us_from_reading(server: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = server.say("anna", "One")
    monkeypatch.setattr(server, "create", lambda _call: server.too_many(43_200))
    with closing(session(server)) as there:
        with pytest.raises(TryLater) as caught:
            there.send(reply(server, asked, "Two"))
        assert caught.value.after == 43_200
        assert "One" in [row.text for page in there.pull({}) for row in page.items]


@pytest.mark.slow
def test_a_long_absence_is_read_within_the_limit_and_leaves_room_for_what_the_person_does(server: Forum) -> None:
    server.say("anna", "Before")
    cursor: dict[str, str] = {}
    pull(server, cursor)
    texts = {f"Chatter {number}" for number in range(4_000)}
    for text in sorted(texts):
        server.say("anna", text)
    letter = server.write("dora", "My parcel came broken")
    rows = pull(server, cursor)
    assert {"My parcel came broken", max(texts)} <= {row.text for row in rows}, "what is newest comes first"
    for _ in range(8):
        rows += pull(server, cursor)
        assert len(server.minute) <= 55
        server.next_minute()
        pace.forget()
    assert texts <= {row.text for row in rows}
    assert letter


def test_a_quiet_pull_is_few_requests(free: Forum) -> None:
    for number in range(60):
        free.say("anna", f"Chatter {number}")
    _, cursor = everything(free)
    _, cursor = everything(free, cursor)
    free.calls.clear()
    with closing(session(free, staff="yes", admin="", me="1")) as there:
        list(there.pull(cursor))
    assert [call.path for call in free.calls] == [
        "/posts.json", "/review.json", "/latest.json", "/private-posts.json", f"/t/{free.topic}/posts.json",
    ]  # fmt: skip


def test_what_is_only_kept_from_us_is_not_called_gone(free: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    free.staff = False
    topic = free.begin("Soon among friends", "anna", "Words")
    post = str(free.opening(topic)["id"])
    free.say("anna", "Another")
    _, cursor = everything(free)
    free.topics[topic]["visible"] = False
    plain = free.serve

    def kept_from_us(call: Any) -> Reply:
        inside = call.path in (f"/posts/{post}.json", f"/t/{topic}/posts.json")
        return free.forbidden() if inside else plain(call)

    monkeypatch.setattr(free, "serve", kept_from_us)
    for _ in range(3):
        rows, cursor = everything(free, cursor)
        assert not [row for row in rows if row.gone]
