"""The post that comments stand under, asked for at each channel: whole, with its picture, from its own server alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Any, NamedTuple

import pytest

from app.base import resources
from app.channels.base import Above, PostAbove, TryLater
from app.channels.http.picture import SIZE_MAX, is_own, own_picture
from app.channels.registry import channel, connectable
from tests.servers.played import Call, Played, Reply

PICTURE = resources.ROOT.joinpath("demo", "bottles.jpg").read_bytes()
TITLE, WORDS = "Πέντε λεμονάδες", "Basil first.\nThen mint & ginger 🍋"
AT = "at://did:plc:jana/app.bsky.feed.post/3k"


class Posts(Played):
    """Plays what the channels' servers answer about one post; `picture` is its picture's address."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = f"{self.url}/picture.jpg"
        self.there = True

    def serve(self, call: Call) -> Reply:
        for path, (found, gone) in self.answers().items():
            if call.path == path:
                return found if self.there else gone
        jpeg = {"Content-Type": "image/jpeg"}
        others = {
            "/picture.jpg": Reply(PICTURE, headers=jpeg),
            "/large.jpg": Reply(PICTURE + b"0" * SIZE_MAX, headers=jpeg),
            "/page.jpg": Reply(b"<html>Log in first</html>", headers=jpeg),
            "/away.jpg": Reply(None, 302, {"Location": "http://elsewhere.example/picture.jpg"}),
            "/home.jpg": Reply(None, 302, {"Location": "/picture.jpg"}),
            "/token": Reply({"access_token": "a", "expires_in": 3600}),
        }
        return others.get(call.path, Reply({"message": "No such thing"}, 404))

    def answers(self) -> dict[str, tuple[Reply, Reply]]:
        """Path -> what is answered while the post is there, and once it is gone."""
        html = {"rendered": "<p>Basil first.<br>Then mint &amp; ginger 🍋</p>"}
        media = {"source_url": self.picture, "media_details": {"sizes": {"large": {"source_url": self.picture}}}}
        record = {"$type": "app.bsky.feed.post", "text": WORDS, "createdAt": "2026-11-20T10:00:00Z"}
        who = {"did": "did:plc:jana", "handle": "jana.example"}
        shown = {"uri": AT, "cid": "c", "author": who, "record": record, "embed": {"images": [{"thumb": self.picture}]}}
        thumbs = {"high": {"url": self.picture}}
        video = {"id": "v1", "snippet": {"title": TITLE, "description": WORDS, "thumbnails": thumbs}}
        entry = {"id": "1", "url": f"{self.url}/five", "title": TITLE, "content_text": WORDS}
        other = {"id": "2", "url": f"{self.url}/six", "title": "Six", "content_text": "Six lemonades."}
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Lemonade blog"}
        missing = Reply({"errors": [{"message": "Resource not found", "type": "NotFoundError"}]}, 404)
        return {
            "/wp-json/wp/v2/posts/12": (
                Reply({"id": 12, "title": {"rendered": TITLE}, "content": html, "link": f"{self.url}/five",
                       "_embedded": {"wp:featuredmedia": [media]}}),
                Reply({"code": "rest_post_invalid_id"}, 404),
            ),
            "/ghost/api/admin/posts/slug/five/": (
                Reply({"posts": [{"id": "1", "title": TITLE, "plaintext": WORDS, "feature_image": self.picture}]}),
                missing,
            ),
            "/api/v1/statuses/12": (
                Reply({"id": "12", "content": "<p>Basil first.<br>Then mint &amp; ginger 🍋</p>", "url": "u",
                       "account": {"acct": "jana"}, "media_attachments": [{"type": "image", "preview_url": self.picture,
                                                                           "description": None}]}),
                Reply({"error": "Record not found"}, 404),
            ),
            "/feed.json": (Reply(feed | {"items": [other, entry]}), Reply(feed | {"items": [other]})),
            "/xrpc/app.bsky.feed.getPosts": (Reply({"posts": [shown]}), Reply({"posts": []})),
            "/t/7.json": (
                Reply({"id": 7, "title": TITLE, "image_url": self.picture, "post_stream": {"posts": [
                    {"id": 1, "post_number": 1, "topic_id": 7, "raw": WORDS, "created_at": "2026-11-20T10:00:00Z",
                     "username": "jana"}]}}),
                Reply({"errors": ["gone"]}, 404),
            ),
            "/youtube/v3/videos": (Reply({"items": [video]}), Reply({"items": []})),
            "/graphql": (
                Reply({"data": {"node": {"title": TITLE, "body": WORDS, "url": "u"}}}),
                Reply({"data": {"node": None}, "errors": [{"type": "NOT_FOUND", "message": "Could not resolve"}]}),
            ),
        }  # fmt: skip


class Kind(NamedTuple):
    """What one channel's account and conversation are."""

    fields: dict[str, str]
    secrets: dict[str, str]
    thread: str
    page: str
    has_picture: bool = True
    has_title: bool = True


