"""Mails that share a Message-ID: another one is never lost, and the same one never comes in twice."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import words
from app.base.message import Incoming
from app.intake import Intake
from app.mail.parse import parse
from app.store.store import Store
from tests.app.saying import account
from tests.examples import examples

OWN = frozenset({"desk@brand.example"})
FOOTER = "\n_______________________________________________\nGarden mailing list\nhttps://lists.example/garden\n"

ATTACHED = "--b\n\nTwo tickets, please.\n--b\nContent-Type: image/png\n\nx"


def mail(
    words: str = "Two tickets, please.",
    sender: str = "form@x.is",
    minute: int = 0,
    number: str = "<1@x.is>",
    **more: str,
) -> Incoming:
    """A mail as it is read; every one has the same id unless told otherwise."""
    given = {"From": sender, "Date": f"Mon, 16 Nov 2026 10:{minute:02d}:00 +0000", "Message-ID": number}
    given |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\n" for name, value in given.items() if value)
    return parse(f"{head}\n{words}\n".encode(), OWN)


@pytest.fixture
def place(store: Store) -> int:
    return account(store, "email", own=" ".join(OWN))


def texts(store: Store) -> list[str]:
    return [row[0] for row in store.read.execute("SELECT text FROM message ORDER BY at, id")]


@pytest.mark.parametrize(
    "other",
    [
        mail("Ring me up."),
        mail("Two tickets, please!"),
        mail("Two tickets, please. And a chair."),
        mail("Two tickets, please.\n-----\nFor Bea."),
        mail(sender="bea@x.is"),
        mail(sender="Desk <desk@brand.example>", minute=1),
        mail(minute=1),
        mail(ATTACHED, Content_Type="multipart/mixed; boundary=b"),
    ],
)  # fmt: skip
def test_another_mail_under_a_known_id_is_kept(store: Store, place: int, other: Incoming) -> None:
    for first, second in ((mail(), other), (other, mail())):
        intake = Intake(store)
        assert intake.take(place, [first]).new + intake.take(place, [second]).new == 2 - 2 * (first is other)
        assert (intake.take(place, [first, second]).new, intake.take(place, [second, first]).known) == (0, 2)
    assert len(texts(store)) == 2


def test_both_in_one_page_are_kept_and_answers_find_the_first(store: Store, place: int) -> None:
    intake = Intake(store)
    assert intake.take(place, [mail(), mail("Ring me up.", minute=5)]).new == 2
    answer = mail("Gladly.", "ada@x.is", 9, "<2@x.is>", In_Reply_To="<1@x.is>")
    intake.take(place, [answer])
    rows = store.read.execute("SELECT group_concat(text, '|') FROM message GROUP BY conversation_id ORDER BY 1")
    assert [row[0] for row in rows] == ["Ring me up.", "Two tickets, please.|Gladly."]


@pytest.mark.parametrize(
    "again",
    [
        mail(),
        mail("Two  tickets,\nplease."),
        mail(Content_Type="text/html", words="<p>Two tickets, please.</p>"),
        mail(sender="FORM@x.is"),
        mail(To="another@brand.example", Subject="[Garden] Tickets"),
        mail(f"Two tickets, please.{FOOTER}"),
        mail("Two tickets, please.\n> quoted", References="<0@x.is>"),
    ],
)
def test_the_same_mail_in_another_coat_is_known(store: Store, place: int, again: Incoming) -> None:
    for first, second in ((mail(), again), (again, mail())):
        intake = Intake(store)
        intake.take(place, [first])
        assert intake.take(place, [second]).known == 1
    assert len(texts(store)) == 1


def test_without_a_date_the_time_of_reading_does_not_count(
    store: Store, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(store)
    for at in (1_795_000_000, 1_795_009_000):
        monkeypatch.setattr("app.mail.parse.now", lambda at=at: at)
        intake.take(place, [mail(Date=""), mail("Ring me up.", Date="Thu, 99 Foo 2026")])
    assert len(texts(store)) == 2


def test_our_own_is_known_whichever_way_it_comes(store: Store, place: int) -> None:
    intake, ours = Intake(store), mail("Thanks!", "desk@brand.example")
    intake.take(place, [ours])
    assert intake.take(place, [mail("Thanks!", "Desk via List <list@x.is>")]).known == 1
    assert intake.take(place, [mail("Not that.", "guest@x.is")]).new == 1
    elsewhere = account(store, "email", "Other", own="")
    stranger = parse(b"From: desk@brand.example\nMessage-ID: <5@x>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n\nHi")
    assert intake.take(elsewhere, [stranger]).new == 1
    with store.write() as conn:
        conn.execute("UPDATE account SET own = 'desk@brand.example' WHERE id = ?", (elsewhere,))
    assert intake.take(elsewhere, [stranger]).known == 1


@pytest.mark.parametrize(
    "broken", ["<@>", "<>", "null", "<null>", "<null@x.is>", "", " ", "<@x.is>", "NONE", "<->", "<a b>"]
)
def test_ids_that_name_nothing_are_none(store: Store, place: int, broken: str) -> None:
    items = [mail("One", "a@x.is", 1, broken), mail("Two", "b@x.is", 2, broken, References=broken)]
    intake = Intake(store)
    assert intake.take(place, items).new == 2
    assert intake.take(place, items).new == 0
    assert store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 2
    assert not [item for item in items if item.refs]


def test_unreadable_mails_are_told_apart_by_their_bytes(store: Store, place: int) -> None:
    head = b"From: a@x.is\nMessage-ID: <1@x.is>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n"
    charset = b"Content-Type: text/plain; charset=x-klingon\n\n"
    one, two = (parse(head + charset + octets * 3) for octets in (b"\x81\x8d\x8f\x90\x9d", b"\x8d\x81\x8f\x90\x9d"))
    if one.kind == "unreadable":
        intake = Intake(store)
        assert intake.take(place, [one, two]).new == 2
        assert intake.take(place, [two, one]).known == 2


class Translated:
    """A catalogue of another language."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, one: str, several: str, many: int) -> str:
        return one if many == 1 else several


