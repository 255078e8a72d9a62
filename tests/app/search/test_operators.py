"""Operators, other spellings, people and slips, each beside what SQL says of the same file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.errors import UserError
from app.base.message import Attached
from app.gifts import Gifts
from app.inbox import Inbox
from app.intake import Intake
from app.members import Members
from app.search import COUNTED_MOST, Marker, Search, around, walking
from app.store.store import Store
from tests.app.saying import NOW, account, said

TODAY = date(2026, 11, 20)
TEXTS = [
    ("anna", "Anna Nagy", "a", "The box arrived broken", "en"),
    ("eleni", "Ελένη Παπαδοπούλου", "b", "Το κουτί έφτασε σπασμένο", "el"),
    ("jurgen", "Jürgen Köhler", "c", "Die Flasche aus Köln ist müßig schön", "de"),
    ("joerg", "Joerg Mueller", "d", "Die Kiste aus Koeln, mit Groesse", "de"),
    ("petr", "Petr Svoboda", "e", "Pošlete mi e-mail, tričko (T-shirt) za 1 234 Kč", "cs"),
    ("olga", "Olga", "f", "Call me at +36 30 123 4567 or send an email, 1.234 euros", "hu"),
    ("anna", "Anna Nagy", "a", "It is broken again, box and all", "en"),
    ("x_y.z", "Petr Pan", "g", "The lemonade is fine, the box too", "en"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("operators") / "a.rapport")
    with made.write() as conn:
        conn.execute("INSERT INTO setting VALUES ('quiet_days', '90000')")
    intake = Intake(made)
    blog, forum = account(made), account(made, "discourse", "Big Forum", own="we")
    items = [
        said(f"{n}", NOW + n * 86_400 - 30 * 86_400, text, who, name=name, thread=thread)._replace(language=language)
        for n, (who, name, thread, text, language) in enumerate(TEXTS)
    ]
    intake.take(blog, items[:4])
    intake.take(forum, items[4:])
    intake.take(blog, [said("ours", NOW - 20 * 86_400, "We send another box", "us", thread="a")])
    files = (Attached("photo.jpg", "image/jpeg", b"x"),)
    intake.take(
        blog, [said("file", NOW - 9 * 86_400, "Look at this box", "eleni", thread="b")._replace(attached=files)]
    )
    inbox, members = Inbox(made), Members(made)
    inbox.label(1, ["parcel"])
    inbox.label(2, ["parcel", "big box"])
    inbox.mark([2], "unhappy", on=True)
    inbox.mark([3], "hard", on=True)
    inbox.done([4])
    inbox.snooze([6], NOW * 2)
    inbox.keep_draft(1, "Half a word")
    Gifts(made).log(members.find("petr svoboda")[0], "Stickers", why="kind", worth="1", conversation_id=5)
    members.edit(members.find("olga")[0], {"note": "Brews kombucha at home"})
    members.edit(members.find("anna nagy")[0], {"kind": "press"})
    with made.write() as conn:
        conn.execute("UPDATE conversation SET public = 0 WHERE id = 7")
        rules = [(1, "Greetings from us", 1), (2, "Boxes", 2)]
        conn.executemany(
            "INSERT INTO rule (id, name, conditions, deeds, place, created_at) VALUES (?, ?, '{}', '{}', ?, 0)", rules
        )
        conn.executemany(
            "INSERT INTO rule_hit (rule_id, message_id, conversation_id, at, did, undone_at)"
            " SELECT ?, min(id), conversation_id, 0, '{}', ? FROM message WHERE conversation_id = ?",
            [(1, None, 1), (1, None, 3), (1, 9, 4), (2, None, 2)],
        )
        conn.executemany(
            "INSERT INTO passed_on (conversation_id, teammate_id, by_name, at) VALUES (?, ?, ?, 0)",
            [(1, None, "Jón Einarsson"), (3, None, "Dóra"), (4, None, "Kata")],
        )
    yield made
    made.close()


@pytest.fixture(scope="module")
def search(store: Store) -> Search:
    return Search(store)


def found(search: Search, typed: str) -> list[int]:
    """The ids of what is found, newest first."""
    return [hit.message_id for hit in search.messages(search.understand(typed, TODAY), limit=500)]


def said_in(search: Search, typed: str) -> set[str]:
    return {hit.text for hit in search.messages(search.understand(typed, TODAY), limit=500)}


JOINS = (
    "SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id"
    " LEFT JOIN identity i ON i.id = m.identity_id"
)
AFTER = clock.from_iso("2026-10-25")
_OF_KIND = "c.identity_id IN (SELECT o.id FROM identity o JOIN member b ON b.id = o.member_id WHERE b.kind IN ({}))"
OPERATORS = [
    ("from:anna", "NOT m.out AND i.name = 'Anna Nagy'"),
    ("from:svoboda", "NOT m.out AND i.name = 'Petr Svoboda'"),
    ('from:"Petr P"', "NOT m.out AND i.name = 'Petr Pan'"),
    ("from:x_y.z", "NOT m.out AND i.name = 'Petr Pan'"),
    ("from:eleni", "NOT m.out AND i.name LIKE 'Ελ%'"),
    ("from:ελενη", "NOT m.out AND i.name LIKE 'Ελ%'"),
    ("from:αννα", "NOT m.out AND i.name = 'Anna Nagy'"),
    ("from:me", "m.out"),
    ("from:anna from:olga", "NOT m.out AND i.name IN ('Anna Nagy', 'Olga')"),
    ("to:anna", "m.out AND c.id = 1"),
    ("channel:blog", "m.account_id = 1"),
    ('channel:"big f"', "m.account_id = 2"),
    ("channel:discourse", "m.account_id = 2"),
    ("channel:wordpress channel:big", "1"),
    ("label:parcel", "c.id IN (1, 2)"),
    ("label:PARC", "c.id IN (1, 2)"),
    ('label:parcel label:"big box"', "c.id = 2"),
    ("rule:greetings", "c.id IN (1, 3)"),
    ("rule:greetings rule:boxes", "c.id IN (1, 2, 3)"),
    ("passed:jon", "c.id = 1"),
    ("passed:einarsson", "c.id = 1"),
    ("passed:dóra passed:kata", "c.id IN (3, 4)"),
    ("passed:yes", "c.id IN (1, 3, 4)"),
    ("passed:no", "c.id NOT IN (1, 3, 4)"),
    ("kind:press", _OF_KIND.format("'press'")),
    ("kind:customers", _OF_KIND.format("'customer'")),
    ("kind:press kind:customer", _OF_KIND.format("'press', 'customer'")),
    ("state:done", "c.state = 'done'"),
    ("state:needs-me", "c.state = 'needs_me'"),
    ("state:unanswered", "c.state = 'needs_me'"),
    ("state:snoozed state:done", "c.state IN ('done', 'snoozed')"),
    ("after:25.10.2026", f"m.at >= {AFTER}"),
    ("before:2026-10-25", f"m.at < {AFTER}"),
    ("has:gift", "c.id = 5"),
    ("has:file", "EXISTS (SELECT 1 FROM attachment a WHERE a.message_id = m.id)"),
    ("lang:el", "m.language = 'el'"),
    ("lang:German", "m.language = 'de'"),
    ("lang:Čeština lang:hu", "m.language IN ('cs', 'hu')"),
    ("is:unhappy", "c.unhappy"),
    ("is:difficult", "c.hard"),
    ("is:draft", "c.id = 1"),
    ("is:public", "c.public"),
    ("is:private", "NOT c.public"),
]


@pytest.mark.parametrize(("typed", "sql"), OPERATORS)
@pytest.mark.parametrize("few", [0, 5_000])
def test_an_operator_finds_what_sql_finds(
    store: Store, monkeypatch: pytest.MonkeyPatch, typed: str, sql: str, few: int
) -> None:
    monkeypatch.setattr(walking, "_MAX_LISTED", few)
    monkeypatch.setattr(walking, "_MAX_LISTED_MESSAGES", few)
    monkeypatch.setattr(walking, "_MAX_LOOKED_AT", 2)
    search = Search(store)
    wanted = [number for (number,) in store.read.execute(f"{JOINS} WHERE {sql} ORDER BY m.id DESC")]
    assert wanted
    assert found(search, typed) == wanted
    with_word = found(search, f"{typed} box")
    assert with_word == [number for number in found(search, "box") if number in wanted]


@pytest.mark.parametrize("few", [0, 300])
def test_operators_together_find_what_each_of_them_finds(
    store: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(walking, "_FEW_LISTED", few)
    search = Search(store)
    alone = {typed: set(found(search, typed)) for typed, _ in OPERATORS}
    for (one, numbers), (other, others) in combinations(alone.items(), 2):
        if one.partition(":")[0] != other.partition(":")[0]:  # of the same operator either is meant
            assert set(found(search, f"{one} {other}")) == numbers & others, (one, other)


@pytest.mark.parametrize("typed", [typed for typed, _ in OPERATORS if " " not in typed or '"' in typed.split(" ")[0]])
def test_a_minus_finds_all_the_others(search: Search, store: Store, typed: str) -> None:
    every = {number for (number,) in store.read.execute("SELECT id FROM message")}
    with_it, without = set(found(search, typed)), set(found(search, f"-{typed}"))
    assert with_it | without == every
    assert not with_it & without


@given(word=st.sampled_from(["box", "broken", '"broken again"', "köln", "email", "1234", "x", '"the box"']))
def test_a_minus_before_words_parts_the_hits_in_two(search: Search, word: str) -> None:
    parts = set(found(search, f"box {word}")), set(found(search, f"box -{word}"))
    assert parts[0] | parts[1] == set(found(search, "box"))
    assert not parts[0] & parts[1]


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("email", "e-mail, tričko"), ("e-mail", "send an email"), ("e-mail", "e-mail, tričko"), ("tshirt", "T-shirt"),
        ("1234", "1 234 Kč"), ("1234", "1.234 euros"), ("1.234", "1 234 Kč"), ("1 234", "1.234 euros"),
        ("Koeln", "aus Köln"), ("Köln", "aus Koeln"), ("groesse", "Groesse"), ("größe", "Groesse"),
        ("schoen", "schön"), ("muessig", "müßig"), ("müssig", "müßig"), ("mueller", "Koeln"), ("Müller", "Koeln"),
        ("+36301234567", "Call me"), ("06 30 123 4567", "Call me"), ("0036 30/123-4567", "Call me"),
        ("1234567", "Call me"),
        ("eleni", "έφτασε"), ("ELENI", "έφτασε"), ("papadopoulou", "έφτασε"), ("kombucha", "Call me"),
        ("x_y.z", "fine"),
        ("αννα", "arrived"),
    ],
)  # fmt: skip
def test_other_spellings_find_each_other(search: Search, typed: str, part: str) -> None:
    assert any(part in text for text in said_in(search, typed)), said_in(search, typed)


@pytest.mark.parametrize(("typed", "part"), [("blue", "x"), ("1235", "1 234"), ("+36301234568", "Call me")])
def test_what_is_not_there_is_not_found(search: Search, typed: str, part: str) -> None:
    assert not any(part in text for text in said_in(search, typed))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("fro:anna", "“from:”"), ("lable:x", "“label:”"), ("label:parsel", "parcel"),
        ("rule:boxen", "Boxes"), ("passed:dory", "Dóra"), ("channel:blok", "Blog"),
        ("state:dnoe", "done"), ("has:gfit", "gift"), ("lang:grek", "Greek"), ("is:unhapy", "unhappy"),
        ("before:soon", "1.5.2026"), ("after:31.6.2026", "isn't a date"), ("from:nobody", "Nobody has “nobody”"),
        ("to:nobody", "Nobody has"), ("from: box", "right behind the colon"), ("🍋", "no letter or digit"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(search: Search, typed: str, says: str) -> None:
    asked = search.understand(typed, TODAY)
    assert says in asked.problem
    assert search.page(asked).hits == ()
    with pytest.raises(UserError, match=r"[.?]$"):
        search.messages(typed)


@pytest.mark.parametrize("typed", ["from:", "-label:", "box from:", "re: box", "http://box", "12:30 box"])
def test_what_is_still_typed_or_no_operator_is_no_mistake(search: Search, typed: str) -> None:
    assert not search.understand(typed, TODAY).problem


def test_the_days_that_were_understood_are_said(search: Search) -> None:
    assert search.understand("after:may before:1.12.", TODAY).notes == ("since 1 May 2026", "before 1 December 2025")


def test_hits_are_counted_by_state_as_sql_does(search: Search, store: Store) -> None:
    count = search.count_all(search.understand("box", TODAY))
    numbers = found(search, "box")
    assert count.messages() == len(numbers) == 5
    talks = store.read.execute(
        f"SELECT DISTINCT c.id, c.state FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id IN"
        f" ({','.join(map(str, numbers))})"
    ).fetchall()
    assert count.conversations() == len(talks)
    for state in ("needs_me", "waiting", "done", "snoozed"):
        assert count.conversations(state) == sum(1 for _, there in talks if there == state)
    assert not count.more


def test_of_very_many_it_is_said_that_they_are_more(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(tmp_path_factory.mktemp("many") / "a.rapport")
    Intake(store).take(
        account(store), [said(f"{n}", NOW + n, f"word {n}", thread="t") for n in range(COUNTED_MOST + 1)]
    )
    search = Search(store)
    count = search.count_all(search.understand("word"))
    assert (count.messages(), count.more) == (COUNTED_MOST, True)
    assert not search.count_all(search.understand("word -1000")).more
    store.close()


@pytest.mark.parametrize(
    ("typed", "instead"),
    [("brokne", "broken"), ("brken", "broken"), ("brokken", "broken"), ("brozen", "broken"), ("rboken", "broken"),
     ("σπασμενι", "σπασμενο"), ("box brokne", "broken")],
)  # fmt: skip
def test_one_slip_of_a_letter_is_forgiven_and_said(search: Search, typed: str, instead: str) -> None:
    asked = search.understand(typed, TODAY)
    assert search.page(asked).hits == ()
    other = search.forgiven(asked)
    assert other is not None
    assert other.instead == instead
    assert search.page(other).hits


@pytest.mark.parametrize("typed", ["broken fine", "bxoken fnie", '"brokne"', "zzzzzz", "1243", "bxo"])
def test_what_is_no_slip_is_not_forgiven(search: Search, typed: str) -> None:
    assert search.forgiven(search.understand(typed, TODAY)) is None


@pytest.mark.parametrize(
    ("typed", "title", "text"),
    [
        ("fr", "from:", "from:"),
        ("box -la", "label:", "box -label:"),
        ("label:p", "label:parcel", "label:parcel "),
        ("rule:b", "rule:Boxes", "rule:Boxes "),
        ("passed:d", "passed:Dóra", "passed:Dóra "),
        ("passed:y", "passed:yes", "passed:yes "),
        ("label:b", 'label:"big box"', 'label:"big box" '),
        ("from:el", 'from:"Ελένη Παπαδοπούλου"', 'from:"Ελένη Παπαδοπούλου" '),
        ("from:Ελ", 'from:"Ελένη Παπαδοπούλου"', 'from:"Ελένη Παπαδοπούλου" '),
        ("channel:f", 'channel:"Big Forum"', 'channel:"Big Forum" '),
        ("lang:gr", "lang:el", "lang:el "),
        ("is:unh", "is:unhappy", "is:unhappy "),
        ("state:un", "state:needs-me", "state:needs-me "),
        ("after:la", 'after:"last week"', 'after:"last week" '),
        ("απ", "from:", "from:"),
    ],
)
def test_what_can_come_next_is_suggested_first(search: Search, typed: str, title: str, text: str) -> None:
    hint = search.hints(typed, len(typed))[0]
    assert (hint.title, hint.text, hint.cursor) == (title, text, len(text))
    assert not search.understand(hint.text, TODAY).problem or hint.text.endswith(":")


@pytest.mark.parametrize("typed", ["", "zzz", "label:parcel", "label:parcel ", '"fr', "label:zzz"])
def test_where_nothing_can_come_next_nothing_is_suggested(search: Search, typed: str) -> None:
    assert search.hints(typed, len(typed)) == []


def test_a_suggestion_leaves_what_stands_behind_the_cursor(search: Search) -> None:
    assert search.hints("label:par box", 9)[0].text == "label:parcel box"


@given(st.text())
def test_any_text_is_understood_or_said_not_to_be(search: Search, typed: str) -> None:
    asked = search.understand(typed, TODAY)
    assert not asked.problem or asked.problem.rstrip("”").endswith((".", "?"))
    search.page(asked)
    search.hints(typed, len(typed))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("brok", "Is it broken? Broken!", ["brok", "Brok"]),
        ("ελενη", "Η Ελένη ήρθε", ["Ελένη"]),
        ("thord", "Þórður", ["Þórð"]),
        ("email", "an e-mail and an Email", ["e-mail", "Email"]),
        ("1234", "for 1 234 or 1.234", ["1 234", "1.234"]),
        ("koeln", "in Köln, Koeln, Kolin", ["Köln", "Koeln"]),
        ('"the box"', "the box, not the red box", ["the box"]),
        ("36301234567", "at +36 30 123 4567 today", ["+36 30 123 4567"]),
        ("-box broken", "broken box", ["broken"]),
        ("is:unhappy", "unhappy", []),
    ],
)
def test_hits_are_marked_in_the_text(search: Search, typed: str, text: str, marked: list[str]) -> None:
    marker = Marker(search.understand(typed, TODAY))
    assert [text[start : start + length] for start, length in marker.spans(text)] == marked
    first = text.find(marked[0]) if marked else None
    assert marker.first(text) == first


def test_an_excerpt_begins_shortly_before_the_first_hit(search: Search) -> None:
    text = f"{'word ' * 50}lemonade"
    assert around(text, search.understand("lemon", TODAY)) == "…word word lemonade"


def test_a_note_is_found_once_it_is_written_and_not_once_it_is_gone(store: Store) -> None:
    search, members = Search(store), Members(store)
    anna = members.find("anna")[0]
    assert found(search, "ceramics") == []
    members.edit(anna, {"note": "Makes ceramics"})
    said_by = (
        "SELECT m.id FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = ? ORDER BY m.id DESC"
    )
    rows = Inbox(store).rows([talk for (talk,) in store.read.execute("SELECT id FROM conversation ORDER BY id")])
    assert {row.member_id for row in rows if row.note == "Makes ceramics"} == {anna}
    assert found(search, "ceramics") == [number for (number,) in store.read.execute(said_by, (anna,))] != []
    members.edit(anna, {"note": ""})
    assert found(search, "ceramics") == []
