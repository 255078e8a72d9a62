"""Forms of a rule's words: those struck out are not found, those added are; what is shown says the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.voice import ASK, BLOCK, Draft, Rule, check
from app.voice.files import read_rules, toml_of
from app.voice.found_as import FoundAs, found_as
from app.voice.guide import validated
from app.workbench import Workbench


def rule(words: str, language: str, *, forms: str = "", but: str = "", level: str = ASK, sort: str = "") -> Rule:
    return Rule(
        1, (words,), level, "x", language, sort=sort, forms=tuple(filter(None, forms.split(","))),
        not_forms=tuple(filter(None, but.split(","))), most=1 if sort else None,
    )  # fmt: skip


def found(text: str, one: Rule, of: str = "") -> list[str]:
    return [hit.words for hit in check(text, of or one.language, (one,))]


@pytest.mark.parametrize(
    ("one", "text", "left"),
    [
        (rule("láhev", "cs", but="lahví"), "lahve a lahví a LAHVÍ", ["lahve"]),
        (rule("flaska", "is", but="Flösku"), "flaska, flösku, flöskur", ["flaska", "flöskur"]),
        (rule("szabadalom", "hu", but="szabadalmak"), "szabadalmak, szabadalommal", ["szabadalommal"]),
        (rule("γεύση", "el", but="γεύσεις"), "γεύση, γεύσεις, ΓΕΥΣΕΙΣ, γεύσης", ["γεύση", "γεύσης"]),
        (rule("refund", "en", but="refund"), "A refund, two refunds.", ["refunds"]),
        (rule("slev*", "cs", but="slévat"), "slevy, slévat, slevat, slévá", ["slevy", "slévá"]),
        (rule("visszafizet", "hu", but="fizetjük vissza"), "fizetjük vissza, fizetünk vissza", ["fizetünk vissza"]),
        (rule("rodné číslo", "cs", but="čísla"), "rodné číslo, rodného čísla", ["rodné číslo"]),
    ],
)  # fmt: skip
def test_a_struck_form_is_no_longer_found_and_the_others_are(one: Rule, text: str, left: list[str]) -> None:
    assert found(text, one) == left


def test_an_added_form_is_found_as_it_stands_also_where_it_blocks_in_another_language() -> None:
    one = rule("láhev", "cs", forms="flaška,don't", level=BLOCK)
    assert found("láhev, flaška, flašky, don't", one) == ["láhev", "flaška", "don't"]
    assert found("I like the flaška and it is mine, thanks.", one, "en") == ["flaška"]


def test_rules_that_count_heed_the_forms_too() -> None:
    from app.voice import sorts  # noqa: PLC0415  as the desk asks for it

    one = rule("láhev", "cs", forms="flaška", but="lahví", sort="most")
    assert [hit.words for hit in sorts.asked(Draft("láhev a flaška", "cs"), (one,))] == ["flaška"]
    assert not sorts.asked(Draft("láhev a lahví", "cs"), (one,))


def test_what_is_shown_is_what_is_found() -> None:
    one = rule("láhev", "cs", forms="flaška", but="lahví")
    bottle, added = found_as(one)
    assert bottle.forms[0] == "láhev"
    assert "lahví" not in bottle.forms
    assert added == FoundAs("flaška", "flaška", ("flaška",))
    assert all(found(form, one) == [form] for form in (*bottle.forms, *added.forms))
    assert [shown.forms for shown in found_as(rule("slev*", "cs"))] == [("slev*",)]
    assert [shown.forms for shown in found_as(rule("láhev", ""))] == [("láhev",)]


def test_forms_are_kept_changed_and_undone(bench: Workbench) -> None:
    number = bench.voice.add_rule(rule(" láhev", "cs", forms="flaška, flaška ,", but="lahví"))
    kept = bench.voice.rule(number)
    assert (kept.forms, kept.not_forms) == (("flaška",), ("lahví",))
    bench.voice.change_rule(replace(kept, forms=(), not_forms=()))
    assert bench.voice.rule(number).not_forms == ()
    bench.actions.undo(bench.store.last_action)
    assert bench.voice.rule(number) == kept


def test_forms_go_out_and_come_in_with_the_files_of_rules(tmp_path: Path) -> None:
    one = rule("láhev", "cs", forms="flaška", but="lahví,lahve")
    (tmp_path / "rules.toml").write_text(toml_of([one]), "utf-8")
    (tmp_path / "terms.csv").write_text(
        "word,language,also found as,not found as\nláhev,cs,flaška,lahví; lahve\n", "utf-8"
    )
    for name in ("rules.toml", "terms.csv"):
        (back,) = read_rules(tmp_path / name)
        assert (back.forms, back.not_forms) == (one.forms, one.not_forms)


def test_what_is_no_form_is_refused_in_a_sentence() -> None:
    with pytest.raises(UserError, match="both added and struck out"):
        validated(rule("láhev", "cs", forms="Lahve", but="lahve"))
    with pytest.raises(UserError, match="isn't a form"):
        validated(rule("láhev", "cs", but="lah*"))
