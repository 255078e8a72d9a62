"""Names on the channels, as others have them written."""

from __future__ import annotations

from app.base.message import Author
from app.members import Members, identities
from app.store.store import Store


def test_the_first_name_becomes_theirs_and_is_theirs_the_next_time(store: Store) -> None:
    anna = Members(store).add("Anna")
    with store.write() as conn:
        assert identities.known_as(conn, "blog", "anna", "Anna", anna) == "anna"
        assert identities.known_as(conn, "blog", "another", "Anna", anna) == "anna"
        assert identities.known_as(conn, "forum", "anna", "Anna", anna) == "anna"
    assert [(one.kind, one.handle) for one in Members(store).get(anna).identities] == [
        ("blog", "Anna"),
        ("forum", "Anna"),
    ]


def test_of_several_names_it_is_the_one_asked_for(store: Store) -> None:
    anna = Members(store).add("Anna")
    with store.write() as conn:
        for key in ("anna", "ann"):
            assert identities.add(conn, "blog", Author(key, key), anna)
        assert identities.known_as(conn, "blog", "ann", "Anna", anna) == "ann"
        assert identities.known_as(conn, "blog", "nan", "Anna", anna) == "anna"


def test_nobody_gets_a_name_that_is_somebody_elses(store: Store) -> None:
    members = Members(store)
    anna, other = members.add("Anna"), members.add("Anna the other")
    with store.write() as conn:
        assert identities.add(conn, "blog", Author("anna", "anna"), anna)
        assert not identities.add(conn, "blog", Author("anna", "anna"), other)
        assert identities.known_as(conn, "blog", "anna", "Anna", other) == "anna"
        assert identities.add(conn, "blog", Author("ann", "ann"), other)
        (second,) = conn.execute("SELECT id FROM identity WHERE key = 'ann'").fetchone()
        assert not identities.change_key(conn, second, "anna")
        assert identities.change_key(conn, second, "anna2")
    assert [len(members.get(number).identities) for number in (anna, other)] == [1, 1]


def test_whoever_was_merged_into_another_gets_no_name(store: Store) -> None:
    members = Members(store)
    anna, gone = members.add("Anna"), members.add("Anna again")
    members.merge(anna, gone)
    with store.write() as conn:
        assert identities.known_as(conn, "blog", "anna", "Anna", gone) == "anna"
    assert store.read.execute("SELECT count(*) FROM identity").fetchone()[0] == 0
