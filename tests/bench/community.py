"""Synthetic communities for the benches: seeded, so that a size is always the same community; all through Intake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from app.base.message import Author, Incoming
from app.intake import Intake
from app.store.store import Store
from tests.bench.texts import FIRST_NAMES, LAST_NAMES, PLACES, SENTENCES, THINGS

if TYPE_CHECKING:
    from app.workbench import Workbench

LANGUAGES = tuple(SENTENCES)
KINDS = ("email", "wordpress", "discourse", "mastodon", "bluesky", "matrix", "ghost", "isso", "youtube", "instagram",
         "telegram", "discord")  # fmt: skip
END = 1_767_225_600  # 2026-01-01: a fixed last day, so that a seed always gives the same community
SPAN = 4 * 365 * 86_400
OWN = "brand@example.org"
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes."""

    language: str
    author: Author


def name_of(random: Random, language: str) -> str:
    """A first and a last name, the family name first in Hungarian."""
    first, last = random.choice(FIRST_NAMES[language]), random.choice(LAST_NAMES[language])
    return f"{last} {first}" if language == "hu" else f"{first} {last}"


def person(random: Random, number: int) -> Person:
    """The member of that number."""
    language = random.choices(LANGUAGES, (3, 4, 5, 5, 3))[0]
    return Person(language, Author(f"m{number}@example.net", f"m{number}@example.net", name_of(random, language)))


@lru_cache(maxsize=8)
def rare_words(language: str) -> tuple[list[str], list[float]]:
    """The long tail that every language has: 30,000 words put together from two of its own, with Zipf's weights."""
    random = Random(language)
    stems = sorted({word for line in SENTENCES[language] for word in line.split() if word.isalpha() and len(word) > 3})
    made = list({random.choice(stems) + random.choice(stems).lower() + random.choice("aeiou") for _ in range(60_000)})
    made.sort()
    random.shuffle(made)
    return made[:30_000], list(accumulate(1 / (rank + 20) for rank in range(min(30_000, len(made)))))


def said(random: Random, language: str) -> str:
    """A text of some sentences, about 290 bytes on average; a third of its words come from the long tail."""
    lines = random.choices(SENTENCES[language], k=random.choice((2, 3, 3, 4, 5)))
    blanks = {"thing": random.choice(THINGS[language]), "place": random.choice(PLACES[language])}
    text = " ".join(lines).format_map({**blanks, "n": random.randrange(1000, 99_999)})
    spoken = text.split()
    tail, weights = rare_words(language)
    for word in random.choices(tail, cum_weights=weights, k=len(spoken) // 3):
        spoken[random.randrange(len(spoken))] = word
    return " ".join(spoken)


def messages(size: int, account: int, accounts: int, seed: int = 7) -> Iterator[Incoming]:
    """The messages of one of the accounts in the order of time, conversation by conversation woven together."""
    random = Random(seed * 1000 + account)
    count = size // accounts
    people = [person(random, number * accounts + account) for number in range(max(20, count // 20))]
    running: list[tuple[int, Person]] = []
    opened = 0
    for number in range(count):
        at = END - SPAN + (SPAN * number) // count + random.randrange(3_000)
        if not running or random.random() < 0.3:
            opened += 1
            running.append((opened, people[int(len(people) * random.random() ** 2)]))
        thread, who = running[random.randrange(len(running))]
        out = random.random() < 0.4
        if len(running) > 40:
            running.pop(0)
        yield Incoming(
            remote_id=f"{account}-{number}",
            at=at,
            text=said(random, who.language),
            author=Author(OWN, OWN, "Brand") if out else who.author,
            out=out,
            thread=f"t{thread}",
            title=f"{random.choice(THINGS[who.language])} {thread}",
            language=who.language,
        )


def make(store: Store, size: int, seed: int = 7) -> int:
    """Fill an empty file with a community of `size` messages over twelve accounts; how many came in."""
    intake, taken = Intake(store), 0
    for place, kind in enumerate(KINDS):
        with store.write() as conn:
            made = conn.execute(
                "INSERT INTO account (kind, name, mode, own, created_at) VALUES (?, ?, 'file', ?, ?)",
                (kind, f"{kind.capitalize()} {place}", OWN, END),
            )
        source = messages(size, place, len(KINDS), seed)
        while chunk := list(islice(source, CHUNK)):
            taken += intake.take(int(made.lastrowid or 0), chunk).new
    intake.tidy()  # as an import does at its end
    return taken


def bench(folder: Path, size: int) -> Workbench:
    """A workbench on the community of that size, made once per folder."""
    from app.base.paths import Profile  # noqa: PLC0415
    from app.workbench import Workbench  # noqa: PLC0415

    ready = folder / f"community-{size}"
    if not (ready / "done").exists():
        for left in ready.glob("community.rapport*"):  # a -wal of before would be read into the new file
            left.unlink()
        store = Store(Profile(ready).file)
        make(store, size)
        with store.write() as conn:
            # some talk is open at any time, most of it of the last weeks
            recent = "last_at > (SELECT max(last_at) FROM conversation) - 60 * 86400"
            conn.execute(f"UPDATE conversation SET closed = 0 WHERE id % 1000 = 0 OR (id % 10 = 0 AND {recent})")
            conn.execute("ANALYZE")
        store.close()
        (ready / "done").write_text("whole", "utf-8")
    return Workbench(Profile(ready))
