"""A letter's lines as they are shown: an invitation's time is the reader's, wherever they have gone since it came."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from app.inbox import Inbox
from app.intake import Intake
from app.mail.parse import parse
from app.store.store import Store
from tests.app.mail.packing import multi
from tests.app.mail.test_calendar import SPOKEN, event
from tests.app.saying import account


@pytest.fixture(autouse=True)
def _zone_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Prague")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_an_invitation_is_shown_by_the_clock_of_now_and_its_file_stays_as_it_came(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ics, place = event(SPOKEN), account(store, "email")
    part = "Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
    raw = multi("mixed", "Content-Type: text/plain; charset=utf-8\r\n\r\nHæ", part + ics.decode())
    Intake(store).take(place, [parse(raw)])
    before = store.read.execute("SELECT text FROM message").fetchone()["text"]
    for zone, said in (("Europe/Prague", "20:00 to 21:30 (your time, CEST)"), ("Asia/Tokyo", "03:00 to 04:30 (your")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        (line,) = Inbox(store).open(1).lines
        assert said in line.text
        assert line.text.startswith("Hæ\n\nInvitation: Fundur\nWhen: ")
        assert "18:00 to 19:30 in Atlantic/Reykjavik" in line.text
        assert Intake(store).take(place, [parse(raw)]).new == 0  # the same letter, though its words are others now
    assert store.read.execute("SELECT text FROM message").fetchone()["text"] == before
    (content,) = store.read.execute("SELECT bytes FROM attachment_bytes").fetchone()
    assert content.strip() == ics.strip()
