"""`voice rule` on the demo community, with the JSON that programs read."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.shell import Shell


def test_a_rule_is_added_found_and_removed(demo: Shell) -> None:
    made = demo.told(
        "voice", "rule", "add", "--word", "whilst*", "--level", "note", "--language", "en", "--why", "Say while.",
        "--instead", "while", "--kind", "confidential", "--owner", "Dóra",
    )  # fmt: skip
    assert made == {
        "number": made["number"], "words": ["whilst*"], "level": "note", "why": "Say while.", "language": "en",
        "risk": "tone", "instead": "while", "until": None, "kind": "confidential", "owner": "Dóra",
    }  # fmt: skip
    assert made in demo.told("voice", "rule", "list", "--language", "en", "--level", "note")
    found = demo.told("voice", "check", "--text-file", "-", "--language", "en", given="Whilst we wait")["findings"]
    assert [one["instead"] for one in found] == ["while"]
    removed = demo.told("voice", "rule", "remove", str(made["number"]))
    assert removed == {"number": made["number"], "removed": True}
    assert "no longer in the voice guide" in demo.run("voice", "rule", "remove", "99999").err
    assert "isn't the number of a rule" in demo.run("voice", "rule", "remove", "whilst").err


def test_rules_go_out_and_come_in_once(demo: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    out = demo.told("voice", "rule", "export", str(file))
    assert out["rows"] == len(demo.told("voice", "rule", "list"))
    assert demo.run("voice", "rule", "export", str(file)).status == 1
    assert demo.told("voice", "rule", "import", str(file)) == {"file": str(file), "added": 0, "known": out["rows"]}
    terms = tmp_path / "terms.csv"
    terms.write_text("word,instead\nutilise,use\n", encoding="utf-8")
    assert demo.told("voice", "rule", "import", str(terms))["added"] == 1


def test_limits_are_shown_and_set(demo: Shell) -> None:
    assert demo.told("voice", "limit", "exclaim") == {"what": "exclaim", "most": None}
    assert demo.told("voice", "limit", "exclaim", "1") == {"what": "exclaim", "most": 1}
    found = demo.told("voice", "check", "--text-file", "-", given="Hi!!")["findings"]
    assert [one["risk"] for one in found] == ["exclaim"]
    assert demo.told("voice", "limit", "exclaim", "any")["most"] is None
    assert "isn't a number" in demo.run("voice", "limit", "sentence", "short").err


def test_a_text_is_checked_for_where_it_will_go(demo: Shell) -> None:
    long, address = "Lemons. " * 80, "Write to anna.k@seznam.cz."
    check = ("voice", "check", "--text-file", "-", "--language", "en")
    assert demo.told(*check, given=long)["findings"] == []
    (found,) = demo.told(*check, "--channel", "bluesky", given=long)["findings"]
    assert (found["level"], found["risk"]) == ("note", "length")
    assert "send it as a thread" in found["why"]
    (found,) = demo.told(*check, "--channel", "x", given=long, status=1)["findings"]
    assert (found["level"], "280 characters" in found["why"]) == ("block", True)
    assert demo.told(*check, "--channel", "email", given=address)["findings"] == []
    (found,) = demo.told(*check, "--channel", "wordpress", given=address, status=1)["findings"]
    assert found["risk"] == "personal"
    assert "knows no channel “pigeon”" in demo.run(*check, "--channel", "pigeon", given="Lemons.").err
