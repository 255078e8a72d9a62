"""A private talk of several, where an answer reaches whom it names: the head and the audience name them all."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.base.message import Addressee, Author, Incoming
from app.inbox import Query
from tests.app.saying import account
from tests.stories.hand import Hand
from tests.ui.settling import until
from ui.shell.window import Window


@pytest.mark.slow
def test_the_head_and_the_audience_name_everybody_who_gets_the_answer(window: Window) -> None:
    place = account(window.bench.store, "mastodon", own="desk@sitrona.example")
    anna = Author("anna@a.example", "@anna@a.example", "Άννα Βασιλείου")
    named = (Addressee("to", "desk", "desk@sitrona.example"), Addressee("to", "bela", "bela@b.example"))
    item = Incoming("311", clock.now() - 60, "leynimál", anna, thread="311", public=False, named=named)
    window.bench.intake.take(place, [item])
    window.go("inbox")
    page: Any = window.page("inbox")
    page.list.filter.show(Query("needs_me"))
    until(lambda: page.opened is not None)
    head = page.composer.head
    until(lambda: "bela" in head.where.text())
    assert "Άννα Βασιλείου and bela" in head.where.accessibleName().replace("\u2068", "").replace("\u2069", "")
    assert head.audience.toolTip().replace("\u2068", "").replace("\u2069", "") == (
        "Visible to Άννα Βασιλείου and bela only."
    )
    hand = Hand(window)
    page.composer.write()
    hand.types("Takk fyrir!")
    hand.keys("Ctrl+Enter")
    hand.rest(0.3)
    (entry,) = window.bench.outbox.entries()
    assert [box.address for box in entry.boxes] == ["anna@a.example", "bela@b.example"]
