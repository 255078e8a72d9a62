"""What a letter passes on: who asked, in the marks of several programs; and what passes nothing on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.passed import enquiry

ANNA = "Anna Kovács <anna@kovacs.example>"
GMAIL = f"""Can you take this?
Jón

---------- Forwarded message ---------
From: {ANNA}
Date: Mon, 30 Nov 2026 at 10:00
Subject: Broken bottle
To: Jón <jon@limonade.example>

Hello,
my bottle broke.

Anna"""
OUTLOOK = f"""FYI

-----Original Message-----
From: {ANNA}
Sent: Monday, 30 November 2026 10:00
To: Jón
Subject: Broken bottle

Hello,
my bottle broke.

Anna"""
APPLE = f"""Mrknete na to?

Začátek přeposlané zprávy:

> Od: {ANNA}
> Předmět: Broken bottle
> Datum: 30. listopadu 2026
> Komu: jon@limonade.example
>
> Hello,
> my bottle broke.
>
> Anna"""
ATTACHED = f"""Please answer.

[Attached letter: Broken bottle]
From: {ANNA}
Date: Mon, 30 Nov 2026 10:00
To: jon@limonade.example
Subject: Broken bottle

Hello,
my bottle broke.

Anna"""
MAILTO = GMAIL.replace(ANNA, "Anna Kovács [mailto:anna@kovacs.example]").replace("[mailto:", "<").replace("]", ">")


@pytest.mark.parametrize(
    ("text", "forwarded", "note"),
    [
        (GMAIL, False, "Can you take this?\nJón"),
        (OUTLOOK, True, "FYI"),
        (APPLE, False, "Mrknete na to?"),
        (ATTACHED, False, "Please answer."),
        (MAILTO, False, "Can you take this?\nJón"),
    ],
)
def test_whoever_asked_is_read_from_the_marks_of_each_program(text: str, forwarded: bool, note: str) -> None:  # noqa: FBT001
    found = enquiry(text, forwarded=forwarded)
    assert found is not None
    assert (found.name, found.address, found.title) == ("Anna Kovács", "anna@kovacs.example", "Broken bottle")
    assert found.words == "Hello,\nmy bottle broke.\n\nAnna"
    assert found.note == note


def test_what_a_colleague_passed_on_before_is_looked_into_down_to_who_asked() -> None:
    first = GMAIL.replace("\n", "\n")
    twice = (
        "From sales, see below.\n\n---------- Forwarded message ---------\nFrom: Jón <jon@limonade.example>\n"
        f"Date: Tue, 1 Dec 2026\nSubject: Fwd: Broken bottle\n\n{first}"
    )
    found = enquiry(twice, {"jon@limonade.example"})
    assert found is not None
    assert (found.address, found.title) == ("anna@kovacs.example", "Broken bottle")
    assert found.note == "From sales, see below.\n\nCan you take this?\nJón"


@pytest.mark.parametrize(
    "text",
    [
        "Just words.",
        f"Thanks!\n\nOn Mon, 30 Nov 2026 at 10:00, {ANNA} wrote:\n> my bottle broke",
        OUTLOOK,  # an answer that quotes: its subject says nothing of a forward
        GMAIL.replace(ANNA, "Anna Kovács"),  # nobody can tell whose
        GMAIL.replace(ANNA, "Shop <no-reply@shop.example>"),
        GMAIL.partition("Hello")[0],  # no words
        "---------- Forwarded message ---------\nHello, my bottle broke.",
    ],
)
def test_whoever_merely_quotes_or_names_nobody_passes_nothing_on(text: str) -> None:
    assert enquiry(text) is None


@given(st.text(max_size=400), st.booleans())
def test_any_words_are_read_without_a_mistake(text: str, forwarded: bool) -> None:  # noqa: FBT001
    found = enquiry(f"a\n---------- Forwarded message ---------\nFrom: {text}", forwarded=forwarded)
    assert found is None or ("@" in found.address and found.words.strip())
