"""The demo's rules have hits, one of which changed something; and nothing is sent by any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.demo import build
from app.workbench import Workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder: Path = tmp_path_factory.mktemp("demo")
    build(Profile(folder))
    made = Workbench(Profile(folder))
    yield made
    made.close()


@pytest.mark.slow
def test_both_rules_have_hits(bench: Workbench) -> None:
    press, parcels = bench.rules.every()
    assert (press.name, parcels.name) == ("Press", "Parcels")
    assert press.hits > 1
    assert parcels.hits > 1
    assert any(hit.did["label"]["changed"] for hit in bench.rules.hits(press.id))


@pytest.mark.slow
def test_what_they_offer_is_there(bench: Workbench) -> None:
    number = bench.rules.hits(bench.rules.every()[1].id)[0].conversation_id
    offers = bench.rules.offers(number)
    assert bench.templates.get(offers[0].template).key == "broken-parcel"
    assert bench.teammates.get(offers[1].teammate_id or 0).name == "Ondřej Malý"


@pytest.mark.slow
def test_a_few_conversations_are_due_by_a_keeping_rule_and_nothing_is_erased_yet(bench: Workbench) -> None:
    (rule,) = bench.retention.every()
    seen = bench.retention.trial(rule)
    assert 3 <= len(seen.due) <= 12
    assert bench.retention.due() == {rule.id: len(seen.due)}
    assert bench.retention.runs() == []
    erased = bench.store.read.execute("SELECT count(*) FROM conversation WHERE erased_at IS NOT NULL").fetchone()[0]
    assert erased == 0
