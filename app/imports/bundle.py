"""What a file to import consists of: itself, the files of a folder, or those of a ZIP or tar archive.

Nothing is ever unpacked to the disk: parts are read as streams, so that a name like `../../x` in an archive leads
nowhere. A part that swells too much while it is unpacked is refused.
"""

from __future__ import annotations

import gzip
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple, Protocol, Self, cast
from zlib import error as ZlibError  # noqa: N812  it is a class

from app.base.errors import UserError
from app.base.words import tr

MOST_PARTS = 500_000
"""Files of one archive or folder; nobody's mail has more."""
_MOST_TIMES, _ALWAYS_BYTES = 200, 32 << 20
"""A part larger than so many bytes that is so many times its packed size is a bomb: text shrinks to a tenth."""
_MOST_TAR_BYTES = 8 << 30
_PASSWORD_BIT = 0x1
_GZIP = b"\x1f\x8b"
BROKEN = (OSError, EOFError, ZlibError, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError)
"""What reading a damaged archive, or one packed in an unknown way, raises."""


class Part(NamedTuple):
    """A file within: its name with `/` between folders, and its size in bytes."""

    name: str
    size: int


class Bundle(Protocol):
    """The parts of a source; use it as a context manager."""

    parts: tuple[Part, ...]
    refused: tuple[str, ...]

    def open(self, part: Part) -> IO[bytes]:
        """Open a part for reading. Raises one of BROKEN."""

    def __enter__(self) -> Self:
        """Itself."""

    def __exit__(self, *why: object) -> None:
        """Close the archive."""


class _Closing:
    parts: tuple[Part, ...] = ()
    refused: tuple[str, ...] = ()
    """Names of parts that are not opened, as they would swell too much."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open."""


class One(_Closing):
    """A single file."""

    def __init__(self, path: Path) -> None:
        """Its one part has its name."""
        self._path = path
        self.parts = (Part(path.name, path.stat().st_size),)

    def open(self, part: Part) -> IO[bytes]:
        """Open the file."""
        del part
        return self._path.open("rb")


class Folder(_Closing):
    """All files under a folder, sorted by path, without hidden and linked ones."""

    def __init__(self, path: Path) -> None:
        """List them; `.Sent` of a Maildir is no hidden folder."""
        self._path = path
        self.parts = tuple(sorted(self._listed()))

    def _listed(self) -> Iterator[Part]:
        count = 0
        for root, _, names in os.walk(self._path):
            for name in names:
                full = os.path.join(root, name)  # noqa: PTH118  a Path for each of 100,000 files is slow
                with suppress(OSError):
                    found = os.lstat(full)
                    if name.startswith(".") or not stat.S_ISREG(found.st_mode):
                        continue
                    count += 1
                    _refuse_many(count, self._path)
                    inner = os.path.relpath(full, self._path).replace(os.sep, "/")
                    yield Part(inner, found.st_size)

    def open(self, part: Part) -> IO[bytes]:
        """Open a file of the folder."""
        return (self._path / part.name).open("rb")


class Zip(_Closing):
    """The files of a ZIP archive, in its order."""

    def __init__(self, path: Path) -> None:
        """List them. Raises UserError if it is damaged or protected by a password."""
        try:
            self._zip = zipfile.ZipFile(path)
            entries = [entry for entry in self._zip.infolist() if not entry.filename.endswith("/")]
        except BROKEN as why:
            raise damaged(path) from why
        _refuse_many(len(entries), path)
        if any(entry.flag_bits & _PASSWORD_BIT for entry in entries):
            self._zip.close()
            msg = tr("{name} is protected by a password. Unpack it, then import the folder.").format(name=path.name)
            raise UserError(msg)
        swollen = {entry.filename for entry in entries if _swells(entry.file_size, entry.compress_size)}
        self._entries = {entry.filename: entry for entry in entries}
        self.parts = tuple(
            Part(entry.filename, entry.file_size)
            for entry in self._entries.values()
            if entry.filename not in swollen and not _is_clutter(entry.filename)
        )
        self.refused = tuple(sorted(swollen))

    def open(self, part: Part) -> IO[bytes]:
        """Unpack a part as it is read."""
        return self._zip.open(self._entries[part.name])

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()


