"""The fuzz run itself: it is repeatable, stops what takes too long, and keeps what failed. The long run is apart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.fuzz import mutating
from tests.fuzz.readers import Reader, readers
from tests.fuzz.run import fuzz, main

NAMES = (
    "mail", "mbox", "table", "import", "feed", "html", "quotes", "dates", "addresses", "notices", "snooze",
    "voice guide", "cards",
    "birthdays", "wordpress", "isso", "ghost", "discourse", "mastodon", "bluesky", "matrix", "slack",
    "discord", "telegram", "github", "youtube",
)  # fmt: skip


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, Reader]]:
    with readers() as found:
        yield {one.name: one for one in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_holds_for_a_moment(known: dict[str, Reader], name: str, tmp_path: Path) -> None:
    found = fuzz(known[name], 0.2, 1, tmp_path)
    assert found.inputs
    assert not found.faults, found.faults


@pytest.mark.slow
def test_good_inputs_are_read(known: dict[str, Reader]) -> None:
    """Seeds that nothing can read would make a run that finds nothing."""
    for reader in known.values():
        made = getattr(reader.make, "keywords", {}).get("seeds", [])
        assert made, reader.name
        if reader.name != "charsets":
            assert any(reader.read(seed) for seed in made), reader.name


def test_the_same_seed_makes_the_same_inputs(known: dict[str, Reader]) -> None:
    for name in ("mail", "html", "matrix"):
        made = [[known[name].make(random) for _ in range(30)] for random in (Random(4), Random(4))]
        assert made[0] == made[1]


@pytest.mark.slow
def test_what_takes_too_long_or_fails_is_stopped_named_and_kept(tmp_path: Path) -> None:
    def endless(_: str) -> None:
        while True:
            time.process_time()

    def broken(given: str) -> None:
        raise KeyError(given[:1])

    for read, said in ((endless, "not done after 0.2 s"), (broken, "KeyError")):
        reader = Reader("slow one", lambda random: mutating.text(random, ["seed"]), read)
        found = fuzz(reader, 60, 7, tmp_path, limit=0.2)
        assert len(found.faults) == 3
        assert said in found.faults[0]
        assert "input 1 of seed 7" in found.faults[0]
        assert (tmp_path / "slow_one-7-1").exists()


def test_the_run_says_its_seed_and_what_it_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--seconds", "0.05", "--seed", "5", "--kept", str(tmp_path), "snooze", "ids"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("seed 5\n")
    assert "snooze" in said
    assert said.endswith("none failed\n")
    with pytest.raises(SystemExit):
        main(["nobody"])
