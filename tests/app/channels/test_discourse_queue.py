"""The review queue of a forum, where it cannot be read for a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.app.channels.forum import everything, raised
from tests.app.channels.test_discourse_staff import by_id, moderate
from tests.servers.discourse import Forum
from tests.servers.played import Reply


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from raised(monkeypatch)


@pytest.mark.parametrize("title", ["", "Vegan?"])
@pytest.mark.parametrize("fails", [Reply({}, 503), Reply({"errors": ["No"]}, 403)])
def test_what_was_approved_comes_once_although_the_queue_cannot_be_read_meanwhile(
    server: Forum, monkeypatch: pytest.MonkeyPatch, title: str, fails: Reply
) -> None:
    server.say("anna", "Buy oranges")  # the same words before, from the same person
    queued = server.hold("anna", "Buy  oranges", None if title else server.topic, title)
    other = server.hold("bela", "Buy oranges", server.topic)
    rows, cursor = everything(server)
    assert {f"review {queued}", f"review {other}"} <= by_id(rows).keys()
    moderate(server, "show", f"review {queued}")
    server.say("dora", "Buy oranges")
    route = server.serve
    monkeypatch.setattr(server, "serve", lambda call: fails if call.path.startswith("/review") else route(call))
    rows, cursor = everything(server, cursor)
    item = by_id(rows)[f"review {queued}"]
    assert (item.upstream, item.thread) == ("", f"review {queued}" if title else str(server.topic))
    assert [row.author.handle for row in rows if row.text == "Buy oranges"].count("@dora") == 1
    monkeypatch.setattr(server, "serve", route)
    for _ in range(2):
        rows, cursor = everything(server, cursor)
        assert str(server.queued[queued]["post_id"]) not in by_id(rows)
        assert not any(row.gone for row in rows)
    moderate(server, "show", f"review {other}")
    assert f"review {other}" in by_id(everything(server, cursor)[0])


def test_the_same_words_said_aloud_meanwhile_are_not_what_still_waits(server: Forum) -> None:
    queued = server.hold("anna", "Buy oranges", server.topic)
    _, cursor = everything(server)
    said = server.say("anna", "Buy oranges")
    for _ in range(2):
        rows, cursor = everything(server, cursor)
        assert [row.upstream for row in rows if row.remote_id == f"review {queued}"] == ["held"]
        assert by_id(rows)[said].upstream == ""
    moderate(server, "show", f"review {queued}")
    for _ in range(2):
        rows, cursor = everything(server, cursor)
        assert [row.upstream for row in rows if row.remote_id == f"review {queued}"] == [""]
        assert by_id(rows)[said].upstream == ""
