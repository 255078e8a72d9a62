"""A form of a name that was written where a template asks for one is remembered, and is filled in the next time."""

from __future__ import annotations

import pytest

from app.base.corrected_forms import Asked
from app.templates.learning import learned
from app.templates.rows import Text
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

BODY = "Ahoj {{first_name:vocative}}, díky za zprávu!"
FORM = Asked("cs", "vocative")


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("Ahoj Petře, díky za zprávu!", {FORM: "Petře"}),
        ("Ahoj Petře, díky za zprávu! Balík je na cestě.", {FORM: "Petře"}),
        ("Ahoj Petr, díky za zprávu!", {}),
        ("Ahoj Evo, díky za zprávu!", {}),
        ("Ahoj všichni, díky za zprávu!", {}),
        ("Ahoj, díky za zprávu!", {}),
        ("Dobrý den, Petře, děkujeme za zprávu!", {}),
        ("Ahoj Petře, díky za zprávu! Ahoj Pavle, díky za zprávu!", {}),
        ("Ahoj {{first_name:vocative}}, díky za zprávu!", {}),
    ],
)
def test_only_what_cannot_be_anything_else_is_learned(sent: str, found: dict[Asked, str]) -> None:
    assert learned(BODY, {}, sent, "Petr", "cs") == found


def test_what_was_filled_in_and_left_is_not_learned() -> None:
    assert learned(BODY, {"first_name:vocative": "Petře"}, "Ahoj Petře, díky za zprávu!", "Petr", "cs") == {}


def test_a_blank_that_stands_alone_on_its_line_tells_nothing() -> None:
    assert learned("{{first_name:vocative}}\n", {}, "Petře\n", "Petr", "cs") == {}


@pytest.fixture
def talk(bench: Workbench) -> int:
    """A conversation with somebody whose name rules don't know in the vocative."""
    bench.templates.add("dik", "Díky", texts=[Text("cs", "", BODY)])
    asked = said("1", NOW, "Kdy přijde balík?", "p", thread="t", name="Petrjan Novák")._replace(language="cs")
    bench.intake.take(account(bench.store), [asked])
    return int(bench.store.read.execute("SELECT id FROM conversation").fetchone()[0])


def _reply(bench: Workbench, talk: int, words: str) -> int:
    template = bench.templates.get("dik")
    cleared = bench.voice.clear(Draft(words, "cs", template.id, ""))
    return bench.outbox.submit(cleared, talk)


def test_it_is_remembered_filled_in_shown_and_undone(bench: Workbench, talk: int) -> None:
    _reply(bench, talk, "Ahoj Petrjáne, díky za zprávu!")
    member = bench.members.get(1)
    assert (member.name_forms, member.by_hand) == ("cs vocative: Petrjáne", "name_forms")
    pick = bench.templates.pick(bench.templates.get("dik").id, talk)
    assert pick is not None
    assert "Ahoj Petrjáne, díky" in pick.filled.text
    bench.actions.undo()
    assert bench.members.get(1).name_forms == ""


def test_a_form_put_right_by_hand_goes_before_the_rules(bench: Workbench, talk: int) -> None:
    bench.members.edit(1, {"name_forms": "vocative: Péťo", "form_of_address": "familiar", "language": "cs"})
    assert bench.members.get(1).name_forms == "cs vocative: Péťo"
    pick = bench.templates.pick(bench.templates.get("dik").id, talk)
    assert pick is not None
    assert pick.filled.text.startswith("Ahoj Péťo,")
