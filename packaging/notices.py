"""Writes THIRD-PARTY-NOTICES.md: what Rapport stands on, under which licence, from the installed packages' own words.

Run it with `.venv/bin/python packaging/notices.py` after the pins changed; a test holds the two together. A frozen
build copies the licence texts themselves from the packages; in a checkout they lie in `.venv`.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from pin import HOUSE, RUNTIME, names

NOTICES = Path(__file__).resolve().parent / "THIRD-PARTY-NOTICES.md"
HEAD = """\
# Third-party notices

Rapport is MIT. It stands on these packages, which are installed beside it and not copied into its source. Qt for Python
(PySide6, Shiboken and the Qt libraries in them) is used under the LGPL 3: it stays a separate, replaceable set of
files, in a frozen build too. The typeface Inter is under the SIL Open Font License 1.1.

An installed Rapport holds copies of the icons of Lucide that it draws, in `rapport/resources/icons`, with Lucide's
licence (ISC) beside them. Some of these come from Feather: Copyright (c) 2013-present Cole Bemis, under the MIT
License, whose words are those of our own LICENSE.

The names of emoji in `resources/emoji/names.tsv` are from Unicode's Common Locale Data Repository, Copyright (c)
2004-2026 Unicode, Inc., under the Unicode License v3 (Unicode-3.0), which lies beside them in
`resources/emoji/LICENSE`.

The forms of Icelandic words are looked up in the package islenska by Miðeind ehf., whose data, a compressed adaptation
with their additions, are from the Database of Icelandic Morphology, under CC BY-SA 4.0
(https://creativecommons.org/licenses/by-sa/4.0/): Beygingarlýsing íslensks nútímamáls. Stofnun Árna Magnússonar í
íslenskum fræðum. Höfundur og ritstjóri Kristín Bjarnadóttir. The Árni Magnússon Institute for Icelandic Studies holds
the copyright and stands neither for Rapport nor for that package.

The extra `spelling` installs chunspell (MIT) with Hunspell in it, whose licence is one of MPL 1.1, GPL 2.0 and LGPL
2.1; here it is used under the MPL. Dictionaries are those of the system, each under its own licence; none is part of
Rapport.

| package | licence | home |
| --- | --- | --- |
"""
# Packages that state their licence only in their text, or that other systems than Linux need.
STATED = {
    "imapclient": ("BSD-3-Clause", "https://github.com/mjs/imapclient"),
    "pyrage": ("MIT", "https://github.com/woodruffw/pyrage"),
    "pysqlite3": ("Zlib; SQLite itself is in the public domain", "https://github.com/coleifer/pysqlite3"),
    "pywin32-ctypes": ("BSD-3-Clause", "https://github.com/enthought/pywin32-ctypes"),
    "tabulate": ("MIT", "https://github.com/astanin/python-tabulate"),
}


def _field(about: metadata.PackageMetadata, name: str) -> str:
    return about[name] if name in about else ""  # noqa: SIM401  the interface has no get()


def licence(about: metadata.PackageMetadata) -> str:
    """The licence that a package states: as an expression, in words, or by its classifier."""
    words = _field(about, "License-Expression") or _field(about, "License").split("\n")[0]
    kinds = [line.split("::")[-1].strip() for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return words or ", ".join(kinds)


def home(about: metadata.PackageMetadata) -> str:
    """The package's page, as it states it; empty where it states none."""
    pages = dict(line.split(", ", 1) for line in about.get_all("Project-URL") or [])
    wanted = ("homepage", "source", "repository", "source code", "github")
    lower = {name.lower(): page for name, page in pages.items()}
    return _field(about, "Home-page") or next((lower[name] for name in wanted if name in lower), "")


def row(name: str) -> str:
    """The line of the table for one package."""
    if name in STATED:
        stated, page = STATED[name]
    else:
        about = metadata.metadata(name)
        stated, page = licence(about), home(about)
    return f"| {name} | {stated} | {page} |\n"


def main() -> None:
    """Writes the file anew."""
    pinned = names((HOUSE / RUNTIME).read_text(encoding="utf-8"))
    NOTICES.write_text(HEAD + "".join(map(row, pinned)), encoding="utf-8")


if __name__ == "__main__":
    main()
