"""Forms of a member's name that were put right by hand, as one line: "cs vocative: Honzo; is dative: Jóni". Pure.

They go before the forms that rules make. A form of the first name stands alone; "cs vocative of the whole name: pane
Nováku" is how somebody is called by their whole name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from app.base import language_names
from app.base.errors import UserError
from app.base.words import tr

CASES = ("accusative", "dative", "genitive", "vocative")
_MAX_CHARS = 60
_PART = re.compile(r"[ \t]{0,9}([^:=\n]{3,80})[:=]([^\n]{0,300})")
_WHOLE = re.compile(r"(?:of the |\()?(?:whole )?name\)?$")
_WORDS = re.compile(r"\S+")


class Asked(NamedTuple):
    """Which form: the language's code, one of CASES, and whether of the whole name rather than the first."""

    language: str
    case: str
    whole: bool = False


def read(line: str) -> dict[Asked, str]:
    """The forms that a line as `packed` writes it holds; whatever is not one of them is left out."""
    found: dict[Asked, str] = {}
    for part in _parts(line):
        asked, form = _one(part, "")
        if asked is not None and form:
            found[asked] = form
    return found


def packed(forms: Mapping[Asked, str]) -> str:
    """The line, sorted by language and case."""
    return "; ".join(
        f"{asked.language} {asked.case}{' of the whole name' if asked.whole else ''}: {form}"
        for asked, form in sorted(forms.items())
    )


def tidy(typed: str, language: str = "") -> str:
    """What somebody typed, as `packed` writes it; where a form names no language, it is in `language`.

    Raises UserError, one sentence for the first part that cannot be read.
    """
    found: dict[Asked, str] = {}
    for part in _parts(typed):
        asked, form = _one(part, language)
        if asked is None or not form:
            raise UserError(
                tr("“{part}” isn't a form of a name. Write the language, the case and the form: cs vocative: Honzo")
                .format(part=part.strip()[:40])
            )  # fmt: skip
        found[asked] = form
    return packed(found)


def _parts(line: str) -> list[str]:
    return [part for part in re.split(r"[;\n]", line) if part.strip()]


def _one(part: str, language: str) -> tuple[Asked | None, str]:
    hit = _PART.fullmatch(part)
    if hit is None:
        return None, ""
    named = " ".join(_WORDS.findall(hit[1].casefold()))
    short = _WHOLE.sub("", named).strip()
    words = short.split()
    form = " ".join(_WORDS.findall(hit[2]))
    if not words or words[-1] not in CASES or len(form) > _MAX_CHARS or "{" in form or "}" in form:
        return None, ""
    code = language_names.known(" ".join(words[:-1])) if words[:-1] else language
    return (Asked(code, words[-1], named != short), form) if code else (None, "")
