"""A reply that a rule stops is asked about, held, and sent with a yes in exactly the words that were asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.actions import Actions
from app.base.errors import UserError
from app.export import Options
from app.handoffs.approvals import stopped_first, whom_to_ask
from app.voice import ASK, BLOCK, Draft, Finding, Rule, Stopped
from app.workbench import Workbench
from tests.app.returns.returning import community, sent

WORDS = "Ginger cures colds, and that is all I know."


@pytest.fixture
def asking(bench: Workbench) -> Workbench:
    """A community with a rule that blocks and one that needs a reason; Dóra is Legal."""
    community(bench)
    bench.teammates.add("Farkas Dóra", team="Legal")
    bench.voice.add_rule(Rule(0, ("cure",), BLOCK, "No claims about health.", "en", "legal"))
    bench.voice.add_rule(Rule(0, ("gingerbread",), ASK, "Money is decided elsewhere.", "en", owner="Jón"))
    return bench


def talk(bench: Workbench, place: int = 0) -> int:
    return int(bench.store.read.execute("SELECT id FROM conversation ORDER BY id").fetchall()[place]["id"])


def draft(bench: Workbench, words: str = WORDS, place: int = 0) -> Draft:
    return Draft(words, "en", conversation_id=talk(bench, place))


def stopped(bench: Workbench, words: str = WORDS) -> Finding:
    found = stopped_first(bench.voice.look(draft(bench, words)))
    assert found is not None
    return found


def ask(bench: Workbench, words: str = WORDS) -> int:
    finding = stopped(bench, words)
    whom = whom_to_ask(bench, talk(bench), finding)[0]
    return bench.approvals.ask(draft(bench, words), finding, whom.id)


def undo(bench: Workbench) -> None:
    Actions(bench.store).undo()


def test_legal_is_asked_and_an_owner_before_anybody(asking: Workbench) -> None:
    assert whom_to_ask(asking, talk(asking), stopped(asking))[0].name == "Farkas Dóra"
    assert whom_to_ask(asking, talk(asking), stopped(asking, "A gingerbread is due."))[0].name == "Jón Einarsson"


def test_the_draft_goes_along_and_is_held(asking: Workbench) -> None:
    made = asking.handoffs.get(ask(asking))
    assert (made.kind, made.member_id) == ("legal", None)
    assert "“cures” is stopped: No claims about health." in made.ask
    assert made.context.endswith(f"The reply:\n{WORDS}")
    with pytest.raises(Stopped, match="and hasn't answered yet"):
        asking.voice.clear(draft(asking), reason="I know better")
    (finding,) = asking.voice.look(draft(asking))
    assert (finding.asked, finding.level, stopped_first([finding])) == ("waiting", BLOCK, None)
    with pytest.raises(UserError, match="hasn't answered yet"):
        asking.approvals.ask(draft(asking), finding, made.teammate_id or 0)


def test_a_reason_does_not_do_while_somebody_is_asked(asking: Workbench) -> None:
    words = "A gingerbread is due."
    assert asking.voice.clear(draft(asking, words), reason="agreed").passed
    number = ask(asking, words)
    with pytest.raises(Stopped):
        asking.voice.clear(draft(asking, words), reason="agreed")
    asking.handoffs.close(number, "not needed")
    assert asking.voice.clear(draft(asking, words), reason="agreed").passed


def test_a_yes_is_for_these_words_in_this_conversation_and_is_logged(asking: Workbench) -> None:
    asking.handoffs.answer(ask(asking), "solved", "Fine, as a joke", "2026-11-20")
    (passed,) = asking.voice.clear(draft(asking, f"  {WORDS}\n")).passed
    assert (passed.words, passed.why) == ("cures", "No claims about health.")
    assert passed.reason.startswith("Farkas Dóra said yes on ")
    assert passed.reason.endswith(": “Fine, as a joke”.")
    assert json.loads(asking.voice.clear(draft(asking)).overrides())[0]["reason"] == passed.reason
    (finding,) = asking.voice.look(draft(asking))
    assert (finding.level, finding.why) == ("note", passed.reason)
    for other in (draft(asking, WORDS.replace("all", "what")), draft(asking, place=1), Draft(WORDS, "en")):
        with pytest.raises(Stopped, match="No claims about health"):
            asking.voice.clear(other)


def test_a_yes_about_one_rule_lets_nothing_pass_another(asking: Workbench) -> None:
    words = "Ginger cures colds, or a gingerbread is due."
    asking.handoffs.answer(ask(asking, words), "solved")
    with pytest.raises(Stopped, match="Money is decided elsewhere"):
        asking.voice.clear(draft(asking, words))
    passed = asking.voice.clear(draft(asking, words), reason="agreed").passed
    assert [(one.words, one.reason[:11]) for one in passed] == [("cures", "Farkas Dóra"), ("gingerbread", "agreed")]


def test_a_no_is_shown_with_its_reason_and_may_be_asked_again(asking: Workbench) -> None:
    asking.handoffs.answer(ask(asking), "declined", "It's a claim")
    (finding,) = asking.voice.look(draft(asking))
    assert finding.level == BLOCK
    assert "said no on" in finding.why
    assert finding.why.endswith(": “It's a claim”. No claims about health.")
    with pytest.raises(Stopped):
        asking.voice.clear(draft(asking))
    asking.handoffs.answer(ask(asking), "solved")
    assert asking.voice.clear(draft(asking)).passed


def test_an_answer_taken_back_holds_it_again(asking: Workbench) -> None:
    number = ask(asking)
    asking.handoffs.answer(number, "solved")
    undo(asking)
    assert [one.asked.state for one in asking.approvals.listed()] == ["waiting"]
    undo(asking)
    assert asking.approvals.listed(talk(asking)) == []


def test_the_answer_comes_back_in_the_file(asking: Workbench, tmp_path: Path) -> None:
    number = ask(asking)
    mate = asking.handoffs.get(number).teammate_id
    copy = sent(asking, tmp_path, options=Options(to=mate))
    assert WORDS in copy.cell(0, "context")
    back = copy.edit(0, status="solved", answer="Yes", answered_on="2026-11-20").save(tmp_path)
    asking.returns.apply(asking.returns.read(back))
    (one,) = asking.approvals.listed(talk(asking))
    assert (one.asked.state, one.draft, one.teammate) == ("yes", WORDS, "Farkas Dóra")
    assert asking.voice.clear(draft(asking)).passed


def test_nobody_is_asked_about_what_no_rule_stops_or_about_a_new_message(asking: Workbench) -> None:
    mate = asking.teammates.all()[0].id
    (blank,) = asking.voice.look(draft(asking, "Dear {{name_of_it}}"))
    with pytest.raises(UserError, match="nothing to ask"):
        asking.approvals.ask(draft(asking, "Dear {{name_of_it}}"), blank, mate)
    with pytest.raises(UserError, match="not about a new message"):
        asking.approvals.ask(Draft(WORDS, "en"), stopped(asking), mate)
