"""Beginning a private conversation on Mastodon, and pictures that go along with a status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import HTTP as MIME
from typing import Any

import pytest

from app.base import clock
from app.base.message import Attached, Author, Reply
from app.channels import mastodon
from app.channels.base import Refused
from tests.app.channels.contract import pulled
from tests.servers.clientapi import ClientApi
from tests.servers.clientsocial import OUTSIDE, covers
from tests.servers.played import Call
from tests.servers.played import Reply as Answer


class WithMedia(ClientApi):
    """Takes pictures too, by /methods/media#v2: 202 while one is processed, then GET /api/v1/media/:id says 200."""

    def __init__(self) -> None:
        super().__init__()
        self.media: dict[str, tuple[Any, str, object]] = {}

    def let_in(self, call: Call) -> Answer:
        if call.path == "/api/v2/media":
            return self.upload(call)
        if call.path.startswith("/api/v1/media/"):
            return Answer({"id": call.path.rpartition("/")[2], "type": "image", "url": "https://x.example/y"})
        return super().let_in(call)

    def upload(self, call: Call) -> Answer:
        if not covers(self.scopes, "write:media"):
            return OUTSIDE
        head = f"Content-Type: {call.headers['content-type']}\r\n\r\n".encode()
        form = message_from_bytes(head + call.raw, policy=MIME)
        assert isinstance(form, EmailMessage)
        (part,) = form.iter_parts()
        number = str(next(self._numbers))
        self.media[number] = (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        return Answer({"id": number, "type": "image", "url": None}, 202)

    def take(self, call: Call) -> Answer:
        made = super().take(call)
        if isinstance(made.body, dict) and "id" in made.body:
            made.body["media_attachments"] = [{"id": number} for number in call.body.get("media_ids", ())]
        return made


@pytest.fixture
def server() -> Iterator[WithMedia]:
    made = WithMedia()
    yield made
    made.stop()


def session(server: WithMedia) -> Any:
    fields, secrets = {"server": server.url}, {"token": server.token}
    with closing(mastodon.open(fields, dict(secrets))) as first:
        facts = first.check().facts
    return mastodon.open({**facts, **fields}, dict(secrets))


def test_a_private_conversation_is_begun_and_found_again(server: WithMedia) -> None:
    anna = Author("anna@citrus.example", "@anna@citrus.example", "Anna")
    hello = Reply("k-new", "Only for you", "", "", to=anna, at=clock.now(), public=False)
    with closing(session(server)) as there:
        made = there.send(hello)
        assert there.find_sent(hello) == made
        assert there.send(hello).remote_id == made.remote_id  # the server knows the key
        status = server.statuses[made.remote_id]
        assert (status["visibility"], status["in_reply_to_id"]) == ("direct", None)
        assert status["content"].count("@<span>anna</span>") == 1
        number = server.say("anna", "Thanks!", answering=made.remote_id, visibility="direct")
        item = next(item for item in pulled(there) if item.remote_id == number)
    assert (made.thread, item.thread, item.public) == (made.remote_id, made.remote_id, False)


@pytest.mark.slow
def test_pictures_are_uploaded_first_and_go_along(server: WithMedia) -> None:
    number = server.say("anna", "Hæ!")
    pictures = (
        Attached('m"y.png', "image/png", b"\x89PNG\r\n--x"),
        Attached("Mynd á.jpg", "image/jpeg", b"JPEG"),
    )
    with closing(session(server)) as there:
        there.send(Reply("k", "See", "", number, at=clock.now(), files=pictures))
    status = list(server.statuses.values())[-1]
    assert [server.media[one["id"]] for one in status["media_attachments"]] == [
        ("m_y.png", "image/png", b"\x89PNG\r\n--x"), ("Mynd á.jpg", "image/jpeg", b"JPEG"),
    ]  # fmt: skip


def test_a_login_without_the_right_to_upload_refuses_the_picture_and_nothing_else(server: WithMedia) -> None:
    number = server.say("anna", "Hæ!")
    picture = (Attached("a.png", "image/png", b"\x89PNG\r\n"),)
    server.scopes = "read write:statuses"
    with closing(session(server)) as there:
        with pytest.raises(Refused, match="doesn't let Rapport upload pictures"):
            there.send(Reply("k", "See", "", number, at=clock.now(), files=picture))
        there.send(Reply("k2", "No picture", "", number, at=clock.now()))
    begun = mastodon.sign_in({"server": server.url}, "http://127.0.0.1:45678/back")
    begun.finish(server.authorize(begun.url))
    assert covers(server.apps["id-1"]["scopes"], "write:media"), "it is asked for"
