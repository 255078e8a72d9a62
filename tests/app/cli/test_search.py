"""The search language in the shell: the same as in the window, and what is not understood is said."""

from __future__ import annotations

from tests.app.cli.shell import Shell


def test_operators_lists_and_counts_agree(demo: Shell) -> None:
    hits = demo.told("search", "label:parcel -state:done", "--limit", "0")
    talks = {hit["conversation"] for hit in hits}
    listed = demo.told("list", "--state", "all", "--search", "label:parcel -state:done", "--limit", "0")
    assert {row["id"] for row in listed} == talks
    assert all(row["state"] != "done" for row in listed)
    count = demo.told("search", "--count", "label:parcel -state:done")
    assert count == {"messages": len(hits), "conversations": len(talks), "more": False}
    assert len(talks) > 1
    says = demo.run("search", "eleni after:2020").out
    assert "since 1 January 2020" in says
    assert "Ελένη" in says


def test_what_is_not_understood_and_what_is_forgiven_are_said(demo: Shell) -> None:
    assert "parcel" in demo.told("search", "label:parsel", status=1)["error"]
    assert "parcel" in demo.told("list", "--search", "label:parsel", status=1)["error"]
    assert demo.told("search", "limonáad") == []
    assert "Showing “limonad" in demo.run("search", "limonáad").out
