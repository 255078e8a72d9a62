"""What PySide6 compiles at every start is kept; whatever does not fit is compiled as ever."""

from __future__ import annotations

import builtins
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize

from ui.shell.bindings import Compiler, Late

SOURCE = b"answer = 6 * 7\n"
NAME = "shibokensupport/signature/some.py"


class Counting:
    """The true `compile`, which counts what it is asked for."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, source: Any, filename: str, mode: str, *rest: Any, **settings: Any) -> Any:
        self.names.append(filename)
        return compile(source, filename, mode, *rest, **settings)


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python keeps bytecode, whatever this run was told."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def run(place: Path, source: bytes = SOURCE, name: str = NAME) -> tuple[dict[str, Any], list[str]]:
    """What one start makes of a source, and what it had to compile."""
    true = Counting()
    compiler = Compiler(place, true)
    found: dict[str, Any] = {}
    exec(compiler(source, name, "exec"), found)
    compiler.keep()
    return found, true.names


@pytest.mark.usefixtures("writing")
def test_the_second_start_compiles_nothing(tmp_path: Path) -> None:
    first, second = run(tmp_path / "kept"), run(tmp_path / "kept")
    assert (first[0]["answer"], first[1]) == (42, [NAME])
    assert (second[0]["answer"], second[1]) == (42, [])


@pytest.mark.usefixtures("writing")
def test_another_source_of_the_same_name_is_compiled_anew(tmp_path: Path) -> None:
    run(tmp_path / "kept")
    found, compiled = run(tmp_path / "kept", b"answer = 1\n")
    assert (found["answer"], compiled) == (1, [NAME])


@pytest.mark.usefixtures("writing")
@pytest.mark.parametrize("harm", [lambda kept: kept[:-9], lambda kept: kept[:3], lambda kept: b"x" + kept[1:]])
def test_a_damaged_file_is_as_none(tmp_path: Path, harm: Any) -> None:
    run(tmp_path / "kept")
    place = tmp_path / "kept"
    place.write_bytes(harm(place.read_bytes()))
    assert run(place)[0]["answer"] == 42
    assert run(place)[1] == []


@pytest.mark.usefixtures("writing")
def test_a_place_that_cannot_be_written_to_is_no_failure(tmp_path: Path) -> None:
    assert run(tmp_path / "no folder" / "kept")[0]["answer"] == 42


def test_nothing_is_written_where_python_was_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    run(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_other_sources_pass_and_what_writes_pyi_is_empty(tmp_path: Path) -> None:
    compiler = Compiler(tmp_path / "kept", compile)
    assert eval(compiler("6 * 7", "<words>", "eval")) == 42
    found: dict[str, Any] = {}
    exec(compiler(SOURCE, "shibokensupport/signature/lib/pyi_generator.py", "exec"), found)
    assert "answer" not in found


def test_python_has_its_own_compile_back() -> None:
    assert not isinstance(builtins.compile, Compiler)


def test_python_makes_its_patterns_itself_again_and_errors_have_their_words() -> None:
    assert isinstance(re.compile("a"), re.Pattern)
    with pytest.raises(TypeError, match="Supported signatures"):
        QSize("x")  # type: ignore[call-overload]
    assert [found.group() for found in Late("[a-b] +", re.VERBOSE).finditer("aa cb")] == ["aa", "b"]
