"""Choosing instead of typing: what is offered, what is in the search already, and how it is put in and taken out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.paths import Profile
from app.members import KIND_NAMES
from app.search import toggled
from app.search.language import parse
from app.search.operators import KIND, TITLES
from app.workbench import Workbench


@pytest.fixture
def demo_bench(demo_profile: Profile) -> Iterator[Workbench]:
    """The demo community."""
    made = Workbench(demo_profile)
    yield made
    made.close()


@pytest.mark.parametrize(("typed", "operator", "value", "then"), [
    ("", "channel", "Blog", "channel:Blog"),
    ("broken", "label", "big box", 'broken label:"big box"'),
    ("channel:Blog", "channel", "Forum", "channel:Blog channel:Forum"),
    ("channel:Blog channel:Forum", "channel", "Blog", "channel:Forum"),
    ("lang:Greek box", "lang", "el", "box"),
    ("is:difficult", "is", "difficult", ""),
    ("kind:press", "kind", "press", ""),
    ("-label:parcel", "label", "parcel", "-label:parcel label:parcel"),
    ('"broken box', "has", "gift", '"broken box" has:gift'),
])  # fmt: skip
def test_a_choice_is_put_in_and_taken_out(typed: str, operator: str, value: str, then: str) -> None:
    assert toggled(typed, operator, value) == then


@given(st.text(max_size=40), st.sampled_from([("channel", "Big Forum"), ("lang", "el"), ("is", "unhappy")]))
def test_twice_is_as_before(typed: str, choice: tuple[str, str]) -> None:
    there = [term[:4] for term in parse(typed)]
    if not any(term.operator == choice[0] for term in parse(typed)):
        once = toggled(typed, *choice)
        assert [term[:4] for term in parse(toggled(once, *choice))] == there
        assert [term[:3] for term in parse(once)] == [*(term[:3] for term in there), (choice[1], choice[0], False)]


def test_all_that_there_is_is_offered_and_what_is_on_is_marked(demo_bench: Workbench) -> None:
    typed = "box lang:Greek kind:press channel:Blog is:unhappy label:parcel -label:press"
    groups = {group.title: group for group in demo_bench.search.choices(typed)}
    assert list(groups) == ["Channel", "Language", "Kind of member", "Label", "What a rule did", "Marked as"]
    names = [name for (name,) in demo_bench.store.read.execute("SELECT name FROM account ORDER BY name")]
    assert [choice.value for choice in groups["Channel"].choices] == names
    labels = [name for (name,) in demo_bench.store.read.execute("SELECT name FROM label ORDER BY name")]
    assert [choice.value for choice in groups["Label"].choices] == labels
    spoken = {code for (code,) in demo_bench.store.read.execute("SELECT DISTINCT language FROM conversation")} - {""}
    assert {choice.value for choice in groups["Language"].choices} == spoken
    kinds = {kind for (kind,) in demo_bench.store.read.execute("SELECT DISTINCT kind FROM member")}
    assert len(groups["Kind of member"].choices) == len(kinds)
    on = {choice.title for group in groups.values() for choice in group.choices if choice.on}
    assert on == {"Blog", "Greek", "Press", "parcel", "Unhappy"}
    assert {title for title, group in groups.items() if group.together} == {"Label", "Marked as"}


def test_the_kinds_are_those_of_members() -> None:
    assert {kind: TITLES[kind] for kind in KIND} == dict(KIND_NAMES)


def test_each_choice_is_understood_and_finds_what_it_says(demo_bench: Workbench) -> None:
    for group in demo_bench.search.choices(""):
        for choice in group.choices:
            asked = demo_bench.search.understand(toggled("", choice.operator, choice.value))
            assert not asked.problem, choice
            assert not asked.is_empty, choice
