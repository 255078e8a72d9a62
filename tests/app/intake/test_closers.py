"""Whether words only end a talk: every case in five languages, what a person typed and what their program added."""

from __future__ import annotations

import time

import pytest

from app.base.text import fold
from app.intake.closers import SETTLED, THANKS, closing, is_closer
from tests.app.intake.closer_cases import ANSWER, REST

_ON = "On Wed, 2 Dec 2026 at 10:00, Tom Okafor <tom@post.example> wrote:\n> Where is my parcel?"


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in REST.items() for text in texts])
def test_these_need_nobody_whether_their_language_is_known_or_not(language: str, text: str) -> None:
    assert is_closer(text, language)
    assert is_closer(text)


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in ANSWER.items() for text in texts])
def test_these_need_somebody_whatever_their_language_is_taken_for(language: str, text: str) -> None:
    assert not is_closer(text, language)
    assert not any(is_closer(text, other) for other in ("", *REST))


def test_words_count_without_their_accents_and_in_capitals() -> None:
    texts = [text for texts in REST.values() for text in texts if "\n" not in text and ":)" not in text]
    assert [text for text in texts if not is_closer(fold(text))] == []
    assert [text for text in texts if not is_closer(text.upper())] == []


@pytest.mark.parametrize(
    "text",
    [
        f"Thanks!\n\n{_ON}",
        f"Díky!\n\nJana\n\n{_ON}",
        "Thanks!\n\n> Where is my parcel? It has been 3 weeks.\n> It goes out today.",
        "Thank you!\n-- \nTom Okafor\nOkafor Ltd, 12 High Street, Leeds\n+44 20 7946 0000",
        "Thanks!\n\nTom Okafor\nHead of Sales\nOkafor Ltd\n+44 20 7946 0000\nwww.okafor.example",
        "Perfect, thank you.\n\nKind regards,\nTom\nOkafor Ltd\ntom@okafor.example",
        "Thanks,\nTom",
        "Great, thanks!\n\nSent from my iPhone",
        "Díky moc!\n\nOdesláno z iPhonu",
        "Köszönöm!\n\nÜdvözlettel,\nKovács Balázs",
        "Takk!\n\nKær kveðja,\nGuðrún Ásta",
        "Ευχαριστώ!\n\nΜε εκτίμηση,\nΕλένη Παπαδοπούλου\nτηλ. 210 123 4567",
    ],
)
def test_quotations_and_signatures_do_not_count(text: str) -> None:
    assert is_closer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my parcel?\n\nThanks,\nTom",
        "My crate came broken.\n\nThanks!\nTom Okafor",
        "Thanks!\n\nTom\nPS: the second crate is missing",
        "Thanks!\n\nTom Okafor\nmy crate is broken",
        "Thanks!\n\nTom Okafor\nCould you call me on +44 20 7946 0000?",
        "Thanks!\n\nPlease call 020 7946 0000",
        "Thanks!\nNew address: 12 High Street",
        "OK,\nBroken",
        "> Where is my parcel?",
        "",
        "  \n ",
    ],
)
def test_what_stands_beside_the_thanks_counts(text: str) -> None:
    assert not is_closer(text)


def test_names_of_the_writer_and_ours_may_be_called_in_the_form_of_their_language() -> None:
    assert is_closer("Díky, Katko!", "cs", names=["Katka"])
    assert is_closer("Thanks Sítróna team", "en", names=["Sítróna"])
    assert is_closer("Takk\nguðrún", "is", names=["Guðrún Ásta Þórðardóttir"])
    assert not is_closer("Thanks parcel", "en", names=["Katka"])


def test_only_word_that_a_matter_is_settled_also_answers_a_question_of_ours() -> None:
    assert closing("It's here, thank you!") == SETTLED
    assert closing("Yes, it arrived today, thanks") == SETTLED
    assert closing("Už přišlo, děkuju!") == SETTLED
    assert closing("Ok, thanks") == THANKS
    assert closing("👍") == THANKS
    assert closing("And when will it come?") == ""


def test_a_letter_of_many_pages_is_judged_in_no_time() -> None:
    long = "Where is my parcel, I asked for it again.\n" * 2_000
    began = time.perf_counter()
    assert not is_closer(long)
    assert time.perf_counter() - began < 0.2
