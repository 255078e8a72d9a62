"""What a page's shape says is in its text: numbers of lists, struck-out words, rows of tables, where a link leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.text import words
from app.mail.html import read, to_text
from tests.app.timing import grows_in_line

SHAPES = [
    ("<p>Takk &#xD83C;&#xDF81; og &#55357;&#56832;!</p>", "Takk 🎁 og 😀!"),
    ("&#xD83C;&#57217; &#x1F381; &#xD83C; &#xDF81;", "🎁 🎁 � �"),
    ("&#xD83C;&#xD83C;&#xDF81;&#xDF81;", "�🎁�"),
    ("<ul><li>one</li><li hidden></li></ul>two", "- one\n\ntwo"),
    ("<img alt='&#xD83C;&#xDF81; gift'>", "[Picture: 🎁 gift]"),
    ("<a href='https://x.example/?a=&#49;'>see</a>", "see <https://x.example/?a=1>"),
    ("<ol start=3><li>three<li>four<li value=10>ten</ol>after", "3. three\n4. four\n10. ten\n\nafter"),
    ("<ol reversed><li>x<li>y<li>z</ol>", "3. x\n2. y\n1. z"),
    ('<ol title="not reversed"><li>x<li>y</ol>', "1. x\n2. y"),
    ("<ol reversed=false start=10><li>x<li value=7>y<li>z</ol>", "10. x\n7. y\n6. z"),
    ("<OL REVERSED><li>x<ul><li>in<li>in</ul><!--<li>--><li hidden>no</li><li>y</ol>", "2. x\n  - in\n  - in\n1. y"),
    ("<ol reversed><li>x<ol reversed><li>a<li>b<li>c</ol><li>y</ol>", "2. x\n  3. a\n  2. b\n  1. c\n1. y"),
    ("<ol start=-1><li>x<li>y<li>z</ol><ol start=' +3.5'><li>x</ol>", "-1. x\n0. y\n1. z\n\n3. x"),
    ("<ol start=x><li value=''>x<li value=4th>y<li type=a>z</ol>", "1. x\n4. y\ne. z"),
    ("<ol type=a><li>x<li>y</ol><ol type=I><li>x<li>y</ol>", "a. x\nb. y\n\nI. x\nII. y"),
    ("<ol><li>one<ul><li>in<li>in too</ul></li><li><p>two</p></li></ol>", "1. one\n  - in\n  - in too\n2. two"),
    ("<ul><li>a</li></ul><p>b</p>", "- a\n\nb"),
    ("<li>alone", "- alone"),
    ("<p>Price <s>19 €</s> <del><b>18</b> €</del> 15 €</p>", "Price ~~19 € 18 €~~ 15 €"),
    ("<span style='text-decoration: line-through'>old <span>x</span> y</span> new", "~~old x y~~ new"),
    ("<s>a<br>b</s>", "~~a~~\n~~b~~"),
    (
        "<table><tr><th>Item</th><th>Price</th></tr><tr><td><p>Lemon</p></td><td>2&nbsp;€</td></tr></table>after",
        "Item | Price\nLemon | 2 €\n\nafter",
    ),
    ("<table><tr><td>a<td>b<tr><td><td>d</table>", "a | b\n| d"),
    ("<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>", "a\n\nb"),
    ("<blockquote><ol><li>q<li>r</ol></blockquote>", "> 1. q\n> 2. r"),
    ("<a href='https://evil.example/x'>bank.example</a>", "bank.example [evil.example] <https://evil.example/x>"),
    (
        "<a href='https://bank.example@evil.example/'>https://bank.example/login</a>",
        "https://bank.example/login [evil.example] <https://bank.example@evil.example/>",
    ),
    ("<a href='https://evil.example'>me@bank.example</a>", "me@bank.example [evil.example] <https://evil.example>"),
    ("<a href='https://bank.example/x'>www.bank.example</a>", "www.bank.example <https://bank.example/x>"),
    ("<a href='https://files.example/1'>report.pdf</a>", "report.pdf <https://files.example/1>"),
    ("<a href='https://t.example/1'>Click here</a>", "Click here <https://t.example/1>"),
]


@pytest.mark.parametrize(("page", "said"), SHAPES)
def test_the_shape_of_a_page_is_in_its_text(page: str, said: str) -> None:
    assert to_text(page) == said


def test_struck_out_words_are_found_by_a_search() -> None:
    assert words(to_text("<s>nineteen euros</s>")) == ["nineteen", "euros"]


def test_what_is_hidden_is_told_apart() -> None:
    page = read(
        "<div style='display:none'>Only today! &zwnj;&nbsp;&zwnj;</div><p>Hello</p><span hidden>secret</span>"
        "<div style='display:none'>&nbsp;&zwnj;</div><script>x()</script>"
    )
    assert (page.text, page.hidden, page.whole) == ("Hello", "Only today!\n\nsecret", True)


def test_what_is_hidden_within_the_hidden_is_there_as_well() -> None:
    assert read("<div hidden>a<p style='display: none'>b</p></div>c").hidden == "a\n\nb"


@given(st.text(alphabet="<>/ &#;xsoldivtrabe'\"=1~", max_size=200))
def test_any_page_can_be_read(page: str) -> None:
    said = read(page)
    assert isinstance(said.text, str)
    assert "\x00" not in said.text


@pytest.mark.parametrize(
    "piece", ["<s>", "<ol><li>", "<table>", "<tr><td>", "&#xD83C;", "<div hidden>", "<table><tr><td>a</table>"]
)
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    assert grows_in_line(lambda size: read(piece * size), 3_000)
