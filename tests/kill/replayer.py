"""The one that is killed: takes in what a channel delivers again and again, page by page, until all of it has come."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from app.base.message import Author, Incoming
from app.intake import Intake
from app.store.store import Store
from tests.kill.sender import say

DISTINCT, TIMES, PAGE = 2_000, 5, 100
END = 1_790_000_000


def items() -> list[Incoming]:
    """What was said, in order of time: threads of ten, by forty people; each tenth word is ours."""
    found = []
    for number in range(DISTINCT):
        name = f"p{number % 40}" if number % 10 else "us"
        at, text = END - (DISTINCT - number) * 60, f"Words number {number}, þetta er {number}."
        thread, parent = f"t{number // 10}", f"m{number - 1}"
        found.append(Incoming(f"m{number}", at, text, Author(name, name), thread=thread, parent=parent))
    return found


def deliveries(seed: int) -> list[list[Incoming]]:
    """All of it five times over, near its place but shuffled, in pages that overlap."""
    chance, said = random.Random(seed), items()
    order = sorted(
        (number + chance.randint(-300, 300), chance.random(), number)
        for number in range(DISTINCT)
        for _ in range(TIMES)
    )
    flow = [said[number] for _, _, number in order]
    return [flow[max(0, at - 20) : at + PAGE] for at in range(0, len(flow), PAGE)]


def run(path: Path, seed: int) -> None:
    """Goes on from the stored cursor."""
    store = Store(path)
    intake = Intake(store, language_of=lambda _text: "")
    row = store.read.execute("SELECT value FROM cursor WHERE account_id = 1 AND name = 'page'").fetchone()
    pages = deliveries(seed)
    say("UP")
    for at in range(int(row[0]) if row else 0, len(pages)):
        intake.take(1, pages[at], {"page": str(at + 1)})
        say("ACK", at + 1)
    store.close()
    say("END")


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
