"""Passed on: a colleague's letter that brings an enquiry is answered to whoever asked, and never to the colleague."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Addressee, Author, Incoming
from app.inbox import addressing
from app.inbox.passed import passed_on
from app.inbox.receivers import default, receiver, speakers
from app.intake.passing import By, was_not_passed_on
from app.intake.written_down import Caller
from app.outbox import composing
from app.voice import Draft
from app.workbench import Workbench
from tests.app.mail.test_passed import ATTACHED, GMAIL, OUTLOOK
from tests.app.saying import differences, rows

OURS, JON, KATA, ANNA = "us@limonade.example", "jon@limonade.example", "kata@limonade.example", "anna@kovacs.example"
COUNT = iter(range(1_000))


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return prepared(bench)


def prepared(bench: Workbench) -> Workbench:
    """With a mailbox of ours, a teammate with an address there, and one with a private address."""
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, fields, created_at) VALUES (1, 'email', 'Mail', ?, ?, 0)",
            (OURS, json.dumps({"address": OURS})),
        )
        conn.execute(
            "INSERT INTO account (id, kind, name, mode, created_at) VALUES (2, 'facebook', 'Facebook', 'assisted', 0)"
        )
    bench.teammates.add("Jón Einarsson", email=JON)
    bench.teammates.add("Dóra", email="dora@freemail.example")
    return bench


def letter(text: str = GMAIL, sender: str = JON, **more: Any) -> Incoming:
    number = f"letter-{next(COUNT)}@host.example"
    made = Incoming(number, clock.now(), text, Author(sender, sender, sender.partition("@")[0].title()), public=False)
    to = (Addressee("to", "", OURS), Addressee("cc", "Kata", KATA), Addressee("reply_to", "", JON))
    return made._replace(letter=number, title="Fwd: Broken bottle", named=to, **more)


def came(bench: Workbench, item: Incoming) -> int:
    (number,) = bench.intake.take(1, [item]).conversation_ids
    return number


class Case(NamedTuple):
    """A letter, and whom the answer to it goes to."""

    text: str
    sender: str
    more: dict[str, Any]
    answers: str


CASES = {
    "a teammate passes on": Case(GMAIL, JON, {}, ANNA),
    "a teammate attaches the letter": Case(ATTACHED, JON, {}, ANNA),
    "a teammate's Outlook, by its subject": Case(OUTLOOK, JON, {"forwarded": True}, ANNA),
    "a colleague of our domain": Case(GMAIL, KATA, {}, ANNA),
    "a teammate with a private address": Case(GMAIL, "dora@freemail.example", {}, ANNA),
    "somebody else of that provider": Case(GMAIL, "eva@freemail.example", {}, "eva@freemail.example"),
    "a stranger": Case(GMAIL, "eva@elsewhere.example", {}, "eva@elsewhere.example"),
    "a colleague who only quotes": Case(OUTLOOK, JON, {}, JON),
    "a colleague passes on what a colleague wrote": Case(GMAIL.replace(ANNA, KATA), JON, {}, JON),
    "a colleague passes on what we wrote": Case(GMAIL.replace(ANNA, OURS), JON, {}, JON),
    "a colleague passes on what a machine wrote": Case(GMAIL.replace(ANNA, "no-reply@shop.example"), JON, {}, JON),
    "somebody who only says to be a colleague": Case(GMAIL, JON, {"forged": True}, JON),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_answer_goes_to_whoever_asked_and_to_nobody_else(bench: Workbench, case: Case) -> None:
    named = (Addressee("to", "", OURS),)
    number = came(bench, letter(case.text, case.sender, **case.more)._replace(named=named))
    conn = bench.store.read
    to = receiver(conn, number)
    assert to is not None
    assert to.address == case.answers
    assert [one.address for one in speakers(conn, number)] == [case.answers]
    assert (passed_on(conn, number) is not None) == (case.answers == ANNA)


def test_no_reply_to_all_and_no_reply_to_reaches_the_colleague(bench: Workbench) -> None:
    number = came(bench, letter())
    conn = bench.store.read
    to = default(speakers(conn, number))
    assert to is not None
    assert to.asked == ()
    assert to.boxes == (("Anna Kovács", ANNA),)
    envelope = conn.execute("SELECT envelope FROM message WHERE conversation_id = ?", (number,)).fetchone()[0]
    assert not any(one in envelope for one in (JON, KATA))
    everybody = addressing.to_everybody(to, addressing.letter(conn, to.message_id), (OURS,))
    assert [box.address for box in addressing.boxes(to, everybody)] == [ANNA]


def test_who_passed_it_on_and_what_they_said_is_noted_and_its_words_are_the_askers(bench: Workbench) -> None:
    number = came(bench, letter())
    row = bench.inbox.row(number)
    found = passed_on(bench.store.read, number)
    assert found is not None
    assert (found.by, found.teammate_id, found.note) == ("Jón Einarsson", 1, "Can you take this?\nJón")
    assert found.sentence == "Passed on by Jón Einarsson: Can you take this? Jón"
    assert (row.member, row.title, row.state) == ("Anna Kovács", "Broken bottle", "needs_me")
    (line,) = [line for line in bench.inbox.open(number).lines if line.kind == "said"]
    assert line.text == "Hello,\nmy bottle broke.\n\nAnna"


def test_our_letter_names_no_letter_of_the_colleague(bench: Workbench) -> None:
    item = letter()
    number = came(bench, item)
    sent = bench.outbox.submit(bench.voice.clear(Draft("Dear Anna, we send another one.", "en")), number)
    reply = composing.reply(bench.store.read, bench.outbox.get(sent))
    assert reply.to is not None
    assert (reply.to.handle, reply.parent, reply.refs, reply.others) == (ANNA, "", (), ())
    assert item.remote_id not in str(reply)
    assert not any(one in str(reply) for one in (JON, KATA))


def test_what_the_colleague_writes_after_that_is_a_conversation_of_its_own(bench: Workbench) -> None:
    item = letter()
    number = came(bench, item)
    after = letter("Any news?", refs=(item.remote_id,), parent=item.remote_id)
    other = came(bench, after)
    assert other != number
    to = receiver(bench.store.read, number)
    assert to is not None
    assert to.address == ANNA


def test_an_answer_of_whoever_asked_goes_on_in_the_same_conversation(bench: Workbench) -> None:
    number = came(bench, letter())
    again = letter("And the other one?", ANNA)._replace(title="Broken bottle", named=())
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO thread_ref (account_id, ref, conversation_id) VALUES (1, 'our-answer@host.example', ?)",
            (number,),
        )
    assert came(bench, again._replace(refs=("our-answer@host.example",), parent="our-answer@host.example")) == number
    assert [one.address for one in speakers(bench.store.read, number)] == [ANNA]


def test_history_is_left_as_it_was(bench: Workbench) -> None:
    with bench.store.write() as conn:
        batch = conn.execute("INSERT INTO import_batch (file, kind, at) VALUES ('old.mbox', 'mbox', 0)").lastrowid
    (number,) = bench.intake.take(1, [letter()], batch_id=batch).conversation_ids
    assert passed_on(bench.store.read, number) is None


def test_what_was_not_passed_on_says_so_no_more_and_undo_says_it_again(bench: Workbench) -> None:
    number = came(bench, letter())
    before = rows(bench.store)
    assert was_not_passed_on(bench.store, number).by == "Jón Einarsson"
    assert (passed_on(bench.store.read, number), bench.inbox.row(number).passed_on) == (None, "")
    assert bench.inbox.open(number).passed is None
    with pytest.raises(UserError, match="isn't marked as passed on"):
        was_not_passed_on(bench.store, number)
    assert bench.actions.undo().title == "Not passed on by Jón Einarsson"
    assert differences(before, rows(bench.store)) == {}


# --- by hand


def test_what_a_colleague_told_is_written_down_and_answered_by_mail_to_whoever_asked(bench: Workbench) -> None:
    by = By("Jón Einarsson", 1, "from the fair")
    caller = Caller(f"Anna Kovács <{ANNA}>", passed=by)
    number = bench.written_down.take(1, caller, "When do you open?", post="Opening hours")
    found = passed_on(bench.store.read, number)
    assert found is not None
    assert (found.by, found.note) == ("Jón Einarsson", "from the fair")
    to = receiver(bench.store.read, number)
    assert to is not None
    assert to.boxes == (("Anna Kovács", ANNA),)
    sent = bench.outbox.submit(bench.voice.clear(Draft("At nine.", "en")), number)
    reply = composing.reply(bench.store.read, bench.outbox.get(sent))
    assert (reply.parent, reply.refs, reply.title) == ("", (), "Opening hours")


def test_an_enquiry_written_down_is_one_action(bench: Workbench) -> None:
    number = bench.written_down.take(1, Caller(f"Anna Kovács <{ANNA}>", passed=By("Jón Einarsson", 1)), "Hello")
    assert bench.actions.undo().title == "Passed on by Jón Einarsson: Anna Kovács"
    assert passed_on(bench.store.read, number) is None


def test_on_an_assisted_account_it_is_answered_there(bench: Workbench) -> None:
    number = bench.written_down.take(2, Caller("Anna", passed=By("Kata")), "Hello", public=False)
    found = passed_on(bench.store.read, number)
    assert found is not None
    assert found.sentence == "Passed on by Kata"
    assert bench.inbox.row(number).member == "Anna"


@pytest.mark.parametrize(
    ("who", "words", "told"),
    [
        ("Anna", "Hello", "address is needed"), (f"<{ANNA}>", " ", "Enter what was said"),
        (OURS, "Hello", "your own address"),
    ],
)  # fmt: skip
def test_what_could_not_be_answered_is_refused(bench: Workbench, who: str, words: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        bench.written_down.take(1, Caller(who, passed=By("Jón")), words)
    assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 0


def test_a_table_says_who_passed_a_row_on(bench: Workbench, tmp_path: Path) -> None:
    table = tmp_path / "enquiries.csv"
    table.write_text(
        "Name,Email,Message,Date,Channel,Passed on by\n"
        f"Anna Kovács,{ANNA},When do you open?,2026-11-30 10:00,Mail,Jón Einarsson\n"
        "Eva,eva@elsewhere.example,And on Sundays?,2026-11-30 11:00,Mail,\n",
        "utf-8",
    )
    bench.imports.run(table)
    rows = bench.store.read.execute(
        "SELECT p.by_name, p.teammate_id, m.text FROM passed_on p JOIN message m ON m.id = p.message_id"
    ).fetchall()
    assert [tuple(row) for row in rows] == [("Jón Einarsson", 1, "When do you open?")]
    (number,) = bench.store.read.execute("SELECT conversation_id FROM passed_on").fetchone()
    to = receiver(bench.store.read, number)
    assert to is not None
    assert to.address == ANNA
