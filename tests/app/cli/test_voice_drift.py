"""`voice drift` on the demo community: every figure is the messages that are listed for it."""

from __future__ import annotations

from tests.app.cli.shell import Shell


def test_every_figure_is_what_is_listed(demo: Shell) -> None:
    for word in ("you", "thank"):
        demo.told("voice", "rule", "add", "--word", word, "--level", "note", "--language", "en", "--why", "To count.")
    found = demo.told("voice", "drift")
    assert len(found) >= 2
    figures = 0
    for row in found:
        assert len(row["months"]) == 12
        for one in row["months"]:
            assert one["count"] == len(set(one["messages"]))
            if not one["count"] or figures >= 3:
                continue
            figures += 1
            listed = demo.told("voice", "drift", "--rule", str(row["rule"]), "--month", one["month"])
            assert sorted(line["message"] for line in listed) == sorted(one["messages"])
    assert figures
    assert len(demo.told("voice", "drift", "--limit", "1")) == 1
    assert {len(row["months"]) for row in demo.told("voice", "drift", "--months", "2")} <= {2}


def test_wrong_months_and_rules_are_refused(demo: Shell) -> None:
    for typed in ("0", "121", "few", "-1"):
        assert "isn't a number of months" in demo.run("voice", "drift", f"--months={typed}").err
    assert "isn't a month" in demo.run("voice", "drift", "--month", "2026-13").err
    assert "Give more with --months" in demo.run("voice", "drift", "--month", "2001-01").err
    assert "isn't the number of a rule" in demo.run("voice", "drift", "--rule", "few").err
    assert "no longer in the voice guide" in demo.run("voice", "drift", "--rule", "99999").err
