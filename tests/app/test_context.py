"""A message in its context: the post is fetched when it is asked for, once, and from whom was said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base.errors import NotFoundError, UserError
from app.base.paths import Profile
from app.safety import standstill
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.channels.test_above import PICTURE, WORDS, Posts
from tests.app.saying import account, said


@pytest.fixture
def posts() -> Iterator[Posts]:
    made = Posts()
    yield made
    made.stop()


def talk(bench: Workbench, number: int, thread: str = "12", url: str = "https://social.example/@jana/12") -> int:
    """A conversation below a post; its number."""
    item = said(f"m{thread}{number}", 1_790_000_000, thread=thread)._replace(post_url=url, post_title="Five")
    (conversation,) = bench.intake.take(number, [item]).conversation_ids
    return int(conversation)


def connected(bench: Workbench, posts: Posts) -> int:
    fields = {"server": posts.url}
    return bench.accounts.add("mastodon", "Mastodon", fields, {"token": "t"})[0].id


def test_nothing_is_fetched_before_it_is_asked_for_and_then_once(bench: Workbench, posts: Posts) -> None:
    number = talk(bench, connected(bench, posts))
    offer = bench.context.offer(number)
    assert offer is not None
    assert offer.hosts == (posts.url.partition("://")[2],)
    assert bench.context.here(number) is None
    assert posts.calls == []
    post = bench.context.fetch(number)
    assert (post.picture, WORDS in post.text) == (PICTURE, True)
    asked = len(posts.calls)
    assert asked == 2
    assert bench.context.fetch(number) is bench.context.here(number)
    assert len(posts.calls) == asked


def test_comments_under_one_post_share_it_and_no_others_do(bench: Workbench, posts: Posts) -> None:
    where = connected(bench, posts)
    first, second = talk(bench, where), talk(bench, where, "13")
    other = talk(bench, where, "14", "https://social.example/@jana/14")
    bench.context.fetch(first)
    assert bench.context.here(second) is not None
    assert bench.context.here(other) is None


def test_nothing_of_it_is_written_into_the_file(bench: Workbench, posts: Posts) -> None:
    number = talk(bench, connected(bench, posts))
    before = scalar(bench.store.read, "PRAGMA data_version"), bench.inbox.open(number)
    bench.context.fetch(number)
    assert (scalar(bench.store.read, "PRAGMA data_version"), bench.inbox.open(number)) == before


def test_a_post_that_is_gone_says_so(bench: Workbench, posts: Posts) -> None:
    number = talk(bench, connected(bench, posts))
    posts.there = False
    with pytest.raises(NotFoundError, match="no longer there, or “Mastodon” may not see it"):
        bench.context.fetch(number)
    assert bench.context.here(number) is None


@pytest.mark.parametrize(
    ("kind", "mode", "why"),
    [
        ("mastodon", "file", "“There” isn't connected"),
        ("facebook", "assisted", "Facebook doesn't give Rapport the post"),
        ("matrix", "live", "Matrix doesn't give Rapport the post"),
    ],
)
def test_where_it_cannot_be_had_that_is_said(bench: Workbench, kind: str, mode: str, why: str) -> None:
    number = talk(bench, account(bench.store, kind, "There", mode=mode))
    offer = bench.context.offer(number)
    assert offer is not None
    assert offer.why_not.startswith(why)
    with pytest.raises(UserError, match=why):
        bench.context.fetch(number)


def test_what_a_feed_gave_of_a_post_is_shown_without_asking_anybody(bench: Workbench) -> None:
    where, page = account(bench.store, "feed", "Lemonade blog", mode="file"), "https://blog.example/five"
    number = talk(bench, where, page, page)
    offer = bench.context.offer(number)
    assert offer is not None
    assert "isn't connected" in offer.why_not  # the post itself did not come
    words = "Basil first.\nThen mint & ginger 🍋"
    post = said("p", 1_789_000_000, thread=page, text=words)._replace(post_url=page, post_title="Five", url=page)
    bench.intake.take(where, [post])
    offer = bench.context.offer(number)
    assert offer is not None
    assert (offer.hosts, offer.why_not) == ((), "")
    shown = bench.context.fetch(number)
    assert (shown.title, shown.text, shown.url) == ("Five", words, page)


def test_a_feed_is_asked_and_what_it_gave_before_stands_in_once_it_lists_the_post_no_more(
    bench: Workbench, posts: Posts
) -> None:
    fields, page = {"address": f"{posts.url}/feed.json", "own_server": "yes"}, f"{posts.url}/five"
    where = bench.accounts.add("feed", "Lemonade blog", fields, {})[0].id
    number = talk(bench, where, page, page)
    offer = bench.context.offer(number)
    assert offer is not None
    assert offer.hosts == (posts.url.partition("://")[2],)
    posts.there = False
    with pytest.raises(NotFoundError):
        bench.context.fetch(number)
    came = said("p", 1_789_000_000, thread=page, text="As it came.")
    bench.intake.take(where, [came._replace(post_url=page, post_title="Five", url=page)])
    assert bench.context.fetch(number).text == "As it came."
    posts.there = True
    bench.context._kept.clear()
    assert bench.context.fetch(number).text == WORDS


def test_a_conversation_under_no_post_offers_none(bench: Workbench) -> None:
    item = said("1", 1_790_000_000)
    (number,) = bench.intake.take(account(bench.store, "mastodon"), [item]).conversation_ids
    assert bench.context.offer(number) is None
    with pytest.raises(UserError, match="isn't about a post"):
        bench.context.fetch(number)
    with pytest.raises(NotFoundError):
        bench.context.offer(999_999)


def test_a_restored_backup_asks_nobody(bench: Workbench, posts: Posts) -> None:
    number = talk(bench, connected(bench, posts))
    with bench.store.write() as conn:
        standstill.mark(conn)
    with pytest.raises(UserError, match="restored backup"):
        bench.context.fetch(number)
    assert posts.calls == []


def test_each_post_of_the_demo_is_there(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    try:
        query = (
            "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id"
            " WHERE c.post_url <> '' AND a.mode = 'demo'"
        )
        fetched = [bench.context.fetch(number) for (number,) in bench.store.read.execute(query).fetchall()]
        assert len(fetched) > 20
        assert all(post.title and post.text for post in fetched)
        assert any(post.picture for post in fetched)
    finally:
        bench.close()
