"""Blanks are found whole, filled with what is known, and what is left is a tab stop."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.templates import fill, parse, problems
from app.templates.blanks import named
from app.voice import BLOCK, check

NAMES = st.from_regex(r"[a-zα-ω_]{1,12}", fullmatch=True)
WORDS = st.text(st.characters(exclude_characters="{}"), max_size=20)
VALUES = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cc", "Zs", "Cs", "Zl", "Zp"]), min_size=1)


@given(WORDS, NAMES, WORDS)
def test_what_is_not_known_is_a_stop(before: str, name: str, after: str) -> None:
    filled = fill(f"{before}{{{{{name}}}}}{after}", {})
    ((start, end),) = filled.stops
    assert (start, filled.text[start:end]) == (len(before), f"{{{{{name}}}}}")
    assert any(one.level == BLOCK and one.start == start and one.end >= end for one in check(filled.text, "en", ()))


@given(st.lists(st.tuples(WORDS, NAMES)), st.dictionaries(NAMES, VALUES), WORDS)
def test_stops_are_exactly_what_is_left(pieces: list[tuple[str, str]], values: dict[str, str], end: str) -> None:
    body = "".join(f"{words}{{{{{name}}}}}" for words, name in pieces) + end
    filled = fill(body, values)
    assert [filled.text[a + 2 : b - 2] for a, b in filled.stops] == [n for _, n in pieces if n not in values]
    assert [(one.start, one.end) for one in parse(filled.text)] == list(filled.stops)


@given(st.text("{}|ab _\n"), st.dictionaries(NAMES, st.text()))
def test_any_body_can_be_filled(body: str, values: dict[str, str]) -> None:
    filled = fill(body, values)
    assert all(0 <= a < b <= len(filled.text) for a, b in filled.stops)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Szia {{first_name|}}! Jó", "Szia! Jó"),
        ("{{greeting|Hello}}, hm", "Hello, hm"),
        ("{{greeting|}}, hm", "hm"),
        ("Hi {{ first_name | you }}", "Hi  you "),
        ("a {{x|}} b", "a b"),
        ("line {{x|}}\nnext", "line\nnext"),
        ("{{unfinished {{x|y}}", "{{unfinished y"),
    ],
)
def test_fallbacks(body: str, text: str) -> None:
    assert fill(body, {}).text == text


def test_a_list_shows_the_fallback_or_else_the_name() -> None:
    body = "{{greeting|Γεια σου}}, {{what_broke}}, {{first_name|}}"
    assert named(body) == "{Γεια σου}, {what_broke}, {first_name}"


def test_a_value_is_one_line_and_no_letter() -> None:
    assert fill("Hi {{n}}!", {"n": " Ann\n\tLee "}).text == "Hi Ann Lee!"
    assert len(fill("{{n}}", {"n": "x" * 500}).text) == 80
    assert fill("{{n}}", {"n": " \n"}).stops == ((0, 5),)


def test_a_greek_article_that_begins_a_sentence_is_a_capital() -> None:
    values = {"who": "ο/η Jón", "mate": "η Κατερίνα"}
    assert fill("Γεια σου. {{who}} λέει: ναι", values).text == "Γεια σου. Ο/Η Jón λέει: ναι"
    assert fill("{{mate}} λέει: ναι", values).text == "Η Κατερίνα λέει: ναι"
    twice = fill("Ναι;\n{{mate}} ξέρει, το λέει {{mate}}", values)
    assert twice.text == "Ναι;\nΗ Κατερίνα ξέρει, το λέει η Κατερίνα"
    assert fill("Hi. {{n}} is here", {"n": "lemon"}).text == "Hi. lemon is here"


def test_a_value_is_not_read_as_a_blank() -> None:
    assert fill("{{n}}", {"n": "{{m}}", "m": "secret"}).text == "{{m}}"


def test_broken_blanks_are_told() -> None:
    assert [list(problems(body)) == [] for body in ("Hi {{a|b}}", "Hi {{a", "Hi a}}", "{{a b}}", " ")] == [
        True, False, False, False, False,
    ]  # fmt: skip
