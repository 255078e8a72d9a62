"""Who was told what, and who is owed a word once a fact has changed."""

from __future__ import annotations

import pytest

from app.base.errors import UserError
from app.facts import CORRECTED, CURRENT, OWED, RIGHTED, SETTLED
from app.templates import Text
from app.voice import Draft
from app.workbench import Workbench
from tests.app.facts.telling import Talks, send, send_draft, talks


@pytest.fixture
def asked(bench: Workbench) -> Talks:
    """Two who asked, and the price that they asked for."""
    found = talks(bench)
    bench.facts.add("Price of a crate", {"": "890 kr."}, "crate")
    return found


def states(bench: Workbench) -> list[tuple[str, str, str]]:
    fact = bench.facts.get("crate")
    return [(one.who, one.value.words, one.state) for one in bench.facts.tellings(fact.id)]


def test_whoever_was_sent_a_fact_that_was_put_in_was_told_it(bench: Workbench, asked: Talks) -> None:
    words = bench.facts.insert("crate", "en", asked.anna)
    send(bench, asked.anna, f"A crate costs {words} at the moment.")
    send(bench, asked.bela, "Good question, I'll ask.")
    assert states(bench) == [("Anna", "890 kr.", CURRENT)]
    assert bench.facts.owed() == []


def test_what_was_cut_out_again_or_put_into_another_draft_was_not_told(bench: Workbench, asked: Talks) -> None:
    bench.facts.insert("crate", "en", asked.anna)
    send(bench, asked.anna, "A crate costs 1890 kr. or 890 kr.50, I think.")
    send(bench, asked.bela, "A crate costs 890 kr. at the moment.")
    assert states(bench) == []


def test_a_template_that_names_it_tells_it(bench: Workbench, asked: Talks) -> None:
    made = bench.templates.add("price", "Price", "", [Text("en", "A", "{{greeting|Hello}}, it's {{fact:crate}} each.")])
    picked = bench.templates.pick(made, asked.anna, "en")
    assert picked is not None
    assert picked.filled.text.endswith("it's 890 kr. each.")
    send(bench, asked.anna, picked.filled.text, template_id=made)
    assert states(bench) == [("Anna", "890 kr.", CURRENT)]


def test_a_changed_fact_owes_a_word_to_exactly_those_who_were_told_the_old_one(bench: Workbench, asked: Talks) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    assert bench.facts.set("crate", "", "990 kr.") == 1
    send(bench, asked.bela, bench.facts.fill("It's {{fact:crate}}", "en", asked.bela))
    assert states(bench) == [("Béla", "990 kr.", CURRENT), ("Anna", "890 kr.", OWED)]
    assert [(fact.key, one.who) for fact, one in bench.facts.owed()] == [("crate", "Anna")]
    assert bench.facts.get("crate").owed == 1


def test_other_words_for_the_same_owe_nobody_but_a_later_change_does(bench: Workbench, asked: Talks) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    assert bench.facts.set("crate", "", "890 krónur", is_wording=True) == 0
    assert states(bench) == [("Anna", "890 kr.", CURRENT)]
    assert bench.facts.set("crate", "", "990 krónur") == 1
    assert states(bench) == [("Anna", "890 kr.", OWED)]


def test_a_language_has_its_own_value_and_its_own_change(bench: Workbench, asked: Talks) -> None:
    bench.facts.set("crate", "hu", "890 korona")
    send(bench, asked.bela, bench.facts.fill("Ára {{fact:crate}}", "hu", asked.bela), "hu")
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    assert bench.facts.set("crate", "hu", "990 korona") == 1
    assert [one.who for _fact, one in bench.facts.owed()] == ["Béla"]


