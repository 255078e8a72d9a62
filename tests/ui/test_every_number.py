"""Every number on the screen is what SQL counts: over the demo, and over a community that is made up here.

The SQL is written anew, without a look at the desks': each number is counted twice, in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.history import Asked
from app.workbench import Workbench
from app.works.desk import Said
from tests.ui.settling import settle
from tests.ui.talking import inbox
from ui.shell.application import Application
from ui.shell.window import Window

LEAST = 60
_MEMBERS = 6  # whose pages are looked at, those who wrote most
_PEOPLE, _MESSAGES = 14, 260
_DAY = 86_400
_TODAY = "strftime('%Y-%m-%d', 'now', 'localtime')"
_THEIRS = "SELECT id FROM identity WHERE member_id = :m"
_TALKS = (
    f"SELECT conversation_id FROM message WHERE identity_id IN ({_THEIRS})"
    f" UNION SELECT id FROM conversation WHERE identity_id IN ({_THEIRS})"
)
_LACKS = (
    "(NOT in_person AND NOT EXISTS (SELECT 1 FROM member p LEFT JOIN gift_address a ON a.id = gift.id"
    " WHERE p.id = member_id AND iif("
    "coalesce(a.address_1 || a.address_2 || a.address_3 || a.postal_code || a.city || a.country, '') <> '',"
    " a.address_1 <> '' AND a.city || a.postal_code <> '', p.address_1 <> '' AND p.city || p.postal_code <> '')))"
)
_TO_SEE_TO = (
    "(state IN ('approved', 'address_in', 'to_ship') OR state = 'asked' AND EXISTS (SELECT 1 FROM member p"
    " WHERE p.id = member_id AND p.last_at > coalesce(asked_at, state_at)))"
)
_LISTED = {
    "in_work": "'idea', 'approved', 'asked', 'address_in', 'to_ship', 'shipped', 'arrived'",
    "idea": "'idea'", "prepared": "'approved', 'asked', 'address_in'", "to_ship": "'to_ship'",
    "on_the_way": "'shipped', 'arrived'", "enjoyed": "'thanked', 'story'",
    "ended": "'declined', 'charity', 'lapsed', 'lost', 'returned'",
}  # fmt: skip
_TO_THANK = (
    "(state = 'arrived' OR state = 'shipped' AND (state_at <= unixepoch() - 864000"
    " OR EXISTS (SELECT 1 FROM member p WHERE p.id = member_id AND p.last_at > state_at)))"
)
_PROMISED_BY_TODAY = f"kept_at IS NULL AND dropped_why = '' AND (due_on IS NULL OR due_on = '' OR due_on <= {_TODAY})"
_BACK = "closed_at IS NULL AND status IN ('solved', 'declined')"


class Number(NamedTuple):
    """A number: where it stands, what is shown there, and the SQL that counts it, for a member `:m` or for nobody."""

    where: str
    shown: int
    sql: str
    member: int = 0


def first(words: str) -> int:
    """The first number in these words; 0 where there is none."""
    found = re.search(r"\d[\d ,\u00a0\u202f]*", words)
    return int(re.sub(r"\D", "", found[0])) if found else 0


def before(line: str, words: str) -> int:
    """The number before these words in a line of figures; 0 where they are not in it."""
    found = re.search(rf"(\d+)[ \u00a0]{words}", line)
    return int(found[1]) if found else 0


@pytest.fixture
def made(profile: Profile, qt: QApplication) -> Iterator[Window]:
    """A window over a community of which nobody knows what is in it."""
    bench = Workbench(profile)
    _people(bench, Random(14))
    _matters(bench, Random(41))
    bench.close()
    application = Application(profile)
    application.start()
    assert application.window is not None
    application.window.resize(1280, 800)
    qt.processEvents()
    yield application.window
    application.close()
    qt.processEvents()


def _people(bench: Workbench, dice: Random) -> None:
    """Somebody writes on one of three channels, somebody or we answer."""
    now = clock.now()
    accounts = [
        bench.accounts.add_demo(kind, name, "Us", at=now - 99 * _DAY, ok_at=now, page="", facts=None, fields=None)
        for kind, name in (("wordpress", "Blog"), ("discourse", "Forum"), ("mastodon", "Fediverse"))
    ]
    items: dict[int, list[Incoming]] = {account: [] for account in accounts}
    for number in range(_MESSAGES):
        account, who = dice.choice(accounts), dice.randrange(_PEOPLE)
        thread = f"{account}-{dice.randrange(40)}"
        at = now - (_MESSAGES - number) * 3600
        ours = dice.random() < 0.35
        author = Author("us", "us", "Us") if ours else Author(f"p{who}", f"p{who}", f"Person {who}")
        items[account].append(
            Incoming(f"{account}-m{number}", at, f"Words number {number}, all of them new", author, thread=thread,
                     out=ours, language="en", title=f"Thread {thread}")
        )  # fmt: skip
    for account, said in items.items():
        bench.intake.take(account, said)


def _matters(bench: Workbench, dice: Random) -> None:
    """Promises, gifts, hand-offs, works and notes about them, in every state."""
    conn = bench.store.read
    people = [row["id"] for row in conn.execute("SELECT id FROM member ORDER BY id").fetchall()]
    talks = [row["id"] for row in conn.execute("SELECT id FROM conversation ORDER BY id").fetchall()]
    mates = [bench.teammates.add(f"Mate {number}") for number in range(3)]
    for number in range(18):
        due = dice.choice(("", "2020-01-01", "2999-01-01"))
        promise = bench.promises.add(dice.choice(people), f"Promise {number}", due, dice.choice(talks))
        if dice.random() < 0.3:
            bench.promises.keep(promise)
    for number in range(16):
        bench.gifts.log(
            dice.choice(people), "Mug", f"Because {number}", "9.00", "EUR",
            state=dice.choice(("idea", "approved", "to_ship", "shipped", "thanked")),
            at=clock.now() - dice.randrange(30) * _DAY, occasion="thank_you", conversation_id=dice.choice(talks),
        )  # fmt: skip
    for number in range(12):
        needed = dice.choice(("", "2020-01-01", "2999-01-01"))
        handed = bench.handoffs.add(dice.choice(talks), dice.choice(mates), f"Ask {number}", needed_by=needed)
        if number % 3 == 0:
            bench.handoffs.answer(handed, "solved", "Yes", "")
        if number % 6 == 0:
            bench.handoffs.tell(handed)
    written = conn.execute("SELECT id FROM message WHERE NOT out ORDER BY id").fetchall()
    for number, row in enumerate(dice.sample(written, 6)):
        work = bench.works.add(row["id"], "photo", f"Photo {number}")
        if number % 2:
            bench.works.grant(work, Said(until_on=clock.local(clock.now() + number * 9 * _DAY).date().isoformat()))
    for row in dice.sample(written, 5):
        bench.kind_words.keep(row["id"])
    _helps_and_notes(bench, dice, people, [row["id"] for row in written])


def _helps_and_notes(bench: Workbench, dice: Random, people: list[int], written: list[int]) -> None:
    with bench.store.write() as writer:
        for message in dice.sample(written, 9):
            who = writer.execute("SELECT identity_id FROM message WHERE id = ?", (message,)).fetchone()[0]
            other = dice.choice([one for (one,) in writer.execute("SELECT id FROM identity WHERE id <> ?", (who,))])
            writer.execute("INSERT OR IGNORE INTO help VALUES (?, ?, ?, ?, 0)", (message, who, other, clock.now()))
        for number in range(7):
            at = clock.now() - number * _DAY
            writer.execute(
                "INSERT INTO member_note (member_id, at, text) VALUES (?, ?, 'Noted')", (dice.choice(people), at)
            )


def _of_the_rail(window: Window) -> Iterator[Number]:
    rows = window.rail.rows
    state = "SELECT count(*) FROM conversation WHERE joined_into IS NULL AND messages > 0 AND state = '{}'"
    yield Number("rail: inbox", rows["inbox"]._count, state.format("needs_me"))
    yield Number("rail: snoozed", rows["inbox/snoozed"]._count, state.format("snoozed"))
    yield Number("rail: quiet", rows["inbox/quiet"]._count, state.format("quiet"))
    yield Number("rail: delight", rows["delight"]._count, (
        f"SELECT count(*) FROM gift WHERE {_TO_SEE_TO} AND {_LACKS} OR state = 'to_ship'"
        f" AND NOT {_LACKS} OR {_TO_THANK}"
    ))  # fmt: skip
    yield Number("rail: hand-offs", rows["handoffs"]._count, (
        f"SELECT count(*) FROM handoff WHERE closed_at IS NULL AND (status IN ('solved', 'declined')"
        f" OR needed_by < {_TODAY})"
    ))  # fmt: skip
    yield Number("rail: today", rows["today"]._count, (
        f"SELECT (SELECT count(*) FROM promise WHERE {_PROMISED_BY_TODAY} AND due_on <> '')"
        f" + (SELECT count(*) FROM handoff WHERE {_BACK}) + (SELECT count(*) FROM gift WHERE {_TO_THANK})"
    ))  # fmt: skip


def _of_today(window: Window) -> Iterator[Number]:
    window.go("today")
    page: Any = window.page("today")
    settle(lambda: page.body is not None and page.body.side is not None, 20)
    groups = {group.key: group.total for group in window.bench.today.groups()}
    drafts = "SELECT (SELECT count(*) FROM draft WHERE trim(text) <> '') + (SELECT count(*) FROM letter_draft)"
    for key, sql in {
        "promised": f"SELECT count(*) FROM promise WHERE {_PROMISED_BY_TODAY}",
        "came_back": f"SELECT count(*) FROM handoff WHERE {_BACK}",
        "waiting": "SELECT count(*) FROM conversation WHERE state = 'needs_me' AND joined_into IS NULL",
        "gifts": (f"SELECT count(*) FROM gift WHERE state = 'to_ship' OR {_TO_SEE_TO} AND {_LACKS} OR {_TO_THANK}"),
        "works": (
            "SELECT count(*) FROM work w WHERE state = 'granted' AND until_on <> '' AND julianday(until_on) -"
            f" julianday({_TODAY}) BETWEEN 0 AND 30"
        ),
        "drafts": drafts,
    }.items():
        yield Number(f"today: {key}", groups.get(key, 0), sql)
    many = "SELECT count(*) FROM kind_word k JOIN message m ON m.id = k.message_id WHERE m.gone_at IS NULL"
    yield Number("shelf of kind words", len(window.bench.kind_words.every()), many)


def _of_pages(window: Window) -> Iterator[Number]:
    page = inbox(window)
    counts = {key: segment._count for key, segment in page.list.filter.switch._segments.items()}
    for key in ("needs_me", "waiting"):
        sql = f"SELECT count(*) FROM conversation WHERE state = '{key}' AND joined_into IS NULL AND messages > 0"
        yield Number(f"inbox: {key}", first(counts[key]), sql)
    window.go("delight")
    delight: Any = window.page("delight")
    for key, segment in delight.stages._segments.items():
        counted = f"SELECT count(*) FROM gift WHERE state IN ({_LISTED[key]})"
        yield Number(f"delight: {key}", first(segment._count), counted)
    window.go("handoffs")
    handoffs: Any = window.page("handoffs")
    pressing = f"closed_at IS NULL AND (status IN ('solved', 'declined') OR needed_by < {_TODAY})"
    closed = {"open": "closed_at IS NULL", "closed": "closed_at IS NOT NULL", "needs_me": pressing}
    for key, segment in handoffs.switch._segments.items():
        if key in closed:
            sql = f"SELECT count(*) FROM handoff WHERE {closed[key]}"
            yield Number(f"hand-offs: {key}", first(segment._count), sql)


def _of_members(window: Window) -> Iterator[Number]:
    window.go("members")
    page: Any = window.page("members")
    everybody = "SELECT count(*) FROM member WHERE merged_into IS NULL"
    yield Number("members: all", first(page.header.line.text()), everybody)
    busiest = window.bench.store.read.execute(
        "SELECT i.member_id FROM identity i JOIN message m ON m.identity_id = i.id GROUP BY 1"
        " ORDER BY count(*) DESC, 1 LIMIT ?", (_MEMBERS,),
    ).fetchall()  # fmt: skip
    for (member,) in busiest:
        page.open(member)
        QApplication.processEvents()
        yield from _of_member(window, page, member)


def _of_member(window: Window, page: Any, member: int) -> Iterator[Number]:
    (row,) = window.bench.members.rows([member])
    figures, line = page.profile.person.figures, page.profile.person._told.text()
    talks = f"SELECT count(*) FROM ({_TALKS})"
    answered = (
        f"SELECT count(*) FROM ({_TALKS}) t WHERE EXISTS (SELECT 1 FROM message m JOIN message o ON o.conversation_id ="
        f" m.conversation_id WHERE m.conversation_id = t.conversation_id AND m.identity_id IN ({_THEIRS}) AND NOT m.out"
        " AND o.out AND o.failed = '' AND (o.at > m.at OR o.at = m.at AND o.id > m.id))"
    )
    said = f"SELECT count(*) FROM message WHERE NOT out AND identity_id IN ({_THEIRS})"
    open_ = "SELECT count(*) FROM promise WHERE member_id = :m AND kept_at IS NULL AND dropped_why = ''"
    helped = (
        f"SELECT count(DISTINCT o.member_id) FROM help h JOIN identity o ON o.id = h.helped_identity_id"
        f" WHERE h.identity_id IN ({_THEIRS}) AND o.member_id <> :m"
    )
    given = "'shipped', 'arrived', 'thanked', 'story'"
    gifts = f"SELECT coalesce(sum(qty), 0) FROM gift WHERE member_id = :m AND state IN ({given})"
    name = f"member {member}"
    yield Number(f"{name}: row", row.conversations, talks, member)
    yield Number(f"{name}: conversations", first(figures[0].value.text()), talks, member)
    yield Number(f"{name}: answered", first(figures[1].value.text()), answered, member)
    yield Number(f"{name}: messages in the line", before(line, "messages?"), said, member)
    yield Number(f"{name}: promises in the line", before(line, "open"), open_, member)
    helped_here = re.search(r"helped[ \u00a0](\d+)", line)
    yield Number(f"{name}: helped in the line", int(helped_here[1]) if helped_here else 0, helped, member)
    given_here = re.search(r"(\d+)[^·]*\(\d{4}", line)
    yield Number(f"{name}: gifts in the line", int(given_here[1]) if given_here else 0, gifts, member)
    identities = f"SELECT count(*) FROM ({_THEIRS})"
    yield Number(f"{name}: identities", len(page.profile.card.member.identities), identities, member)
    for kind, sql in {
        "message": f"{said} AND kind <> 'offline'",
        "promise": "SELECT count(*) + count(kept_at) + sum(dropped_why <> '') FROM promise WHERE member_id = :m",
        "gift": "SELECT count(*) + sum(state <> 'idea') FROM gift WHERE member_id = :m",
        "note": "SELECT count(*) FROM member_note WHERE member_id = :m",
        "work": (
            "SELECT count(*) + count(asked_at) + sum(state IN ('granted', 'refused', 'withdrawn')) FROM work"
            " WHERE member_id = :m"
        ),
    }.items():
        shown = window.bench.history.page(member, Asked(frozenset((kind,))), limit=100_000).entries
        yield Number(f"{name}: history of {kind}", len(shown), sql, member)


@pytest.mark.slow
@pytest.mark.parametrize("community", ["demo", "made"])
def test_every_number_is_what_sql_counts(community: str, request: pytest.FixtureRequest) -> None:
    window: Window = request.getfixturevalue(community)
    settle(lambda: all(window.rail.rows[page]._count > 0 for page in ("inbox", "today", "delight", "handoffs")), 20)
    numbers = [*_of_the_rail(window), *_of_today(window), *_of_pages(window), *_of_members(window)]
    assert len(numbers) >= LEAST
    assert len({number.where for number in numbers}) == len(numbers)
    assert sum(number.shown > 0 for number in numbers) > LEAST // 2
    conn = window.bench.store.read
    counted = {one.where: (one.shown, conn.execute(one.sql, {"m": one.member}).fetchone()[0] or 0) for one in numbers}
    assert {where: pair for where, pair in counted.items() if pair[0] != pair[1]} == {}
