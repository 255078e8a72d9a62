"""Private answers in public threads on Mastodon: each has its own conversation, from which no word goes to others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Incoming
from app.base.paths import Profile
from app.channels.mastodon.reading import Place, is_private, joins
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.contract import Contract, pulled
from tests.app.channels.test_mastodon import Peer, answer
from tests.app.saying import is_consistent
from tests.servers.clientapi import ClientApi
from tests.servers.played import Call, Reply


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


def by_number(items: list[Incoming]) -> dict[str, Incoming]:
    return {item.remote_id: item for item in items}


def ours(server: ClientApi) -> list[tuple[str, str]]:
    """Visibility and words of what we said since the post at the beginning."""
    rows = [one for one in server.statuses.values() if one["account"] is server.jana and one is not server.post]
    return [(one["visibility"], server.sources[one["id"]]) for one in rows]


@pytest.mark.parametrize("version", [{"mastodon": 7}, {}])
def test_a_private_answer_to_a_public_post_begins_its_own_thread(server: ClientApi, version: dict[str, int]) -> None:
    server.version = version
    post, cursor = str(server.post["id"]), dict[str, str]()
    aloud = server.say("anna", "Hæ!")
    quietly = server.say("bela", "Milli okkar", visibility="direct")
    with closing(Contract().open(Peer(server))) as session:
        found = by_number(pulled(session, cursor))
        assert (found[aloud].thread, found[aloud].public) == (post, True)
        assert (found[quietly].thread, found[quietly].parent, found[quietly].public) == (quietly, post, False)
        assert (found[quietly].post_text, found[quietly].about) == ("Ný bók! Új könyv! #books", post)
        below = server.say("bela", "Og enn", quietly, "direct")
        followers = server.say("bela", "Fylgjendur", below, "private")
        open_again = server.say("cyril", "Allir", aloud)
        sudden = server.say("anna", "Hljóðlega", aloud, "direct")
        broken = server.say("bela", "Nú opinbert", below)
        found = by_number(pulled(session, cursor))
    assert {number: item.thread for number, item in found.items()} == {
        below: quietly, followers: quietly, open_again: post, sudden: sudden, broken: broken,
    }  # fmt: skip
    assert (found[sudden].about, found[broken].about, found[below].about) == (aloud, below, "")
    assert (found[broken].public, found[broken].post_text) == (True, ""), "what is private is no post above others"


@pytest.mark.parametrize(
    ("visibility", "mine", "above_is_private", "joined"),
    [
        ("direct", False, True, True), ("direct", False, False, False), ("direct", True, False, False),
        ("public", False, True, False), ("public", False, False, True), ("public", True, False, True),
        ("unlisted", False, True, False), ("unlisted", False, False, True),
        ("private", False, True, True), ("private", False, False, False),
        ("private", True, True, True), ("private", True, False, True),
    ],
)  # fmt: skip
def test_which_statuses_are_one_thread(visibility: str, *, mine: bool, above_is_private: bool, joined: bool) -> None:
    assert joins({"visibility": visibility}, Place("1", "x", private=above_is_private), mine=mine) is joined


@pytest.mark.parametrize(("visibility", "joined"), [("public", True), ("private", True), ("direct", False)])
def test_what_stands_below_our_words_for_followers(visibility: str, *, joined: bool) -> None:
    above = Place("1", "x", followers=True)
    assert joins({"visibility": visibility}, above, mine=False) is joined


@pytest.mark.parametrize(
    ("visibility", "mine", "private"),
    [("direct", True, True), ("private", True, False), ("private", False, True), ("public", False, False)],
)
def test_which_threads_are_private(visibility: str, *, mine: bool, private: bool) -> None:
    assert is_private({"visibility": visibility}, mine=mine) is private


def test_what_followers_alone_were_told_is_answered_and_goes_on_in_one_conversation(server: ClientApi) -> None:
    cursor = dict[str, str]()
    status = server.publish(server.account("anna@citrus.example"), "@jana hæ", None, "private")
    server.notify(status)
    with closing(Contract().open(Peer(server))) as session:
        pulled(session, cursor)
        made = session.send(answer(status["id"], "Hæ, Anna", public=False))
        server.say("anna", "Og hvenær?", made.remote_id, "direct")
        found = pulled(session, cursor)
    assert [item.thread for item in found] == [status["id"]] * 2


def test_where_nobody_knows_what_is_above_what_is_private_stays_alone(
    server: ClientApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.version = {}
    route = server.route

    def without_context(call: Call) -> Reply:
        return Reply({"error": "no"}, 404) if call.path.endswith("/context") else route(call)

    monkeypatch.setattr(server, "route", without_context)
    emil = str(server.publish(server.account("emil@zest.example"), "Sítrónur?", None)["id"])
    quietly, aloud = server.say("anna", "Uss", emil, "direct"), server.say("anna", "Hæ", emil)
    with closing(Contract().open(Peer(server))) as session:
        found = by_number(pulled(session))
    assert (found[quietly].thread, found[aloud].thread) == (quietly, emil)


def test_no_public_word_can_follow_a_private_answer(bench: Workbench, server: ClientApi) -> None:
    """Through the desks: what is answered from each of the two conversations, a long text too."""
    account = Contract.connect(bench, Peer(server))
    aloud = server.say("bela", "Hvar fæst hún?")
    quietly = server.say("anna", "Kortinu mínu var hafnað", visibility="direct")
    assert bench.sync.pull("There").new == 2
    public, private = (Contract.conversation(bench, text) for text in ("Hvar fæst hún?", "Kortinu mínu var hafnað"))
    assert public != private
    assert [link.conversation_id for link in bench.inbox.open(private, 9).links] == [public]
    assert [link.conversation_id for link in bench.inbox.open(public, 9).links] == [private]
    assert bench.outbox.way(private).whom == "Anna"
    long = bench.voice.clear(Draft("Hringdu í mig. " * 60), reason="it is a test")
    bench.outbox.submit(long, private, hold_seconds=0, thread=True)
    Contract.answer(bench, public, "Í búðinni")
    for _ in range(4):  # a part goes once the one before it is there
        bench.sync.send(account)
    assert {visibility for visibility, text in ours(server) if "búðinni" not in text} == {"direct"}
    assert [visibility for visibility, text in ours(server) if "búðinni" in text] == ["public"]
    assert len(ours(server)) > 2, "it went in parts"
    assert bench.sync.pull("There").new == 0, "what comes back is where it was written"
    for status in (server.statuses[quietly], server.statuses[aloud]):
        status["edited_at"] = clock.iso(clock.now() + 1)
    server.say("anna", "Takk!", next(one for one, row in server.statuses.items() if row["in_reply_to_id"] == quietly),
               "direct")  # fmt: skip
    assert bench.sync.pull("There").new == 1
    assert Contract.conversation(bench, "Takk!") == private
    del server.statuses[quietly]
    number = Contract.answer(bench, private, "Ertu þar?")
    bench.sync.send(account)
    entry = bench.outbox.get(number)
    assert entry.state in ("sent", "failed")
    assert {visibility for visibility, text in ours(server) if "búðinni" not in text} == {"direct"}
    is_consistent(bench.store)


def test_a_private_answer_that_an_older_rapport_put_among_public_ones_is_answered_privately(
    server: ClientApi,
) -> None:
    number = server.say("anna", "Milli okkar", visibility="direct")
    with closing(Contract().open(Peer(server))) as session:
        session.send(answer(number, "Skilið", public=True))
    assert ours(server) == [("direct", "@anna@citrus.example Skilið")]


def test_who_sees_a_reply_is_said_as_it_is_also_below_what_is_for_followers(
    bench: Workbench, server: ClientApi
) -> None:
    account = Contract.connect(bench, Peer(server))
    aloud = server.say("anna", "Hvar fæst hún?")
    server.say("bela", "Aðeins fyrir vini mína", aloud, "private")
    server.say("cyril", "Líka hér!", aloud)
    assert bench.sync.pull("There").new == 3
    public, followers = (Contract.conversation(bench, text) for text in ("Líka hér!", "Aðeins fyrir vini mína"))
    assert (bench.inbox.row(public).public, bench.inbox.row(followers).public) == (True, False)
    assert [link.conversation_id for link in bench.inbox.open(followers, 9).links] == [public]
    Contract.answer(bench, public, "Í búðinni")
    Contract.answer(bench, followers, "Og heima")
    bench.sync.send(account)
    assert [(seen, text.split()[-1]) for seen, text in ours(server)] == [("public", "búðinni"), ("direct", "heima")]
    is_consistent(bench.store)
