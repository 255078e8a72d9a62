"""Isso, against the real one of PyPI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.message import Incoming, Reply, Target
from app.channels import isso as channel
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.isso import session as isso_session
from app.channels.isso.rows import mark, remote_id, unmark
from app.channels.isso.session import IssoSession
from tests.app.channels import contract
from tests.app.channels.contract import WORDS, Changing, Contract, Moderated
from tests.servers import isso
from tests.servers.isso import Isso
from tests.servers.played import Call, Played
from tests.servers.played import Reply as PlayedReply


class Peer:
    """Members comment on one page; each has the cookie with which Isso lets edit what one wrote."""

    kind = "isso"

    def __init__(self, server: Isso, **more: str) -> None:
        self.server, self.uri = server, "/pramen/"
        self.fields = {"server": server.url, "site": server.site, "name": "Jana Správkyně", "email": "j@l.test", **more}
        self.secrets, self.wrong = {"password": isso.PASSWORD}, {"password": "wrong-pw"}
        self._cookies: dict[str, requests.Session] = {}
        server.clear()

    def say(self, who: str, text: str, answering: str = "", uri: str = "") -> str:
        member = requests.Session()
        body = {
            "text": text, "author": who.capitalize(), "email": f"{who}@lemonade.test", "title": "Pramen",
            "parent": int(answering.partition("-")[0]) if answering else None,
        }  # fmt: skip
        made = member.post(f"{self.server.url}/new", params={"uri": uri or self.uri}, json=body).json()
        number = f"{made['id']}-{int(made['created']) // 60 % 15}"
        self._cookies[number] = member
        return number

    def heard(self) -> list[tuple[str, str]]:
        found = []
        for top in requests.get(self.server.url, params={"uri": self.uri}).json()["replies"]:
            for row in (top, *top["replies"]):
                if row["author"] == self.fields["name"]:
                    number = f"{top['id']}-{int(top['created']) // 60 % 15}"
                    text = unescape(
                        re.sub(r"<[^<>]*>", "", row["text"].replace("<br>", "\n").replace("</p><p>", "\n\n"))
                    )
                    found.append((text, number if row["parent"] else ""))
        return found

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        with closing(self.server.database()) as found:
            row = found.execute("SELECT mode FROM comments WHERE id = ?", (number.partition("-")[0],)).fetchone()
        return {None: "gone", 1: "", 2: "held", 4: "gone"}[row and row[0]]

    def change(self, number: str, text: str) -> None:
        url = f"{self.server.url}/id/{number.partition('-')[0]}"
        assert self._cookies[number].put(url, json={"text": text, "author": "Anna"}).ok

    def take_away(self, number: str) -> None:
        assert self._cookies[number].delete(f"{self.server.url}/id/{number.partition('-')[0]}").ok


@pytest.fixture(scope="module")
def server() -> Iterator[Isso]:
    with isso.running() as found:
        yield found


@pytest.fixture
def peer(server: Isso) -> Peer:
    return Peer(server)


class TestIsso(Contract, Moderated, Changing):
    pass


DAY = 86_400


def opened(peer: Peer, secrets: dict[str, str] | None = None, **more: str) -> IssoSession:
    """A session as the house makes it, facts and all."""
    secrets = dict(peer.secrets) if secrets is None else secrets
    with closing(channel.open({**peer.fields, **more}, secrets)) as first:
        facts = first.check().facts
    made = channel.open({**peer.fields, **facts, **more}, secrets)
    assert isinstance(made, IssoSession)
    return made


def pulled(session: IssoSession, cursor: dict[str, str]) -> dict[str, Incoming]:
    """What a pull brings, by the last word on each; the cursor goes on."""
    return {one.remote_id: one for one in contract.pulled(session, cursor)}


def answer(peer: Peer, number: str, text: str, **more: Any) -> Reply:
    return Reply("key", text, f"{number.partition('-')[0]} {peer.uri}", number, **{"at": clock.now(), **more})


def aged(peer: Peer, days: int, *numbers: str) -> list[str]:
    """Have these been said so many days ago; their ids after that."""
    found = []
    with closing(peer.server.database()) as conn:
        for number in numbers:
            one = int(number.partition("-")[0])
            conn.execute("UPDATE comments SET created = created - ? WHERE id = ?", (days * DAY, one))
            (created,) = conn.execute("SELECT created FROM comments WHERE id = ?", (one,)).fetchone()
            found.append(remote_id(one, int(created) // 60))
    return found


# --- logging in


def test_what_an_account_may_is_said(peer: Peer) -> None:
    for secrets, may in (
        (None, "reply as Jana Správkyně and approve and delete comments."),
        ({}, "moderating needs the admin password"),
    ):
        with closing(opened(peer, secrets)) as session:
            found = session.check()
        assert may in found.sentence
        assert found.facts == {"latest": "yes", "zone": "0"}


def test_what_is_no_isso_is_said(peer: Peer) -> None:
    fields = {**peer.fields, "server": peer.server.site}
    with closing(channel.open(fields, {})) as session, pytest.raises(Refused, match="isn't an Isso server"):
        session.check()


@pytest.mark.slow
def test_settings_that_stand_in_the_way_are_said() -> None:
    with isso.running(latest="false", admin="false", require_email="true") as server:
        peer = Peer(server)
        with closing(channel.open(peer.fields, {})) as session, pytest.raises(Refused, match="latest-enabled"):
            session.check()
        with closing(channel.open(peer.fields, peer.secrets)) as session, pytest.raises(Refused, match="turned off"):
            session.check()
        with (
            closing(channel.open({**peer.fields, "email": ""}, {})) as session,
            pytest.raises(AuthNeeded, match="without an e-mail"),
        ):
            session.check()
        number = peer.say("anna", "A page by name")
        named = f"{server.site}{peer.uri} /other/"
        with closing(opened(peer, {}, pages=named)) as session:
            assert [one.text for one in pulled(session, {}).values()] == ["A page by name"]
            with pytest.raises(Refused, match="admin password"):
                session.moderate("delete", Target(number))
            with pytest.raises(UnknownOutcome):
                session.find_sent(answer(peer, number, "Takk!"))


# --- in


def test_a_comment_comes_with_its_page_and_its_thread(peer: Peer) -> None:
    top = peer.say("anna", "Hol kapható?")
    under = peer.say("bela", "Talán a boltban.", top)
    with closing(opened(peer)) as session:
        found = pulled(session, {})
    first, second = found[top], found[under]
    assert (first.post_title, first.post_url) == ("pramen – új", f"{peer.server.site}/pramen/")
    assert first.post_text == "All about pramen"
    assert first.url == f"{peer.server.site}/pramen/#isso-{top.partition('-')[0]}"
    assert first.thread == second.thread
    assert (first.parent, second.parent) == ("", top)
    assert first.author.name == "Anna"
    assert first.author.key != second.author.key
    assert abs(first.at - clock.now()) < 60


def test_a_page_that_a_visitor_made_up_is_on_our_site(peer: Peer) -> None:
    numbers = [peer.say("dora", "Look there", uri=uri) for uri in ("//127.0.0.1:9/x", "http://127.0.0.1:9/y", "a\nb c")]
    with closing(opened(peer)) as session:
        found = pulled(session, {})
    assert set(found) == set(numbers)
    assert all(one.url.startswith(f"{peer.server.site}/") for one in found.values())
    assert all(one.post_url.startswith(f"{peer.server.site}/") for one in found.values())


def test_a_website_that_is_down_keeps_no_comment_from_us(peer: Peer) -> None:
    numbers = [peer.say("anna", "There?", uri=f"/{number}/") for number in range(6)]
    with closing(opened(peer, site="http://127.0.0.1:9")) as session:
        found = pulled(session, {})
    assert [found[number].post_title for number in numbers] == [f"/{number}/" for number in range(6)]


def test_markdown_and_markup_are_words(peer: Peer) -> None:
    number = peer.say("anna", "I *like* it, <b>you</b> & [they](https://lemonade.example) do; \\\\_/")
    with closing(opened(peer)) as session:
        assert pulled(session, {})[number].text == "I *like* it, <b>you</b> & [they](https://lemonade.example) do; \\_/"


@pytest.mark.slow
def test_a_new_page_is_found_though_many_answers_hide_it(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.channels.isso.session._FIRST_ROWS", 5)
    top = peer.say("anna", "The first")
    for number in range(30):
        peer.say("bela", f"Answer {number}", top)
    cursor: dict[str, str] = {}
    with closing(opened(peer)) as session:
        assert len(pulled(session, cursor)) == 31
        fresh = peer.say("cyril", "On another page", uri="/jiná/")
        for number in range(10):
            peer.say("bela", f"More answer {number}", top)
        found = pulled(session, cursor)
    assert found[fresh].post_url.startswith(f"{peer.server.site}/jin")


@pytest.mark.slow
def test_without_a_list_the_admin_s_pages_tell() -> None:
    with isso.running(latest="false") as server:
        peer = Peer(server)
        cursor: dict[str, str] = {}
        for number in range(105):
            peer.say("anna", f"Page {number}", uri=f"/{number}/")
        with closing(opened(peer)) as session:
            assert len(pulled(session, cursor)) == 105
            fresh = peer.say("bela", "On a new page", uri="/new/")
            later = peer.say("bela", "And one more", fresh, uri="/new/")
            assert {fresh, later} <= set(pulled(session, cursor))


def test_on_an_old_page_only_what_changed_is_read(peer: Peer) -> None:
    old, lost = aged(peer, 10, peer.say("anna", "Old"), peer.say("anna", "Lost"))
    cursor: dict[str, str] = {}
    with closing(opened(peer)) as session:
        assert set(pulled(session, cursor)) == {old, lost}
        assert pulled(session, cursor) == {}
        with closing(peer.server.database()) as conn:
            conn.execute("DELETE FROM comments WHERE id = ?", (lost.partition("-")[0],))
        found = pulled(session, cursor)
        assert (found[lost].gone, found[old].gone) == (True, False)
        (fresh,) = aged(peer, 20, peer.say("bela", "Again"))
        assert set(pulled(session, cursor)) == {old, fresh}
        with closing(peer.server.database()) as conn:
            conn.execute("DELETE FROM comments WHERE id = ?", (old.partition("-")[0],))
        (another,) = aged(peer, 19, peer.say("cyril", "The page has as many as before"))
        found = pulled(session, cursor)
        assert (found[old].gone, found[another].text) == (True, "The page has as many as before")


def test_an_edit_is_seen_for_some_days(peer: Peer) -> None:
    (old,) = aged(peer, 10, peer.say("anna", "Before", uri="/old/"))
    number = peer.say("anna", "Before")
    cursor: dict[str, str] = {}
    with closing(opened(peer)) as session:
        pulled(session, cursor)
        peer.change(number, "After")
        with closing(peer.server.database()) as conn:
            conn.execute("UPDATE comments SET text = 'After' WHERE id = ?", (old.partition("-")[0],))
        assert {number: one.text for number, one in pulled(session, cursor).items()} == {number: "After"}


def test_a_number_that_is_given_again_is_another_comment(peer: Peer) -> None:
    first = peer.say("anna", "Said too soon")
    (first,) = aged(peer, 0, first)
    cursor: dict[str, str] = {}
    with closing(opened(peer)) as session:
        pulled(session, cursor)
        peer.take_away(first)
        second = peer.say("bela", "Something else")
        with closing(peer.server.database()) as conn:  # some minutes later
            conn.execute("UPDATE comments SET created = created + 240")
        (second,) = aged(peer, 0, second)
        assert second.partition("-")[0] == first.partition("-")[0]
        found = pulled(session, cursor)
    assert (found[first].gone, found[second].text) == (True, "Something else")


def test_what_was_answered_and_then_deleted_is_gone(peer: Peer) -> None:
    top = peer.say("anna", "Forget me")
    peer.say("bela", "Never", top)
    cursor: dict[str, str] = {}
    with closing(opened(peer)) as session:
        pulled(session, cursor)
        session.moderate("delete", Target(top))
        session.moderate("delete", Target(top))
        assert pulled(session, cursor)[top].gone
    assert peer.stands(top) == "gone"


class Odd(Played):
    """An Isso whose rows are not all comments."""

    rows: tuple[object, ...] = (
        None, "x", {}, {"id": 1}, {"id": "x", "created": 1}, {"id": 2, "created": "soon"}, {"id": 3, "created": 1e400},
        {"id": 4, "created": 9.0, "text": None}, {"id": 5, "created": 60.5, "text": "Whole", "replies": [{"id": 6}, 7],
        "website": "javascript:alert(1)", "author": None, "uri": "/a/"},
    )  # fmt: skip

    def serve(self, call: Call) -> PlayedReply:
        told: dict[str, object] = {
            "/config": {"config": {}}, "/latest": list(self.rows), "/count": [len(self.rows)] * len(call.body or ()),
            "/": {"replies": list(self.rows)},
        }  # fmt: skip
        return PlayedReply(told.get(call.path), 200 if call.path in told else 404)


def test_rows_that_are_no_comments_do_not_stop_the_others() -> None:
    server = Odd()
    fields = {"server": server.url, "site": server.url, "name": "Jana", "latest": "yes"}
    with closing(channel.open(fields, {})) as session:
        assert isinstance(session, IssoSession)
        found = pulled(session, {"page /a/": "[", "held": "nonsense", "answers": ""})
    assert [(one.text, one.author.url, one.author.name) for one in found.values()] == [("Whole", "", "")]
    server.stop()


# --- out


@pytest.mark.parametrize(
    "text",
    [
        "# no heading\n- no list\n1. no number\n\n> no quote\n   no code",
        "*no* _emphasis_ ~~none~~ `code` ![no](picture) <b>& &amp; \\ \\* | $x^2$",
        "See https://lemonade.example/a_b*c?x=1&y=2, (or http://lemonade.example)!\n===\nand more",
        *WORDS.values(),
    ],
)
def test_what_we_write_is_text(peer: Peer, text: str) -> None:
    number = peer.say("anna", "Tell me")
    with closing(opened(peer)) as session:
        sent = session.send(answer(peer, number, text))
        assert sent.url == f"{peer.server.site}/pramen/#isso-{sent.remote_id.partition('-')[0]}"
        ours = pulled(session, {})[sent.remote_id]
    assert (ours.text, ours.out) == (text, True)
    ((shown, _),) = peer.heard()
    assert shown.split() == text.split()


@given(st.text(alphabet=st.sampled_from("ab1 \n\\`*_{}[]()#+-.!~|<>&$^=:/") | st.characters(), max_size=80))
def test_marks_come_off_again(text: str) -> None:
    assert unmark(mark(text)) == mark_free(text)
    assert unmark(mark(f"https://lemonade.example/{text}")) == mark_free(f"https://lemonade.example/{text}")


def mark_free(text: str) -> str:
    """The text with at most three spaces before a line."""
    return re.sub(r"(?m)^(?: {4,}| {0,3}\t)[ \t]*", "   ", text)


def test_a_name_alone_is_not_ours_once_our_address_is_known(peer: Peer) -> None:
    number = peer.say("anna", "Who are you?")
    secrets = dict(peer.secrets)
    with closing(opened(peer, secrets)) as session:
        sent = session.send(answer(peer, number, "It is me."))
        assert secrets["hash"]
        forged = peer.say(peer.fields["name"], "It is me, too.", number)
        with closing(peer.server.database()) as conn:
            conn.execute("UPDATE comments SET author = ? WHERE id = ?", (peer.fields["name"], forged.partition("-")[0]))
        found = pulled(session, {})
        assert (found[sent.remote_id].out, found[forged].out) == (True, False)
        assert session.find_sent(answer(peer, number, "It is me, too.")) is None


def test_the_same_words_of_before_are_not_those_of_now(peer: Peer) -> None:
    number = peer.say("anna", "Thanks!")
    with closing(opened(peer)) as session:
        first = session.send(answer(peer, number, "Rádo se stalo."))
        aged(peer, 2, first.remote_id)
        assert session.find_sent(answer(peer, number, "Rádo se stalo.")) is None
        second = session.send(answer(peer, number, "Rádo se stalo."))
        assert session.find_sent(answer(peer, number, "Rádo se stalo.")) == second


def test_what_isso_does_not_take_is_refused_in_words(peer: Peer) -> None:
    number = peer.say("anna", "Thanks!")
    with closing(opened(peer)) as session:
        for text in ("👍", "x" * 65_536):
            with pytest.raises(Refused, match="3 to 65,535"):
                session.send(answer(peer, number, text))
        with pytest.raises(Refused, match="Reply where it was written"):
            session.send(Reply("key", "Whereto?", "", number))
        with pytest.raises(Refused, match="no longer"):
            session.moderate("show", Target("999-1"))
    assert peer.heard() == []


@pytest.mark.slow
def test_a_guard_asks_for_patience() -> None:
    with isso.running(guard="true") as server:
        peer = Peer(server)
        number = peer.say("anna", "The first")
        with closing(opened(peer, email="")) as session:
            with pytest.raises(Refused, match="edit time frame"):
                session.send(answer(peer, number, "Too soon"))
            session.send(answer(peer, "0-0", "On its own"))
            with pytest.raises(TryLater) as caught:
                session.send(answer(peer, "0-0", "Too many"))
        assert caught.value.after == 60


@pytest.mark.slow
def test_what_waits_for_approval_is_seen_approved_or_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    with isso.running(moderation="true", zone="America/St_Johns") as server:
        peer = Peer(server)
        first = peer.say("dora", "The first")
        with closing(server.database()) as conn:
            conn.execute("UPDATE comments SET mode = 1")
        wanted, unwanted, other = (peer.say("anna", text) for text in ("Is it *good*?", "Cheap <b>watches</b>", "More"))
        cursor: dict[str, str] = {}
        with closing(opened(peer)) as session:
            found = pulled(session, cursor)
            assert found.pop(first).upstream == ""
            assert {one.upstream for one in found.values()} == {"held"}
            assert all(abs(one.at - clock.now()) < 90 for one in found.values())
            assert {number: one.text for number, one in found.items()} == {
                wanted: "Is it *good*?", unwanted: "Cheap <b>watches</b>", other: "More"
            }  # fmt: skip
            for _ in range(2):
                session.moderate("show", Target(wanted))
                session.moderate("delete", Target(unwanted))
            found = pulled(session, cursor)
            assert (found[wanted].upstream, found[wanted].gone, found[other].upstream) == ("", False, "held")
            assert found[unwanted].gone
            session.moderate("delete", Target(other))
            assert pulled(session, cursor)[other].gone
            for _ in range(2):  # on a page where nothing has ever been approved
                quiet = peer.say("cyril", "Hm.", uri="/quiet/")
                assert pulled(session, cursor)[quiet].upstream == "held"
                session.moderate("delete", Target(quiet))
                assert pulled(session, cursor)[quiet].gone
            sent = session.send(answer(peer, wanted, "It is."))
            assert session.find_sent(answer(peer, wanted, "It is.")).remote_id == sent.remote_id  # type: ignore[union-attr]
            assert session.find_sent(answer(peer, wanted, "It is not.")) is None
            with monkeypatch.context() as few:  # more wait than are read
                few.setattr(isso_session, "_MAX_ADMIN_PAGES", 0)
                with pytest.raises(UnknownOutcome, match="can't tell"):
                    session.find_sent(answer(peer, wanted, "It is."))
            with closing(server.database()) as conn:  # said two days ago, and still waiting
                conn.execute("UPDATE comments SET created = created - 172800 WHERE text = 'It is.'")
            assert session.find_sent(answer(peer, wanted, "It is.")) is None


@pytest.mark.slow
def test_what_is_far_indented_is_no_code(peer: Peer) -> None:
    number = peer.say("anna", "Tell me")
    with closing(opened(peer)) as session:
        session.send(answer(peer, number, "Well:\n\n\t*not* code\n\n      nor this"))
    (row,) = requests.get(peer.server.url, params={"uri": peer.uri}).json()["replies"][0]["replies"]
    assert "<code>" not in row["text"]
    assert [text.split() for text, _ in peer.heard()] == [["Well:", "*not*", "code", "nor", "this"]]
