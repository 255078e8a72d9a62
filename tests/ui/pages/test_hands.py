"""Every command of the table is done by somebody where the table says so, and nobody does what no command names.

The pages are walked through what they can show: rows of every kind, every view, the form, the question after posting.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ui
from app.base import clock
from app.commands.command import EVERYWHERE
from app.commands.keymap import Keymap
from app.commands.table import COMMANDS, by_id, on_page
from app.giveaways import NewEntry, Plan
from app.mail.parse import parse
from app.outbox import QUEUED
from tests.ui.settling import settle
from ui.frame.registry import numbered, pages
from ui.pages.inbox.page import MENU
from ui.pages.members.sides import SIDES
from ui.palette import menus
from ui.palette.keysheet import grouped
from ui.shell import errands
from ui.shell.window import Window

SOURCES = Path(ui.__file__).parent
ON_PAPER = ("export", "print", "print_list")
OF_THE_FRAME = (
    "quit",
    "open_file",
    "bring_in",
    "backup",
    "restore",
    "check_file",
    "keeping",
    "lend",
    "sync",
    "leave_demo",
)


def _public(window: Window) -> int:
    row = window.bench.store.read.execute("SELECT id FROM conversation WHERE public = 1 AND messages > 0").fetchone()
    return int(row["id"])


def _signed_anew(window: Window) -> int:
    """A conversation in which somebody signs with another name than their address is known by."""
    row = window.bench.store.read.execute(
        "SELECT i.key, a.id FROM identity i JOIN account a ON a.kind = i.kind WHERE i.kind = 'email' LIMIT 1"
    ).fetchone()
    raw = (
        f"From: Somebody Else <{row['key']}>\nTo: hello@sitrona.example\nMessage-ID: <new-name@example.org>\n"
        "Date: Mon, 16 Nov 2026 10:00:00 +0000\nSubject: A new name\n\nGood morning!\n"
    )
    taken = window.bench.intake.take(row["id"], [parse(raw.encode(), ("hello@sitrona.example",))])
    return next(iter(taken.conversation_ids))


def _with_pictures(window: Window) -> int:
    """A conversation with pictures."""
    row = window.bench.store.read.execute(
        "SELECT m.conversation_id FROM message m JOIN attachment a ON a.message_id = m.id WHERE a.type = 'image/jpeg'"
    ).fetchone()
    return int(row[0])


def _asked(window: Window) -> int:
    """A conversation with a question of ours that nobody answered."""
    window.bench.inbox.wake(clock.now())
    read, open_now = window.bench.store.read, "SELECT conversation_id FROM open_question WHERE let_go_at IS NULL"
    row = read.execute(open_now).fetchone()
    if row is None:  # at the end of a block of the demo it has just been let go
        with window.bench.store.write() as conn:
            conn.execute("UPDATE open_question SET let_go_at = NULL")
        row = read.execute(open_now).fetchone()
    return int(row[0])


def _of(window: Window, page: Any) -> set[str]:
    """What can be done on a page: by itself, and by the window with what it lists and has open."""
    return set(page.handlers()) | {command_id for command_id in ON_PAPER if window.possible(command_id)}


def _of_facts(window: Window, page: Any) -> Iterator[set[str]]:
    """The embargoes, and a fact that has changed since it was told where a channel lets words be corrected."""
    page.open("embargoes")
    yield _of(window, page)
    row = window.bench.store.read.execute(
        "SELECT m.id, m.text FROM message m JOIN account a ON a.id = m.account_id WHERE m.out = 1 AND m.kind = 'said'"
        " AND a.kind = 'mastodon' AND m.remote_id IS NOT NULL AND m.gone_at IS NULL LIMIT 1"
    ).fetchone()
    fact = window.bench.facts.add("A word of ours", {"": row["text"].split()[0].strip(".,!?:")})
    window.bench.facts.note_told(window.bench.facts.get(fact).values[0].id, row["id"])
    window.bench.facts.set(fact, "", "Another word")
    page.open(fact)
    yield _of(window, page)


def _of_promises(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done where an answer came back, a promise is open and the draft promises another; and with stacks."""
    conn = window.bench.store.read
    number = conn.execute("SELECT id FROM conversation WHERE title = 'Το κουτί έφτασε σπασμένο'").fetchone()[0]
    page.open(number)
    settle(lambda: {"tell_answer", "stacks"} <= page.handlers().keys(), 20)
    yield _of(window, page)
    page.talk.composer.field.setPlainText("Θα σου γράψω την Παρασκευή.")
    settle(lambda: {"take_promise", "keeps_promise"} <= page.handlers().keys(), 20)
    yield _of(window, page)
    page.talk.composer.field.clear()