@pytest.mark.parametrize(
    "rest",
    [
        b"\n",
        b"Content-Type: image/png\nContent-Disposition: attachment\n\nx",
        b"Content-Type: text/plain; charset=x-klingon\n\n\0" + bytes(range(128, 256)),
    ],
)
def test_a_mail_without_words_is_known_in_another_language_too(store: Store, place: int, rest: bytes) -> None:
    raw, intake = b"From: a@x.is\nMessage-ID: <1@x.is>\nDate: Mon, 16 Nov 2026 10:00:00 +0000\n" + rest, Intake(store)
    first = parse(raw)
    assert intake.take(place, [first]).new == 1
    words.use(Translated())
    try:
        again = parse(raw)
        assert (again.text != first.text) is (first.kind == "unreadable")  # the others are stored in one language
        assert intake.take(place, [again]).known == 1
    finally:
        words.use(None)


def test_when_the_first_is_taken_back_the_other_stays_known(store: Store, place: int) -> None:
    intake = Intake(store)
    intake.take(place, [mail(), mail("Ring me up.")])
    with store.write() as conn:
        conn.execute("DELETE FROM message WHERE remote_id = '1@x.is'")
    assert intake.take(place, [mail("Ring me up.")]).known == 1
    assert intake.take(place, [mail()]).new == 1


SAID = st.tuples(
    st.sampled_from(["1@x", "2@x"]),
    st.sampled_from(["a@x", "b@x", "desk@brand.example"]),
    st.integers(0, 1),
    st.sampled_from(["One", "Two", "👍", "👎"]),
)
folders = count()


@pytest.mark.slow
@examples(60)
@given(st.lists(SAID, max_size=12), st.integers(1, 5))
def test_in_whatever_order_and_pages_each_is_stored_once(
    tmp_path_factory: pytest.TempPathFactory, letters: list[tuple[str, str, int, str]], page: int
) -> None:
    store = Store(tmp_path_factory.getbasetemp() / f"letters{next(folders)}.rapport")
    try:
        place = account(store, "email", own=" ".join(OWN))
        intake = Intake(store)
        items = [mail(words, sender, minute, f"<{number}>") for number, sender, minute, words in letters]
        new = sum(intake.take(place, items[at : at + page]).new for at in range(0, len(items), page))
        stored = store.read.execute("SELECT count(*) FROM message").fetchone()[0]
        assert stored == new
        assert intake.take(place, items[::-1]).new == 0
        ours = {(number, minute, words) for number, sender, minute, words in letters if sender in OWN}
        theirs = {one for one in letters if one[1] not in OWN}
        apart = [one for one in theirs if (one[0], *one[2:]) not in ours]  # a list's copy of what we said is no other
        assert len(apart) <= stored <= len(theirs) + len(ours)
        assert {row[0] for row in store.read.execute("SELECT text FROM message")} == {one[3] for one in letters}
    finally:
        store.close()


