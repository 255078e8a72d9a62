"""Unpacks the icons of Lucide that the screen draws, from the installed package `justmyresource-lucide`.

`packaging/develop.py` has them put into `resources/icons` of the checkout, which Git ignores, and
`packaging/hatch_build.py` puts the same files into the wheel, where the package is then not needed. By hand:
`.venv/bin/python packaging/icons.py [FOLDER]`.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

HOUSE = Path(__file__).resolve().parent.parent
FOLDER = HOUSE / "resources" / "icons"
PACKAGE = "justmyresource-lucide"
_SOURCES = ("ui", "app")
_WORD = re.compile(r"[\"']([a-z][a-z0-9-]*)[\"']")
_BRANDS = frozenset({"facebook", "github", "instagram", "linkedin", "slack", "twitter", "youtube"})
"""Kinds of channels that Lucide draws a logo for: a logo is nobody's but its owner's, and none is drawn."""


def archive() -> Path:
    """Lucide's zip; FileNotFoundError where the package is not installed."""
    known = find_spec("justmyresource_lucide")
    if known is None or not known.submodule_search_locations:
        msg = f"The package {PACKAGE} is not installed, and Rapport's icons come from it."
        raise FileNotFoundError(msg)
    return Path(next(iter(known.submodule_search_locations))) / "icons.zip"


def used(offered: Iterable[str]) -> set[str]:
    """The names among those offered that are written in the sources as a word of their own.

    Some ordinary words are icons' names as well ("list", "key"), so there are more of these than are drawn; but an icon
    cannot be forgotten here, since no name of one is put together while the program runs.
    """
    texts = (path.read_text("utf-8") for folder in _SOURCES for path in (HOUSE / folder).rglob("*.py"))
    return {word for text in texts for word in _WORD.findall(text)}.intersection(offered) - _BRANDS


def write(folder: Path) -> int:
    """Put the used icons and their licence into the folder, in the place of what it held; how many icons they are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with ZipFile(archive()) as lucide:
        chosen = used(name.removesuffix(".svg") for name in lucide.namelist())
        for name in sorted(chosen):
            (folder / f"{name}.svg").write_bytes(lucide.read(f"{name}.svg"))
    for file in metadata.files(PACKAGE) or ():
        if file.name == "LUCIDE-LICENSE":
            (folder / "LICENSE").write_bytes(file.read_binary())
    return len(chosen)


if __name__ == "__main__":
    try:
        write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    except OSError as why:
        msg = f"The icons were not unpacked, so each start reads them from their package: {why}"
        raise SystemExit(msg) from why
