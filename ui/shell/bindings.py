"""Faster first import of PySide6, by caching what it compiles at every start.

PySide6 embeds 3,600 lines of Python in its library, for error messages, `inspect.signature` and writing `.pyi` files,
and compiles them on every import without caching. Here the bytecode is cached beside our own and validated by the hash
of the source, as Python does: 13 ms less. The two modules that write `.pyi` files are loaded empty, since an
application never uses them: 9 ms less. The 2 kB regex that parses signatures is compiled on first use: 3 ms.

If anything does not fit (a read-only folder, a later PySide6), PySide6 loads in its own way.
`RAPPORT_PLAIN_QT=1` in the environment turns all of this off: the first thing to try if PySide6 behaves oddly. Remove
this module with PySide6 6.12, whose import no longer has this cost.
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
"""Environment variable; 1 loads PySide6 without these changes."""
_EMBEDDED_PREFIX = "shibokensupport/"
_STUB_WRITERS = {f"{_EMBEDDED_PREFIX}signature/lib/{name}.py" for name in ("pyi_generator", "enum_sig")}
_MIN_LATE_PATTERN_CHARS = 1_000
_RE_COMPILE = re.compile
_MAGIC = int.from_bytes(MAGIC_NUMBER, "little")
_CACHE_FILE = Path(cache_from_source(str(Path(__file__).with_name("pyside_inside.py"))))


class Compiler:
    """Replaces `builtins.compile` while PySide6 is imported: caches its embedded modules, delegates all others."""

    def __init__(self, path: Path, true: Callable[..., Any]) -> None:
        """`path` is the cache file; `true` is the original `compile`."""
        self._path, self._true = path, true
        self._known = _read(path)
        self._fresh = False

    def __call__(self, source: Any, filename: Any, mode: str, *rest: Any, **settings: Any) -> Any:  # noqa: ANN401  what `compile` takes and gives
        """Return the code object of a source, from the cache or compiled now."""
        if not (isinstance(filename, str) and filename.startswith(_EMBEDDED_PREFIX) and isinstance(source, bytes)):
            return self._true(source, filename, mode, *rest, **settings)
        if filename in _STUB_WRITERS:
            return self._true("", filename, mode)
        mark = source_hash(_MAGIC, source)
        kept_mark, code = self._known.get(filename, (b"", None))
        if kept_mark != mark or code is None:
            code = self._true(source, filename, mode, *rest, **settings)
            self._known[filename] = (mark, code)
            self._fresh = True
        return code

    def keep(self) -> None:
        """Save the cache if it changed, unless bytecode writing is disabled; never raises."""
        if not self._fresh or sys.dont_write_bytecode:
            return
        half = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            half.write_bytes(MAGIC_NUMBER + marshal.dumps(self._known))
            half.replace(self._path)
        except (OSError, ValueError):
            half.unlink(missing_ok=True)


class Late:
    """A large regex that is compiled on first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Take the arguments of `re.compile`."""
        self._asked = (pattern, flags)

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`, the only method that PySide6 calls."""
        return re.compile(*self._asked).finditer(words)


def _pattern(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401  what `re.compile` takes and gives
    """Replaces `re.compile` while PySide6 is imported."""
    large = isinstance(pattern, str) and len(pattern) > _MIN_LATE_PATTERN_CHARS and flags == re.VERBOSE
    return Late(pattern, flags) if large else _RE_COMPILE(pattern, flags)


def _read(path: Path) -> dict[str, tuple[bytes, CodeType | None]]:
    try:
        whole = path.read_bytes()
        if not whole.startswith(MAGIC_NUMBER):
            return {}
        known: dict[str, tuple[bytes, CodeType | None]] = marshal.loads(whole[len(MAGIC_NUMBER) :])  # noqa: S302  ours
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return known


def load() -> None:
    """Import PySide6, and restore Python's own `__import__`.

    PySide6 replaces it by one that reads the source of every imported module, to look for `from __feature__ import
    snake_case`: 10 ms until the first paint, and the sources stay in memory. No module of ours uses features.
    """
    if os.environ.get(SWITCH) == "1":
        return
    compiler = Compiler(_CACHE_FILE, builtins.compile)
    builtins.compile, re.compile = compiler, _pattern
    try:
        import PySide6.QtCore  # noqa: F401, PLC0415  the import itself is the purpose
    finally:
        builtins.compile, re.compile = compiler._true, _RE_COMPILE  # noqa: SLF001  the original functions
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    compiler.keep()
