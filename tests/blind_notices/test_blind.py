"""Notices by somebody who did not see the reader: author, words and link are right in nine of ten."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.message import Incoming
from app.intake import notices as reader
from app.mail.parse import parse
from tests.blind_notices import mails, more_mails
from tests.blind_notices.writing import TO, Entry, Notice

LEAST = 0.9


def read(notice: Notice) -> tuple[Incoming, ...]:
    """What the product makes of a notice."""
    mail = parse(notice.raw, {TO})
    return (mail,) if notice.kind == "form" else reader.read(mail, reader.kind(mail.author.key, {}))


def words(text: str) -> str:
    return " ".join(text.split())


def is_right(said: Incoming, entry: Entry, kind: str) -> bool:
    """Whether author, words and link are those; a review's own title may stand apart, a form's other fields below."""
    bare = {name.removeprefix("u/").lstrip("@") for name in (said.author.name, entry.author)}
    whole, told = words(entry.words), words(said.text)
    titled = words(f"{said.title.lstrip('★☆')} {said.text}")
    same = told.startswith(whole) if kind == "form" else told == whole or (bool(entry.stars) and titled == whole)
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
    assert len(wrong) <= len(notices) * (1 - LEAST), wrong
