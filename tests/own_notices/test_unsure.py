"""Where it isn't sure who spoke, a notice stays a letter, with all its words: a wrong author is worse than none."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from app.intake import notices as reader
from app.intake.notices import authors
from app.mail.parse import parse
from tests.blind_notices.building import TO

FOOT = '<p style="font-size:11px;color:#999">This email was sent to you. <a href="https://x.com/u">Unsubscribe</a></p>'
BUTTON = '<p><a href="https://x.com/a/status/9" style="background:#000;color:#fff;padding:9px 20px">View</a></p>'
TWO_PICTURES = (
    '<table><tr><td><img alt="Anna Bell"><img alt="Carl Dunn"></td></tr>'
    "<tr><td><blockquote>Is the plum one back this year? My mother asks every week.</blockquote></td></tr></table>"
)
ONE_PICTURE = TWO_PICTURES.replace('<img alt="Carl Dunn">', "")


def _read(subject: str, page: str) -> list[str]:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "X <notify@x.com>", TO, subject
    mail["Date"], mail["Message-ID"] = "Sat, 14 Nov 2026 20:02:00 +0000", "<unsure@x.com>"
    mail.set_content(page, subtype="html")
    read = parse(mail.as_bytes(), {TO})
    return [said.author.name for said in reader.read(read, "x")]


def test_of_two_who_may_have_spoken_neither_is_taken() -> None:
    assert not _read("You have a new reply", TWO_PICTURES + BUTTON + FOOT)


def test_the_one_whom_the_subject_names_is_taken() -> None:
    assert _read("Carl Dunn replied to you", TWO_PICTURES + BUTTON + FOOT) == ["Carl Dunn"]


def test_the_only_one_is_taken() -> None:
    assert _read("You have a new reply", ONE_PICTURE + BUTTON + FOOT) == ["Anna Bell"]


@pytest.mark.parametrize(
    "name", ["Anna Bell", "Ludwig van Beethoven", "de la Cruz", "marlowe.bakes", "@anna új", "ottilie"]
)
def test_what_may_be_a_name(name: str) -> None:
    assert authors.is_plausible(name)


@pytest.mark.parametrize(
    "name", ["2 nýjar", "latest news here", "Anna Bell replied to", "Is it open?", "Pinter új megjegyzést", "A: B"]
)
def test_what_is_no_name(name: str) -> None:
    assert not authors.is_plausible(name)
