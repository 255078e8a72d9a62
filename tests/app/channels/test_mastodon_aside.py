"""Posts of our own on Mastodon that nobody answered: how they come into the conversations that we have, no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.base import clock
from app.base.paths import Profile
from app.channels.mastodon.reading import Place
from app.channels.mastodon.rechecking import Recheck
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.contract import Contract
from tests.app.channels.test_mastodon import Peer
from tests.app.saying import is_consistent
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


def lines(bench: Workbench, text: str) -> list[tuple[str, bool]]:
    opened = bench.inbox.open(Contract.conversation(bench, text), 20)
    return [(line.text, line.out) for line in opened.lines]


def post(bench: Workbench, account: int, text: str) -> int:
    draft = bench.letters.new_post(account)._replace(receivers=(bench.letters.venue(account, "public").box,))
    (number,) = bench.letters.submit(bench.voice.clear(Draft(text), reason="a test"), draft, hold_seconds=0)
    bench.sync.send(account)
    return number


def test_posts_that_nobody_answers_begin_no_conversation(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    for number in range(5):
        server.publish(server.jana, f"Frétt {number}", None)
    assert bench.sync.pull("There").new == 0
    assert bench.store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 0


@pytest.mark.parametrize("version", [{"mastodon": 7}, {}])
def test_how_a_post_goes_on_elsewhere_is_in_its_conversation(
    bench: Workbench, server: ClientApi, version: dict[str, int]
) -> None:
    server.version = version
    account = Contract.connect(bench, Peer(server))
    made = bench.outbox.get(post(bench, account, "Ný bók"))
    more = server.publish(server.jana, "og hún er komin", str(made.remote_id))
    assert bench.sync.pull("There").new == 1
    assert lines(bench, "Ný bók") == [("Ný bók", True), ("og hún er komin", True)]
    server.say("anna", "Til hamingju!", more["id"])
    assert bench.sync.pull("There").new == 1
    assert lines(bench, "Ný bók")[2:] == [("Til hamingju!", False)]
    assert bench.sync.pull("There").new == 0
    is_consistent(bench.store)


def test_a_post_that_was_changed_or_deleted_elsewhere_says_so(bench: Workbench, server: ClientApi) -> None:
    account = Contract.connect(bench, Peer(server))
    number = str(bench.outbox.get(post(bench, account, "Ný bok")).remote_id)
    bench.sync.pull("There")
    server.statuses[number] |= {"content": "<p>Ný bók</p>", "edited_at": clock.iso(clock.now() + 1)}
    assert bench.sync.pull("There").changed == 1
    assert lines(bench, "Ný bók") == [("Ný bók", True)]
    del server.statuses[number]
    assert bench.sync.pull("There").changed == 1
    assert bench.inbox.open(Contract.conversation(bench, "Ný bók"), 9).lines[0].gone


def test_what_we_added_before_anybody_answered_comes_in_with_the_answer(bench: Workbench, server: ClientApi) -> None:
    Contract.connect(bench, Peer(server))
    more = server.publish(server.jana, "Hún er komin", str(server.post["id"]))
    more["created_at"] = clock.iso(clock.now() - 60)
    assert bench.sync.pull("There").new == 0
    server.say("anna", "Loksins!", more["id"])
    assert bench.sync.pull("There").new == 2
    assert lines(bench, "Loksins!") == [("Hún er komin", True), ("Loksins!", False)]
    opened = bench.inbox.open(Contract.conversation(bench, "Loksins!"), 9)
    assert opened.post_text == "Ný bók! Új könyv! #books"
    assert bench.inbox.row(opened.row.id).state == "needs_me"
    is_consistent(bench.store)


def test_how_a_post_goes_on_answers_nobody_who_has_asked_meanwhile(bench: Workbench, server: ClientApi) -> None:
    account = Contract.connect(bench, Peer(server))
    made = str(bench.outbox.get(post(bench, account, "Ný bók")).remote_id)
    bench.sync.pull("There")
    asked = server.say("anna", "Hvað kostar hún?", made)
    server.statuses[asked]["created_at"] = clock.iso(clock.now() + 2)
    bench.sync.pull("There")
    more = server.publish(server.jana, "og hún er komin", made)
    more["created_at"] = clock.iso(clock.now() + 5)
    assert bench.sync.pull("There").new == 1
    row = bench.inbox.row(Contract.conversation(bench, "Hvað kostar hún?"))
    assert (row.state, row.unread) == ("needs_me", 1)
    (anna,) = bench.store.read.execute("SELECT id FROM member").fetchone()
    card = bench.card(anna)
    assert (card.conversations, card.answered, card.typical_reply) == (1, 0, None)
    held = bench.outbox.submit(bench.voice.clear(Draft("Tólf evrur"), reason="a test"), row.id, hold_seconds=10)
    assert bench.inbox.row(row.id).state == "waiting"
    bench.outbox.discard(held)
    assert bench.inbox.row(row.id).state == "needs_me"
    server.statuses[asked] |= {"content": "<p>Hvað kostar bókin?</p>", "edited_at": clock.iso(clock.now() + 6)}
    del server.statuses[str(more["id"])]
    assert bench.sync.pull("There").changed == 2  # told anew from all that is in it
    assert bench.inbox.row(row.id).state == "needs_me"
    is_consistent(bench.store)


def test_words_of_others_are_looked_at_again_before_our_posts() -> None:
    places = {f"a{number}": Place("r", "anna", 100, "") for number in range(15)}
    places |= {f"j{number}": Place("r", "jana", 100, "", aside=True) for number in range(15)}
    asked = list[str]()

    class Asked:
        def left(self) -> int:
            return 300

        def status(self, number: str) -> tuple[dict[str, Any], Any]:
            asked.append(number)
            return {"id": number}, type("Answer", (), {"status": 200})

    again = Recheck(Asked(), places, "jana", batches=False)  # type: ignore[arg-type]
    assert len(list(again.current())) == 20
    assert {f"a{number}" for number in range(15)} <= set(asked)


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        ("Takk!", "is", "is"), ("Obrigado!", "pt-BR", "pt"), ("🍋🍋", "is", ""), ("Takk!", None, ""),
        ("Hvar fæst þessi sítrónudrykkur og hvað kostar hann eiginlega?", "en", "is"), ("Takk!", "tlh", ""),
    ],
)  # fmt: skip
def test_the_language_that_the_writer_names_counts_where_the_words_tell_none(
    bench: Workbench, server: ClientApi, text: str, told: str | None, language: str
) -> None:
    Contract.connect(bench, Peer(server))
    server.statuses[server.say("anna", text)]["language"] = told
    bench.sync.pull("There")
    assert bench.store.read.execute("SELECT language FROM message WHERE out = 0").fetchone()[0] == language
