"""A private talk of several on Mastodon: who sees a direct status is whom it names, and an answer names them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.channels.mastodon.reading import text_of
from app.inbox.addressing import in_words
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.contract import Contract
from tests.app.channels.test_mastodon import Peer
from tests.servers.clientapi import ClientApi


@pytest.fixture
def server() -> Iterator[ClientApi]:
    made = ClientApi()
    yield made
    made.stop()


@pytest.fixture
def bench(tmp_path: Any) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()


def whisper(server: ClientApi, who: str, text: str, above: str | None = None) -> str:
    """A direct status that begins a talk, or goes on with it."""
    status = server.publish(server.account(f"{who}@citrus.example"), text, above, "direct")
    server.notify(status)
    return str(status["id"])


def talk(bench: Workbench) -> int:
    (row,) = bench.store.read.execute("SELECT id FROM conversation").fetchall()
    return int(row[0])


def said(server: ClientApi) -> tuple[str, str, str | None]:
    last = list(server.statuses)[-1]
    return server.sources[last], server.statuses[last]["visibility"], server.statuses[last]["in_reply_to_id"]


def test_whoever_is_in_a_private_talk_is_named_and_gets_the_answer(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    number = whisper(server, "anna", "@jana @bela@tart.example leynimál")
    assert bench.sync.pull("There").new == 1
    goes = bench.outbox.way(talk(bench))
    assert (goes.whom, in_words(goes.boxes)) == ("Anna, bela", "Anna, bela")
    (line,) = bench.inbox.open(talk(bench), 9).lines
    assert [box.address for box in line.letter.to] == ["jana@lemonade.example", "bela@tart.example"]
    made = Contract.answer(bench, talk(bench), "Skilið!")
    assert bench.outbox.get(made).to_whom == "Anna, bela"
    assert bench.sync.send(1).sent == 1
    assert said(server) == ("@anna@citrus.example @bela@tart.example Skilið!", "direct", number)
    bench.sync.pull("There")
    assert bench.inbox.row(talk(bench)).state == "waiting"
    assert Contract.texts(bench, out=True) == ["@bela Skilið!"]


def test_an_answer_that_names_both_answers_both(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    first = whisper(server, "anna", "@jana @bela@citrus.example leynimál")
    whisper(server, "bela", "@anna@citrus.example @jana satt!", first)
    bench.sync.pull("There")
    assert bench.outbox.way(talk(bench)).whom in ("Bela, anna", "Anna, bela")
    Contract.answer(bench, talk(bench), "Skilið!")
    bench.sync.send(1)
    text, visibility, _ = said(server)
    assert {"@anna@citrus.example", "@bela@citrus.example"} <= set(text.split())
    assert visibility == "direct"
    for _ in range(2):
        assert bench.inbox.row(talk(bench)).state == "waiting"
        assert not any(speaker.waits for speaker in bench.inbox.open(talk(bench), 9).speakers)
        bench.sync.pull("There")


def test_nobody_else_may_be_named_and_a_private_word_stays_one(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    whisper(server, "anna", "@jana @bela@tart.example leynimál")
    bench.sync.pull("There")
    with pytest.raises(UserError, match="would see this private message too"):
        bench.outbox.submit(bench.voice.clear(Draft("Ask @dora@x.example"), reason="test"), talk(bench), hold_seconds=0)
    made = bench.outbox.submit(bench.voice.clear(Draft("You, @bela@tart.example?"), reason="test"), talk(bench))
    bench.outbox.undo_send(made)
    assert bench.inbox.open(talk(bench), 9).draft == "You, @bela@tart.example?"
    assert not bench.inbox.open(talk(bench), 9).addressing.is_chosen
    assert bench.outbox.way(talk(bench)).whom == "Anna, bela"


def test_what_only_followers_see_is_answered_to_its_author_alone(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    status = server.publish(server.account("anna@citrus.example"), "@jana @bela@tart.example hæ", None, "private")
    server.notify(status)
    bench.sync.pull("There")
    assert bench.outbox.way(talk(bench)).boxes == ()


def test_the_language_goes_with_the_words(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    whisper(server, "anna", "@jana leynimál")
    bench.sync.pull("There")
    bench.outbox.submit(bench.voice.clear(Draft("Skilið!", "is"), reason="test"), talk(bench), hold_seconds=0)
    bench.sync.send(1)
    (call,) = [call for call in server.calls if call.method == "POST" and call.path == "/api/v1/statuses"]
    assert call.body["language"] == "is"


@pytest.mark.parametrize(
    ("media", "words"),
    [
        ({"type": "image", "description": "Þrjár\n flöskur", "url": "u"}, "[Picture: Þrjár flöskur]"),
        ({"type": "image", "description": None, "url": "https://x.example/1.jpg"}, "[Picture: https://x.example/1.jpg]"),
        ({"type": "video", "description": "A dog"}, "[Video: A dog]"), ({"type": "audio"}, "[Sound]"),
        ({}, "[Picture]"),
    ],
)  # fmt: skip
def test_what_an_attachment_shows_is_said_in_words(media: dict[str, Any], words: str) -> None:
    status = {"content": "<p>Sjáið</p>", "media_attachments": [media], "spoiler_text": "food"}
    assert text_of(status, set()) == f"[food]\n\nSjáið\n\n{words}"
