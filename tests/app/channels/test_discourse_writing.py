"""What we write on a forum: topics of our own, own posts changed; and what is said where that is impossible."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Change, Target
from app.base.message import Reply as Answer
from app.channels.base import DELETE, SPAM, AuthNeeded, Refused, TryLater, UnknownOutcome
from tests.app.channels.forum import checked, everything, raised, reply, session
from tests.servers.discourse import Forum
from tests.servers.played import BROKEN, CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Call, Reply


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from raised(monkeypatch)


def news(text: str = "We have a new one: mint!", **more: Any) -> Answer:
    return Answer(key="k", text=text, thread="", parent="", title="Mint is here", venue="4", at=clock.now(), **more)


# --- posts of our own


def test_the_venues_are_the_categories_in_which_one_may_begin(server: Forum) -> None:
    with closing(session(server)) as there:
        venues = json.loads(there.check().facts["venues"])
    assert venues == [["1", "Uncategorized"], ["4", "Recipes"], ["5", "Recipes > With mint"]]


def test_a_topic_of_ours_is_begun_in_its_category_and_comes_in_as_ours(server: Forum) -> None:
    server.say("anna", "Hello")
    with closing(session(server)) as there:
        made = there.send(news())
        found = there.find_sent(news())
    assert (found.remote_id, found.thread) == (made.remote_id, made.thread)
    assert (server.topics[int(made.thread)]["category_id"], made.url[-2:]) == (4, "/1")
    (ours,) = [row for row in everything(server)[0] if row.remote_id == made.remote_id]
    assert (ours.out, ours.thread, ours.post_title, ours.public) == (True, made.thread, "Mint is here", True)


@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER, BROKEN])
def test_a_topic_that_may_be_there_is_looked_up(server: Forum, mood: str) -> None:
    server.say("anna", "Hello")
    server.moods.append(mood)
    with closing(session(server)) as there:
        with pytest.raises(UnknownOutcome):
            there.send(news())
        assert (there.find_sent(news()) is not None) == (mood != CLOSE_BEFORE)


def test_a_topic_that_waits_for_approval_was_taken(server: Forum) -> None:
    server.queueing = True
    with closing(session(server)) as there:
        assert there.send(news()).remote_id == ""
        assert there.find_sent(news()) is not None
        assert there.find_sent(news("Other words")) is None


def test_what_belongs_in_no_topic_is_refused_and_not_sent_to_one_person(server: Forum) -> None:
    anna, before = Author("anna", "@anna", "Anna"), dict(server.topics)
    with closing(session(server)) as there, pytest.raises(Refused, match="which topic on"):
        there.send(news()._replace(venue="", to=anna))
    assert server.topics == before


def test_an_older_topic_with_the_same_words_is_no_proof(server: Forum) -> None:
    with closing(session(server)) as there:
        there.send(news())
        assert there.find_sent(news()._replace(at=clock.now() + 3_600)) is None


def test_where_one_may_not_begin_is_said(server: Forum) -> None:
    with closing(session(server)) as there, pytest.raises(Refused, match="doesn't let this login write there"):
        there.send(news()._replace(venue="6"))


def test_the_same_topic_in_another_category_is_another_topic(server: Forum) -> None:
    with closing(session(server)) as there:
        there.send(news())
        assert there.find_sent(news()._replace(venue="1")) is None
        server.queueing = True
        there.send(news("Only here"))
        assert there.find_sent(news("Only here")) is not None
        assert there.find_sent(news("Only here")._replace(venue="1")) is None
        assert there.find_sent(news("Only here")._replace(title="Cherry is here")) is None


def test_a_topic_of_ours_is_found_among_more_than_a_page_of_newer_ones(server: Forum) -> None:
    with closing(session(server)) as there:
        made = there.send(news())
        for number in range(70):
            server.begin(f"News {number}", "lemonade", f"Number {number}")
        assert there.find_sent(news()).remote_id == made.remote_id
        for number in range(300):
            server.begin(f"More news {number}", "lemonade", f"And {number}")
        with pytest.raises(UnknownOutcome, match="can't tell"):
            there.find_sent(news())


def test_among_too_many_topics_of_that_title_nobody_can_tell(server: Forum) -> None:
    with closing(session(server)) as there:
        there.send(news())
        for number in range(6):
            server.begin(news().title, "lemonade", f"Number {number}", category_id=4)
        with pytest.raises(UnknownOutcome, match="can't tell"):
            there.find_sent(news())


@pytest.mark.parametrize("staff", [False, True])
def test_a_reply_to_a_post_that_is_gone_does_not_go_to_the_topic_at_large(server: Forum, *, staff: bool) -> None:
    server.staff = staff
    asked = server.say("anna", "Is it vegan?")
    server.posts[int(asked)]["deleted_at"] = server.posts[int(asked)]["created_at"]
    with closing(session(server)) as there:
        with pytest.raises(Refused, match="no longer there"):
            there.send(reply(server, asked, "It is!"))
        assert there.find_sent(reply(server, asked, "It is!")) is None
    assert "It is!" not in [post["raw"] for post in server.posts.values()]


# --- what is there, and not shown to us


@pytest.mark.parametrize("verb", [DELETE, SPAM])
def test_what_is_only_not_shown_to_us_is_not_called_done(server: Forum, verb: str) -> None:
    asked = server.say("anna", "Buy pills")
    with closing(session(server)) as there:
        made = there.send(reply(server, asked, "No, thank you"))
        change = Change("k", made.remote_id, "No", "No, thank you")
        server.closed_topics = (server.topic,)
        acts = (there.withdraw, there.reads, there.correct)
        for act in (*(partial(one, change) for one in acts), partial(there.moderate, verb, Target(asked))):
            with pytest.raises(Refused, match="doesn't show this login that post"):
                act()
        assert not server.posts[int(asked)]["deleted_at"]
        server.closed_topics = ()
        del server.posts[int(made.remote_id)], server.posts[int(asked)]
        there.withdraw(change)
        assert there.reads(change) is None
        there.moderate(verb, Target(asked))


# --- our own posts changed


def test_words_that_somebody_else_edited_meanwhile_are_not_written_over(server: Forum, monkeypatch: Any) -> None:
    post = server.say("lemonade", "Limonade is here")
    plain = server.edit

    def meanwhile(found: dict[str, Any], change: dict[str, Any]) -> Reply:
        found["raw"] = "Lemonade is here (edited by a moderator)"
        return plain(found, change)

    monkeypatch.setattr(server, "edit", meanwhile)
    with closing(session(server)) as there, pytest.raises(Refused, match="Somebody else has edited"):
        there.correct(Change("k", post, "Lemonade is here", "Limonade is here"))


def test_what_is_too_late_to_change_is_said_in_the_forum_s_words(server: Forum) -> None:
    server.staff, server.too_late = False, True
    post = server.say("lemonade", "Limonade is here")
    with closing(session(server)) as there, pytest.raises(Refused, match="no longer edit"):
        there.correct(Change("k", post, "Lemonade is here", "Limonade is here"))


def test_a_member_s_withdrawn_post_leaves_other_words_and_is_gone_for_us(server: Forum) -> None:
    server.staff = False
    post = server.say("lemonade", "Limonade is here")
    with closing(session(server)) as there:
        for _ in range(2):
            there.withdraw(Change("k", post))
        assert there.reads(Change("k", post)) is None
    (row,) = [row for row in everything(server)[0] if row.remote_id == post]
    assert row.gone


def test_a_topic_of_ours_is_withdrawn_as_a_whole(server: Forum) -> None:
    with closing(session(server)) as there:
        made = there.send(news())
        there.withdraw(Change("k", made.remote_id))
        assert there.reads(Change("k", made.remote_id)) is None
    assert server.topics[int(made.thread)]["deleted_at"]


# --- who wrote it, and what it answers


def test_people_whose_accounts_are_deleted_are_not_one_person(server: Forum) -> None:
    first, second = server.say("anna", "One"), server.say("bela", "Two")
    server.leave("anna")
    server.leave("bela")
    rows = {row.remote_id: row.author for row in everything(server)[0]}
    assert rows[first].name == rows[second].name == "deleted user"
    assert rows[first].key != rows[second].key


def test_an_answer_to_last_week_s_post_knows_what_it_answers(server: Forum) -> None:
    asked = server.say("anna", "Is it vegan?")
    _, cursor = everything(server)
    for number in range(80):
        server.say("dora", f"Chatter {number}")
    _, cursor = everything(server, cursor)
    del cursor["recent"]  # it was read long ago
    answer = server.say("bela", "It is.", asked)
    rows, _ = everything(server, cursor)
    assert next(row.parent for row in rows if row.remote_id == answer) == asked


# --- what is wrong is said


def test_a_forum_that_has_moved_is_said(server: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Forum()
    there = other.url.replace("127.0.0.1", "localhost")
    monkeypatch.setattr(server, "serve", lambda call: Reply(b"", 301, {"Location": there + call.path}))
    with closing(session(server)) as old, pytest.raises(Refused, match=f"has moved to {there}"):
        old.check()
    other.stop()


def test_a_suspended_login_is_not_called_a_wrong_key(server: Forum) -> None:
    server.suspended = True
    with closing(session(server)) as there, pytest.raises(AuthNeeded, match="is suspended there, or it lacks"):
        there.check()


def test_a_key_without_the_review_queue_says_so(server: Forum) -> None:
    server.closed_routes = ("/review",)
    with closing(checked(server)) as there:
        assert "can't show what waits there" in there.check().sentence
        troubles = [page.trouble for page in there.pull({}) if page.trouble]
    assert troubles
    assert "review queue" in troubles[0]


def test_a_silenced_login_is_told_why_it_cannot_write(server: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = server.say("anna", "Is it vegan?")
    monkeypatch.setattr(server, "create", lambda _call: server.forbidden())
    with closing(session(server)) as there, pytest.raises(Refused, match="may have been silenced"):
        there.send(reply(server, asked, "It is!"))


def test_a_login_page_in_between_is_tried_later(server: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Reply(b"<html><title>Sign in</title>", 200, {"Content-Type": "text/html"})
    plain = server.serve

    def proxied(call: Call) -> Reply:
        return page if call.path == "/posts.json" else plain(call)

    monkeypatch.setattr(server, "serve", proxied)
    with closing(session(server)) as there, pytest.raises(TryLater, match="unexpected response"):
        list(there.pull({}))
