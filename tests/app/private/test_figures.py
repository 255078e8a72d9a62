"""How much private data is told, and how many ordinary words are taken for some, in each language."""

from __future__ import annotations

import pytest

from app.private import KINDS, private_in
from tests.app.private.figures import INSTANCES, measured


@pytest.mark.parametrize("language", ["cs", "el", "en", "hu", "is"])
def test_private_data_is_told_and_ordinary_words_are_not(language: str) -> None:
    figures = measured(language)
    assert figures.instances == INSTANCES == 200
    assert figures.recall >= 0.97, figures.missed
    assert figures.tokens >= 5_000
    assert figures.alarms_in_thousand <= 1, figures.alarms


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("Pay to GB82 WEST 1234 5698 7654 32, please", "iban", "GB82 WEST 1234 5698 7654 32"),
        ("card 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
        ("kt. 120174-3399", "person", "120174-3399"),
        ("Rodné číslo 736028/5163", "person", "736028/5163"),
        ("TAJ: 111 111 110", "health", "111 111 110"),
        ("ΑΦΜ 090000045", "tax", "090000045"),
        ("order no. 48213", "order", "48213"),
        ("anna (at) post (dot) is", "email", "anna (at) post (dot) is"),
    ],
)
def test_each_kind_has_its_place(text: str, kind: str, piece: str) -> None:
    (found,) = private_in(text)
    assert (found.kind, text[found.start : found.end]) == (kind, piece)
    assert kind in KINDS


@pytest.mark.parametrize(
    "text",
    [
        "GB83 WEST 1234 5698 7654 32", "4111 1111 1111 1112", "kt. 120174-3389", "Číslo 736028/5164", "TAJ-szám nélkül",
        "in order 12 to 14", "an order of 250 bottles", "990000045",
    ],
)  # fmt: skip
def test_what_no_checksum_or_word_confirms_is_none(text: str) -> None:
    assert [one.kind for one in private_in(text)] in ([], ["phone"])
