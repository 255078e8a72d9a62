"""`label`, `view` and `drafts` on the demo community: counts are those of the lists, and each of it can be undone."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell


def _labels(demo: Shell) -> dict[str, int]:
    return {one["name"]: one["conversations"] for one in demo.told("label", "list")}


def test_labels_are_counted_as_the_list_has_them(demo: Shell) -> None:
    counts = _labels(demo)
    assert counts["parcel"] == len(demo.told("list", "--state", "all", "--label", "parcel", "--limit", "0"))


@pytest.mark.slow
def test_a_label_goes_its_whole_way(demo: Shell) -> None:
    first, second = (one["id"] for one in demo.told("list", "--limit", "2"))
    assert [one["labels"].count("Ζημιά") for one in demo.told("label", first, second, "+Ζημιά")] == [1, 1]
    assert demo.told("label", "rename", "ζημια", "Σπασμένα")["conversations"] == 2
    assert demo.told("label", "colour", "Σπασμένα", "red")["colour"] == "red"
    before = _labels(demo)["parcel"]
    merged = demo.told("label", "merge", "Σπασμένα", "parcel")
    assert merged["conversations"] == len(demo.told("list", "--state", "all", "--label", "parcel", "--limit", "0"))
    demo.run("undo")
    assert (_labels(demo)["Σπασμένα"], _labels(demo)["parcel"]) == (2, before)
    assert demo.told("label", "delete", "Σπασμένα")["conversations"] == 2
    assert "Σπασμένα" not in _labels(demo)
    assert demo.told("label", "add", "New", "--colour", "teal")["colour"] == "teal"


@pytest.mark.parametrize(
    ("words", "status"),
    [(("merge", "parcel"), 2), (("rename", "parcel", "press"), 1), (("colour", "parcel", "puce"), 1),
     (("delete", "nope"), 1), (("list", "more"), 2), (("add",), 2)],
)  # fmt: skip
def test_what_is_wrong_with_a_label_is_said(demo: Shell, words: tuple[str, ...], status: int) -> None:
    assert demo.told("label", *words, status=status)["error"]


@pytest.mark.slow
def test_a_view_counts_and_lists_what_a_search_finds(demo: Shell) -> None:
    saved = demo.told("view", "save", "Σπασμένα", "--words", "σπασ")
    found = {hit["conversation"] for hit in demo.told("search", "σπασ", "--limit", "0")}
    assert saved["conversations"] == len(found)
    assert {one["id"] for one in demo.told("view", "show", "σπασμενα")} == found
    demo.told("view", "move", "Σπασμένα", "first")
    assert demo.told("view", "list")[0]["name"] == "Σπασμένα"
    assert demo.told("view", "rename", "Σπασμένα", "Glass")["words"] == "σπασ"
    demo.told("view", "remove", "Glass")
    assert "Glass" not in [one["name"] for one in demo.told("view", "list")]


@pytest.mark.slow
def test_two_drafts_of_one_reply_are_kept_listed_and_chosen_between(demo: Shell) -> None:
    talk = demo.told("list", "--limit", "1")[0]["id"]
    demo.told("draft", "write", talk, "--text-file", "-", given="First")
    written = demo.told("draft", "write", talk, "--text-file", "-", given="Δεύτερο")
    assert (written["draft"], [other["text"] for other in written["beside"]]) == ("Δεύτερο", ["First"])
    listed = next(one for one in demo.told("drafts") if one["id"] == talk)
    assert (listed["text"], listed["drafts_beside"]) == ("Δεύτερο", 1)
    assert demo.told("list", "--limit", "1")[0]["draft"] == "Δεύτερο"
    chosen = demo.told("draft", "choose", talk, "both")
    assert (chosen["draft"], chosen["beside"]) == ("Δεύτερο\n\nFirst", [])
    demo.run("undo")
    assert len(demo.told("draft", "show", talk)["beside"]) == 1
    demo.told("draft", "choose", talk, "keep")
    assert demo.told("draft", "choose", talk, "keep", status=1)["error"]


def test_several_are_snoozed_in_one_command(demo: Shell) -> None:
    talks = [one["id"] for one in demo.told("list") if not (one["unhappy"] or one["hard"])][:2]
    told = demo.told("snooze", *talks, "3", "days")
    assert [one["id"] for one in told["snoozed"]] == talks
    assert told["left"] == []
    demo.run("undo")
    assert [demo.told("show", talk)["state"] for talk in talks] == ["needs-me"] * 2


def test_stacks_are_listed_with_their_conversations(demo: Shell) -> None:
    (stack,) = demo.told("stack", "list")
    assert list(stack) == ["sample", "conversations", "rows"]
    assert [row["id"] for row in stack["rows"]] == stack["conversations"]
    assert "4 ask much the same: " in demo.run("stack", "list").out
