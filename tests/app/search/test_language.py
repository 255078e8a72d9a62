"""The search language: any text parses, and what was parsed is written and parsed the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.language import Term, at_cursor, parse, written
from app.search.operators import OPERATORS, named

PIECES = st.sampled_from(
    [
        "from:",
        "label:",
        "-",
        '"',
        "„",
        "“",
        " ",
        "anna",
        "παρ",
        "re:",
        "http://x",
        ":",
        "-is:",
        "has:gift",
        "\n",
        "1.5.",
    ]
)


def bare(terms: list[Term]) -> list[tuple[str, str, bool, bool]]:
    return [(term.operator, term.text, term.negated, term.quoted) for term in terms]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("lemon art", [("", "lemon", False, False), ("", "art", False, False)]),
        ("from:Anna", [("from", "Anna", False, False)]),
        ("-from:Anna", [("from", "Anna", True, False)]),
        ('from:"Anna Nagy" x', [("from", "Anna Nagy", False, True), ("", "x", False, False)]),
        ('"broken box', [("", "broken box", False, True)]),
        ('-"broken box"', [("", "broken box", True, True)]),
        ("„broken box“", [("", "broken box", False, True)]),
        ("re: hello", [("", "re:", False, False), ("", "hello", False, False)]),
        ("https://a.example", [("", "https://a.example", False, False)]),
        ("e-mail", [("", "e-mail", False, False)]),
        ("- --x", [("", "-", False, False), ("", "--x", False, False)]),
        ("from:", [("from", "", False, False)]),
        ("φρομ:me", [("from", "me", False, False)]),  # typed with the Greek layout on
        ("ετικέτα:δέμα", [("label", "δέμα", False, False)]),
        ("štítek:a", [("label", "a", False, False)]),
        ("címke:a", [("label", "a", False, False)]),
        ("merki:a", [("label", "a", False, False)]),
        ("", []),
        ('""', []),
    ],
)
def test_what_is_typed_is_taken_apart(typed: str, terms: list[tuple[str, str, bool, bool]]) -> None:
    assert bare(parse(typed)) == terms


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_parses_and_what_is_written_parses_the_same(typed: str) -> None:
    terms = parse(typed)
    assert bare(parse(written(terms))) == bare(terms)
    for term in terms:
        assert 0 <= term.start < term.end <= len(typed)
        assert term.text in typed[term.start : term.end]


@given(st.lists(PIECES).map("".join), st.integers(0, 40))
def test_at_the_cursor_is_the_term_that_ends_there(typed: str, cursor: int) -> None:
    term = at_cursor(typed, cursor)
    if term is not None:
        assert term.end == len(typed[:cursor])
        assert typed[term.start : term.end].endswith((term.text, f"{term.text}“", f'{term.text}"', f"{term.text}„"))


@pytest.mark.parametrize(
    ("typed", "there"), [("from:an", "an"), ("from:an ", None), ('label:"big b', "big b"), ("", None)]
)
def test_a_term_is_completed_only_right_behind_it(typed: str, there: str | None) -> None:
    term = at_cursor(typed, len(typed))
    assert (None if term is None else term.text) == there


def test_each_name_of_an_operator_is_its_alone() -> None:
    names = [name for known in OPERATORS for name in (known.key, *known.names)]
    assert {named(name.upper()) for name in names} == {known.key for known in OPERATORS}
    for known in OPERATORS:
        assert all(named(name) == known.key for name in known.names)


def test_the_document_names_each_operator() -> None:
    document = (Path(__file__).parents[3] / "docs" / "searching.md").read_text(encoding="utf-8")
    assert {known.key for known in OPERATORS} == set(re.findall(r"`(\w+):`", document))
