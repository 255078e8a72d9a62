"""The client against a server that misbehaves: bounded in time and size, and honest about what may have been taken."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import Http, Response
from app.channels.http.addresses import is_private
from tests.servers.certificates import Certificates, make
from tests.servers.played import (
    BROKEN,
    CLOSE_AFTER,
    CLOSE_BEFORE,
    FAIL_AFTER,
    HANG_AFTER,
    LIMITED,
    Call,
    Played,
    Reply,
)


class Wall(Played):
    """Answers with what it was given for a path; repeats what it got where nothing was given."""

    hang = 8.0

    def __init__(self, certificates: Certificates | None = None) -> None:
        super().__init__(certificates)
        self.pages: dict[str, Reply] = {}

    def serve(self, call: Call) -> Reply:
        return self.pages.get(call.path, Reply({"path": call.path, "got": call.query, "headers": call.headers}))


@pytest.fixture
def wall() -> Iterator[Wall]:
    played = Wall()
    yield played
    played.stop()


@pytest.fixture
def other() -> Iterator[Wall]:
    played = Wall()
    yield played
    played.stop()


def test_questions_and_answers(wall: Wall) -> None:
    http = Http(f"{wall.url}/api", {"Authorization": "Bearer key"})
    answer = http.get("v1/lemons", {"after": "7"})
    assert answer.json()["path"] == "/api/v1/lemons"
    assert answer.json()["got"] == {"after": "7"}
    assert answer.json()["headers"]["authorization"] == "Bearer key"


def test_an_empty_header_is_not_sent(wall: Wall) -> None:
    http = Http(wall.url, {"Api-Key": "sesame", "Api-Username": " ", "X-Else": "é \n"})
    got = http.raw("GET", "/x", headers={"Api-Key": ""}).json()["headers"]
    assert not got.keys() & {"api-key", "api-username"}
    assert got["x-else"] == "é"
    assert http.get("/x").json()["headers"]["api-key"] == "sesame"


@pytest.mark.parametrize("key", ["“sesame”", "a\nb", "ключ", "a\x00b"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_key_that_no_header_can_hold_is_said_before_anything_is_sent(wall: Wall, key: str, method: str) -> None:
    with pytest.raises(AuthNeeded, match="Copy it again") as caught:
        Http(wall.url, {"Api-Key": key}).ask(method, "/x")
    assert key not in str(caught.value)
    assert wall.calls == []


@pytest.mark.parametrize(
    ("status", "headers", "raised", "sentence"),
    [
        (401, {}, AuthNeeded, "127.0.0.1 refused the login: the key has expired."),
        (403, {}, Refused, "127.0.0.1 refused the request: the key has expired."),
        (404, {}, Refused, "refused the request"),
        (429, {"Retry-After": "31"}, TryLater, "has asked Rapport to wait"),
        (503, {"Retry-After": "31"}, TryLater, "has asked Rapport to wait"),
        (403, {"Retry-After": "31"}, TryLater, "has asked Rapport to wait"),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "31"}, Refused, "refused the request"),
        (502, {}, TryLater, "isn't working right now"),
    ],
)
def test_each_no_has_its_meaning_and_the_servers_own_words(
    wall: Wall, status: int, headers: dict[str, str], raised: type[UserError], sentence: str
) -> None:
    wall.pages["/x"] = Reply({"errors": [{"message": "the <b>key</b> has expired."}]}, status, headers)
    with pytest.raises(raised) as caught:
        Http(wall.url).get("x")
    assert sentence in str(caught.value)
    if isinstance(caught.value, TryLater) and headers:
        assert caught.value.after == 31


@pytest.mark.slow
@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, HANG_AFTER, FAIL_AFTER])
def test_what_may_have_been_taken_is_not_known(wall: Wall, mood: str) -> None:
    wall.moods = [mood]
    with pytest.raises(UnknownOutcome):
        Http(wall.url, deadline=0.5).post("say", {"text": "Hæ"})
    assert len(wall.calls) == 1


def test_what_was_refused_or_never_left_was_not_taken(wall: Wall) -> None:
    wall.moods = [LIMITED]
    with pytest.raises(TryLater):
        Http(wall.url).post("say", {})
    wall.stop()
    with pytest.raises(TryLater, match=r"No response from 127\.0\.0\.1"):
        Http(wall.url).post("say", {})


def test_a_kept_connection_that_the_server_closed_does_not_make_a_reply_unknown(wall: Wall) -> None:
    http = Http(wall.url)
    http.get("x")
    wall.moods = [CLOSE_AFTER]
    with pytest.raises(UnknownOutcome):
        http.post("say", {})
    assert http.post("say", {}).ok
    assert len(wall.calls) == 3


def test_an_answer_that_is_no_json_is_tried_later(wall: Wall) -> None:
    wall.moods = [BROKEN]
    with pytest.raises(TryLater, match="an unexpected response"):
        Http(wall.url).post("say", {}).json()


def test_an_answer_has_an_end_in_bytes(wall: Wall) -> None:
    wall.pages["/bomb"] = Reply(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"})
    wall.pages["/huge"] = Reply(b"", headers={"Content-Length": "5000000000"})
    http = Http(wall.url, deadline=60)
    for path in ("bomb", "huge"):
        begun = time.monotonic()
        with pytest.raises(Refused, match="more than 10 MB"):
            http.get(path)
        assert time.monotonic() - begun < 30


@pytest.mark.slow
def test_an_answer_that_drips_has_an_end_in_time() -> None:
    import socket  # noqa: PLC0415
    import threading  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            peer, _ = server.accept()
            with peer:
                peer.sendall(b"HTTP/1.1 200 OK\r\nX-Lemon: ")
                try:
                    for _ in range(2_000):
                        peer.sendall(b"a")
                        time.sleep(0.05)
                except OSError:
                    return

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        with pytest.raises(TryLater, match="didn't respond in time"):
            Http(f"http://127.0.0.1:{server.getsockname()[1]}", deadline=0.6).get("x")
        assert time.monotonic() - begun < 50


def test_redirects_end_and_take_no_secret_along(wall: Wall, other: Wall) -> None:
    wall.pages["/round"] = Reply(None, 302, {"Location": "/round"})
    wall.pages["/away"] = Reply(None, 301, {"Location": f"{other.url}/there"})
    wall.pages["/odd"] = Reply(None, 301, {"Location": "file:///etc/passwd"})
    http = Http(wall.url, {"Authorization": "Bearer key", "X-Api-Key": "key", "Accept": "x/y"})
    with pytest.raises(Refused, match="redirects endlessly"):
        http.get("round")
    with pytest.raises(Refused):
        http.get("odd")
    headers = http.get("away").json()["headers"]
    assert "authorization" not in headers
    assert "x-api-key" not in headers
    assert headers["accept"] == "x/y"
    with pytest.raises(Refused, match="has moved to"):
        http.post("away", {})
    assert not [call for call in other.calls if call.method == "POST"]


def test_a_private_network_is_only_for_those_who_say_so(wall: Wall) -> None:
    with pytest.raises(Refused, match="My own server"):
        Http(wall.url, private=False).get("x")
    assert wall.calls == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_private_network_is_not_even_knocked_at(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.5)
        with pytest.raises(Refused, match="My own server"):
            Http(f"http://{host}:{door.getsockname()[1]}", private=False).get("x")
        with pytest.raises(TimeoutError):
            door.accept()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "::1", "fe80::1%eth0",
                                     "::ffff:127.0.0.1", "0.0.0.0", "fd00::1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1",
                                     "2002:7f00:1::", "2002:c0a8:9::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
                                     "2001:0:4136:e378:8000:63bf:a247:28dd",
                                     ])  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::93.184.216.34"])
def test_public_addresses(address: str) -> None:
    assert not is_private(address)


def _answer(headers: dict[str, str], body: bytes = b"", status: int = 429) -> Response:
    return Response(status, headers, body, "http://x/", "x")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": "0.4"}, 1),
        ({"retry-after": "1.2"}, 2),
        ({"retry-after": formatdate(1_000_060, usegmt=True)}, 60),
        ({"retry-after": formatdate(1_000_000 + 400 * 86_400, usegmt=True)}, 7 * 86_400),
        ({"retry-after": formatdate(5, usegmt=True)}, 1),
        ({"retry-after": "soon"}, None),
        ({"x-ratelimit-reset": "1000300", "x-ratelimit-remaining": "0"}, 300),
        ({"x-ratelimit-reset": "12.5", "x-ratelimit-remaining": "0"}, 13),
        ({"x-ratelimit-reset": "1000300", "x-ratelimit-remaining": "4"}, None),
        # the server's clock is an hour ahead of ours, or ours is an hour slow: it is the same
        ({"x-ratelimit-reset": "1003900", "x-ratelimit-remaining": "0", "date": formatdate(1_003_600)}, 300),
        ({"retry-after": formatdate(1_003_660, usegmt=True), "date": formatdate(1_003_600)}, 60),
        ({"ratelimit-reset": "12", "ratelimit-remaining": "0", "date": formatdate(1_003_600)}, 12),
        ({}, None),
    ],
)
def test_when_the_server_wants_to_be_asked_again(headers: dict[str, str], seconds: int | None) -> None:
    assert _answer(headers).after(1_000_000) == seconds


@given(st.recursive(st.none() | st.text(max_size=9), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_the_servers_words_are_short_and_on_one_line(found: object) -> None:
    import json  # noqa: PLC0415

    said = _answer({}, json.dumps(found).encode()).error_text()
    assert len(said) <= 160
    assert "\n" not in said


@given(st.binary(max_size=300), st.integers(400, 599), st.booleans())
def test_every_no_is_a_plain_sentence(body: bytes, status: int, writing: bool) -> None:  # noqa: FBT001
    problem = _answer({"content-type": "text/html"}, body, status).problem(0, writing=writing)
    assert problem is not None
    assert str(problem).endswith((".", "not."))


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[Wall, str]]:
    certificates = make(tmp_path / "certificates")
    played = Wall(certificates)
    yield played, str(certificates.ca)
    played.stop()


def test_over_tls_a_server_of_ones_own_authority_answers(guarded: tuple[Wall, str]) -> None:
    wall, authority = guarded
    assert Http(wall.url, ca_file=authority).post("x", {"text": "Hello"}).json()["path"] == "/x"
    wall.moods = [CLOSE_AFTER]
    with pytest.raises(UnknownOutcome, match="may or may not have arrived"):
        Http(wall.url, ca_file=authority).post("x", {"text": "Hello"})


def test_nothing_is_sent_to_a_server_whose_certificate_is_not_trusted(guarded: tuple[Wall, str]) -> None:
    """So that it is a plain no even where something was to be taken."""
    with pytest.raises(Refused, match="isn't trusted"):
        Http(guarded[0].url).post("x", {"text": "Hello"})
    assert guarded[0].calls == []


def test_a_private_network_is_looked_for_behind_tls_as_well(guarded: tuple[Wall, str]) -> None:
    wall, authority = guarded
    with pytest.raises(Refused, match="is on a private network"):
        Http(wall.url, private=False, ca_file=authority).get("x")
    assert wall.calls == []


def test_halves_of_characters_are_mended_before_anybody_sees_them(wall: Wall) -> None:
    """JSON can carry them, and no address and no file can."""
    wall.pages["/x"] = Reply(rb'{"\ud800": ["\ud83c\udf4b", "a\udf4b", 7, null]}')
    answer = Http(wall.url).get("x")
    assert answer.json() == answer.as_dict() == {"\ufffd": ["\N{LEMON}", "a\ufffd", 7, None]}
