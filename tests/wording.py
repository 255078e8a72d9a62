"""Which texts with blanks an expression of the code may have, followed through names, tables and arguments."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
MARKS = {"tr", "N_", "counted", "form", "forms"}
LOOKUPS = {"items", "values", "get"}
"""Of a table: what they return stands in it."""
_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
_Place = tuple[Path, ast.AST]
"""An expression and the file it stands in."""


@cache
def sources() -> tuple[Path, ...]:
    """The files whose sentences are looked up."""
    return (HOUSE / "main.py", *sorted(HOUSE.glob("app/**/*.py")), *sorted(HOUSE.glob("ui/**/*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree, each node with its parent in `above`."""
    found = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(found):
        for child in ast.iter_child_nodes(node):
            child.above = node  # type: ignore[attr-defined]
    return found


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    """Every call in the file."""
    return tuple(node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """The name of the function that is called, without what stands before its dot."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def texts(path: Path, *wanted: ast.AST) -> set[str]:
    """The texts with blanks that these expressions may have; empty if they cannot be followed."""
    found: set[str] = set()
    seen: set[_Place] = set()
    left: list[_Place] = [(path, node) for node in wanted]
    while left:
        place = left.pop()
        if place in seen:
            continue
        seen.add(place)
        where, node = place
        if isinstance(node, ast.Constant):
            found |= {node.value} if isinstance(node.value, str) and "{" in node.value else set()
        elif isinstance(node, ast.Name):
            left += _values(where, node)
        elif isinstance(node, ast.IfExp):
            left += [(where, node.body), (where, node.orelse)]
        elif isinstance(node, ast.Subscript):
            left.append((where, node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKUPS:
            left.append((where, node.func.value))
        elif isinstance(node, ast.Subscript):  # what it is looked up by is no text
            left.append((where, node.value))
        elif not isinstance(node, ast.Call) or name_of(node) in MARKS:
            left += [(where, child) for child in ast.iter_child_nodes(node)]
    return found


def _values(path: Path, name: ast.Name) -> Iterator[_Place]:
    """What is assigned or handed to the name, in the innermost function that has it, else in its module."""
    around: ast.AST | None = name
    while around is not None:
        around = getattr(around, "above", None)
        if isinstance(around, _FUNCTIONS):
            found = [(path, value) for value in _bound(_within(around), name.id)]
            if name.id in _parameters(around):
                found += _handed(path, around, name.id)
            if found:
                yield from found
                return
    yield from ((path, value) for value in _bound(tree(path).body, name.id))
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and node.module and name.id in {one.name for one in node.names}:
            stem = HOUSE / node.module.replace(".", "/")
            for source in (stem.with_suffix(".py"), stem / "__init__.py"):
                if source.is_file():
                    yield from ((source, value) for value in _bound(tree(source).body, name.id))


@cache
def _within(function: ast.AST) -> tuple[ast.AST, ...]:
    """The nodes of the function that give names their values."""
    kinds = ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.For | ast.comprehension
    return tuple(node for node in ast.walk(function) if isinstance(node, kinds))


@cache
def _calls_by_name() -> dict[str, list[tuple[Path, ast.Call]]]:
    """Every call of every file, by the name of the function that is called."""
    found = defaultdict[str, list[tuple[Path, ast.Call]]](list)
    for path in sources():
        for call in calls(path):
            found[name_of(call)].append((path, call))
    return dict(found)


def _called(name: str) -> list[tuple[Path, ast.Call]]:
    """Every call of a function of this name."""
    return _calls_by_name().get(name, [])


def _bound(nodes: Iterable[ast.AST], name: str) -> Iterator[ast.AST]:
    """The values that the name gets in these nodes."""
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _parts(target, node.value, name)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield from _parts(node.target, node.value, name)
        elif isinstance(node, ast.For | ast.comprehension):
            rows = node.iter.elts if isinstance(node.iter, ast.Tuple | ast.List) else [node.iter]
            for row in rows:
                yield from _parts(node.target, row, name)


def _parts(target: ast.AST, value: ast.AST, name: str) -> Iterator[ast.AST]:
    """What the name gets when `value` is assigned to `target`; the whole value if that cannot be divided."""
    if isinstance(value, ast.IfExp):
        yield from _parts(target, value.body, name)
        yield from _parts(target, value.orelse, name)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for into, part in zip(target.elts, value.elts, strict=True):
            yield from _parts(into, part, name)
    elif any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target)):
        yield value


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names of all parameters, those that are given by position first, without `self`."""
    named = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    within = isinstance(getattr(function, "above", None), ast.ClassDef)
    static = any(getattr(one, "id", "") == "staticmethod" for one in function.decorator_list)
    return [*named[within and not static :], *(one.arg for one in function.args.kwonlyargs)]


def _handed(path: Path, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[_Place]:
    """What callers give for the parameter: those of the same file if the function is private, else all."""
    place = _parameters(function).index(name)
    called = getattr(function, "above", function).name if function.name == "__init__" else function.name
    for source, call in _called(called):
        if source == path or not called.startswith("_"):
            yield from ((source, one.value) for one in call.keywords if one.arg == name)
            if name in {one.arg for one in function.args.kwonlyargs}:
                continue
            spread = next((at for at, one in enumerate(call.args) if isinstance(one, ast.Starred)), len(call.args))
            yield from ((source, one) for one in call.args[min(place, spread) : place + 1])
