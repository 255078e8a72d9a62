"""Nothing is cleared past a block, nothing past an ask without its reason, and nobody else makes a Cleared."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.base.errors import BugError
from app.voice import ASK, BLOCK, NOTE, Cleared, Draft, Rule, Stopped, clear

RULES = (
    Rule(1, ("refund*",), ASK, "Legal says yes first.", "en", "legal", "we'll put it right"),
    Rule(2, ("2027 flavours",), BLOCK, "Under embargo.", "en", "non_public", "I can't talk about that yet"),
    Rule(3, ("world-class",), NOTE, "Brochure words.", "en"),
)


def test_a_block_cannot_be_passed_with_any_reason() -> None:
    draft = Draft("About the 2027 flavours: a refund", "en")
    with pytest.raises(Stopped, match="Under embargo") as stopped:
        clear(draft, RULES, {"2:2027 flavours": "I may", "1:refund": "yes"}, "I really may")
    assert [one.rule_id for one in stopped.value.findings] == [2]


def test_a_blank_left_over_is_stopped_and_named() -> None:
    with pytest.raises(Stopped, match="what_broke"):
        clear(Draft("Sorry that {{what_broke}} broke", "en"), (), reason="never mind")


def test_an_ask_wants_a_reason_and_keeps_it() -> None:
    draft = Draft("You get a refund, all of it refunded.", "en")
    with pytest.raises(Stopped, match="Legal says yes") as stopped:
        clear(draft, RULES, {"1:refund": "Dóra agreed"})
    assert [one.key for one in stopped.value.findings] == ["1:refunded"]
    with pytest.raises(Stopped):
        clear(draft, RULES, reason="  ")
    cleared = clear(draft, RULES, {"1:refund": "Dóra agreed"}, "as above")
    assert [(one.words, one.reason) for one in cleared.passed] == [("refund", "Dóra agreed"), ("refunded", "as above")]
    assert json.loads(cleared.overrides())[0]["rule_id"] == 1


def test_notes_stop_nobody() -> None:
    assert clear(Draft("A world-class answer", "en"), RULES).passed == ()


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_is_not_sent(text: str) -> None:
    with pytest.raises(Stopped, match="Write something first"):
        clear(Draft(text), ())


def test_nobody_else_makes_a_cleared() -> None:
    with pytest.raises(BugError):
        Cleared(Draft("x"), (), gate=object())
    cleared = clear(Draft("fine"), ())
    with pytest.raises((BugError, ValueError, TypeError)):  # ValueError until Python 3.12, TypeError from 3.13 on
        replace(cleared, draft=Draft("2027 flavours"))  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        cleared.draft = Draft("2027 flavours")  # type: ignore[misc]
