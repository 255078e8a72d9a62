"""GitHub discussions, against a server that answers queries by GitHub's schema."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest

from app.base import clock
from app.base.message import Reply as Answer
from app.base.message import Target
from app.channels import github
from app.channels.base import AuthNeeded, Page, Refused, TryLater, UnknownOutcome
from app.channels.http import pace
from tests.app.channels import contract
from tests.app.channels.contract import Changed, Changing, Contract, Moderated
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import Posted, PostedThrough
from tests.app.channels.reacted import Reacted
from tests.servers.github import GitHub
from tests.servers.played import BROKEN, CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Call, Reply

_EMOJI = {"THUMBS_UP": "👍", "HEART": "❤️", "ROCKET": "🚀", "upvote": "⬆️"}


class Peer:
    kind = "github"

    def __init__(self, server: GitHub) -> None:
        self.server = server
        self.fields = {"server": server.url, "repository": "lemonade/club"}
        self.secrets, self.wrong = {"token": server.token}, {"token": "github_pat_no"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        """Words as they are to be read: what would be HTML is written with a backslash."""
        return self.server.say(who, text.replace("<b>", "\\<b>").replace("</b>", "\\</b>"), answering)

    def heard(self) -> list[tuple[str, str]]:
        return [(one["body"], one["to"] or "") for one in self.server.comments.values() if one["viewerDidAuthor"]]

    def posts(self) -> list[tuple[str, str]]:
        begun = [one for one in self.server.discussions.values() if one["viewerDidAuthor"]]
        return [(one["body"], one["category"]["id"]) for one in begun]

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        comment = self.server.comments.get(number)
        if comment is None or comment["deletedAt"]:
            return "gone"
        return ("spam" if comment["minimizedReason"] == "spam" else "hidden") if comment["isMinimized"] else ""

    def reactions(self, number: str) -> list[str]:
        return [_EMOJI[content] for content in self.server.reactions.get(number, ())]

    def change(self, number: str, text: str) -> None:
        self.server.comments[number].update(body=text)

    def reads(self, number: str) -> str | None:
        comment = self.server.comments.get(number)
        return None if comment is None or comment["deletedAt"] else comment["body"].replace("\\<", "<")

    def take_away(self, number: str) -> None:
        self.server.remove(number)


@pytest.fixture
def server() -> Iterator[GitHub]:
    server = GitHub()
    yield server
    server.stop()


@pytest.fixture
def peer(server: GitHub) -> Peer:
    return Peer(server)


def _wrong(kind: str, said: str, **more: str) -> dict[str, Any]:
    """An answer that is an error."""
    return {"errors": [{**({"type": kind} if kind else {}), "message": said, **more}]}


def _limit(body: dict[str, Any], status: int, headers: dict[str, str]) -> Reply:
    """An answer with these headers; `spent`: no points are left for so many seconds."""
    told = {name: value for name, value in headers.items() if name != "spent"}
    if "spent" in headers:
        told |= {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(clock.now() + int(headers["spent"]))}
    return Reply(body, status, told)


class TestGitHub(Contract, Moderated, Changing, Changed, Reacted, Posted, PostedThrough, Garbled, Limited):
    venue, titled = "DIC_general", "Bækur um sítrónur"
    limits = tuple(
        (partial(_limit, said, status, headers), int(headers.get("Retry-After", headers.get("spent", 60))))
        for said, status, headers in (
            (
                _wrong("RATE_LIMIT", "API rate limit already exceeded", code="graphql_rate_limit"),
                200,
                {"spent": "1800"},
            ),
            (_wrong("RATE_LIMIT", "API rate limit already exceeded"), 200, {}),
            (_wrong("RATE_LIMITED", "API rate limit exceeded"), 200, {"spent": "900"}),
            (_wrong("UNPROCESSABLE", "was submitted too quickly"), 200, {}),
            (_wrong("", "You have exceeded a secondary rate limit. Please wait a few minutes."), 200, {}),
            (_wrong("SOMETHING_NEW", "No more of it"), 200, {"spent": "600"}),
            ({"message": "You have exceeded a secondary rate limit."}, 200, {}),
            ({"message": "You have exceeded a secondary rate limit."}, 403, {"Retry-After": "240"}),
            ({"message": "You have triggered an abuse detection mechanism."}, 403, {}),
            ({"message": "API rate limit exceeded for user ID 4711."}, 403, {"spent": "300"}),
        )
    )


def session(server: GitHub, **more: str) -> Any:
    return github.open({"server": server.url, "repository": "lemonade/club", **more}, {"token": server.token})


def everything(server: GitHub, cursor: dict[str, str] | None = None) -> tuple[list[Any], dict[str, str]]:
    reached = dict(cursor or {})
    with closing(session(server)) as there:
        return contract.pulled(there, reached), reached


def reply(server: GitHub, parent: str, text: str) -> Answer:
    return Answer(key="k", text=text, thread=server.topic, parent=parent, at=clock.now())


def test_what_a_login_finds(server: GitHub) -> None:
    with closing(session(server)) as there:
        assert there.check().sentence == "@lemonade is connected to the discussions of lemonade/club."


@pytest.mark.parametrize(
    "told", ["https://github.com/lemonade/club", "https://github.com/lemonade/club.git", "lemonade/club/"]
)
def test_a_repository_may_be_given_by_its_address(server: GitHub, told: str) -> None:
    with closing(session(server, repository=told)) as there:
        assert "lemonade/club" in there.check().sentence


def test_a_repository_that_is_not_there_or_has_no_discussions_is_said(server: GitHub) -> None:
    for told in ("lemonade/none", "lemonade"):
        with (
            closing(session(server, repository=told)) as there,
            pytest.raises(AuthNeeded, match="can't see the repository"),
        ):
            there.check()
    server.enabled = False
    with closing(session(server)) as there, pytest.raises(Refused, match="Turn them on"):
        there.check()


def test_a_comment_says_where_it_stands(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    answer = server.say("bela", "It is.", asked)
    server.private = True
    (first, second), _ = everything(server)
    assert (first.remote_id, second.remote_id, second.parent) == (asked, answer, asked)
    assert (first.thread, first.post_title, first.post_text) == (
        server.topic,
        "Lemonade that fizzes",
        "Tell us how you like it!",
    )
    assert first.url.startswith("https://github.com/lemonade/club/discussions/1#discussioncomment-")
    assert (first.author.handle, first.author.name, first.public) == ("@anna", "Anna", False)


def test_what_a_member_begins_is_a_message_and_ours_is_a_post(server: GitHub) -> None:
    begun = server.begin("dora", "How long does it keep?", "Mine is from May.")
    rows, _ = everything(server)
    assert [(row.remote_id, row.text, row.post_text) for row in rows] == [(begun, "Mine is from May.", "")]


@pytest.mark.slow
def test_an_answer_goes_one_level_deep(server: GitHub, peer: Peer) -> None:
    top = server.say("anna", "Is it vegan?")
    below = server.say("bela", "I wonder too", top)
    begun = server.begin("dora", "How long does it keep?", "Mine is from May.")
    with closing(session(server)) as there:
        there.send(reply(server, below, "It is!"))
        there.send(Answer(key="k", text="Until Christmas.", thread=begun, parent=begun, at=clock.now()))
    assert peer.heard() == [("It is!", top), ("Until Christmas.", "")]


def test_discussions_that_stood_still_are_not_all_read_again(server: GitHub) -> None:
    for number in range(30):
        server.begin("anna", f"Question {number}", "Well?")
    _, cursor = everything(server)
    before = server.points
    _, cursor = everything(server, cursor)
    assert before - server.points <= 8  # the list, 31 discussions in four digests, three in turn
    assert cursor["turn"] == "2"


def test_a_reading_that_broke_off_goes_on_where_it_was(server: GitHub) -> None:
    for number in range(9):
        discussion = server.begin("anna", f"Question {number}", "Well?")
        server.discussions[discussion]["updatedAt"] = f"2026-01-01T00:00:0{number}Z"
    server.discussions[server.topic]["updatedAt"] = "2025-12-01T00:00:00Z"
    server.points = 206
    pages: list[Page] = []
    with closing(session(server)) as there, pytest.raises(TryLater, match="nearly used up") as caught:
        pages.extend(there.pull({}))
    cursor = {name: value for page in pages for name, value in page.cursor.items()}
    seen = [row.title for page in pages for row in page.items]
    assert caught.value.after is not None
    assert 1700 < caught.value.after <= 1801
    assert server.points >= 199  # the rest is for answers
    server.points = 5_000
    rows, _ = everything(server, cursor)
    assert set(seen) | {row.title for row in rows} == {f"Question {number}" for number in range(9)}
    assert seen


def test_an_edit_that_moves_nothing_is_seen_in_turn(server: GitHub, peer: Peer) -> None:
    asked = server.say("anna", "Before")
    for number in range(7):
        server.begin("anna", f"Question {number}", "Well?")
    _, cursor = everything(server)
    peer.change(asked, "After")
    texts = []
    for _ in range(3):
        rows, cursor = everything(server, cursor)
        texts += [row.text for row in rows]
    assert "After" in texts


def test_a_comment_that_leaves_an_empty_place_and_a_whole_discussion_are_gone(server: GitHub) -> None:
    top = server.say("anna", "Too soon")
    kept = server.say("bela", "What was it?", top)
    begun = server.begin("dora", "How long does it keep?", "Mine is from May.")
    _, cursor = everything(server)
    server.remove(top)
    del server.discussions[begun]
    rows, _ = everything(server, cursor)
    assert {row.remote_id: row.gone for row in rows} == {top: True, kept: False, begun: True}


def test_a_deleted_account_is_a_ghost(server: GitHub) -> None:
    number = server.say("anna", "Farewell")
    server.comments[number]["author"] = None
    assert everything(server)[0][0].author.handle == "@ghost"
    other = server.say("bela", "And from me")
    server.comments[other]["author"] = None
    first, second = everything(server)[0]
    assert first.author.key != second.author.key


@pytest.mark.slow
def test_hidden_comments_come_in_as_such(server: GitHub) -> None:
    rude, spam = server.say("anna", "You fools"), server.say("bela", "Buy oranges")
    with closing(session(server)) as there:
        there.moderate("hide", Target(rude))
        there.moderate("spam", Target(spam))
    assert {row.remote_id: row.upstream for row in everything(server)[0]} == {rude: "hidden", spam: "spam"}


def test_an_opening_post_is_deleted_but_not_hidden(server: GitHub) -> None:
    begun = server.begin("dora", "Buy oranges", "Cheap!")
    with closing(session(server)) as there:
        with pytest.raises(Refused, match="can't hide opening posts"):
            there.moderate("hide", Target(begun))
        there.moderate("delete", Target(begun))
        there.moderate("delete", Target(begun))
        with pytest.raises(Refused, match="no longer on GitHub"):
            there.moderate("hide", Target(begun))
    assert begun not in server.discussions


def test_who_may_not_moderate_hears_so(server: GitHub) -> None:
    number = server.say("anna", "Fine words")
    server.may_moderate = False
    with closing(session(server)) as there, pytest.raises(Refused, match="Read and write"):
        there.moderate("hide", Target(number))


@pytest.mark.parametrize(
    ("kind", "said", "raised"),
    [
        ("FORBIDDEN", "Resource not accessible by personal access token", Refused),
        ("INSUFFICIENT_SCOPES", "Your token has not been granted the required scopes", AuthNeeded),
        ("UNPROCESSABLE", "Discussion is locked", Refused),
        ("", "Something went wrong while executing your query.", UnknownOutcome),
        ("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.", UnknownOutcome),
    ],
)
def test_refusals_are_said_plainly(server: GitHub, kind: str, said: str, raised: type[Exception]) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.refused = (kind, said)
    with closing(session(server)) as there, pytest.raises(raised):
        there.send(reply(server, asked, "It is!"))


def test_a_comment_too_long_is_refused(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there, pytest.raises(Refused, match="too long"):
        there.send(reply(server, asked, "x" * 65_537))


def test_limits_are_obeyed(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.secondary = True
    with closing(session(server)) as there, pytest.raises(TryLater, match="has asked Rapport to wait") as caught:
        there.send(reply(server, asked, "It is!"))
    assert caught.value.after == 60
    server.secondary, server.points = False, 0
    pace.forget()
    with closing(session(server)) as there, pytest.raises(TryLater, match="limit for this hour") as caught:
        there.send(reply(server, asked, "It is!"))
    assert caught.value.after is not None
    assert 1700 < caught.value.after <= 1801


@pytest.mark.parametrize(("kind", "said"), [("FORBIDDEN", "Not for you"), ("RATE_LIMIT", "API rate limit exceeded")])
def test_an_error_beside_what_was_taken_does_not_have_it_sent_again(
    server: GitHub, peer: Peer, kind: str, said: str
) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.beside = (kind, said)
    with closing(session(server)) as there:
        assert there.send(reply(server, asked, "It is!")).remote_id in server.comments
    assert peer.heard() == [("It is!", asked)]


def test_after_a_limit_github_is_left_alone(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.points = 1  # for the question what is answered
    with closing(session(server)) as there:
        with pytest.raises(TryLater):
            there.send(reply(server, asked, "It is!"))
        calls = len(server.calls)
        server.points = 5_000
        for again in (lambda: there.send(reply(server, asked, "It is!")), lambda: list(there.pull({}))):
            with pytest.raises(TryLater, match="limit for this hour") as caught:
                again()
            assert 1700 < (caught.value.after or 0) <= 1801
        assert len(server.calls) == calls


@pytest.mark.slow
def test_between_two_answers_a_second_passes(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        there.send(reply(server, asked, "It is!"))
        begun = time.monotonic()
        there.send(reply(server, asked, "It surely is!"))
    assert time.monotonic() - begun > 0.8


@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER, BROKEN])
def test_what_may_have_arrived_is_looked_up(server: GitHub, mood: str) -> None:
    asked = server.say("anna", "Is it vegan?")
    for number in range(120):
        server.say("bela", f"Chatter {number}", asked)
    wanted = reply(server, asked, "It is <really> vegan!")
    server.moods.append(mood)
    with closing(session(server)) as there:
        with pytest.raises(UnknownOutcome):
            there.send(wanted)
        for number in range(120):
            server.say("cyril", f"Chatter {number}", asked)
        assert (there.find_sent(wanted) is not None) == (mood != CLOSE_BEFORE)


@pytest.mark.slow
def test_a_reply_to_a_comment_that_is_gone_does_not_become_a_comment_of_its_own(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    below = server.say("bela", "And gluten-free?", asked)
    wanted = reply(server, below, "It is!")
    with closing(session(server)) as there:
        there.send(wanted)
        server.remove(below)
        with pytest.raises(Refused, match="no longer there"):
            there.send(wanted)
        with pytest.raises(UnknownOutcome, match="no longer there"):  # its thread can't be found any more
            there.find_sent(wanted)
        aside = server.say("lemonade", "It is!")
        assert there.find_sent(wanted).remote_id == aside
        assert there.send(reply(server, server.topic, "To all")).remote_id in server.comments
    assert [one["to"] for one in server.comments.values() if one["body"] == "It is!"] == [asked, None]


def test_a_server_whose_clock_is_off_is_looked_up_by_its_own(server: GitHub) -> None:
    server.skew = -5 * 86_400
    wanted = reply(server, server.say("anna", "Is it vegan?"), "It is vegan!")
    with closing(session(server)) as there:
        there.send(wanted)
        assert there.find_sent(wanted) is not None


def test_what_looks_like_markup_stays_to_be_read(server: GitHub, peer: Peer) -> None:
    asked = server.say("anna", "How?")
    with closing(session(server)) as there:
        there.send(reply(server, asked, "Put your <name> on it, 1 < 2"))
    assert peer.heard()[-1][0] == "Put your \\<name> on it, 1 < 2"
    assert everything(server)[0][-1].text == "Put your <name> on it, 1 < 2"


def test_rows_that_are_none_do_not_stop_the_others(server: GitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say("anna", "Is it vegan?")
    plain = server.serve

    def broken(call: Call) -> Reply:
        found = plain(call)
        node = (found.body.get("data") or {}).get("node") or {}
        if "comments" in node:
            node["comments"]["nodes"] += [None, 7, {"id": "x"}, {"id": "y", "createdAt": "soon", "body": "?"}]
        return found

    monkeypatch.setattr(server, "serve", broken)
    assert [row.text for row in everything(server)[0]] == ["Is it vegan?"]