def test_the_drafted_reply_puts_it_right_once_it_is_sent(bench: Workbench, asked: Talks) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    bench.facts.set("crate", "", "990 kr.")
    ((_fact, told),) = bench.facts.owed()
    begun = bench.righting.draft(told.id)
    assert (begun.conversation_id, begun.language) == (asked.anna, "en")
    assert "“890 kr.”" in begun.text
    assert "990 kr." in begun.text
    assert bench.facts.get("crate").owed == 1, "nothing is sent by itself"
    assert bench.righting.draft(told.id) == begun, "asked again, the same draft is begun"
    send_draft(bench, asked.anna)
    assert states(bench) == [("Anna", "990 kr.", CURRENT), ("Anna", "890 kr.", RIGHTED)]
    with pytest.raises(UserError, match="nothing to put right"):
        bench.righting.draft(told.id)


def test_another_draft_there_is_not_lost(bench: Workbench, asked: Talks) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    bench.facts.set("crate", "", "990 kr.")
    bench.inbox.keep_draft(asked.anna, "By the way", "en", seen="")
    ((_fact, told),) = bench.facts.owed()
    with pytest.raises(UserError, match="There's a draft to Anna already"):
        bench.righting.draft(told.id)


def test_where_the_channel_lets_words_be_corrected_that_is_offered_and_puts_it_right(
    bench: Workbench, asked: Talks
) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}} a crate.", "en", asked.anna))
    bench.facts.set("crate", "", "990 kr.")
    ((_fact, told),) = bench.facts.owed()
    offered = bench.righting.correction(told.id)
    assert offered is not None
    message, text = offered
    assert text == "It's 990 kr. a crate."
    number = bench.outbox.correct(message, bench.voice.clear(bench.outbox.read_by(Draft(text, "en"), asked.anna)), 0)
    bench.sync.send(bench.outbox.get(number).account_id)
    assert bench.outbox.get(number).state == "sent"
    assert bench.facts.owed() == []
    assert states(bench) == [("Anna", "990 kr.", CURRENT), ("Anna", "890 kr.", CORRECTED)]


def test_what_is_left_as_it_is_is_asked_for_no_more_and_undo_brings_it_back(bench: Workbench, asked: Talks) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    send(bench, asked.anna, bench.facts.fill("Still {{fact:crate}}!", "en", asked.anna))
    bench.facts.set("crate", "", "990 kr.")
    ((_fact, told),) = bench.facts.owed()
    bench.facts.settle(told.id)
    assert [state for _who, _words, state in states(bench)] == [SETTLED, SETTLED]
    bench.actions.undo(bench.store.last_action)
    assert len(bench.facts.owed()) == 1


def test_an_undone_change_owes_nobody(bench: Workbench, asked: Talks) -> None:
    send(bench, asked.anna, bench.facts.fill("It's {{fact:crate}}", "en", asked.anna))
    bench.facts.set("crate", "", "990 kr.")
    bench.actions.undo(bench.store.last_action)
    assert bench.facts.owed() == []
    assert [value.words for value in bench.facts.get("crate").values] == ["890 kr."]


def test_an_old_value_in_a_draft_is_noted_with_the_new_one(bench: Workbench, asked: Talks) -> None:
    bench.facts.insert("crate", "en", asked.anna)
    bench.facts.set("crate", "", "990 kr.")
    (found,) = bench.voice.check("A crate is 890 kr. now.", "en")
    assert (found.level, found.words, found.instead, found.fact) == ("note", "890 kr.", "990 kr.", "crate")
    assert "has changed since" in found.why
    assert bench.voice.check("A crate is 990 kr. now.", "en") == ()


@pytest.mark.usefixtures("asked")
def test_a_blank_that_names_a_fact_offers_what_it_says(bench: Workbench) -> None:
    (found,) = bench.voice.check("A crate is {{fact:crate}}.", "en")
    assert (found.level, found.risk, found.instead, found.fact) == ("block", "blank", "890 kr.", "crate")
    (open_,) = bench.voice.check("A crate is {{fact:crates}}.", "en")
    assert (open_.level, open_.instead) == ("block", "")
