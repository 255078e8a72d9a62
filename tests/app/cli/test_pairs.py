"""Two members who are one person, from the shell: compared, merged, parted, suggested and told apart."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell


@pytest.fixture
def two(demo: Shell) -> tuple[str, str]:
    """The ids of two members with names, messages and a history each."""
    return demo.told("member", "show", "Žofie")["id"], demo.told("member", "show", "Kocsis Bence")["id"]


def test_a_dry_run_shows_both_side_by_side_and_changes_nothing(demo: Shell, two: tuple[str, str]) -> None:
    told = demo.told("member", "merge", *two, "--dry-run")
    assert told["dry_run"]
    assert (told["kept"]["id"], told["other"]["id"]) == two
    assert {fact["field"] for fact in told["facts"]} >= {"name", "language"}
    assert demo.told("member", "show", two[1])["id"] == two[1]
    assert "Last words" in demo.run("member", "merge", *two, "--dry-run").out


def test_a_merge_is_parted_months_later_and_says_what_goes_to_whom(demo: Shell, two: tuple[str, str]) -> None:
    before = [demo.told("member", "show", number) for number in two]
    merged = demo.told("member", "merge", *two, "--name", "Žofka", "--take", "language")
    assert (merged["id"], merged["name"], merged["language"]) == (two[0], "Žofka", before[1]["language"])
    assert f"Also known as {before[0]['name']}" in merged["note"]
    demo.told("member", "edit", two[0], "--set", "phone=+420 555 0123")
    planned = demo.told("member", "part", two[0], "--dry-run")
    assert planned["moves"]["identity"] == len(before[1]["names"])
    assert demo.told("member", "show", two[1])["id"] == two[0]
    said = demo.run("member", "part", two[1]).out
    assert f"Goes to {before[1]['name']}: {len(before[1]['names'])} name" in said
    after = [demo.told("member", "show", number) for number in two]
    assert "+420 555 0123" in str(after[0])
    assert [one["name"] for one in after] == [one["name"] for one in before]
    assert [one["history"] for one in after] == [one["history"] for one in before]
    assert demo.told("check")["sound"]
    demo.told("undo")
    assert demo.told("member", "show", two[1])["id"] == two[0]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("merge", "Žofie", "Žofie"), "both are already the same member"),
        (("part", "Žofie"), "nobody has been merged into them"),
        (("merge", "Žofie", "Kocsis Bence", "--take", "shoes"), "isn't a field to choose"),
        (("merge", "Žofie", "Kocsis Bence", "--name", " "), "A member needs a name."),
        (("apart", "Žofie", "Žofie"), "Part them first if they are two people"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(demo: Shell, words: tuple[str, ...], error: str) -> None:
    assert error in demo.told("member", *words, status=1)["error"]


def test_suggestions_come_with_reasons_and_are_not_asked_twice(demo: Shell) -> None:
    found = demo.told("member", "suggest")
    assert found
    first = found[0]
    assert first["reasons"][0]["words"]
    assert len(demo.told("member", "suggest", "--limit", "1")) == 1
    said = demo.told("member", "apart", first["one"]["id"], first["other"]["id"], "--why", "I met both")
    assert said["new"]
    left = demo.told("member", "suggest")
    assert first not in left
    assert len(left) == len(found) - 1
    assert not demo.told("member", "apart", first["other"]["id"], first["one"]["id"])["new"]
