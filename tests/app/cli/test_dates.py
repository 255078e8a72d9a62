"""Every command that takes a date takes the same words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.base import clock
from tests.app.cli.shell import Shell


def _conversation(demo: Shell) -> str:
    return str(demo.told("list", "--limit", "1")[0]["id"])


def _local(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone().strftime("%a %H:%M")


@pytest.mark.parametrize("words", [("po", "9"), ("mán", "9"), ("hétfő", "9"), ("Δευ", "9"), ("until", "mon", "9")])
def test_a_snooze_ends_when_the_words_say(demo: Shell, words: tuple[str, ...]) -> None:
    told = demo.told("snooze", _conversation(demo), *words)
    assert _local(told["snoozed_until"]) == "Mon 09:00"
    assert told["snoozed_until"].endswith("Z")


def test_the_next_block_is_one_of_the_words(demo: Shell) -> None:
    told = demo.told("snooze", _conversation(demo), "next", "block")
    assert datetime.fromisoformat(told["snoozed_until"]).timestamp() > clock.now()


def test_what_may_be_two_days_is_asked_back_and_nothing_is_done(demo: Shell) -> None:
    number = _conversation(demo)
    assert "Write which date" in demo.told("snooze", number, "την", "άλλη", "Δευτέρα", status=1)["error"]
    assert "“blah”" in demo.told("snooze", number, "monday", "blah", status=1)["error"]
    assert demo.told("show", number)["snoozed_until"] is None


def test_an_account_ends_and_an_export_begins_on_a_day_in_words(demo: Shell, tmp_path: Path) -> None:
    name = demo.told("account", "list")[0]["name"]
    assert demo.told("account", "register", name, "--ends-on", "31. března 2031")["ends_on"] == "2031-03-31"
    whole = demo.told("export", "messages", tmp_path / "whole.csv")["rows"]
    assert demo.told("export", "messages", tmp_path / "some.csv", "--since", "předevčírem")["rows"] < whole


def test_a_day_is_stored_as_iso(demo: Shell) -> None:
    mate = demo.told("teammate", "list")[0]["name"]
    told = demo.told("handoff", "add", _conversation(demo), "--to", mate, "--ask", "Why?", "--needed-by", "31. 3. 2031")
    assert told["needed_by"] == "2031-03-31"
