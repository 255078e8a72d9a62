"""Asks Hunspell about words, in a process of its own: reads requests as lines of JSON, and answers each with one.

It is run by its path and imports nothing of Rapport. Hunspell keeps Python's lock while it reads a dictionary (1.3
seconds for the Greek one, measured) and while it looks for suggestions, which would freeze a window; and one that is
broken may hang it, take all memory or end its process.

    {"load": {"dic": ..., "aff": ..., "archive": ...}}  ->  {"ok": true} or {"wrong": code, "what": ...}
    {"check": [word, ...]}                              ->  {"known": [true, ...]}
    {"suggest": word}                                   ->  {"words": [...]}
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any

PACKAGE, UNREADABLE, LARGE, AFF, ENCODING, EMPTY = "package", "unreadable", "large", "aff", "encoding", "empty"
_MAX_BYTES = 128 * 1024 * 1024  # of one file; the largest of the usual ones, Greek, has 10 MB
_MAX_MEMORY = 2 * 1024**3
_SET = re.compile(rb"^[ \t]{0,8}SET[ \t]{1,8}(\S{1,40})", re.MULTILINE)
_MAX_HEAD_BYTES = 200_000
_MANY, _MAX_DIGITS = 1_000, 9


class Unusable(Exception):
    """The dictionary cannot be used; the code says why."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(code)
        self.code, self.what = code, what


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints is no answer
    _limit_memory()
    speller: Any = None
    for line in sys.stdin.buffer:
        asked: dict[str, Any] = json.loads(line)
        if "load" in asked:
            try:
                speller = _loaded(asked["load"])
                answer: dict[str, Any] = {"ok": True}
            except Unusable as why:
                answer = {"wrong": why.code, "what": why.what}
        elif "check" in asked:
            answer = {"known": [_is_known(speller, word) for word in asked["check"]]}
        else:
            answer = {"words": _suggested(speller, asked["suggest"])}
        answers.write(json.dumps(answer).encode() + b"\n")


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415  Unix only

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    except (ImportError, ValueError, OSError):
        return


def _loaded(asked: dict[str, str]) -> Any:  # noqa: ANN401  Hunspell's class has no types
    if not asked["archive"]:
        return _opened(Path(asked["dic"]), Path(asked["aff"]))
    with tempfile.TemporaryDirectory(prefix="rapport-spelling-") as folder:  # Hunspell has read all when it is made
        return _opened(*_unpacked(asked, Path(folder)))


def _opened(dic: Path, aff: Path) -> Any:  # noqa: ANN401  as above
    try:
        from hunspell import Hunspell  # noqa: PLC0415  optional package
    except ImportError as why:
        raise Unusable(PACKAGE) from why
    encoding = _checked(dic, aff)
    try:
        speller = Hunspell(dic.stem, str(dic.parent), sys.getfilesystemencoding())
    except (OSError, ValueError) as why:
        raise Unusable(UNREADABLE, dic.name) from why
    speller._dic_encoding = encoding  # noqa: SLF001  it takes names that Python does not know for ASCII
    return speller


def _unpacked(asked: dict[str, str], folder: Path) -> tuple[Path, Path]:
    """Copy the two files out of an add-on; raises Unusable."""
    copies = []
    try:
        with zipfile.ZipFile(asked["archive"]) as packed:
            for name in (asked["dic"], asked["aff"]):
                copy = folder / Path(name).name
                if packed.getinfo(name).file_size > _MAX_BYTES:
                    raise Unusable(LARGE, name)
                with packed.open(name) as source, copy.open("wb") as target:
                    _copy(source, target, name)
                copies.append(copy)
    except KeyError as why:
        raise Unusable(AFF, asked["aff"]) from why
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as why:
        raise Unusable(UNREADABLE, Path(asked["archive"]).name) from why
    return copies[0], copies[1]


def _copy(source: IO[bytes], target: IO[bytes], name: str) -> None:
    """Copy at most so many bytes: what an archive says of its files' sizes may be a lie."""
    left = _MAX_BYTES
    while piece := source.read(65_536):
        left -= len(piece)
        if left < 0:
            raise Unusable(LARGE, name)
        target.write(piece)


def _content(path: Path, missing: str) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unusable(UNREADABLE, path.name)
        if about.st_size > _MAX_BYTES:
            raise Unusable(LARGE, path.name)
        with path.open("rb") as file:
            return file.read(_MAX_BYTES)
    except FileNotFoundError as why:
        raise Unusable(missing, path.name) from why
    except OSError as why:
        raise Unusable(UNREADABLE, path.name) from why


def _checked(dic: Path, aff: Path) -> str:
    """Python's name of the encoding of a dictionary; raises Unusable if it cannot be a sound one.

    Hunspell itself takes any bytes for words, so that all of a language would be underlined.
    """
    rules, words = _content(aff, AFF), _content(dic, UNREADABLE)
    set_ = _SET.search(rules[:_MAX_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf"))
    named = set_.group(1).decode("ascii", "replace") if set_ else "ISO8859-1"
    encoding = python_name(named)
    try:
        listed = words.decode(encoding)
    except (LookupError, UnicodeDecodeError) as why:
        raise Unusable(ENCODING, named) from why
    if encoding != "utf-8" and _is_utf8(words):
        raise Unusable(ENCODING, named)
    lines = listed.count("\n") + 1
    first = listed.lstrip("\ufeff").split("\n", 1)[0].strip()
    if not listed.strip("\ufeff \t\r\n0123456789") or "\0" in listed:
        raise Unusable(EMPTY, dic.name)
    if first.isdecimal() and (len(first) > _MAX_DIGITS or int(first) > max(10 * lines, _MANY)):
        raise Unusable(UNREADABLE, dic.name)  # Hunspell would make room for so many words
    return encoding


def python_name(named: str) -> str:
    """Python's name of an encoding that an affix file names: `microsoft-cp1250`, `TIS620-2533`, `KOI8-U`."""
    lower = named.lower().removeprefix("microsoft-")
    return {"utf-8": "utf-8", "utf8": "utf-8", "tis620-2533": "tis-620"}.get(lower, lower)


def _is_utf8(content: bytes) -> bool:
    """Whether it has letters beyond ASCII, all in UTF-8: text in an encoding of single bytes never looks like that."""
    try:
        return not content.isascii() and bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _is_known(speller: Any, word: str) -> bool:  # noqa: ANN401  as above
    try:
        return bool(speller.spell(word))
    except UnicodeEncodeError:  # it has letters that no word of the dictionary has
        return False


def _suggested(speller: Any, word: str) -> list[str]:  # noqa: ANN401  as above
    try:
        return [offered for offered in speller.suggest(word) if offered]
    except UnicodeEncodeError:
        return []


if __name__ == "__main__":
    main()
