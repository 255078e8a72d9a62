"""Mastodon, against a server that plays its documented API."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.accounts import channel
from app.base import clock
from app.base.errors import UserError
from app.base.message import Change
from app.base.message import Reply as Answer
from app.channels import mastodon
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http.pace import Pace
from app.channels.mastodon.limits import ROOM
from app.channels.mastodon.reading import address
from app.channels.mastodon.session import MastodonSession
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changed, Changing, Contract, pulled
from tests.app.channels.garbled import Garbled, Garbler
from tests.app.channels.limited import Limited
from tests.app.channels.reacted import Reacted
from tests.servers.clientapi import DOMAIN, ClientApi
from tests.servers.played import BROKEN, CLOSE_AFTER, Reply


class Peer:
    kind = "mastodon"

    def __init__(self, server: ClientApi) -> None:
        self.server, self.say = server, server.say
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"token": server.token}, {"token": "tok-of-nobody"}

    def heard(self) -> list[tuple[str, str]]:
        ours = [one for one in self.server.statuses.values() if one["account"] is self.server.jana]
        return [(said_in(one), one["in_reply_to_id"]) for one in ours if one["in_reply_to_id"]]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}

    def reads(self, number: str) -> str | None:
        return said_in(self.server.statuses[number]) if number in self.server.statuses else None

    def reactions(self, number: str) -> list[str]:
        return ["favourite"] if self.server.statuses[number]["favourited"] else []

    def change(self, number: str, text: str) -> None:
        status = self.server.statuses[number]
        status |= {"content": f"<p>{text}</p>", "edited_at": clock.iso(clock.now() + 1)}

    def take_away(self, number: str) -> None:
        del self.server.statuses[number]
        self.server.notifications = [one for one in self.server.notifications if one["status"]["id"] != number]


def said_in(status: dict[str, Any]) -> str:
    """The words of a status without tags and the names in front."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", status["content"]))
    return re.sub(r"^(?:@[\w.@-]+ )+", "", text)


@pytest.fixture
def server() -> Iterator[ClientApi]:
    made = ClientApi()
    yield made
    made.stop()


@pytest.fixture
def peer(server: ClientApi) -> Peer:
    return Peer(server)


def _limit() -> Reply:
    """What Mastodon answers beyond 300 requests in five minutes."""
    headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0"}
    return Reply({"error": "Too many requests"}, 429, {**headers, "X-RateLimit-Reset": clock.iso(clock.now() + 600)})


