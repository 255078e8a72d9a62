"""What a person wrote where a template asks for a form of a name: it is remembered for that member. Pure.

A form is taken only where it cannot be anything else: it stands between the words that stand around its blank in the
template, nowhere else in the reply, and begins as a word of the member's name does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from app.base.corrected_forms import Asked
from app.base.text import fold
from app.templates.blanks import NAMES, parse

_NEAR = 24
"""Characters of the template before and after a blank that have to be there; fewer where another blank is near."""
_LEAST_NEAR = 2
_NAME = r"([^\W\d_][^\W\d_'’-]{1,30})"


def learned(body: str, values: Mapping[str, str], sent: str, called: str, language: str) -> dict[Asked, str]:
    """The forms of the first name that `sent` has where the template's text `body` has blanks for them.

    `values` is what was filled in, by blank: a form that was left as it was is not learned. `called` is the member's
    name as a whole.
    """
    found: dict[Asked, str] = {}
    known = called.split()
    for name, before, after in _places(body):
        base, _, case = name.partition(":")
        if not case or base not in NAMES:
            continue
        hits = set(re.findall(rf"{re.escape(before)}{_NAME}{re.escape(after)}", sent))
        form = hits.pop() if len(hits) == 1 else ""
        if form and form != values.get(name) and form not in known and _is_a_form(form, known):
            found[Asked(language, case)] = form
    return found


def _is_a_form(form: str, known: Iterable[str]) -> bool:
    """Whether it is written as a name and begins as one of the known ones does: Petře, Petr; not Evo, Petr."""
    return form[0].isupper() and fold(form)[0] in {fold(word)[:1] for word in known}


def _places(body: str) -> Iterator[tuple[str, str, str]]:
    """Each blank with the words of its line before and after it, up to the next blank; none that stands alone."""
    every = parse(body)
    for at, blank in enumerate(every):
        begins = every[at - 1].end if at else 0
        ends = every[at + 1].start if at + 1 < len(every) else len(body)
        before = body[max(begins, blank.start - _NEAR) : blank.start].rpartition("\n")[2]
        after = body[blank.end : min(ends, blank.end + _NEAR)].partition("\n")[0]
        if len(before.strip()) >= _LEAST_NEAR and after.strip():
            yield blank.name, before, after
