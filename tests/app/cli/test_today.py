"""`today` and `kind` on the demo community, with the JSON that programs read."""

from __future__ import annotations

import re

import pytest

from tests.app.cli.shell import Shell


def test_today_says_what_programs_expect(demo: Shell) -> None:
    told = demo.told("today", "--minutes", "25")
    assert list(told) == ["fresh", "groups", "queue", "fits", "waits", "minutes"]
    assert told["minutes"] == 25
    assert told["fits"] == len(told["queue"])
    assert sum(one["minutes"] for one in told["queue"]) <= 25
    assert all(list(one) == ["id", "why", "minutes", "closes_at"] for one in told["queue"])
    assert {"promised", "came_back", "gifts", "waiting", "drafts"} <= set(told["groups"])
    more = demo.told("today", "--minutes", "600")
    assert (more["waits"], more["fits"]) == (0, told["fits"] + told["waits"])


@pytest.mark.slow
def test_what_it_names_can_be_opened(demo: Shell) -> None:
    told = demo.told("today", "--minutes", "600")
    for one in told["queue"]:
        command = {"C": "show", "P": "member", "H": "", "G": ""}[one["id"][0]]
        if command == "show":
            assert demo.told("show", one["id"])["id"] == one["id"]


def test_people_read_sentences(demo: Shell) -> None:
    said = demo.run("today", "--minutes", "10").out
    assert "Read " in said
    assert "Promised (2)" in said
    assert re.search(r"\d working days? late", said)
    assert " fit, " in said


@pytest.mark.parametrize("typed", ["0", "soon", "-5", "1441", "2.5"])
def test_what_is_no_number_of_minutes_is_said(demo: Shell, typed: str) -> None:
    done = demo.run("today", f"--minutes={typed}")
    assert done.status == 2
    assert "minutes from 1 to 1440" in done.err


def test_kind_words_are_kept_listed_and_removed(demo: Shell) -> None:
    before = demo.told("kind", "list")
    talk = demo.told("list", "--limit", "1")[0]["id"]
    kept = demo.told("kind", "add", talk)
    assert kept["kept"] is True
    assert kept["id"].startswith("M-")
    listed = demo.told("kind", "list")
    assert [one["id"] for one in listed] == [kept["id"], *(one["id"] for one in before)]
    assert listed[0]["conversation"] == talk
    assert demo.told("kind", "remove", kept["id"]) == {"id": kept["id"], "kept": False}
    assert demo.told("kind", "list") == before
    demo.run("undo")
    assert demo.told("kind", "list")[0]["id"] == kept["id"]


@pytest.mark.parametrize(
    ("words", "status"),
    [(("add", "M-7"), 1), (("add", "P-1"), 1), (("remove", "M-7"), 1), (("add",), 2), (("list", "more"), 2)],
)
def test_what_is_wrong_with_kind_words_is_said(demo: Shell, words: tuple[str, ...], status: int) -> None:
    done = demo.run("kind", *words)
    assert done.status == status
    assert done.err.strip()
