"""Rules as files: in and out without loss, tables of terms, and files of something else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.base import resources
from app.base.errors import UserError
from app.voice import Rule, check, read
from app.voice.files import read_rules, toml_of
from app.workbench import Workbench

RULES = (
    Rule(0, ("refund*", 'money "back"', "επιστροφ*"), "block", "Legal says yes first.", "en", "legal", "put it right"),
    Rule(0, ("φθηνό",), "note", "Λέμε προσιτό.\nΠάντα.", "el", "tone", "", 1_800_000_000, 1),
    Rule(0, ("contest",), "block", "We say what is advertising.", "en", "promotion", position=2, sort="with",
         also=("#ad", "advert"), channel="mastodon", kind="taboo", owner="Dóra"),
    Rule(0, (), "note", "", "hu", position=3, sort="emoji", most=0),
    Rule(0, ("Kedves", "Szia"), "note", "", "hu", position=4, sort="greeting"),
)  # fmt: skip


def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(toml_of(RULES), encoding="utf-8")
    assert read_rules(path) == RULES


@pytest.mark.parametrize("name", ["starter", "demo"])
def test_our_own_guides_survive_it(name: str, tmp_path: Path) -> None:
    ours = read(resources.ROOT.joinpath(name, "voice.toml").read_text("utf-8")).rules
    path = tmp_path / "rules.toml"
    path.write_text(toml_of(ours), encoding="utf-8")
    assert read_rules(path) == ours


def test_a_table_of_terms_needs_no_more_than_a_column_of_words(tmp_path: Path) -> None:
    path = tmp_path / "house terms.csv"
    path.write_text("Term;Say instead;Level\ncheap;good value;\n\nkid;child;ASK\n", encoding="utf-8")
    assert read_rules(path) == (
        Rule(0, ("cheap",), "note", "It's on the list “house terms”.", "", "tone", "good value"),
        Rule(0, ("kid",), "ask", "It's on the list “house terms”.", "", "tone", "child", None, 1),
    )


def test_a_table_may_say_what_is_asked_of_the_words(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("Rule,Words,Other words,At most,Why\nwith,contest;prize,#ad,,Fair\nemoji,,,3,\n", encoding="utf-8")
    first, second = read_rules(path)
    assert (first.sort, first.words, first.also, first.why) == ("with", ("contest", "prize"), ("#ad",), "Fair")
    assert (second.sort, second.words, second.most, second.why) == ("emoji", (), 3, "")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vale.toml", "[formats]\nmdx = 'md'\n", "holds no rules that Rapport knows"),
        ("broken.toml", "[[rule", "holds no rules that Rapport knows"),
        ("numbers.toml", "[[rule]]\nwords = [1, 2]\n", "holds no rules that Rapport knows"),
        ("vale.yml", "extends: substitution\nmessage: Use '%s'\nswap:\n  a: b\n", "holds no rules that Rapport knows"),
        ("people.csv", "name,mail\nAnna,a@b.example\n", "holds no rules that Rapport knows"),
        ("stars.csv", "word\n* * *\n", "A rule needs at least one word"),
        ("level.csv", "word,level\nbad,shout\n", "Rule 1 in level.csv can't be used: “shout” isn't a level"),
        ("most.csv", "word,rule,at most\nreally,most,often\n", "The number has to be between 1 and 99"),
        ("sort.toml", '[[rule]]\nsort = "with"\nwords = ["a"]\nwhy = "b"\nlevel = "note"\n', "needs the other words"),
        ("until.toml", '[[rule]]\nwords = ["a"]\nwhy = "b"\nlevel = "note"\nuntil = "soon"\n', "Rule 1 in until.toml"),
    ],
)
def test_a_file_of_something_else_gets_one_sentence(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=sentence):
        read_rules(path)


def test_a_pattern_that_would_run_for_ever_does_not(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    path.write_text("word\n" + "a*" * 50 + "b\n(a+)+$\n", encoding="utf-8")
    began = time.process_time()
    found = check("a" * 20_000 + " " + "a " * 5_000, "en", read_rules(path))
    assert found == ()
    assert time.process_time() - began < 20, "it is bounded, on a slow machine too"


def test_they_are_added_once_as_one_action(bench: Workbench) -> None:
    assert bench.voice.add_rules(RULES[:1]) == 1
    assert bench.voice.add_rules(RULES[:1]) == 0
    before = len(bench.voice.rules())
    bench.actions.undo(bench.store.last_action)
    assert len(bench.voice.rules()) == before - 1
