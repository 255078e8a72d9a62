"""The subject of an answer or of a forwarded letter, without what programs put before it."""

from __future__ import annotations

import pytest

from app.mail.headers import is_forward, title


@pytest.mark.parametrize(
    "prefix",
    [
        "Re:",
        "Re[2]:",
        "Sv:",
        "Svar:",
        "Vá:",
        "Válasz:",
        "Odp:",
        "Odpověď:",
        "Απ:",
        "ΣΧΕΤ:",
        "Σχετ.:",
        "[EXTERNAL] Re:",
        "Re^2:",
        "RE :",
        "Réf. :",
        "Antwort:",
        "Betr.:",
        "RES:",
        "回复：",
        "答复: Re:",
    ],
)
def test_what_an_answer_has_before_its_subject_goes(prefix: str) -> None:
    assert title(f"{prefix} Caps") == "Caps"
    assert not is_forward(f"{prefix} Caps")


@pytest.mark.parametrize(
    "prefix",
    [
        "Fwd:", "FW:", "Fs:", "Framsent:", "Továbbítás:", "Přeposláno:", "ΠΡΘ:", "[EXT] Fwd:", "Προώθ:", "ΠΡΟΩΘ.:",
        "Áfram:", "Áframsending:", "Továbbítva:", "Předat:", "转发：", "VL:",
    ],
)  # fmt: skip
def test_what_a_forwarded_mail_has_before_its_subject_goes(prefix: str) -> None:
    assert title(f"{prefix} Caps") == "Caps"
    assert is_forward(f"{prefix} Caps")


def test_a_tag_in_brackets_that_is_part_of_the_subject_stays() -> None:
    assert title("[lemons] Caps") == "[lemons] Caps"
    assert title("[EXTERNAL] Caps") == "[EXTERNAL] Caps"
    assert title("[1] Caps [2]") == "[1] Caps [2]"


@pytest.mark.parametrize(
    "subject",
    ["Reading: a list", "Result: nine", "Vs Code", "Reference: 12", "Prep: Monday", "Retro: what went well", "I: me"],
)
def test_a_word_that_only_begins_like_one_stays(subject: str) -> None:
    assert title(subject) == subject


@pytest.mark.parametrize(
    "subject",
    [
        "Re: [Garden] Re: [Garden] AW: [Garden] Seeds",
        "[Garden] Re: Seeds",
        "[Garden] Vá: [Garden] Seeds",
        "Απ: Re: [Garden] Svar: Seeds",
        "Re: [Garden] Seeds",
        "Re: [Garden] Re: [garden] RE : [GARDEN] Seeds",
        "回复：[Garden] 答复：[Garden] Seeds",
    ],
)
def test_the_tag_of_a_list_hides_no_prefix_and_stands_once(subject: str) -> None:
    assert title(subject) == "[Garden] Seeds"
