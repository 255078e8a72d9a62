"""Discord: files that go along with replies and posts, and what is said where they can't."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.base import clock
from app.base.message import Attached, Reply
from app.channels.base import Refused, UnknownOutcome
from app.channels.discord import session as channel
from tests.servers.discord import (
    ALL_RIGHTS,
    ATTACH,
    FORUM,
    GENERAL,
    GUILD,
    MOST_BYTES,
    SEND_IN_THREADS,
    Discord,
    overwrite,
)
from tests.servers.played import CLOSE_AFTER

KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
PICTURE = Attached("a.png", "image/png", b"\x89PNG\r\n\r\n--")


@pytest.fixture
def server() -> Iterator[Discord]:
    played_server = Discord()
    yield played_server
    played_server.stop()


def opened(server: Discord) -> channel.DiscordSession:
    return channel.DiscordSession({"server": server.url, "me": server.me}, {"token": server.token})


def a_post(where: str, *files: Attached) -> Reply:
    return Reply(KEY, "A new label!", "", "", title="News", at=clock.now(), venue=where, files=files)


def test_a_forum_post_has_them_with_its_first_message(server: Discord) -> None:
    with closing(opened(server)) as session:
        made = session.send(a_post(FORUM, PICTURE))
        found = session.find_sent(a_post(FORUM, PICTURE))
        assert session.find_sent(a_post(FORUM, PICTURE, PICTURE)) is None
    assert found is not None
    assert found.remote_id == made.remote_id
    ((row,),) = [rows for place, rows in server.messages.items() if place not in (GENERAL, "413")]
    assert [one["filename"] for one in row["attachments"]] == ["a.png"]
    assert server.contents[row["attachments"][0]["id"]] == PICTURE.content


def test_a_lost_answer_is_looked_up_by_words_and_files(server: Discord) -> None:
    post = a_post(GENERAL, PICTURE)
    server.moods = [CLOSE_AFTER]
    with closing(opened(server)) as session:
        with pytest.raises(UnknownOutcome):
            session.send(post)
        assert session.find_sent(a_post(GENERAL)) is None
        found = session.find_sent(post)
    assert found is not None
    assert found.remote_id == f"{GENERAL}/{server.messages[GENERAL][-1]['id']}"


@pytest.mark.parametrize("where", [GENERAL, FORUM])
def test_without_the_right_nothing_is_sent_and_the_right_is_named(server: Discord, where: str) -> None:
    server.overwrites[where] = [overwrite(GUILD, deny=ATTACH)]
    with closing(opened(server)) as session:
        with pytest.raises(Refused, match="Attach Files"):
            session.send(a_post(where, PICTURE))
        assert session.find_sent(a_post(where, PICTURE)) is None
        session.send(a_post(where))


def test_the_check_names_the_right(server: Discord) -> None:
    with closing(opened(server)) as session:
        assert "Attach Files" not in session.check().sentence
        server.overwrites[GENERAL] = [overwrite(GUILD, deny=ATTACH)]
        assert "In #general it lacks the permission Attach Files" in session.check().sentence
        server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~ATTACH & ~SEND_IN_THREADS)
        assert "lacks permissions: Send Messages in Threads, Attach Files." in session.check().sentence


def test_a_server_that_takes_less_says_so_and_nothing_is_sent(server: Discord) -> None:
    large = PICTURE._replace(content=b"x" * (MOST_BYTES + 1))
    with closing(opened(server)) as session, pytest.raises(Refused, match="larger than Discord takes"):
        session.send(a_post(GENERAL, large))
    assert server.messages[GENERAL] == []
