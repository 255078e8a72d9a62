"""Who answers for an account or a subject comes first in a hand-off; away, the stand-in does."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import NotFoundError, UserError
from app.handoffs import reason, suggested, suggested_for_all
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.intake.test_passing import came, letter, prepared

TODAY = date(2026, 12, 1)
JON, DORA = 1, 2


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return prepared(bench)


@pytest.fixture
def talk(bench: Workbench) -> int:
    """A letter about an invoice, which nobody's subjects fit."""
    bench.teammates.add("Kata", subjects=["glass"])
    return came(bench, letter("Your invoice 12 is wrong, and so is the glass.", "eva@elsewhere.example"))


def first(bench: Workbench, talk: int) -> tuple[str, str, str]:
    found = suggested(
        bench.inbox.open(talk), bench.teammates.all(), [], TODAY, owners=bench.responsible.all()
    ).people[0]  # fmt: skip
    return found.teammate.name, found.owns, found.instead_of.name if found.instead_of else ""


def test_whoever_answers_for_the_account_comes_before_whose_subject_fits(bench: Workbench, talk: int) -> None:
    assert first(bench, talk) == ("Kata", "", "")
    bench.responsible.set_account(1, DORA)
    assert first(bench, talk) == ("D\u00f3ra", "Mail", "")
    found = suggested(bench.inbox.open(talk), bench.teammates.all(), [], TODAY, owners=bench.responsible.all())
    assert "Responsible for Mail." in reason(found.people[0])
    assert sorted(one.teammate.name for one in found.people) == ["D\u00f3ra", "J\u00f3n Einarsson", "Kata"]


def test_a_subject_counts_more_than_the_account_and_is_found_inflected(bench: Workbench, talk: int) -> None:
    bench.responsible.set_account(1, DORA)
    bench.responsible.set_subject("invoices", JON)
    assert first(bench, talk) == ("J\u00f3n Einarsson", "invoices", "")
    bench.responsible.set_subject("parcels", JON)
    bench.responsible.set_subject("Invoices", DORA)
    assert first(bench, talk)[0] == "D\u00f3ra"
    assert len(bench.responsible.all()) == 3


def test_away_the_named_stand_in_comes_first_then_their_own(bench: Workbench, talk: int) -> None:
    bench.responsible.set_account(1, DORA, JON)
    bench.teammates.edit(DORA, {"away_from": "2026-11-30", "away_until": "2026-12-05"})
    assert first(bench, talk) == ("J\u00f3n Einarsson", "Mail", "D\u00f3ra")
    bench.responsible.set_account(1, DORA)
    assert first(bench, talk)[0] == "Kata"  # nobody is there for it
    bench.teammates.edit(DORA, {"stand_in_id": JON})
    assert first(bench, talk) == ("J\u00f3n Einarsson", "Mail", "D\u00f3ra")


def test_several_conversations_of_one_account_go_to_whoever_answers_for_it(bench: Workbench, talk: int) -> None:
    bench.responsible.set_account(1, DORA)
    rows = [bench.inbox.row(talk)]
    found = suggested_for_all(rows, bench.teammates.all(), TODAY, bench.responsible.all())
    assert found.people[0].teammate.id == DORA


def test_what_the_manager_answers_for_changes_nothing(bench: Workbench, talk: int) -> None:
    bench.responsible.set_account(1, None, JON)
    assert first(bench, talk)[0] == "Kata"


def test_each_change_is_one_action_and_can_be_undone(bench: Workbench) -> None:
    bench.responsible.set_account(1, DORA, JON)
    bench.responsible.set_account(1, JON)
    assert bench.actions.undo().title == "Who's responsible for Mail"
    found = bench.responsible.of_account(1)
    assert found is not None
    assert (found.teammate_id, found.stand_in_id, found.what) == (DORA, JON, "Mail")
    bench.responsible.clear(found.id)
    assert bench.responsible.all() == []
    bench.actions.undo()
    assert len(bench.responsible.all()) == 1


def test_what_makes_no_sense_is_refused(bench: Workbench) -> None:
    with pytest.raises(UserError, match="somebody else"):
        bench.responsible.set_account(1, JON, JON)
    with pytest.raises(UserError, match="Name the subject"):
        bench.responsible.set_subject(" ", JON)
    with pytest.raises(NotFoundError):
        bench.responsible.set_account(99, JON)
    with pytest.raises(NotFoundError):
        bench.responsible.clear(99)


def test_the_shell_says_sets_and_lists_it(planted: Path, tmp_path: Path) -> None:
    shell = Shell(Path(shutil.copytree(planted, tmp_path / "profile")))
    told = shell.told("responsible", "subject", "invoices abroad", "--is", "Dóra", "--stand-in", "Jón")
    assert (told["subject"], told["teammate"], told["stand_in"]) == ("invoices abroad", "Farkas Dóra", "Jón Einarsson")
    assert shell.told("responsible", "account", "Blog", "--is", "me")["teammate"] is None
    assert told in shell.told("responsible", "list")
    assert len(shell.told("responsible", "list", "--limit", "1")) == 1
    shell.told("responsible", "subject", "invoices abroad", "--nobody")
    assert told not in shell.told("responsible", "list")
    assert "No one" in shell.told("responsible", "subject", "nothing", "--nobody", status=1)["error"]
