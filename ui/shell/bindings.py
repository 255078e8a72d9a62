"""PySide6's first import, without what it would do anew at every start.

PySide6 carries 3,600 lines of Python inside its library, for the words of its errors, for `inspect.signature` and for
writing `.pyi` files, and compiles all of them whenever it is loaded, where Python keeps what it has compiled. Here it
is kept as well, beside our own bytecode and by Python's own rule, the hash of the source: 13 ms less. The two files
that write `.pyi` are loaded empty, which no program with a window notices: 9 ms less. The pattern that takes signatures
apart, 2 kB of it, is made when an error first asks for one: 3 ms.

Whatever does not fit, a place that cannot be written to or a later PySide6 that keeps this by itself, ends in PySide6's
own way of loading. `RAPPORT_PLAIN_QT=1` in the environment turns all of it off: the first thing to try where PySide6
behaves oddly. It goes with PySide6 6.12, where the import no longer costs this.
"""

from __future__ import annotations

import builtins
import marshal
import os
import re
import sys
from _imp import source_hash  # the module that Python's own loader takes it from
from collections.abc import Callable, Iterator
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

SWITCH = "RAPPORT_PLAIN_QT"
"""Set to 1 in the environment: PySide6 is loaded as it loads itself."""
_INSIDE = "shibokensupport/"
_FOR_STUBS = {f"{_INSIDE}signature/lib/{name}.py" for name in ("pyi_generator", "enum_sig")}
_LARGE = 1_000
_TRUE_PATTERN = re.compile
_MAGIC = int.from_bytes(MAGIC_NUMBER, "little")
_PLACE = Path(cache_from_source(str(Path(__file__).with_name("pyside_inside.py"))))


class Compiler:
    """Stands in for `compile` while PySide6 is loaded; everything but PySide6's inside passes to the true one."""

    def __init__(self, place: Path, true: Callable[..., Any]) -> None:
        """`place` is the file that holds what was compiled in earlier runs."""
        self._place, self._true = place, true
        self._known = _read(place)
        self._fresh = False

    def __call__(self, source: Any, filename: Any, mode: str, *rest: Any, **settings: Any) -> Any:  # noqa: ANN401
        """The code of a source, kept or compiled now."""
        if not (isinstance(filename, str) and filename.startswith(_INSIDE) and isinstance(source, bytes)):
            return self._true(source, filename, mode, *rest, **settings)
        if filename in _FOR_STUBS:
            return self._true("", filename, mode)
        mark = source_hash(_MAGIC, source)
        kept_mark, code = self._known.get(filename, (b"", None))
        if kept_mark != mark or code is None:
            code = self._true(source, filename, mode, *rest, **settings)
            self._known[filename] = (mark, code)
            self._fresh = True
        return code

    def keep(self) -> None:
        """Write down what had to be compiled, unless Python was told to keep none; never raises."""
        if not self._fresh or sys.dont_write_bytecode:
            return
        half = self._place.with_name(f"{self._place.name}.{os.getpid()}")
        try:
            half.write_bytes(MAGIC_NUMBER + marshal.dumps(self._known))
            half.replace(self._place)
        except (OSError, ValueError):
            half.unlink(missing_ok=True)


class Late:
    """A large pattern that is made when it is first used."""

    def __init__(self, pattern: str, flags: int) -> None:
        """As `re.compile` is called."""
        self._asked = (pattern, flags)

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """All that is found in the words; the one thing that PySide6 asks of it."""
        return re.compile(*self._asked).finditer(words)


def _pattern(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401  what `re.compile` takes and gives
    """In the place of `re.compile` while PySide6 is loaded."""
    large = isinstance(pattern, str) and len(pattern) > _LARGE and flags == re.VERBOSE
    return Late(pattern, flags) if large else _TRUE_PATTERN(pattern, flags)


def _read(place: Path) -> dict[str, tuple[bytes, CodeType | None]]:
    try:
        whole = place.read_bytes()
        if not whole.startswith(MAGIC_NUMBER):
            return {}
        found: dict[str, tuple[bytes, CodeType | None]] = marshal.loads(whole[len(MAGIC_NUMBER) :])  # noqa: S302  ours
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found


def load() -> None:
    """Load PySide6, and put Python's own `__import__` back.

    PySide6 puts one of its own in place of it. After every import statement that reads the whole source of the module
    that was named, to see whether `from __feature__ import snake_case` could matter there: 10 ms until the first paint,
    and the sources stay in memory. No module of ours asks for features.
    """
    if os.environ.get(SWITCH) == "1":
        return
    compiler = Compiler(_PLACE, builtins.compile)
    builtins.compile, re.compile = compiler, _pattern
    try:
        import PySide6.QtCore  # noqa: F401, PLC0415  this is where it is loaded
    finally:
        builtins.compile, re.compile = compiler._true, _TRUE_PATTERN  # noqa: SLF001  what was there before
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    compiler.keep()
