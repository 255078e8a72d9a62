"""A blog that fails at some of its comments, as a plugin that changes them may: all others come in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.channels import wordpress as channel
from app.channels.base import Page, TryLater
from tests.servers import played

_BEGUN = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
_NAMES = ("id", "post", "parent", "author", "author_name", "date", "date_gmt", "content", "link", "status")


class Blog(played.Played):
    """Lists comments as WP_REST_Comments_Controller does: what is not in `_fields` is not made, and cannot fail."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[int, dict[str, Any]] = {}
        self.failing: set[int] = set()
        self.down = False
        self._numbers = itertools.count(1)

    def say(self, text: str, parent: int = 0) -> int:
        number = next(self._numbers)
        at = (_BEGUN + timedelta(minutes=number)).isoformat()[:19]
        self.comments[number] = {
            "id": number, "post": 7, "parent": parent, "author": 0, "author_name": "Anna", "date": at, "date_gmt": at,
            "content": {"raw": text, "rendered": f"<p>{text}</p>"}, "status": "approved",
            "link": f"{self.url}/post/#comment-{number}",
        }  # fmt: skip
        return number

    def serve(self, call: played.Call) -> played.Reply:
        if call.path == "/wp-json/":
            return played.Reply({"name": "Lemonade", "namespaces": ["wp/v2"], "authentication": {"basic": {}}})
        if call.path == "/wp-json/wp/v2/users/me":
            return played.Reply({"id": 1, "name": "manager", "capabilities": {"moderate_comments": True}})
        if not call.path.startswith("/wp-json/"):
            return played.Reply(b"<title>Lemonade</title>", headers={"Content-Type": "text/html"})
        if self.down:
            return played.Reply(b"<h1>Error establishing a database connection</h1>", 500)
        return self.listed(call.query)

    def listed(self, query: dict[str, str]) -> played.Reply:
        fields = query["_fields"].split(",")
        rows = [row for row in self.comments.values() if query.get("status") != "spam" and (
            "include" not in query or row["id"] in map(int, query["include"].split(","))) and (
            row["date"] > query.get("after", ""))]  # fmt: skip
        most, page = int(query["per_page"]), int(query.get("page", 1))
        here = rows[(page - 1) * most : page * most]
        if "content" in fields and self.failing & {row["id"] for row in here}:
            return played.Reply({"code": "internal_server_error", "message": "A critical error"}, 500)
        shown = [{name: row[name] for name in _NAMES if name in fields} for row in here]
        told = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(-(-len(rows) // most) or 1)}
        return played.Reply(shown, headers=told)


@pytest.fixture
def blog() -> Iterator[Blog]:
    server = Blog()
    yield server
    server.stop()


def pull(blog: Blog, cursor: dict[str, str]) -> list[Page]:
    found = []
    with closing(channel.open({"site": blog.url, "name": "manager"}, {"password": "secret"})) as session:
        for page in session.pull(dict(cursor)):
            cursor.update(page.cursor)
            found.append(page)
    return found


def texts(pages: list[Page]) -> list[str]:
    return [item.text for page in pages for item in page.items if not item.gone]


@pytest.mark.parametrize("failing", [{1}, {250}, {3, 4, 170}, {1, 100, 101, 250}])
def test_comments_at_which_a_blog_fails_hold_up_no_others(blog: Blog, failing: set[int]) -> None:
    for number in range(250):
        blog.say(f"Number {number + 1}")
    blog.failing = failing
    cursor: dict[str, str] = {}
    pages = pull(blog, cursor)
    assert set(texts(pages)) == {f"Number {number + 1}" for number in range(250)} - {f"Number {one}" for one in failing}
    assert not any(item.gone for page in pages for item in page.items)
    (said,) = {page.trouble for page in pages if page.trouble}
    assert all(str(number) in said for number in failing)
    before = len(blog.calls)
    blog.say("One more")
    pages = pull(blog, cursor)
    assert "One more" in texts(pages)
    assert not any(item.gone for page in pages for item in page.items)
    assert len(blog.calls) - before < 40, "what is known to fail is not looked for again"
    blog.failing = {min(failing)} if len(failing) > 1 else set()
    assert {f"Number {one}" for one in failing - blog.failing} <= set(texts(pull(blog, cursor))), "what is mended"
    blog.failing = set()
    pages = pull(blog, cursor)
    assert {f"Number {one}" for one in failing} <= set(texts(pages))
    assert not any(page.trouble for page in pages)


def test_a_reply_below_a_comment_that_fails_is_in_its_thread(blog: Blog) -> None:
    first = blog.say("First")
    broken = blog.say("Broken", first)
    blog.say("Below", broken)
    blog.failing = {broken}
    found = {item.text: item.thread for page in pull(blog, {}) for item in page.items}
    assert found == {"First": f"7/{first}", "Below": f"7/{first}"}


def test_a_blog_that_is_down_is_tried_later(blog: Blog) -> None:
    blog.say("Hello")
    cursor: dict[str, str] = {}
    pull(blog, cursor)
    blog.down = True
    with pytest.raises(TryLater):
        pull(blog, cursor)


def test_a_blog_that_fails_at_all_its_comments_is_not_asked_for_each(blog: Blog) -> None:
    for number in range(100):
        blog.failing.add(blog.say(f"Number {number}"))
    with pytest.raises(TryLater):
        pull(blog, {})
    assert len(blog.calls) < 60
