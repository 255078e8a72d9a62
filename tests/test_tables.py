"""Every table is written by one package of `app`, the one that docs/architecture.md names.

Whoever else has something to write calls that package, within its own transaction. The floors of pyproject.toml see to
it that callers stand above. Migrations are SQL files of their own and are not looked at.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent

ANY = "any"
"""A write to a table whose name is put in when the program runs."""

_TABLE = re.compile(r"^CREATE (?:VIRTUAL )?TABLE \"?(\w+)", re.MULTILINE)
_WRITE = re.compile(
    r"\b(?:INSERT\b[^()]{0,20}?\bINTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\S+)?|DELETE\s+FROM)\s+"
    r"(?P<schema>(?:main|temp)\.)?\"?(?P<name>\w+|[{%]|$)"
)
_OWNER = re.compile(r"^\| `(\w+)` \| ([\w, ]+) \|$", re.MULTILINE)


def texts(source: str) -> Iterator[str]:
    """Every string of a module, with {} for what is put into it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def written(source: str, tables: set[str]) -> set[str]:
    """The tables of the file that a module's SQL writes; ANY where a name is only known when it runs."""
    found: set[str] = set()
    for text in texts(source):
        for hit in _WRITE.finditer(text):
            if hit["schema"] != "temp.":
                found |= {hit["name"]} & tables if hit["name"].isidentifier() else {ANY}
    return found


def tables() -> set[str]:
    """Every table that a community's file has."""
    return set(_TABLE.findall((HOUSE / "docs/schema.sql").read_text(encoding="utf-8")))


def packages() -> dict[str, set[str]]:
    """What each package of `app` writes."""
    known, found = tables(), defaultdict[str, set[str]](set)
    for path in sorted((HOUSE / "app").rglob("*.py")):
        package = path.relative_to(HOUSE / "app").with_suffix("").parts[0]
        found[package] |= written(path.read_text(encoding="utf-8"), known)
    return found


def documented() -> dict[str, set[str]]:
    """What docs/architecture.md says that each package writes."""
    text = (HOUSE / "docs/architecture.md").read_text(encoding="utf-8")
    return {package: set(names.split(", ")) for package, names in _OWNER.findall(text)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('conn.execute("INSERT INTO gift VALUES (1)")', {"gift"}),
        ('conn.execute("INSERT OR IGNORE INTO gift (id)" " SELECT id FROM label")', {"gift"}),
        ('conn.execute(f"INSERT OR {clash} INTO gift VALUES ({marks})")', {"gift"}),
        ('conn.execute("REPLACE INTO gift VALUES (1)")', {"gift"}),
        ('conn.executemany("UPDATE OR IGNORE\\n gift SET id = ?", rows)', {"gift"}),
        ('conn.execute(f"DELETE FROM main.gift WHERE {tests}")', {"gift"}),
        ('conn.execute("WITH x AS (SELECT 1) UPDATE gift SET id = 2")', {"gift"}),
        ('conn.execute("INSERT INTO label VALUES (1) ON CONFLICT DO UPDATE SET id = 1")', {"label"}),
        ('conn.execute(f"UPDATE {table} SET id = 1")', {ANY}),
        ('conn.execute("DELETE FROM " + table)', {ANY}),
        ('conn.execute("INSERT INTO {} VALUES (1)".format(table))', {ANY}),
        ('conn.execute(f"INSERT INTO temp.{name} SELECT id FROM gift")', set()),
        ('conn.execute("SELECT id FROM gift WHERE id = 1")', set()),
        ('conn.execute("CREATE TRIGGER t AFTER UPDATE ON gift BEGIN SELECT 1; END")', set()),
    ],
)
def test_writes_are_seen_in_all_their_forms(source: str, found: set[str]) -> None:
    assert written(source, {"gift", "label"}) == found


@pytest.mark.slow
def test_each_table_is_written_by_the_package_that_the_documents_name() -> None:
    found = {package: names - {ANY} for package, names in packages().items()}
    assert {package: names for package, names in found.items() if names} == documented()


def test_no_table_has_two_writers() -> None:
    names = [name for written_there in documented().values() for name in written_there]
    assert sorted(names) == sorted(set(names))


@pytest.mark.slow
def test_only_the_store_writes_tables_that_it_cannot_name() -> None:
    assert {package for package, names in packages().items() if ANY in names} == {"store"}
