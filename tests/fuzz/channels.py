"""What each channel makes of an answer of its server, without the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from app.base.errors import UserError
from app.channels.bluesky import reading as bluesky
from app.channels.discord import reading as discord
from app.channels.discord.session import DiscordSession
from app.channels.discourse.posts import Posts, Topic
from app.channels.discourse.site import Site
from app.channels.email import answers
from app.channels.feed import document, pages
from app.channels.ghost import comments as ghost
from app.channels.github import reading as github
from app.channels.github import words as github_words
from app.channels.http import parts
from app.channels.isso import rows as isso
from app.channels.mastodon import reading as mastodon
from app.channels.matrix import events as matrix
from app.channels.slack import words as slack
from app.channels.telegram.session import TelegramSession
from app.channels.wordpress import rows as wordpress
from app.channels.youtube.reading import message as video_comment
from tests.fuzz import seeds

ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, UserError)
"""What a channel's session takes for a row that is not as it should be, and passes over."""
FORUM = Posts(Site({"server": "https://forum.example"}, {}), {})
SERVER = DiscordSession({}, {})
TELEGRAMS = TelegramSession({}, {})


class Channel(NamedTuple):
    """A name, good answers of the server, and what reads one."""

    name: str
    seeds: Sequence[Any]
    read: Callable[[Any], object]


def _json(said: str) -> object:
    try:
        return parts.read(said.encode("utf-8", "replace"))
    except RecursionError:  # as it says
        return None


def _isso(row: Any) -> object:
    isso.of(row)
    return isso.incoming(row, row, isso.Post("/p", "https://x.is/p", "Post"), "x.is", out=False)


def _isso_page(html: str) -> object:
    return list(isso.lines(html)), isso.page_of(html, "/p", "https://x.is/p"), isso.mark(html), isso.unmark(html)


def _ghost(row: Any) -> object:
    return ghost.items([row], "m2"), ghost.to_html(str(row.get("html")))


def _mastodon(row: Any) -> object:
    said = mastodon.text_of(row, {"desk"}), mastodon.same_words(str(row["content"]), "Hello")
    return (
        said,
        mastodon.author(row["account"], "x.is"),
        mastodon.moment(row["created_at"]),
        mastodon.address(row["url"]),
    )


def _bluesky(row: Any) -> object:
    found = bluesky.facets(bluesky.text_of(row["record"]), lambda handle: f"did:{handle}")
    return found, bluesky.author(row), bluesky.said_at(row), bluesky.root_of(str(row["uri"]), row["record"])


def _matrix(rows: Any) -> object:
    reader = matrix.Reader(matrix.Room("!r:x.is", "", "", "", direct=False), "@desk:x.is", lambda _: None)
    return reader.read((), [row for row in rows if isinstance(row, dict)])


def _slack(row: Any) -> object:
    said = slack.plain(row, {"U1": "Anna"}), slack.same(row, "Hello")
    return said, slack.author(row, {}, "https://x"), list(slack.people(row))


def _discord(row: Any) -> object:
    return SERVER._incoming(row, {"id": "2", "guild": "3", "name": "garden", "type": 0}, None), discord.ours(row)


def _github(row: Any) -> object:
    read = github.message(row, row, "", public=True), github.digest([(row, [row])]), github.signature(row)
    return github_words.words_of(str(row["body"])), github.author(row["author"], "1"), github.created_at(row), read


def _folder_name(name: str) -> object:
    return answers.readable(name.encode("utf-8", "replace")), answers.coded(name)


def _imap(said: str) -> object:
    raw = said.encode("utf-8", "replace")
    try:
        return list(answers.folders([raw])) or answers.mails([(raw, b"x" * 3), b")"])
    except answers.UnreadableError:  # as it says
        return None


def _feed(raw: bytes) -> object:
    return document.read(raw), list(document.read_all(raw))


def _answers(name: str, read: Callable[[Any], object]) -> Channel:
    return Channel(name, [seeds.answer(name)], read)


ALL = [
    Channel("json", seeds.words("*.json"), _json),
    _answers("wordpress", lambda row: wordpress.incoming(row, "x.is", "1", 5)),
    _answers("isso", _isso),
    Channel("isso page", seeds.words("isso.html"), _isso_page),
    _answers("ghost", _ghost),
    _answers("discourse", lambda row: FORUM.incoming(row, "", Topic())),
    _answers("mastodon", _mastodon),
    _answers("bluesky", _bluesky),
    _answers("matrix", _matrix),
    _answers("slack", _slack),
    _answers("discord", _discord),
    _answers("telegram", TELEGRAMS._incoming),
    _answers("github", _github),
    _answers("youtube", lambda row: video_comment(row, row, "", "UC2", {})),
    Channel("feed", [*seeds.octets("*.rss"), *seeds.octets("*.atom")], _feed),
    Channel("feed page", ['<link rel="alternate" type="application/rss+xml" href="/feed">'],
            lambda html: pages.feeds_of(html, "https://x.is/", wordpress=True)),
    Channel("folder names", ["Entw&APw-rfe", "&-"], _folder_name),
    Channel("IMAP answers", [
        '1 (UID 5 FLAGS (\\Seen) INTERNALDATE "17-Jul-2025 02:44:25 -0700" RFC822.SIZE 3 BODY[] {3}',
        '(\\Sent) "/" "Entw&APw-rfe"',
    ], _imap),
]  # fmt: skip
