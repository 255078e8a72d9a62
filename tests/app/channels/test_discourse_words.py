"""A forum's posts as people see them there: pictures, files, polls, times, hidden parts and code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.discourse.words import typed, words_of

SERVER = "https://forum.example"
CODE = "Write\n```\n[poll]\n![x](y)\n<!-- z -->\n```\nlike that"


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("See ![bottle|690x388](upload://a.png)!", "See [Picture: bottle]!"),
        ("![|690x388](upload://a.png)", "[Picture]"),
        ("![clip|video](upload://a.mp4)", "[Video: clip]"),
        ("![song|audio](upload://a.mp3)", "[Sound: song]"),
        (
            "[price list.pdf|attachment](upload://k9.pdf) (123 KB)",
            f"[File: price list.pdf] {SERVER}/uploads/short-url/k9.pdf (123 KB)",
        ),
        ('<img src="/a.png" alt="a bottle" width=5>', "[Picture: a bottle]"),
        ("<!-- please\nfill in -->\nIt broke.", "It broke."),
        ('[details="How?"]\nShake it.\n[/details]', "How?\nShake it."),
        ("[poll type=regular public=true]\n* Mint\n* Lime\n[/poll]", "[Poll]\n* Mint\n* Lime"),
        ("[spoiler]It is mint[/spoiler]!", "It is mint!"),
        (
            'Come [date=2026-05-01 time=10:00:00 timezone="Europe/Prague"]',
            "Come 2026-05-01 10:00:00 (Europe/Prague)",
        ),
        (
            "[date-range from=2026-05-01T10:00:00 to=2026-05-01T12:00:00 timezone=Europe/Prague]",
            "2026-05-01 10:00:00 – 2026-05-01 12:00:00 (Europe/Prague)",
        ),
        ('[event start="2026-05-01" name="Tasting"]\n[/event]', "[Event: Tasting, 2026-05-01]"),
        ('[quote="anna, post:2"]\n[quote]\nWhy?\n[/quote]\nSo.\n[/quote]\nI see', "> > Why?\n> So.\nI see"),
        (CODE, CODE),
        ("Thanks :slight_smile::tada: at 10:30:45", "Thanks 🙂🎉 at 10:30:45"),
        (":+1:t3: but not `:heart:` nor :our_own:", "👍 but not `:heart:` nor :our_own:"),
        ("[quote]\n```\n[a]\n```\n[/quote]\nNo", "> ```\n> [a]\n> ```\nNo"),
        ("A [link](https://lemonade.example) and [brackets]", "A [link](https://lemonade.example) and [brackets]"),
        ("<!-- nothing else -->", "<!-- nothing else -->"),
    ],
)  # fmt: skip
def test_a_post_reads_as_it_is_seen(raw: str, read: str) -> None:
    assert words_of({"raw": raw}, SERVER) == read


@given(st.text(max_size=200))
def test_what_we_type_reads_as_we_typed_it_unless_it_is_marked_up(text: str) -> None:
    if "[" not in text and "`" not in text and "~" not in text and "\\<" not in text:
        assert words_of({"raw": typed(text)}) == text


@given(st.text(alphabet="[]<>!-`~\n=|quotepldaims(/\"' ", max_size=300))
def test_whatever_is_written_something_is_read(raw: str) -> None:
    assert isinstance(words_of({"raw": raw}, SERVER), str)


def test_a_hostile_post_takes_no_time() -> None:
    for raw in ("[quote]" * 5_000, "<!--" * 8_000, "![" * 16_000, "[date " * 5_000, "<img " * 6_000, "```\n" * 8_000):
        words_of({"raw": raw}, SERVER)
