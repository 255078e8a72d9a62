"""A newcomer by mail and by Mastodon: welcomed, recognised as one, introduced to another, gone quiet, and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.workbench import Workbench
from tests.stories.hand import Hand
from tests.ui.opening import opened
from tests.ui.settling import settle, until
from tests.ui.talking import inbox
from ui.shell.window import Window

NAME = "Halldóra Vilhjálmsdóttir"
MAIL = Author("halldora@post.example", "halldora@post.example", NAME)
TOOT = Author("@halldora@bær.example", "halldora@bær.example", NAME)
_DAY = 86_400


@pytest.fixture
def window(demo_profile: Profile) -> Iterator[Window]:
    with opened(demo_profile) as made:
        yield made


def _account(bench: Workbench, kind: str) -> int:
    return next(one.id for one in bench.accounts.all() if one.kind == kind)


def _hears(bench: Workbench, kind: str, who: Author, number: int, words: str, thread: str) -> int:
    """Something comes in now; the id of its conversation."""
    item = Incoming(
        f"{thread}-{number}", clock.now(), words, who, thread=thread, title="Flöskurnar" if kind == "email" else "",
        public=kind != "email", refs=(f"{thread}@post.example",) if kind == "email" else (),
        letter=f"{thread}-{number}",
    )  # fmt: skip
    return int(next(iter(bench.intake.take(_account(bench, kind), [item]).conversation_ids)))


def _member(bench: Workbench, conversation: int) -> int:
    found = bench.members.of_conversation(conversation)
    assert found is not None
    return found


def _answers(window: Window, conversation: int, words: str) -> None:
    """Reply by keys, and let it go at once."""
    page, hand = inbox(window), Hand(window)
    page.open(conversation)
    settle()
    page.list.focus_rows()
    hand.keys("R")
    page.composer.manners.dismiss()
    hand.types(words)
    hand.keys("Ctrl+Enter")
    settle()
    bench = window.bench
    made = bench.outbox.entries(conversation_id=conversation)[-1]
    bench.outbox.send_now(made.id)
    until(lambda: bench.outbox.get(made.id).state == "sent")


def _side(window: Window, key: str) -> Any:
    window.go("members", key)
    page: Any = window.page("members")
    settle()
    assert page.sides.key == key
    return page.sides.current


@pytest.mark.slow
def test_a_newcomer_becomes_a_regular_goes_quiet_and_comes_back(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0]
    monkeypatch.setattr(clock, "now", lambda: int(time.time()) + passed[0])
    bench = window.bench

    # new, twice: nobody knows yet that these are one
    mail = _hears(bench, "email", MAIL, 0, "Góðan dag! Seljið þið flöskurnar líka stakar?", "one")
    toot = _hears(bench, "mastodon", TOOT, 0, "Hvenær kemur nýja bragðið?", "two")
    by_mail, by_toot = _member(bench, mail), _member(bench, toot)
    new = {one.member_id for one in bench.involvement.newcomers()}
    assert {by_mail, by_toot} <= new
    groups = {group.key: group for group in bench.today.groups()}
    assert groups["first_time"].total == len(new)

    # welcomed: a newcomer no more
    _answers(window, mail, "Vertu velkomin! Já, þær fást stakar frá og með mánudegi.")
    assert by_mail not in {one.member_id for one in bench.involvement.newcomers()}

    # recognised as one, by a key, with both side by side
    side = _side(window, "same")
    pair = next(one for one in bench.pairs.suggest() if {one.one, one.other} == {by_mail, by_toot})
    assert pair.reasons
    until(lambda: side.model.rowCount() > 0)
    side.list.choose(next(at for at in range(side.model.rowCount()) if NAME in str(side.model.index(at, 0).data())))
    settle()
    Hand(window).keys("Ctrl+Enter")
    settle()
    assert bench.members.get(by_mail).id == bench.members.get(by_toot).id
    member = bench.members.get(by_mail)
    assert {name.kind for name in member.identities} == {"email", "mastodon"}

    # introduced to another: both are asked, both say yes, and both histories tell it
    other = bench.members.find("Marcus Bell")[0]
    begun = bench.introducing.begin(member.id, other, "Both collect bottles")
    made = begun.introduction.id
    for who in (member.id, other):
        bench.introductions.asked(made, who)
        bench.introductions.note_word(made, who, yes=True)
    bench.introductions.introduced(made)
    for who in (member.id, other):
        assert "introduction" in {entry.kind for entry in bench.history.page(who).entries}

    # a regular
    for week in range(1, 6):
        passed[0] += 7 * _DAY
        _hears(bench, "email", MAIL, week, f"Takk! Ein spurning enn, sú {week}. í röðinni: hvað kostar kassinn?", "one")
    _answers(window, mail, "Kassinn kostar 2.900 krónur.")
    assert bench.involvement.of(member.id).level in ("participant", "contributor", "core")
    assert member.id not in {one.member_id for one in bench.involvement.gone_quiet()}

    # gone quiet
    passed[0] += 80 * _DAY
    assert member.id in {one.member_id for one in bench.involvement.gone_quiet()}
    quiet = _side(window, "quiet")
    quiet.reload()
    QApplication.processEvents()
    assert quiet.isVisible()

    # and back
    _hears(bench, "mastodon", TOOT, 9, "Hæ aftur! Er límonaðið komið í búðir á Akureyri?", "three")
    assert member.id in {one.member_id for one in bench.involvement.came_back()}
    assert member.id not in {one.member_id for one in bench.involvement.gone_quiet()}