class TestMastodon(Contract, Changing, Changed, Reacted, Garbled, Limited):
    limits = ((_limit, 600),)

    variants = ({}, {"reports": "yes", "keys": "no"}, {"several": "yes"})

    def test_whatever_is_in_an_answer_it_is_no_mistake_of_ours(
        self, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Pace, "take", lambda _: None)  # it asks for more than a server takes in five minutes
        peer.server.allowed = 10_000
        super().test_whatever_is_in_an_answer_it_is_no_mistake_of_ours(peer, monkeypatch)

    def test_where_ids_cannot_be_asked_for_together_each_is_asked_alone(
        self, bench: Workbench, peer: Peer, server: ClientApi
    ) -> None:
        server.version = {"mastodon": 1}
        self.test_edits_and_deletions_upstream_are_shown_as_such(bench, self.connect(bench, peer), peer)

    def test_an_answer_to_what_is_private_is_for_its_author_alone_and_names_them(
        self, peer: Peer, server: ClientApi
    ) -> None:
        with closing(self.open(peer)) as session:
            number = ""
            for visibility, public in (("public", True), ("unlisted", True), ("private", False), ("direct", False)):
                number = peer.say("anna", "Hæ!", visibility=visibility)
                item = next(one for one in pulled(session) if one.remote_id == number)
                assert item.public == public
                session.send(answer(number, f"To you, {visibility}", public=public))
                made = list(server.statuses.values())[-1]
                assert made["visibility"] == (visibility if public else "direct")
                assert made["content"].count("@<span>anna</span>") == 1
            session.send(answer(number, "Hello @Anna@citrus.example, again", public=False))
            assert list(server.statuses.values())[-1]["content"].count("<span>Anna</span>") == 1
            session.send(answer(number, "Ask @anna.bell@citrus.example about it", public=False))
            assert list(server.statuses.values())[-1]["content"].count("@<span>anna</span>") == 1

    def test_what_is_private_here_never_goes_out_for_all(self, peer: Peer, server: ClientApi) -> None:
        number = peer.say("anna", "Hæ!")
        with closing(self.open(peer)) as session:
            session.send(answer(number, "Only for you", public=False))
        assert list(server.statuses.values())[-1]["visibility"] == "direct"

    def test_a_warning_is_kept_on_the_answer(self, peer: Peer, server: ClientApi) -> None:
        number = peer.say("anna", "Ég er veik")
        server.statuses[number]["spoiler_text"] = "health"
        with closing(self.open(peer)) as session:
            assert pulled(session)[0].text == "[health]\n\nÉg er veik"
            session.send(answer(number, "Batnaðu!"))
        assert list(server.statuses.values())[-1]["spoiler_text"] == "health"

    def test_the_post_is_told_and_names_in_front_are_not_the_words(self, peer: Peer) -> None:
        number = peer.say("anna", "Look @bela@citrus.example and #books at https://lemonade.example/a?b=1")
        with closing(self.open(peer)) as session:
            item = pulled(session)[0]
        assert item.text == "Look @bela and #books at https://lemonade.example/a?b=1"
        assert (item.remote_id, item.parent) == (number, item.thread)
        assert item.post_text == item.post_title == "Ný bók! Új könyv! #books"
        assert item.author.key == "anna@citrus.example"

    def test_what_we_said_elsewhere_is_ours_and_our_posts_are_no_messages(self, peer: Peer, server: ClientApi) -> None:
        number = peer.say("anna", "Hæ!")
        server.publish(server.jana, "@anna@citrus.example Takk!", number)
        server.publish(server.jana, "Another post", None)
        server.publish(server.jana, "and how it goes on", list(server.statuses)[-1])
        stranger = server.publish(server.account("emil@zest.example"), "Who knows lemons?", None)
        server.publish(server.jana, "We do", stranger["id"])
        with closing(self.open(peer)) as session:
            found = pulled(session)
        assert [(item.text, item.out) for item in found] == [("Hæ!", False), ("Takk!", True), ("We do", True)]
        assert found[0].thread == found[1].thread
        assert found[2].thread == stranger["id"]
        assert found[2].post_text == "Who knows lemons?"

    def test_a_row_that_cannot_be_read_holds_up_nobody(self, peer: Peer, server: ClientApi) -> None:
        for status in (None, "no", {}, {"id": "7"}, {"id": "8", "account": None, "created_at": "yesterday"}):
            server.notifications.append({"id": str(next(server._numbers)), "type": "mention", "status": status})
        peer.say("anna", "Hæ!")
        with closing(self.open(peer)) as session:
            assert [item.text for item in pulled(session)] == ["Hæ!"]

    def changer(self, peer: Peer) -> MastodonSession:
        session = self.open(peer)
        assert isinstance(session, MastodonSession)
        return session

    def test_a_correction_keeps_the_names_the_pictures_and_the_warning(self, peer: Peer, server: ClientApi) -> None:
        asked = peer.say("anna", "Hæ!")
        said = "@anna@citrus.example Takk @bela@zest.example og sjáumst"
        ours = server.publish(server.jana, said, asked, "direct", spoiler="health")
        picture = {"id": "77", "description": "A lemon", "url": "https://lemonade.example/lemon.png"}
        ours |= {"media_attachments": [picture], "sensitive": True, "language": "is"}
        with closing(self.changer(peer)) as session:
            before = next(item.text for item in pulled(session) if item.out)
            assert before == "[health]\n\nTakk @bela og sjáumst\n\n[Picture: A lemon]"
            change = Change("k", ours["id"], before.replace("Takk", "Kærar þakkir"), before)
            assert session.reads(change) == before
            session.correct(change)
            assert session.reads(change) == change.text
            assert [item.text for item in pulled(session) if item.out] == [change.text]
        assert server.sources[ours["id"]] == said.replace("Takk", "Kærar þakkir")
        assert (ours["spoiler_text"], ours["media_attachments"], ours["sensitive"]) == ("health", [picture], True)

    def test_a_post_with_a_poll_is_not_corrected(self, peer: Peer, server: ClientApi) -> None:
        ours = server.publish(server.jana, "Which lemon?", peer.say("anna", "Hæ!"))
        ours["poll"] = {"id": "9", "options": []}
        with closing(self.changer(peer)) as session, pytest.raises(Refused, match="poll"):
            session.correct(Change("k", ours["id"], "Which one?", "Which lemon?"))
        assert server.sources[ours["id"]] == "Which lemon?"

    @pytest.mark.parametrize(("version", "contexts"), [({"mastodon": 7}, 0), ({}, 1)])
    def test_threads_are_asked_for_once(
        self, peer: Peer, server: ClientApi, version: dict[str, int], contexts: int
    ) -> None:
        server.version = version
        first = peer.say("anna", "Number 0")
        for number in range(1, 60):
            peer.say("bela", f"Number {number}", first)
        with closing(self.open(peer)) as session:
            cursor: dict[str, str] = {}
            assert len(pulled(session, cursor)) == 60
        assert sum(call.path.endswith("/context") for call in server.calls) == contexts
        peer.say("cyril", "One more", first)
        with closing(self.open(peer)) as session:
            assert len(pulled(session, cursor)) == 1
        assert sum(call.path.endswith("/context") for call in server.calls) == contexts

    def test_the_look_up_reads_our_own_once_the_key_is_forgotten(self, peer: Peer, server: ClientApi) -> None:
        number = peer.say("anna", "Hæ!")
        server.skew = 3 * 86_400
        with closing(self.open(peer)) as session:
            wanted = answer(number, WORDS["en"])
            assert session.find_sent(wanted) is None
            server.moods = [CLOSE_AFTER]
            with pytest.raises(UnknownOutcome):
                session.send(wanted)
            status = list(server.statuses.values())[-1]
            status["created_at"] = clock.iso(clock.now() + 3 * 86_400)
            server.posted.clear()
            found = session.find_sent(wanted)
            assert found is not None
            assert found.remote_id == status["id"]
            status["created_at"] = clock.iso(clock.now())  # by that clock, three days before it was written
            assert session.find_sent(wanted) is None

    def test_an_answer_that_broke_off_is_not_known(self, peer: Peer, server: ClientApi) -> None:
        number = peer.say("anna", "Hæ!")
        server.moods = [BROKEN]
        with closing(self.open(peer)) as session, pytest.raises(UnknownOutcome):
            session.send(answer(number, "Takk"))

    def test_too_long_and_answered_too_late_is_refused_in_words(self, peer: Peer) -> None:
        number = peer.say("anna", "Hæ!")
        with closing(self.open(peer)) as session:
            with pytest.raises(Refused, match="character limit of 500"):
                session.send(answer(number, "a" * 501))
            peer.take_away(number)
            with pytest.raises(Refused, match="no longer there"):
                session.send(answer(number, "Takk"))

    def test_the_limit_is_the_servers_less_room_for_the_name(self, peer: Peer, server: ClientApi) -> None:
        server.most = 5000
        with closing(self.open(peer)) as session:
            assert session.check().facts["limit"] == str(5000 - ROOM)

    def test_what_cannot_be_read_is_not_taken_for_gone(self, peer: Peer, server: ClientApi) -> None:
        kept, lost = peer.say("anna", "Hæ!"), peer.say("bela", "Szia!")
        cursor: dict[str, str] = {}
        with closing(self.open(peer, several="yes")) as session:
            pulled(session, cursor)
            peer.take_away(lost)
            whole = server.statuses[kept]
            server.statuses[kept] = {**whole, "id": ""}
            assert pulled(session, cursor) == []
            server.statuses[kept] = whole
            assert [one.remote_id for one in pulled(session, cursor) if one.gone] == [lost]

    def test_a_status_without_a_name_or_of_another_is_no_message(self, peer: Peer, server: ClientApi) -> None:
        number, other = peer.say("anna", "Hæ!"), peer.say("bela", "Szia!")
        cursor: dict[str, str] = {}
        with closing(self.open(peer)) as session:
            pulled(session, cursor)
            server.statuses[number] = {**server.statuses[other], "edited_at": clock.iso(clock.now())}
            server.notify({**server.statuses[other], "id": ""})
            assert pulled(session, cursor) == []

    def test_a_site_that_is_no_mastodon_is_said(self, peer: Peer, server: ClientApi) -> None:
        server.only = Reply(b"<p>Hello</p>", headers={"Content-Type": "text/html"})
        with (
            closing(mastodon.open(peer.fields, dict(peer.secrets))) as session,
            pytest.raises(Refused, match="isn't a Mast"),
        ):
            session.check()
        with pytest.raises(Refused, match="isn't a Mastodon server"):
            mastodon.sign_in(peer.fields, "http://127.0.0.1:1/")

    def test_patience_is_as_long_as_the_server_says(self, peer: Peer, server: ClientApi) -> None:
        with closing(self.open(peer)) as session:
            headers = {"X-RateLimit-Reset": clock.iso(clock.now() + 120), "X-RateLimit-Remaining": "0"}
            server.only = Reply({"error": "Too many requests"}, 429, headers)
            with pytest.raises(TryLater) as caught:
                pulled(session)
        assert caught.value.after is not None
        assert 100 < caught.value.after <= 121

    def test_a_token_that_has_ended_is_renewed_where_the_server_gave_means(self, peer: Peer, server: ClientApi) -> None:
        server.refresh = "refresh-1"
        secrets = {"token": "ended", "refresh": "refresh-1", "client_id": "id-1", "client_secret": "secret-1"}
        with closing(mastodon.open(peer.fields, secrets)) as session:
            assert session.check().own == (f"jana@{DOMAIN}",)
        assert (secrets["token"], secrets["refresh"]) == ("tok-renewed", "refresh-2")

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_renewal_that_has_to_wait_is_no_wrong_login(
        self, peer: Peer, server: ClientApi, monkeypatch: pytest.MonkeyPatch, status: int
    ) -> None:
        server.refresh = "refresh-1"
        secrets = {"token": "ended", "refresh": "refresh-1", "client_id": "id-1", "client_secret": "secret-1"}
        plain = server.exchange
        monkeypatch.setattr(server, "exchange", lambda _body: Reply({"error": "Too many requests"}, status))
        with closing(mastodon.open(peer.fields, secrets)) as session:
            with pytest.raises(TryLater):
                session.check()
            monkeypatch.setattr(server, "exchange", plain)
            assert session.check().own == (f"jana@{DOMAIN}",)

    def test_a_login_from_before_favourites_refuses_them_and_nothing_else(
        self, bench: Workbench, account: int, peer: Peer, server: ClientApi
    ) -> None:
        there = peer.say("anna", "Takk!")
        assert self.pull(bench, account, 1) == 1
        server.scopes = "read:accounts read:notifications read:statuses write:statuses"
        message = bench.outbox.reactions.latest(self.conversation(bench, "Takk!"))
        number = bench.outbox.reactions.react(message, hold_seconds=0)
        bench.sync.send(account)
        row = bench.outbox.get(number)
        assert (row.state, peer.reactions(there)) == ("failed", [])
        assert "Sign in again under Accounts" in row.error
        assert bench.accounts.get(account).state == "on", "reading and replying go on"


