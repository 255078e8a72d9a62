"""Threads for tests, one line for each message: who, and what they say. A star marks what is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.inbox.exchange import Exchange, Utterance


class Thread(NamedTuple):
    """A thread of a file: its language, whether it is marked as `no`, the exchange, and which messages have a star."""

    language: str
    no: bool
    talk: Exchange
    starred: tuple[int, ...]


def exchange(*lines: str, public: bool = True, title: str = "", language: str = "en", minutes: int = 10) -> Thread:
    """A thread of these lines, one message every so many minutes; "us" is ours."""
    people: dict[str, int] = {}
    said, starred = [], []
    for number, line in enumerate(lines, 1):
        who, _, text = line.removeprefix("*").partition(": ")
        starred += [number] if line.startswith("*") else []
        out = who == "us"
        member = 0 if out else people.setdefault(who, len(people) + 1)
        identity = None if out else member
        said.append(Utterance(number, member, who, text, number * minutes * 60, out, language, identity_id=identity))
    return Thread(language, not starred, Exchange(1, public, title, tuple(said)), tuple(starred))


def threads(path: Path) -> Iterator[Thread]:
    """The threads of a file: each begins with == and its language, and with "no" where nothing is to be found."""
    for block in path.read_text(encoding="utf-8").split("\n== ")[1:]:
        head, *lines = block.strip().split("\n")
        language, _, word = head.partition(" ")
        made = exchange(*lines, language=language)
        yield made._replace(no=word == "no")
