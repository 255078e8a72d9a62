"""Rules of the voice guide as files: TOML that holds all of a rule, and tables of terms, as a spreadsheet has them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from app.base import clock
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import tr
from app.csvfile import inspect_table, rows
from app.voice.guard import KIND_NAMES, NOTE, Rule
from app.voice.guide import validated
from app.voice.rule import NEEDS_ALSO

MOST_RULES, MOST_WORDS, MOST_WORD_CHARS, MOST_BYTES = 2_000, 500, 120, 2_000_000
_MOST_DIGITS = 9
_COLUMNS = {
    "words": ("words", "word", "term", "terms", "phrase"),
    "why": ("reason", "why", "comment", "note"),
    "instead": ("instead", "say instead", "prefer", "preferred", "better"),
    "level": ("level", "action"),
    "language": ("language", "lang"),
    "risk": ("risk", "about"),
    "until": ("until", "valid through"),
    "kind": ("kind", "the words are"),
    "owner": ("owner",),
    "sort": ("sort", "rule"),
    "also": ("also", "other words"),
    "most": ("most", "at most"),
    "channel": ("channel",),
    "forms": ("forms", "also found as"),
    "not_forms": ("not forms", "not_forms", "not found as"),
}
"""What the columns of a table of terms may be called, in any case."""
_LISTS = ("words", "also", "forms", "not_forms")
"""Those that hold several words."""


def toml_of(rules: Iterable[Rule]) -> str:
    """Return rules as TOML, as `read_rules` takes them."""
    return "\n".join(_toml(rule) for rule in rules)


def _toml(rule: Rule) -> str:
    cells = {
        "language": rule.language, "sort": rule.sort, "words": list(rule.words), "also": list(rule.also),
        "most": rule.most, "channel": rule.channel, "level": rule.level, "risk": rule.risk, "why": rule.why,
        "instead": rule.instead, "until": clock.iso(rule.until) if rule.until is not None else "",
        "kind": rule.kind, "owner": rule.owner, "forms": list(rule.forms), "not_forms": list(rule.not_forms),
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(cell, ensure_ascii=False)}" for name, cell in cells.items() if cell or cell == 0]
    return "\n".join(("[[rule]]", *lines, ""))


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read the rules of a file: TOML, or a table with a column of words. Raises UserError if it holds none."""
    if path.suffix.casefold() == ".toml":
        return _bounded(path, _of_toml(path))
    return _bounded(path, _of_table(path))


def _of_toml(path: Path) -> list[Rule]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _not_ours(path)
        tables = tomllib.loads(path.read_text("utf-8-sig")).get("rule")
    except OSError as why:
        msg = tr("Can't read {name}. Check the name and that you have permission to open it.").format(name=path.name)
        raise UserError(msg) from why
    except (ValueError, RecursionError) as why:
        raise _not_ours(path) from why
    if not isinstance(tables, list) or not tables:
        raise _not_ours(path)
    return [_rule(path, table, place) for place, table in enumerate(tables)]


def _rule(path: Path, table: object, place: int) -> Rule:
    if not isinstance(table, Mapping):
        raise _not_ours(path)
    lists, most = {name: table.get(name, []) for name in _LISTS}, table.get("most", "")
    rest = {name: table.get(name, "") for name in _COLUMNS if name not in (*_LISTS, "most")}
    if not all(isinstance(some, list) for some in lists.values()) or not (lists["words"] or rest["sort"]):
        raise _not_ours(path)
    if not all(isinstance(one, str) for one in (*(one for some in lists.values() for one in some), *rest.values())):
        raise _not_ours(path)
    cells = {name: str(cell) for name, cell in rest.items()} | {"most": str(most)}
    cells |= {name: "\n".join(some) for name, some in lists.items() if name != "words"}
    return _made(path, place, [str(one) for one in lists["words"]], cells)


def _of_table(path: Path) -> list[Rule]:
    table = inspect_table(path)
    places = {name: _place(table.header, known) for name, known in _COLUMNS.items()}
    if places["words"] is None:
        raise _not_ours(path)
    found = []
    for place, row in enumerate(rows(table)):
        cells = {name: row.cells[at].strip() if at is not None and at < len(row.cells) else ""
                 for name, at in places.items()}  # fmt: skip
        words = _parts(cells.pop("words"))
        cells["kind"] = cells["kind"] if fold(cells["kind"]) in KIND_NAMES else ""  # another program's own kinds
        if words or cells["sort"]:
            found.append(_made(path, place, words, cells))
    return found


def _parts(cell: str) -> list[str]:
    """The words of a cell, which are parted by semicolons or lines."""
    return [part.strip() for line in cell.split("\n") for part in line.split(";") if part.strip()]


def _place(header: tuple[str, ...], known: tuple[str, ...]) -> int | None:
    names = [fold(name).strip() for name in header]
    return next((names.index(name) for name in known if name in names), None)


def _made(path: Path, place: int, words: list[str], cells: Mapping[str, str]) -> Rule:
    """The rule of a row or table; where that has no level it is a note. Raises UserError that names the row."""
    sort, why, most = fold(cells["sort"]), cells["why"].strip(), cells["most"].strip()
    if not why and sort in ("", *NEEDS_ALSO):
        why = tr("It's on the list “{name}”.").format(name=path.stem)
    rule = Rule(
        0, tuple(word for word in words if word.strip(" *")), fold(cells["level"]) or NOTE, why, cells["language"],
        cells["risk"] or "tone", cells["instead"], None, place, fold(cells["kind"]), cells["owner"], sort,
        tuple(_parts(cells["also"])), int(most) if most.isdecimal() and len(most) < _MOST_DIGITS else None,
        cells["channel"], tuple(_parts(cells["forms"])), tuple(_parts(cells["not_forms"])),
    )  # fmt: skip
    try:
        until = clock.from_iso(cells["until"]) if cells["until"] else None
        return validated(replace(rule, until=until))
    except (UserError, ValueError) as why:
        msg = tr("Rule {number} in {name} can't be used: {why}").format(number=place + 1, name=path.name, why=why)
        raise UserError(msg) from why


def _bounded(path: Path, found: list[Rule]) -> tuple[Rule, ...]:
    """The rules, unless they are more or longer than anybody's: then it is a file of something else."""
    lists = [(*rule.words, *rule.also, *rule.forms, *rule.not_forms) for rule in found]
    longest = max((len(word) for words in lists for word in words), default=0)
    most = max(map(len, lists), default=0)
    if not found or len(found) > MOST_RULES or most > MOST_WORDS or longest > MOST_WORD_CHARS:
        raise _not_ours(path)
    return tuple(found)


def _not_ours(path: Path) -> UserError:
    return UserError(
        tr(
            "{name} holds no rules that Rapport knows, so nothing was imported: it needs [[rule]] tables in TOML, or a "
            "table with a column “words”."
        ).format(name=path.name)
    )
