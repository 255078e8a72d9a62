"""Notices by somebody who did not see the reader: author, words and link are right in nine of ten."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.message import Incoming
from app.intake import notices as reader
from app.mail.parse import parse
from tests.blind_notices import letters, mails, more_mails
from tests.blind_notices.building import TO, Entry, Notice


def read(notice: Notice) -> tuple[Incoming, ...]:
    """What the product makes of a notice."""
    mail = parse(notice.raw, {TO})
    return (mail,) if notice.kind == "form" else reader.read(mail, reader.kind(mail.author.key, {}))


def words(text: str) -> str:
    return " ".join(text.split())


def is_right(said: Incoming, entry: Entry, kind: str) -> bool:
    """Whether author, words and link are those; a review's own title may stand apart, a form's other fields below."""
    bare = {name.removeprefix("u/").lstrip("@") for name in (said.author.name, entry.author)}
    whole, (title, _, rest) = words(entry.words), entry.words.partition("\n\n")
    without_title = words(rest) if title in said.title else whole
    told = words(said.text)
    same = told.startswith(whole) if kind == "form" else told == whole or (bool(entry.stars) and told == without_title)
    return len(bare) == 1 and same and said.url.startswith(entry.link)


@pytest.mark.parametrize("written", [mails, more_mails])
def test_nine_of_ten_are_read_right(written: Any) -> None:
    notices = written.notices()
    wrong = [
        notice.name
        for notice in notices
        if len(found := read(notice)) != len(notice.entries)
        or not all(is_right(said, entry, notice.kind) for said, entry in zip(found, notice.entries, strict=True))
    ]
    assert 10 * len(wrong) <= len(notices), wrong


@pytest.mark.parametrize("folder", ["third", "fourth", "fifth"])
def test_nine_of_ten_letters_are_read_right(folder: str) -> None:
    read = letters.letters(folder)
    wrong = {letter.name: why for letter in read if (why := letter.wrong())}
    assert 10 * len(wrong) <= len(read), wrong


@pytest.mark.parametrize("folder", ["third", "fourth", "fifth"])
def test_nobody_is_taken_for_the_author_who_is_not(folder: str) -> None:
    """Where it isn't sure who spoke, a notice stays a letter with all its words."""
    named = {letter.name: letter.wrong() for letter in letters.letters(folder)}
    assert not [name for name, why in named.items() if why.startswith("by ")]
