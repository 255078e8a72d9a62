"""Gathers the sentences of window and shell for translators, in gettext's form.

`.venv/bin/python packaging/sentences.py` writes `build/rapport.pot`, as pybabel would with the same keywords. How
sentences are marked: `app/base/words.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("main.py", "app", "ui")


def gathered() -> Catalog:
    """All sentences with the places where they stand, plurals as plurals."""
    sys.path.insert(0, str(HOUSE))
    from app import VERSION  # noqa: PLC0415  found only now
    from app.base.words import KEYWORDS  # noqa: PLC0415  as above

    catalogue = Catalog(project="Rapport", version=VERSION, charset="utf-8")
    for room in ROOMS:
        top = HOUSE / room
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            for line, words, comments, _ in extract_from_file("python", path, KEYWORDS):
                catalogue.add(words, None, [(path.relative_to(HOUSE).as_posix(), line)], auto_comments=comments)
    return catalogue


def known() -> set[str]:
    """Every sentence that is gathered, singulars and plurals alike."""
    sentences: set[str] = set()
    for message in gathered():
        ids: str | Iterable[str] = message.id
        sentences |= {ids} if isinstance(ids, str) else set(ids)
    return sentences - {""}  # the header's


def main() -> int:
    """Write the template for translations."""
    target = HOUSE / "build" / "rapport.pot"
    target.parent.mkdir(exist_ok=True)
    catalogue = gathered()
    with target.open("wb") as file:
        write_po(file, catalogue)
    print(f"{len(catalogue)} sentences are in {target}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
