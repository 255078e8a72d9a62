"""What a letter quotes is told from what its writer says: in the styles of mail programs, and in prose that is near."""

from __future__ import annotations

import base64
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.parse import parse
from app.mail.quotes import (
    FORWARDED,
    OWN,
    QUOTED,
    Piece,
    answers_within,
    first_words,
    matching_words,
    own_words,
    pieces,
    title_words,
)
from tests.app.mail.quoting_programs import PROSE, Case, cases
from tests.app.timing import grows_in_line

RATE = 0.97
SCATTERED = st.lists(
    st.sampled_from(
        ["Own words.", "", "> quoted", ">> deep", "On Wed, 2 Dec 2026 at 10:00, Ada <ada@x.example> wrote:", "From: A",
         "Sent: Wednesday, 2 December 2026 10:00", "Subject: x", "________________________________", "-- ", "Ada",
         "-----Original Message-----", "Begin forwarded message:", ">", "10:00:", "Anna írta:"]
    ),
    max_size=30,
)  # fmt: skip


def read(case: Case) -> str:
    kind = "html" if case.html else "plain"
    head = f"From: a@post.example\nSubject: Re: x\nIn-Reply-To: <1@x>\nContent-Type: text/{kind}; charset=utf-8\n"
    head += "Content-Transfer-Encoding: base64\n\n"
    return parse(head.encode() + base64.encodebytes(case.body.encode())).text


def is_right(case: Case) -> bool:
    said = read(case)
    own = tuple(line for line in own_words(said).split("\n") if line.strip())
    passed_on = any(piece.kind == FORWARDED for piece in pieces(said))
    return own == case.own and passed_on == case.passed_on


def test_quotations_are_told_apart_over_programs_and_languages() -> None:
    wrong = [case.name for case in cases() if not is_right(case)]
    near = [name for name, said in PROSE.items() if pieces(said)]
    every = sum(1 for _ in cases()) + len(PROSE)
    rate = 1 - (len(wrong) + len(near)) / every
    sys.stdout.write(f"quotations told apart: {rate:.1%} of {every}; wrong: {wrong + near}\n")
    assert rate >= RATE, (wrong, near)
    assert len({case.name.partition(",")[0] for case in cases()}) >= 7


def test_nothing_that_came_is_lost() -> None:
    for case in cases():
        said = read(case)
        found = pieces(said)
        assert [piece.start for piece in found[1:]] == [piece.end for piece in found[:-1]], case.name
        assert not found or (found[0].start, found[-1].end) == (0, len(said.split("\n"))), case.name
        assert all(line in said for line in case.own), case.name


@pytest.mark.parametrize("name", PROSE)
def test_prose_that_is_near_a_quotation_is_none(name: str) -> None:
    assert pieces(PROSE[name]) == ()
    assert own_words(PROSE[name]) == PROSE[name]


def test_the_verb_alone_on_the_line_above_belongs_to_what_leads_in() -> None:
    said = "Rendben.\n\nKiss Anna <anna@example.org> ezt írta\n(időpont: 2026. nov. 16., H, 9:00):\n\n> szia"
    assert own_words(said) == "Rendben."


def test_own_words_above_stay_whatever_marks_they_bear() -> None:
    said = (
        ">>> MIKILVÆGT: við komum klukkan níu <<<\n\nKveðja\nJón\n\n"
        "27. nóv. 2026 kl. 09:12 skrifaði Desk <desk@example.org>:\n> Hvenær komið þið?\n>> Gunna: 1234-26-555"
    )
    assert own_words(said) == ">>> MIKILVÆGT: við komum klukkan níu <<<\n\nKveðja\nJón"
    assert [piece.kind for piece in pieces(said)] == [OWN, QUOTED]


def test_a_letter_of_nothing_but_quotations_is_shown() -> None:
    said = ">> one\n>> two\n> three"
    assert all(piece.open or piece.kind == OWN for piece in pieces(said))
    assert first_words(said) == "one two three"
    assert first_words("On 2 Dec 2026, at 10:00, Ada <ada@post.example> wrote:\n> From: us\n> Hello") == "Hello"


def test_a_quotation_of_a_quotation_between_the_lines_is_one() -> None:
    said = "Anna skrifaði:\n> Hvað?\n\nÞetta.\n\n> > Og hvenær?\n\nÁ morgun."
    assert own_words(said) == "Þetta.\n\nÁ morgun."


def test_five_hundred_marks_are_a_quotation() -> None:
    said = "Yes.\n\nAnn wrote:\n" + "\n".join(f"{'>' * depth} line {depth}" for depth in range(1, 500))
    assert own_words(said) == "Yes."


QUESTIONS = "\n".join(f"Question {n}: how shall we do it, and who brings the lemons this time?" for n in range(1, 31))
OUTLOOK = "From: Desk <desk@example.org>\nSent: Friday, November 27, 2026 9:12 AM\nTo: Anna\nSubject: Plan\n"


