"""Every pattern of the product, found in its source, takes time in proportion to what it reads, whatever that is.

A pattern that goes over the same spaces, quotes or digits again and again takes seconds for one header of a mail, and
the window stands still meanwhile. Each is tried, by the methods that its module uses, on repetitions of what it looks
for and of what stands between.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

HOUSE = Path(__file__).resolve().parent.parent
LONG = 12_000
NOTHING = 0.03  # seconds; below it nothing is compared
MOST = 9.0  # times as long for four times as much
USUAL = [" ", "\t", "\n", '"', "'", "<", ">", "(", "[", "{", "a", "1", "@", "-", ".", ",", ":", "/", "=", "\\", "þ"]
METHODS = frozenset(["search", "match", "fullmatch", "sub", "split", "findall", "finditer"])
BOUNDED: dict[str, int] = {
    # What is handed in is cut before: the longest that comes.
    "app.csvfile.guard._WORD_AND_NUMBERS": 40,
    "app.imports.dates._UTC": 100,
    "app.imports.dates._NUMBERS": 100,
    "app.imports.dates._UNIX": 100,
    "app.mail.mailboxes._SPACE_AROUND": 508,
    "app.mail.headers._PREFIX": 500,
    "app.imports.mbox._TIME": 2048,
    "app.intake.notices._FROM": 200,
    "app.mail.senders._VIA": 200,
    "app.mail.senders._DEAF": 254,
    "app.mail.senders._FORM": 254,
    "app.mail.senders._PROGRAM": 254,
    "app.mail.robots._SYSTEM": 254,
    "app.mail.charsets._MISSPELT": 200,
}


class Use(NamedTuple):
    """A pattern, the method that is called on it, and where."""

    where: str
    pattern: Any
    method: str


def sources() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the product by name."""
    for root in ("app", "ui"):
        for path in sorted((HOUSE / root).rglob("*.py")):
            name = ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def uses() -> Iterator[Use]:
    """All uses of patterns: of those that a module keeps, and of those that are written where they are used."""
    for name, tree in sources():
        module = importlib.import_module(name)
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
                continue
            owner, method = node.func.value, node.func.attr
            if isinstance(owner, ast.Name) and isinstance(getattr(module, owner.id, None), re.Pattern):
                yield Use(f"{name}.{owner.id}", getattr(module, owner.id), method)
            elif isinstance(owner, ast.Name) and owner.id == "re" and node.args:
                written = _written(node.args[0])
                if written is not None:
                    yield Use(f"{name}:{method} {written!r:.40}", re.compile(written, _flags(node)), method)
        for kept, value in vars(module).items():  # in tuples, or handed on
            for pattern in value if isinstance(value, tuple | list) else ():
                if isinstance(pattern, re.Pattern):
                    yield from (Use(f"{name}.{kept}", pattern, method) for method in ("search", "finditer"))


def _written(node: ast.expr) -> str | bytes | None:
    """The pattern written here; what is put into it at run time is taken for the letter a."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "a" for part in node.values)
    return None


def _flags(node: ast.Call) -> int:
    flags = 0
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "re":
            flags |= int(getattr(re, part.attr)) if part.attr.isupper() else 0
    return flags


def literals(pattern: Any) -> list[str]:
    """The words and letters that a pattern looks for."""
    found: dict[str, None] = {}

    def walk(parts: Iterable[Any]) -> None:
        run = ""
        for kind, value in [*parts, ("END", None)]:
            if str(kind) == "LITERAL":
                run += chr(value)
                continue
            if run:
                found[run] = None
                run = ""
            if str(kind) == "IN":
                found.update(dict.fromkeys(chr(one[1] if str(one[0]) == "LITERAL" else one[1][0])
                                           for one in value if str(one[0]) in ("LITERAL", "RANGE")))  # fmt: skip
            elif str(kind) == "BRANCH":
                for branch in value[1]:
                    walk(branch)
            elif isinstance(value, tuple):
                walk(value[-1] if hasattr(value[-1], "data") else ())
            elif hasattr(value, "data"):
                walk(value)

    walk(_parser.parse(pattern.pattern, pattern.flags))
    return [one for one in found if one.isprintable() or one.isspace()][:24]


def hostile(pattern: Any) -> Iterator[Callable[[int], str]]:
    """Texts of any length that begin like a match and never end, or never become one."""
    known = literals(pattern)
    pieces = dict.fromkeys([*USUAL, *known, *(one + two for one in known[:10] for two in [" ", "a", "1", *known[:6]])])
    for begin in ["", *known[:12]]:
        for piece in pieces if not begin else [" ", "a", "1", "\n", begin]:
            for end in ("!", "") if not begin else ("!",):
                yield lambda size, begin=begin, piece=piece, end=end: (  # type: ignore[misc]
                    begin + piece * max(1, size // len(piece)) + end
                )


def seconds(use: Use, text: str) -> float:
    """Processor time of one use on this text."""
    handed = text.encode("utf-8", "replace") if isinstance(use.pattern.pattern, bytes) else text
    empty = handed[:0]
    begun = time.process_time()
    if use.method == "sub":
        use.pattern.sub(empty, handed)
    elif use.method == "finditer":
        for _ in use.pattern.finditer(handed):
            pass
    else:
        getattr(use.pattern, use.method)(handed)
    return time.process_time() - begun


ALL = list({(use.where, use.method): use for use in uses()}.values())


def test_patterns_are_found() -> None:
    assert len(ALL) > 120


@pytest.mark.parametrize("use", ALL, ids=lambda use: f"{use.where} {use.method}")
def test_a_pattern_takes_time_in_proportion(use: Use) -> None:
    size = min(LONG, BOUNDED.get(use.where, LONG))
    slow = []
    for make in hostile(use.pattern):
        if seconds(use, make(size // 8)) > NOTHING or seconds(use, make(size)) > NOTHING:
            least = min(seconds(use, make(size // 4)) for _ in range(3))
            most = min(seconds(use, make(size)) for _ in range(2))
            if most > NOTHING and most > MOST * least:
                slow.append(f"{make(12)!r}: {least:.3f} s, then {most:.3f} s")
    assert not slow, slow[:5]
