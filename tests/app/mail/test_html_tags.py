"""The one tokenizer: the reader of text and that of blocks see the same document."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.mail import blocks, html
from app.mail.html_tags import attribute, attributes, walk

_BITS = [
    "<p>", "</p>", "<div>", "</div>", "<a href='http://x.is/a'>", "</a>", "word ", "&amp;", "<br>", "<td>", "</td>",
    "<script>if (a<b) hidden1()</script>", "<style>p{hidden2}</style>", "<svg><text>hidden3</text></svg>", "<b>",
    "</b>", "<map>hidden4</map>", "<noscript>hidden5</noscript>", "<title>hidden6</title>", "<!-- hidden7 -->", "<",
    ">", "<li>", "<ul>", "</ul>", "<select><option>hidden8</select>", "'", '"', "=", "<img alt='>'>", "<embed>",
]  # fmt: skip
_WORDS = re.compile(r"\w+")


class Noting:
    """Notes all that it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def is_full(self) -> bool:
        return len(self.said) > 50

    def text(self, text: str) -> None:
        self.said.append(text)

    def begin(self, tag: str, inside: str, at: int) -> int:
        self.said.append(f"<{tag}{inside}>")
        return at

    def end(self, tag: str) -> None:
        self.said.append(f"</{tag}>")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("a<B x=1>c</B >d", ["a", "<b x=1>", "c", "</b>", "d"]),
        ('<p title="a > b">x', ['<p title="a > b">', "x"]),
        ("1 < 2 <3", ["1 < 2 <3"]),
        ("<!DOCTYPE html><!-- <p> -->x<!--", ["x", ""]),
        ("<script>a<b></p></script>x", ["</script>", "x"]),
        ("<title><script></title>x", ["</title>", "x"]),
        ("<svg><svg></svg>a</svg>x", ["</svg>", "x"]),
        ("<o:p>x</o:p>", ["<o:p>", "x", "</o:p>", ""]),
        ("<p", ["<p>", ""]),
    ],
)
def test_what_a_reader_is_told(document: str, said: list[str]) -> None:
    reader = Noting()
    assert walk(document, reader)
    assert reader.said in (said, [*said, ""])


def test_one_that_is_full_is_told_no_more() -> None:
    reader = Noting()
    assert not walk("<p>" * 100, reader)
    assert len(reader.said) == 51


@pytest.mark.parametrize(
    ("inside", "name", "value"),
    [
        (" title='see href=http://y.is' href=http://z.is", "href", "http://z.is"),
        (' data-1="a href=x" HREF = "b"', "href", "b"),
        (" xhref=1/href=2", "xhref", "1/href=2"),
        (" alt='' alt=x", "alt", ""),
        (" style", "style", ""),
    ],
)
def test_an_attribute_is_not_looked_for_within_another(inside: str, name: str, value: str) -> None:
    assert attribute(inside, name) == value


@example(["<", "word ", "<map>hidden4</map>"])
@given(st.lists(st.sampled_from(_BITS), max_size=30))
def test_both_readers_read_the_same_words_and_what_nobody_sees_in_neither(bits: list[str]) -> None:
    document = "".join(bits)
    text = html.to_text(document).replace("http://x.is/a", "").replace("[Picture: >]", "")
    built = blocks.of_html(document)
    if "<word" not in document:  # that is a tag, which swallows what comes up to its end: `<word <map>` hides nothing
        assert "hidden" not in text
        assert not any("hidden" in block.text for block in built)
    assert _WORDS.findall(text) == _WORDS.findall(" ".join(block.text for block in built))


@given(st.text(alphabet="<>/!-=\"' \nabp", max_size=300))
def test_any_text_is_read_to_its_end(document: str) -> None:
    reader = Noting()
    walk(document, reader)
    assert all(isinstance(name, str) for name, _ in attributes(document))


@pytest.mark.parametrize("piece", ["<", "<a ", "<a href='", "</", "<!--", "<script>", "<svg>", "='", '<p title="'])
def test_no_document_takes_long(piece: str) -> None:
    document = piece * (400_000 // len(piece))
    begun = time.perf_counter()
    html.read(document)
    blocks.of_html(document)
    assert time.perf_counter() - begun < 5