class TestSignIn:
    redirect = "http://127.0.0.1:45678/back"

    def test_by_the_browser(self, peer: Peer, server: ClientApi) -> None:
        begun = mastodon.sign_in(peer.fields, self.redirect)
        secrets = begun.finish(server.authorize(begun.url))
        assert set(secrets) - {"token"} <= set(channel("mastodon").kept)
        with closing(mastodon.open(peer.fields, secrets)) as session:
            assert session.check().sentence == f"@jana@{DOMAIN} is connected."

    def test_a_no_a_strange_state_and_a_used_code_let_nobody_in(self, peer: Peer, server: ClientApi) -> None:
        begun = mastodon.sign_in(peer.fields, self.redirect)
        with pytest.raises(AuthNeeded, match="told not to authorise"):
            begun.finish(server.authorize(begun.url, yes=False))
        back = server.authorize(begun.url)
        with pytest.raises(AuthNeeded, match="a different sign-in"):
            begun.finish({**back, "state": "strange"})
        begun.finish({"code": back["code"]})  # some servers forget the state
        with pytest.raises(AuthNeeded, match="didn't accept the sign-in"):
            begun.finish(back)

    def test_whatever_is_in_an_answer_it_is_no_mistake_of_ours(
        self, server: ClientApi, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plain = server.serve
        for seed in range(40):
            monkeypatch.setattr(server, "serve", Garbler(plain, seed))
            with suppress(UserError):
                begun = mastodon.sign_in(peer.fields, self.redirect)
                begun.finish({"code": "made-up", "state": parse_qs(urlsplit(begun.url).query)["state"][0]})

    @pytest.mark.parametrize(
        "given",
        [
            "lemonade.example",
            "http://lemonade.example",
            "@jana@lemonade.example",
            "jana@lemonade.example",
            "https://lemonade.example/@jana",
        ],
    )
    def test_whatever_of_the_address_is_given(self, given: str) -> None:
        assert address(given) == "https://lemonade.example"


def answer(number: str, text: str, **more: Any) -> Answer:
    return Answer(key=sha256(text.encode()).hexdigest(), text=text, thread="", parent=number, at=clock.now(), **more)
