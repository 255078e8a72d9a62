"""Whispers on a forum: shown to who may see them, apart from what everybody reads, and never answered before all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.accounts import channel
from app.base import clock
from app.base.message import Reply as Answer
from app.base.paths import Profile
from app.channels.base import Refused
from app.outbox.fitting import audience
from app.workbench import Workbench
from tests.app.channels.contract import Contract
from tests.app.channels.forum import checked, everything, raised
from tests.app.channels.test_discourse import Peer
from tests.app.saying import is_consistent
from tests.servers.discourse import WHISPER, Forum


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    for made in raised(monkeypatch):
        made.whisperer = True
        yield made


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()


def whisper(server: Forum, who: str, text: str, topic: int = 0, number: int | None = None) -> str:
    return str(server.post(who, text, topic or server.topic, number, post_type=WHISPER)["id"])


def whispered(rows: list[Any]) -> list[str]:
    return [row.text for row in rows if row.thread.startswith("whispers ")]


def test_a_whisper_comes_in_as_one_apart_from_its_topic(server: Forum) -> None:
    rows, cursor = everything(server)
    public = rows[0]
    number = whisper(server, "bela", "She is a competitor", number=1)
    rows, cursor = everything(server, cursor)
    (item,) = [row for row in rows if row.remote_id == number]
    assert (item.text, item.public, item.title) == ("She is a competitor", False, "Whispers: Lemonade that fizzes")
    assert (item.thread, item.about, item.parent) == (f"whispers {server.topic}", public.thread, public.remote_id)
    assert item.post_url == item.post_text == ""
    assert whispered(everything(server, cursor)[0]) == ["She is a competitor"], "looked at again, as any recent post"


def test_whispers_between_public_posts_and_in_new_topics_come_in_once_each(server: Forum) -> None:
    _, cursor = everything(server)
    for number in range(8):
        server.say("anna", f"Hæ {number}")
        whisper(server, "bela", f"Uss {number}")
    topic = server.begin("Vegan?", "dora", "Is it?")
    whisper(server, "bela", "Of course it is", topic)
    new, cursor = everything(server, cursor)
    assert whispered(new) == [*(f"Uss {number}" for number in range(8)), "Of course it is"]
    assert [row.text for row in new if row.text.startswith("Hæ")] == [f"Hæ {number}" for number in range(8)]


def test_many_whispers_come_in_over_a_few_pulls_and_the_rest_of_the_forum_at_once(server: Forum) -> None:
    _, cursor = everything(server)
    for number in range(45):
        whisper(server, "bela", f"Uss {number}")
    topics = [server.begin(f"Topic {number}", "dora", "Well?") for number in range(3)]
    for topic in topics:
        whisper(server, "bela", f"In {topic}", topic)
    seen, pulls = set[str](), 0
    while len(seen) < 48 and pulls < 6:
        rows, cursor = everything(server, cursor)
        pulls += 1
        seen |= set(whispered(rows))
        assert pulls > 1 or sum(row.text == "Well?" for row in rows) == 3
    assert seen == {*(f"Uss {number}" for number in range(45)), *(f"In {topic}" for topic in topics)}


def test_who_may_not_whisper_sees_none_and_nothing_more_is_asked(server: Forum) -> None:
    server.whisperer = False
    _, cursor = everything(server)
    whisper(server, "bela", "She is a competitor")
    before = len(server.calls)
    rows, _ = everything(server, cursor)
    assert whispered(rows) == []
    assert not any(call.path.count("/") == 3 and call.path.startswith("/t/") for call in server.calls[before:])


def test_staff_whispers_in_a_letter_are_not_among_the_words_to_the_customer(server: Forum) -> None:
    topic = server.write("dora", "My parcel came broken")
    whisper(server, "bela", "Send her a new one", topic)
    rows, _ = everything(server)
    threads = {row.text: row.thread for row in rows}
    assert threads["Send her a new one"] == f"whispers {topic}"
    assert threads["My parcel came broken"] == str(topic)


def test_an_answer_to_a_whisper_is_one_whatever_becomes_of_it(server: Forum) -> None:
    number = whisper(server, "bela", "She is a competitor")
    thread = f"whispers {server.topic}"
    said = Answer("k", "I know", thread, number, at=clock.now(), public=False)
    alone = said._replace(text="And so are you", parent="", key="k2")
    with closing(checked(server)) as there:
        for reply in (said, alone):
            made = there.send(reply)
            assert server.posts[int(made.remote_id)]["post_type"] == WHISPER
            found = there.find_sent(reply)
            assert found is not None
            assert found.remote_id == made.remote_id
        server.posts[int(number)]["deleted_at"] = server.stamp()
        with pytest.raises(Refused, match="no longer there"):
            there.send(said._replace(text="Are you sure?"))
        server.posts[int(number)]["deleted_at"] = None
        server.whisperer = False
        with pytest.raises(Refused):
            there.send(alone._replace(text="Aloud?"))
        with pytest.raises(Refused):
            there.send(said._replace(text="Aloud?"))
    ours = [post for post in server.posts.values() if post["user_id"] == 1 and post["post_number"] > 1]
    assert {post["post_type"] for post in ours} == {WHISPER}


def test_words_said_aloud_are_not_taken_for_the_whisper(server: Forum) -> None:
    whisper(server, "bela", "Hello?")
    server.post("lemonade", "I am here", server.topic)
    reply = Answer("k", "I am here", f"whispers {server.topic}", "", at=clock.now(), public=False)
    with closing(checked(server)) as there:
        assert there.find_sent(reply) is None
        aloud = reply._replace(thread=str(server.topic), parent=server.say("anna", "Anybody?"), public=True)
        there.send(reply)
        assert there.find_sent(aloud._replace(parent="")) is not None
        for post in server.posts.values():
            if post["raw"] == "I am here" and post["post_type"] == 1:
                post["raw"] = "I was here"
        assert there.find_sent(aloud._replace(parent="")) is None


def test_through_the_desks_a_whisper_is_linked_and_answered_as_one(bench: Workbench, server: Forum) -> None:
    account = Contract.connect(bench, Peer(server))
    server.say("anna", "Do you sell to shops?")
    bench.sync.pull("There")
    whisper(server, "bela", "She is a competitor", number=2)
    assert bench.sync.pull("There").new == 1
    public, private = (Contract.conversation(bench, text) for text in ("Do you sell to shops?", "She is a competitor"))
    assert public != private
    assert [link.conversation_id for link in bench.inbox.open(private, 9).links] == [public]
    assert "staff alone" in audience(channel("discourse"), "There", "Bela", public=False)
    Contract.answer(bench, private, "Then we say nothing")
    Contract.answer(bench, public, "We do")
    bench.sync.send(account)
    assert [post["post_type"] for post in server.posts.values() if post["raw"] == "Then we say nothing"] == [WHISPER]
    assert [post["post_type"] for post in server.posts.values() if post["raw"] == "We do"] == [1]
    assert bench.sync.pull("There").new == 0
    is_consistent(bench.store)


# --- the forum itself, and bots


def test_what_the_forum_itself_and_bots_write_is_said_to_be_a_program_s(server: Forum) -> None:
    for name, number in (("system", -1), ("discobot", -2)):
        server.people[name] = number
        server.write(name, f"Greetings by {name}")
    server.write("dora", "My parcel came broken")
    rows = {row.text: (row.quiet, row.person) for row in everything(server)[0] if not row.public}
    assert rows == {
        "Greetings by system": ("automatic", False), "Greetings by discobot": ("automatic", False),
        "My parcel came broken": ("", True),
    }  # fmt: skip
