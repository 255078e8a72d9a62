"""Moderation from the shell: reports, solutions, closed conversations, and who may not write."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.app.cli.shell import Shell


def _talk(demo: Shell, title: str) -> str:
    talks = demo.told("list", "--state", "all", "--channel", "Swap board")
    return str(next(talk["id"] for talk in talks if talk["title"].startswith(title)))


def _lines(demo: Shell, talk: str) -> list[dict[str, object]]:
    return [line for line in demo.told("show", talk)["lines"] if str(line["id"]).startswith("M-")]


@pytest.mark.slow
def test_show_says_what_is_reported_solved_closed_and_who_is_muted(demo: Shell) -> None:
    reported, solved, closed = (_talk(demo, title) for title in ("Wooden", "Why does", "The label vote"))
    assert "  Reported to the moderators" in demo.run("show", reported).out
    assert "  Marked as the solution" in demo.run("show", solved).out
    told = demo.run("show", closed).out
    assert "Closed on Swap board: only moderators can write there." in told
    assert "  Author muted until " in told
    assert [demo.told("show", talk)["reported"] for talk in (reported, solved)] == [True, False]
    assert [demo.told("show", talk)["solved"] for talk in (reported, solved)] == [False, True]
    assert demo.told("show", closed)["closed_there"] is True
    (barred,) = [line["author_barred"] for line in _lines(demo, closed) if line["author_barred"]]
    assert barred["how"] == "mute"  # type: ignore[index]


@pytest.mark.slow
def test_a_guideline_is_asked_only_where_a_word_is_taken(demo: Shell, tmp_path: Path) -> None:
    talk, words = _talk(demo, "Wooden"), tmp_path / "words.txt"
    words.write_text("Spoons only, Oskar!", "utf-8")
    first, *_, reported = (str(line["id"]) for line in _lines(demo, talk))
    refused = demo.told("moderate", reported, "hide", status=1)["error"]
    assert refused == "Say which guideline this is based on; the moderation log needs it."
    assert demo.told("moderate", first, "solve", "--now")["state"] == "done"
    assert demo.told("show", talk)["solved"] is True
    assert demo.told("moderate", first, "lock", "--now")["guideline"] == ""
    assert "isn't a moderator's, your reply is refused" in demo.run("reply", talk, "--text-file", words).out
    muted = demo.told("moderate", reported, "mute", "--for", "2w", "--guideline", "1. Be kind", "--now")
    assert muted["seconds"] == 14 * 86_400
    assert "mute (14 days)" in demo.run("moderation", "list").out
    file = tmp_path / "log.csv"
    demo.told("moderation", "export", file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["verb"], row["seconds"]) for row in rows][-3:] == [
        ("solve", ""), ("lock", ""), ("mute", str(14 * 86_400)),
    ]  # fmt: skip
    assert demo.told("moderation", "undo", str(muted["id"]))["verb"] == "unmute"


@pytest.mark.parametrize("typed", ["", "0d", "1", "d", "1x", "-1d", "400d", "1 d d", "999999w"])
def test_a_time_that_is_none_is_refused_in_a_sentence(demo: Shell, typed: str) -> None:
    message = str(_lines(demo, _talk(demo, "Wooden"))[-1]["id"])
    error = demo.told("moderate", message, "mute", f"--for={typed}", "--guideline", "1", status=1)["error"]
    assert "isn't a time to mute somebody for" in error
    if typed == "":
        error = demo.told("moderate", message, "ban", "--for", "1d", "--guideline", "1", status=1)["error"]
        assert error == "Only `mute` takes --for: everything else lasts until it's undone."


def test_an_undo_that_would_publish_what_waited_for_approval_is_refused(demo: Shell) -> None:
    talks = demo.told("list", "--state", "all", "--limit", "0")
    talk = next(str(talk["id"]) for talk in talks if talk["title"].startswith("Nem nyílik"))
    waits = _lines(demo, talk)[0]
    marked = demo.told("moderate", str(waits["id"]), "spam", "--guideline", "4", "--now")
    assert marked["state"] == "done"
    error = demo.told("moderation", "undo", str(marked["id"]), status=1)["error"]
    assert error.startswith("It was waiting for approval")
    assert [deed["state"] for deed in demo.told("moderation", "list")][:1] == ["done"]