class Tar(_Closing):
    """The files of a tar archive, packed with gzip or not."""

    def __init__(self, path: Path) -> None:
        """List them. Raises UserError if it is damaged or swells too much."""
        self._file = path.open("rb")
        try:
            packed = self._file.read(2) == _GZIP
            self._file.seek(0)
            most = min(_MOST_TAR_BYTES, max(_ALWAYS_BYTES, path.stat().st_size * _MOST_TIMES))
            stream = _Capped(self._file, most) if packed else self._file
            self._tar = tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r:")  # noqa: SIM115  closed in `close`
            members = [member for member in self._tar.getmembers() if member.isreg()]
        except BROKEN as why:
            self._file.close()
            raise damaged(path) from why
        _refuse_many(len(members), path)
        self._members = {member.name.removeprefix("./"): member for member in members}
        self.parts = tuple(Part(name, member.size) for name, member in self._members.items() if not _is_clutter(name))

    def open(self, part: Part) -> IO[bytes]:
        """Read a part."""
        found = self._tar.extractfile(self._members[part.name])
        if found is None:
            raise OSError(part.name)
        return found

    def close(self) -> None:
        """Close the archive."""
        self._tar.close()
        self._file.close()


class Gzip(_Closing):
    """One file that gzip packed; its size is not known before it is read, and taken for ten times the packed one."""

    def __init__(self, path: Path) -> None:
        """The part has the file's name without `.gz`."""
        self._path = path
        size = path.stat().st_size
        self._most = max(_ALWAYS_BYTES, size * _MOST_TIMES)
        self.parts = (Part(path.stem, size * 10),)

    def open(self, part: Part) -> IO[bytes]:
        """Unpack it as it is read."""
        del part
        return cast("IO[bytes]", _Capped(self._path.open("rb"), self._most, owns=True))


class _Capped(gzip.GzipFile):
    """A gzip stream that refuses to be unpacked beyond so many bytes."""

    def __init__(self, file: IO[bytes], most: int, *, owns: bool = False) -> None:
        super().__init__(fileobj=file)
        self._most = most
        self._owned = file if owns else None

    def close(self) -> None:
        super().close()
        if self._owned is not None:
            self._owned.close()

    def read(self, size: int | None = -1) -> bytes:
        read = super().read(size)
        if self.tell() > self._most:
            raise tarfile.ReadError
        return read


def open_bundle(path: Path) -> Bundle:
    """Return the parts of a file, folder or archive. Raises UserError for a damaged archive, OSError."""
    if path.is_dir():
        return Folder(path)
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Zip(path)
    if head.startswith(_GZIP):
        return Tar(path) if _is_tar(_unpacked_head(path)) else Gzip(path)
    return Tar(path) if _is_tar(head) else One(path)


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is a ZIP or tar archive, or something that gzip packed."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", _GZIP)) or _is_tar(head)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _unpacked_head(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(512)
    except BROKEN as why:
        raise damaged(path) from why


def damaged(path: Path) -> UserError:
    """The sentence for an archive that cannot be read."""
    return UserError(
        tr("The archive {name} is damaged, or a part of it is missing. Download it again, then import it.").format(
            name=path.name
        )
    )


@contextmanager
def reading(bundle: Bundle, part: Part) -> Iterator[IO[bytes]]:
    """Open a part; what is wrong with an archive there becomes an OSError."""
    try:
        with bundle.open(part) as stream:
            yield stream
    except BROKEN as why:
        raise OSError(part.name) from why


def content(bundle: Bundle, part: Part, most: int) -> bytes | None:
    """Return a part's bytes, at most `most`; None if it cannot be read."""
    with suppress(OSError), reading(bundle, part) as stream:
        return stream.read(most)
    return None


def _swells(size: int, packed: int) -> bool:
    return size > _ALWAYS_BYTES and size > packed * _MOST_TIMES


def _is_clutter(name: str) -> bool:
    """Whether a file is what macOS adds to its archives, or hidden."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def _refuse_many(count: int, path: Path) -> None:
    if count > MOST_PARTS:
        msg = tr("{name} has over {count:,} files. Import it in parts.").format(name=path.name, count=MOST_PARTS)
        raise UserError(msg)
