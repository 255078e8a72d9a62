"""Who is nobody in particular is not taken for another who is nobody in particular."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.channels.discord.reading import author as discord
from app.channels.feed.entry import Document, Entry
from app.channels.feed.messages import _author as feed
from app.channels.telegram.session import TelegramSession
from app.channels.wordpress.rows import _author as wordpress


def test_on_a_blog_strangers_without_name_or_address_are_strangers() -> None:
    names = ("", "", "🍋", "🍒", "Anna", "7")
    rows: list[dict[str, Any]] = [{"id": place, "author": 0, "author_name": name} for place, name in enumerate(names)]
    keys = [wordpress({**row, "author_email": ""}, "blog.example").key for row in rows]
    assert len(set(keys)) == 6
    assert keys[4] == wordpress({"id": 99, "author": 0, "author_name": "ANNA"}, "blog.example").key
    assert wordpress({"id": 1, "author": 7, "author_name": "Jana"}, "blog.example").key not in keys


def test_on_discord_two_whose_accounts_are_gone_are_two() -> None:
    who = {"id": "456226577798135808", "username": "Deleted User"}
    assert len({discord({"id": number, "author": who}).key for number in ("11", "12")}) == 2


def test_in_a_feed_comments_without_a_name_are_not_the_blogs() -> None:
    document = Document("Comments on Spring", "https://blog.example/spring/", (), 2)
    entry = Entry("1", "By", "Hello", "", "", "https://blog.example/spring/#comment-1")
    first, second = (feed(replace(entry, id=name), document, "blog.example", name) for name in ("1", "2"))
    assert first.key != second.key
    assert (first.handle, first.name) == ("Anonymous", "")
    post = feed(entry, document, "blog.example", "")
    assert (post.key, post.name) == ("blog.example/", "Comments on Spring")
    named = feed(replace(entry, author="Anna"), document, "blog.example", "3")
    assert named.key == feed(replace(entry, author="anna"), document, "blog.example", "4").key


@pytest.mark.parametrize("fake", [{"id": 136817688, "first_name": "Channel", "username": "Channel_Bot"}, {}])
def test_who_speaks_as_a_channel_on_telegram_is_that_channel(fake: dict[str, Any]) -> None:
    session = TelegramSession({"me": "7"}, {"token": "4711:x"})
    chat = {"id": -1001, "type": "supergroup", "title": "Lemonade"}
    keys = []
    for number, place in enumerate((-2001, -2002)):
        told = {"message_id": number, "date": 1_700_000_000, "chat": chat, "text": "Hello",
                "sender_chat": {"id": place, "type": "channel", "title": f"Channel {place}"}}  # fmt: skip
        said = session._incoming({"update_id": number, "message": {**told, "from": fake} if fake else told})
        assert said is not None
        keys.append((said.author.key, said.author.name))
    assert keys == [("-2001", "Channel -2001"), ("-2002", "Channel -2002")]
