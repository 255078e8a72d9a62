"""A text that uses a member's work without permission is stopped."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voice import ANYONE, ASK, BLOCK, NOTE, RECEIVER, TEAM, Draft, Stopped, Voice
from app.works.watch import WORDS_IN_A_ROW, Watch
from app.works.work import Work

ANNA, BEN = 7, 8
SYRUP = "Boil the sugar slowly with the water, let it cool down, then add the juice of two lemons and some mint."
LATER, BEFORE = "2999-12-31", "2020-01-01"


def work(**more: object) -> Work:
    known: dict[str, object] = {"id": 1, "title": "My lemon syrup at home", "state": "noted", "excerpt": SYRUP, **more}
    return Work(member_id=ANNA, member="Anna", kind="recipe", **known)  # type: ignore[arg-type]


def found(one: Work, text: str, to: int | None = None, read_by: str = ANYONE, files: tuple[str, ...] = ()) -> list[str]:
    return [finding.level for finding in Watch([one]).findings(Draft(text, to=to, read_by=read_by, files=files))]


@pytest.mark.parametrize(
    "state", [{"state": "noted"}, {"state": "asked"}, {"state": "refused"}, {"state": "withdrawn"},
              {"state": "granted", "until_on": BEFORE}],
)  # fmt: skip
def test_eight_words_in_a_row_are_stopped_unless_they_gave_permission(state: dict[str, object]) -> None:
    quoted = "From a reader: BOIL the sugar, slowly with the wáter; let it cool! Try it."
    assert found(work(**state), quoted) == [BLOCK]
    assert found(work(state="granted"), quoted) == []
    assert found(work(state="granted", until_on=LATER), quoted) == []
    assert found(work(**state), "Boil the sugar slowly with the water. That is all.") == []


def test_the_whole_quotation_is_marked() -> None:
    text = f"Look: {SYRUP} Isn't it nice?"
    (finding,) = Watch([work()]).findings(Draft(text))
    assert text[finding.start : finding.end] == SYRUP.rstrip(".")
    assert "nobody has asked for permission" in finding.why


def test_its_file_and_its_page_are_stopped_too() -> None:
    photo = work(excerpt="", sha256="ab12", url="https://www.forum.example/t/42/")
    assert found(photo, "See what Anna made", files=("ff", "ab12")) == [BLOCK]
    assert found(photo, "See what Anna made", files=("ff",)) == []
    assert found(photo, "See http://forum.example/t/42.") == [BLOCK]
    assert found(photo, "See http://forum.example/t/421") == []
    assert found(photo, "See http://forum.example/t/42?page=2") == []


def test_its_title_needs_a_reason_and_a_short_one_is_anybodys_words() -> None:
    assert found(work(), "You must try my lemon syrup at home") == [ASK]
    assert found(work(state="granted"), "You must try my lemon syrup at home") == []
    assert found(work(title="Lemon syrup"), "You must try lemon syrup at home") == []


def test_what_only_its_maker_reads_is_free_and_naming_it_to_them_is_too() -> None:
    assert found(work(), SYRUP, ANNA, RECEIVER) == []
    assert found(work(), SYRUP, BEN, RECEIVER) == [BLOCK]
    assert found(work(), SYRUP, ANNA, ANYONE) == [BLOCK]
    assert found(work(), "May we use My lemon syrup at home?", ANNA, ANYONE) == []
    assert found(work(), "May we use My lemon syrup at home?", BEN, ANYONE) == [ASK]
    assert found(work(), SYRUP, None, TEAM) == []


def test_a_credit_line_that_is_missing_can_be_put_in() -> None:
    granted = work(state="granted", credit="Recipe: Anna P.", until_on=LATER)
    (finding,) = Watch([granted]).findings(Draft(SYRUP))
    assert (finding.level, finding.start, finding.end) == (ASK, len(SYRUP), len(SYRUP))
    assert "“Recipe: Anna P.”, which is missing" in finding.why
    assert found(granted, SYRUP + finding.instead) == []
    assert found(granted, f"recipe – ANNA P: {SYRUP}") == []


def test_what_it_is_for_is_said() -> None:
    granted = work(state="granted", for_what="the spring newsletter")
    (finding,) = Watch([granted]).findings(Draft(SYRUP))
    assert (finding.level, "the spring newsletter" in finding.why) == (NOTE, True)


def test_each_work_is_found_once_by_its_surest_sign() -> None:
    both = [work(sha256="aa"), work(id=2, title="Another one", excerpt="", sha256="aa")]
    findings = Watch(both).findings(Draft(f"My lemon syrup at home. {SYRUP}", files=("aa",)))
    assert [finding.words for finding in findings] == ["My lemon syrup at home", "Another one"]
    assert {finding.level for finding in findings} == {BLOCK}


def test_greek_and_czech_words_are_compared_without_accents() -> None:
    greek = work(excerpt="Βράζουμε τη ζάχαρη με το νερό σιγά σιγά και μετά βάζουμε το λεμόνι")
    assert found(greek, "ΒΡΑΖΟΥΜΕ ΤΗ ΖΑΧΑΡΗ ΜΕ ΤΟ ΝΕΡΟ ΣΙΓΑ ΣΙΓΑ και τέλος") == [BLOCK]
    czech = work(excerpt="Cukr pomalu svaříme s vodou a necháme úplně vychladnout přes noc")
    assert found(czech, "Nejdřív cukr pomalu svarime s vodou a nechame uplne vychladnout.") == [BLOCK]


def test_a_block_cannot_be_overridden_and_the_credit_line_with_a_reason(store: object) -> None:
    granted = work(state="granted", credit="Recipe: Anna P.")
    voice = Voice(store, Watch([granted]).findings)  # type: ignore[arg-type]
    with pytest.raises(Stopped, match="needs a reason"):
        voice.clear(Draft(SYRUP))
    cleared = voice.clear(Draft(SYRUP), reason="her name is in the picture")
    assert "her name is in the picture" in cleared.overrides()
    voice = Voice(store, Watch([work(state="refused")]).findings)  # type: ignore[arg-type]
    with pytest.raises(Stopped, match="doesn't want"):
        voice.clear(Draft(SYRUP), reason="please")


_WORDS = st.lists(st.sampled_from(["red", "blue", "sun", "moon", "tea", "salt", "ice", "sea"]), min_size=0, max_size=40)


@given(_WORDS, _WORDS)
def test_a_use_is_found_just_where_eight_words_are_the_same(theirs: list[str], ours: list[str]) -> None:
    runs = {tuple(theirs[at : at + WORDS_IN_A_ROW]) for at in range(len(theirs) - WORDS_IN_A_ROW + 1)}
    same = any(tuple(ours[at : at + WORDS_IN_A_ROW]) in runs for at in range(len(ours) - WORDS_IN_A_ROW + 1))
    one = work(title="x", excerpt=" ".join(theirs))
    assert bool(Watch([one]).findings(Draft(" ".join(ours)))) is same


def test_ordinary_replies_call_nothing() -> None:
    """A hundred replies about the same things, of the same words in another order."""
    dice = random.Random(14)
    said = SYRUP.split()
    for _ in range(100):
        dice.shuffle(said)
        assert found(work(), " ".join(said)) == []
