"""Names of files that came from outside, made such that every system can keep a file under them.

Rules: Windows' "Naming Files, Paths, and Namespaces" (forbidden characters, device names, final dots and spaces), and
255 bytes for a name on Linux and macOS. Direction marks go, as they can make `exe.jpg` of `gpj.exe`.
"""

from __future__ import annotations

import re

CHARS_MAX = 120
BYTES_MAX = 200
"""Room is left below the 255 bytes of a file system, for the name of a file that is being written."""
_ENDING_MAX = 20
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])[ ]{0,99}(?:\.|\Z)", re.IGNORECASE
)
_TABLE_ENDINGS = frozenset((".csv", ".tsv", ".xlsx", ".xlsm", ".ods"))
_ARCHIVE_TYPES = frozenset(("application/zip", "application/x-zip-compressed"))
_TABLE_TYPES = frozenset((
    "text/csv", "application/csv", "text/tab-separated-values", "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
))  # fmt: skip


def safe(name: str, otherwise: str = "") -> str:
    """The name without folders, forbidden and invisible characters, or `otherwise` where nothing is left of it.

    At most CHARS_MAX characters and BYTES_MAX bytes of UTF-8; a long one keeps its ending. A device's name, such as
    `CON.txt`, gets a _ before it.
    """
    last = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    bare = _UNSAFE.sub("_", last).strip(" ._")
    if _DEVICE.match(bare):
        bare = f"_{bare}"
    return _cut(bare) if bare else otherwise


def _cut(name: str) -> str:
    if len(name) <= CHARS_MAX and len(name.encode()) <= BYTES_MAX:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) >= _ENDING_MAX:
        stem, dot, ending = name, "", ""
    room = BYTES_MAX - len(f"{dot}{ending}".encode())
    kept = stem[: CHARS_MAX - _ENDING_MAX].encode()[:room].decode("utf-8", "ignore")
    return f"{kept.rstrip(' .')}{dot}{ending}"


def beside(name: str, number: int) -> str:
    """The name with a number before its ending: `plan (2).pdf`."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) >= _ENDING_MAX:
        stem, dot, ending = name, "", ""
    return f"{stem} ({number}){dot}{ending}"


def may_be_table(name: str, kind: str = "") -> bool:
    """Whether a file may be a table that a spreadsheet opens, by its name or its media type."""
    ending = f".{name.rpartition('.')[2]}".casefold()
    return ending in _TABLE_ENDINGS or kind.partition(";")[0].strip().casefold() in _TABLE_TYPES


def may_hold_table(name: str, kind: str = "") -> bool:
    """Whether a file may be such a table, or an archive (.zip) of one."""
    is_archive = name.casefold().endswith(".zip") or kind.partition(";")[0].strip().casefold() in _ARCHIVE_TYPES
    return is_archive or may_be_table(name, kind)
