"""Where somebody can be written to in private, and which way is the likeliest."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Author, Incoming
from app.intake import Intake
from app.outbox.reach import Reach, find, reaches, why_likeliest
from app.store.store import Store

DAY = 86_400
MAIL, BLOG, TOOT, ROOM, FORUM = 1, 2, 3, 4, 5


@pytest.fixture
def file(store: Store) -> Store:
    """Accounts of five kinds; nobody can begin anything on the blog."""
    kinds = {MAIL: "email", BLOG: "wordpress", TOOT: "mastodon", ROOM: "matrix", FORUM: "discourse"}
    with store.write() as conn:
        conn.executemany(
            "INSERT INTO account (id, kind, name, mode, created_at) VALUES (?, ?, ?, 'live', 0)",
            [(number, kind, kind.capitalize()) for number, kind in kinds.items()],
        )
    return store


def says(store: Store, account: int, key: str, days: int, *, public: bool, handle: str = "", name: str = "Eva") -> int:
    """Somebody says something that many days ago; their member's id."""
    author = Author(key, handle or key, name)
    item = Incoming(
        f"{account}/{key}/{days}", clock.now() - days * DAY, "Hi", author, thread=f"{key}{days}", public=public
    )
    Intake(store).take(account, [item])
    return int(store.read.execute("SELECT member_id FROM identity WHERE key = ?", (key,)).fetchone()[0])


def together(store: Store, *members: int) -> int:
    with store.write() as conn:
        conn.execute(f"UPDATE identity SET member_id = {members[0]} WHERE member_id IN {(*members, 0)}")
        conn.execute(f"UPDATE member SET merged_into = {members[0]} WHERE id IN {(*members[1:], 0)}")
    return members[0]


def ways(store: Store, member: int) -> list[tuple[int, str]]:
    return [(way.account_id, way.address) for way in reaches(store.read, member)]


def test_where_they_wrote_last_in_private_comes_first(file: Store) -> None:
    mail = says(file, MAIL, "eva@example.org", 12, public=False)
    toot = says(file, TOOT, "eva@citrus.example", 3, public=True, handle="@eva@citrus.example")
    blog = says(file, BLOG, "eva-blog", 1, public=True)
    member = together(file, mail, toot, blog)
    assert ways(file, member) == [(MAIL, "eva@example.org"), (TOOT, "@eva@citrus.example")]
    first = reaches(file.read, member)[0]
    assert why_likeliest(first, clock.now()) == "They last wrote to you on E-mail in private, 12 days ago."
    says(file, TOOT, "eva@citrus.example", 2, public=False, handle="@eva@citrus.example")
    assert ways(file, member)[0] == (TOOT, "@eva@citrus.example")
    assert why_likeliest(reaches(file.read, member)[0], clock.now()).endswith("in private, 2 days ago.")


def test_the_address_on_the_card_counts_where_nothing_else_does(file: Store) -> None:
    member = says(file, BLOG, "eva-blog", 1, public=True)
    assert ways(file, member) == []
    with pytest.raises(NotFoundError, match="no way to write to Eva"):
        find(file.read, f"P-{member}")
    with file.write() as conn:
        conn.execute("UPDATE member SET email = 'eva@home.example' WHERE id = ?", (member,))
    assert ways(file, member) == [(MAIL, "eva@home.example")]
    assert "never written from it" in why_likeliest(reaches(file.read, member)[0], clock.now())


def test_an_account_that_is_gone_or_came_from_a_file_is_no_way(file: Store) -> None:
    member = says(file, MAIL, "eva@example.org", 1, public=False)
    with file.write() as conn:
        conn.execute("UPDATE account SET mode = 'file' WHERE id = 1")
    assert ways(file, member) == []
    with file.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, mode, created_at) VALUES (9, 'email', 'New', 'live', 0)")
    assert ways(file, member) == [(9, "eva@example.org")]


@pytest.mark.parametrize(
    ("whom", "account", "address"),
    [
        ("eva", MAIL, "eva@example.org"),
        ("Éva", MAIL, "eva@example.org"), ("eva@example.org", MAIL, "eva@example.org"),
        ("@eva@citrus.example", TOOT, "@eva@citrus.example"), ("Ann <ann@x.is>", MAIL, "ann@x.is"),
        ("@ann@citrus.example", TOOT, "@ann@citrus.example"), ("@ann:matrix.org", ROOM, "@ann:matrix.org"),
    ],
)  # fmt: skip
def test_somebody_is_named_by_name_address_or_handle(file: Store, whom: str, account: int, address: str) -> None:
    mail = says(file, MAIL, "eva@example.org", 1, public=False)
    toot = says(file, TOOT, "eva@citrus.example", 3, public=True, handle="@eva@citrus.example")
    together(file, mail, toot)
    way = find(file.read, whom)
    assert (way.account_id, way.address) == (account, address)


def test_through_the_account_that_was_asked_for(file: Store) -> None:
    mail = says(file, MAIL, "eva@example.org", 1, public=False)
    toot = says(file, TOOT, "eva@citrus.example", 3, public=True, handle="@eva@citrus.example")
    member = together(file, mail, toot)
    assert find(file.read, f"P-{member}", TOOT).address == "@eva@citrus.example"
    assert find(file.read, "@ann", FORUM) == Reach(FORUM, "Discourse", "discourse", "", "@ann")
    with pytest.raises(NotFoundError):
        find(file.read, f"P-{member}", ROOM)


def test_nobody_and_several_are_refused(file: Store) -> None:
    says(file, MAIL, "eva@example.org", 1, public=False)
    says(file, MAIL, "eva@other.example", 1, public=False)
    with pytest.raises(UserError, match="could be any of P-"):
        find(file.read, "Eva")
    with pytest.raises(NotFoundError, match="nobody called “Zoe”"):
        find(file.read, "Zoe")
    with pytest.raises(UserError, match="no member P-99"):
        find(file.read, "P-99")


@pytest.mark.parametrize("whom", ["", "  ", "\n"])
def test_nobody_is_no_member_without_an_address(file: Store, whom: str) -> None:
    says(file, TOOT, "eva@citrus.example", 3, public=False, handle="@eva@citrus.example")
    with pytest.raises(UserError, match="Say who it goes to"):
        find(file.read, whom)


@pytest.mark.parametrize("whom", ["eva@example.org, b@x.is", "Eva <eva@example.org>; B <b@x.is>", "b@x.is\na@x.is"])
def test_one_of_several_receivers_is_not_taken_for_all(file: Store, whom: str) -> None:
    says(file, MAIL, "eva@example.org", 1, public=False)
    with pytest.raises(UserError, match="several receivers"):
        find(file.read, whom)


def test_an_address_is_not_reached_through_an_account_without_mail(file: Store) -> None:
    with pytest.raises(UserError, match=r"“Mastodon” doesn't send e-mail, so ann@x.is can't"):
        find(file.read, "ann@x.is", TOOT)
