"""No two files need each other, not even for their types: a part that needs its page takes a small Protocol."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent


def _modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    found = {}
    for path in sorted([*HOUSE.glob("app/**/*.py"), *HOUSE.glob("ui/**/*.py")]):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(source: str, known: set[str]) -> set[str]:
    """The known modules that a source text imports, wherever in it: at the top, in a function, for types only."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names} & known
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = (f"{node.module}.{one.name}" for one in node.names)
            found |= {name if name in known else node.module for name in names} & known
    return found


def circle(graph: dict[str, set[str]]) -> list[str]:
    """One circle in the graph, first and last the same; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as why:
        return list(why.args[1])
    return []


@pytest.mark.slow
def test_no_circle_of_files() -> None:
    modules = _modules()
    graph = {name: imports(path.read_text("utf-8"), set(modules)) - {name} for name, path in modules.items()}
    assert len(graph) > 300
    found = circle(graph)
    assert not found, " -> ".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "from app.b import c",
        "import app.b",
        "def f():\n    from app import b",
        "if TYPE_CHECKING:\n    from app.b import c",
    ],
)
def test_an_import_counts_wherever_it_stands(source: str) -> None:
    known = {"app.a", "app.b"}
    assert circle({"app.a": imports(source, known), "app.b": imports("from app.a import x", known)})
    assert not circle({"app.a": imports(source, known), "app.b": set()})
