"""Sets of notices that lie beside this as letters, with what each tells in `expected.json`.

Who wrote a set allows some things to be told in another way as well (`author_also`, `words_also`, `link_also`, each one
or a list): a name with or without its mark, words with or without a review's title, an address behind a redirect.
"""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

from app.base.message import Incoming
from app.intake import notices as reader
from app.mail.parse import parse

HERE = Path(__file__).parent


class Letter(NamedTuple):
    """A letter, the place that it comes from, and who, what and where, each as any of several."""

    name: str
    raw: bytes
    place: str
    authors: frozenset[str]
    words: frozenset[str]
    links: tuple[str, ...]

    @property
    def is_form(self) -> bool:
        """Whether a website's form sent it."""
        return "form" in self.place

    def read(self) -> tuple[Incoming, ...]:
        """What the product makes of it."""
        to = message_from_bytes(self.raw, policy=default)["To"]
        mail = parse(self.raw, {box.addr_spec.lower() for box in to.addresses})
        kind = reader.kind(mail.author.key, {})
        return (mail,) if self.is_form else reader.read(mail, kind) if kind else ()

    def wrong(self) -> str:
        """What is wrong with what was read, "" if nothing is."""
        read = self.read()
        if len(read) != 1:
            return f"{len(read)} read"
        said = read[0]
        told = _even(said.text)
        if _bare(said.author.name) not in self.authors:
            return f"by {said.author.name!r}"
        if not any(told.startswith(words) if self.is_form else told == words for words in self.words):
            return f"words {told!r}"
        return "" if not self.links or said.url.startswith(self.links) else f"at {said.url}"


def letters(folder: str) -> list[Letter]:
    """The letters of a set, in order."""
    expected = json.loads((HERE / folder / "expected.json").read_text(encoding="utf-8"))
    return [_letter(name, (HERE / folder / name).read_bytes(), told) for name, told in sorted(expected.items())]


def _letter(name: str, raw: bytes, told: dict[str, Any]) -> Letter:
    return Letter(
        name, raw, told["place"],
        frozenset(map(_bare, _any(told, "author"))),
        frozenset(map(_even, _any(told, "words"))),
        tuple(filter(None, _any(told, "link"))) if told["link"] else (),
    )  # fmt: skip


def _any(told: dict[str, Any], field: str) -> list[str]:
    also = told.get(f"{field}_also") or []
    return [told[field], *([also] if isinstance(also, str) else also)]


def _bare(name: str) -> str:
    return name.removeprefix("u/").lstrip("@")


def _even(text: str) -> str:
    return " ".join(text.split())