SHORTENED = [
    (
        "Yes.\n\n> From: Desk <desk@x>\n> Sent: Monday, 16 November 2026 9:00\n> Subject: Tickets\n>\n> How many?",
        "Yes.\n\nFrom: Desk <desk@x>\nSent: Monday, 16 November 2026 9:00\nSubject: Tickets\n\nHow many?\nAnd when?",
    ),
    (
        "Yes.\n\nDesk <desk@x>\n\nezt írta (időpont: 2026. nov. 16., H, 9:00):\n> How many?",
        "Yes.\n\nDesk <desk@x>\nezt írta (időpont: 2026. nov. 16., H, 9:00):\n> How many?\n>> And when?",
    ),
    ("Mine.\n\nAda wrote:\n> one\n> …", "Ada wrote:\n> one\n> two\n>> three\n\nMine."),
]


@pytest.mark.parametrize(("stored", "whole"), SHORTENED)
def test_a_letter_that_an_earlier_rapport_shortened_is_known_when_it_comes_again(
    store: Store, place: int, stored: str, whole: str
) -> None:
    intake = Intake(store)
    intake.take(place, [mail(whole)._replace(text=stored)])
    assert intake.take(place, [mail(whole)]).known == 1
    assert intake.take(place, [mail("Quite another.\n\nAda wrote:\n> one")]).new == 1


READ_OTHERWISE = [
    ("Two tickets, please.\n- seeds\n- water all beds",
     "<p>Two tickets, please.<ol><li>seeds<li>water <s>all</s> beds</ol>"),
    ("When What\n10 Garden", "<table><tr><td>When<td>What</tr><tr><td>10<td>Garden</tr></table>"),
    ("[A rose] my.bank.example <https://evil.example/x>",
     "<img alt='A rose' src=x> <a href='https://evil.example/x'>my.bank.example</a>"),
    ("Takk \ufffd\ufffd!", "Takk &#xD83C;&#xDF81;!"),
]  # fmt: skip


@pytest.mark.parametrize(("stored", "page"), READ_OTHERWISE)
def test_a_letter_that_an_earlier_rapport_read_in_another_way_is_known_when_it_comes_again(
    store: Store, place: int, stored: str, page: str
) -> None:
    letter = mail(page, Content_Type="text/html")
    assert letter.text != stored
    intake = Intake(store)
    intake.take(place, [letter._replace(text=stored)])
    assert intake.take(place, [letter]).known == 1
    assert intake.take(place, [letter._replace(text=f"{letter.text} No.", letter="other")]).new == 1


ARMOUR = "-----BEGIN PGP {what}-----\n\n{said}\n-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----"
LOCKED = "-----BEGIN PGP MESSAGE-----\n\nabcd\n=efgh\n-----END PGP MESSAGE-----"


@pytest.mark.parametrize("stored", [ARMOUR.format(what="SIGNED MESSAGE", said="Under the mat."), LOCKED])
def test_a_letter_in_armour_is_known_when_it_comes_again(store: Store, place: int, stored: str) -> None:
    letter = mail(stored)
    assert letter.text != stored
    intake = Intake(store)
    intake.take(place, [letter._replace(text=stored, attached=(), source=None)])
    assert intake.take(place, [letter]).known == 1
    assert intake.take(place, [mail(stored.replace("abcd", "bcde"))]).new == 1


@pytest.mark.parametrize("plain", ["--", "\u200b\ufeff", "This mail needs an HTML viewer."])
def test_a_letter_whose_empty_plain_part_was_taken_is_known_when_it_comes_again(
    store: Store, place: int, plain: str
) -> None:
    parts = f"--b\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>Come at six.</p>\n--b--"
    letter = mail(parts, Content_Type="multipart/alternative; boundary=b")
    assert letter.text == "Come at six."
    intake = Intake(store)
    intake.take(place, [letter._replace(text=plain)])
    assert intake.take(place, [letter]).known == 1
