"""Bluesky, against its own servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.channels import bluesky
from app.channels.base import Refused
from app.workbench import Workbench
from tests.app.channels.contract import Contract, Moderated, pulled
from tests.app.channels.posted import Posted, PostedThrough
from tests.app.channels.reacted import Reacted
from tests.app.channels.test_bluesky import GATE, LIKE, POST, answer, marked
from tests.servers.bluesky import Network, running
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running(tmp_path_factory.mktemp("bluesky")) as found:
        yield found


class RealPeer:
    kind = "bluesky"

    def __init__(self, network: Network) -> None:
        self.network, self.jana = network, network.manager()
        self.root = self.jana.post("Ný bók! Új könyv!")["uri"]
        wait_until(lambda: network.indexed(self.root))
        self.fields = {"handle": self.jana.handle, "server": network.url}
        self.secrets, self.wrong = {"password": self.jana.password}, {"password": "abcd-none-none-mnop"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        return str(self.network.member(who).post(text, answering or self.root)["uri"])

    def heard(self) -> list[tuple[str, str]]:
        said = [one["value"] for one in self.jana.records(POST)]
        return [(one["text"], one["reply"]["parent"]["uri"]) for one in said if one.get("reply")]

    def posts(self) -> list[tuple[str, str]]:
        said = [one["value"] for one in self.jana.records(POST)]
        return [(one["text"], "public") for one in said if not one.get("reply")][::-1]

    def gone(self) -> dict[str, str]:
        return {"handle": "jana.test", "server": "http://127.0.0.1:9"}

    def take_away(self, uri: str) -> None:
        self.network.member_of(uri).remove(uri)

    def reactions(self, uri: str) -> list[str]:
        return ["like" for one in self.jana.records(LIKE) if one["value"]["subject"]["uri"] == uri]

    def stands(self, uri: str) -> str:
        hidden = [one for gate in self.jana.records(GATE) for one in gate["value"].get("hiddenReplies", ())]
        return "hidden" if uri in hidden else ""


@pytest.mark.peers
@pytest.mark.servers("npm", "redis-server", "g++", "make", "pg_lsclusters")
class TestBlueskyReal(Contract, Moderated, Reacted, Posted, PostedThrough):
    settles = 20.0

    @pytest.fixture
    def peer(self, network: Network) -> RealPeer:
        return RealPeer(network)

    def test_a_deletion_is_shown(self, bench: Workbench, account: int, peer: RealPeer) -> None:
        lost = peer.say("bela", "Said too soon")
        self.pull(bench, account, 1)
        peer.take_away(lost)

        def gone() -> bool:
            self.pull(bench, account)
            return bool(bench.store.read.execute("SELECT gone_at FROM message").fetchone()[0])

        wait_until(gone)

    def test_an_answer_indexed_before_its_post_is_found_all_the_same(self, bench: Workbench, peer: RealPeer) -> None:
        account = self.connect(bench, peer)
        root = peer.jana.post("Posted and answered in one breath")["uri"]
        peer.network.member("anna").post("Hæ strax!", root)
        assert self.pull(bench, account, 1) == 1
        assert self.texts(bench) == ["Hæ strax!"]

    def test_graphemes_and_facets_are_as_the_server_counts_them(self, peer: RealPeer) -> None:
        asked = peer.say("anna", "Hæ!")
        wait_until(lambda: peer.network.indexed(asked))
        text = "Þú @" + peer.network.member("anna").handle + " sjá https://lemonade.example/é."
        with closing(self.open(peer)) as session:
            session.send(answer(asked, "👩🏽‍🌾" * 100 + "á" * 200))
            with pytest.raises(Refused, match="grapheme too big"):
                session.send(answer(asked, "á" * 301))
            session.send(answer(asked, text))
        record = next(one["value"] for one in peer.jana.records(POST) if one["value"].get("facets"))
        words = {text.encode()[marked(one)].decode() for one in record["facets"]}
        assert words == {"@" + peer.network.member("anna").handle, "https://lemonade.example/é"}

    def test_a_token_is_refreshed(self, peer: RealPeer) -> None:
        secrets = dict(peer.secrets)
        with closing(bluesky.open(peer.fields, secrets)) as session:
            facts = session.check().facts
        before = secrets["refresh"]
        secrets |= {"access": "", "password": "forgotten"}
        with closing(bluesky.open({**facts, **peer.fields}, secrets)) as session:
            assert pulled(session) == []
        assert secrets["access"]
        assert secrets["refresh"] != before
