"""Mastodon, against a server that plays its documented API."""

from __future__ import annotations

import html
import itertools
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import closing, suppress
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app.accounts import channel
from app.base import clock
from app.base.errors import UserError
from app.base.message import Reply as Answer
from app.channels import mastodon
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.mastodon.limits import ROOM
from app.channels.mastodon.reading import address
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changing, Contract, pulled
from tests.app.channels.garbled import Garbled, Garbler
from tests.app.channels.limited import Limited
from tests.servers.played import BROKEN, CLOSE_AFTER, Call, Played, Reply

DOMAIN = "lemonade.example"


class ClientApi(Played):
    """A server of Mastodon 4.3 as https://docs.joinmastodon.org/methods/ describes it, with Jana's account on it.

    /methods/notifications, /methods/statuses, /methods/accounts#statuses, /methods/instance#v2, /methods/oauth,
    /methods/apps; pages by https://docs.joinmastodon.org/api/guidelines/#pagination, limits by /api/rate-limits.
    """

    token = "tok-jana"

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(110_000_000_000_000_000, 65_536)
        self.statuses: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.posted: dict[str, dict[str, Any]] = {}
        self.apps: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh = ""
        self.version: dict[str, int] = {"mastodon": 2}
        self.most = 500
        self.only: Reply | None = None
        self.jana = self.account("jana", "1")
        self.post = self.publish(self.jana, "Ný bók! Új könyv! #books", None)

    def account(self, acct: str, number: str = "") -> dict[str, Any]:
        name, url = acct.partition("@")[0], f"https://{acct.partition('@')[2] or DOMAIN}/@{acct.partition('@')[0]}"
        return {
            "id": number or str(sum(acct.encode()) * 7919), "username": name, "acct": acct,
            "display_name": name.capitalize(), "url": url,
        }  # fmt: skip

    def publish(
        self, who: dict[str, Any], text: str, above: str | None, visibility: str = "public", spoiler: str = ""
    ) -> dict[str, Any]:
        number = str(next(self._numbers))
        said = " ".join(_marked(word) for word in html.escape(text, quote=False).split(" "))
        parent = self.statuses.get(above or "")
        status: dict[str, Any] = {
            "id": number, "created_at": clock.iso(clock.now()), "in_reply_to_id": above if parent else None,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None, "visibility": visibility,
            "spoiler_text": spoiler, "content": f"<p>{said}</p>", "account": who, "edited_at": None, "reblog": None,
            "url": f"{who['url']}/{number}", "uri": f"{who['url']}/{number}", "media_attachments": [],
        }  # fmt: skip
        self.statuses[number] = status
        return status

    def say(self, who: str, text: str, answering: str = "", visibility: str = "public") -> str:
        """A member from elsewhere answers our post, or that status; Mastodon's clients put the names in front."""
        above = answering or self.post["id"]
        names = {"jana": None, self.statuses[above]["account"]["acct"]: None}
        status = self.publish(
            self.account(f"{who}@citrus.example"), f"{' '.join(f'@{one}' for one in names)} {text}", above, visibility
        )
        self.notify(status)
        return str(status["id"])

    def notify(self, status: dict[str, Any], kind: str = "mention") -> None:
        number = str(next(self._numbers))
        self.notifications.append({"id": number, "type": kind, "account": status["account"], "status": status})

    def writes(self, call: Call) -> bool:
        return call.method == "POST" and call.path == "/api/v1/statuses"

    def serve(self, call: Call) -> Reply:
        return self.only or self.route(call)

    def route(self, call: Call) -> Reply:
        if call.path == "/api/v1/apps":
            self.apps["id-1"] = call.body
            return Reply({"client_id": "id-1", "client_secret": "secret-1", **call.body})
        if call.path == "/oauth/token":
            return self.exchange(call.body)
        if call.path == "/api/v2/instance":
            statuses = {"max_characters": self.most, "characters_reserved_per_url": 23}
            return Reply({"domain": DOMAIN, "api_versions": self.version, "configuration": {"statuses": statuses}})
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"error": "The access token is invalid"}, 401)
        return self.let_in(call)

    def let_in(self, call: Call) -> Reply:
        if call.path == "/api/v1/notifications":
            wanted = call.every.get("types[]") or ["mention", "favourite"]
            return self.page(call, [one for one in self.notifications if one["type"] in wanted], 80)
        if call.path == "/api/v1/accounts/1/statuses":
            return self.page(call, [one for one in self.statuses.values() if one["account"] is self.jana], 40)
        if call.path == "/api/v1/statuses":
            return self.take(call) if call.method == "POST" else self.several(call.every["id[]"])
        return Reply(self.jana) if call.path.endswith("verify_credentials") else self.one(call)

    def several(self, numbers: list[str]) -> Reply:
        assert len(numbers) <= 20
        return Reply([self.statuses[one] for one in numbers if one in self.statuses])

    def one(self, call: Call) -> Reply:
        _, _, _, _, number, *more = call.path.split("/")
        if number not in self.statuses:
            return Reply({"error": "Record not found"}, 404)
        return Reply({"ancestors": self.above(number), "descendants": []} if more else self.statuses[number])

    def above(self, number: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        above = self.statuses[number]["in_reply_to_id"]
        while above in self.statuses:
            found.insert(0, self.statuses[above])
            above = self.statuses[above]["in_reply_to_id"]
        return found

    def page(self, call: Call, rows: list[dict[str, Any]], most: int) -> Reply:
        """min_id: the page right after it; max_id: the one right before; the newest first in either."""
        limit = min(int(call.query.get("limit", "40")), most)
        if "min_id" in call.query:
            rows = [one for one in rows if int(one["id"]) > int(call.query["min_id"])][:limit]
        else:
            rows = [one for one in rows if int(one["id"]) < int(call.query.get("max_id", 10**30))][-limit:]
        rows = rows[::-1]
        carried = [(name, one) for name, found in call.every.items() for one in found if not name.endswith("_id")]
        there = f"https://behind-a-proxy.example{call.path}?"
        links = [("next", "max_id", rows[-1]["id"]), ("prev", "min_id", rows[0]["id"])] if rows else []
        said = ", ".join(f'<{there}{urlencode([*carried, (name, at)])}>; rel="{rel}"' for rel, name, at in links)
        return Reply(rows, headers={"Link": said} if said else {})

    def take(self, call: Call) -> Reply:
        key = call.headers["idempotency-key"]
        if key in self.posted:
            return Reply(self.posted[key])
        said = call.body
        if len(said["status"]) > self.most:
            return Reply({"error": f"Validation failed: Text character limit of {self.most} exceeded"}, 422)
        if said.get("in_reply_to_id") and said["in_reply_to_id"] not in self.statuses:
            return Reply({"error": "The post you are trying to reply to does not appear to exist."}, 404)
        self.posted[key] = self.publish(
            self.jana, said["status"], said.get("in_reply_to_id"), said["visibility"], said.get("spoiler_text", "")
        )
        return Reply(self.posted[key])

    def authorize(self, url: str, *, yes: bool = True) -> dict[str, str]:
        """What the browser brings back when the person says yes or no on the server's page."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["redirect_uri"] == self.apps[asked["client_id"]]["redirect_uris"]
        assert set(asked["scope"].split()) <= set(self.apps[asked["client_id"]]["scopes"].split())
        if not yes:
            return {"error": "access_denied", "state": asked["state"]}
        self.codes["code-1"] = asked
        return {"code": "code-1", "state": asked["state"]}

    def exchange(self, body: dict[str, str]) -> Reply:
        if body["grant_type"] == "refresh_token":
            assert body["refresh_token"] == self.refresh
            self.token, self.refresh = "tok-renewed", "refresh-2"
            return Reply({"access_token": self.token, "refresh_token": self.refresh})
        asked = self.codes.pop(body["code"], None)
        challenge = urlsafe_b64encode(sha256(body["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != body["redirect_uri"]:
            said = "The provided authorization grant is invalid, expired, revoked"
            return Reply({"error": "invalid_grant", "error_description": said}, 400)
        return Reply({"access_token": self.token, "token_type": "Bearer", "scope": asked["scope"]})


def _marked(word: str) -> str:
    """A mention and a link as Mastodon's HTML has them."""
    if word.startswith("@"):
        name = word[1:].partition("@")[0]
        link = f'<a href="https://{DOMAIN}/@{name}" class="u-url mention">@<span>{name}</span></a>'
        return f'<span class="h-card" translate="no">{link}</span>'
    if word.startswith("#"):
        return (
            f'<a href="https://{DOMAIN}/tags/{word[1:]}" class="mention hashtag" rel="tag">#<span>{word[1:]}</span></a>'
        )
    if word.startswith("https://"):
        shown = f'<span class="invisible">https://</span><span class="">{word[8:]}</span>'
        return f'<a href="{word}" target="_blank" rel="nofollow noopener">{shown}</a>'
    return word


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


class TestMastodon(Contract, Changing, Garbled, Limited):
    limits = ((_limit, 600),)

    variants = ({}, {}, {"several": "yes"})

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

    def test_threads_are_asked_for_once(self, peer: Peer, server: ClientApi) -> None:
        first = peer.say("anna", "Number 0")
        for number in range(1, 60):
            peer.say("bela", f"Number {number}", first)
        with closing(self.open(peer)) as session:
            cursor: dict[str, str] = {}
            assert len(pulled(session, cursor)) == 60
        assert sum(call.path.endswith("/context") for call in server.calls) == 1
        peer.say("cyril", "One more", first)
        with closing(self.open(peer)) as session:
            assert len(pulled(session, cursor)) == 1
        assert sum(call.path.endswith("/context") for call in server.calls) == 1

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
