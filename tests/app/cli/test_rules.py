"""`rule` on the demo community, with the JSON that programs read."""

from __future__ import annotations

import pytest

from tests.app.cli.shell import Shell


@pytest.mark.slow
def test_a_rule_is_tried_kept_listed_and_undone(demo: Shell) -> None:
    tried = demo.told("rule", "try", "--fewer-than", "900", "--limit", "3")
    assert list(tried) == ["hits", "messages", "shown"]
    assert 0 < tried["hits"] <= tried["messages"]
    assert list(tried["shown"][0]) == ["id", "conversation", "who", "at", "words"]
    assert len(tried["shown"]) == 3
    kept = demo.told("rule", "add", "All of it", "--fewer-than", "900", "--label", "Seen by a rule", "--to-lately")
    assert list(kept) == ["name", "on", "place", "conditions", "deeds", "hits"]
    assert kept["hits"] == tried["hits"]
    assert (kept["conditions"]["fewer_than"], kept["deeds"]["label"]) == (900, "Seen by a rule")
    again = demo.told("rule", "try", "all of it")
    assert again["hits"] == tried["hits"]
    hits = demo.told("rule", "hits", "All of it", "--limit", "0")
    assert len(hits) == tried["hits"]
    labelled = "labelled “Seen by a rule”."  # later messages of a conversation find it so
    assert {hit["did"] for hit in hits} == {f"Rule “All of it”: {words}{labelled}" for words in ("", "already ")}
    assert demo.told("rule", "undo", "All of it", "--message", hits[0]["id"])["undone"] == 1
    assert demo.told("rule", "hits", "All of it", "--limit", "1")[0]["undone_at"] is not None
    assert demo.told("rule", "undo", "All of it")["undone"] == tried["hits"] - 1
    assert demo.told("rule", "turn", "All of it", "off")["on"] is False
    assert demo.told("rule", "move", "All of it", "first")[0]["name"] == "All of it"
    assert demo.told("rule", "remove", "All of it")["name"] == "All of it"
    assert "All of it" not in [rule["name"] for rule in demo.told("rule", "list")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["add", "X", "--label", "Y"], "at least one condition"),
        (["add", "X", "--only", "emoji"], "at least one thing"),
        (["add", "X", "--only", "emoji", "--word", "a", "--label", "Y"], "never hit"),
        (["try", "Nothing"], "There's no rule “Nothing”"),
        (["add", "X", "--only", "emoji", "--template", "nothing"], "nothing"),
    ],
)
def test_what_makes_no_sense_is_refused(demo: Shell, words: list[str], why: str) -> None:
    done = demo.run("rule", *words)
    assert done.status == 1
    assert why in done.out + done.err
