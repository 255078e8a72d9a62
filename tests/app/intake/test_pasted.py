"""Lines that were copied out of a chat are as many messages as they hold."""

from __future__ import annotations

import re

import pytest

from app.base import clock
from app.base.errors import UserError
from app.imports.exports.chats import pasted
from app.intake.written_down import Caller
from app.workbench import Workbench

COPIED = (
    "[21:05, 28/11/2023] Anna Jónsdóttir: Are you open?\nI have three bottles: two empty\n"
    "[21:06, 28/11/2023] Stand: At nine.\n[21:07, 28/11/2023] Anna Jónsdóttir: Thanks\n"
)


@pytest.fixture
def account(bench: Workbench) -> int:
    return bench.accounts.add("whatsapp", "WhatsApp", {"number": "+354 555 0100"}, {})[0].id


def stored(bench: Workbench) -> list[tuple[object, ...]]:
    """(words, whether they are ours, the member's name) of all messages."""
    rows = bench.store.read.execute(
        "SELECT m.text, m.out, coalesce(p.name, '') FROM message m LEFT JOIN identity i ON i.id = m.identity_id"
        " LEFT JOIN member p ON p.id = i.member_id ORDER BY m.at, m.id"
    )
    return [(text, out, "" if out else name) for text, out, name in rows]


ANNAS = [
    ("Are you open?\nI have three bottles: two empty", 0, "Anna Jónsdóttir"),
    ("At nine.", 1, ""),
    ("Thanks", 0, "Anna Jónsdóttir"),
]


@pytest.mark.parametrize(
    "text",
    [
        COPIED,
        COPIED.replace("28/11/2023", "28.11.2023"),
        COPIED.replace("21:0", "9:0").replace(", 28/11/2023", " PM, 11/28/2023"),
        re.sub(r"\[(\S+), (\S+)\]", r"\2, \1 -", COPIED),
        f"\n{COPIED}\n\n",
    ],
)  # fmt: skip
def test_each_line_with_a_time_is_a_message(bench: Workbench, account: int, text: str) -> None:
    talk = bench.written_down.take_chat(account, "Anna Jónsdóttir", pasted(text))
    assert stored(bench) == ANNAS
    assert bench.inbox.row(talk).messages == 3
    first = clock.local(min(one.at for one in pasted(text)))
    assert (first.year, first.month, first.day, first.hour, first.minute) == (2023, 11, 28, 21, 5)
    bench.store.undo_action(bench.store.last_action or 0)
    assert stored(bench) == []


def test_what_was_said_just_now_needs_an_answer(bench: Workbench, account: int) -> None:
    hour = clock.local(clock.now() - 3_600)
    talk = bench.written_down.take_chat(account, "Anna", pasted(f"[{hour:%H:%M, %d/%m/%Y}] Anna: Are you open?"))
    assert bench.inbox.row(talk).state == "needs_me"


def test_pasted_once_more_with_what_was_said_since(bench: Workbench, account: int) -> None:
    talk = bench.written_down.take_chat(account, "Anna Jónsdóttir", pasted(COPIED))
    assert bench.written_down.take_chat(account, "Anna Jónsdóttir", pasted(COPIED)) == talk
    more = COPIED + "[21:07, 28/11/2023] Anna Jónsdóttir: Thanks\n[21:30, 28/11/2023] Stand: 👍"
    assert bench.written_down.take_chat(account, "Anna Jónsdóttir", pasted(more)) == talk
    assert [text for text, *_ in stored(bench)][2:] == ["Thanks", "Thanks", "👍"]
    assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 1


def test_it_joins_what_was_written_down_by_hand(bench: Workbench, account: int) -> None:
    talk = bench.written_down.take(account, "Anna Jónsdóttir", "Hello?")
    assert bench.written_down.take_chat(account, "Anna Jónsdóttir", pasted(COPIED)) == talk


def test_who_is_known_by_a_number_or_as_a_member_stays_so(bench: Workbench, account: int) -> None:
    talk = bench.written_down.take(account, Caller("Anna Jónsdóttir", "+354 555 1234"), "Hello?")
    chat = pasted(COPIED)
    assert bench.written_down.take_chat(account, Caller("Anna Jónsdóttir", "+354 555 1234"), chat) == talk
    (member,) = bench.store.read.execute("SELECT id FROM member").fetchone()
    bench.written_down.take_chat(account, member, pasted(COPIED.replace("2023", "2022")))
    assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 1


def test_who_of_several_is_us_is_asked_where_nobody_can_tell(bench: Workbench, account: int) -> None:
    with pytest.raises(UserError, match="Who of them wrote to you: Anna Jónsdóttir, Stand\\?"):
        bench.written_down.take_chat(account, "Béla", pasted(COPIED))
    assert stored(bench) == []
    group = pasted(COPIED + "[21:08, 28/11/2023] Béla: Me too\n")
    with pytest.raises(UserError, match="Who of them"):
        bench.written_down.take_chat(account, "Béla", group)


@pytest.mark.parametrize(
    "text", ["Are you open?", "3 bottles please", "28/11/2023, 21:05 - see you", "[1] Note: x", ""]
)
def test_other_words_are_no_chat(text: str) -> None:
    assert pasted(text) == []
