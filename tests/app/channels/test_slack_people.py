"""Slack: who is written to first, channels that we are not in, and corrections that keep every sign."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Addressee, Author, Change, Reply
from app.base.paths import Profile
from app.channels.base import Found, Refused, TryLater, UnknownOutcome
from app.channels.slack.session import SlackSession
from app.channels.slack.words import has_markup, verbatim
from app.outbox import LetterDraft, aimed
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.workspace import House, workspace
from tests.servers import played
from tests.servers.slack import GENERAL, Slack

ANNA = Author("U1", "Anna", "Anna")


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


def first(text: str = "Hello Anna", whom: Author = ANNA, key: str = "k-first") -> Reply:
    return Reply(key, text, "", "", to=whom, public=False, at=clock.now())


# --- to write first


@pytest.mark.parametrize("known", [False, True])
def test_a_first_message_goes_to_that_person_alone_once_and_its_answer_joins_it(server: Slack, known: bool) -> None:  # noqa: FBT001  a case
    if known:
        server.open_channel("D1", is_im=True, user="U1")
    with closing(opened(server)) as session:
        assert session.find_sent(first()) is None
        server.moods = [played.WELL, played.CLOSE_AFTER]
        with pytest.raises(UnknownOutcome):
            session.send(first())
        found = session.find_sent(first())
        assert found is not None
        assert session.send(first()._replace(tried=1)) == found
    talk = found.thread
    assert not known or talk == "D1"
    assert [row["text"] for row in server.in_channel(talk)] == ["Hello Anna"]
    assert server.in_channel(GENERAL) == []
    answer = server.add("U1", "Hello Jana", channel=talk)
    house = House(server)
    house.round()
    assert house.found[f"{talk}/{answer['ts']}"].thread == talk
    assert house.found[found.remote_id].out


def test_a_conversation_that_was_only_opened_is_not_a_message(server: Slack) -> None:
    with closing(opened(server)) as session:
        for mood in (played.CLOSE_BEFORE, played.CLOSE_AFTER, played.FAIL_AFTER):
            server.moods = [mood]
            with pytest.raises(TryLater):
                session.send(first())
        assert server.messages == []
        session.send(first()._replace(tried=3))
    assert len(server.messages) == 1


@pytest.mark.parametrize(
    ("whom", "words"),
    [(Author("B8/Workflow", "Workflow"), "An app wrote this"), (Author("U9", "deploys"), "An app wrote this"),
     (Author("U404", "gone"), "no such person")],
)  # fmt: skip
def test_nobody_else_is_written_to(server: Slack, whom: Author, words: str) -> None:
    server.people["U9"] = "deploys"
    server.bots.add("U9")
    with closing(opened(server)) as session, pytest.raises(Refused, match=words):
        session.send(first(whom=whom))
    assert server.messages == []


def test_what_was_meant_for_a_channel_never_goes_to_one_person(server: Slack) -> None:
    with closing(opened(server)) as session:
        for lost in (first()._replace(public=True), first()._replace(to=None)):
            with pytest.raises(Refused, match="doesn't know which Slack channel"):
                session.send(lost)
    assert server.messages == []


def test_the_scope_for_it_is_asked_for_before_it_is_missed(server: Slack) -> None:
    assert "im:write" not in checked(server).sentence
    server.scopes.discard("im:write")
    assert "To write to somebody first, the app needs “im:write”." in checked(server).sentence
    with closing(opened(server)) as session, pytest.raises(Refused, match="The app lacks “im:write”"):
        session.send(first())


def test_where_we_may_not_look_nothing_is_sure_and_nothing_is_kept_back(server: Slack) -> None:
    server.scopes.discard("im:history")
    with closing(opened(server)) as session:
        with pytest.raises(UnknownOutcome, match="im:history"):
            session.find_sent(first())
        session.send(first()._replace(tried=1))
    assert len(server.messages) == 1


def test_a_first_message_goes_through_the_house(server: Slack, profile: Profile) -> None:
    server.add("U1", "Is it sweet?")
    with closing(Workbench(profile)) as bench:
        fields, secrets = {"server": server.url}, {"token": server.token}
        found = bench.accounts.try_out("slack", fields, dict(secrets))
        account, _ = bench.accounts.add("slack", "There", fields, dict(secrets), found)
        assert bench.sync.pull("There").new == 1
        draft = aimed(LetterDraft(), bench.letters.find("Anna"))
        (number,) = bench.letters.submit(
            bench.voice.clear(Draft("Only for you"), reason="a test"), draft, hold_seconds=0
        )
        assert bench.sync.send(account.id).sent == 1
        assert bench.outbox.get(number).state == "sent"
        (talk,) = [key for key, row in server.channels.items() if row.get("user") == "U1"]
        server.add("U1", "Thanks!", channel=talk)
        bench.sync.pull("There")
        rows = bench.store.read.execute(
            "SELECT c.public, m.text FROM message m JOIN conversation c ON c.id = m.conversation_id ORDER BY m.id"
        )
        assert sorted(map(tuple, rows)) == [(0, "Only for you"), (0, "Thanks!"), (1, "Is it sweet?")]
        assert bench.store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 2


@pytest.mark.parametrize("name", ["Anna", "Ágnes"])
def test_of_two_who_are_called_alike_the_one_who_is_meant_is_written_to(
    server: Slack, profile: Profile, name: str
) -> None:
    server.people |= {"U1": name, "U5": name}
    server.add("U1", "Is it sweet?")
    server.add("U5", "Is it sour?")
    with closing(Workbench(profile)) as bench:
        fields, secrets = {"server": server.url}, {"token": server.token}
        found = bench.accounts.try_out("slack", fields, dict(secrets))
        account, _ = bench.accounts.add("slack", "There", fields, dict(secrets), found)
        bench.sync.pull("There")
        members = dict(bench.store.read.execute("SELECT key, member_id FROM identity WHERE kind = 'slack'").fetchall())
        for key in ("U5", "U1"):
            draft = bench.letters.to_member(members[key])
            cleared = bench.voice.clear(Draft(f"For {key}"), reason="a test")
            (held,) = bench.letters.submit(cleared, draft, hold_seconds=10)
            bench.outbox.undo_send(held)
            (again,) = bench.letters.drafts()
            bench.letters.submit(cleared, again, hold_seconds=0)
        assert bench.sync.send(account.id).sent == 2
        talks = {row.get("user"): key for key, row in server.channels.items() if row.get("user")}
        assert {key: [row["text"] for row in server.in_channel(talks[key])] for key in talks} == {
            "U1": ["For U1"], "U5": ["For U5"],
        }  # fmt: skip
        alone = LetterDraft(account_id=account.id, receivers=(Addressee("to", name, name),))
        with pytest.raises(UserError, match="could be any of"):
            bench.letters.submit(bench.voice.clear(Draft("Whose?"), reason="a test"), alone, hold_seconds=0)


# --- where we are not


def test_a_wanted_channel_that_we_are_not_in_is_named(server: Slack) -> None:
    server.add("U1", "Hello")
    found = checked(server, channels="general, #Lounge, old-room")
    assert "Not read: #lounge, #old-room. You're not in there." in found.sentence
    house = House(server)
    house.round(channels="general, lounge")
    assert house.texts == {"Hello"}
    assert house.trouble.startswith("Not read: #lounge. You're not in there. Join in Slack; or change the account")
    with closing(opened(server, channels="lounge")) as session, pytest.raises(Refused, match="Not read: #lounge"):
        session.check()
    server.scopes.discard("groups:read")
    assert "Not read" not in checked(server, channels="general, lounge").sentence, "it may be a private one"


# --- corrections


@pytest.mark.parametrize(
    ("text", "edited"),
    [("Very sweet & <b>", True), ("*Very* sweet, _indeed_ https://x.example/a_b_c.", False), ("> so\nand more", False),
     ("2 * 3", True), ("`code` ~gone~", False)],
)  # fmt: skip
def test_a_correction_reads_as_it_was_written(server: Slack, text: str, edited: bool) -> None:  # noqa: FBT001  a case
    root = server.add("U1", "Is it sweet?")["ts"]
    with closing(opened(server)) as session:
        sent = session.send(Reply("k", "Vrey *sweet*", f"{GENERAL}/{root}", f"{GENERAL}/{root}", at=clock.now()))
        row = server.messages[-1]
        assert server.seen(row) == "Vrey *sweet*"
        change = Change("c", sent.remote_id, text, "Vrey *sweet*")
        session.correct(change)
        assert (server.seen(row), "edited" in row) == (text, edited)
        assert session.reads(change) == text
        session.correct(change._replace(text="Very."))
        assert (server.seen(row), "blocks" in row) == ("Very.", False)


def test_blocks_hold_every_sign_and_addresses_are_links() -> None:
    text = "See https://x.example/a_b, and (https://y.example/?q=1).\n*Now*"
    parts = verbatim(text)[0]["elements"][0]["elements"]
    assert "".join(part.get("text") or part["url"] for part in parts) == text
    assert [part["url"] for part in parts if part["type"] == "link"] == [
        "https://x.example/a_b",
        "https://y.example/?q=1",
    ]
    assert [has_markup(one) for one in ("", "a * b", "*a*", "a\n> b", "snake_case_name")] == [
        False,
        False,
        True,
        True,
        True,
    ]
