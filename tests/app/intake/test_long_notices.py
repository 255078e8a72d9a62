"""Notices of any size are read in about linear time: who is handed one can't keep the program busy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.base.message import Author, Incoming
from app.intake import notices
from app.mail import blocks
from app.mail.paragraphs import of_text
from tests.app.timing import grows_in_line

PERSON = "Anna Bell\n\n“Where can I get it?”\nhttps://www.facebook.com/p/1?comment_id={}\n\n"
LINK = "https://www.facebook.com/p/{}?comment_id=2"
LINES: dict[str, Callable[[int], str]] = {
    "people": lambda size: "".join(PERSON.format(at) for at in range(size // 800)),
    "addresses in a line": lambda size: "Anna Bell\n" + " ".join(LINK.format(at) for at in range(size // 40)),
    "addresses on lines": lambda size: "Anna Bell\n" + "\n".join(LINK.format(at) for at in range(size // 40)),
    "addresses in brackets": lambda size: "Anna Bell\n" + "".join(f"x <{LINK.format(at)}>" for at in range(size // 40)),
    "pictures": lambda size: "[Anna Bell]" * (size // 11) + " hello there",
    "cut lines": lambda size: ("word " * 14 + "\n") * (size // 71),
    "names": lambda size: "Anna: " * (size // 6),
    "marks": lambda size: "x … See more “ab” " * (size // 18),
}
TAGS = {
    "links never closed": "<a href=https://x.example><br>",
    "links with words, never closed": "b<a href=https://x.example>",
    "links of pictures": "<a href=https://x.example><img></a><br>",
    "lines": "b<br>",
    "stray ends": "</i>",
}


def notice(text: str) -> Incoming:
    sender = Author("m", "notification@facebookmail.com", "Anna Bell via Facebook")
    return Incoming("<1@f>", 1_700_000_000, text, sender, title="Anna Bell and 3 others commented on your post")


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_a_long_plain_notice_is_read_in_linear_time(name: str) -> None:
    assert grows_in_line(lambda size: notices.read(notice(LINES[name](size)), "facebook"), 50_000)


@pytest.mark.parametrize("name", TAGS)
def test_a_long_page_is_taken_apart_in_linear_time(name: str) -> None:
    def read(size: int) -> object:
        return blocks.of_html("<b>" * 190 + "Anna Bell" + TAGS[name] * (size // len(TAGS[name])))

    assert grows_in_line(read, 50_000)


def test_the_links_of_many_peoples_words_are_each_theirs() -> None:
    found = notices.read(notice(LINES["people"](80_000)), "facebook")
    assert [one.url.rpartition("=")[2] for one in found] == [str(at) for at in range(100)]


def test_a_letter_of_more_parts_than_any_notice_has_is_no_notice() -> None:
    text = LINES["people"](400_000)
    assert len(of_text(text)) > 600
    assert notices.read(notice(text), "facebook") == ()
