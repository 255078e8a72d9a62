"""Taking messages in: each once, in its conversation, with its member, however pages come."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.message import Attached, Author, Incoming
from app.inbox import Inbox
from app.intake import ROOM, Intake
from app.search import Search
from app.store.store import Store
from tests.app.saying import NOW, account, is_consistent, said
from tests.examples import examples

PEOPLE = ["anna", "béla", "čeněk", "eleni", "guðrún", "us"]


def community(random: Random, count: int = 60) -> list[Incoming]:
    """Messages of a blog's threads at distinct times, ours among them."""
    return [
        said(f"m{n}", NOW + n * 40, f"Words {random.randrange(9)} of {n}", random.choice(PEOPLE), thread=f"t{n % 7}")
        for n in range(count)
    ]


def mails(random: Random, count: int = 40) -> list[Incoming]:
    """Mail chains: each names all that went before it in its chain."""
    chains: list[list[str]] = [[] for _ in range(5)]
    found = []
    for n in range(count):
        chain = random.choice(chains)
        found.append(said(f"m{n}", NOW + n * 40, f"Mail {n}", random.choice(PEOPLE), refs=chain))
        chain.append(f"m{n}")
    return found


def what_matters(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, without the numbers of rows."""
    questions = {
        "message": "SELECT m.remote_id, m.at, m.out, m.text, i.key, m.gone_at IS NULL FROM message m"
        " LEFT JOIN identity i ON i.id = m.identity_id ORDER BY 1",
        "together": "SELECT group_concat(remote_id, ' ') FROM (SELECT * FROM message ORDER BY remote_id)"
        " GROUP BY conversation_id ORDER BY 1",
        "conversation": "SELECT c.messages, c.first_at, c.last_at, c.last_out, c.waiting_since, c.unread, c.closed,"
        " c.state, i.key, m.remote_id FROM conversation c LEFT JOIN identity i ON i.id = c.identity_id"
        " LEFT JOIN message m ON m.id = c.last_message_id ORDER BY c.first_at, c.last_at",
        "member": "SELECT name, first_at, last_at FROM member ORDER BY 1",
        "identity": "SELECT kind, key, handle FROM identity ORDER BY 1, 2",
    }
    return {name: [tuple(row) for row in store.read.execute(sql)] for name, sql in questions.items()}


def taken_in_order(folder: Store, items: list[Incoming], kind: str) -> dict[str, list[tuple[object, ...]]]:
    Intake(folder).take(account(folder, kind), items)
    return what_matters(folder)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wordpress", "email"])
@examples(25)
@given(seed=st.integers(0, 10_000))
def test_pages_again_and_again_overlapping_and_shuffled_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int
) -> None:
    random = Random(seed)
    items = community(random) if kind == "wordpress" else mails(random)
    folder = tmp_path_factory.mktemp("replay")
    straight, shaken = Store(folder / "a.rapport"), Store(folder / "b.rapport")
    wanted = taken_in_order(straight, items, kind)
    number, intake = account(shaken, kind), Intake(shaken)
    pages = [items[start : start + 12] for start in range(0, len(items), 8)] * 5
    random.shuffle(pages)
    new = 0
    for page in pages:
        random.shuffle(page)
        taken = intake.take(number, page, {"last": page[-1].remote_id})
        assert taken.new + taken.known == len(page)
        assert taken.changed == 0
        new += taken.new
        if random.random() < 0.1:
            intake = Intake(shaken)  # as after a restart
    assert new == len(items)
    assert what_matters(shaken) == wanted
    is_consistent(shaken)
    straight.close()
    shaken.close()


def test_a_page_and_its_cursor_are_one(store: Store) -> None:
    number = account(store)
    Intake(store).take(number, [said("1", NOW)], {"since": "a"})
    before = cursors(store)
    broken = said("2", NOW + 1)._replace(raw="no bytes")  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r".+"):
        Intake(store).take(number, [broken], {"since": "b"})
    assert cursors(store) == before == [("since", "a")]
    assert store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 1
    Intake(store).take(number, [], {"since": "c"})
    assert cursors(store) == [("since", "c")]


def cursors(store: Store) -> list[tuple[str, str]]:
    return [tuple(row) for row in store.read.execute("SELECT name, value FROM cursor")]


def test_the_same_twice_in_a_page_is_one(store: Store) -> None:
    taken = Intake(store).take(account(store), [said("1", NOW), said("1", NOW), said("2", NOW)])
    assert (taken.new, taken.known) == (2, 1)


def test_the_same_id_on_another_account_is_another_message(store: Store) -> None:
    blog, forum = account(store), account(store, "discourse", "Forum")
    intake = Intake(store)
    assert intake.take(blog, [said("1", NOW)]).new == 1
    assert intake.take(forum, [said("1", NOW)]).new == 1
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 2


# --- conversations


def test_a_late_parent_finds_the_conversation_of_its_answers(store: Store) -> None:
    number, intake = account(store, "email", "E-mail"), Intake(store)
    for page in (
        [said("reply 1", NOW + 60, refs=["first"])],
        [said("reply 2", NOW + 90, who="béla", refs=["first"])._replace(to=("anna",))],
        [said("first", NOW, who="eleni")],
    ):
        intake.take(number, page)
    found = what_matters(store)
    assert found["together"] == [("first reply 1 reply 2",)]
    assert found["conversation"][0][1:3] == (NOW, NOW + 90)
    assert found["conversation"][0][8] == "eleni"  # who spoke first, though she came in last


def test_a_mail_goes_with_the_nearest_that_it_answers(store: Store) -> None:
    Intake(store).take(
        account(store, "email", "E-mail"),
        [said("a", NOW), said("b", NOW + 1), said("c", NOW + 2, refs=["a", "b"]), said("d", NOW + 3, refs=["unknown"])],
    )
    assert what_matters(store)["together"] == [("a",), ("b c",), ("d",)]


def test_threads_of_the_channel_hold_what_they_name(store: Store) -> None:
    Intake(store).take(account(store), [said("a", NOW, thread="x"), said("b", NOW + 1, thread="y", refs=["a"])])
    assert what_matters(store)["together"] == [("a",), ("b",)]


def test_old_history_comes_in_closed_and_asks_nothing(store: Store) -> None:
    now = int(time.time())
    old, fresh = now - 31 * 86_400, now - 29 * 86_400
    Intake(store).take(account(store), [said("a", old, thread="x"), said("b", fresh, thread="y")])
    assert Inbox(store).counts() == {"needs_me": 1, "waiting": 0, "snoozed": 0, "done": 1, "quiet": 0}


def test_history_of_any_age_may_be_called_fresh(store: Store) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO setting VALUES ('quiet_days', '4000')")
    Intake(store).take(account(store), [said("a", int(time.time()) - 3_000 * 86_400)])
    assert Inbox(store).counts()["needs_me"] == 1


# --- who


def test_our_own_is_known_by_the_channel_or_by_our_addresses(store: Store) -> None:
    number = account(store, "email", "E-mail", own="me@example.org\nteam@example.org")
    Intake(store).take(
        number,
        [
            said("1", NOW, who="anna@example.org", thread="t"),
            said("2", NOW + 1, who="team@example.org", thread="t"),
            said("3", NOW + 2, who="someone", thread="t", out=True),
        ],
    )
    assert [row[0] for row in store.read.execute("SELECT out FROM message ORDER BY at")] == [0, 1, 1]
    assert [row[0] for row in store.read.execute("SELECT key FROM identity")] == ["anna@example.org"]
    assert Inbox(store).counts()["waiting"] == 1


def test_who_speaks_first_after_us_is_whom_it_is_with(store: Store) -> None:
    number, intake = account(store), Intake(store)
    intake.take(number, [said("1", NOW, who="us", thread="t")])
    assert Inbox(store).row(1).member_id is None
    intake.take(number, [said("2", NOW + 1, who="anna", thread="t")])
    assert Inbox(store).row(1).member == "Anna"


def test_a_name_is_one_member_on_every_account_of_its_kind(store: Store) -> None:
    first, second = account(store, "email", "E-mail"), account(store, "email", "Press")
    intake = Intake(store)
    intake.take(first, [said("1", NOW + 50, who="a@example.org", name="Anna")])
    intake.take(second, [said("2", NOW, who="a@example.org", name="Anna N.")])
    row = store.read.execute("SELECT name, first_at, last_at, email FROM member").fetchall()
    assert [tuple(one) for one in row] == [("Anna", NOW, NOW + 50, "a@example.org")]


# --- numbers


@pytest.mark.slow
@pytest.mark.parametrize("size", [ROOM, ROOM + 1, 10_000])
def test_a_burst_within_a_minute_gets_rising_numbers(store: Store, size: int) -> None:
    number, minute = account(store), NOW // 60 * 60
    items = [said(f"m{n:05}", minute + n * 60 // size, thread=f"t{n % 50}") for n in range(size)]
    intake = Intake(store)
    for start in range(0, size, 500):
        intake.take(number, items[start : start + 500])
    intake.take(number, [said("before", minute - 60), said("after", minute + 7_200)])
    found = [(row[0], row[1]) for row in store.read.execute("SELECT id, remote_id FROM message ORDER BY id")]
    assert [name for _, name in found] == ["before", *(item.remote_id for item in items), "after"]
    assert all(number >= (minute - 60) // 60 * ROOM for number, _ in found)
    is_consistent(store)


@pytest.mark.slow
@examples(25)
@given(
    pages=st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 59), st.integers(1, 25)), max_size=6), max_size=6
    )
)
def test_numbers_are_unique_and_never_before_their_time(
    tmp_path_factory: pytest.TempPathFactory, pages: list[list[tuple[int, int, int]]]
) -> None:
    store = Store(tmp_path_factory.mktemp("numbers") / "a.rapport")
    number, minute, count = account(store), NOW // 60 * 60, 0
    for page in pages:
        items = []
        for minutes, seconds, many in page:
            items += [said(f"{count + n}", minute + minutes * 60 + seconds, thread="t") for n in range(many)]
            count += many
        Intake(store).take(number, items)
    found = store.read.execute("SELECT id, at FROM message ORDER BY id").fetchall()
    assert len(found) == count
    assert all(row[0] >= row[1] // 60 * ROOM for row in found)
    if len(pages) == 1:
        assert [row[1] // 60 for row in found] == sorted(row[1] // 60 for row in found)
    store.close()


@pytest.mark.parametrize("at", [-5, 0, 2**33, 2**40])
def test_times_out_of_the_common_are_taken(store: Store, at: int) -> None:
    Intake(store).take(account(store), [said("1", at), said("2", at + 1)])
    found = [(row[0], row[1]) for row in store.read.execute("SELECT remote_id, at FROM message ORDER BY id")]
    assert found == [("1", at), ("2", at + 1)]


# --- what changes upstream


def test_an_edit_is_seen_found_and_marked(store: Store) -> None:
    number, intake = account(store), Intake(store)
    intake.take(number, [said("1", NOW, "Where are my lemons?", thread="t", title="Fruit")])
    taken = intake.take(number, [said("1", NOW, "Where are my oranges?", thread="t")])
    assert (taken.new, taken.known, taken.changed) == (0, 0, 1)
    search = Search(store)
    assert [hit.text for hit in search.messages("oranges")] == ["Where are my oranges?"]
    assert search.messages("lemons") == []
    assert Inbox(store).open(1).lines[0].edited
    assert intake.take(number, [said("1", NOW, "Where are my oranges?", thread="t")]).changed == 0
    is_consistent(store)


def test_what_is_deleted_stays_readable_marked_and_asks_for_no_answer(store: Store) -> None:
    number, intake = account(store), Intake(store)
    intake.take(number, [said("1", NOW, "Hello", "us", thread="t"), said("2", NOW + 1, "Go away", thread="t")])
    assert intake.take(number, [said("2", NOW + 1, "", thread="t", gone=True)]).changed == 1
    line = Inbox(store).open(1).lines[-1]
    assert (line.gone, line.text) == (True, "Go away")
    assert Inbox(store).row(1).state == "waiting"
    assert intake.take(number, [said("2", NOW + 1, "", thread="t", gone=True)]).known == 1
    intake.take(number, [said("2", NOW + 1, "Go away", thread="t")])
    assert not Inbox(store).open(1).lines[-1].gone
    assert Inbox(store).row(1).state == "needs_me"
    is_consistent(store)


def test_the_only_message_deleted_leaves_the_conversation_done(store: Store) -> None:
    number, intake = account(store), Intake(store)
    intake.take(number, [said("1", NOW, "Oops", thread="t")])
    intake.take(number, [said("1", NOW, "", thread="t", gone=True)])
    assert Inbox(store).counts() == {"needs_me": 0, "waiting": 0, "snoozed": 0, "done": 1, "quiet": 0}


def test_what_was_deleted_before_we_saw_it_does_not_come_in(store: Store) -> None:
    taken = Intake(store).take(account(store), [said("1", NOW, gone=True)])
    assert (taken.new, taken.known, taken.changed) == (0, 0, 0)
    assert store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 0


# --- what is in it


def test_files_are_kept_once_and_raw_bytes_stay(store: Store) -> None:
    number = account(store, "email", "E-mail")
    picture = Attached("a.png", "image/png", b"\x89PNG")
    items = [
        said("1", NOW)._replace(attached=(picture, Attached("b.png", "image/png", b"\x89PNG"))),
        said("2", NOW + 1, "This mail cannot be read")._replace(kind="unreadable", raw=b"\xff\xfe"),
    ]
    Intake(store).take(number, items)
    assert store.read.execute("SELECT count(*) FROM attachment_bytes").fetchone()[0] == 1
    inbox = Inbox(store)
    files = inbox.open(1).lines[0].files
    assert [(file.name, file.size) for file in files] == [("a.png", 4), ("b.png", 4)]
    assert store.read.execute("SELECT bytes, why FROM raw").fetchone()[:] == (b"\xff\xfe", "This mail cannot be read")


def test_halves_of_characters_block_nothing(store: Store) -> None:
    broken = Incoming(
        "1\ud800", NOW, "smile \ud83d\ude00 and half \ud83d", Author("a\udc00", "a\udc00", "A\udc00"),
        title="\ud800", thread="t\ud800", refs=("\udfff",), language="en",
        attached=(Attached("\ud800.png", "image/png", b""),),
    )  # fmt: skip
    intake, number = Intake(store), account(store)
    assert intake.take(number, [broken, said("2", NOW)]).new == 2
    assert intake.take(number, [broken]).known == 1
    assert store.read.execute("SELECT text FROM message ORDER BY id").fetchone()[0] == "smile 😀 and half \ufffd"


@pytest.mark.slow
@examples(50)
@given(text=st.text(st.characters(exclude_categories=[])), name=st.text(st.characters(exclude_categories=[])))
def test_any_text_is_stored_and_can_be_found_and_taken_out_again(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    store = Store(tmp_path_factory.mktemp("any") / "a.rapport")
    number, intake = account(store), Intake(store)
    intake.take(number, [said("1", NOW, text, name=name, title=name)])
    is_consistent(store)
    intake.take(number, [said("1", NOW, f"{text} more", name=name, title=name)])
    is_consistent(store)
    store.close()


def test_the_language_is_told_from_the_words_unless_it_is_given(store: Store) -> None:
    asked: list[str] = []

    def tell(words: str) -> str:
        asked.append(words)
        return "hu"

    items = [
        said("1", NOW, "Mikor jön meg a csomagom?", "béla")._replace(language=""),
        said("2", NOW + 1, "Jó!", "ágnes")._replace(language=""),
        said("3", NOW + 2, "Kdy přijde můj balíček?", "čeněk")._replace(language="cs"),
    ]
    Intake(store, tell).take(account(store), items)
    assert [row[0] for row in store.read.execute("SELECT language FROM message ORDER BY at")] == ["hu", "", "cs"]
    assert set(asked) <= {items[0].text, items[2].text}


def _by(remote_id: str, name: str, key: str, former: str, upstream: str = "") -> Incoming:
    said_ = said(remote_id, NOW + int(remote_id.strip("abcdefghijklmnopqrstuvwxyz") or 0), thread=remote_id)
    return said_._replace(author=Author(key, name or "Anonymous", name, former=former), upstream=upstream)


def test_who_is_known_by_a_former_key_and_the_name_is_no_second_member(store: Store) -> None:
    intake, mine = Intake(store), account(store, "isso")
    intake.take(mine, [_by("1", "Anna", "host/ab", "")])  # as an older Rapport kept her, and with her whoever sat near
    new = [_by("2", "Béla", "host/ab bela", "host/ab"), _by("3", "Anna", "host/ab anna", "host/ab")]
    for _ in range(2):
        intake.take(mine, new)
        rows = store.read.execute("SELECT i.key, p.name FROM identity i JOIN member p ON p.id = i.member_id ORDER BY 1")
        assert [tuple(row) for row in rows] == [("host/ab anna", "Anna"), ("host/ab bela", "Béla")]
    later = [_by("4", "Anna", "host/ab anna", "host/ab"), _by("5", "ANNA", "host/cd anna", "host/cd")]
    intake.take(mine, later)
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 3
    owners = store.read.execute(
        "SELECT m.remote_id, i.member_id FROM message m JOIN identity i ON i.id = m.identity_id ORDER BY 1"
    ).fetchall()
    assert [owner == owners[0][1] for _, owner in owners] == [True, False, True, True, False]


def test_a_former_key_is_taken_by_one_of_those_who_shared_it(store: Store) -> None:
    intake, mine = Intake(store), account(store, "isso")
    intake.take(mine, [_by("1", "", "host/ab", "")])
    intake.take(mine, [_by("2", "", "host/ab #2", "host/ab"), _by("3", "", "host/ab #3", "host/ab")])
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 2


def test_a_message_that_was_held_keeps_its_author_when_it_is_shown(store: Store) -> None:
    intake, mine = Intake(store), account(store, "isso")
    held = [_by("1", "Anna", "host/1", "", "held"), _by("2", "Béla", "host/b@l.test bela", "", "held"),
            _by("3", "Dora", "dora", "", "held")]  # fmt: skip
    shown = [_by("1", "Anna", "host/ab anna", "host/ab"), _by("2", "Béla", "host/cd bela", "host/cd"),
             _by("3", "Dora", "host/ef dora", "host/ef")]  # fmt: skip
    intake.take(mine, held)
    intake.take(mine, shown)
    keys = store.read.execute("SELECT key FROM identity ORDER BY id").fetchall()
    assert [key for (key,) in keys] == ["host/ab anna", "host/b@l.test bela", "dora", "host/cd bela"]
    intake.take(mine, [_by("4", "Anna", "host/ab anna", "host/ab"), _by("5", "Béla", "host/cd bela", "host/cd")])
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 3
    is_consistent(store)
