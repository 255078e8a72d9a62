"""Tables in a folder or an archive, such as Google's Takeout or a forum's user archive: read where they are.

Those that belong together (`comments.csv`, `comments(1).csv`) have the same first line, and are read as one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from app import csvfile
from app.base.errors import UserError
from app.base.words import tr
from app.imports import mapping, workbook
from app.imports.bundle import BROKEN, Bundle, Part, content, open_bundle

_HEAD_BYTES, _BLOCK_BYTES = 65_536, 1 << 20
_MOST_TABLES = 300
_BOM = b"\xef\xbb\xbf"


class Packed:
    """Tables within an archive or folder that are read as one; as much of a Path as `csvfile` needs."""

    def __init__(self, path: Path, parts: Sequence[Part]) -> None:
        """`path` is the archive's or folder's, `parts` the tables' there."""
        self._path, self._parts = path, tuple(parts)
        self.name = parts[0].name.rpartition("/")[2]
        self.stem = self.name.rpartition(".")[0]
        self.parent = path.parent

    def open(
        self, mode: str = "r", *, encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> IO[str] | IO[bytes]:
        """Open them for reading, one after the other, with the first line of the first alone."""
        stream = io.BufferedReader(_Chain(self._path, self._parts), _BLOCK_BYTES)
        if "b" in mode:
            return cast("IO[bytes]", stream)
        return io.TextIOWrapper(stream, encoding, errors, newline)


class _Chain(io.RawIOBase):
    """The bytes of several parts in a row. What is wrong with the archive becomes an OSError."""

    def __init__(self, path: Path, parts: Sequence[Part]) -> None:
        self._bundle = open_bundle(path)
        self._blocks = self._read_all(parts)
        self._rest = b""

    def _read_all(self, parts: Sequence[Part]) -> Iterator[bytes]:
        for number, part in enumerate(parts):
            with self._bundle.open(part) as stream:
                if number:
                    stream.readline()
                last = b""
                while block := stream.read(_BLOCK_BYTES):
                    yield block
                    last = block
                if last and not last.endswith(b"\n"):
                    yield b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            while not self._rest:
                self._rest = next(self._blocks)
        except StopIteration:
            return 0
        except BROKEN as why:
            raise OSError(str(why)) from why
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        if not self.closed:
            self._blocks.close()  # type: ignore[attr-defined]
            self._bundle.__exit__()
        super().close()


def tables(bundle: Bundle) -> list[Part]:
    """The table to import, in its parts: a known export, else the only one whose columns say enough; else []."""
    heads = _heads(bundle)
    for suits in (_is_own_export, _is_members_export):
        chosen = next((line for line in heads if suits(line)), None)
        if chosen is not None:
            return sorted(heads[chosen], key=_number)
    complete = [line for line in heads if not mapping.missing(mapping.guess(csvfile.header_of(line)))]
    return sorted(heads[complete[0]], key=_number) if len(complete) == 1 else []


def own_export(bundle: Bundle) -> list[Part]:
    """The table of what the owner wrote on a service, in its parts; else []."""
    heads = _heads(bundle)
    return next((sorted(heads[line], key=_number) for line in heads if _is_own_export(line)), [])


def _heads(bundle: Bundle) -> dict[str, list[Part]]:
    """The tables by their first lines."""
    heads: dict[str, list[Part]] = {}
    for part in [part for part in bundle.parts if part.name.casefold().endswith(".csv")][:_MOST_TABLES]:
        head = (content(bundle, part, _HEAD_BYTES) or b"").removeprefix(_BOM).splitlines()
        if head:
            heads.setdefault(head[0].decode("utf-8", "replace"), []).append(part)
    return heads


def _is_own_export(line: str) -> bool:
    return bool(mapping.guess(csvfile.header_of(line)).personal)


def _is_members_export(line: str) -> bool:
    return mapping.is_members_export(csvfile.header_of(line))


def _number(part: Part) -> tuple[int, str]:
    """The place of a part among its kin: `comments.csv` before `comments(1).csv`, that before `comments(10).csv`."""
    figures = "".join(filter(str.isdigit, part.name.rpartition("/")[2]))
    return int(figures[:9] or 0), part.name


def file_of(path: Path) -> Path:
    """The table that a file is, or the one in a folder or an archive. Raises UserError if there is none."""
    with open_bundle(path) as bundle:
        if not path.is_dir() and len(bundle.parts) == 1 and bundle.parts[0].name == path.name:
            return path
        if workbook.is_workbook(bundle) and not path.is_dir():
            return cast("Path", workbook.Workbook(path))
        parts = tables(bundle)
    if not parts:
        msg = tr("There's no table in {name} that Rapport can import.").format(name=path.name)
        raise UserError(msg)
    return cast("Path", Packed(path, parts))
