"""Forms with files: read back as they were, and given the time that a slow line takes for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base.message import Attached
from app.channels.base import UnknownOutcome
from app.channels.http import Http
from app.channels.http.multipart import form
from tests.servers.played import Call, Played, Reply

ODD = Attached('a "b"\r\nX: y\\.png', "image/png", b"--\r\n\r\n\x00\xff--boundary--\r\n")


class Desk(Played):
    """Takes forms, as slowly as it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[Any, Any]] = []
        self.seconds = 0.0

    def serve(self, call: Call) -> Reply:
        threading.Event().wait(self.seconds)
        self.got.append((call.body, call.files))
        return Reply({})


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.stop()


def test_what_is_sent_arrives_byte_for_byte_and_no_name_ends_its_field(desk: Desk) -> None:
    body, headers = form({"words": "Hæ 🍋\r\n--"}, {"files[0]": ODD, "files[1]": ODD._replace(name="bók.pdf")})
    with closing(Http(desk.url)) as http:
        assert http.raw("POST", "/", data=body, headers=headers, writing=True).ok
    ((fields, files),) = desk.got
    assert fields == {"words": "Hæ 🍋\r\n--"}
    assert {field: file[2] for field, file in files.items()} == dict.fromkeys(("files[0]", "files[1]"), ODD.content)
    assert [file[0] for file in files.values()] == ["a _b___X: y_.png", "bók.pdf"]
    assert headers == form({}, {"x": ODD, "y": ODD})[1]


@pytest.mark.slow
def test_what_is_large_may_take_longer(desk: Desk) -> None:
    desk.seconds = 0.6
    with closing(Http(desk.url, deadline=0.3)) as http:
        assert http.raw("POST", "/", data=b"x" * 100_000, writing=True).ok
        with pytest.raises(UnknownOutcome):
            http.raw("POST", "/", data=b"x", writing=True)
