"""What the demo's file says is known of members stands in its community, counted by SQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.base import clock, resources
from app.base.paths import Profile
from app.store.sqlite import scalar
from app.workbench import Workbench

FACTS: list[dict[str, Any]] = resources.table("demo", "member_facts.toml")["facts"]


@pytest.fixture(scope="module")
def bench(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = Workbench(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    yield made
    made.close()


def count(bench: Workbench, table: str) -> int:
    return int(scalar(bench.store.read, f"SELECT count(*) FROM {table}"))


def test_as_much_is_known_as_the_file_says(bench: Workbench) -> None:
    assert len(FACTS) >= 12
    assert count(bench, "member_field") == len(resources.table("demo", "member_facts.toml")["fields"])
    assert count(bench, "member_value") == sum(len(one.get("values", {})) for one in FACTS)
    assert count(bench, "member_note") == sum(len(one.get("notes", ())) for one in FACTS)
    assert count(bench, "member_label") == sum(len(one.get("labels", ())) for one in FACTS)
    for mark in ("do_not_contact", "do_not_gift", "minor", "public_servant"):
        assert count(bench, f"member WHERE {mark}") == sum(one.get(mark, 0) for one in FACTS) == 1
    assert count(bench, "member WHERE met_through_id IS NOT NULL") == sum("met_through" in one for one in FACTS)
    assert count(bench, "member WHERE birthday <> ''") == sum(
        bool({"birthday", "birthday_in"} & one.keys()) for one in FACTS
    )


def test_one_birthday_comes_the_day_after_tomorrow(bench: Workbench) -> None:
    today = clock.local(clock.now()).date()
    (group,) = [group for group in bench.today.groups() if group.key == "days"]
    (birthday,) = [row for row in group.rows if row.note == "birthday"]
    assert birthday.who == "Petr Hanák"
    assert clock.local(birthday.at).date() - today in (timedelta(days=1), timedelta(days=2))  # planted before midnight


def test_what_is_known_is_found_by_its_words(bench: Workbench) -> None:
    assert [row.name for row in bench.members.rows(bench.members.find("szódásüvegek"))] == ["Tóth Emese"]
    assert len(bench.members.find("regulars")) == sum("regulars" in one.get("labels", ()) for one in FACTS)
    assert "Guðrún Ásta Þórðardóttir" in {row.name for row in bench.members.rows(bench.members.find("rabarbari"))}
