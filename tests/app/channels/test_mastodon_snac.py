"""Mastodon's client API, against a second real server of it: snac, which knows no keys, pages, batches or deletions."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.base.message import Change, Target
from app.channels.base import BAN, MUTE, UNBAN, Refused
from app.channels.http.pace import Pace
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changing, Contract
from tests.app.channels.posted import POST, Posted
from tests.app.channels.reacted import Reacted
from tests.app.channels.test_mastodon import answer
from tests.servers.snac import PATIENCE, Person, Snac, serving
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def snac() -> Iterator[Snac]:
    with serving() as found:
        yield found


class SnacPeer:
    kind = "mastodon"

    def __init__(self, snac: Snac) -> None:
        self._snac, self.jana = snac, snac.manager()
        self.post = self.jana.post("Ný bók! Új könyv!")
        self._said: dict[str, Person] = {}
        self.fields = {"server": snac.url}
        self.secrets, self.wrong = {"token": self.jana.token}, {"token": "tok-of-nobody"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        member = self._snac.member(who)
        # it takes HTML in what is written for HTML
        number = member.post(f"@{self.jana.name} {html.escape(text, quote=False)}", answering or self.post)
        self._said[number] = member
        return number

    def heard(self) -> list[tuple[str, str]]:
        return [(text, above) for text, above, _ in self.jana.said() if above]

    def posts(self) -> list[tuple[str, str]]:
        return [(text, seen) for text, above, seen in self.jana.said() if not above]

    def change(self, number: str, text: str) -> None:
        self._said[number].api("PUT", f"statuses/{number}", json={"status": f"@{self.jana.name} {text}"})

    def take_away(self, number: str) -> None:
        self._said[number].remove(number)
        wait_until(lambda: not self.jana.sees(number), PATIENCE)

    def reactions(self, number: str) -> list[str]:
        return ["favourite"] if self.jana.api("GET", f"statuses/{number}")["favourited"] else []

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}


@pytest.mark.peers
@pytest.mark.servers("apt-get", "dpkg", "curl")
class TestMastodonSnac(Contract, Changing, Reacted, Posted):
    settles = PATIENCE
    many = 60  # it lists its 64 latest notifications, and no others

    @pytest.fixture
    def peer(self, snac: Snac) -> SnacPeer:
        return SnacPeer(snac)

    @pytest.fixture(autouse=True)
    def _at_any_pace(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It counts no requests, and waiting for its queue takes many."""
        monkeypatch.setattr(Pace, "take", lambda _: None)

    # it knows no Idempotency-Key: nothing but the look-up keeps a reply or a post from being there twice

    def test_a_reply_that_may_be_there_is_found_or_not_sent_twice(
        self, bench: Workbench, account: int, peer: SnacPeer
    ) -> None:
        wanted = self.reply(bench, account, peer, WORDS["hu"])
        with closing(self.open(peer)) as session:
            assert session.find_sent(wanted) is None
            made = session.send(wanted)
            found = session.find_sent(wanted)
        assert found is not None
        assert (found.remote_id, len(peer.heard())) == (made.remote_id, 1)

    def test_a_post_goes_to_its_venue_once_and_is_found_again(self, peer: SnacPeer) -> None:
        before, post = peer.posts(), self.a_post()
        with closing(self.open(peer)) as session:
            assert session.find_sent(post) is None
            made = session.send(post)
            assert session.find_sent(post._replace(tried=1)) == made
        assert peer.posts() == [*before, (POST, "public")]

    def test_a_private_reply_is_found_where_its_list_of_statuses_lacks_it(self, peer: SnacPeer) -> None:
        wanted = answer(peer.say("anna", "Hæ!"), "Only for you", public=False)
        with closing(self.open(peer)) as session:
            assert session.find_sent(wanted) is None
            made = session.send(wanted)
            found = session.find_sent(wanted)
        assert peer.heard() == []
        assert found is not None
        assert found.remote_id == made.remote_id

    def test_it_deletes_nothing_for_programs_and_that_is_said(self, peer: SnacPeer) -> None:
        with closing(self.open(peer)) as session:
            made = session.send(answer(peer.say("anna", "Hæ!"), "Too soon"))
            with pytest.raises(Refused, match="doesn't let programs delete"):
                session.withdraw(Change("k", made.remote_id))  # type: ignore[attr-defined]
        assert [text for text, _ in peer.heard()] == ["Too soon"]

    def test_a_correction_is_read_there(self, peer: SnacPeer) -> None:
        with closing(self.open(peer)) as session:
            made = session.send(answer(peer.say("anna", "Hæ!"), "Sjáumst á morgunn"))
            change = Change("k", made.remote_id, "Sjáumst á morgun", "Sjáumst á morgunn")
            session.correct(change)  # type: ignore[attr-defined]
            assert session.reads(change) == change.text  # type: ignore[attr-defined]
        assert [text for text, _ in peer.heard()] == ["Sjáumst á morgun"]

    def test_who_is_blocked_has_deleted_nothing(self, bench: Workbench, account: int, peer: SnacPeer) -> None:
        number = peer.say("anna", WORDS["is"])
        assert self.pull(bench, account, 1) == 1
        (key,) = bench.store.read.execute("SELECT key FROM identity WHERE key LIKE 'anna@%'").fetchone()
        with closing(self.open(peer)) as session:
            for _ in range(2):
                session.moderate(BAN, Target(number, "", key))  # type: ignore[attr-defined]
            self.pull(bench, account)
            session.moderate(UNBAN, Target(number, "", key))  # type: ignore[attr-defined]
            with pytest.raises(Refused, match="doesn't let programs do that"):
                session.moderate(MUTE, Target(number, "", key))  # type: ignore[attr-defined]
        assert bench.store.read.execute("SELECT count(*) FROM message WHERE gone_at IS NOT NULL").fetchone()[0] == 0
        assert self.texts(bench) == [WORDS["is"]]