def test_answers_typed_into_a_quotation_without_marks_are_own_words_where_the_letter_is_known() -> None:
    answered = QUESTIONS.replace("this time?", "this time?\nANNA ANSWERS.")
    said = f"Hello\n\n{OUTLOOK}\n{answered}"
    found = answers_within(said, pieces(said), ["Something else.", QUESTIONS])
    lines = said.split("\n")
    own = [line for piece in found if piece.kind == OWN for line in lines[piece.start : piece.end] if line.strip()]
    assert own == ["Hello", *["ANNA ANSWERS."] * 30]
    assert [piece.start for piece in found[1:]] == [piece.end for piece in found[:-1]]


@pytest.mark.parametrize("earlier", [["Something else."], [], ["", QUESTIONS[:200]]])
def test_a_quotation_without_marks_of_a_letter_that_never_came_is_shown(earlier: list[str]) -> None:
    said = f"Hello\n\n{OUTLOOK}\n{QUESTIONS}"
    found = answers_within(said, pieces(said), earlier)
    assert found[-1] == Piece(QUOTED, 2, len(said.split("\n")), marked=False, open=True, body=7)
    assert answers_within(said, pieces(said), [QUESTIONS])[-1] == found[-1]._replace(open=False)


def test_a_quotation_with_marks_stays_folded_whether_its_letter_came_or_not() -> None:
    said = "Yes.\n\nOn 2 Dec 2026, at 10:00, Ada <ada@post.example> wrote:\n> Shall we?"
    assert [piece.open for piece in answers_within(said, pieces(said), [])] == [False, False]


@pytest.mark.parametrize(
    "hint",
    ["My answers are below.", "Svörin mín standa hér að neðan.", "A válaszaim lentebb, a sorok között.",
     "Odpovídám níže v textu.", "Απαντώ παρακάτω, ανάμεσα στις γραμμές."],
)  # fmt: skip
def test_where_somebody_says_that_they_answer_below_the_quotation_is_open(hint: str) -> None:
    assert pieces(f"{hint}\n\n{OUTLOOK}\n{QUESTIONS}")[-1].open
    assert not pieces(f"Thanks.\n\n{OUTLOOK}\n{QUESTIONS}")[-1].open


def test_what_is_passed_on_is_open() -> None:
    said = f"For you.\n\n{OUTLOOK}\n{QUESTIONS}"
    assert [(piece.kind, piece.open) for piece in pieces(said, forwarded=True)] == [(OWN, False), (FORWARDED, True)]


def test_first_words_skip_what_is_quoted_however_long_it_is() -> None:
    quoted = "\n".join(f"> line {number} of a long letter" for number in range(1_000))
    assert first_words(f"On 2 Dec 2026, at 10:00, Ada <ada@post.example> wrote:\n{quoted}\n\nMy own.") == "My own."
    assert first_words("Own.\n\nAda wrote:\n> Theirs.") == "Own."


_PASSED_ON = (
    "---------- Forwarded message ---------\nFrom: X <x@x.example>\nDate: Mon, 2 Nov 2026\nSubject: crates\n"
    "To: a@a.example\n\nWe want six crates"
)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Do you still sell crates?\n\nThanks,\nAnna", "Do you still sell crates? Thanks, Anna"),
        ("Do you still sell crates?\n-- \nAnna Smith\nLemon Ltd", "Do you still sell crates?"),
        ("> Do you still sell crates?\n\nThanks,\nAnna", "Do you still sell crates?"),
        ("S pozdravem\nJana\n\nJana psala:\n> Kde koupím bedny?", "Kde koupím bedny?"),
        (f"-- \nAnna Smith\n\n{_PASSED_ON}", "We want six crates"),
        ("For you.\n\nAda wrote:\n> Theirs.", "For you."),
        ("Thanks!\nAnna", "Thanks! Anna"),
        ("Thanks, but where are the other two?\n\nAda wrote:\n> Six crates.", "Thanks, but where are the other two?"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_title_is_no_signature_where_anything_else_is_said(said: str, title: str) -> None:
    assert title_words(said, 80) == title


def test_an_excerpt_is_of_the_quotation_only_where_the_word_is_nowhere_else() -> None:
    said = "I come at nine.\n\nAda wrote:\n> When do you come?"
    assert matching_words(said, ["nine"]) == "I come at nine."
    assert "When" in matching_words(said, ["when"])


@given(SCATTERED)
def test_every_line_is_in_one_piece(lines: list[str]) -> None:
    found = pieces("\n".join(lines))
    if found:
        assert found[0].start == 0
        assert found[-1].end == len(lines or [""])
        assert [piece.start for piece in found[1:]] == [piece.end for piece in found[:-1]]
        assert all(piece.start < piece.end and piece.start <= piece.body <= piece.end for piece in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", [">", "> a", "From: a", "a:", "On 2 Dec 2026:", "-----", "2 Dec 2026 <a@b", "Subject: x"]
)
def test_the_time_grows_with_the_length_alone(line: str) -> None:
    assert grows_in_line(lambda size: pieces("\n".join([line] * size)), 2_000)
