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
        "risk": "tone", "instead": "while", "until": None, "kind": "confidential", "owner": "Dóra", "sort": None,
        "also": [], "most": None, "channel": None, "forms": [], "not_forms": [],
    }  # fmt: skip
    assert made in demo.told("voice", "rule", "list", "--language", "en", "--level", "note")
    found = demo.told("voice", "check", "--text-file", "-", "--language", "en", given="Whilst we wait")["findings"]
    assert [one["instead"] for one in found] == ["While"]
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


def test_required_words_are_added_and_missed(demo: Shell) -> None:
    made = demo.told(
        "voice", "rule", "add", "--sort", "with", "--word", "raffle", "--also", "#ad", "--level", "ask", "--language",
        "en", "--why", "We say what is advertising.", "--channel", "mastodon",
    )  # fmt: skip
    assert (made["sort"], made["also"], made["channel"]) == ("with", ["#ad"], "mastodon")
    check = ("voice", "check", "--text-file", "-", "--language", "en", "--channel")
    shown = demo.run(*check, "mastodon", given="Our raffle begins.")
    assert shown.status == 1
    assert "We say what is advertising." in shown.out
    assert demo.run(*check, "mastodon", given="Our raffle begins. #ad").status == 0
    assert demo.run(*check, "email", given="Our raffle begins.").status == 0
    assert "no kind of channel “pigeon”" in demo.run(*check, "pigeon", given="Hi").err
    new = ("voice", "rule", "add", "--level", "note")
    assert "needs the other words" in demo.run(*new, "--sort", "with", "--word", "a", "--why", "b").err
    assert "“few” isn't a number" in demo.run(*new, "--sort", "emoji", "--most", "few").err
    assert "no kind of channel" in demo.run(*new, "--sort", "emoji", "--most", "1", "--channel", "pigeon").err
    assert demo.told(*new, "--sort", "sentence", "--most", "20", "--language", "hu")["most"] == 20
    long = " ".join(["szó"] * 21)
    assert [one["risk"] for one in demo.told("voice", "check", "--text-file", "-", "--language", "hu", given=long)[
        "findings"]] == ["sentence"]  # fmt: skip


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
    assert "no kind of channel “pigeon”" in demo.run(*check, "--channel", "pigeon", given="Lemons.").err


def test_rules_to_begin_with_are_added_once(demo: Shell) -> None:
    assert demo.told("voice", "rule", "starter", "cs") == {"language": "cs", "added": 4}
    assert demo.told("voice", "rule", "starter", "cs")["added"] == 0
    found = demo.told("voice", "check", "--text-file", "-", "--language", "cs", given="Musíš si uvědomit, že ne.")
    assert [one["risk"] for one in found["findings"]] == ["preaching"]
    assert [one["risk"] for one in demo.told("voice", "rule", "list", "--find", "uvedomit")] == ["preaching"]


def test_forms_of_a_rule_are_struck_out_and_added(demo: Shell) -> None:
    made = demo.told(
        "voice", "rule", "add", "--word", "láhev", "--level", "note", "--language", "cs", "--why", "Proč ne.",
        "--form", "flaška", "--not-form", "lahví",
    )  # fmt: skip
    assert (made["forms"], made["not_forms"]) == (["flaška"], ["lahví"])
    number = str(made["number"])

    def found(text: str) -> list[str]:
        told = demo.told("voice", "check", "--text-file", "-", "--language", "cs", given=text)
        return [one["words"] for one in told["findings"] if one["rule"] == made["number"]]

    assert found("Bez lahví, flaška, lahve.") == ["flaška", "lahve"]
    shown = demo.told("voice", "rule", "forms", number, "--as-usual", "lahví", "--not-form", "lahve")
    assert (shown["forms"], shown["not_forms"]) == (["flaška"], ["lahve"])
    (bottle, added) = shown["found_as"]
    assert added == {"word": "flaška", "forms": ["flaška"]}
    assert "lahví" in bottle["forms"]
    assert "lahve" not in bottle["forms"]
    assert found("Bez lahví, flaška, lahve.") == ["lahví", "flaška"]
    assert "Struck out: lahve" in demo.run("voice", "rule", "forms", number).out
    assert "both added and struck out" in demo.run("voice", "rule", "forms", number, "--form", "Lahve").err
    assert "isn't a form of a word" in demo.run("voice", "rule", "forms", number, "--form", "lah*").err
    assert "isn't the number of a rule" in demo.run("voice", "rule", "forms", "láhev").err
