"""What a Markdown text has beside its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.markdown import alt, fenced, without_comments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("words", [(False, "words")]),
        ("a\n```\nb\n```\nc", [(False, "a"), (True, "```\nb\n```"), (False, "c")]),
        ("~~~~ py\nb\n~~~\nc\n~~~~", [(True, "~~~~ py\nb\n~~~\nc\n~~~~")]),
        ("> ```\n> b\n> ```", [(True, "> ```\n> b\n> ```")]),
        ("    ```\nindented", [(False, "    ```\nindented")]),
        ("a\n```\nnever closed", [(False, "a"), (True, "```\nnever closed")]),
    ],
)
def test_blocks_of_code_are_told_apart(text: str, parts: list[tuple[bool, str]]) -> None:
    assert list(fenced(text)) == parts


@given(st.text(st.sampled_from("a`~\n> "), max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert "\n".join(part for _, part in fenced(text)) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a<!-- b -->c", "ac"),
        ("a<!-- b", "a<!-- b"),
        ("\\<!-- typed --> a<!--b-->", "\\<!-- typed --> a"),
        ("<!--a--><!--b-->", ""),
    ],
)
def test_comments_go(text: str, left: str) -> None:
    assert without_comments(text) == left


def test_what_a_picture_shows() -> None:
    assert alt(' src="x" ALT="A jar"') == "A jar"
    assert alt(" alt='It'") == "It"
    assert alt(' src="x"') == ""
