"""Where dictionaries lie on a system: its own, LibreOffice's, and those of Thunderbird and Firefox.

A dictionary is two files of one name, `.dic` (words) and `.aff` (how they change), in a folder or an add-on (`.xpi`).
Folders by: hunspell(5) and Debian's Dictionaries-common policy (/usr/share/hunspell, /usr/share/myspell/dicts),
LibreOffice's bundled extensions and its user profile, Mozilla's profiles, macOS's /Library/Spelling.
"""

from __future__ import annotations

import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_NAME = re.compile(r"(?:.*/)?([a-z]{2,3})(?:[_-]([A-Z]{2}))?(?:[_-][\w-]{0,30})?\.dic")
_PROFILE = "libreoffice/4/user/uno_packages/cache/uno_packages/*/*.oxt"
_MAX_ADD_ONS = 200
SYSTEM, OFFICE, MOZILLA, OWN, BUNDLED = "system", "LibreOffice", "Mozilla", "own", "chunspell"


class Dictionary(NamedTuple):
    """A dictionary that was found. `archive` is the add-on that its two files lie in, "" if they lie in a folder."""

    language: str
    region: str
    dic: str
    aff: str
    source: str
    archive: str = ""

    @property
    def tag(self) -> str:
        """The language, with its region if the name says one: "en-GB"."""
        return f"{self.language}-{self.region}" if self.region else self.language

    @property
    def place(self) -> str:
        """The path to show."""
        return f"{self.archive}: {self.dic}" if self.archive else self.dic


def find_dictionaries(
    folders: Iterable[tuple[str, str]] | None = None, *, bundled: bool = True
) -> tuple[Dictionary, ...]:
    """Every dictionary of this system, each file once. `folders` (source, folder) stand in for the system's own."""
    chosen = system_folders(sys.platform, os.environ, Path.home()) if folders is None else folders
    listed = [(one, at) for source, folder in chosen for one, at in _in_folder(source, folder)]
    if bundled and (inside := _bundled()) is not None:
        listed += list(_in_folder(BUNDLED, str(inside)))
    seen: set[str] = set()
    kept = []
    for dictionary, real in listed:
        if real not in seen:
            seen.add(real)
            kept.append(dictionary)
    return tuple(kept)


def _in_folder(source: str, folder: str) -> Iterator[tuple[Dictionary, str]]:
    """The dictionaries directly in a folder, or in its add-ons, with what tells one from its symbolic links."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  thousands of names, in folders of others
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)  # noqa: PTH118  as above
        if name.endswith(".xpi"):
            yield from _in_add_on(path)
        elif hit := _NAME.fullmatch(name):
            aff = f"{path[:-4]}.aff"
            yield Dictionary(hit.group(1), hit.group(2) or "", path, aff, source), os.path.realpath(path)


def _in_add_on(path: str) -> Iterator[tuple[Dictionary, str]]:
    """The dictionaries of an add-on of Thunderbird or Firefox; none if it cannot be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return
    for name in names:
        if name.startswith("dictionaries/") and (hit := _NAME.fullmatch(name)):
            aff = f"{name[:-4]}.aff"
            yield Dictionary(hit.group(1), hit.group(2) or "", name, aff, MOZILLA, path), f"{path}\0{name}"


def system_folders(platform: str, environ: Mapping[str, str], home: Path) -> list[tuple[str, str]]:
    """(source, folder) of every folder of this system in which a dictionary may lie.

    RAPPORT_DICTIONARIES, a list of folders like PATH, stands in for all of them; Hunspell's own DICPATH adds to them.
    """
    if (only := environ.get("RAPPORT_DICTIONARIES")) is not None:
        return [(OWN, folder) for folder in only.split(os.pathsep) if folder]
    own = [(OWN, folder) for folder in environ.get("DICPATH", "").split(os.pathsep) if folder]
    if platform == "win32":
        return own + list(_windows(environ))
    return own + list(_mac(home) if platform == "darwin" else _unix(environ, home))


def _unix(environ: Mapping[str, str], home: Path) -> Iterator[tuple[str, str]]:
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for root in [str(home / ".local/share"), *shared.split(":"), "/usr/local/share", "/usr/share", "/app/share"]:
        for name in ("hunspell", "myspell/dicts", "myspell"):
            yield SYSTEM, f"{root}/{name}"
    for pattern in ("usr/lib*/libreoffice", "opt/libreoffice*", "snap/libreoffice/current/lib/libreoffice"):
        yield from _each(OFFICE, Path("/"), f"{pattern}/share/extensions/dict-*")
    for config in (".config", ".var/app/org.libreoffice.LibreOffice/config", "snap/libreoffice/current/.config"):
        yield from _each(OFFICE, home, f"{config}/{_PROFILE}")
        yield from _each(OFFICE, home, f"{config}/{_PROFILE}/dictionaries")
    for root in ("usr/lib*/thunderbird", "usr/lib*/firefox*", "opt/thunderbird", "opt/firefox"):
        yield from _each(MOZILLA, Path("/"), f"{root}/dictionaries")
    for root in (
        ".thunderbird", "snap/thunderbird/common/.thunderbird", ".var/app/org.mozilla.Thunderbird/.thunderbird",
        ".mozilla/firefox", "snap/firefox/common/.mozilla/firefox", ".var/app/org.mozilla.firefox/.mozilla/firefox",
    ):  # fmt: skip
        yield from _each(MOZILLA, home, f"{root}/*/extensions")


def _mac(home: Path) -> Iterator[tuple[str, str]]:
    support = home / "Library/Application Support"
    for root in (str(home / "Library/Spelling"), "/Library/Spelling", "/opt/homebrew/share/hunspell"):
        yield SYSTEM, root
    yield SYSTEM, "/usr/local/share/hunspell"
    yield from _each(OFFICE, Path("/Applications"), "LibreOffice*.app/Contents/Resources/extensions/dict-*")
    yield from _each(OFFICE, support, _PROFILE.replace("libreoffice", "LibreOffice", 1))
    for base, root in ((home / "Library/Thunderbird", "Profiles"), (support, "Firefox/Profiles")):
        yield from _each(MOZILLA, base, f"{root}/*/extensions")


def _windows(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432"):
        if environ.get(name):
            yield from _each(OFFICE, Path(environ[name]), "LibreOffice*/share/extensions/dict-*")
            yield from _each(MOZILLA, Path(environ[name]), "Mozilla*/dictionaries")
    if environ.get("APPDATA"):
        data = Path(environ["APPDATA"])
        yield from _each(OFFICE, data, _PROFILE.replace("libreoffice", "LibreOffice", 1))
        for root in ("Thunderbird", "Mozilla/Firefox"):
            yield from _each(MOZILLA, data, f"{root}/Profiles/*/extensions")
        yield SYSTEM, str(data / "hunspell")


def _each(source: str, root: Path, pattern: str) -> Iterator[tuple[str, str]]:
    try:
        for folder in sorted(root.glob(pattern))[:_MAX_ADD_ONS]:
            yield source, str(folder)
    except OSError:
        return


def is_installed() -> bool:
    """Whether chunspell is installed. It is not imported."""
    return _bundled() is not None


def _bundled() -> Path | None:
    """The folder with the dictionary (English of the United States) that comes with chunspell; None without it."""
    try:
        spec = find_spec("hunspell")
    except (ImportError, ValueError):
        return None
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0], "dictionaries") if places else None
