"""Whom a letter goes to: what is chosen is kept as it is, what is typed is read back, all and list are worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.errors import UserError
from app.base.message import Addressee
from app.inbox import Inbox
from app.inbox.addressing import (
    BCC,
    CC,
    MOST,
    ROLES,
    TO,
    Addressing,
    Letter,
    begun,
    blind_apart,
    boxes,
    head,
    in_envelope,
    in_field,
    named_in,
    packed,
    reaches_list,
    to_everybody,
    typed,
    unpacked,
    worth_saying,
)
from app.inbox.receivers import Receiver
from app.intake import Intake
from app.mail.parse import parse
from app.search import Search
from app.store.store import Store
from tests.app.saying import account
from tests.app.timing import grows_in_line

OURS = frozenset({"desk@example.org", "shop@example.org"})
NAMES = st.text(st.sampled_from('aébÞΕя ,;.()@:-\\"<>&'), min_size=1, max_size=14).map(
    lambda text: f"x{' '.join(text.split())}y"
)
ADDRESSES = st.from_regex(r"[a-z][a-z0-9.+-]{0,8}[a-z0-9]@[a-z]{1,8}\.[a-z]{2,4}", fullmatch=True)


def several(role: str) -> st.SearchStrategy[tuple[Addressee, ...]]:
    made = st.builds(Addressee, st.just(role), st.one_of(st.just(""), NAMES), ADDRESSES)
    return st.lists(made, max_size=5, unique_by=lambda box: box.address).map(tuple)


CHOSEN = st.builds(
    Addressing, several(TO), several(CC), several(BCC), st.one_of(st.just(""), ADDRESSES), to_list=st.booleans()
)


@given(CHOSEN)
def test_what_was_chosen_is_kept_with_the_draft_as_it_is(chosen: Addressing) -> None:
    assert unpacked(packed(chosen)) == chosen
    assert (packed(chosen) == "") == (chosen == Addressing())


@given(several(TO))
def test_what_stands_in_a_field_reads_back(addressees: tuple[Addressee, ...]) -> None:
    assert typed(in_field(addressees)) == addressees


@given(st.text(st.sampled_from('ab@.,; "<>\n\\'), max_size=40), st.sampled_from(ROLES))
def test_nothing_that_is_being_typed_is_lost_or_breaks(text: str, role: str) -> None:
    kept = begun(text, role)
    assert begun(in_field(kept), role) is not None
    assert {box.role for box in kept} <= {role}
    assert bool(kept) or not any(sign in "ab" for sign in text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("bel", "“bel”"),
        ("anna@example.org, bel", "“bel”"),
        ("anna@example.org bela@example.org", "“anna@example.org bela@example.org”"),
        ("@example.org", "“@example.org”"),
        ("bela@example..org", "“bela@example..org”"),
        ("bela@example.org, anna@.org", "“anna@.org”"),
        ("ελένη@example.org", "letters before the @"),
        (
            ", ".join(f"p{number}@example.org" for number in range(5_000)),
            "5000 receivers; one letter goes to at most 100",
        ),
    ],
)
def test_what_is_no_receiver_is_refused_in_a_sentence(text: str, named: str) -> None:
    with pytest.raises(UserError, match=named):
        typed(text)
    assert len(begun(text)) >= 1


def test_receivers_are_separated_as_people_do_and_each_is_there_once() -> None:
    text = 'Anna <anna@example.org>; bela@example.org\n"Nováková, Jana" <jana@example.org>, ANNA@example.org,'
    assert [(box.name, box.address) for box in typed(text, CC)] == [
        ("Anna", "anna@example.org"), ("", "bela@example.org"), ("Nováková, Jana", "jana@example.org"),
    ]  # fmt: skip
    assert typed(" ,; ") == ()


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a@b.is, ", "bel, ", '"', "<", "a@b.is;\n"])
def test_a_long_field_is_read_in_a_time_that_grows_with_it(piece: str) -> None:
    assert grows_in_line(lambda times: begun(piece * times), 1_000)


ANNA = Receiver(1, 10, 1, 1, "Anna", "anna@example.org", public=False, waits=True)


def box(address: str, role: str = TO, name: str = "") -> Addressee:
    return Addressee(role, name, address)


def test_all_are_the_author_and_whom_the_letter_names_and_never_we() -> None:
    letter = Letter(
        to=(box("desk@example.org"), box("Bela@example.org", name="Béla")),
        cc=(box("jana@example.org", CC), box("shop@example.org", CC), box("anna@example.org", CC)),
        bcc=(box("desk@example.org", BCC),),
    )
    chosen = to_everybody(ANNA, letter, OURS)
    assert chosen == Addressing(
        (box("anna@example.org", name="Anna"),), (box("Bela@example.org", CC, "Béla"), box("jana@example.org", CC))
    )
    assert [(each.role, each.address) for each in boxes(ANNA, chosen)] == [
        (TO, "anna@example.org"), (CC, "Bela@example.org"), (CC, "jana@example.org"),
    ]  # fmt: skip
    assert boxes(ANNA, Addressing()) == (box("anna@example.org", name="Anna"),)


def test_all_of_a_list_is_public_and_so_is_whatever_names_the_list() -> None:
    letter = Letter(
        to=(box("Garden@lists.example.org"),),
        cc=(box("desk@example.org", CC),),
        mailing_list="garden@lists.example.org",
    )
    chosen = to_everybody(ANNA, letter, OURS)
    assert chosen.to_list
    assert reaches_list(boxes(ANNA, chosen), letter, chosen)
    assert not reaches_list(boxes(ANNA, Addressing()), letter, Addressing(to_list=True))
    by_hand = Addressing(bcc=(box("garden@lists.example.org", BCC),))
    assert reaches_list(boxes(ANNA, by_hand), letter, by_hand)


def test_the_head_names_everybody_in_words() -> None:
    anna, bela, jana = (
        box(f"{who}@example.org", name=name) for who, name in (("anna", "Anna"), ("bela", "Béla"), ("jana", ""))
    )
    assert head([anna]) == "E-mail to Anna (anna@example.org)"
    copies = [each._replace(role=CC) for each in (bela, box("c@x.is"), box("d@x.is"))]
    assert head([anna, *copies, jana._replace(role=BCC)]) == (
        "E-mail to Anna (anna@example.org), copy to Béla, c@x.is, d@x.is; blind copy to jana@example.org"
    )
    assert head([anna, bela, jana, box("d@x.is")]) == "E-mail to Anna, Béla, jana@example.org, d@x.is"
    crowd = [box(f"n{number}@x.is") for number in range(1, 23)]
    assert head(crowd[:20]) == "E-mail to " + ", ".join(each.address for each in crowd[:20])
    assert head([anna, *(each._replace(role=CC) for each in crowd)]).endswith("n18@x.is, n19@x.is and 3 more")
    assert head([box("garden@lists.example.org")], to_list=True) == "E-mail to the list garden@lists.example.org"
    assert head([]) == "E-mail to nobody yet"


def test_a_blind_copy_is_not_named_like_any_other_receiver() -> None:
    anna, jana = box("anna@example.org", name="Anna"), box("j@x.is", BCC, "Jana")
    assert blind_apart([anna, jana]) == "Anna; blind copy to Jana"
    assert blind_apart([anna, box("b@x.is", CC)]) == "Anna, b@x.is"
    assert blind_apart([jana]) == "blind copy to Jana"


def test_whom_a_letter_names_is_said_in_words() -> None:
    letter = Letter((box("desk@example.org"), box("b@x.is", name="Béla")), (box("j@x.is", CC, "Jana"),))
    assert named_in(letter, OURS) == "to us and Béla, copy to Jana"
    assert named_in(Letter(cc=(box("shop@example.org", CC),)), OURS) == "copy to us"
    assert named_in(Letter(bcc=(box("shop@example.org", BCC), box("b@x.is", BCC), box("c@x.is", BCC))), OURS) == (
        "blind copy to us and b@x.is and c@x.is"
    )
    assert not worth_saying(Letter((box("desk@example.org"),)), OURS, (), out=False)
    assert worth_saying(letter, OURS, (), out=False)


def test_whom_our_letter_went_to_is_said_unless_it_is_the_speaker_alone() -> None:
    anna = Receiver(1, 0, 1, 1, "Anna", "anna@example.org", public=False, waits=True)
    to_anna, to_jana = Letter((box("Anna@example.org"),)), Letter((box("jana@cz.test"),))
    assert not worth_saying(to_anna, OURS, (anna,), out=True)
    assert worth_saying(to_jana, OURS, (anna,), out=True)
    assert worth_saying(Letter((box("anna@example.org"),), (box("jana@cz.test", CC),)), OURS, (anna,), out=True)
    asks = anna._replace(address="a@home.example", asked=(("", "a@home.example"), ("", "jana@cz.test")))
    assert not worth_saying(to_jana, OURS, (asks,), out=True)
    assert not worth_saying(Letter(), OURS, (anna,), out=True)


def test_a_letter_to_us_alone_names_us() -> None:
    assert in_envelope('{"alias":"desk@example.org"}').to == (box("desk@example.org"),)
    assert in_envelope('{"alias":"desk@example.org"}', out=True).to == ()
    assert in_envelope("") == Letter()


LETTER = """From: Guðrún <gudrun@example.org>
To: Desk <desk@example.org>
Subject: Lykill
Date: Sat, 28 Nov 2026 10:00:00 +0000
Message-ID: <f57-1@example.org>
Cc: Béla <bela@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Við Béla komum á morgun, svarið okkur báðum.
"""


def test_who_got_a_copy_is_kept_shown_found_and_offered(store: Store) -> None:
    desk = account(store, "email", "Post", "desk@example.org")
    item = parse(LETTER.encode(), ["desk@example.org"], clock.now() - 60)
    (talk,) = Intake(store).take(desk, [item]).conversation_ids
    inbox = Inbox(store)
    opened = inbox.open(talk)
    assert named_in(opened.lines[0].letter, opened.own) == "to us, copy to Béla"
    assert opened.addressing == Addressing()
    (speaker,) = opened.speakers
    assert inbox.letters.others(speaker) == 1
    assert inbox.letters.to_everybody(speaker).cc == (Addressee(CC, "Béla", "bela@example.org"),)
    assert [hit.conversation_id for hit in Search(store).messages("bela@example.org")] == [talk]
    with pytest.raises(UserError, match="didn't come through a mailing list"):
        inbox.letters.to_mailing_list(speaker)
    assert MOST == 100