KINDS = {
    "wordpress": Kind(
        {"site": "{url}", "name": "jana", "api": "{url}/wp-json/", "me": "1"}, {"password": "p"}, "12/3", "/five"
    ),
    "ghost": Kind(
        {"server": "{url}", "home": "{url}", "asked": "{url}"}, {"key": f"{'ab' * 12}:{'cd' * 32}"}, "t", "/five/"
    ),
    "mastodon": Kind({"server": "{url}", "me": "1"}, {"token": "t"}, "12", "/@jana/12", has_title=False),
    "bluesky": Kind({"server": "{url}", "pds": "{url}", "me": "did:plc:me"}, {"access": "a"}, AT, "", has_title=False),
    "discourse": Kind({"server": "{url}", "login": "jana"}, {"key": "k"}, "7", "/t/five/7"),
    "youtube": Kind({"server": "{url}", "client_id": "c"}, {"client_secret": "s", "refresh": "r"}, "t", "/watch?v=v1"),
    "feed": Kind(
        {"address": "{url}/feed.json", "own_server": "yes"}, {}, "t", "/five/?utm_source=feed", has_picture=False
    ),
    "github": Kind({"server": "{url}", "repository": "a/b"}, {"token": "t"}, "D_1", "/1", has_picture=False),
}


@pytest.fixture
def posts() -> Iterator[Posts]:
    made = Posts()
    yield made
    made.stop()


def fetched(kind: str, posts: Posts) -> PostAbove | None:
    of = KINDS[kind]
    fields = {key: value.format(url=posts.url) for key, value in of.fields.items()}
    hosts = channel(kind).above_hosts(fields)
    module: Any = import_module(f"app.channels.{kind}")
    with closing(module.open(fields, dict(of.secrets))) as there:
        post: PostAbove | None = there.post_above(Above(of.thread, f"{posts.url}{of.page}", hosts=hosts))
        return post


def test_every_channel_that_says_whom_it_asks_is_tried_here() -> None:
    assert {of.kind for of in connectable() if of.above} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_post_comes_whole_with_its_picture(posts: Posts, kind: str) -> None:
    post = fetched(kind, posts)
    assert post is not None
    assert WORDS in post.text
    assert (post.title == TITLE) if KINDS[kind].has_title else post.title.startswith("Basil first.")
    assert (post.picture, post.without) == (PICTURE if KINDS[kind].has_picture else b"", "")
    assert post.url


@pytest.mark.parametrize("kind", [kind for kind, of in KINDS.items() if of.has_picture])
def test_a_picture_on_another_server_is_not_fetched_and_that_is_said(posts: Posts, kind: str) -> None:
    posts.picture = "http://127.0.0.2:9/tracking.jpg?who=jana"
    post = fetched(kind, posts)
    assert post is not None
    assert WORDS in post.text
    assert post.picture == b""
    assert "127.0.0.2" in post.without


@pytest.mark.parametrize("kind", KINDS)
def test_a_post_that_is_gone_is_none(posts: Posts, kind: str) -> None:
    posts.there = False
    assert fetched(kind, posts) is None


def test_the_picture_is_asked_for_without_the_login(posts: Posts) -> None:
    fetched("mastodon", posts)
    (call,) = [call for call in posts.calls if call.path == "/picture.jpg"]
    assert not {"authorization", "cookie"} & {name.lower() for name in call.headers}
    assert any("authorization" in map(str.lower, call.headers) for call in posts.calls)


@pytest.mark.parametrize("path", ["/page.jpg", "/large.jpg", "/nothing.jpg"])
def test_what_is_no_picture_or_too_large_is_not_kept(posts: Posts, path: str) -> None:
    content, why = own_picture(f"{posts.url}{path}", (posts.url.partition("://")[2],))
    assert content == b""
    assert why == "Its picture couldn't be fetched."


def test_a_redirect_leads_to_no_other_server(posts: Posts) -> None:
    hosts = (posts.url.partition("://")[2],)
    assert own_picture(f"{posts.url}/home.jpg", hosts) == (PICTURE, "")
    content, why = own_picture(f"{posts.url}/away.jpg", hosts)
    assert content == b""
    assert "elsewhere.example" in why


def test_no_picture_is_no_reason() -> None:
    assert own_picture("", ("blog.example",)) == (b"", "")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://blog.example/a.jpg", True),
        ("https://files.blog.example/a.jpg", True),
        ("https://blog.example.evil.example/a.jpg", False),
        ("https://evilblog.example/a.jpg", False),
        ("https://blog.example@evil.example/a.jpg", False),
        ("https://jana@blog.example/a.jpg", False),
        ("https://blog.example:8443/a.jpg", False),
        ("file:///etc/passwd", False),
        ("https://[blog.example/a.jpg", False),
        ("", False),
    ],
)
def test_only_the_hosts_that_were_named_are_own(address: str, own: bool) -> None:  # noqa: FBT001  a case
    assert is_own(address, ("blog.example",)) is own


def test_the_hosts_that_are_said_follow_from_the_account() -> None:
    assert channel("wordpress").above_hosts({"site": "https://Blog.example/wp"}) == ("blog.example",)
    assert channel("mastodon").above_hosts({"server": "social.example"}) == ("social.example",)
    assert channel("youtube").above_hosts({}) == ("www.googleapis.com", "i.ytimg.com")
    assert channel("facebook").above == ()


def test_a_server_that_fails_says_so(posts: Posts) -> None:
    posts.answers = lambda: {"/api/v1/statuses/12": (Reply({}, 503), Reply({}, 503))}  # type: ignore[method-assign]
    with pytest.raises(TryLater):
        fetched("mastodon", posts)
