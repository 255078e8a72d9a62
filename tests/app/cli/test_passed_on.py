"""Passed on, in the shell: found by who did it, and taken off where nobody did."""

from __future__ import annotations

from tests.app.cli.shell import Shell


def test_what_was_passed_on_is_found_and_the_mark_is_taken_off(demo: Shell) -> None:
    (row,) = demo.told("list", "--search", "passed:jón", "--state", "all")
    assert row["passed_on_by"] == "Jón Einarsson"
    assert demo.told("list", "--search", "passed:yes", "--state", "all") == [row]
    assert demo.told("not-passed-on", row["id"])["passed_on_by"] is None
    assert demo.told("list", "--search", "passed:yes", "--state", "all") == []
    refused = demo.run("not-passed-on", row["id"])
    assert (refused.status, "isn't marked as passed on" in refused.err) == (1, True)
    demo.run("undo")
    assert demo.told("list", "--search", "passed:yes", "--state", "all") == [row]
