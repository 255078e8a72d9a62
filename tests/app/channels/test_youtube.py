"""YouTube, against a server that plays its Data API and Google's login."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests

from app.base import clock
from app.base.message import Reply as Answer
from app.base.message import Target
from app.base.paths import Profile
from app.channels import youtube
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.signin import Loopback, sign_in
from app.channels.youtube import google
from app.workbench import Workbench
from tests.app.channels import contract
from tests.app.channels.contract import Changed, Changing, Contract, Moderated
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import Posted, PostedThrough
from tests.servers.played import BROKEN, CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Call, Reply
from tests.servers.youtube import CLIENT, SECRET, YouTube, refused


class Peer:
    kind = "youtube"

    def __init__(self, server: YouTube) -> None:
        self.server, self.say = server, server.say
        self.fields = {"server": server.url, "client_id": CLIENT}
        self.secrets = {"client_secret": SECRET, "refresh": "1//refresh"}
        self.wrong = {"client_secret": SECRET, "refresh": "1//expired"}

    def heard(self) -> list[tuple[str, str]]:
        ours = [
            one["snippet"]
            for one in self.server.comments.values()
            if one["snippet"]["authorDisplayName"] == "@lemonade"
        ]
        return [(one["textOriginal"], one.get("parentId", "")) for one in ours]

    def posts(self) -> list[tuple[str, str]]:
        ours = [one["snippet"] for one in self.server.comments.values()]
        return [(one["textOriginal"], one["videoId"]) for one in ours
                if one["authorDisplayName"] == "@lemonade" and not one.get("parentId")]  # fmt: skip

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        comment = self.server.comments.get(number)
        if comment is None:
            return "gone"
        return {"heldForReview": "held", "rejected": "gone"}.get(comment["snippet"]["moderationStatus"], "")

    def change(self, number: str, text: str) -> None:
        self.server.comments[number]["snippet"].update(textOriginal=text, textDisplay=text)

    def reads(self, number: str) -> str | None:
        comment = self.server.comments.get(number)
        return None if comment is None else str(comment["snippet"]["textOriginal"])

    def take_away(self, number: str) -> None:
        self.server.remove(number)


@pytest.fixture
def server() -> Iterator[YouTube]:
    server = YouTube()
    yield server
    server.stop()


@pytest.fixture
def peer(server: YouTube) -> Peer:
    return Peer(server)


class TestYouTube(Contract, Moderated, Changing, Changed, Posted, PostedThrough, Garbled, Limited):
    venue = "vid-lemon-1"
    limits = (
        (refused(403, "rateLimitExceeded", domain="usageLimits"), 60),
        (refused(403, "userRateLimitExceeded", domain="usageLimits"), 60),
        (refused(429, "rateLimitExceeded", domain="usageLimits"), 60),
        (refused(429, "RATE_LIMIT_EXCEEDED", domain="usageLimits"), 60),
        (Reply({"error": {"code": 429, "message": "Quota exceeded for quota metric 'Queries'.",
                          "status": "RESOURCE_EXHAUSTED"}}, 429), 60),
    )  # fmt: skip
    shown = {"hide": ("held",), "spam": ("gone",), "delete": ("gone",)}  # noqa: RUF012  rejected is all that YouTube has


def session(server: YouTube, **more: str) -> Any:
    fields = {"server": server.url, "client_id": CLIENT, "me": server.me, **more}
    return youtube.open(fields, {"client_secret": SECRET, "refresh": "1//refresh"})


def everything(server: YouTube, cursor: dict[str, str] | None = None) -> tuple[list[Any], dict[str, str]]:
    reached = dict(cursor or {})
    with closing(session(server)) as there:
        return contract.pulled(there, reached), reached


def reply(asked: str, text: str) -> Answer:
    return Answer(key="k", text=text, thread=asked, parent=asked, at=clock.now())


def test_signing_in_goes_by_the_browser_with_pkce(server: YouTube, peer: Peer) -> None:
    fields = {**peer.fields, "client_secret": SECRET}
    begun = youtube.sign_in(fields, "http://127.0.0.1:53001/")
    assert SECRET not in begun.url
    asked = dict(parse_qsl(urlsplit(begun.url).query))
    given = begun.finish(server.allow(asked))
    with closing(youtube.open(peer.fields, {"client_secret": SECRET, **given})) as there:
        found = there.check()
    assert found.sentence == "The channel “Lemonade lovers” is connected."
    assert found.own == (server.me,)


@pytest.mark.slow
def test_the_whole_way_through_the_browser(tmp_path: Path, server: YouTube, peer: Peer) -> None:
    def browser(url: str) -> None:
        asked = dict(parse_qsl(urlsplit(url).query))
        back = f"{asked['redirect_uri']}?{urlencode(server.allow(asked))}"
        threading.Timer(0.2, requests.get, [back], {"timeout": 10}).start()

    bench = Workbench(Profile(tmp_path / "profile"))
    try:
        with Loopback(30) as listening:
            given = sign_in("youtube", {**peer.fields, "client_secret": SECRET}, browser, listening)
        secrets = {"client_secret": SECRET, **given}
        found = bench.accounts.try_out("youtube", peer.fields, secrets)
        bench.accounts.add("youtube", "Films", peer.fields, secrets, found)
        server.say("anna", "Is it vegan?")
        assert bench.sync.pull("Films").new == 1
    finally:
        bench.close()


def test_a_login_that_was_not_wanted_is_said(server: YouTube, peer: Peer) -> None:
    fields = {**peer.fields, "client_secret": SECRET}
    begun = youtube.sign_in(fields, "http://127.0.0.1:53001/")
    state = dict(parse_qsl(urlsplit(begun.url).query))["state"]
    for answer, said in (
        ({"error": "access_denied", "state": state}, "wasn't given access"),
        ({"code": "4/x", "state": "another"}, "a different sign-in"),
        ({"code": "4/x"}, "a different sign-in"),
        ({"code": "4/none-of-theirs", "state": state}, "Sign in again"),
    ):
        with pytest.raises(AuthNeeded, match=said):
            begun.finish(answer)
    assert server.refresh == {"1//refresh"}


def test_googles_own_addresses() -> None:
    assert google.endpoints("") == google.endpoints("https://www.googleapis.com/")
    assert google.endpoints("").tokens == "https://oauth2.googleapis.com/token"
    assert google.endpoints("").asking == "https://accounts.google.com/o/oauth2/v2/auth"


def test_a_lasting_token_that_is_given_anew_is_kept(server: YouTube) -> None:
    server.rotates = True
    secrets = {"client_secret": SECRET, "refresh": "1//refresh"}
    with closing(youtube.open({"server": server.url, "client_id": CLIENT}, secrets)) as there:
        there.check()
    assert {secrets["refresh"]} == server.refresh


def test_a_short_token_that_has_run_out_is_renewed(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        there.check()
        server.access.clear()
        assert there.send(reply(asked, "It is!")).remote_id.startswith(asked)


@pytest.mark.parametrize(
    "failure",
    [
        Reply({"error": "internal_failure"}, 500),
        Reply({"error": "temporarily_unavailable"}, 400),
        Reply({"error": "rate_limit_exceeded"}, 403),
        Reply({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}, 429, {"Retry-After": "40"}),
        Reply(b"<html>", 502),
        Reply({"access_token": "", "token_type": "Bearer"}),
    ],
    ids=lambda answer: str(answer.body),
)
def test_a_login_that_google_cannot_give_just_now_loses_neither_login_nor_answer(
    server: YouTube, monkeypatch: pytest.MonkeyPatch, failure: Reply
) -> None:
    asked = server.say("anna", "Is it vegan?")
    token = server.token
    with closing(session(server)) as there:
        monkeypatch.setattr(server, "token", lambda _form: failure)
        with pytest.raises(TryLater):
            there.send(reply(asked, "It is!"))
        monkeypatch.setattr(server, "token", token)
        assert there.send(reply(asked, "It is!")).remote_id.startswith(asked)


def test_a_client_of_another_project_is_said(server: YouTube) -> None:
    with closing(session(server, client_id="another")) as there, pytest.raises(AuthNeeded, match="client ID"):
        there.check()


def test_an_account_without_a_channel_is_said(server: YouTube) -> None:
    server.me = ""
    with closing(session(server)) as there, pytest.raises(Refused, match="no YouTube channel"):
        there.check()


def test_a_comment_stands_under_its_video(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.say("bela", "It is.", asked)
    rows, _ = everything(server)
    first, second = rows
    assert (first.post_title, first.post_text) == ("How we press lemons", "From tree to bottle.")
    assert first.url == f"https://www.youtube.com/watch?v=vid-lemon-1&lc={asked}"
    assert (second.thread, second.parent) == (asked, asked)
    assert (first.author.key, first.author.name, first.out) == ("UCanna", "anna", False)


def test_an_ordinary_look_costs_three_units(server: YouTube) -> None:
    for number in range(120):
        server.say("anna", f"Number {number}")
    _, cursor = everything(server)
    before = server.units
    server.say("anna", "One more")
    _, cursor = everything(server, cursor)
    assert server.units - before <= 5
    assert int(cursor["units"]) == server.units


def test_answers_to_older_threads_are_found_in_turn(server: YouTube) -> None:
    old = server.say("anna", "The first of all")
    for number in range(150):
        server.say("bela", f"Number {number}")
    _, cursor = everything(server)
    late = server.say("cyril", "A late answer", old)
    seen = set()
    for _ in range(3):
        rows, cursor = everything(server, cursor)
        seen |= {row.remote_id for row in rows}
    assert late in seen


def test_more_answers_than_a_thread_shows_are_listed(server: YouTube) -> None:
    asked = server.say("anna", "What do you like best?")
    for number in range(230):
        server.say("bela", f"Answer {number}", asked)
    rows, cursor = everything(server)
    assert len({row.remote_id for row in rows}) == 231
    server.calls.clear()
    everything(server, cursor)
    assert not [call for call in server.calls if "parentId" in call.query]  # nothing has come: nothing is listed


def test_an_answer_that_was_taken_away_is_gone(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    kept, lost = (server.say("bela", text, asked) for text in ("It is.", "No!"))
    _, cursor = everything(server)
    server.remove(lost)
    rows, _ = everything(server, cursor)
    assert {row.remote_id: row.gone for row in rows} == {asked: False, kept: False, lost: True}


def test_what_waits_or_looks_like_spam_comes_in_as_such(server: YouTube) -> None:
    held, spam, public = (server.put("anna", text) for text in ("Please look", "Buy oranges", "Hello"))
    held["snippet"]["moderationStatus"], spam["snippet"]["moderationStatus"] = "heldForReview", "likelySpam"
    answer = server.put("bela", "Answer that waits", public["id"])
    answer["snippet"]["moderationStatus"] = "heldForReview"
    rows, cursor = everything(server)
    stands = {held["id"]: "held", spam["id"]: "spam", public["id"]: "", answer["id"]: "held"}
    assert {row.remote_id: row.upstream for row in rows} == stands
    with closing(session(server)) as there:
        there.moderate("show", Target(held["id"]))
    rows, _ = everything(server, cursor)
    assert {row.remote_id: row.upstream for row in rows}[held["id"]] == ""


def test_units_stop_before_they_are_spent_and_begin_anew_at_midnight_in_california(
    server: YouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = int(datetime(2026, 1, 15, 7, 30, tzinfo=UTC).timestamp())  # 23:30 in California
    monkeypatch.setattr(clock, "now", lambda: late)
    server.say("anna", "Is it vegan?")
    cursor = {"units": "9499", "units_day": "2026-01-14"}
    with closing(session(server)) as there, pytest.raises(TryLater) as caught:
        list(there.pull(cursor))
    assert caught.value.after == 31 * 60
    assert server.units == 1  # the one that was left
    monkeypatch.setattr(clock, "now", lambda: late + 3600)
    rows, cursor = everything(server, cursor)
    assert len(rows) == 1
    assert (cursor["units_day"], cursor["units"]) == ("2026-01-15", "4")


def test_what_broke_off_is_counted_too(server: YouTube) -> None:
    server.say("anna", "Is it vegan?")
    server.disabled = True
    with closing(session(server)) as there:
        pages = there.pull({})
        assert next(pages).cursor["units"] == "1"
        with pytest.raises(Refused, match="Comments are turned off"):
            next(pages)


def test_googles_own_count_is_believed(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.quota = 0
    with closing(session(server)) as there, pytest.raises(TryLater, match="units for today are used up") as caught:
        there.send(reply(asked, "It is!"))
    assert caught.value.after is not None
    assert 60 <= caught.value.after <= 90_000
    assert not Peer(server).heard()


def test_our_answers_are_counted_when_they_come_back(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    _, cursor = everything(server)
    with closing(session(server)) as there:
        there.send(reply(asked, "It is!"))
    _, cursor = everything(server, cursor)
    _, cursor = everything(server, cursor)
    assert int(cursor["units"]) == server.units


@pytest.mark.parametrize(
    ("reason", "status", "kind", "said"),
    [
        ("commentsDisabled", 403, Refused, "turned off"),
        ("forbidden", 403, Refused, "Only the owner"),
        ("parentCommentNotFound", 404, Refused, "no longer on YouTube"),
        ("operationNotSupported", 400, Refused, "doesn't allow replies"),
        ("ineligibleAccount", 403, Refused, "create a channel"),
        ("processingFailure", 400, Refused, "processingFailure"),
        ("accessNotConfigured", 403, Refused, "Turn on the YouTube Data API"),
        ("youtubeSignupRequired", 401, AuthNeeded, "no YouTube channel"),
        ("userRateLimitExceeded", 403, TryLater, "has asked Rapport to wait"),
        ("backendError", 503, UnknownOutcome, "may or may not have arrived"),
    ],
)
def test_refusals_are_said_plainly(
    server: YouTube, monkeypatch: pytest.MonkeyPatch, reason: str, status: int, kind: type[Exception], said: str
) -> None:
    def answers(_call: Call) -> Reply:
        return refused(status, reason)

    asked = server.say("anna", "Is it vegan?")
    monkeypatch.setattr(server, "insert", answers)
    with closing(session(server)) as there, pytest.raises(kind, match=said) as caught:
        there.send(reply(asked, "It is!"))
    assert "<code>" not in str(caught.value)


def test_a_comment_too_long_is_refused(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there, pytest.raises(Refused, match="too long for a YouTube comment"):
        there.send(reply(asked, "x" * 10_001))


def test_what_is_below_no_comment_is_refused_before_anything_is_sent(server: YouTube) -> None:
    with closing(session(server)) as there, pytest.raises(Refused, match="which comment this belongs below"):
        there.send(reply("", "It is vegan!"))


@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER, BROKEN])
def test_what_may_have_arrived_is_looked_up(server: YouTube, mood: str) -> None:
    wanted = reply(server.say("anna", "Is it vegan?"), "It is vegan!")
    server.moods.append(mood)
    with closing(session(server)) as there:
        with pytest.raises(UnknownOutcome):
            there.send(wanted)
        assert (there.find_sent(wanted) is not None) == (mood != CLOSE_BEFORE)


def test_the_same_words_of_somebody_else_or_of_long_ago_are_not_it(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.say("bela", "It is vegan!", asked)
    old = server.put("lemonade", "It is vegan!", asked)
    old["snippet"]["publishedAt"] = "2024-01-01T00:00:00Z"
    with closing(session(server)) as there:
        assert there.find_sent(reply(asked, "It is vegan!")) is None


def test_a_server_whose_clock_is_off_is_looked_up_by_its_own(server: YouTube) -> None:
    server.skew = -5 * 86_400
    wanted = reply(server.say("anna", "Is it vegan?"), "It is vegan!")
    with closing(session(server)) as there:
        there.send(wanted)
        assert there.find_sent(wanted) is not None


def test_our_own_comment_is_deleted_and_anothers_is_rejected(server: YouTube) -> None:
    asked = server.say("anna", "Is it vegan?")
    ours = server.say("lemonade", "It is!", asked)
    with closing(session(server)) as there:
        there.moderate("delete", Target(ours))
        there.moderate("delete", Target(asked))
    assert ours not in server.comments
    assert server.comments[asked]["snippet"]["moderationStatus"] == "rejected"


def test_rows_that_are_none_do_not_stop_the_others(server: YouTube, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say("anna", "Is it vegan?")
    deleted = server.put("bela", "Who am I?")
    del deleted["snippet"]["authorChannelId"], deleted["snippet"]["authorDisplayName"]
    plain = server.threads

    def broken(call: Call) -> Reply:
        found = plain(call)
        found.body["items"] += [None, 7, {"id": "x"}, {"id": "y", "snippet": {"topLevelComment": {"id": "y"}}}]
        return found

    monkeypatch.setattr(server, "threads", broken)
    rows, _ = everything(server)
    assert [(row.text, row.author.name) for row in rows] == [("Is it vegan?", "anna"), ("Who am I?", "Somebody")]


def test_units_are_in_the_accounts_cursor(tmp_path: Path, server: YouTube, peer: Peer) -> None:
    bench = Workbench(Profile(tmp_path / "profile"))
    try:
        account = Contract.connect(bench, peer)
        server.say("anna", "Is it vegan?")
        assert bench.sync.pull("There").error == ""
        cursor = bench.accounts.cursor(account)
        assert int(cursor["units"]) == 4
        server.quota = server.units
        assert "units for today are used up" in bench.sync.pull("There").error
        assert int(bench.accounts.cursor(account)["units"]) == 5
    finally:
        bench.close()
