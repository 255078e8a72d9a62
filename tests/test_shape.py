"""The shape that keeps the house readable; each failure lists what is out of shape, largest first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import pytest

HOUSE = Path(__file__).parent.parent
PRODUCT = ("main.py", "app", "ui")
REST = ("packaging", "tests")

FILE_MEDIAN, FILE_MOST, NOUN_MOST = 150, 500, 400
METHODS_MOST = 40
"""Of a class of the screen: one with more does several things, each of which is a part of its own."""
FUNCTION_MEDIAN, FUNCTION_LONG, LONG_SHARE, FUNCTION_MOST = 8, 50, 0.02, 80
DOCUMENTED_SHARE = 0.85
NOT_OUR_WORDS = {"user", "contact", "ticket", "item", "manager", "helper", "utils", "util", "data"}
SAY_TOO_LITTLE = {
    "told",
    "did",
    "doing",
    "said",
    "shown",
    "one",
    "found",
    "thing",
    "things",
    "must",
    "stands",
    "proper",
}
QT_OVERRIDE = re.compile(r"[a-z]+[A-Z]")
# Names that are not ours to choose, with the reason.
FOREIGN_NAMES = {"UserError": "what a person can mend, against BugError", "data": "QAbstractItemModel.data"}


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the product: where it stands, how many lines it takes, and whether it is public and explained."""

    where: str
    name: str
    lines: int
    public: bool
    documented: bool


def files(*rooms: str) -> list[Path]:
    """Every Python file in these rooms of the house."""
    found: list[Path] = []
    for room in rooms:
        place = HOUSE / room
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return found


@cache
def tree(path: Path) -> ast.Module:
    """The file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    """The path as a person would type it in the house."""
    return path.relative_to(HOUSE).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """The functions and methods of a file, nested ones too; Qt's own names count as explained by Qt."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            public = not node.name.startswith("_") and QT_OVERRIDE.match(node.name) is None
            yield Function(
                f"{shown(path)}:{node.lineno}", node.name, lines, public, ast.get_docstring(node) is not None
            )


def all_functions() -> list[Function]:
    """The functions of the product."""
    return [function for path in files(*PRODUCT) for function in functions(path)]


def lines_of(path: Path) -> int:
    """How long the file is."""
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(lengths: dict[str, int], most: int) -> list[str]:
    """What is longer than `most`, longest first, a line for each."""
    over = sorted(((n, name) for name, n in lengths.items() if n > most), reverse=True)
    return [f"{name}: {n} lines, at most {most}" for n, name in over]


def test_files_are_short() -> None:
    lengths = {shown(path): lines_of(path) for path in files(*PRODUCT, *REST)}
    assert not too_long(lengths, FILE_MOST)
    product = [lengths[shown(path)] for path in files(*PRODUCT)]
    assert median(product) <= FILE_MEDIAN


def test_a_noun_that_grew_is_a_package() -> None:
    assert not too_long({shown(path): lines_of(path) for path in (HOUSE / "app").glob("*.py")}, NOUN_MOST)


@pytest.mark.slow
def test_functions_are_short() -> None:
    lengths = {f"{function.where} {function.name}": function.lines for function in all_functions()}
    assert not too_long(lengths, FUNCTION_MOST)
    long = too_long(lengths, FUNCTION_LONG)
    assert len(long) <= LONG_SHARE * len(lengths), long
    assert median(lengths.values()) <= FUNCTION_MEDIAN


def methods(path: Path) -> Iterator[tuple[str, int]]:
    """Each class of a file, and how many methods it has."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            yield f"{shown(path)} {node.name}", sum(isinstance(one, ast.FunctionDef) for one in node.body)


@pytest.mark.slow
def test_classes_of_the_screen_do_one_thing() -> None:
    counts = dict(pair for path in files("ui") for pair in methods(path))
    assert not [
        f"{name}: {count} methods, at most {METHODS_MOST}" for name, count in counts.items() if count > METHODS_MOST
    ]


@pytest.mark.slow
def test_modules_say_what_they_are() -> None:
    assert not [shown(path) for path in files(*PRODUCT, "packaging") if ast.get_docstring(tree(path)) is None]


@pytest.mark.slow
def test_public_functions_say_what_comes_back() -> None:
    public = [function for function in all_functions() if function.public]
    silent = [f"{function.where} {function.name}" for function in public if not function.documented]
    assert len(silent) <= (1 - DOCUMENTED_SHARE) * len(public), silent


def names(path: Path) -> Iterator[str]:
    """The names that a file gives: its own, and those of its classes and functions that Qt did not choose."""
    yield path.stem
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and QT_OVERRIDE.match(node.name) is None:
            yield node.name


def words(name: str) -> set[str]:
    """The words in a name: `MemberCard` and `member_card` are both member, card."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


@pytest.mark.slow
def test_names_are_the_words_of_the_house() -> None:
    """What can be given is a gift item: only there is an item said of what it is."""
    strange = {
        f"{shown(path)}: {name}"
        for path in files(*PRODUCT)
        for name in names(path)
        if name not in FOREIGN_NAMES and words(name) & NOT_OUR_WORDS and not {"gift", "item"} <= words(name)
    }
    assert not strange


@pytest.mark.slow
def test_functions_have_names_that_one_would_search_for() -> None:
    """Not a participle or a pronoun alone: `display`, `error_text`, `current`, never `shown`, `said`, `one`."""
    assert not [f"{one.where} {one.name}" for one in all_functions() if one.name in SAY_TOO_LITTLE]


def test_words_are_told_apart() -> None:
    assert words("MemberCard") == words("member_card") == {"member", "card"}
    assert words("CSVFile") == {"csv", "file"}


@pytest.mark.parametrize("room", ["app", "ui"])
def test_no_transaction_by_the_binding(room: str) -> None:
    """`with db.conn` does not roll back what sqlite-utils inserted; `db.atomic()` and the store's `write()` do."""
    wrong = re.compile(r"^\s*with\s+[\w.]*\bdb\.conn\b", re.MULTILINE)
    assert not [shown(path) for path in files(room) if wrong.search(path.read_text(encoding="utf-8"))]
