"""What we do on GitHub's discussions: rights, answers marked, locks, discussions of our own, own words changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Change, Reaction, Target
from app.base.message import Reply as Answer
from app.channels import github
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.http import pace
from tests.app.channels.codehost import checked, pages, raised, reply, rows, session
from tests.servers.github import GitHub
from tests.servers.played import Reply

ADDRESS = (
    "Although you appear to have the correct authorization credentials, the `lemonade` organization has an IP allow "
    "list enabled, and your IP address is not permitted to access this resource."
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    yield from raised(monkeypatch)


# --- what a login may


def test_a_login_says_what_it_is_and_may(server: GitHub) -> None:
    server.token_ends = "2026-12-24 10:00:00 UTC"
    with closing(session(server)) as there:
        found = there.check()
    assert found.sentence.endswith("The token ends on 2026-12-24.")
    assert found.own == ("U_kglemonade",)
    assert found.facts["may"] == "hide show spam delete solve unsolve lock unlock"
    assert json.loads(found.facts["venues"]) == [["DIC_general", "General"], ["DIC_q-a", "Q-a"]]


def test_a_reader_is_told_what_it_takes_and_is_offered_only_the_answer_to_their_own_question(server: GitHub) -> None:
    server.permission = "READ"
    with closing(session(server)) as there:
        found = there.check()
    assert "takes the role Triage" in found.sentence
    assert found.facts["may"] == "solve unsolve"


def test_an_archived_repository_is_said_and_has_no_venue(server: GitHub) -> None:
    server.archived = True
    with closing(session(server)) as there:
        found = there.check()
    assert "is archived" in found.sentence
    assert "venues" not in found.facts


@pytest.mark.parametrize(
    ("status", "said", "headers", "kind", "told"),
    [
        (403, "Resource protected by organization SAML enforcement.", {"x-github-sso": "required"}, AuthNeeded, "SSO"),
        (403, ADDRESS, {}, Refused, "VPN"),
        (403, "Sorry. Your account was suspended.", {}, AuthNeeded, "has suspended this account"),
        (403, "Resource not accessible by personal access token", {}, AuthNeeded, "Read and write"),
        (200, "", {"Content-Type": "text/html"}, TryLater, "isn't answering"),
    ],
)  # fmt: skip
def test_each_door_that_is_shut_says_what_opens_it(
    server: GitHub, monkeypatch: pytest.MonkeyPatch, status: int, said: str, headers: Any, kind: Any, told: str
) -> None:
    body = {"message": said} if said else b"<html><title>Sign in to the network</title>"
    monkeypatch.setattr(server, "serve", lambda _call: Reply(body, status, headers))
    with closing(session(server)) as there, pytest.raises(kind, match=told):
        there.check()


# --- moderation


def test_the_answer_is_marked_once_moved_and_taken_back(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    first, second = server.say("bela", "I think so", asked), server.say("cyril", "It is: no honey", asked)
    about = server.discussions[server.topic]
    with closing(session(server)) as there:
        for number in (first, first, second):
            there.moderate("solve", Target(number, server.topic))
            assert about["answer"] == number
        there.moderate("unsolve", Target(first, server.topic))
        assert about["answer"] == second
        for _ in range(2):
            there.moderate("unsolve", Target(second, server.topic))
            assert about["answer"] is None


def test_ours_can_be_the_answer(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        made = there.send(reply(server, asked, "It is!"))
        there.moderate("solve", Target(made.remote_id, server.topic))
    assert [row.solution for row in rows(pages(server, {}))] == [False, True]


def test_where_nothing_is_an_answer_that_is_said(server: GitHub) -> None:
    begun = server.begin("anna", "Hello", "I am new")
    server.discussions[begun]["category"] = server.categories["general"]
    number = server.put("bela", "Welcome", begun)["id"]
    with closing(session(server)) as there:
        with pytest.raises(Refused, match="category for questions"):
            there.moderate("solve", Target(number, begun))
        with pytest.raises(Refused, match="can't be its answer"):
            there.moderate("solve", Target(begun, begun))


def test_a_discussion_is_locked_and_unlocked_even_if_the_comment_is_gone(server: GitHub) -> None:
    asked = server.say("anna", "You fools")
    about = server.discussions[server.topic]
    with closing(session(server)) as there:
        for _ in range(2):
            there.moderate("lock", Target(asked, server.topic))
            assert about["locked"]
        assert [row.locked for row in rows(pages(server, {}))] == [True]
        server.remove(asked)
        for _ in range(2):
            there.moderate("unlock", Target(asked, server.topic))
            assert not about["locked"]
        there.moderate("lock", Target(server.begin("bela", "Spam", "Buy!"), ""))


# --- discussions of our own


def news(**more: Any) -> Answer:
    made = Answer("k", "Mint is <here>!", "", "", title="Mint", at=clock.now(), venue="DIC_general")
    return made._replace(**more)


def test_a_discussion_of_ours_is_begun_once_in_its_category(server: GitHub) -> None:
    with closing(checked(server)) as there:
        assert there.find_sent(news()) is None
        made = there.send(news())
        assert there.send(news(tried=1)).remote_id == made.remote_id
        assert there.find_sent(news()) == made
        assert there.find_sent(news(text="Other words")) is None
        assert there.find_sent(news(at=clock.now() + 3_600)) is None
    about = server.discussions[made.remote_id]
    assert (about["title"], about["body"], about["category"]["slug"]) == ("Mint", "Mint is \\<here>!", "general")
    assert made.thread == made.remote_id
    number = server.put("anna", "Congratulations!", made.thread)["id"]
    assert {row.thread for row in rows(pages(server, {})) if row.remote_id == number} == {made.thread}


def test_a_category_that_is_gone_is_said(server: GitHub) -> None:
    with closing(session(server)) as there, pytest.raises(Refused, match="found nothing there"):
        there.send(news(venue="DIC_gone"))


# --- our own words


def test_our_words_are_corrected_and_withdrawn(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(checked(server)) as there:
        made = there.send(reply(server, asked, "It <is>!")).remote_id
        change = Change("k", made, "It <surely> is!", "It <is>!")
        assert there.reads(change) == "It <is>!"
        for _ in range(2):
            there.correct(change)
            assert there.reads(change) == "It <surely> is!"
        assert server.comments[made]["body"] == "It \\<surely> is!"
        for _ in range(2):
            there.withdraw(change)
            assert there.reads(change) is None
        with pytest.raises(Refused, match="no longer on GitHub"):
            there.correct(change)
        begun = there.send(news()).remote_id
        there.correct(Change("k", begun, "Plum is here"))
        assert server.discussions[begun]["body"] == "Plum is here"
        there.withdraw(Change("k", begun))
    assert begun not in server.discussions


def test_an_upvote_is_given_and_taken_back(server: GitHub) -> None:
    asked = server.say("anna", "Is it vegan?")
    vote = Reaction("k", asked, "⬆️")
    with closing(session(server)) as there:
        for act, there_is in ((there.react, True), (there.unreact, False)):
            for _ in range(2):
                act(vote)
                assert there.reacted(vote) == there_is
    server.reactions[asked] = ["upvote"]
    told = {(one.what, one.is_there) for page in pages(server, {}) for one in page.reacted if one.remote_id == asked}
    assert ("⬆️", True) in told


# --- limits


def test_the_pace_of_writing_is_shared_by_all_accounts_of_the_site(
    server: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    pace.forget()
    asked = server.say("anna", "Is it vegan?")
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for number in range(3):
        with closing(
            github.open({"server": server.url, "repository": "lemonade/club"}, {"token": server.token})
        ) as one:
            one.send(reply(server, asked, f"Answer {number}"))
    assert len(slept) == 2
    assert all(0.5 < each <= 2.0 for each in slept)


def test_a_limit_of_one_account_holds_the_others_of_the_site(server: GitHub) -> None:
    server.secondary = True
    with closing(session(server)) as there, pytest.raises(TryLater) as caught:
        there.check()
    assert caught.value.limited
    server.secondary, calls = False, len(server.calls)
    with closing(session(server)) as other, pytest.raises(TryLater) as caught:
        other.check()
    assert (caught.value.limited, len(server.calls)) == (True, calls)


def test_more_writes_than_github_takes_in_a_minute_are_not_even_tried(
    server: GitHub,
) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        for number in range(80):
            there.send(reply(server, asked, f"Answer {number}"))
        with pytest.raises(TryLater) as caught:
            there.send(reply(server, asked, "One more"))
    assert caught.value.limited
    assert sum(one["viewerDidAuthor"] for one in server.comments.values()) == 80
