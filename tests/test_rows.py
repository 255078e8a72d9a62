"""A row of the file is read by the names of its columns, or unpacked into names: never by their numbers.

`row[7]` is right until somebody adds a column before it, and nobody can grep for it. The first column may be `row[0]`,
for many rows have no other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
_ASKS = {"execute", "fetchall"}


def asks(node: ast.expr, *methods: str) -> bool:
    """Whether the expression is a call of one of these methods."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods


def rows_in(function: ast.AST) -> set[str]:
    """The names in a function that stand for one row of the file."""
    nodes = list(ast.walk(function))
    one, many = set[str](), set[str]()
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if asks(node.value, "fetchone"):
                one.add(node.targets[0].id)
            elif asks(node.value, *_ASKS):
                many.add(node.targets[0].id)
        elif isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name) and node.annotation.id == "Row":
            one.add(node.arg)
    for node in nodes:
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            source = node.iter
            if asks(source, *_ASKS) or (isinstance(source, ast.Name) and source.id in many):
                one.add(node.target.id)
    return one


def by_number(source: str) -> Iterator[int]:
    """The lines on which a column that is not the first of a row is read by its number, or columns by a slice."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            rows = rows_in(function)
            for node in ast.walk(function):
                if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in rows:
                    index = node.slice
                    if isinstance(index, ast.Slice) or (
                        isinstance(index, ast.Constant) and index.value in range(1, 99)
                    ):
                        yield node.lineno


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("row = c.execute(sql).fetchone()\n return row[1]", True),
        ("row = c.execute(sql).fetchone()\n return row[0]", False),
        ("row = c.execute(sql).fetchone()\n return row['at']", False),
        ("return [row[2] for row in c.execute(sql)]", True),
        ("found = c.execute(sql).fetchall()\n return {one[0]: one[1:] for one in found}", True),
        ("rows = c.execute(sql)\n for row in rows:\n  print(row[3])", True),
        ("for number, name in c.execute(sql):\n  print(name[1])", False),
        ("cells = line.split()\n return cells[1]", False),
    ],
)
def test_a_column_that_is_read_by_its_number_is_seen(body: str, seen: bool) -> None:  # noqa: FBT001
    assert any(by_number(f"def f(c):\n {body}")) == seen


@pytest.mark.slow
def test_no_column_is_read_by_its_number() -> None:
    broken = {
        path.relative_to(HOUSE).as_posix(): list(by_number(path.read_text(encoding="utf-8")))
        for path in sorted((HOUSE / "app").rglob("*.py"))
    }
    assert {name: lines for name, lines in broken.items() if lines} == {}
