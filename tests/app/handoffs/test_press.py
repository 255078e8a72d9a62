"""What the press writes, and who of the teammates answers it."""

from __future__ import annotations

import pytest

from app.handoffs import suggested
from app.handoffs.press import answers_press, from_press
from app.workbench import Workbench
from tests.app.handoffs.people import TODAY, community, talk


@pytest.mark.parametrize(
    ("kind", "said", "is_press"),
    [
        ("press", "Hello", True),
        ("customer", "I'm a journalist with the Herald", True),
        ("", "Jsem novinářka z Deníku", True),
        ("", "Újságíró vagyok", True),
        ("", "Ég er blaðamaður hjá Vísi", True),
        ("", "Είμαι δημοσιογράφος", True),
        ("", "A press inquiry about the bottles", True),
        ("", "I press the button and nothing comes", False),
        ("", "The lemon press is great", False),
        ("customer", "Where is my parcel?", False),
    ],
)
def test_the_press_is_known_by_its_member_or_its_words(kind: str, said: str, *, is_press: bool) -> None:
    assert from_press(kind, said) is is_press


def test_who_answers_the_press_comes_first_whatever_the_subject(bench: Workbench) -> None:
    community(bench)
    bench.teammates.add("Alžběta", team="Press", languages="cs")
    opened = talk(bench, "Where is the parcel?", "I'm a reporter. Where is my parcel?", "hu", ())
    found = suggested(opened, bench.teammates.all(), [], TODAY)
    assert (found.people[0].teammate.name, found.kind, found.press) == ("Alžběta", "press", True)
    plain = opened._replace(lines=tuple(line._replace(text="Where is my parcel?") for line in opened.lines))
    assert suggested(plain, bench.teammates.all(), [], TODAY).people[0].teammate.name != "Alžběta"
    assert suggested(plain, bench.teammates.all(), [], TODAY, member_kind="press").people[0].teammate.name == "Alžběta"


@pytest.mark.parametrize(
    ("values", "answers"),
    [({"role": "PR lead"}, True), ({"subjects": ["press"]}, True), ({"team": "Tiskové oddělení"}, True),
     ({"subjects": ["express parcel"]}, False), ({"team": "Support"}, False)],
)  # fmt: skip
def test_it_is_said_by_subject_team_or_role(bench: Workbench, values: dict[str, object], *, answers: bool) -> None:
    assert answers_press(bench.teammates.get(bench.teammates.add("Anna", **values))) is answers
