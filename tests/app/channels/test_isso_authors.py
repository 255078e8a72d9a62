"""Who is who among an Isso's commenters, who have no accounts; against the real one."""

from __future__ import annotations

from contextlib import closing

import pytest
import requests

from app.base.message import Target
from app.intake import Intake
from app.store.store import Store
from tests.app.channels.test_isso import Peer, opened, peer, pulled, server
from tests.app.saying import account
from tests.servers import isso

__all__ = ["peer", "server"]

pytestmark = pytest.mark.slow  # the real server takes seconds to start


def comment(peer: Peer, author: str | None, email: str | None = None, answering: str = "", uri: str = "") -> str:
    """A comment by whoever gives these; its remote id. All of them come from one address."""
    body = {
        "text": "Hello there", "author": author, "email": email, "title": "Pramen",
        "parent": int(answering.partition("-")[0]) if answering else None,
    }  # fmt: skip
    made = requests.post(f"{peer.server.url}/new", params={"uri": uri or peer.uri}, json=body).json()
    return f"{made['id']}-{int(made['created']) // 60 % 15}"


def test_two_without_an_address_are_two(peer: Peer) -> None:
    anna, bela, again = comment(peer, "Anna"), comment(peer, "Béla"), comment(peer, "  ANNA", uri="/other/")
    with closing(opened(peer)) as session:
        found = pulled(session, {})
    keys = {number: found[number].author.key for number in (anna, bela, again)}
    assert keys[anna] != keys[bela]
    assert keys[anna] == keys[again]
    assert {found[anna].author.former, found[bela].author.former} == {keys[anna].partition(" ")[0]}


def test_one_address_under_two_names_is_two_and_one_name_under_two_addresses_too(peer: Peer) -> None:
    numbers = [comment(peer, *who) for who in (("Anna", "a@l.test"), ("Béla", "a@l.test"), ("Anna", "b@l.test"))]
    with closing(opened(peer)) as session:
        found = pulled(session, {})
    assert len({found[number].author.key for number in numbers}) == 3


def test_without_a_name_one_is_known_within_a_thread_alone(peer: Peer) -> None:
    top = comment(peer, None)
    numbers = [top, comment(peer, "", answering=top), comment(peer, None), comment(peer, "   "), comment(peer, "🍋")]
    with closing(opened(peer)) as session:
        found = pulled(session, {})
    keys = [found[number].author.key for number in numbers]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4
    assert [found[number].author.handle for number in numbers] == ["Anonymous"] * 4 + ["🍋"]


def test_an_edit_that_changes_the_name_leaves_the_message_with_whose_it_was(peer: Peer, store: Store) -> None:
    number = peer.say("anna", "Well, well")
    intake, cursor, mine = Intake(store), dict[str, str](), account(store, "isso")
    with closing(opened(peer)) as session:
        for page in session.pull(cursor):
            intake.take(mine, page.items, page.cursor)
        peer.change(number, "Well, no")
        with closing(peer.server.database()) as conn:
            conn.execute("UPDATE comments SET author = 'Anička' WHERE id = ?", (number.partition("-")[0],))
        for page in session.pull({}):
            intake.take(mine, page.items, page.cursor)
    (said,) = store.read.execute("SELECT text, edited_at IS NOT NULL FROM message").fetchall()
    assert tuple(said) == ("Well, no", 1)
    assert [name for (name,) in store.read.execute("SELECT name FROM member")] == ["Anna"]


def test_whoever_waits_for_approval_is_the_same_once_approved(store: Store) -> None:
    with isso.running(moderation="true") as server:
        peer = Peer(server)
        waiting = [comment(peer, *who) for who in (("Anna", "a@l.test"), ("Béla", None), ("Dora", None), (None, None))]
        intake, cursor, mine = Intake(store), dict[str, str](), account(store, "isso")

        def pull() -> int:
            for page in session.pull(dict(cursor)):
                intake.take(mine, page.items, page.cursor)
                cursor.update(page.cursor)
            return int(store.read.execute("SELECT count(*) FROM member").fetchone()[0])

        with closing(opened(peer)) as session:
            assert pull() == 4
            for number in waiting:
                session.moderate("show", Target(number))
            assert pull() == 4
            with closing(server.database()) as conn:  # from now on nothing waits
                for name, email in (("Anna", "a@l.test"), ("Béla", None), ("Dora", None)):
                    comment(peer, name, email, uri="/later/")
                conn.execute("UPDATE comments SET mode = 1")
            assert pull() == 4
            comment(peer, "Anna", "a@l.test")  # waits again, and is known by the address
            assert pull() == 4


def test_where_each_comment_waits_one_without_an_address_is_still_one_member(store: Store) -> None:
    with isso.running(moderation="true") as server:
        peer = Peer(server)
        intake, cursor, mine = Intake(store), dict[str, str](), account(store, "isso")

        def pull() -> list[str]:
            for page in session.pull(dict(cursor)):
                intake.take(mine, page.items, page.cursor)
                cursor.update(page.cursor)
            return [name for (name,) in store.read.execute("SELECT name FROM member WHERE merged_into IS NULL")]

        with closing(opened(peer)) as session:
            for _ in range(3):
                number = comment(peer, "Dora")
                assert pull()[0] == "Dora"
                session.moderate("show", Target(number))
                assert pull() == ["Dora"]
            number = comment(peer, "Dora")
            pull()
            other = store.read.execute("SELECT max(id) FROM member").fetchone()[0]
            with store.write() as conn:
                conn.execute("UPDATE member SET note = 'Another Dora' WHERE id = ?", (other,))
            session.moderate("show", Target(number))
            assert pull() == ["Dora", "Dora"]  # what a person wrote of her is not put with another
        owners = store.read.execute(
            "SELECT DISTINCT i.member_id FROM message m JOIN identity i ON i.id = m.identity_id"
        )
        assert len(owners.fetchall()) == 2
