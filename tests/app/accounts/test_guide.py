"""The part of docs/connecting.md that is about one channel, as the window shows it."""

from __future__ import annotations

import pytest

from app.accounts import assistable, channel, connectable, guide
from app.channels.channel import Channel


@pytest.fixture(scope="module")
def page() -> str:
    return guide.page()


@pytest.mark.parametrize("of", [*connectable(), *assistable()], ids=lambda of: of.kind)
def test_every_channel_has_its_own_part_and_no_other(page: str, of: Channel) -> None:
    words = guide.for_channel(page, of)
    assert words.startswith(f"# {of.title}\n")
    headings = [line.lstrip("# ") for line in words.splitlines() if line.startswith("#")]
    titles = {other.title for other in (*connectable(), *assistable())} - {of.title}
    assert not titles & set(headings)
    assert (guide.SHARED in headings) is not of.live
    assert all((guide.folder() / name).is_file() for name in guide.pictures(words))
    assert guide.pictures(words)


def test_a_chapter_keeps_its_sections(page: str) -> None:
    words = guide.for_channel(page, channel("email"))
    for heading in ("### Provider by provider", "#### A client ID from Google", "### What goes wrong"):
        assert heading in words
    assert len(guide.pictures(words)) == 3


def test_in_general_it_is_what_stands_before_the_first_channel(page: str) -> None:
    words = guide.for_channel(page, None)
    assert words.startswith("# Connecting")
    assert "## " not in words
    assert "(screenshots/connect_light.png)" in words
    assert "channels.md" in words
    assert "](channels.md)" not in words  # a page that the program does not have


def test_a_channel_that_the_page_does_not_know_has_no_part() -> None:
    text = "# C\n\nIn general.\n\n## Forum\n\nSee [there](x.md) and [here](https://a.example).\n\n## Ghost\n\nBoo.\n"
    forum = channel("discourse")._replace(title="Forum")
    assert guide.for_channel(text, forum) == "# Forum\n\n\nSee there and [here](https://a.example)."
    assert guide.for_channel(text, forum._replace(title="Nowhere")) == ""
    assert guide.for_channel(text, forum._replace(title="Ghost")) == "# Ghost\n\n\nBoo."
