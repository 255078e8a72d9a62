"""The letter inside a forwarded one, in each of the languages."""

from __future__ import annotations

import pytest

from app.mail.forwarding import WORDS, Original, block, forwarded_subject
from app.mail.headers import is_forward, title

LETTER = Original("Anna <anna@x.is>", 0, "Flöskur", "Halló\n\nBless", ("Desk <d@x.is>", "bo@x.is"), ("Óli <o@x.is>",))


@pytest.mark.parametrize("language", [*WORDS, "de", ""])
def test_the_head_and_the_whole_text(language: str) -> None:
    words = WORDS.get(language, WORDS["en"])
    lines = block(LETTER, language).split("\n")
    assert lines[0] == f"---------- {words.mark} ----------"
    assert lines[1] == f"{words.sender}: Anna <anna@x.is>"
    assert lines[2].startswith(f"{words.date}: 19")
    assert lines[3:6] == [
        f"{words.subject}: Flöskur",
        f"{words.to}: Desk <d@x.is>, bo@x.is",
        f"{words.cc}: Óli <o@x.is>",
    ]
    assert lines[6:] == ["", "Halló", "", "Bless"]


def test_what_is_not_known_has_no_line() -> None:
    assert len(block(Original("Anna", 0, "", "Hi"), "en").split("\n")) == 5


@pytest.mark.parametrize("subject", ["Flöskur", "Re: Flöskur", "Fwd: Flöskur", "Továbbítás: Re: Flöskur"])
def test_the_subject_says_it_once(subject: str) -> None:
    made = forwarded_subject(subject)
    assert made == "Fwd: Flöskur"
    assert is_forward(made)
    assert title(made) == "Flöskur"


def test_a_letter_without_a_subject() -> None:
    assert forwarded_subject("") == "Fwd:"
