"""Slack as a workspace really is: scopes that are missing, old threads, edits, direct messages, posts of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.base import clock
from app.base.message import Change, Reaction, Reply, Target
from app.base.paths import Profile
from app.channels.base import AuthNeeded, Found, Refused, TryLater, UnknownOutcome
from app.channels.slack.session import SlackSession
from app.workbench import Workbench
from tests.app.channels.contract import Contract
from tests.app.channels.workspace import House, workspace
from tests.servers import played
from tests.servers.slack import GENERAL, LEFT, Slack

DAY = 86_400


@pytest.fixture
def server() -> Iterator[Slack]:
    with workspace() as made:
        yield made


def opened(server: Slack, **more: str) -> SlackSession:
    fields = {"server": server.url, "me": server.me, "url": "https://lemonade.slack.example/", **more}
    return SlackSession(fields, {"token": server.token})


def checked(server: Slack, **more: str) -> Found:
    with closing(opened(server, **more)) as session:
        return session.check()


# --- old threads and edits


@pytest.fixture
def old(server: Slack) -> str:
    """A thread that we wrote in, and 250 messages after it."""
    root = server.add("U1", "Is it sweet?", ts=server.ts(clock.now() - 9 * DAY))["ts"]
    server.add(server.me, "Very.", root, ts=server.ts(clock.now() - 9 * DAY + 60))
    for number in range(250):
        server.add("U1", f"Number {number}", ts=server.ts(clock.now() - 8 * DAY + number))
    return str(root)


def test_an_answer_below_the_latest_messages_is_seen_where_we_spoke(server: Slack, old: str) -> None:
    house = House(server)
    house.round()
    assert {"Is it sweet?", "Very."} <= house.texts
    answer = server.add("U1", "And on Sundays?", old)
    house.round()
    found = house.found[f"{GENERAL}/{answer['ts']}"]
    assert (found.text, found.thread) == ("And on Sundays?", f"{GENERAL}/{old}")
    server.remove(answer["ts"])
    house.round()
    assert house.gone == [f"{GENERAL}/{answer['ts']}"]


def test_an_old_question_that_we_have_just_answered_is_looked_at_from_then_on(server: Slack) -> None:
    root = server.add("U1", "Long waited for", ts=server.ts(clock.now() - 9 * DAY))["ts"]
    for number in range(250):
        server.add("U1", f"Number {number}", ts=server.ts(clock.now() - 8 * DAY + number))
    house = House(server)
    house.round()
    with closing(opened(server)) as session:
        session.send(Reply("k-old", "Here it is", f"{GENERAL}/{root}", f"{GENERAL}/{root}", at=clock.now()))
    house.round()
    server.add("U1", "At last!", root)
    house.round()
    assert "At last!" in house.texts


@pytest.mark.slow
def test_many_old_threads_are_asked_for_in_turn(server: Slack) -> None:
    roots = [server.add("U1", f"Root {n}", ts=server.ts(clock.now() - 9 * DAY + n))["ts"] for n in range(70)]
    for root in roots:
        server.add(server.me, "Yes.", root, ts=server.ts(clock.now() - 9 * DAY + 900))
    for number in range(150):
        server.add("U1", f"Number {number}", ts=server.ts(clock.now() - 8 * DAY + number))
    house = House(server)
    for _ in range(3):  # they are seen while they are among the latest
        house.round()
    for number in range(250):
        server.add("U1", f"Later {number}")
    house.round()
    for root in roots:
        server.add("U1", f"After all, {root}", root)
    for _ in range(3):
        house.round()
    assert {f"After all, {root}" for root in roots} <= house.texts


def test_an_edit_in_a_thread_is_seen(server: Slack) -> None:
    root = server.add("U1", "Is it sweet?")["ts"]
    answer = server.add("U1", "Vrey.", root)["ts"]
    house = House(server)
    house.round()
    server.edit(answer, "Very.")
    house.round()
    assert house.found[f"{GENERAL}/{answer}"].text == "Very."


def test_what_a_free_plan_hides_is_not_taken_away(server: Slack) -> None:
    for number in range(4):
        server.add("U1", f"Number {number}", ts=server.ts(clock.now() - (9 - number) * DAY))
    house = House(server)
    house.round()
    server.hides_before = clock.now() - 7.5 * DAY
    house.round()
    server.hides_before = clock.now() + 1.0
    house.round()
    assert (len(house.texts), house.gone) == (4, [])


def test_an_empty_answer_takes_nothing_away_unless_it_is_true(server: Slack) -> None:
    only = server.add("U1", "All alone")["ts"]
    house = House(server)
    house.round()
    server.errors["conversations.history"] = played.Reply({"ok": True, "messages": [], "has_more": False})
    house.round()
    assert house.gone == []
    server.remove(only)
    house.round()
    assert house.gone == [f"{GENERAL}/{only}"]


# --- scopes


@pytest.fixture
def private(server: Slack) -> None:
    del server.channels[LEFT]
    channel = server.open_channel("C50", "kitchen", is_private=True)
    server.add("U1", "In the kitchen", channel=channel)
    server.add("U1", "In the open")


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("scope", ["groups:history", "groups:read"])
def test_a_scope_that_private_channels_lack_is_named_and_the_others_are_read(server: Slack, scope: str) -> None:
    server.scopes.discard(scope)
    told = checked(server).sentence
    assert f"Private channels aren't read: the app lacks “{scope}”." in told
    assert "install the app again" in told
    house = House(server)
    house.round()
    assert house.texts == {"In the open"}
    assert f"Private channels aren't read: the app lacks “{scope}”." in house.trouble
    server.scopes.add(scope)
    house = House(server)
    house.round()
    assert (house.texts, house.trouble) == ({"In the open", "In the kitchen"}, "")


@pytest.mark.usefixtures("private")
def test_what_is_not_wanted_is_not_missed(server: Slack) -> None:
    server.scopes.discard("groups:read")
    house = House(server)
    house.round(channels="general")
    assert (house.texts, house.trouble) == ({"In the open"}, "")


@pytest.mark.usefixtures("private")
def test_a_token_that_may_read_nothing_says_what_it_lacks(server: Slack) -> None:
    server.scopes = {"chat:write"}
    with pytest.raises(Refused, match="channels:read"):
        checked(server)
    with pytest.raises(Refused, match="channels:read"):
        House(server).round()


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("chat:write", "Nothing can be sent: the app lacks “chat:write”."),
        ("users:read", "People's names can't be read"),
        ("reactions:write", "“reactions:write”"),
        ("im:history", "Direct messages aren't read: the app lacks “im:history”."),
    ],
)
def test_each_scope_is_asked_for_before_it_is_missed(server: Slack, scope: str, words: str) -> None:
    server.open_channel("D1", is_im=True, user="U1")
    assert words not in checked(server).sentence
    server.scopes.discard(scope)
    assert words in checked(server).sentence


def test_direct_messages_that_were_never_granted_are_no_trouble(server: Slack) -> None:
    server.scopes -= {"im:read", "im:history", "mpim:read", "mpim:history"}
    house = House(server)
    house.round()
    assert house.trouble == ""
    assert "Direct messages aren't read: the app lacks “im:read”." in checked(server).sentence


def test_a_bots_token_is_told_from_ours(server: Slack) -> None:
    server.errors["auth.test"] = played.Reply(
        {"ok": True, "url": "https://x.example/", "team": "L", "user": "b", "user_id": "U9", "bot_id": "B9"}
    )
    with pytest.raises(Refused, match="xoxp-"):
        checked(server)


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (played.Reply(b"<html><title>Sign in</title>", 200, {"Content-Type": "text/html"}), TryLater),
        ("account_inactive", AuthNeeded),
        ("team_access_not_granted", AuthNeeded),
    ],
)
def test_a_login_page_and_a_barred_account_are_one_sentence(
    server: Slack, answer: str | played.Reply, raised: type[Exception]
) -> None:
    server.errors["auth.test"] = answer
    with pytest.raises(raised) as caught:
        checked(server)
    assert str(caught.value).endswith(".")


def test_a_channel_that_refuses_is_named_and_the_others_go_on(server: Slack) -> None:
    server.open_channel("C50", "kitchen")
    server.add("U1", "In the open")
    plain = server._conversations_history
    server._conversations_history = (  # type: ignore[method-assign]
        lambda asked: "something_new" if asked["channel"] == "C50" else plain(asked)
    )
    house = House(server)
    house.round()
    assert house.texts == {"In the open"}
    assert house.trouble == "“#kitchen” can't be read: Slack refused the request: something_new."


def test_a_renamed_channel_goes_on_and_an_archived_one_is_left(server: Slack) -> None:
    house = House(server)
    server.add("U1", f"Before <#{GENERAL}|> <#C99|>")
    house.round()
    assert house.texts == {"Before #general #C99"}
    server.channels[GENERAL]["name"] = "plaza"
    server.add("U1", "After")
    house.round()
    assert [row.post_title for row in house.found.values()] == ["#general", "#plaza"]
    server.channels[GENERAL]["is_archived"] = True
    house.round()
    assert (house.trouble, house.gone) == ("", [])


# --- sent once


@pytest.mark.slow
@pytest.mark.parametrize("mood", [played.CLOSE_AFTER, played.CLOSE_BEFORE])
def test_the_same_words_said_before_are_never_taken_for_a_reply(server: Slack, mood: str) -> None:
    root = f"{GENERAL}/{server.add('U1', 'Here you are')['ts']}"
    with closing(opened(server)) as session:
        first = session.send(Reply("k1", "Thank you!", root, root, at=clock.now()))
        server.moods = [mood]
        again = Reply("k2", "Thank you!", root, root, at=clock.now())
        with pytest.raises(UnknownOutcome):
            session.send(again)
        found = session.find_sent(again)
        assert (found is None) == (mood == played.CLOSE_BEFORE)
        assert found is None or found.remote_id != first.remote_id


def test_the_same_words_said_in_slack_itself_leave_it_open(server: Slack) -> None:
    root = server.add("U1", "Here you are")["ts"]
    reply = Reply("k1", "Thank you!", f"{GENERAL}/{root}", f"{GENERAL}/{root}", at=clock.now())
    with closing(opened(server)) as session:
        server.add(server.me, "Thank you!", root, ts=server.ts(clock.now() - DAY))
        assert session.find_sent(reply) is None, "yesterday's are not these"
        server.add(server.me, "Thank you!", root)
        with pytest.raises(UnknownOutcome, match="same words"):
            session.find_sent(reply)


# --- direct messages


def test_what_is_said_to_us_alone_is_one_conversation_and_is_answered_there(server: Slack) -> None:
    alone = server.open_channel("D1", is_im=True, user="U1")
    group = server.open_channel("G1", "mpdm-anna--bela--jana-1", is_mpim=True, is_private=True)
    server.open_channel("D2", is_im=True, user=server.me)
    server.open_channel("D3", is_im=True, user="USLACKBOT")
    server.add("USLACKBOT", "A reminder", channel="D3")
    server.add(server.me, "A note to myself", channel="D2")
    first = server.add("U1", "Just between us", channel=alone)
    server.add("U1", "And here", first["ts"], channel=alone)
    server.add("U1", "To you both", channel=group)
    house = House(server)
    house.round()
    found = {row.text: row for row in house.found.values()}
    assert set(found) == {"Just between us", "And here", "To you both"}
    assert {row.thread for row in found.values()} == {alone, group}
    assert not any(row.public for row in found.values())
    assert found["To you both"].post_title == "anna, bela, jana"
    reply = Reply("k1", "I see", alone, found["Just between us"].remote_id, public=False, at=clock.now())
    with closing(opened(server)) as session:
        sent = session.send(reply)
        again = session.find_sent(reply)
        assert again is not None
        assert again.remote_id == sent.remote_id
    said = server.in_channel(alone)[-1]
    assert (said["text"], "thread_ts" in said) == ("I see", False)
    assert [row["text"] for row in server.in_channel(GENERAL)] == []


@pytest.mark.slow
def test_a_direct_message_goes_through_the_house_and_stays_between_the_two(server: Slack, profile: Profile) -> None:
    alone = server.open_channel("D1", is_im=True, user="U1")
    server.add("U1", "Just between us", channel=alone)
    with closing(Workbench(profile)) as bench:
        fields, secrets = {"server": server.url}, {"token": server.token}
        found = bench.accounts.try_out("slack", fields, dict(secrets))
        account, _ = bench.accounts.add("slack", "There", fields, dict(secrets), found)
        assert bench.sync.pull("There").new == 1
        assert not bench.store.read.execute("SELECT public FROM conversation").fetchone()[0]
        for text in ("I see", "And more"):
            Contract.answer(bench, Contract.conversation(bench, "Just between us"), text)
            assert bench.sync.send(account.id).sent == 1
        server.add("U1", "Thanks", channel=alone)
        assert bench.sync.pull("There").new == 1
        assert bench.store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 1
    assert [row["text"] for row in server.messages] == ["Just between us", "I see", "And more", "Thanks"]
    assert {server.where[row["ts"]] for row in server.messages} == {alone}


# --- posts of our own, corrections, reactions


def test_a_post_goes_to_its_venue_once_and_begins_a_conversation(server: Slack) -> None:
    venues = json.loads(checked(server).facts["venues"])
    assert [GENERAL, "#general"] in venues
    post = Reply("k-post", "Fresh lemons today", "", "", venue=GENERAL, at=clock.now())
    with closing(opened(server)) as session:
        assert session.find_sent(post) is None
        server.moods = [played.CLOSE_AFTER]
        with pytest.raises(UnknownOutcome):
            session.send(post)
        found = session.find_sent(post)
        assert session.send(post._replace(tried=1)) == found, "a second attempt finds the first"
    assert found is not None
    assert found.thread == found.remote_id
    assert [row["text"] for row in server.messages] == ["Fresh lemons today"]
    house = House(server)
    house.round()
    assert house.found[found.remote_id].thread == found.thread


def test_a_post_in_an_archived_channel_is_refused(server: Slack) -> None:
    server.channels[GENERAL]["is_archived"] = True
    with closing(opened(server)) as session, pytest.raises(Refused, match="archived"):
        session.send(Reply("k-post", "Fresh lemons", "", "", venue=GENERAL, at=clock.now()))


def test_what_others_wrote_is_neither_corrected_nor_deleted_without_the_right(server: Slack) -> None:
    theirs = f"{GENERAL}/{server.add('U1', 'Mine')['ts']}"
    assert checked(server).facts["may"] == "delete"
    server.admins.clear()
    assert checked(server).facts["may"] == "none"
    with closing(opened(server)) as session:
        with pytest.raises(Refused, match="Only whoever wrote it"):
            session.correct(Change("k", theirs, "Yours", "Mine"))
        with pytest.raises(Refused, match="owner or admin"):
            session.moderate("delete", Target(theirs))


def test_a_reply_in_a_thread_is_read_and_corrected_there(server: Slack) -> None:
    root = server.add("U1", "Is it sweet?")["ts"]
    for number in range(3):
        server.add("U1", f"Number {number}", root)
    with closing(opened(server)) as session:
        sent = session.send(Reply("k", "Vrey", f"{GENERAL}/{root}", f"{GENERAL}/{root}", at=clock.now()))
        change = Change("c", sent.remote_id, "Very 🍋", "Vrey")
        assert session.reads(change) == "Vrey"
        session.correct(change)
        assert session.reads(change) == "Very 🍋"


def test_a_message_that_many_reacted_to_takes_no_reaction_of_ours_away(server: Slack) -> None:
    row = server.add("U1", "Lemons!")
    with closing(opened(server)) as session:
        session.react(Reaction("r", f"{GENERAL}/{row['ts']}", "👍", clock.now()))
    house = House(server)
    house.round()
    assert [(one.what, one.is_there) for one in house.reactions] == [("👍", True)]
    row["reactions"]["+1"][:0] = [f"V{number}" for number in range(80)]
    house.round()
    assert len(house.reactions) == 1
    row["reactions"]["+1"] = ["U2"]
    house.round()
    assert [(one.what, one.is_there) for one in house.reactions[1:]] == [("👍", False)]
