"""How gifts are shared and what came of them: every number as a count by SQL, written anew here, gives it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.base import clock
from app.base.errors import UserError
from app.base.money import Money
from app.fairness import LEAST, Effect, Share, Side, telling
from app.gifts import STATES
from app.gifts.rows import HAD
from app.workbench import Workbench
from tests.app.saying import account, said

DAY = 86_400
YEAR = 2025
BEGIN, END = (clock.from_iso(f"{number}-01-01") for number in (YEAR, YEAR + 1))


@pytest.fixture
def filled(bench: Workbench) -> Workbench:
    """Forty members in three languages on two channels, some of the year and some of before, with gifts at random."""
    random = Random(15)
    for kind, own in (("wordpress", "us"), ("discourse", "we")):
        place = account(bench.store, kind, kind, own)
        told = []
        for who in range(40):
            for _ in range(random.randrange(4)):
                at = random.randrange(BEGIN - 300 * DAY, END + 20 * DAY)
                told.append((at, f"m{who}@example.net"))
        told.sort()
        bench.intake.take(place, [said(f"{kind}{n}", at, who=who, thread=f"t{n}") for n, (at, who) in enumerate(told)])
    members = [row[0] for row in bench.store.read.execute("SELECT id FROM member ORDER BY id")]
    for number in members:
        bench.members.edit(number, {"language": random.choice(["cs", "hu", "is"])})
        if random.random() < 0.1:
            bench.members.edit(number, {"kind": "staff"})
        for _ in range(random.randrange(3)):
            state, at = random.choice(STATES), random.randrange(BEGIN - 30 * DAY, END + 30 * DAY)
            bench.gifts.log(number, "Mug", "For it", Money(900, "EUR"), state=state, at=at)
    return bench


def test_every_share_is_what_a_count_by_sql_gives(filled: Workbench) -> None:
    found = filled.fairness.shares(YEAR)
    read = filled.store.read
    states = ", ".join(f"'{state}'" for state in HAD)
    gifts = (
        f"FROM gift g JOIN member p ON p.id = g.member_id WHERE g.state IN ({states}) AND p.kind <> 'staff'"
        f" AND g.created_at >= {BEGIN} AND g.created_at < {END}"
    )
    active = (
        f"FROM member p WHERE p.kind <> 'staff' AND p.id IN (SELECT i.member_id FROM message m"
        f" JOIN identity i ON i.id = m.identity_id WHERE NOT m.out AND m.at >= {BEGIN} AND m.at < {END})"
    )
    main = (
        "(SELECT i.kind FROM identity i WHERE i.member_id = p.id"
        " ORDER BY (SELECT count(*) FROM message m WHERE m.identity_id = i.id) DESC, i.id LIMIT 1)"
    )
    tenure = f"iif(p.first_at >= {BEGIN} AND p.first_at < {END}, 'newcomer', 'veteran')"
    assert (found.gifts, found.active) == (
        read.execute(f"SELECT count(*) {gifts}").fetchone()[0], read.execute(f"SELECT count(*) {active}").fetchone()[0],
    )  # fmt: skip
    assert found.gifts > 5
    assert found.active > 20
    for dimension, column in (("language", "p.language"), ("channel", main), ("tenure", tenure)):
        counted = [dict(map(tuple, read.execute(f"SELECT {column}, count(*) {rows} GROUP BY 1"))) for rows in
                   (gifts, active)]  # fmt: skip
        shares = found.by[dimension]
        assert {one.key: one.gifts for one in shares if one.gifts} == counted[0]
        assert {one.key: one.active for one in shares if one.active} == counted[1]
        assert sum(one.gifts for one in shares) == found.gifts
        assert sum(one.active for one in shares) == found.active
        assert [one.active for one in shares] == sorted((one.active for one in shares), reverse=True)


def test_far_below_is_less_than_half_of_their_part_and_not_of_next_to_nothing() -> None:
    assert Share("hu", 2, 20, 31, 100).far_below  # 6.2 would be theirs
    assert not Share("hu", 4, 20, 31, 100).far_below
    assert not Share("he", 0, 1, 31, 100).far_below
    assert not Share("he", 0, 0, 0, 0).far_below
    assert telling.share(Share("hu", 2, 20, 31, 100), "Magyar") == (
        "Magyar: 2 of 31 gifts, 20 of 100 active members; far below their share"
    )


@given(*[some.integers(0, 200)] * 4)
def test_parts_are_between_none_and_all(gifts: int, active: int, more_gifts: int, more_active: int) -> None:
    share = Share("x", gifts, active, gifts + more_gifts, active + more_active)
    assert 0 <= share.part <= 1
    assert 0 <= share.active_part <= 1
    if share.far_below:
        assert share.part < share.active_part


def test_a_year_that_is_none_is_refused(bench: Workbench) -> None:
    with pytest.raises(UserError, match="isn't a valid year"):
        bench.fairness.shares(0)
    empty = bench.fairness.shares(1999)
    assert (empty.gifts, empty.active, empty.by["language"]) == (0, 0, [])


def wrote(bench: Workbench, place: int, who: str, given: int, before: int, after: int) -> None:
    """Somebody who wrote so often in the days before a time and after, on days of their own, and once long ago."""
    times = [
        given - 400 * DAY,
        *(given - (n + 1) * DAY for n in range(before)),
        *(given + n * DAY + 60 for n in range(after)),
    ]
    bench.intake.take(place, [said(f"{who}{at}", at, who=who, thread=who) for at in sorted(times)])


def around(bench: Workbench, name: str, at: int) -> tuple[int, int]:
    """How many messages they wrote in the 90 days before, and after, by SQL of our own."""
    sql = (
        "SELECT sum(m.at >= ?1 - 90 * 86400 AND m.at < ?1), sum(m.at >= ?1 AND m.at < ?1 + 90 * 86400) FROM message m"
        " JOIN identity i ON i.id = m.identity_id JOIN member p ON p.id = i.member_id WHERE p.name = ?2 AND NOT m.out"
    )
    before, after = bench.store.read.execute(sql, (at, name)).fetchone()
    return before, after


def test_before_and_after_beside_similar_members(bench: Workbench) -> None:
    place, given_at = account(bench.store), (clock.now() - 200 * DAY) // 60 * 60
    for n in range(LEAST + 1):
        wrote(bench, place, f"gifted{n}", given_at, 4, 6 + n % 2)
        wrote(bench, place, f"plain{n}", given_at, 4, 3)
        wrote(bench, place, f"silent{n}", given_at, 0, 9)
    members = {row["name"]: row["id"] for row in bench.store.read.execute("SELECT id, name FROM member")}
    for name, number in members.items():
        if name.startswith("Gifted"):
            bench.gifts.log(number, "Mug", "For it", Money(900, "EUR"), state="thanked", at=given_at)
    found = bench.fairness.effect()
    assert around(bench, "Gifted1", given_at) == (4, 7)
    assert around(bench, "Plain1", given_at) == (4, 3)
    assert found.given == Side(LEAST + 1, 4, 6, 2)
    assert found.similar.members == LEAST  # of those who wrote before: the ten nearest to each
    assert (found.similar.before, found.similar.after, found.similar.change) == (4, 3, -1)
    assert telling.verdict(found)[0] == "11 members with a gift: 4 messages in the 90 days before, 6 after (+2)."


def test_too_few_to_say_is_said() -> None:
    few = Effect(0, 1, Side(LEAST - 1, 4, 9, 5), Side(40, 4, 3, -1))
    assert not few.says
    assert telling.verdict(few) == ["Too few to say: 9 with a gift and 40 similar without; 10 of each are needed."]
    assert Effect(0, 1, Side(LEAST, 4, 9, 5), Side(LEAST, 4, 3, -1)).says


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        ("", "2099-01-01", "have to be over"),
        ("2025-05-01", "2025-04-01", "is after"),
        ("soon", "", "isn't a date"),
    ],
)
def test_days_that_cannot_be_are_said(bench: Workbench, since: str, until: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        bench.fairness.effect(since, until)


def test_nothing_is_too_few(bench: Workbench) -> None:
    found = bench.fairness.effect()
    assert (found.given, found.similar, found.says) == (Side(0, 0, 0, 0), Side(0, 0, 0, 0), False)