def _of_gifts(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done with a gift that got lost, with a voucher, and with somebody who deserves one."""
    gifts = window.bench.gifts
    lost = gifts.listed("on_the_way")[0]
    gifts.set_state(lost.id, "lost")
    for number in (lost.id, gifts.log(lost.member_id, "Shop voucher", "A kind word", "10 EUR")):
        page.open(number)
        yield _of(window, page)
    window.run("giveaways")  # the one of the demo is drawn; another one is open, and closed
    yield _of(window, page)
    desk = window.bench.giveaways
    made = desk.add(Plan("Mugs", 1))
    desk.enter_rows(made, [NewEntry("Ana", "ana@x.example")])
    for close in (False, True):
        if close:
            desk.close(made)
        window.run("back")
        window.run("giveaways")
        yield _of(window, page)
    window.run("back")
    settle(lambda: page.side.deserving is not None and bool(page.side.deserving.lines), 20)
    page.side.deserving.lines[0].setFocus()
    yield _of(window, page)


def _of_letters(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done with a message that promises something to somebody whom another thing is promised."""
    member = window.bench.members.find("Marcus Bell")[0]
    window.bench.promises.add(member, "send the price list")
    page.open(("member", member))
    page.language.set_language("en")
    page.field.setPlainText("I'll write to you tomorrow.")
    settle(lambda: {"take_promise", "keeps_promise"} <= page.handlers().keys(), 20)
    yield _of(window, page)
    page.field.clear()


def _between(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done where two quarrel, where somebody was asked about an introduction, and once both said yes."""
    page.open(window.bench.quarrels.listed()[0].conversation_id)
    yield _of(window, page)
    made = window.bench.introductions.listed("asked")[0]
    row = window.bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id"
        " WHERE i.member_id = ? AND messages > 0",
        (made.other.member_id,),
    ).fetchone()
    page.open(row[0])
    yield _of(window, page)
    window.bench.introductions.note_word(made.id, made.other.member_id, yes=True)
    settle()
    yield _of(window, page)


def _of_outbox(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done with replies that failed, and with scheduled ones."""
    entries = window.bench.outbox.entries()
    for state, later, until in (("failed", 0, 0), ("held", 1, clock.now() + 86_400)):
        _put(window, [(state, later, until, entry.id) for entry in entries])
        page.open(entries[0].id)
        yield _of(window, page)
    _put(window, [(entry.state, int(entry.later), entry.held_until, entry.id) for entry in entries])


def _of_teammates(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done with a teammate, and with a file that came back."""
    page.open(("teammate", window.bench.teammates.all()[0].id))
    yield _of(window, page)
    page.open(window.bench.returns.waiting(window.bench.profile.folder))
    settle(lambda: "apply_return" in page.handlers(), 20)
    yield _of(window, page)


def _of_members(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done with members, on every side of the page, and while one is added."""
    for side in SIDES:
        page.open(side)
        settle()
        yield _of(window, page)
    keep, other = window.bench.members.find("")[:2]
    page.open(("pair", keep, other))
    yield _of(window, page)
    window.run("merge_pair")
    settle()
    for number in window.bench.members.find("")[:5]:
        page.open(number)
        yield _of(window, page)
    window.run("add_member")
    yield _of(window, page)
    window.run("back")


def _of_today(window: Window, page: Any) -> Iterator[set[str]]:
    """What can be done with a member who has gone quiet, in whose row the focus is."""
    body = page.finish()
    settle()
    yield _of(window, page)
    next(line for line in body.side.lines if line.of == "quiet").setFocus()
    yield _of(window, page)


def _put(window: Window, rows: list[tuple[str, int, int, int]]) -> None:
    with window.bench.store.write() as conn:
        conn.executemany("UPDATE outbox SET state = ?, later = ?, held_until = ? WHERE id = ?", rows)
    settle()


def _hands(window: Window, page_id: str) -> Iterator[set[str]]:
    """What the page can do, in one state after the other."""
    window.go(page_id)
    settle()
    page: Any = window.page(page_id)
    yield _of(window, page)
    if page_id == "today":
        yield from _of_today(window, page)
    if page_id == "inbox":
        for number in (_signed_anew(window), _public(window), _with_pictures(window), _asked(window)):
            page.open(number)
            yield _of(window, page)
        yield from _of_promises(window, page)
        yield from _between(window, page)
    if page_id == "templates":
        for view in ("templates", "voice", "rules", "drift"):
            page.open(view)
            yield _of(window, page)
    if page_id == "facts":
        yield from _of_facts(window, page)
    if page_id in ("delight", "handoffs"):
        every = window.bench.gifts.listed("all") if page_id == "delight" else window.bench.handoffs.listed("all")
        for one in every:
            page.open(one.id)
            yield _of(window, page)
    more = {
        "outbox": _of_outbox, "letter": _of_letters, "members": _of_members, "delight": _of_gifts,
        "handoffs": _of_teammates,
    }  # fmt: skip
    if page_id in more:
        yield from more[page_id](window, page)


@pytest.fixture
def hands(demo: Window) -> dict[str, set[str]]:
    """By page what it can do in some state; under EVERYWHERE what the window can."""
    found = {entry.id: set[str]().union(*_hands(demo, entry.id)) for entry in pages()}
    found[EVERYWHERE] = {command.id for command in COMMANDS if demo.possible(command.id)}
    waiting = next(one for one in demo.bench.outbox.entries((QUEUED,)))
    demo.post(waiting.id)
    settle(lambda: demo.possible("posted"), 20)
    found[EVERYWHERE] |= {command.id for command in COMMANDS if demo.possible(command.id)}
    return found


def test_no_command_is_without_a_hand_and_no_hand_without_a_command(hands: dict[str, set[str]]) -> None:
    for entry in pages():
        named = {command.id for command in COMMANDS if entry.id in command.where}
        assert named <= hands[entry.id], f"nobody on {entry.id} does {named - hands[entry.id]}"
        known = {command.id for command in on_page(entry.id)}
        assert hands[entry.id] <= known, f"no command on {entry.id} asks for {hands[entry.id] - known}"
    anywhere = {command.id for command in COMMANDS if EVERYWHERE in command.where}
    anywhere -= {f"page_{place}" for place in range(len(numbered()) + 1, 10)}  # of pages that are not there yet
    anywhere.remove("open_again")  # only where another program replaced the file: tests/ui/shell/test_replaced.py
    anybody = hands[EVERYWHERE].union(*(hands[entry.id] for entry in pages()))
    assert anywhere <= anybody, anywhere - anybody


def test_what_the_window_passes_on_is_done_by_the_application(demo: Window) -> None:
    for command_id in OF_THE_FRAME:
        assert demo.possible(command_id)
        assert errands.doer(command_id) is not None
    assert errands.doer("open_again") is not None
    assert errands.doer("dance") is None


@pytest.mark.parametrize("page_id", [entry.id for entry in pages()])
def test_key_sheet_and_palette_offer_what_can_be_done(demo: Window, page_id: str) -> None:
    demo.go(page_id)
    settle()
    offered = [command for _, commands in grouped(page_id, demo.possible) for command in commands]
    assert {"keysheet", "search", "settings"} <= {command.id for command in offered}
    for command in offered:
        assert demo.possible(command.id)
        for key in command.keys:
            assert any(demo.possible(found.id) for found in Keymap().commands([key], page_id)), (command.id, key)


@pytest.mark.slow
def test_menus_and_buttons_name_commands_of_the_table() -> None:
    groups = [*menus.COMMUNITY, *MENU, *menus.MARKED, *(group for groups in menus.ROWS.values() for group in groups)]
    assert [by_id(command_id) for group in groups for command_id in group]
    called = set(_called())
    assert {"reply", "send_done", "send_file", "shipping_list"} <= called
    assert called <= {command.id for command in COMMANDS}


def _called() -> Iterator[str]:
    """The ids that are written out where a command is run or a button is made for one."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name, given = ast.unparse(node.func).rpartition(".")[2], node.args[0].value
            if name in ("CommandButton", "by_id", "possible", "run") and isinstance(given, str):
                yield given
